"""The records that a form is measured with: which text stands in which field on which page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

HANZI = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
"""One for each field, so that a glyph on a page tells whose it is."""
LATIN = "abcdeghkmnopqsuvwxyz"
"""The same in the field's Latin font."""
NARROW = "i"
"""Put among hanzi, more on each page, it tells how much room a line has left."""
HEADS = 8
"""At most so many ways of beginning a text that goes over several lines."""
SHARES = (1.0, 0.8, 0.62, 0.5)
"""Of a field's widest text, the lengths that are probed, so that two lines and three are both seen."""
SHORT_EM = 3
"""Up to this many ems a text is as long as the short probes: it stays on one line."""

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Probes:
    """What to print to measure some fields."""

    widest_em: Mapping[str, float]
    """Field → ems that the batch's widest text takes; 0 where every text is empty."""
    rare: Mapping[str, str]
    """Field → one of its characters that the field's own font may lack."""
    mixtures: Mapping[str, Sequence[str]]
    """Field → how Latin letters, digits and signs commonly stand among its hanzi, of which each run is a NUL."""

    def records(self) -> list[Record]:
        """The pages in order: empty; one hanzi, several; one letter, several; mixed; rare; then the long ones."""
        return [
            dict.fromkeys(self.widest_em, ""),
            self._each(lambda field: hanzi_of(field, self)),
            self._each(lambda field: hanzi_of(field, self) * self.several(field)),
            self._each(lambda field: latin_of(field, self)),
            self._each(lambda field: latin_of(field, self) * self.several_letters(field)),
            self._each(
                lambda field: hanzi_of(field, self) + latin_of(field, self) + hanzi_of(field, self), 3
            ),
            self._each(lambda field: hanzi_of(field, self) + self.rare.get(field, ""), 2),
            *self._long_records(),
        ]

    def several(self, field: str) -> int:
        """How many hanzi stand for several: no more than the field's widest text takes."""
        return max(1, min(3, int(self.widest_em[field])))

    def several_letters(self, field: str) -> int:
        """How many Latin letters stand for several."""
        return max(1, min(3, int(self.widest_em[field] * 2)))

    @property
    def long_fields(self) -> dict[str, int]:
        """Fields with texts that are longer than the short probes → hanzi that fill the widest."""
        return {field: ceil(width) for field, width in self.widest_em.items() if width > SHORT_EM}

    def _long_records(self) -> list[Record]:
        """Plain hanzi of several lengths; heads before hanzi."""
        most = self.long_fields
        if not most:
            return []
        texts: list[Callable[[str], str]] = [
            *(
                lambda field, share=share: hanzi_of(field, self) * ceil(most[field] * share)
                for share in SHARES
            ),
            *(
                lambda field, number=number: self._behind(self.head(field, number), field)
                for number in range(self.heads)
            ),
        ]
        return [{field: text(field) if field in most else "" for field in self.widest_em} for text in texts]

    @property
    def heads(self) -> int:
        """How many beginnings are probed: none beyond those that the batch has."""
        return min(HEADS, max(2, *map(len, self.mixtures.values()), 0))

    def head(self, field: str, number: int) -> str:
        """How the text of a field begins on one of the pages that tell how much fits on a line."""
        mixtures = self.mixtures.get(field, ())
        hanzi = hanzi_of(field, self)
        mixture = mixtures[number] if number < len(mixtures) else "\0" + NARROW * (number - len(mixtures) + 1)
        return hanzi + mixture.removeprefix("\0").replace("\0", hanzi)

    def _behind(self, head: str, field: str) -> str:
        """A head and hanzi, together hardly wider than the field's widest text."""
        narrow = sum(map(str.isascii, head))
        filling = self.long_fields[field] - (len(head) - narrow) - ceil(narrow * 0.75)
        return head + hanzi_of(field, self) * max(0, filling)

    def _each(self, text: Callable[[str], str], least_em: float = 0) -> Record:
        """A page on which every field that holds so many ems has its text."""
        return {
            field: text(field) if width > 0 and width >= least_em else ""
            for field, width in self.widest_em.items()
        }


def hanzi_of(field: str, probes: Probes) -> str:
    """The hanzi that stands for a field."""
    return HANZI[list(probes.widest_em).index(field)]


def latin_of(field: str, probes: Probes) -> str:
    """The Latin letter that stands for a field."""
    return LATIN[list(probes.widest_em).index(field)]


def is_rare(character: str) -> bool:
    """Whether a font made for GB 2312, as those of official documents are, may lack the character."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
