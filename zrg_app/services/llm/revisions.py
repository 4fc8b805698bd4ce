"""Which words does a workspace give a model? Its own revision of a prompt or snippet while ours is unchanged, else ours."""

from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services.llm.prompts import Prompt, hashed, prompt

_NEWEST = """
select body, base_hash from prompt_revision where workspace_id = %(workspace)s and key = %(key)s
order by created_at desc, id desc limit 1
"""


def prompt_for(tx: Tx, scope: Scope, key: str) -> Prompt:
    """The prompt `key` as this workspace has it. A revision written against an older text of ours is not applied (FACTS 11.3)."""
    ours = prompt(key)
    row = fetch_one(tx, _NEWEST, {"workspace": scope.workspace_id, "key": key})
    if row is None or row["body"] is None or row["base_hash"] != ours.hash:
        return ours
    return Prompt(key=key, text=row["body"], hash=hashed(row["body"]))
