"""May this lead get text messages? What the carrier or the CRM says of it."""

from zrg_app.services import leads
from zrg_app.services.inbound.meaning.case import Case


def sms_blocked(case: Case) -> None:
    """The carrier or the CRM takes no SMS to this lead."""
    leads.block_sms(case.tx, case.scope, case.lead_id, reason=case.event.text or "Do not disturb is set in the CRM.",
                    at=case.event.sent_at)


def sms_allowed(case: Case) -> None:
    """SMS to this lead are taken again."""
    leads.allow_sms(case.tx, case.scope, case.lead_id, at=case.event.sent_at)
