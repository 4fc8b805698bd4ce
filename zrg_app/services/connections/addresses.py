"""Which address does a person paste at the provider, so that its webhooks reach this workspace? Pure but for our own address."""

from urllib.parse import quote
from uuid import UUID

from zrg_app.integrations.base import Provider
from zrg_app.kit import vault
from zrg_app.kit.settings import settings


def webhook(provider: Provider, workspace_id: UUID | None, secret: str | None, *, hidden: bool = False) -> str:
    """The webhook address of a workspace, with its secret in the path (masked when `hidden`); empty without webhooks.

    The e-mail door is told the workspace, because not every event names it reliably (spec section 5).
    """
    if provider.webhook_path is None:
        return ""
    if provider.secret_place == "signature":
        secret = None
    path = provider.webhook_path.replace("{client_id}", str(workspace_id))
    shown = (vault.masked(secret) if hidden else quote(secret, safe="")) if secret else ""
    address = f"{settings().address}{path}" + (f"/{shown}" if shown else "")
    return f"{address}?clientId={workspace_id}" if provider.channel == "email" and workspace_id else address
