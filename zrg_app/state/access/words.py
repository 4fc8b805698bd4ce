"""What do the codes in the door's links mean to a person? Pure."""

from zrg_app.services.access.flows import RESET_GONE, WRONG
from zrg_app.services.access.inviting import GONE as INVITATION_GONE
from zrg_app.services.access.passwords import MAXIMUM_LENGTH, MINIMUM_LENGTH

_ERRORS = {
    "credentials": WRONG,
    "origin": "The form was sent from another site. Fill it in here once more.",
    "email_invalid": "That is not a complete e-mail address.",
    "password_short": f"Choose a password of at least {MINIMUM_LENGTH} characters. A few words in a row are easy to remember.",
    "password_long": f"Choose a password of at most {MAXIMUM_LENGTH} characters.",
    "password_is_email": "Choose a password that is not your e-mail address.",
    "set_up_done": "The set-up was done already. Sign in instead.",
    "invalid": "Give the workspace a name of 1 to 100 characters.",
    "bad_request": "The form could not be read. Fill it in once more.",
    "too_large": "The form is too long. Shorten what you typed.",
    "broken": "Something went wrong on our side, and nothing was changed. Try again in a moment.",
}
_NOTICES = {
    "signed_out": "You are signed out.",
    "password_changed": "Your password is changed. Sign in with the new one.",
    "joined": "You are in. Sign in with the password you have.",
}


def error_sentence(code: str, *, wait: str = "", page: str = "") -> str:
    """The sentence for `?error=code`; empty for no code. `wait` is in minutes; texts from the link itself are never shown."""
    if not code:
        return ""
    if code == "too_many":
        minutes = int(wait) if wait.isascii() and wait.isdigit() and len(wait) < 4 else 15
        return f"Too many tries. Wait {minutes} minute{'' if minutes == 1 else 's'} and try again."
    if code == "link_gone":
        return RESET_GONE if page == "reset" else INVITATION_GONE
    return _ERRORS.get(code, _ERRORS["broken"])


def notice_sentence(code: str) -> str:
    """The sentence for `?notice=code`; empty for an unknown one."""
    return _NOTICES.get(code, "")
