"""How is it logged? Dotted names in the past tense, values as fields, never a body or an address at info level."""

import logging
import re

import structlog

from zrg_app.kit.settings import settings

_SECRET_NAME = re.compile(r"(secret|token|password|api_?key|authorization|cookie|credential)", re.IGNORECASE)
_SECRET_QUERY = re.compile(r"((?:api_key|secret|token|key|password)=)[^&\s\"']+", re.IGNORECASE)


def _without_secrets(_logger: object, _name: str, fields: dict) -> dict:
    for name, value in fields.items():
        if _SECRET_NAME.search(name):
            fields[name] = "••••"
        elif isinstance(value, str):
            fields[name] = _SECRET_QUERY.sub(r"\1••••", value)
    return fields


def configure(part: str) -> None:
    """Set logging up for one process; `part` names it on every line."""
    machine = settings().log_format == "json"
    renderer = structlog.processors.JSONRenderer() if machine else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level,
                    structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.processors.format_exc_info,
                    _without_secrets, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, settings().log_level)),
        cache_logger_on_first_use=False)
    structlog.contextvars.bind_contextvars(part=part)
    # These libraries put addresses with query strings (and so keys) into their lines.
    for noisy in ("httpx", "httpcore", "openai"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def get_logger() -> structlog.stdlib.BoundLogger:
    """The logger; first argument of its methods is the dotted event name."""
    return structlog.get_logger()
