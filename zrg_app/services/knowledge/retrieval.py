"""Which passages of the documents fit a question?"""

from zrg_app.kit.db import Tx, fetch_all, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services.knowledge.views import Passage

_FIND = """
select a.name as asset, c.body as text, ts_rank_cd(c.words, q.query) as score
from (select to_tsquery('simple', %(query)s) as query) q
join knowledge_chunk c on c.words @@ q.query join knowledge_asset a on a.id = c.asset_id
where c.workspace_id = %(workspace)s and a.status = 'ready' and not a.is_primary_website order by score desc, c.id limit %(limit)s
"""
_WEBSITE = "select url from knowledge_asset where workspace_id = %(workspace)s and is_primary_website"


def find(tx: Tx, scope: Scope, question: str, *, tokens: int = 4000, per_asset: int = 1200) -> tuple[Passage, ...]:
    """The passages that fit `question` best, within a budget of `tokens` in all and `per_asset` (FACTS section 11.4)."""
    words = sorted({word for word in "".join(c if c.isalnum() else " " for c in question.lower()).split() if len(word) > 2})[:60]
    rows = fetch_all(tx, _FIND, {"workspace": scope.workspace_id, "query": " | ".join(words), "limit": 40}) if words else []
    kept: list[Passage] = []
    spent: dict[str, int] = {}
    for row in rows:
        size = len(row["text"]) // 4 + 1
        if sum(spent.values()) + size <= tokens and spent.get(row["asset"], 0) + size <= per_asset:
            spent[row["asset"]] = spent.get(row["asset"], 0) + size
            kept.append(Passage(asset=row["asset"], text=row["text"], score=float(row["score"])))
    return tuple(kept)


def website(tx: Tx, scope: Scope) -> str:
    """The client's own address, empty when none is set."""
    row = fetch_one(tx, _WEBSITE, {"workspace": scope.workspace_id})
    return (row["url"] or "") if row else ""
