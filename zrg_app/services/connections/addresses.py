"""Which address does a person paste at the provider, so that its webhooks reach this workspace? Pure but for our own address."""

from urllib.parse import quote
from uuid import UUID

from zrg_app.integrations.base import Provider
from zrg_app.kit import vault
from zrg_app.kit.settings import settings

_OWN_ID = ("{clientId}", "{client_id}")
# A provider with a secret of its own inside the body may not have one yet; ours in the address serves until then.
_IN_ADDRESS = ("address", "body")


def webhook(provider: Provider, workspace_id: UUID | None, secret: str | None, *, hidden: bool = False) -> str:
    """The webhook address of a workspace; empty without webhooks. Its secret stands in the path where the provider shows it by
    the address (masked when `hidden`).

    The e-mail doors are told the workspace, because not every event names it reliably (spec section 5); so is a path that has
    a place for it.
    """
    if provider.webhook_path is None:
        return ""
    path = provider.webhook_path
    for name in _OWN_ID:
        path = path.replace(name, str(workspace_id or ""))
    wanted = secret if provider.secret_place in _IN_ADDRESS else None
    shown = (vault.masked(wanted) if hidden else quote(wanted, safe="")) if wanted else ""
    address = f"{settings().address}{path}" + (f"/{shown}" if shown else "")
    return f"{address}?clientId={workspace_id}" if provider.channel == "email" and workspace_id else address


def shows_secret(provider: Provider) -> bool:
    """Whether a webhook secret of ours can reach us through this provider: in the address or in a header."""
    return provider.webhook_path is not None and provider.secret_place in (*_IN_ADDRESS, "header")
