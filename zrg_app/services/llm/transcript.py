"""How is a conversation put before a model, so that a stranger's text stays data? Pure."""

LINE = 1_500
MESSAGE = 12_000
OPEN, CLOSE = "<lead_message>", "</lead_message>"


def transcript(messages: list[dict]) -> str:
    """One line per message, oldest first: time, channel, who, subject, text without line breaks, each cut to a length."""
    return "\n".join(_line(message) for message in messages) or "(none)"


def marked(text: str) -> str:
    """A lead's text between markers it cannot contain."""
    safe = text[:MESSAGE].replace(OPEN, "(lead_message)").replace(CLOSE, "(/lead_message)")
    return f"{OPEN}\n{safe}\n{CLOSE}"


def _line(message: dict) -> str:
    who = "lead" if message["direction"] == "inbound" else "us"
    subject = f" [{message['subject']}]" if message["subject"] else ""
    body = " ".join(message["body"].split())[:LINE].replace(OPEN, "").replace(CLOSE, "")
    return f"[{message['sent_at']:%Y-%m-%d %H:%M} {message['channel']}] {who}{subject}: {body}"
