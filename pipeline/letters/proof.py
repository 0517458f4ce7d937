"""Letters read back against the template printed alone: every fixed word in its place, every field's text in its turn.

The measure is taken in the run itself, from pages that LibreOffice makes of the template with nothing filled in and
with one sign in each field. So whatever fixed words a clerk's template has, and wherever LibreOffice puts them, a page
may say only these and what is filled in: a number that goes on counting, another header, old data in a control show.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pipeline.adapters.form import Form, Glyph
from pipeline.adapters.pdf.reading import Page, squeezed
from pipeline.adapters.word import WordTemplate
from pipeline.domain.letters.fields import FIELDS, fields_of
from pipeline.domain.letters.model import Letter
from pipeline.errors import ConversionFault, TemplateFault
from pipeline.letters.fitting import Verdict
from pipeline.publishing.readback import missing

SAME_PT = 0.3
"""How far a fixed word may stand from its place: LibreOffice rounds to tenths of a point."""
BLANKS = 4
"""Pages that are measured: nothing filled in, a sign in each field, and nothing twice more.

The third and the fourth stand on pages of either side, and neither comes first.
"""
_SIGNS = "鳌甑馕鬻鼗蘸黟黥囔懿襻蠲麝黩蹶罄篝瓒鑫戆"
"""Hanzi that every font of official documents has and no letter's fixed words; one that does stand there is not taken."""
_SHOWN = 12
"""Characters of what differs that are shown to the clerk."""

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a page says, in order."""

    pieces: tuple[tuple[str, str], ...]
    """Fixed words, and the field that follows them."""
    end: str
    """The fixed words behind the last field."""

    def said(self, fields: Mapping[str, str]) -> str:
        """The whole page's text, white space left out."""
        return "".join([*(words + squeezed(fields[field]) for words, field in self.pieces), self.end])

    def filled(self, fields: Mapping[str, str]) -> str:
        """What the fields say, white space left out."""
        return "".join(squeezed(fields[field]) for _, field in self.pieces)

    @property
    def fixed(self) -> str:
        """The fixed words."""
        return "".join([*(words for words, _ in self.pieces), self.end])


@dataclass(frozen=True, slots=True)
class Standard:
    """What every page of a batch is held against."""

    wording: Wording
    """What it says."""
    places: tuple[Place, ...]
    """Where each fixed character stands, in points; none where they move with what is filled in."""

    def fault(self, page: Page, fields: Mapping[str, str]) -> str:
        """What a page says otherwise, in Chinese; empty where it is right."""
        said = self.wording.said(fields)
        if _is_same(said, page.text):
            return ""
        return f"印的不是模板和表里的内容：{_difference(said, page.text)}"

    def moved(self, page: Page, fields: Mapping[str, str]) -> str:
        """The first fixed words that a right page has elsewhere, in Chinese; empty where all are in their places."""
        if not self.places or len(self.wording.said(fields)) != len(page.places):
            return ""
        return _moved(self.wording.fixed, self.places, self._fixed_places(page, fields))

    def _fixed_places(self, page: Page, fields: Mapping[str, str]) -> list[Place]:
        found: list[Place] = []
        start = 0
        for words, field in self.wording.pieces:
            found += page.places[start : start + len(words)]
            start += len(words) + len(squeezed(fields[field]))
        return [*found, *page.places[start:]]


