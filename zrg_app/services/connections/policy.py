"""Are these values a connection can be made of, and may we call that host? Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from zrg_app.integrations.base import Provider
from zrg_app.kit.errors import Invalid

_LONGEST = 2_000
_VENDOR_PORTS = {443, *range(1024, 65536)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Checked values: the account's id at the provider, its own base address if any, and all credentials."""

    external_id: str | None
    base_url: str | None
    credentials: Mapping[str, str]


def entry(provider: Provider, given: Mapping[str, str | None], stored: Mapping[str, str], hosts: Collection[str]) -> Entry:
    """The connection that `given` makes of `stored`: an empty secret keeps the stored one, an empty other value clears it.

    Raises Invalid with one sentence for an unknown or missing value, or for a host that is not in `hosts`.
    """
    declared = {credential.name: credential for credential in provider.credentials}
    unknown = sorted(set(given) - set(declared))
    if unknown:
        raise Invalid(f"{provider.title} has no {', '.join(unknown)}; it takes {', '.join(declared)}.")
    values = {name: value for name, value in stored.items() if name in declared or name in provider.makes}
    for name, value in given.items():
        text = "".join(character for character in str(value or "") if character.isprintable()).strip()
        if len(text) > _LONGEST:
            raise Invalid(f"{declared[name].title} is too long.")
        if text or not declared[name].secret:
            values[name] = text
    values = {name: value for name, value in values.items() if value}
    missing = [credential.title for name, credential in declared.items() if credential.required and name not in values]
    if missing:
        raise Invalid(f"{provider.title} needs {', '.join(missing)}.")
    for name in (credential.name for credential in declared.values() if credential.address and credential.name in values):
        # A path stays one: it follows wherever the provider is reached, the sandbox above all.
        if not values[name].startswith("/"):
            values[name] = checked_address(values[name], hosts)
    if provider.examine:
        provider.examine(values)
    address = values.get("base_url")
    return Entry(external_id=values.get(provider.external_id_credential or ""), credentials=values,
                 base_url=checked_address(address, hosts, below=provider.hosts_below) if address else None)


def switches(provider: Provider, given: Mapping[str, bool]) -> dict[str, bool]:
    """The switches of `given`, as they are kept. Raises Invalid for one the provider does not have."""
    known = {option.name for option in provider.options}
    unknown = sorted(set(given) - known)
    if unknown:
        raise Invalid(f"{provider.title} has no switch called {', '.join(unknown)}.")
    return {name: value is True for name, value in given.items()}


def checked_address(address: str, hosts: Collection[str], *, below: str | None = None) -> str:
    """`address` without a trailing slash. Raises Invalid unless it is https on one of `hosts`, or exactly one of the origins
    among them (`http://localhost:4010`, the sandbox), or https on any port of a host `below` the vendor's own domain."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        plain = parts.scheme == "https" and parts.port in (None, 443)
    except ValueError as error:
        raise Invalid(f"{address[:100]} is not an address that can be called.") from error
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    bare = not (parts.username or parts.password or parts.query or parts.fragment)
    named = bare and plain and parts.hostname in hosts
    if not (named or (bare and _is_below(parts, below)) or origin in hosts):
        raise Invalid(f"{parts.hostname or address[:100]} is not an allowed host; {_allowed(hosts, below)}")
    return f"{origin}{parts.path}".rstrip("/")


def _is_below(parts: SplitResult, domain: str | None) -> bool:
    # The whole host is matched, so that neither a look-alike domain nor an address behind an @ passes for the vendor's.
    return bool(domain and parts.scheme == "https" and (parts.port or 443) in _VENDOR_PORTS
                and re.fullmatch(rf"(?:[a-z0-9-]{{1,63}}\.){{1,4}}{re.escape(domain)}", parts.hostname or ""))


def _allowed(hosts: Collection[str], below: str | None) -> str:
    listed = ", ".join(sorted(hosts))
    if below:
        return f"allowed: any host below {below}" + (f", {listed}." if listed else ".")
    return f"allowed: {listed}. Whoever runs this installation adds hosts of EmailBison in EMAILBISON_ALLOWED_HOSTS."


def allowed_hosts(configured: str, *defaults: str) -> frozenset[str]:
    """Hosts a connection may name: the comma separated `configured` ones, and the origins of `defaults` (base addresses)."""
    named = {host.strip().lower().removeprefix("https://").rstrip("/") for host in configured.split(",")}
    for address in filter(None, defaults):
        parts = urlsplit(address)
        ordinary = parts.scheme == "https" and parts.port in (None, 443)
        named.add(parts.hostname or "" if ordinary else f"{parts.scheme}://{parts.netloc}".lower())
    return frozenset(named - {""})
