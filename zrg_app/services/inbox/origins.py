"""Who wrote a message of ours, and what became of the AI's draft on the way? Pure."""

from dataclasses import dataclass

from zrg_app.models.vocabulary import Direction, Disposition, SentBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """`short` stands beside the message, `words` say the whole of it."""

    short: str = ""
    words: str = ""


def origin_of(direction: str, sent_by: str | None, sender: str | None, disposition: str | None) -> Origin | None:
    """The origin of a message of ours; `disposition` is how it relates to the draft it came from, None where there was none."""
    if direction == Direction.INBOUND:
        return None
    if sent_by == SentBy.AI:
        return Origin(short="Sent by itself", words="Written by AI and sent without a person, as auto-send allowed")
    who = sender or "Somebody of the team"
    if disposition == Disposition.EDITED:
        return Origin(short="AI draft, edited", words=f"AI wrote a draft; {who} changed it and sent it")
    if disposition in (Disposition.APPROVED, Disposition.AUTO_SENT):
        return Origin(short="AI draft, as it was", words=f"AI wrote it; {who} sent it without a change")
    return {
        SentBy.SETTER: Origin(words=f"Written and sent by {who}"),
        SentBy.CAMPAIGN: Origin(words="Sent by the campaign, before anybody here wrote"),
        SentBy.ELSEWHERE: Origin(words="Sent from another tool; it was not written here"),
    }.get(sent_by or "")
