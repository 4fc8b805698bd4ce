"""What does a person see when a handler fails? A toast with our sentence, or a reference when it is our fault.

`answer_error` is the one place for it: the app is made with `backend_exception_handler=answer_error`, so handlers need no try.
"""

import json

import reflex as rx
from sqlalchemy.exc import OperationalError

from zrg_app.kit import ids, logs
from zrg_app.kit.db import is_unstorable
from zrg_app.kit.errors import Outside, Refused, Unauthenticated, ZrgError

QUIET, TROUBLE = "quiet", "bad"
log = logs.get_logger()
_TO_LOGIN = "location.assign('/login?next=' + encodeURIComponent(location.pathname + location.search))"


def toast(sentence: str, *, tone: str = QUIET) -> rx.event.EventSpec:
    """Show `sentence` for a few seconds; `tone` is QUIET or TROUBLE."""
    return rx.call_script(f"window.zrg && zrg.toast({json.dumps(sentence)}, {json.dumps({'tone': tone})})")


def to_login() -> rx.event.EventSpec:
    """Go to the login page and come back to where the person is now."""
    return rx.call_script(_TO_LOGIN)


def sentence_for(error: Exception) -> str:
    """What to tell people about `error`. Anything that is not ours is logged with a reference they can quote."""
    if isinstance(error, Refused | Outside):
        log.info("state.refused", code=error.reason)
        return error.sentence
    if is_unstorable(error):
        log.warning("state.unstorable", exc_info=error)
        return "The text holds a character that cannot be kept. Take it out and try again."
    reference = str(ids.new_id())[-6:]
    log.error("state.broken", reference=reference, exc_info=error)
    if isinstance(error, OperationalError):
        return f"The database does not answer. Try again in a moment (reference {reference})."
    if isinstance(error, ZrgError):
        return f"{error.sentence} (Reference {reference}.)"
    return f"Something went wrong on our side; what you did was not saved. Try again, or quote reference {reference}."


def answer_error(exception: Exception) -> rx.event.EventSpec:
    """The answer to an event whose handler raised."""
    return to_login() if isinstance(exception, Unauthenticated) else toast(sentence_for(exception), tone=TROUBLE)
