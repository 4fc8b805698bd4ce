"""What does a message say, read by rules alone: no model, no network, no state."""

from zrg_app.services.reading.bounce import detect_bounce, is_bounce_sender
from zrg_app.services.reading.email_address import normalize_email
from zrg_app.services.reading.linkedin import normalize_linkedin
from zrg_app.services.reading.linkify import linkify_html
from zrg_app.services.reading.phone import normalize_phone
from zrg_app.services.reading.reply import clean_body, extract_reply
from zrg_app.services.reading.sanitize import sanitize_html

__all__ = [
    "clean_body",
    "detect_bounce",
    "extract_reply",
    "is_bounce_sender",
    "linkify_html",
    "normalize_email",
    "normalize_linkedin",
    "normalize_phone",
    "sanitize_html",
]
