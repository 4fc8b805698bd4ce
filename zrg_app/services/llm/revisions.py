"""Which words does a workspace give a model? Its own revision of a prompt or snippet while ours is unchanged, else ours."""

from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.scope import Scope
from zrg_app.services.llm.candidates import candidate
from zrg_app.services.llm.prompts import Prompt, guard, hashed, prompt
from zrg_app.services.llm.registry import SNIPPET, entry

LEAST_LENGTH, MOST_LENGTH, LENGTH_GAP = 220, 1200, 200

_NEWEST = """
select body, base_hash from prompt_revision where workspace_id = %(workspace)s and key = %(key)s
order by created_at desc, id desc limit 1
"""


def prompt_for(tx: Tx, scope: Scope, key: str) -> Prompt:
    """The prompt `key` as this workspace has it. A revision written against an older text of ours is not applied (FACTS 11.3)."""
    ours = prompt(key)
    body = _own(tx, scope, key, ours.hash)
    return ours if body is None else proposed(key, body)


def proposed(key: str, body: str) -> Prompt:
    """The prompt `key` as it would be with this text: what is asked when somebody's change is tried out before it is saved.

    The rule about a stranger's text stands below it, whatever the text says.
    """
    text = body.strip()
    if text == prompt(key).text:
        return prompt(key)
    marker = entry(key).marker
    text = f"{text}\n\n{guard(marker)}" if marker else text
    return Prompt(key=key, text=text, hash=hashed(text))


def snippet(tx: Tx, scope: Scope, name: str) -> str:
    """The snippet called `name` (see `registry.SNIPPETS`, without `snippet.`) as this workspace has it."""
    ours = entry(SNIPPET + name)
    body = _own(tx, scope, ours.key, ours.hash)
    return ours.ours if body is None else body.strip()


def forbidden_terms(tx: Tx, scope: Scope) -> tuple[str, ...]:
    """The words drafts never use, one per line of their snippet."""
    return tuple(line.strip() for line in snippet(tx, scope, "forbidden_terms").splitlines() if line.strip())


def email_length(tx: Tx, scope: Scope) -> tuple[int, int]:
    """The least and the most characters of an e-mail draft; a most that is no more than the least is mended (FACTS 10.2)."""
    least, most = (_number(snippet(tx, scope, f"email_length_{end}"), usual)
                   for end, usual in (("min", LEAST_LENGTH), ("max", MOST_LENGTH)))
    return least, most if most > least else max(least + LENGTH_GAP, MOST_LENGTH)


def _own(tx: Tx, scope: Scope, key: str, base_hash: str) -> str | None:
    if tried := candidate(key):
        return tried
    row = fetch_one(tx, _NEWEST, {"workspace": scope.workspace_id, "key": key})
    return row["body"] if row and row["base_hash"] == base_hash else None


def _number(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdigit() else usual
