"""How does one request reach the model, when is it worth another try, and what do its failures mean?

A second try is a second bill when the first one was worked on. So only what was certainly refused or never answered is tried
again here (429, 5xx, a broken connection); a time limit that ran out, a refusal, a wrong request or key, and an account
without credit are not.
"""

import time
from collections.abc import Callable
from typing import Any

import openai

from zrg_app.kit.errors import ModelBusy, ModelFailed
from zrg_app.services.llm.client import client, patience
from zrg_app.services.llm.deadline import LATE, Deadline

PAUSES = (0.4, 1.2)
LONGEST_PAUSE = 5.0
_QUOTA = {"insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
          "project_spend_limit_exceeded", "organization_usage_limit_exceeded"}
_TRIED_AGAIN = {408, 409, 429}


def send(make: Callable[..., Any], deadline: Deadline, **request: Any) -> Any:
    """Call `make(client)(**request)` within `deadline`. Raises ModelFailed; its cause names the request id where there is one."""
    for pause in (*PAUSES, None):
        try:
            return make(client())(**request, timeout=patience(deadline.left()))
        except openai.APITimeoutError as error:
            # The client's HTTP library is its own affair, and so are the classes of its errors.
            if type(error.__cause__).__name__ != "ConnectTimeout":
                raise ModelFailed(LATE, code="late") from error
            _rest(ModelFailed("The model cannot be reached.", code="down"), pause, deadline, error)
        except openai.APIStatusError as error:
            wait = max(pause, _asked_wait(error)) if pause is not None and is_worth_a_try(error) else None
            _rest(failure(error), wait, deadline, error)
        except openai.APIError as error:
            _rest(ModelFailed("The model did not answer.", code="down"), pause, deadline, error)
        except ValueError as error:
            raise ModelFailed("The model's answer was not readable.", code="malformed") from error
    raise ModelFailed("The model did not answer.", code="down")


def is_worth_a_try(error: openai.APIStatusError) -> bool:
    """Whether the same request may succeed shortly after this answer."""
    told = error.response.headers.get("x-should-retry", "")
    if told in ("true", "false"):
        return told == "true"
    return (error.status_code in _TRIED_AGAIN or error.status_code >= 500) and failure(error).reason != "quota"


def failure(error: openai.APIStatusError) -> ModelFailed:
    """What a refusal by status means. The sentences hold nothing of the answer but short code words: answers may name keys."""
    body = error.body if isinstance(error.body, dict) else {}
    if error.status_code == 429 and {body.get("type"), body.get("code")} & _QUOTA:
        return ModelFailed("The model account has no credit left; raise its limit.", code="quota")
    if error.status_code in (401, 403):
        return ModelFailed("The model provider refuses our key; check OPENAI_API_KEY.", code="locked")
    if error.status_code == 429:
        return ModelBusy("The model is busy.", retry_after=max(_asked_wait(error), 1.0))
    if error.status_code >= 500 or error.status_code in _TRIED_AGAIN:
        return ModelFailed("The model is down.", code="down")
    words = [str(body[name]) for name in ("code", "param") if _is_code_word(body.get(name))]
    return ModelFailed(f"The model provider refuses our request{': ' + ', '.join(words) if words else ''}.", code="rejected")


def request_id(failed: ModelFailed) -> str | None:
    """The provider's id of the request that failed, if it gave one."""
    return getattr(failed.__cause__, "request_id", None)


def _rest(failed: ModelFailed, wait: float | None, deadline: Deadline, error: openai.APIError) -> None:
    """Wait before the next try, or raise `failed` when there is none, or no time for one."""
    if wait is None or wait > min(LONGEST_PAUSE, deadline.left() / 2):
        raise failed from error
    time.sleep(wait)


def _asked_wait(error: openai.APIStatusError) -> float:
    try:
        return max(float(error.response.headers.get("retry-after", 0)), 0.0)
    except ValueError:
        return 0.0


def _is_code_word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 60 and value.replace("_", "").replace(".", "").isalnum()
