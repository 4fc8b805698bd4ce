"""What is each provider good for, which others stand beside it, and where is its webhook address pasted? In words, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a provider is introduced: its group, a picture, what it does for a person, and where to paste the address."""

    group: str
    mark: str
    purpose: str
    where: str = "Paste it where the provider asks for a webhook address."


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What some providers have in common."""

    key: str
    title: str
    words: str


GROUPS: tuple[Group, ...] = (
    Group(key="email", title="E-mail", words="Replies to campaigns come in, answers leave from the same mailbox. A workspace has one "
                                              "of these at a time."),
    Group(key="sms", title="Text messages", words="Leads' texts and yours, in the same thread as everything else."),
    Group(key="linkedin", title="LinkedIn", words="Messages and invitations of one LinkedIn account."),
    Group(key="calendar", title="Calendar", words="Meetings that leads book, move or cancel."),
    Group(key="alerts", title="Alerts", words="Where your team hears of what needs a person."),
    Group(key="enrichment", title="Enrichment", words="Phone numbers and profiles of leads that lack them."),
    Group(key="mail", title="Mail of the product", words="Invitations and alerts that go to you and your colleagues, never to leads."),
    Group(key="other", title="More", words="Other connections."),
)
SHOWN: dict[str, Shown] = {
    "emailbison": Shown(
        group="email", mark="mail", purpose="Campaign mail through EmailBison: replies, bounces and unsubscribes come in.",
        where="In EmailBison: Settings, Webhooks, a new one with this address and all reply, bounce and unsubscribe events."),
    "smartlead": Shown(
        group="email", mark="mail", purpose="Campaign mail through SmartLead: replies, bounces and unsubscribes come in.",
        where="In SmartLead: Settings, Webhooks, a new one with this address for all campaigns."),
    "instantly": Shown(
        group="email", mark="mail", purpose="Campaign mail through Instantly: replies, bounces and unsubscribes come in.",
        where="In Instantly: Settings, Integrations, Webhooks, a new one with this address for all events."),
    "ghl": Shown(
        group="sms", mark="sms", purpose="Texts of one GoHighLevel sub-account: leads' answers come in and yours go out. The free times of "
                                         "its calendars can be offered.",
        where="In GoHighLevel: a workflow with the trigger Customer Replied, then the action Webhook (POST) with this address."),
    "unipile": Shown(
        group="linkedin", mark="linkedin", purpose="Messages, invitations and new connections of a LinkedIn account.",
        where="In Unipile: Webhooks, one for messaging, one for account status and one for users, all with this address."),
    "calendly": Shown(
        group="calendar", mark="calendar", purpose="Booked, moved and cancelled meetings show in the conversation at once, and drafts "
                                                   "offer its free times.",
        where="Nothing to paste: connecting makes the webhook in Calendly."),
    "slack": Shown(
        group="alerts", mark="bell", purpose="Notices in a channel of your team, with the way straight into the conversation.",
        where="In your Slack app: Interactivity & Shortcuts, Request URL. Only needed for buttons in messages."),
    "clay": Shown(
        group="enrichment", mark="search", purpose="A table of yours in Clay looks leads up and sends back what it found.",
        where="In the Clay table: a column HTTP API (POST) with this address."),
    "resend": Shown(group="mail", mark="at", purpose="Sends from an address of your own instead of the installation's."),
}


def shown(slug: str) -> Shown:
    """How to introduce a provider, even one nobody wrote words for yet."""
    return SHOWN.get(slug, Shown(group="other", mark="plug", purpose=""))
