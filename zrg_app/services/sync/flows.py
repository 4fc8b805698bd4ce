"""How is a history read back? The provider is asked between two short transactions, one lead per job (spec 42i)."""

from uuid import UUID

from zrg_app.integrations import registry
from zrg_app.integrations.base import Account, Event, Person
from zrg_app.kit import db, logs
from zrg_app.kit.db import Tx, fetch_one
from zrg_app.kit.errors import ProviderBusy, ProviderDown, ProviderLocked, ProviderRefused, Refused
from zrg_app.kit.scope import Scope
from zrg_app.services import connections, jobs
from zrg_app.services.inbox import ingest
from zrg_app.services.jobs import job
from zrg_app.services.jobs.registry import REPLY_PRIORITY
from zrg_app.services.sync.actions import note_done
from zrg_app.services.sync.importing import Imported, lock, take_in
from zrg_app.services.sync.queries import Question, questions
from zrg_app.services.sync.runs import is_cancelled

log = logs.get_logger()

_WORDLESS = """
select lead_id, provider, channel, external_id, dedupe_key from message
where id = %(message)s and workspace_id = %(workspace)s and body = '' and raw_text is null and raw_html is null
  and external_id is not null and direction = 'inbound'
"""


@job("sync.conversation", tries=3)
def conversation(scope: Scope, *, of_lead: UUID, run_id: UUID | None = None) -> dict:
    """Read one lead's history back from every provider that has one; each provider's part counts by itself.

    What a provider refuses is noted on the conversation; one that is busy or down is asked again by the job.
    """
    with db.transaction(scope) as tx:
        asked = () if run_id and is_cancelled(tx, run_id) else questions(tx, scope, of_lead)
    new = healed = 0
    refusals, passing = [], None
    for question in asked:
        try:
            done = _ask(scope, of_lead, question)
            new, healed = new + done.new, healed + done.healed
        except (ProviderBusy, ProviderDown) as error:
            passing = error
        except (ProviderRefused, ProviderLocked) as error:
            refusals.append(error.sentence)
    if passing is not None:
        raise passing
    with db.transaction(scope) as tx:
        if lock(tx, scope, of_lead):
            note_done(tx, scope, of_lead, Imported(new=new, healed=healed), " ".join(refusals))
    log.info("sync.read_back", lead=str(of_lead), imported=new, healed=healed, refused=len(refusals))
    return {"imported": new, "healed": healed}


def lacks_words(tx: Tx, scope: Scope, message_id: UUID) -> bool:
    """Whether a reply was told without its words, and its provider can be asked for them."""
    row = fetch_one(tx, _WORDLESS, {"message": message_id, "workspace": scope.workspace_id})
    return row is not None and _can_complete(row["provider"])


@job("sync.fetch_words", tries=6, priority=REPLY_PRIORITY)
def fetch_words(scope: Scope, *, lead_id: UUID, message_id: UUID) -> None:
    """Fetch the words of a reply whose webhook had none, then have it understood; also when there are none to be had."""
    with db.transaction(scope) as tx:
        row = fetch_one(tx, _WORDLESS, {"message": message_id, "workspace": scope.workspace_id})
        account = _account(tx, scope, row["provider"]) if row else None
    event = _completed(account, row) if row and account else None
    with db.transaction(scope) as tx:
        if event and lock(tx, scope, lead_id):
            ingest.insert(tx, scope, lead_id, event, provider=row["provider"])
            ingest.roll_up(tx, scope, lead_id)
        jobs.enqueue(tx, scope, "sentiment.understand_reply", lead_id=lead_id, message_id=message_id,
                     dedupe_key=f"{scope.workspace_id}:{message_id}:sentiment")


def _ask(scope: Scope, lead_id: UUID, question: Question) -> Imported:
    slug = question.account.provider
    try:
        events = registry.provider(slug).read_history(question.account, question.history)
    except ProviderLocked as error:
        with db.transaction(scope) as tx:
            connections.mark_locked(tx, scope, slug, sentence=error.sentence)
        raise
    with db.transaction(scope) as tx:
        return take_in(tx, scope, lead_id, slug, events)


def _account(tx: Tx, scope: Scope, provider: str) -> Account | None:
    """The account to ask; None when it was disconnected meanwhile, which must not keep the reply from being understood."""
    try:
        return connections.account(tx, scope, provider)
    except Refused:
        return None


def _can_complete(provider: str) -> bool:
    try:
        return registry.provider(provider).complete is not None
    except Refused:
        return False


def _completed(account: Account, row: dict) -> Event | None:
    told = Event(kind="reply", channel=row["channel"], person=Person(), dedupe_key=row["dedupe_key"],
                 external_id=row["external_id"])
    try:
        found = registry.provider(row["provider"]).complete(account, told)
    except (ProviderRefused, ProviderLocked):
        return None
    return found if found.text or found.html else None
