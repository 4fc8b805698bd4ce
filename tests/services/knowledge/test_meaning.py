"""With an embedding model, passages carry their meaning and a question is found by it; without one, nothing is missed."""

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from sandbox.server import Running
from tests.services.knowledge.test_finding import PASSAGES
from tests.world import World
from zrg_app.kit import db
from zrg_app.kit.settings import settings
from zrg_app.models import KnowledgeChunk
from zrg_app.services import knowledge, llm
from zrg_app.services.jobs.run import run_ready

MODEL = "text-embedding-3-small"


@pytest.fixture
def embedding(online: World) -> Iterator[World]:
    """The example world with an embedding model."""
    if not hasattr(llm, "embed"):
        pytest.skip("this build has no door to embedding models")
    os.environ["ZRG_EMBEDDING_MODEL"] = MODEL
    settings.cache_clear()
    yield online
    os.environ.pop("ZRG_EMBEDDING_MODEL")
    settings.cache_clear()


def keep(world: World) -> None:
    """One text with every passage, read by its job."""
    with db.transaction(world.as_mara) as tx:
        for name, words in PASSAGES.items():
            knowledge.add_text(tx, world.as_mara, name=name, text=words)
    run_ready()


def weighed(world: World) -> int:
    """How many passages carry a meaning."""
    with db.transaction(world.as_mara) as tx:
        return tx.scalar(select(func.count()).where(KnowledgeChunk.embedding.is_not(None), KnowledgeChunk.embedding_model == MODEL))


def test_every_passage_carries_its_meaning_and_both_ways_agree_on_the_best(embedding: World) -> None:
    keep(embedding)
    assert weighed(embedding) == len(PASSAGES)
    question = "Which systems do you connect to, Pipedrive perhaps?"
    meaning = knowledge.meaning_of(embedding.as_mara, question)
    assert meaning is not None and meaning.model == MODEL
    with db.transaction(embedding.as_mara) as tx:
        assert knowledge.find(tx, embedding.as_mara, question, meaning=meaning)[0].text == PASSAGES["systems"]


def test_a_model_that_does_not_answer_leaves_words_and_a_caution(embedding: World, providers: Running) -> None:
    providers.control.add_fault("openai", "status", status=401, times=200)
    keep(embedding)
    assert weighed(embedding) == 0 and knowledge.meaning_of(embedding.as_mara, "Pipedrive") is None
    providers.control.reset()
    with db.transaction(embedding.as_mara) as tx:
        assert {one.status for one in knowledge.assets(tx, embedding.as_mara)} == {"ready"}
        assert all("words only" in one.caution for one in knowledge.assets(tx, embedding.as_mara))
        assert knowledge.find(tx, embedding.as_mara, "Pipedrive")[0].text == PASSAGES["systems"]


def test_without_an_embedding_model_nothing_is_asked(online: World) -> None:
    keep(online)
    assert weighed(online) == 0 and knowledge.meaning_of(online.as_mara, "Pipedrive") is None
