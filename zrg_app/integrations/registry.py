"""Whom do we talk to? One line per provider."""

from zrg_app.integrations import calendly, clay, emailbison, ghl, instantly, resend, slack, smartlead, unipile
from zrg_app.integrations.base import Provider
from zrg_app.kit.errors import NotFound

PROVIDERS: tuple[Provider, ...] = (
    ghl.PROVIDER,
    emailbison.PROVIDER,
    smartlead.PROVIDER,
    instantly.PROVIDER,
    unipile.PROVIDER,
    calendly.PROVIDER,
    slack.PROVIDER,
    clay.PROVIDER,
    resend.PROVIDER,
)

_by_slug = {each.slug: each for each in PROVIDERS}


def provider(slug: str) -> Provider:
    """The provider called `slug`. Raises NotFound when we talk to nobody of that name."""
    if slug not in _by_slug:
        raise NotFound(f"There is no provider called {slug}.")
    return _by_slug[slug]


def for_channel(channel: str) -> tuple[Provider, ...]:
    """The providers that can send on `channel`, in the order of preference."""
    return tuple(each for each in PROVIDERS if each.channel == channel and each.send is not None)
