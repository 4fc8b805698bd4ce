"""Which words may the columns of drafts, knowledge and trials hold? (FACTS section 2)"""

from enum import StrEnum


class ResponseMode(StrEnum):
    """Who answers the replies of a campaign."""

    SETTER_MANAGED = "SETTER_MANAGED"
    AI_AUTO_SEND = "AI_AUTO_SEND"


class AutoSendMode(StrEnum):
    """Under which rule a draft may leave without a person."""

    AI_AUTO_SEND = "AI_AUTO_SEND"
    LEGACY_AUTO_REPLY = "LEGACY_AUTO_REPLY"
    DISABLED = "DISABLED"


class AutoSendAction(StrEnum):
    """What was decided about a draft."""

    SEND_IMMEDIATE = "send_immediate"
    SEND_DELAYED = "send_delayed"
    NEEDS_REVIEW = "needs_review"
    SKIP = "skip"
    ERROR = "error"


class KnowledgeKind(StrEnum):
    """Where the text of a knowledge asset comes from."""

    FILE = "file"
    TEXT = "text"
    URL = "url"


class ContextMode(StrEnum):
    """Whether a draft is given the notes made of an asset, or its own words."""

    NOTES = "notes"
    RAW = "raw"


class KnowledgeStatus(StrEnum):
    """The life of a knowledge asset."""

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    FAILED = "failed"


class MemorySource(StrEnum):
    """Who says what is remembered of a lead."""

    MANUAL = "MANUAL"
    SYSTEM = "SYSTEM"
    INFERENCE = "INFERENCE"


class MemoryStatus(StrEnum):
    """Whether a memory may be used, or waits for a person."""

    APPROVED = "APPROVED"
    PENDING = "PENDING"
    REJECTED = "REJECTED"


class TrialKind(StrEnum):
    """What is tried out without sending anything."""

    PLAYGROUND = "playground"
    PREVIEW = "preview"
    REPLAY = "replay"
    IMPACT = "impact"
    DRILL = "drill"


class TrialStatus(StrEnum):
    """The life of a trial."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
