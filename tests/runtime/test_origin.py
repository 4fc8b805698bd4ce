"""Does a page always talk to the server it came from, and nobody else to ours?"""

from pathlib import Path

import pytest

from zrg_app.runtime.bundle import make_endpoints_relative
from zrg_app.runtime.origin import is_own_origin


def _bundle(folder: Path, text: str) -> Path:
    chunk = folder / "assets" / "reflex-env-abc.js"
    chunk.parent.mkdir(parents=True)
    chunk.write_text(text)
    return chunk


@pytest.mark.parametrize("quote", ['"', "'", "`"])
def test_endpoints_of_a_bundle_are_computed_from_the_page(tmp_path: Path, quote: str) -> None:
    text = "var e={PING:'http://localhost:8000/ping',EVENT:'ws://localhost/_event',TRANSPORT:'websocket'}"
    chunk = _bundle(tmp_path, text.replace("'", quote))
    assert make_endpoints_relative(tmp_path) == 2
    text = chunk.read_text()
    assert "localhost" not in text
    assert 'PING:(location.origin+"/ping")' in text
    assert 'EVENT:(location.origin.replace(/^http/,"ws")+"/_event")' in text


def test_a_bundle_without_endpoints_is_an_error_not_a_silent_wrong_address(tmp_path: Path) -> None:
    _bundle(tmp_path, "var e={}")
    with pytest.raises(RuntimeError, match="No endpoint addresses"):
        make_endpoints_relative(tmp_path)


@pytest.mark.parametrize(
    ("origin", "environ", "own"),
    [
        ("http://localhost:3000", {"HTTP_HOST": "localhost:3000"}, True),
        ("https://inbox.example.com", {"HTTP_HOST": "inbox.example.com"}, True),
        ("https://inbox.example.com", {"HTTP_HOST": "app:3000", "HTTP_X_FORWARDED_HOST": "inbox.example.com"}, True),
        ("https://INBOX.example.com", {"HTTP_HOST": "inbox.example.com"}, True),
        (None, {"HTTP_HOST": "localhost:3000"}, True),
        ("http://evil.example", {"HTTP_HOST": "localhost:3000"}, False),
        ("http://localhost:4000", {"HTTP_HOST": "localhost:3000"}, False),
        ("http://localhost:3000.evil.example", {"HTTP_HOST": "localhost:3000"}, False),
        ("null", {"HTTP_HOST": "localhost:3000"}, False),
        ("null", {}, False),
        ("http://[", {"HTTP_HOST": "localhost:3000"}, False),
        ("https://inbox.example.com:443", {"HTTP_HOST": "inbox.example.com"}, True),
    ],
)
def test_only_pages_of_our_own_host_may_open_the_websocket(
    origin: str | None, environ: dict[str, str], own: bool
) -> None:
    assert is_own_origin(origin, environ) is own
