"""How do the settings speak? Roles, states of a connection and advice, in the words of a person. Pure."""

import phonenumbers

from zrg_app.models.vocabulary import ConnectionStatus, Role
from zrg_app.services.access import MemberView, Permission
from zrg_app.services.access.policy import allows
from zrg_app.services.workspaces.policy import FIELDS

TABS = ("general", "team", "integrations")
# Links of old messages name tabs whose contents live under General here.
_OLD_TABS = {"ai": "general", "booking": "general"}
ROLES: dict[str, tuple[str, str]] = {
    Role.OWNER: ("Owner", "Everything; comes with the workspace"),
    Role.ADMIN: ("Admin", "Everything, settings and people included"),
    Role.INBOX_MANAGER: ("Inbox manager", "The whole inbox, and a look at the settings"),
    Role.SETTER: ("Setter", "Answers leads in the inbox"),
    Role.CLIENT_PORTAL: ("Client", "Looks on, changes nothing"),
}
MAY: dict[str, tuple[str, ...]] = {role: tuple(sentence for permission, sentence in (
    (Permission.READ_INBOX, "Reads conversations"), (Permission.ANSWER, "Answers leads and approves drafts"),
    (Permission.ORGANISE, "Marks done, snoozes, assigns and labels"), (Permission.EDIT_LEADS, "Edits and merges leads"),
    (Permission.SEE_SETTINGS, "Sees the settings"), (Permission.EDIT_SETTINGS, "Changes the settings"),
    (Permission.CONNECT_PROVIDERS, "Connects providers"), (Permission.MANAGE_MEMBERS, "Invites and removes people"),
    (Permission.MANAGE_TOKENS, "Makes API tokens"), (Permission.OPERATE, "Repairs sends and jobs")) if allows(role, permission))
    for role in ROLES}
"""What each role may do, read from the one table of permissions."""
STATUSES: dict[str, tuple[str, str]] = {
    "": ("Not connected", "quiet"),
    ConnectionStatus.UNCHECKED: ("Not tested yet", "wait"),
    ConnectionStatus.WORKING: ("Connected", "good"),
    ConnectionStatus.LOCKED: ("Credentials refused", "bad"),
    ConnectionStatus.FAILING: ("Not reachable", "bad"),
}
REGIONS: str = " ".join(sorted(phonenumbers.SUPPORTED_REGIONS))
TONES = ("friendly-professional", "warm and personal", "direct and brief", "formal", "playful")
TITLES = {field: field.replace("_", " ").replace("ai ", "AI ") for field in (*FIELDS, "name")} | {
    "setters_see_own_only": "what setters see", "brand_name": "brand",
    "name": "workspace name", "timezone": "time zone", "daily_model_spend_limit_cents": "daily limit",
    "work_start_time": "start of work", "work_end_time": "end of work", "draft_generation_enabled": "drafting",
    "draft_generation_model": "model", "ai_persona_name": "persona", "ai_tone": "tone", "ai_goals": "goals", "ai_greeting":
    "e-mail greeting", "ai_sms_greeting": "SMS greeting", "ai_linkedin_greeting": "LinkedIn greeting", "ai_signature": "signature",
    "email_opt_out_line": "opt-out line of e-mails", "sms_opt_out_line": "opt-out line of texts", "sender_name": "the person",
    "greeting": "e-mail greeting", "sms_greeting": "SMS greeting", "linkedin_greeting": "LinkedIn greeting"}


def tab_of(wish: object) -> str:
    """The tab a link asks for; General for an unknown one."""
    wanted = _OLD_TABS.get(wish, wish) if isinstance(wish, str) else ""
    return wanted if wanted in TABS else "general"


def listed(words: list[str], *, last: str = "and") -> str:
    """Words as a person lists them: "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def number_of(count: int, word: str) -> str:
    """A count with its word: "1 message", "2 messages"."""
    return f"{count} {word}{'' if count == 1 else 's'}"


def whom_to_ask(members: tuple[MemberView, ...]) -> str:
    """The people who can change settings, at most three by name."""
    names = [member.name for member in members if member.role in (Role.OWNER, Role.ADMIN)]
    return listed(names[:3], last="or") or "an admin of the workspace"


def conflict_sentence(fields: tuple[str, ...]) -> str:
    """What is said when somebody else changed the same fields."""
    names = listed([TITLES.get(field, field) for field in fields])
    return (f"Somebody changed {names} while you were editing. Your text is still here: save once more to replace theirs, "
            "or discard to see it.")
