"""Passwords: argon2id, one path for everybody, clear sentences for bad choices."""

import pytest

from zrg_app.kit.errors import Invalid
from zrg_app.services.access import passwords


def test_a_password_is_kept_as_argon2id() -> None:
    kept = passwords.hashed("a plain long password")
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, "a plain long password")
    assert not passwords.matches(kept, "a plain long passworD")
    assert not passwords.is_outdated(kept)


def test_nobodys_hash_is_really_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown person costs one verification of a real hash with the parameters of a real one."""
    verified = []
    real = passwords._hasher

    class Watching:
        def verify(self, kept: str, given: bytes) -> bool:
            verified.append(kept)
            return real.verify(kept, given)

        hash = staticmethod(real.hash)

    monkeypatch.setattr(passwords, "_hasher", Watching())
    assert not passwords.matches(None, "whatever it is")
    assert len(verified) == 1
    known = passwords.hashed("something")
    assert verified[0].split("$")[1:4] == known.split("$")[1:4]


def test_the_same_letters_typed_on_another_keyboard_match() -> None:
    kept = passwords.hashed("Zoe\u0308 has a password")
    assert passwords.matches(kept, "Zo\u00eb has a password")


def test_odd_passwords_and_broken_hashes_are_refused_without_a_fault() -> None:
    assert not passwords.matches("not a hash", "\x00")
    assert not passwords.matches(passwords.hashed("\ud800 strange"), "x" * 1_000_000)


@pytest.mark.parametrize(("password", "words"), [
    ("short", "at least 10"), ("x" * 1001, "at most 1000"), ("Mara@Agency.example ", "not your e-mail")])
def test_bad_choices_get_a_sentence(password: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        passwords.check(password, email="mara@agency.example")


def test_a_long_sentence_is_a_fine_password() -> None:
    passwords.check("correct horse battery staple", email="mara@agency.example")