class Proof:
    """Holds pages of one template against what it says by itself."""

    def __init__(self, template: WordTemplate) -> None:
        self._template = template
        self._standard: Standard | None = None
        self.moved: dict[Letter, str] = {}
        """Letters whose texts push fixed words away, and how far."""

    def records(self) -> list[dict[str, str]]:
        """What to print to take the measure: :data:`BLANKS` pages."""
        blank = dict.fromkeys(FIELDS, "")
        return [blank, _signs(self._template), blank, blank]

    def take(self, pages: Sequence[Page], records: Sequence[Mapping[str, str]]) -> None:
        """Take the measure.

        Where the longest texts move fixed words, so may others; and where a condition in the template decides what a
        page says, each letter has fixed words of its own.

        :param pages: those of :meth:`records`, then some with the batch's longest texts.
        :param records: what is filled in on each.
        :raises TemplateFault: the same letter is printed otherwise on another page, or says more than it should.
        """
        name = self._template.name
        _refuse_unlike(name, pages[0], pages[2:BLANKS])
        self.moved = {}
        if self._template.has_logic:
            return
        wording = _wording(pages[1].text, {sign: field for field, sign in _signs(self._template).items()})
        if wording.fixed != pages[0].text:
            raise TemplateFault(
                f"模板 {name} 的固定文字随填写的内容增减：{_difference(pages[0].text, wording.fixed)}。"
                "请检查这一处的域和自动编号，改成普通文字。一个编号也没有用掉。"
            )
        measure = Standard(wording, pages[0].places)
        filled = list(zip(pages, records, strict=True))
        is_form = not any(measure.moved(page, fields) for page, fields in filled)
        self._standard = measure if is_form else Standard(wording, ())
        wrong = next(filter(None, (self._standard.fault(page, fields) for page, fields in filled)), "")
        if wrong:
            raise TemplateFault(f"模板 {name} {wrong}。一个编号也没有用掉。")

    def verdict(self, letter: Letter, pages: Sequence[Page]) -> Verdict:
        """What a letter is like in print; where its fields are all right, all else is held against the template.

        :param pages: all of the letter's.
        :raises ConversionFault: fixed words are lost, or more is said than should be.
        """
        fields, page = fields_of(letter), pages[0]
        verdict = Verdict(len(pages), tuple(wrong_fields(fields, page, self._template.times(fields))))
        if not verdict.is_right:
            return verdict
        wrong = self._fault(page, fields)
        if wrong:
            raise ConversionFault(f"{letter.printed}号 {wrong}")
        moved = self._standard.moved(page, fields) if self._standard else ""
        if moved:
            self.moved[letter] = moved
        return verdict

    def _fault(self, page: Page, fields: Mapping[str, str]) -> str:
        """What a page says otherwise than it should, in Chinese; empty where it is right."""
        if self._standard:
            return self._standard.fault(page, fields)
        lost = missing(self._template.said_by(fields), page.text)
        return f"模板里的字没有印全，少了{lost}" if lost else ""


def _refuse_unlike(name: str, first: Page, others: Sequence[Page]) -> None:
    for number, other in enumerate(others, 3):
        wrong = "" if other.text == first.text else _difference(first.text, other.text)
        wrong = wrong or _moved(first.text, first.places, other.places)
        if wrong:
            raise TemplateFault(
                f"模板 {name} 什么也不填，第{number}份印得也和第1份不一样：{wrong}。"
                "请检查这一处的域、自动编号、脚注、批注和页眉页脚，改成普通文字。一个编号也没有用掉。"
            )


def wording_of(form: Form, glyphs: Iterable[Glyph]) -> Wording:
    """What a page says that is set over a form.

    :param glyphs: those of the empty page.
    """
    found = [(glyph.block, glyph.char) for glyph in glyphs]
    pieces: list[tuple[str, str]] = []
    before = 0
    for slot in form.slots:
        pieces.append(("".join(char for block, char in found if before < block <= slot.after), slot.field))
        before = slot.after
    return Wording(tuple(pieces), "".join(char for block, char in found if block > before))


def _signs(template: WordTemplate) -> dict[str, str]:
    """A sign for each field, none of which is in the template."""
    said = template.said
    free = [sign for sign in _SIGNS if sign not in said]
    return dict(zip(FIELDS, free, strict=False))


def _wording(text: str, fields: Mapping[str, str]) -> Wording:
    pieces = []
    words = ""
    for char in text:
        if char in fields:
            pieces.append((words, fields[char]))
            words = ""
        else:
            words += char
    return Wording(tuple(pieces), words)


def _is_same(one: str, other: str) -> bool:
    """Whether two texts are the same; capitals may be a style's."""
    return one == other or one.casefold() == other.casefold()


def _difference(right: str, found: str) -> str:
    """The first thing that differs."""
    start = next((place for place, (one, other) in enumerate(zip_longest(right, found)) if one != other), 0)
    before = max(0, start - 4)
    return f"应是“{right[before : start + _SHOWN]}”，印成了“{found[before : start + _SHOWN]}”"


def _moved(words: str, right: Sequence[Place], found: Sequence[Place]) -> str:
    """The first fixed character that stands elsewhere, in Chinese."""
    for place, (one, other) in enumerate(zip(right, found, strict=False)):
        apart = max(abs(one[0] - other[0]), abs(one[1] - other[1]))
        if apart > SAME_PT:
            return f"“{words[place : place + _SHOWN]}”的位置差了{apart / 72 * 25.4:.1f}毫米"
    return ""


def wrong_fields(fields: Mapping[str, str], page: Page, times: Mapping[str, int]) -> list[str | None]:
    """Fields that the page does not show in full.

    :param fields: what is filled in.
    :param times: field → how often the page must show it.
    """
    wrong: list[str | None] = []
    said = page.text.casefold()  # capitals may be a style's
    for name, value in fields.items():
        text = squeezed(value)
        cut_off = text and any(piece in text or text in piece for piece in page.clipped)
        if text and (cut_off or said.count(text.casefold()) < times[name]):
            wrong.append(name)
    return wrong or ([None] if page.clipped else [])


def cut_off(page: Page) -> str:
    """What a page shows cut off."""
    return "、".join(f"“{piece}”" for piece in dict.fromkeys(filter(None, page.clipped))) or "编号"
