"""The verification mark: short, keyed, and marks of before stay valid."""

import base64
import hashlib
import hmac

import pytest
from support.inputs.people import letter_for

from pipeline.domain.letters.mark import Mark, check_of, is_genuine, mark_text, read_mark

SECRET = b"s" * 32
LETTER = letter_for(None)


def old_text() -> str:
    """A mark as version 0.1 printed it, worked out here once more."""
    said = f"{LETTER.serial.key} {LETTER.printed}"
    check = hmac.new(SECRET, said.encode(), hashlib.sha256).digest()[:10]
    return f"{said} {base64.b32encode(check).decode()}"


def test_a_mark_says_the_key_and_a_check_in_29_characters_of_the_alphanumeric_kind() -> None:
    text = mark_text(LETTER, SECRET)
    assert text.startswith(f"{LETTER.serial.key} ") and len(text) == 29
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_a_mark_is_genuine_with_its_own_secret_only() -> None:
    mark = read_mark(mark_text(LETTER, SECRET))
    assert mark == Mark(LETTER.serial, "", check_of(LETTER.serial, SECRET))
    assert is_genuine(mark, SECRET) and not is_genuine(mark, b"t" * 32)


def test_a_mark_of_before_stays_genuine() -> None:
    mark = read_mark(old_text())
    assert mark is not None and mark.printed == LETTER.printed and is_genuine(mark, SECRET)


@pytest.mark.parametrize("made", [old_text, lambda: mark_text(LETTER, SECRET)], ids=["old", "new"])
def test_a_mark_whose_number_is_changed_is_forged(made: object) -> None:
    assert callable(made)
    mark = read_mark(made().replace("-0001 ", "-0002 ", 1))
    assert mark is not None and not is_genuine(mark, SECRET)


def test_an_old_check_does_not_serve_a_new_mark() -> None:
    check = old_text().rsplit(" ", 1)[1]
    mark = read_mark(f"{LETTER.serial.key} {check}")
    assert mark is not None and not is_genuine(mark, SECRET)


@pytest.mark.parametrize(
    "text", ["", "2022-01-0001", "2022-01-0001 ABC", "2022-1-1 AAAAAAAAAAAAAAAA", "http://a.b"]
)
def test_another_text_is_no_mark(text: str) -> None:
    assert read_mark(text) is None
