"""What does a message say, read by rules alone: no model, no network, no state."""

from zrg_app.services.reading.acknowledgement import is_ack_only
from zrg_app.services.reading.auto_reply import detect_auto_reply, is_absence, is_surely_automatic
from zrg_app.services.reading.blanks import BLANK, blanks
from zrg_app.services.reading.bounce import detect_bounce, is_bounce_sender
from zrg_app.services.reading.email_address import normalize_email
from zrg_app.services.reading.formatted import formatted_html
from zrg_app.services.reading.linkedin import normalize_linkedin
from zrg_app.services.reading.linkify import linkify_html
from zrg_app.services.reading.opt_out import is_opt_out
from zrg_app.services.reading.orders import gives_orders
from zrg_app.services.reading.phone import normalize_phone
from zrg_app.services.reading.refusal import is_plain_refusal
from zrg_app.services.reading.reply import clean_body, extract_reply
from zrg_app.services.reading.sanitize import sanitize_html
from zrg_app.services.reading.signature import extract_signature, is_scheduling_link
from zrg_app.services.reading.slots import accept_slot
from zrg_app.services.reading.times import parse_times

__all__ = [
    "BLANK",
    "accept_slot",
    "blanks",
    "clean_body",
    "detect_auto_reply",
    "detect_bounce",
    "extract_reply",
    "extract_signature",
    "formatted_html",
    "gives_orders",
    "is_absence",
    "is_ack_only",
    "is_bounce_sender",
    "is_opt_out",
    "is_plain_refusal",
    "is_scheduling_link",
    "is_surely_automatic",
    "linkify_html",
    "normalize_email",
    "normalize_linkedin",
    "normalize_phone",
    "parse_times",
    "sanitize_html",
]
