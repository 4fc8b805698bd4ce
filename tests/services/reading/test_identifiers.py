"""Do phone numbers, addresses and profile links come out in one canonical spelling?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zrg_app.services.reading import normalize_email, normalize_linkedin, normalize_phone


@pytest.mark.parametrize(
    ("raw", "region", "number"),
    [
        ("(312) 555-0188", "US", "+13125550188"),
        ("Mobile: +44 7400 234567 work", None, "+447400234567"),
        ("\u202a+49 (0)30 / 901820\u202c", "FR", "+4930901820"),
        ("0033 1 70 18 99 10", "DE", "+33170189910"),
        ("312-555-0188 ext. 7", "usa", "+13125550188"),
        ("020 7946 0018", "UK", "+442079460018"),
        ("020 7946 0018", None, None),
        ("020 7946 0018", "Atlantis", None),
        ("12", "US", None),
        ("call me", "US", None),
        ("2027-01-15 09:45", "US", None),
        (None, "US", None),
    ],
)
def test_a_phone_number_becomes_e164_or_nothing(raw, region, number):
    assert normalize_phone(raw, region) == number


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("Robin Vale <Robin.Vale+Sales@Vale-Group.COM>", "robin.vale+sales@vale-group.com"),
        ("mailto:robin%2Bx@vale-group.com?subject=Hi", "robin+x@vale-group.com"),
        ("E-Mail: robin@vale-group.com.", "robin@vale-group.com"),
        ("\u200brobin@vale-group.com\u00a0,", "robin@vale-group.com"),
        ("'robin@vale-group.com'", "robin@vale-group.com"),
        ("d\u2019arcy@vale-group.com", "d'arcy@vale-group.com"),
        ("robin@localhost", None),
        ("robin@@vale-group.com", None),
        ("robin@vale..com", None),
        ("a@vale-group.com, b@vale-group.com", None),
        ("robin at vale-group.com", None),
        (None, None),
    ],
)
def test_an_address_loses_its_wrapping_and_an_invalid_one_is_refused(raw, address):
    assert normalize_email(raw) == address


@pytest.mark.parametrize(
    ("raw", "profile"),
    [
        ("https://de.linkedin.com/in/Robin-Vale-77/en?trk=x", "https://www.linkedin.com/in/robin-vale-77"),
        ("LinkedIn: linkedin.com/mwlite/in/robinvale", "https://www.linkedin.com/in/robinvale"),
        ("<HTTP://WWW.LINKEDIN.COM/IN/RobinVale/>", "https://www.linkedin.com/in/robinvale"),
        ("linkedin.com/in/ren%C3%A9-vale", "https://www.linkedin.com/in/rené-vale"),
        ("https://www.linkedin.com/company/vale", None),
        ("https://www.linkedin.com/sales/lead/ACwAAA", None),
        ("https://linkedin.com.evil.io/in/robin", None),
        ("https://linkedin.com@evil.io/in/robin", None),
        ("https://evil.io/?u=https://www.linkedin.com/in/robin", None),
        ("https://notlinkedin.com/in/robin", None),
        ("linkedin.com/in/%3Cscript%3E", None),
        (None, None),
    ],
)
def test_a_profile_link_becomes_canonical_and_others_nothing(raw, profile):
    assert normalize_linkedin(raw) == profile


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(raw):
    for normalize in (normalize_phone, normalize_email, normalize_linkedin):
        once = normalize(raw)
        assert once is None or normalize(once) == once
