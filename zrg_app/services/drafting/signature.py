"""What does the lead's own signature tell, and which links may a draft take from the lead? Pure."""

from dataclasses import dataclass

from zrg_app.kit.links import addresses_in
from zrg_app.services.reading import extract_signature, is_scheduling_link

MOST_LINKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts:
    """What a lead's mail says of its writer. `schedulers` are their calendars, wherever in the mail; `links` stand in the signature."""

    name: str = ""
    title: str = ""
    company: str = ""
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    schedulers: tuple[str, ...] = ()

    @property
    def allowed(self) -> tuple[str, ...]:
        """The only links of the lead's that a draft may repeat."""
        return self.schedulers + self.links


def signature_facts(body: str, raw_text: str = "", raw_html: str = "", sender: str = "") -> SignatureFacts:
    """Read the signature of a mail; `body` is the reply itself, where a calendar may be named too."""
    found = extract_signature(raw_text or body, raw_html or None, sender)
    in_body = [one for one in links_of(body) if is_scheduling_link(one)]
    schedulers = tuple(dict.fromkeys([*found["scheduling_links"], *in_body]))[:MOST_LINKS]
    return SignatureFacts(name=found["name"], title=found["title"], company=found["company"], phones=tuple(found["phones"])[:5],
                          links=tuple(found["links"])[:MOST_LINKS], schedulers=schedulers)


def links_of(text: str) -> tuple[str, ...]:
    """The web addresses in a text as written, also those without a scheme."""
    return tuple(dict.fromkeys(one.label for one in addresses_in(text[:32_000])
                               if one.scheme != "mailto:" and not one.url.startswith("mailto:")))
