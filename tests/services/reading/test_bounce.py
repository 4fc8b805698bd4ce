"""Are reports of failed and late delivery told from people who write about them?"""

import pytest

from zrg_app.services.reading import detect_bounce, is_bounce_sender

REPORT = """From: MAILER-DAEMON@mx.vale-group.com
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.vale-group.com

Final-Recipient: rfc822; Gone@Brightworks.io
Action: %s
Status: %s
--b--
"""


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [("failed", "5.1.1", "permanent"), ("delayed", "4.4.1", "temporary"), ("failed", "4.7.0", "temporary")],
)
def test_a_delivery_report_tells_kind_and_recipient(action, status, kind):
    raw = REPORT % (action, status)
    found = detect_bounce(
        {"raw": raw, "subject": "Undelivered Mail Returned to Sender", "from": "MAILER-DAEMON@mx.vale-group.com"}
    )
    assert found == {"is_bounce": True, "kind": kind, "recipients": ["gone@brightworks.io"]}


def test_a_report_of_success_and_a_read_receipt_are_no_bounces():
    assert detect_bounce({"raw": REPORT % ("delivered", "2.0.0"), "subject": "Delivery report"})["is_bounce"] is False
    receipt = {
        "headers": {"Content-Type": "multipart/report; report-type=disposition-notification"},
        "subject": "Read: offer",
        "text": "was read",
    }
    assert detect_bounce(receipt)["is_bounce"] is False


THIN = [
    (
        "mailer-daemon@googlemail.com",
        "Delivery Status Notification (Failure)",
        "Address not found. Your message to gone@brightworks.io",
        "permanent",
    ),
    (
        "Mail Delivery System <admin@mx.example>",
        "Warning: message delayed",
        "Delivery to gone@brightworks.io has been delayed",
        "temporary",
    ),
    (
        "postmaster@brightworks.io",
        "Undeliverable: hello",
        "Delivery has failed to these recipients: gone@brightworks.io",
        "permanent",
    ),
    (
        "",
        "Mail delivery failed: returning message to sender",
        "A message that you sent could not be delivered. 550 unknown user",
        "permanent",
    ),
    (
        "robin@brightworks.io",
        "Unzustellbar: Hallo",
        "Ihre Nachricht konnte nicht zugestellt werden: gone@brightworks.io",
        "permanent",
    ),
    (
        "gone@brightworks.io",
        "Re: intro",
        "Delivery to the following recipient failed permanently:\n\n gone@brightworks.io",
        "permanent",
    ),
    ("", "退信通知", "无法投递 gone@brightworks.io", "permanent"),
]


@pytest.mark.parametrize(("sender", "subject", "text", "kind"), THIN)
def test_a_thin_webhook_is_enough(sender, subject, text, kind):
    found = detect_bounce({"from": sender, "subject": subject, "text": text})
    assert (found["is_bounce"], found["kind"]) == (True, kind)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: bounce rates", "Our bounce rate is 5.1 percent, can you lower it?"),
        ("Fwd: Undeliverable: intro", "Look, I got this. Delivery has failed to these recipients: x@y.com"),
        ("Re: parcels", "The parcel was undeliverable, user unknown at the door."),
        ("Re: intro", "The postmaster here rejects big files."),
        ("Out of office", "I am away until Monday."),
        ("", ""),
    ],
)
def test_a_person_who_writes_about_failures_is_no_bounce(subject, text):
    assert (
        detect_bounce({"from": "Robin Vale <robin@brightworks.io>", "subject": subject, "text": text})["is_bounce"]
        is False
    )


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"raw": None, "headers": None, "subject": None, "from": None, "text": None, "html": None},
        {"raw": 5, "headers": [], "subject": b"x", "from": 1, "text": {}, "html": 2},
    ],
)
def test_an_incomplete_message_is_no_bounce(message):
    assert detect_bounce(message) == {"is_bounce": False, "kind": None, "recipients": []}


def test_the_senders_of_bounces_are_known_by_address_or_name():
    for sender in ("MAILER-DAEMON", "postmaster@x.org", "Mail Delivery Subsystem <x@y.org>", "bounces+123@mail.x.org"):
        assert is_bounce_sender(sender) is True
    for sender in ("robin@vale-group.com", "Robin Vale <robin@vale-group.com>", "", None):
        assert is_bounce_sender(sender) is False
