"""How is a conversation put before a model, so that a stranger's text stays data? Pure."""

import re

LINE = 1_500
MESSAGE = 12_000
FACT = 100
OPEN, CLOSE = "<lead_message>", "</lead_message>"
MARKER = re.compile(r"<\s*/?\s*(?:lead_message|draft|document)\s*>", re.IGNORECASE)


def unmarked(text: str) -> str:
    """A text without our markers. Words take their place, because what is taken out of `<lead_<draft>message>` would make one."""
    return MARKER.sub("(mark)", text)


def one_line(text: str) -> str:
    """A short fact a stranger may have chosen (a name, a company): on one line, so that it cannot pose as another one."""
    return " ".join(unmarked(text).split())[:FACT]


def transcript(messages: list[dict]) -> str:
    """One line per message, oldest first: time, channel, who, subject, text without line breaks, each cut to a length."""
    return "\n".join(_line(message) for message in messages) or "(none)"


def marked(text: str) -> str:
    """A lead's text between markers it cannot contain."""
    return f"{OPEN}\n{unmarked(text[:MESSAGE])}\n{CLOSE}"


def _line(message: dict) -> str:
    who = "lead" if message["direction"] == "inbound" else "us"
    subject = f" [{one_line(message['subject'])}]" if message["subject"] else ""
    body = " ".join(unmarked(message["body"]).split())[:LINE]
    return f"[{message['sent_at']:%Y-%m-%d %H:%M} {message['channel']}] {who}{subject}: {body}"
