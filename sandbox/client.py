"""How do tests and the demo seed steer a sandbox from outside?"""

from types import TracebackType
from typing import Any, Self

import httpx

Row = dict[str, Any]

class SandboxControl:
    """A small client of the control routes. A refused wish raises `SandboxRefused` with the sandbox's sentence."""

    def __init__(self, base_url: str, timeout: float = 120.0) -> None:
        self.base_url = base_url.rstrip("/")
        self._http = httpx.Client(base_url=self.base_url, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def act(self, provider: str, workspace_ref: str, lead: Row, body: str = "", **more: Any) -> Row:
        """Play a lead; returns `ids`, `all_ids`, `deliveries` (the product's answers) and `webhooks` (their bodies)."""
        wish = {"provider": provider, "workspace_ref": workspace_ref, "lead": lead, "body": body} | more
        return self._ask("POST", "act", json=wish)

    def received(self, **filters: Any) -> list[Row]:
        """Return what the providers received, oldest first; filters: provider, path_contains, method, since, limit."""
        return self._ask("GET", "received", params=filters)["received"]

    def counts(self) -> dict[str, dict[str, int]]:
        """Return per provider how many requests were received, accepted, refused and left a message behind."""
        return self._ask("GET", "received", params={"limit": 1})["counts"]

    def sent(self, provider: str = "", **filters: Any) -> list[Row]:
        """Return every message a provider accepted for sending, oldest first: what, id, thread, to, subject, text."""
        return self._ask("GET", "sent", params={"provider": provider} | filters)["sent"]

    def add_fault(self, provider: str, kind: str, **more: Any) -> int:
        """Set a fault switch and return its number; see README.md for the fields."""
        return self._ask("POST", "faults", json={"provider": provider, "kind": kind} | more)["number"]

    def faults(self) -> list[Row]:
        """Return every fault switch with how often it fired."""
        return self._ask("GET", "faults")["faults"]

    def clear_faults(self, provider: str = "") -> int:
        """Remove all fault switches, or those of one provider; returns how many there were."""
        return self._ask("DELETE", "faults", params={"provider": provider})["removed"]

    def set_dnd(self, contact_id: str, channel: str = "SMS", *, active: bool = True) -> Row:
        """Set or lift do-not-disturb of a GoHighLevel contact for one channel or `all`; returns the contact."""
        return self._ask("POST", f"contacts/{contact_id}/dnd", json={"channel": channel, "active": active})["contact"]

    def actors(self) -> list[Row]:
        """Return who can play a lead: slug, title, way, events, path, workspace_label, secret_in and secret_name."""
        return self._ask("GET", "actors")["actors"]

    def people(self) -> list[Row]:
        """Return every lead the sandbox knows, newest first."""
        return self._ask("GET", "people")["people"]

    def slack(self) -> list[Row]:
        """Return the newest messages of every Slack team, newest first: channel, ts, to, text, parts and buttons."""
        return self._ask("GET", "slack")["messages"]

    def press(self, ts: str, action_id: str, **more: Any) -> Row:
        """Press a button of a Slack message, as whoever it was written to unless `email` names another; returns as `act`."""
        return self._ask("POST", "slack/press", json={"ts": ts, "action_id": action_id} | more)

    def set_options(self, **options: Any) -> Row:
        """Change product_url, slack_secret, adopt_unknown or enforce_limits; returns all options."""
        return self._ask("POST", "options", json=options)

    def reset(self) -> None:
        """Forget rows, received list and faults; options stay."""
        self._ask("POST", "reset", json={})

    def _ask(self, method: str, path: str, **more: Any) -> Any:
        response = self._http.request(method, f"/_control/{path}", **more)
        if response.status_code == 422:
            raise SandboxRefused(response.json()["error"])
        return response.raise_for_status().json()


class SandboxRefused(ValueError):
    """The sandbox did not understand a wish; the text says why."""
