"""What comes through a webhook door, who may come in, and how is it kept and answered? Shared by every door."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from zrg_app.kit.digest import same
from zrg_app.kit.errors import Refused, Unauthenticated
from zrg_app.services.connections import routing
from zrg_app.services.inbound import bell
from zrg_app.services.inbound.ledger import Delivery
from zrg_app.services.inbound.ledger import keep as write

Answer = dict[str, object]


class Malformed(Refused):
    """The sender must change the request before it can be taken."""

    code, status = "malformed", 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What came through the door: the raw body, and every secret it shows.

    `offered` are the secrets of the address and of the common headers; `headers` has lower-case names, for signatures and
    for providers with a header of their own; `client_id` is the workspace the address names.
    """

    body: bytes
    content_type: str | None = None
    offered: tuple[str, ...] = ()
    client_id: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


def authenticate(route: routing.Route, offered: tuple[str, ...], *, also: tuple[str | None, ...] = ()) -> None:
    """Let the request in when the workspace asks for no secret or one of the `offered` is it. Raises Unauthenticated.

    `also` are further secrets that open this door, such as one the provider chose. Every pair is compared, so that the time
    taken says nothing about which one came close.
    """
    wanted = [secret for secret in (route.secret, *also) if secret]
    matches = [same(offer, secret) for secret in wanted for offer in offered]
    if wanted and not any(matches):
        raise Unauthenticated("Unauthorized")


def keep(delivery: Delivery, *, connected: bool = True) -> Answer:
    """Write the delivery and return the body of the 200 answer; the rows are committed then.

    Without a connection of the provider there is no secret that could prove who wrote: such deliveries share one row a day,
    without their bodies, which counts them.
    """
    kept = write(delivery if connected else _counted(delivery))
    if kept.is_new and not delivery.ignored:
        bell.ring()
    answer: Answer = {"success": True, "eventType": delivery.event_type, "eventId": str(kept.event_id)}
    if delivery.ignored:
        answer |= {"ignored": True, "reason": delivery.ignored}
    return answer if kept.is_new else answer | {"deduped": True}


def _counted(delivery: Delivery) -> Delivery:
    return replace(delivery, body=b"", content_type=None, event_type="elsewhere", earlier_key=None, turn=None,
                   dedupe_key=f"{delivery.provider}:elsewhere:{delivery.received_at:%Y-%m-%d}")
