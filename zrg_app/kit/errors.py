"""Which ways can it go wrong, and what do we tell people?

ZrgError                 a code, a sentence for people, an HTTP status
├── Refused              expected; shown, never paged
│   ├── NotFound 404  Forbidden 403  Unauthenticated 401  Conflict 409  Invalid 422  TooMany 429
├── Outside              the world failed
│   ├── ProviderDown     try again (502)          ├── ProviderBusy    try again after `retry_after` (503)
│   ├── ProviderRefused  do not try again (422)   ├── ProviderLocked  credentials do not work (424)
│   ├── OutcomeUnknown   it may have happened: look before trying again (504)
│   └── ModelFailed      a model was down, refused or malformed (502); ModelBusy: try again after `retry_after`
└── Broken               an invariant did not hold (500)
"""

from typing import ClassVar


class ZrgError(Exception):
    """Base of all our errors. `sentence` is written for people; `code` is stable for programs."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500

    def __init__(self, sentence: str, *, code: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.reason = code or self.code


class Refused(ZrgError):
    """We will not do that; expected, shown to the person, never an alarm."""

    code, status = "refused", 400


class NotFound(Refused):
    """It is not there, or it is not yours: the two are not told apart."""

    code, status = "not_found", 404


class Unauthenticated(Refused):
    """Nobody is signed in."""

    code, status = "unauthenticated", 401


class Forbidden(Refused):
    """Signed in, but the role does not allow it."""

    code, status = "forbidden", 403


class Conflict(Refused):
    """Somebody else was first, or the thing is no longer in a state that allows it."""

    code, status = "conflict", 409


class Invalid(Refused):
    """The input is wrong; the sentence says what and how to mend it."""

    code, status = "invalid", 422


class TooMany(Refused):
    """Too many tries; `retry_after` is in seconds."""

    code, status = "too_many", 429

    def __init__(self, sentence: str, *, retry_after: float = 60) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Outside(ZrgError):
    """Something beyond our walls failed."""

    code, status = "outside", 502


class ProviderDown(Outside):
    """The provider did not answer or answered 5xx before it can have accepted anything: try again."""

    code, status = "provider_down", 502


class ProviderBusy(Outside):
    """The provider asks us to wait; `retry_after` is in seconds."""

    code, status = "provider_busy", 503

    def __init__(self, sentence: str, *, retry_after: float = 10) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class ProviderRefused(Outside):
    """The provider said no for good; `reason` is a stable code such as `sms_dnd`. Never retried."""

    code, status = "provider_refused", 422


class ProviderLocked(Outside):
    """Our credentials do not work: the connection is marked and a person told."""

    code, status = "provider_locked", 424


class OutcomeUnknown(Outside):
    """The request left and no answer came: the provider may have accepted it. Look into its history, never resend blindly."""

    code, status = "outcome_unknown", 504


class ModelFailed(Outside):
    """A model call gave nothing usable.

    `reason` is one of the passing down, busy, late, or of the lasting missing_key, spend_limit, quota, locked, rejected
    (our request was wrong), refused, incomplete, malformed.
    """

    code, status = "model_failed", 502


class ModelBusy(ModelFailed, ProviderBusy):
    """The model asks us to wait; a job that raises this waits `retry_after` seconds and keeps its attempts."""

    code, status = "busy", 503

    def __init__(self, sentence: str, *, retry_after: float = 10) -> None:
        ZrgError.__init__(self, sentence, code="busy")
        self.retry_after = retry_after


class Broken(ZrgError):
    """An invariant of ours did not hold: a defect."""

    code, status = "broken", 500
