"""One walk through a batch: how wide its texts are, which characters they use, which letters to try out."""

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf
from unicodedata import category

from pipeline.domain.letters.fields import FIELDS, fields_of, width_em
from pipeline.domain.letters.model import Letter

SAMPLES = 8
"""At least so many letters are tried out, where there are so many."""
MOST_SAMPLES = 12
"""One letter in a hundred is, up to this many."""
CLOSE = re.compile(r"(?=([!-~]{2}|[^\w\s]{2}))")
"""Two characters that some fonts set closer or wider than one by one: Latin letters, digits, signs."""
MIXED = re.compile(r"[!-~]")
LONG_EM = 3
"""Texts up to this width stay on one line."""
SEAMS = 200
"""At most so many kinds of neighbours are looked at in each field."""
_DIGIT = re.compile(r"[0-9]")
_HANZI = re.compile(r"[^\W0-9A-Za-z_]+")


class _Kinds(dict[int, str]):
    """Code of a character → its kind, as far as lines are broken."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isascii() and char.isalpha():
            kind = "a"
        elif char.isascii() and char.isdigit():
            kind = "0"
        else:
            kind = char if category(char) != "Lo" else "中" if code <= 0xFFFF else "𠮷"
        self[code] = kind
        return kind


KINDS = _Kinds()
"""For ``str.translate``: a hanzi becomes 中 (beyond U+FFFF 𠮷), a Latin letter a, a digit 0; a sign is a kind of its own."""


class Survey:
    """What a batch's letters have in their fields."""

    def __init__(self, letters: Sequence[Letter]) -> None:
        """Walk through the letters; there is at least one."""
        self._letters = letters
        self.fields = [fields_of(letter) for letter in letters]
        """What stands in each letter's fields, in the letters' order."""
        self._widest = dict.fromkeys(FIELDS, (0.0, letters[0]))
        self._uses: Counter[str] = Counter()
        self._first_with: dict[str, Letter] = {}
        self._shortest = (inf, letters[0])
        self.characters: dict[str, set[str]] = {field: set() for field in FIELDS}
        """Field → every character that stands in it."""
        self._mixtures: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
        self._shapes: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
        self.pairs: dict[str, set[str]] = {field: set() for field in FIELDS}
        """Field → every two neighbours in it that may stand closer or wider than one by one."""
        for letter, fields in zip(letters, self.fields, strict=True):
            self._add(letter, fields)

    def _add(self, letter: Letter, fields: Mapping[str, str]) -> None:
        total = 0.0
        for field, text in fields.items():
            if not text:
                continue
            width = width_em(text)
            total += width
            if width > self._widest[field][0]:
                self._widest[field] = (width, letter)
            self._uses.update(text)
            if width > LONG_EM:
                self._shapes[field][text.translate(KINDS)] += 1
            if width > LONG_EM and MIXED.search(text):
                self._mixtures[field][_HANZI.sub("\0", _DIGIT.sub("0", text))] += 1
            self.pairs[field].update(CLOSE.findall(text))
            for char in set(text) - self.characters[field]:
                self.characters[field].add(char)
                self._first_with.setdefault(char, letter)
        if total < self._shortest[0]:
            self._shortest = (total, letter)

    @property
    def widest_em(self) -> dict[str, float]:
        """Field → width of its widest text, in ems."""
        return {field: width for field, (width, _) in self._widest.items()}

    @property
    def hardest(self) -> list[Letter]:
        """For each field the letter with the widest text: where these fit, so do all."""
        return list(dict.fromkeys(letter for _, letter in self._widest.values()))

    def mixtures(self, count: int) -> dict[str, list[str]]:
        """Field → the commonest ways in which Latin letters, digits and signs stand among hanzi (each run a NUL)."""
        return {
            field: [mixture for mixture, _ in found.most_common(count)]
            for field, found in self._mixtures.items()
        }

    def seams(self) -> dict[str, list[str]]:
        """Field → the commonest neighbours, by kinds, between which a line might be broken; not those both of ASCII."""
        found = {}
        for field, shapes in self._shapes.items():
            seams: Counter[str] = Counter()
            for shape, times in shapes.items():
                for seam in map("".join, pairwise(shape)):
                    seams[seam] += times
            found[field] = [seam for seam, _ in seams.most_common() if not seam.isascii()][:SEAMS]
        return found

    def samples(self) -> list[Letter]:
        """The hardest, the shortest, two with the rarest characters, others by chance: the same every time."""
        rarest = [self._first_with[char] for char, _ in self._uses.most_common()[:-3:-1]]
        chosen = dict.fromkeys([*self.hardest, self._shortest[1], *rarest])
        wanted = min(len(self._letters), max(SAMPLES, min(MOST_SAMPLES, len(self._letters) // 100)))
        for place in random.Random(wanted).sample(range(len(self._letters)), wanted):  # noqa: S311 - no secret
            if len(chosen) < wanted:
                chosen[self._letters[place]] = None
        return list(chosen)
