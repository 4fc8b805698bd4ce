"""How is a webhook secret kept? Sealed like every credential; opened only to compare it or to show it once more."""

from zrg_app.kit import vault
from zrg_app.kit.ids import new_token

_NAME = "webhook_secret"


def sealed(secret: str | None) -> str | None:
    """What the column holds of a secret; None when the door is open."""
    return vault.seal({_NAME: secret}) if secret else None


def opened(column: str | None) -> str | None:
    """The secret again. Raises Invalid when the key does not fit."""
    return vault.unseal(column).get(_NAME)


def fresh() -> str:
    """A new unguessable secret that can stand in an address."""
    return new_token()
