"""Questions of leads find the passage that answers them, of their own workspace and no other."""

import pytest
from sqlalchemy import update

from tests.world import World
from zrg_app.kit import clock, db, ids
from zrg_app.models import KnowledgeAsset, KnowledgeChunk
from zrg_app.models.ai_vocabulary import KnowledgeStatus
from zrg_app.services import knowledge
from zrg_app.services.knowledge import retrieval
from zrg_app.services.knowledge.retrieval import Meaning, fused, searches_by_meaning

PASSAGES = {
    "starter": "Starter\nStarter costs $900 a month and covers one campaign on one channel, up to 1,500 people reached a month.",
    "growth": "Growth\nGrowth costs $1,800 a month and covers three campaigns over e-mail, SMS and LinkedIn, with a named contact.",
    "terms": "Terms\nThe first three months are fixed; after that either side may leave with 30 days of notice. No set-up fee.",
    "systems": "Which systems do you connect to?\nHubSpot, Pipedrive and GoHighLevel. For others there is an export every night.",
    "data": "Where is our data kept?\nOn servers in Ohio, encrypted at rest. It is deleted 30 days after the contract ends.",
    "abroad": "Do you work outside the United States?\nYes, in Canada and the United Kingdom. Not in the European Union yet.",
    "weeks": "How it works\nIn the first week we agree on whom to reach and write the messages with you; replies arrive in the second.",
    "proof": "Results\nHalden Roofing booked 31 estimates in 60 days. Northwind Freight cut its fuel bill by 9 percent.",
    "kuendigung": "Kündigung\nNach drei Monaten kann jede Seite mit einer Frist von 30 Tagen kündigen.",
}
LABELLED = [
    ("Sounds good, what would the starter plan cost us per month?", "starter"),
    ("How much is it if we want email plus linkedin?", "growth"),
    ("Is there a minimum term or can we cancel any time? Any setup fees?", "terms"),
    ("We run everything in Pipedrive, would this integrate?", "systems"),
    ("Our legal team asks where the data is stored and whether it's encrypted.", "data"),
    ("We are based in Toronto, Canada - do you work here?", "abroad"),
    ("What happens in the first weeks if we start?", "weeks"),
    ("Do you have results from other roofing companies?", "proof"),
    ("Wie sind die Kündigungsfristen?", "kuendigung"),
    ("HUBSPOT?", "systems"),
]


def keep(world: World, passages: dict[str, str], *, workspace: object = None, **columns: object) -> KnowledgeAsset:
    """An asset that was read, with these passages."""
    scope = world.as_mara if workspace is None else workspace
    with db.transaction(scope) as tx:
        asset = KnowledgeAsset(id=ids.new_id(), workspace_id=scope.workspace_id, **{
            "name": "Handbook", "status": KnowledgeStatus.READY, "indexed_at": clock.now(), **columns})
        tx.add(asset)
        tx.flush()
        tx.add_all([KnowledgeChunk(workspace_id=scope.workspace_id, asset_id=asset.id, position=place, body=body)
                    for place, body in enumerate(passages.values())])
    return asset


def found(world: World, question: str, **options: object) -> list[str]:
    """The passages for a question, best first."""
    with db.transaction(world.as_mara) as tx:
        return [one.text for one in knowledge.find(tx, world.as_mara, question, **options)]


@pytest.mark.parametrize(("question", "wanted"), LABELLED)
def test_a_question_finds_its_passage_first(world: World, question: str, wanted: str) -> None:
    keep(world, PASSAGES)
    assert found(world, question)[0] == PASSAGES[wanted]


def test_another_workspaces_passages_are_never_found(world: World) -> None:
    keep(world, {"own": "Starter costs $900 a month."})
    keep(world, {"theirs": "Starter costs $5 a month."}, workspace=world.as_nils)
    assert found(world, "What does starter cost a month?") == ["Starter costs $900 a month."]
    meaning = Meaning(vector=(1.0, 0.0), model="m")
    with db.transaction(world.as_nils) as tx:
        tx.execute(update(KnowledgeChunk).values(embedding=[1.0, 0.0], embedding_model="m"))
        assert [one.text for one in knowledge.find(tx, world.as_nils, "x", meaning=meaning)] == ["Starter costs $5 a month."]
    assert found(world, "unrelated", meaning=meaning) == []


