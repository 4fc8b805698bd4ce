"""How do tests ask a model? One small question, and what its calls left behind."""

from typing import Any

from tests.services.sending.stage import Stage
from zrg_app.services import llm
from zrg_app.services.llm import Answer, Prompt

SCHEMA = {"type": "object", "additionalProperties": False, "required": ["reason"], "properties": {"reason": {"type": "string"}}}
PROMPT = Prompt(key="tests.question", text="Say why.", hash="000000000000")


def ask(desk: Stage, **more: Any) -> Answer:
    """Ask the sandbox's model something."""
    settings = {"purpose": "tests", "prompt": PROMPT, "text": "Why?", "schema_name": "why", "schema": SCHEMA, "model": "gpt-5-mini",
                "max_output_tokens": 400, "timeout": 10.0}
    return llm.ask(desk.as_job, **(settings | more))


def calls(desk: Stage) -> list:
    """The rows of the ledger, oldest first."""
    return desk.sql("select * from ai_interaction order by created_at, id")


def asked(desk: Stage) -> list[dict]:
    """The bodies of the requests that reached the model, oldest first."""
    return [row["body"] for row in desk.sandbox.control.received(provider="openai") if row["path"] == "/responses"]
