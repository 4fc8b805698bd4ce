"""Which facts does the timeline of a lead tell, of which sort is each, and in which words? Pure."""

from zrg_app.services.inbox.activity import ACTIVITY, Words, activity_words

FIELD_WORDS = {
    "first_name": "the name", "last_name": "the name", "email": "the e-mail address", "phone": "the phone number",
    "linkedin_url": "the LinkedIn profile", "job_title": "the job title", "company": "the company", "website": "the website",
    "company_state": "the state", "industry": "the industry", "employee_headcount": "the size", "timezone": "the time zone",
    "status": "the status", "scheduling_link": "the scheduling link"}
_CHANNELS = {"email": "an e-mail", "sms": "an SMS", "linkedin": "a LinkedIn message"}
_FOUND_BY = {"clay": "Clay", "signature": "their signature", "reply": "their reply"}
_MEMORY = {"added": "{who} wrote something down about them", "proposed": "Something to remember was proposed",
           "edited": "{who} put what is remembered in other words", "approved": "{who} approved what is remembered",
           "rejected": "{who} rejected what was proposed to remember", "forgotten": "{who} had something forgotten"}


def _fields(data: dict) -> str:
    named = dict.fromkeys(FIELD_WORDS.get(name, name.replace("_", " ")) for name in str(data.get("fields") or "").split(", ") if name)
    words = list(named)
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def _looked_up(data: dict, who: str) -> str:
    source = _FOUND_BY.get(str(data.get("source")), str(data.get("source") or "a look-up"))
    found = _fields(data)
    return f"{found[:1].upper()}{found[1:]} came from {source}" if found else f"Nothing new came from {source}"


def _channel(data: dict) -> str:
    return _CHANNELS.get(str(data.get("channel")), "a message")


# Facts beyond those that stand in the thread as well.
ONLY_HERE: dict[str, tuple[str, Words]] = {
    "leads.created": ("user", lambda data, who: "We met them for the first time"),
    "leads.edited": ("user", lambda data, who: f"{who} changed {_fields(data) or 'them'}"),
    "leads.merge_suggested": ("users", lambda data, who: "They may be the same person as another lead"),
    "enrichment.answered": ("search", _looked_up),
    "knowledge.memory": ("book", lambda data, who: _MEMORY.get(str(data.get("change")), "What is remembered changed").format(who=who)),
    "sentiment.absence": ("clock", lambda data, who: f"Away; back on {data.get('returns_on', '')}"),
    "drafting.ready": ("draft", lambda data, who: f"An answer was drafted as {_channel(data)}"),
    "drafting.failed": ("alert", lambda data, who: f"No answer could be drafted: {data.get('reason', '')}"),
    "sending.queued": ("send", lambda data, who: f"{who} put {_channel(data)} on its way"),
    "sending.sent": ("send", lambda data, who: f"The provider took {_channel(data)} of ours"),
}
_MERGES = ("leads.merged", "leads.parted", "leads.merge_suggested")
_EDITS = ("leads.edited", "leads.email_promoted", "leads.address_retired", "enrichment.answered")
# The thread's pictures are of its own; the rest of the house draws from the sprite.
_MARKS = {"state": "check", "ban": "block"}


def _told() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ACTIVITY, *ONLY_HERE)))


TOLD = _told()


def sort_of(kind: str) -> str:
    """Of which sort a fact is: edit, merge, send or fact."""
    if kind in _MERGES:
        return "merge"
    if kind in _EDITS:
        return "edit"
    return "send" if kind.startswith("sending.") or kind == "inbox.delivery_failed" else "fact"


def kinds_of(sort: str) -> tuple[str, ...]:
    """The kinds of facts of one sort; all that are told for none."""
    return TOLD if not sort else tuple(kind for kind in TOLD if sort_of(kind) == sort)


def words_of(kind: str, data: dict, actor_kind: str, actor_name: str) -> tuple[str, str]:
    """The icon and the sentence for a fact of `TOLD`."""
    if kind in ONLY_HERE:
        mark, words = ONLY_HERE[kind]
        said = words(data, actor_name if actor_kind in ("user", "token") else "ZRG Inbox")
    else:
        mark, said = activity_words(kind, data, actor_kind, actor_name)
    return _MARKS.get(mark, mark), said
