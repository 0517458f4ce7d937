"""Fonts of Type 1 are numbered by what they are, not by how many LibreOffice has written before."""

import pytest

from pipeline.adapters.pdf.type1 import _opened, _sealed, numbered_by_content

PLAIN = b"%%!FontType1-1.0: FandolFang\n/UniqueID %d def\n/FontMatrix [0.001 0 0 0.001 0 0] def\ncurrentfile eexec\n"
PRIVATE = b"abcd/Private 9 dict dup begin\n/UniqueID %d def\n/Subrs %d array"
REST = b"0" * 64 + b"\ncleartomark"


def font(number: int, subrs: int = 5) -> tuple[bytes, int, int]:
    """A font that LibreOffice has numbered, and the lengths of its first two parts."""
    plain, private = PLAIN % number, _sealed(PRIVATE % (number, subrs))
    return plain + private + REST, len(plain), len(private)


def test_the_cipher_is_adobes() -> None:
    """Worked out by hand: 217 is 11011001, the upper byte of 55665."""
    assert _sealed(b"\0")[0] == 55665 >> 8 == 217
    key = ((217 + 55665) * 52845 + 22719) % 65536
    assert _sealed(b"\0\0")[1] == key >> 8
    assert _opened(_sealed(PRIVATE)) == PRIVATE


def test_one_font_is_the_same_whatever_was_printed_before() -> None:
    first, second = numbered_by_content(*font(4100001)), numbered_by_content(*font(4100777))
    assert first == second and len(first) == len(font(4100001)[0])


def test_both_parts_have_one_number_that_anybody_may_use() -> None:
    data, clear, sealed = font(4100001)
    numbered = numbered_by_content(data, clear, sealed)
    number = numbered[:clear].split(b"/UniqueID ")[1][:7]
    assert 4_000_000 <= int(number) < 5_000_000
    assert b"/UniqueID %b def" % number in _opened(numbered[clear : clear + sealed])
    assert numbered.endswith(REST)


def test_another_font_has_another_number() -> None:
    """Printers keep glyphs by it."""
    assert numbered_by_content(*font(4100001, 5)) != numbered_by_content(*font(4100001, 6))
    numbers = {
        numbered_by_content(*font(4100001, subrs)).split(b"/UniqueID ")[1][:7] for subrs in range(1, 9)
    }
    assert len(numbers) == 8


@pytest.mark.parametrize("data", [b"", b"no number here"])
def test_a_font_without_a_number_stays_as_it_is(data: bytes) -> None:
    assert numbered_by_content(data, len(data), 0) == data
