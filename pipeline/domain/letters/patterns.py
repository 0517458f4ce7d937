"""Blank letters by their pattern: they differ in their digits only, so one form serves all that will ever be numbered.

What a form is measured with has then nothing of one batch in it: the next one finds it measured already.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.letters.model import Letter, Serial

LETTERS = 1200
"""Letters that stand for all of a pattern: every two digits are neighbours twelve times, and samples are at their most."""
_DIGITS = re.compile(r"[0-9]+")
_TO_ZEROS = str.maketrans("123456789", "0" * 9)


@dataclass(frozen=True, slots=True, order=True)
class Pattern:
    """What blank letters have in common."""

    year: int
    """Plan year."""
    printed: str
    """The serial as printed, each digit a 0."""
    figures: int
    """Digits of the running number."""
    day_year: int
    """Year of the date printed on it; 0 where month and day are left open."""


def patterns_of(letters: Iterable[Letter]) -> tuple[Pattern, ...]:
    """The patterns of blank letters, sorted."""
    return tuple(sorted(set(map(_pattern, letters))))


def letters_like(patterns: Sequence[Pattern], signatures: Sequence[str]) -> list[Letter]:
    """Letters of each pattern with all digits beside all digits, signed in turn.

    :param signatures: full names of units; at least one.
    """
    return [
        _letter(pattern, number, signatures[number % len(signatures)])
        for pattern in patterns
        for number in range(max(LETTERS, len(signatures)))
    ]


def _pattern(letter: Letter) -> Pattern:
    printed = letter.printed.translate(_TO_ZEROS)
    figures = max(4, len(str(letter.serial.number)))
    return Pattern(letter.serial.year, printed, figures, letter.day.year if letter.day else 0)


def _letter(pattern: Pattern, number: int, signature: str) -> Letter:
    pair = f"{number % 100:02d}"
    serial = Serial(pattern.year, pair, int(_filled(pattern.figures, pair)))
    printed = _DIGITS.sub(lambda found: _filled(len(found[0]), pair), pattern.printed)
    day = date(pattern.day_year, number % 12 + 1, number % 28 + 1) if pattern.day_year else None
    return Letter(serial, printed, signature, signature, None, day)


def _filled(length: int, pair: str) -> str:
    return (pair * length)[:length]
