"""Is an event the same after it was kept as a recovered row?"""

from datetime import UTC, datetime

import pytest

from zrg_app.integrations.base import Event, File, Person
from zrg_app.kit.errors import Invalid
from zrg_app.services.inbound import recovered

EVENT = Event(
    kind="reply", channel="email", dedupe_key="emailbison:5", external_id="5", text="Grüße \u2603", html="<p>x</p>",
    person=Person(first_name="Dana", email="dana@northwind.example", identities={"emailbison_lead": "7"}),
    sent_at=datetime(2026, 11, 20, 12, 0, 0, 5, tzinfo=UTC), cc=("a@b.example", "c@d.example"), automatic=True,
    thread={"reply_id": "5", "sender_email_id": None}, files=(File(name="a.pdf", url="https://x.example/a", size_bytes=3),))


def test_an_event_survives_being_kept() -> None:
    assert recovered.read(recovered.written(EVENT)) == EVENT
    plain = Event(kind="outbound", channel="sms", person=Person(), dedupe_key="ghl:1")
    assert recovered.read(recovered.written(plain)) == plain


@pytest.mark.parametrize("body", [b"{}", b"[]", b"nonsense", b'{"kind": "reply"}', b'{"person": 5}', b'{"person": {"odd": 1}}',
                                  b'{"kind":"reply","channel":"sms","dedupe_key":"x","sent_at":5}'])
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        recovered.read(body)
