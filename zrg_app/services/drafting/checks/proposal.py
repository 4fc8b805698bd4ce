"""What is a draft held against? Everything its writer was given, sorted by whose word it is."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A draft and what is known. `known_text` is ours (facts, our messages, the colleague's wish), `lead_words` is the lead's.

    `own_names` are names of the lead, `other_names` first names of people beside them, `strangers` names and companies of other
    leads. `links` are links of the lead's a draft may repeat, `lead_data` their addresses. `times` may be named: free ones,
    offered ones, the meeting; of the free ones `labels` are the exact words. `said` and `told` are the lead's messages and ours with
    their moments, because "Tuesday at 3" depends on when it was written; `fixed_text` is what we know beside messages. `prompts`
    are our instructions.
    """

    channel: str
    body: str
    known_text: str
    other_names: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    lead_words: str = ""
    lead_data: str = ""
    links: tuple[str, ...] = ()
    booking_link: str = ""
    times: tuple[datetime, ...] = ()
    labels: tuple[str, ...] = ()
    zone: str = "UTC"
    at: datetime | None = None
    said: tuple[tuple[datetime, str], ...] = ()
    told: tuple[tuple[datetime, str], ...] = ()
    fixed_text: str = ""
    opt_out_line: str = ""
    forbidden: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
