"""Pages are fetched from the open internet only, whatever a name answers or a page redirects to."""

import gzip
from collections.abc import Callable

import httpx
import pytest

from tests.world import World
from zrg_app.integrations import transport, webpage
from zrg_app.kit.errors import Invalid, ProviderDown, ProviderRefused
from zrg_app.services.knowledge.addresses import web_address, website_address

PUBLIC = "93.184.216.34"


def fetched(url: str, answer: Callable[[httpx.Request], httpx.Response], *numbers: str) -> webpage.Page:
    """What `fetch` gives when names stand for `numbers` and servers answer like this."""
    with transport.through(httpx.MockTransport(answer)), webpage.resolving(lambda host, port: list(numbers or (PUBLIC,))):
        return webpage.fetch(url)


def never(request: httpx.Request) -> httpx.Response:
    """A server nobody may reach."""
    raise AssertionError(f"reached {request.url}")


def test_the_address_that_was_looked_at_is_the_one_connected_to() -> None:
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((str(request.url), request.headers["host"], request.extensions.get("sni_hostname")))
        return httpx.Response(200, stream=httpx.ByteStream(b"hello"), headers={"content-type": "text/html"})

    page = fetched("https://acme.com/pricing?a=1", answer)
    assert (page.content, page.url, page.content_type) == (b"hello", "https://acme.com/pricing?a=1", "text/html")
    assert seen == [(f"https://{PUBLIC}/pricing?a=1", "acme.com", "acme.com")]


@pytest.mark.parametrize("number", [
    "127.0.0.1", "10.0.0.8", "172.16.4.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.1.1", "224.0.0.1", "::1", "fe80::1%eth0",
    "fd00::5", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:5ef5:79fb::1", "255.255.255.255"])
def test_nothing_private_is_reached(number: str) -> None:
    with pytest.raises(ProviderRefused, match="open internet"):
        fetched("https://acme.com/", never, number)
    with pytest.raises(ProviderRefused, match="open internet"):
        fetched("https://acme.com/", never, PUBLIC, number)


@pytest.mark.parametrize("url", ["ftp://acme.com/", "file:///etc/passwd", "https://user:pass@acme.com/", "https:///x", "gopher://a.b/",
                                 "https://[::1", "https://acme.com:99999/"])
def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(ProviderRefused):
        fetched(url, never)


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "http://localhost:8000/admin", "file:///etc/passwd"])
def test_a_redirect_is_looked_at_like_an_address(target: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.host == PUBLIC
        return httpx.Response(302, headers={"location": target})

    inner = {"127.0.0.1": "127.0.0.1", "localhost": "127.0.0.1"}
    with transport.through(httpx.MockTransport(answer)), webpage.resolving(lambda host, port: [inner.get(host, PUBLIC)]), \
            pytest.raises(ProviderRefused):
        webpage.fetch("https://acme.com/")


def test_what_is_too_large_is_not_taken_even_when_it_comes_small() -> None:
    packed = gzip.compress(b"a" * 40_000_000)
    assert len(packed) < webpage.MOST_BYTES
    for response in (httpx.Response(200, stream=httpx.ByteStream(b"a" * (webpage.MOST_BYTES + 1))),
                     httpx.Response(200, stream=httpx.ByteStream(packed), headers={"content-encoding": "gzip"})):
        with pytest.raises(ProviderRefused, match="larger than 2 MB"):
            fetched("https://acme.com/", lambda request, response=response: response)
    twice = httpx.Response(200, stream=httpx.ByteStream(packed), headers={"content-encoding": "gzip, gzip"})
    with pytest.raises(ProviderRefused, match="packed"):
        fetched("https://acme.com/", lambda request: twice)


def test_a_packed_page_is_unpacked() -> None:
    good = httpx.Response(200, stream=httpx.ByteStream(gzip.compress(b"<p>hello</p>")), headers={"content-encoding": "gzip"})
    assert fetched("https://acme.com/", lambda request: good).content == b"<p>hello</p>"


def test_a_page_that_fails_or_closes_says_so() -> None:
    with pytest.raises(ProviderDown, match="503"):
        fetched("https://acme.com/", lambda request: httpx.Response(503))
    with pytest.raises(ProviderRefused, match="403"):
        fetched("https://acme.com/", lambda request: httpx.Response(403))


def test_with_the_sandbox_the_example_hosts_are_its_pages(online: World) -> None:
    page = webpage.fetch("https://moved.example/")
    assert page.url == "https://acmegrowth.example/pricing" and b"$1,800" in page.content
    for host, words in (("inward", "open internet"), ("named-inward", "open internet"), ("circles", "circles"), ("huge", "2 MB"),
                        ("closed", "403")):
        with pytest.raises(ProviderRefused, match=words):
            webpage.fetch(f"https://{host}.example/")


@pytest.mark.parametrize(("typed", "address"), [
    ("acme.com", "https://acme.com/"), (" HTTP://Acme.com/Pricing#top ", "http://acme.com/Pricing"), ("acme.com:8443/x?a=1",
                                                                                                      "https://acme.com:8443/x?a=1"),
    ("https://bücher.de", "https://xn--bcher-kva.de/"), ("https://acme.com:443/", "https://acme.com/")])
def test_an_address_is_read_as_people_write_it(typed: str, address: str) -> None:
    assert web_address(typed) == address
    assert website_address(typed) == address.rstrip("/")


@pytest.mark.parametrize("typed", ["", None, 7, "acme", "localhost", "http://127.0.0.1/", "http://[::1]/", "ftp://acme.com",
                                   "https://user@acme.com", "javascript:alert(1)", "https://a b.com", "https://acme.com:99999",
                                   "https://-acme.com", "x" * 2000 + ".com"])
def test_what_is_no_public_address_is_refused(typed: object) -> None:
    with pytest.raises(Invalid, match="web address"):
        web_address(typed)
