"""Which words may a column hold? The closed vocabularies of the product (FACTS section 2)."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a workspace; OWNER is derived from the workspace row."""

    OWNER = "OWNER"
    ADMIN = "ADMIN"
    INBOX_MANAGER = "INBOX_MANAGER"
    SETTER = "SETTER"
    CLIENT_PORTAL = "CLIENT_PORTAL"


class Provider(StrEnum):
    """Whom we talk to."""

    GHL = "ghl"
    EMAILBISON = "emailbison"
    SMARTLEAD = "smartlead"
    INSTANTLY = "instantly"
    UNIPILE = "unipile"
    CALENDLY = "calendly"
    SLACK = "slack"
    CLAY = "clay"
    RESEND = "resend"


class Channel(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    SMS = "sms"
    LINKEDIN = "linkedin"


class Direction(StrEnum):
    """From the lead, or to the lead."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class SentBy(StrEnum):
    """Who let an outbound message go."""

    AI = "ai"
    SETTER = "setter"
    CAMPAIGN = "campaign"
    ELSEWHERE = "elsewhere"


class Sentiment(StrEnum):
    """What a conversation is about, in the words stored and shown."""

    NEW = "New"
    MEETING_BOOKED = "Meeting Booked"
    MEETING_REQUESTED = "Meeting Requested"
    CALL_REQUESTED = "Call Requested"
    INFORMATION_REQUESTED = "Information Requested"
    INTERESTED = "Interested"
    FOLLOW_UP = "Follow Up"
    OBJECTION = "Objection"
    NOT_INTERESTED = "Not Interested"
    OUT_OF_OFFICE = "Out of Office"
    AUTOMATED_REPLY = "Automated Reply"
    BLACKLIST = "Blacklist"
    NEUTRAL = "Neutral"
    SNOOZED = "Snoozed"


class SentimentSource(StrEnum):
    """Who decided the sentiment."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"
    FALLBACK = "fallback"
    PROVIDER = "provider"


class LeadStatus(StrEnum):
    """Where a lead stands."""

    NEW = "new"
    QUALIFIED = "qualified"
    MEETING_REQUESTED = "meeting-requested"
    MEETING_BOOKED = "meeting-booked"
    NOT_INTERESTED = "not-interested"
    BLACKLISTED = "blacklisted"
    UNQUALIFIED = "unqualified"
    NEEDS_REPAIR = "needs_repair"


class DraftStatus(StrEnum):
    """The life of a draft."""

    WRITING = "writing"
    PENDING = "pending"
    SENDING = "sending"
    APPROVED = "approved"
    REJECTED = "rejected"
    FAILED = "failed"


class Disposition(StrEnum):
    """How a sent draft relates to what was written."""

    AUTO_SENT = "AUTO_SENT"
    APPROVED = "APPROVED"
    EDITED = "EDITED"


class OutboundStatus(StrEnum):
    """The life of a message on its way out."""

    WAITING = "waiting"        # inside the undo window, or scheduled
    SENDING = "sending"        # claimed; the provider is being called
    CHECKING = "checking"      # outcome unknown; the provider's history is being read
    SENT = "sent"              # the provider accepted it
    FAILED = "failed"          # refused for good; the reason is kept
    CANCELLED = "cancelled"    # undone, or no longer wanted


class Delivery(StrEnum):
    """What is known of a message in the thread."""

    RECEIVED = "received"
    WAITING = "waiting"
    SENDING = "sending"
    CHECKING = "checking"
    DELIVERED = "delivered"
    FAILED = "failed"
    BOUNCED = "bounced"


class JobStatus(StrEnum):
    """The life of a background job (spec section 7)."""

    PENDING = "PENDING"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class WebhookStatus(StrEnum):
    """The life of a row of the webhook ledger."""

    PENDING = "PENDING"
    SUCCEEDED = "SUCCEEDED"
    IGNORED = "IGNORED"
    FAILED = "FAILED"


class ConnectionStatus(StrEnum):
    """Whether a connection works."""

    UNCHECKED = "unchecked"
    WORKING = "working"
    LOCKED = "locked"
    FAILING = "failing"


class IdentityKind(StrEnum):
    """By what a lead is recognised, in matching order (spec section 6)."""

    GHL_CONTACT = "ghl_contact"
    EMAILBISON_LEAD = "emailbison_lead"
    SMARTLEAD_LEAD = "smartlead_lead"
    INSTANTLY_LEAD = "instantly_lead"
    LINKEDIN_MEMBER = "linkedin_member"
    LINKEDIN_URL = "linkedin_url"
    EMAIL = "email"
    PHONE = "phone"


class AppointmentStatus(StrEnum):
    """How a meeting stands (FACTS section 2.2, as written on the lead)."""

    CONFIRMED = "confirmed"
    CANCELED = "canceled"
    RESCHEDULED = "rescheduled"
    SHOWED = "showed"
    NO_SHOW = "no_show"


class AppointmentSource(StrEnum):
    """How we learnt of a meeting."""

    WEBHOOK = "WEBHOOK"
    RECONCILE_CRON = "RECONCILE_CRON"
    BACKFILL = "BACKFILL"
    AUTO_BOOK = "AUTO_BOOK"
    MANUAL = "MANUAL"
    MIGRATION = "MIGRATION"


class MergeStatus(StrEnum):
    """What became of the thought that two leads are one."""

    SUGGESTED = "suggested"
    DISMISSED = "dismissed"
    MERGED = "merged"
    UNDONE = "undone"


class EnrichmentStatus(StrEnum):
    """Whether what is missing of a lead was looked up (spec section 6)."""

    NOT_NEEDED = "not_needed"
    PENDING = "pending"
    ENRICHED = "enriched"
    NOT_FOUND = "not_found"
    FAILED = "failed"


class EnrichmentKind(StrEnum):
    """What can be looked up about a lead."""

    LINKEDIN = "linkedin"
    PHONE = "phone"


class TokenScope(StrEnum):
    """What an API token may do."""

    READ = "read"
    WRITE = "write"
