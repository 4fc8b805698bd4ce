"""Which prompts and snippets are there, what is each for, and what is put into it?

Every file of `zrg_app/prompts` has one entry here and every entry its file (`tests/services/llm/test_registry.py`). Whoever adds a
prompt adds its entry to the block of its area.
"""

from dataclasses import dataclass
from typing import Literal

from zrg_app.kit.errors import NotFound
from zrg_app.services.llm.prompts import hashed, prompt, snippet_text

SNIPPET = "snippet."
Kind = Literal["text", "number", "lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One prompt (`kind` text) or snippet. `given` is what is put before the model beside it; `area` is its heading.

    A stranger's text among what is given stands between `<marker>` and `</marker>`, and an override must keep the rule about it;
    empty where none is given.
    """

    key: str
    title: str
    purpose: str
    area: str
    given: tuple[str, ...] = ()
    marker: str = "lead_message"
    kind: Kind = "text"

    @property
    def is_snippet(self) -> bool:
        """Whether this is a snippet, which becomes part of prompts, and no prompt."""
        return self.key.startswith(SNIPPET)

    @property
    def markers(self) -> tuple[str, ...]:
        """What stands before and after a stranger's text; none where none is given."""
        return (f"<{self.marker}>", f"</{self.marker}>") if self.marker else ()

    @property
    def ours(self) -> str:
        """Our own text."""
        return snippet_text(self.key.removeprefix(SNIPPET)) if self.is_snippet else prompt(self.key).text

    @property
    def hash(self) -> str:
        """The name of our own text."""
        return hashed(self.ours)


_CONVERSATION = ("the conversation", "the newest message, marked")
_WRITER = ("persona and company", "facts about the lead", "knowledge", "what is remembered", "free times", *_CONVERSATION,
           "the colleague's instruction")


def _judge(key: str, title: str, purpose: str, *more: str) -> Entry:
    return Entry(key=f"autosend.{key}", title=title, purpose=purpose, area="Auto-send", given=(*more, *_CONVERSATION))


def _writer(key: str, title: str, purpose: str, *more: str) -> Entry:
    return Entry(key=f"drafting.{key}", title=title, purpose=purpose, area="Drafts", given=(*_WRITER, *more))


_SENTIMENT = (
    Entry(key="sentiment.email_analysis", title="Read an e-mail", area="Sentiment", given=_CONVERSATION,
          purpose="Labels an e-mail and finds phone numbers, a calendar link and a day of return in it."),
    Entry(key="sentiment.reply", title="Label a reply", area="Sentiment", given=_CONVERSATION,
          purpose="Chooses the label of the newest message of a lead: of texts and LinkedIn, and of e-mail where reading it failed."),
)
_DRAFTING = (
    _writer("strategy", "Plan an e-mail", "Thinks before anything is written: what to say, what to avoid, which shape."),
    _writer("generation", "Write an e-mail", "Writes the e-mail by the plan.", "the plan"),
    _writer("verification", "Check an e-mail", "Looks over the e-mail before a colleague sees it.", "the plan", "the draft"),
    _writer("reply", "Write an e-mail in one step", "Writes the e-mail where planning it failed, and quick second drafts."),
    _writer("sms", "Write a text message", "Writes the answer by SMS."),
    _writer("linkedin", "Write a LinkedIn message", "Writes the answer on LinkedIn."),
    Entry(key="drafting.learn", title="Remember", area="Drafts", given=_CONVERSATION,
          purpose="Notes what is worth remembering of a lead after a draft."),
)
_AUTO_SEND = (
    _judge("extract", "Read wishes about a meeting", "Writes down what a lead wants of a meeting.", "times offered before"),
    _judge("oversee", "Oversee a draft", "Looks over a draft once and may correct it.", "free times", "the draft"),
    _judge("evaluate", "Evaluate a draft", "Decides how sure one may be that a draft can leave unseen.", "all that is known", "the draft"),
    _judge("revise", "Revise a draft", "Improves a draft the evaluator was not sure of.", "all that is known", "the draft"),
)
_KNOWLEDGE = (
    Entry(key="knowledge.notes", title="Make notes", area="Knowledge", purpose="Turns a document into notes for the writers of drafts.",
          given=("the document, marked",), marker="document"),
)
_TRIALS = (
    Entry(key="trials.judge", title="Judge a draft", area="Trials", purpose="Scores a draft when the quality of drafts is measured.",
          given=("what the writer knew", "the draft", "the message it answers, marked")),
)

PROMPTS: tuple[Entry, ...] = (*_SENTIMENT, *_DRAFTING, *_AUTO_SEND, *_KNOWLEDGE, *_TRIALS)

_SHAPES = {"A1": "Short paragraph, then points", "A2": "Question first", "A3": "Two-line story", "A4": "Time first",
           "A5": "Understanding first", "A6": "One dense paragraph", "A7": "Numbered reasons", "A8": "Casual with a postscript",
           "A9": "Comparison", "A10": "Proof first"}
ARCHETYPES = tuple(_SHAPES)


def _snippet(name: str, title: str, purpose: str, kind: Kind = "text", area: str = "Snippets") -> Entry:
    return Entry(key=SNIPPET + name, title=title, purpose=purpose, kind=kind, area=area, marker="")


SNIPPETS: tuple[Entry, ...] = (
    _snippet("forbidden_terms", "Words we never use", "One word or phrase per line; a draft that holds one is mended.", "lines"),
    _snippet("email_length_min", "Shortest e-mail", "Characters an e-mail draft should at least have.", "number"),
    _snippet("email_length_max", "Longest e-mail", "Characters an e-mail draft may have.", "number"),
    _snippet("booking_instructions", "How to book", "What a draft does when the lead wants to meet."),
    *(_snippet(f"archetype.{key}", f"{key} {title}", "How a draft of this shape is built.", area="Writing shapes")
      for key, title in _SHAPES.items()),
)
ALL: tuple[Entry, ...] = (*PROMPTS, *SNIPPETS)
_BY_KEY = {entry.key: entry for entry in ALL}


def entry(key: str) -> Entry:
    """The entry called `key`. Raises NotFound: keys come from browsers, too."""
    if key not in _BY_KEY:
        raise NotFound("There is no such prompt.")
    return _BY_KEY[key]