def test_an_asset_that_was_not_read_and_the_website_are_not_found(world: World) -> None:
    keep(world, {"a": "Starter costs $900."}, indexed_at=None)
    keep(world, {"b": "Starter is on our website."}, is_primary_website=True, url="https://acme.com")
    assert found(world, "starter") == []
    with db.transaction(world.as_mara) as tx:
        assert knowledge.website(tx, world.as_mara) == "https://acme.com"


def test_what_a_draft_is_told_keeps_to_its_budget(world: World) -> None:
    keep(world, {str(number): f"Starter costs {number} dollars. " * 20 for number in range(12)})
    keep(world, {str(number): f"Starter in another paper {number}. " * 20 for number in range(12)}, name="Second paper")
    sizes = [len(text) // 4 + 1 for text in found(world, "starter")]
    assert 1200 < sum(sizes) <= 2400
    assert found(world, "starter", tokens=100, per_asset=100) == []


def test_passages_are_found_by_meaning_where_no_word_fits(world: World) -> None:
    keep(world, {"term": "Either side may leave with 30 days of notice.", "price": "Starter costs $900."})
    with db.transaction(world.as_mara) as tx:
        if not searches_by_meaning(tx):
            pytest.skip("this server has no pgvector")
        for body, vector in (("Either", [0.9, 0.1, 0.0]), ("Starter", [0.0, 0.2, 0.9])):
            tx.execute(update(KnowledgeChunk).where(KnowledgeChunk.body.startswith(body)).values(
                embedding=vector, embedding_model="text-embedding-3-small"))
    near = Meaning(vector=(1.0, 0.0, 0.0), model="text-embedding-3-small")
    assert found(world, "Can we cancel?") == []
    assert found(world, "Can we cancel?", meaning=near)[0].startswith("Either side")
    other = Meaning(vector=(1.0, 0.0, 0.0), model="another-model")
    assert found(world, "Can we cancel?", meaning=other) == []


def test_vectors_of_two_models_stand_side_by_side(world: World) -> None:
    keep(world, {"a": "Old passage.", "b": "New passage."})
    with db.transaction(world.as_mara) as tx:
        if not searches_by_meaning(tx):
            pytest.skip("this server has no pgvector")
        tx.execute(update(KnowledgeChunk).where(KnowledgeChunk.body == "Old passage.").values(embedding=[1.0] * 3, embedding_model="old"))
        tx.execute(update(KnowledgeChunk).where(KnowledgeChunk.body == "New passage.").values(embedding=[1.0] * 5, embedding_model="new"))
    assert found(world, "?", meaning=Meaning(vector=(1.0,) * 5, model="new")) == ["New passage."]


def test_without_pgvector_words_still_find(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(world, PASSAGES)
    monkeypatch.setattr(retrieval, "_has_vectors", False)
    assert found(world, "Pipedrive", meaning=Meaning(vector=(1.0,), model="m"))[0] == PASSAGES["systems"]


def test_what_stands_high_in_both_lists_comes_first() -> None:
    rows = {name: {"id": ids.new_id(), "asset": "a", "text": name} for name in "abcd"}
    order = fused([[rows["a"], rows["b"], rows["c"]], [rows["d"], rows["b"], rows["a"]]])
    assert [one.text for one in order] == ["a", "b", "d", "c"]


@pytest.mark.parametrize("question", ["", "   ", "&|!():*", "'; drop table knowledge_chunk; --", "\x00\x01", "x" * 100_000])
def test_any_question_is_harmless(world: World, question: str) -> None:
    keep(world, PASSAGES)
    assert isinstance(found(world, question), list)
