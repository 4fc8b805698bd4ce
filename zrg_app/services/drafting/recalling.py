"""Which documents mean what the lead asks, though in other words? Found before writing, where an embedding model is configured."""

from dataclasses import replace

from zrg_app.kit import db
from zrg_app.kit.scope import Scope
from zrg_app.services import knowledge
from zrg_app.services.drafting.material import Material


def recall(scope: Scope, material: Material) -> Material:
    """The material with the passages that fit by meaning, too; as it is where no embedding model is there or answers soon.

    A flow: it asks the model outside any transaction.
    """
    meaning = knowledge.meaning_of(scope, material.newest)
    if meaning is None:
        return material
    with db.transaction(scope) as tx:
        return replace(material, passages=knowledge.find(tx, scope, material.newest, meaning=meaning))
