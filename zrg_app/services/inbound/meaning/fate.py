"""What became of a mail of ours, and must we stop writing? Bounces, opt-outs told by the provider, openings."""

from uuid import UUID

from sqlalchemy import text

from zrg_app.integrations.base import Event, Person
from zrg_app.kit import clock
from zrg_app.kit.db import Tx
from zrg_app.kit.scope import Scope
from zrg_app.models.vocabulary import Sentiment
from zrg_app.services import leads, reading
from zrg_app.services.inbound.meaning.case import Case, Done, Ignored, Outcome
from zrg_app.services.inbox import fates

_OPENED = text("""
update lead set facts = facts || jsonb_build_object('email_opened_at', greatest(facts->>'email_opened_at', cast(:at as text)))
where id = :lead_id
""")
_NO_MORE_MAIL = text("""
update conversation set sentiment = :blacklist, sentiment_source = 'provider', sentiment_reason = :reason, sentiment_at = :now,
                        updated_at = :now
where lead_id = :lead_id and sentiment <> :blacklist
""")


def bounced(case: Case) -> None:
    """A mail came back: it is marked, now or when we learn of it, and the lead is not written to again."""
    _tell(case, "bounced", case.event.subject or "The mail came back.")
    stop(case.tx, case.scope, case.lead_id, reason="bounce")


def delivery_failed(case: Case) -> None:
    """The provider gave a message up: it is marked, now or when we learn of it; a person decides what follows."""
    _tell(case, "failed", case.event.text or "The provider did not deliver it.")


def unsubscribed(case: Case) -> None:
    """The lead asked the provider for no more mail."""
    stop(case.tx, case.scope, case.lead_id, reason="unsubscribed")


def stop(tx: Tx, scope: Scope, lead_id: UUID, *, reason: str) -> None:
    """Write to this lead no more, because the provider says so; `reason` is a word such as `bounce`."""
    leads.blacklist(tx, scope, lead_id, reason=reason)
    tx.execute(_NO_MORE_MAIL, {"lead_id": lead_id, "blacklist": Sentiment.BLACKLIST, "now": clock.now(),
                               "reason": f"The e-mail provider reports: {reason}."})


def opened(case: Case) -> None:
    """A mail was opened: noted on the lead and, when the provider says which, on the mail."""
    _tell(case, "opened", None)
    case.tx.execute(_OPENED, {"lead_id": case.lead_id, "at": case.event.sent_at.isoformat()})


def _tell(case: Case, fate: str, reason: str | None) -> None:
    if case.event.about_message:
        fates.tell(case.tx, case.scope, f"{case.provider}:{case.event.about_message}", fate=fate, reason=reason,
                         at=case.event.sent_at)


def mail_system(tx: Tx, scope: Scope, event: Event, *, provider: str, region: str | None) -> Outcome:
    """Take what a mail system wrote: a final failure counts for the person it names, the rest is a notice."""
    # A mail system is nobody's lead: its report counts for the person whose mail failed.
    report = reading.detect_bounce({"from": event.from_address, "subject": event.subject, "text": event.text, "html": event.html})
    if not report["is_bounce"] or report["kind"] == "temporary":
        return Ignored(reason="mail_system_notice")
    person = event.person
    if reading.is_bounce_sender(person.email):
        person = next((Person(email=address) for address in report["recipients"]), Person())
    match = leads.find_or_create(tx, scope, person, region=region)
    if match is None:
        return Ignored(reason="bounce_of_unknown_lead")
    dead = [address for address in report["recipients"] if leads.is_alternate(tx, match.lead_id, address)]
    if dead and len(dead) == len(report["recipients"]):
        # A colleague's address that fails says nothing about the lead's own.
        for address in dead:
            leads.retire(tx, scope, match.lead_id, address, reason="Mail to it came back.")
    else:
        stop(tx, scope, match.lead_id, reason="bounce")
    return Done()
