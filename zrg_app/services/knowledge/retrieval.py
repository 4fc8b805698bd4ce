"""Which passages of the documents fit a question? By words, and by meaning where the server and the models can (decision 0131)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services.knowledge.budgets import BUDGETS, within
from zrg_app.services.knowledge.views import Passage
from zrg_app.services.knowledge.wording import terms

CANDIDATES = 40
# The usual constant of reciprocal-rank fusion: how little a place further down counts less.
_FLAT = 60
_HERE = """c.workspace_id = %(workspace)s and a.workspace_id = %(workspace)s and a.indexed_at is not null
  and not a.is_primary_website"""
# A term weighs what BM25 gives it: little where most passages have it, whatever the language calls a stop word.
_BY_WORDS = f"""
with term as (select distinct to_tsquery('simple', one) as query from unnest(%(terms)s::text[]) one),
hit as (select t.query, c.id, c.position, a.id as asset_id, a.name as asset, c.body as text, ts_rank(c.words, t.query, 1) as often
        from term t join knowledge_chunk c on c.words @@ t.query join knowledge_asset a on a.id = c.asset_id where {_HERE}),
whole as (select count(*)::float as n from knowledge_chunk c join knowledge_asset a on a.id = c.asset_id where {_HERE}),
weight as (select h.query, ln(1 + (w.n - count(*) + 0.5) / (count(*) + 0.5)) as rare from hit h, whole w group by h.query, w.n)
select h.id, h.asset, h.text, sum(w.rare * (1 + h.often)) as score from hit h join weight w on w.query = h.query
group by h.id, h.asset, h.text order by score desc, h.id limit %(limit)s
"""
_BY_MEANING = f"""
select c.id, a.name as asset, c.body as text, c.embedding::vector <=> %(vector)s::real[]::vector as distance
from knowledge_chunk c join knowledge_asset a on a.id = c.asset_id
where {_HERE} and c.embedding_model = %(model)s and array_length(c.embedding, 1) = %(size)s
order by distance, c.id limit %(limit)s
"""
_WEBSITE = "select url from knowledge_asset where workspace_id = %(workspace)s and is_primary_website"
_has_vectors: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Where a question lies among the passages, told by a model before the transaction (`embedding.meaning_of`)."""

    vector: tuple[float, ...]
    model: str


def find(tx: Tx, scope: Scope, question: str, *, tokens: int = BUDGETS["draft"].knowledge, per_asset: int = BUDGETS["draft"].asset,
         meaning: Meaning | None = None) -> tuple[Passage, ...]:
    """The passages that fit `question` best, within a budget of `tokens` in all and `per_asset` (FACTS section 11.4)."""
    lists = [by_words(tx, scope, question)]
    if meaning is not None and searches_by_meaning(tx):
        lists.append(_by_meaning(tx, scope, meaning))
    return within(fused(lists), tokens=tokens, per_asset=per_asset)


def by_words(tx: Tx, scope: Scope, question: str, *, limit: int = CANDIDATES) -> list[dict]:
    """The passages that share the rarest words with `question`, best first."""
    wanted = list(terms(question))
    if not wanted:
        return []
    return fetch_all(tx, _BY_WORDS, {"workspace": scope.workspace_id, "terms": wanted, "limit": limit})


def fused(lists: Iterable[Sequence[dict]]) -> tuple[Passage, ...]:
    """One list of several, each best first: what stands high in more than one comes first. Pure."""
    scores: dict[UUID, float] = {}
    rows: dict[UUID, dict] = {}
    for found in lists:
        for place, row in enumerate(found):
            scores[row["id"]] = scores.get(row["id"], 0.0) + 1 / (_FLAT + place + 1)
            rows[row["id"]] = row
    order = sorted(scores, key=lambda one: (-scores[one], str(one)))
    return tuple(Passage(asset=rows[one]["asset"], text=rows[one]["text"], score=scores[one]) for one in order)


def searches_by_meaning(tx: Tx) -> bool:
    """Whether the server has pgvector; asked once per process."""
    global _has_vectors
    if _has_vectors is None:
        _has_vectors = fetch_one(tx, "select 1 as there from pg_extension where extname = 'vector'") is not None
    return _has_vectors


def website(tx: Tx, scope: Scope) -> str:
    """The client's own address, empty when none is set."""
    row = fetch_one(tx, _WEBSITE, {"workspace": scope.workspace_id})
    return (row["url"] or "") if row else ""


def _by_meaning(tx: Tx, scope: Scope, meaning: Meaning) -> list[dict]:
    return fetch_all(tx, _BY_MEANING, {"workspace": scope.workspace_id, "vector": list(meaning.vector), "model": meaning.model,
                                       "size": len(meaning.vector), "limit": CANDIDATES})
