"""A draft may draw on passages that say it in other words, where an embedding model is configured."""

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import update

from tests.services.drafting.test_flows import newest, understood
from tests.services.sending.stage import Stage
from zrg_app.kit import db
from zrg_app.kit.settings import settings
from zrg_app.models import KnowledgeChunk
from zrg_app.services import drafting, knowledge
from zrg_app.services.jobs.run import run_ready

QUESTION = "Could you send me your pricing for three sites?"
PASSAGE = "Every audit comes with a written report."


@pytest.fixture
def embedding(desk: Stage) -> Iterator[Stage]:
    """The desk with an embedding model."""
    os.environ["ZRG_EMBEDDING_MODEL"] = "text-embedding-3-small"
    settings.cache_clear()
    yield desk
    os.environ.pop("ZRG_EMBEDDING_MODEL")
    settings.cache_clear()


def test_a_passage_without_a_common_word_is_found_by_its_meaning(embedding: Stage) -> None:
    with db.transaction(embedding.as_job) as tx:
        knowledge.add_text(tx, embedding.as_job, name="Reports", text=PASSAGE)
    run_ready()
    lead_id = understood(embedding, QUESTION)
    with db.transaction(embedding.as_job) as tx:
        # As a real model would have it: the passage lies where the question lies.
        tx.execute(update(KnowledgeChunk).values(embedding=list(knowledge.meaning_of(embedding.as_job, QUESTION).vector)))
        material = drafting.gather(tx, embedding.as_job, newest(embedding, lead_id))
    assert material.passages == ()
    assert [one.text for one in drafting.recall(embedding.as_job, material).passages] == [PASSAGE]


def test_without_an_embedding_model_the_material_stays_as_it_is(desk: Stage) -> None:
    lead_id = understood(desk, QUESTION)
    with db.transaction(desk.as_job) as tx:
        material = drafting.gather(tx, desk.as_job, newest(desk, lead_id))
    assert drafting.recall(desk.as_job, material) is material
