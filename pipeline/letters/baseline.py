"""What a letter's template says by itself, and where: LibreOffice prints it alone before any letter is held against it.

Cut and seam must be in the middle of the sheet, to fold it there.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.adapters.form import Form, PrintedPages, form_of, plain_form
from pipeline.adapters.pdf.reading import Page, page_count, read_pages, squeezed
from pipeline.adapters.pdf.writer import Shared
from pipeline.adapters.word import WordTemplate
from pipeline.domain.letters.fields import emptied, fields_of
from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.sampling import Survey
from pipeline.errors import TemplateFault
from pipeline.letters.proof import BLANKS, Proof, Wording, cut_off, wrong_fields

SEAM = "编号大写"
"""Placeholder that the cut goes through."""
PROBE = "甲"
"""What stands in a placeholder to see where it is."""
TOLERANCE_MM = 0.5
"""Less than this nobody sees at the guillotine."""
_NEAR_MM = 20.0
"""What is further from the middle is no cut."""
_LEAST_SHARE = 0.1
"""Of the sheet's width, dashes for a cut at least."""
_MM = 72 / 25.4
_MIDDLE_EM = 0.38
"""From a hanzi's baseline to its middle."""
_DASHED = re.compile(rb"\[ ?[\d.]+[\d. ]*\] [\d.]+ d\s+(-?[\d.]+) (-?[\d.]+) m\s+(-?[\d.]+) (-?[\d.]+) l\b")

Print = Callable[[Sequence[Mapping[str, str]]], Path]
"""Prints records on trial."""


def take_measure(
    proof: Proof, template: WordTemplate, letters: Sequence[Letter], trial: Print, say: Callable[[str], None]
) -> None:
    """Take a proof's measure from the template with nothing filled in and with the longest texts of some letters.

    :param say: told in one line what is off the sheet's middle.
    :raises TemplateFault: even an empty letter is not one page with its serial twice, or is not always the same.
    """
    blank, hardest = fields_of(emptied(letters[0])), Survey(letters).hardest
    longest = [fields_of(letter) for letter in hardest]
    records = [*proof.records(), blank]
    sheet = trial([*records, *longest])
    pages = list(read_pages(sheet))
    own = pages[len(records) :]
    starts = starts_of(hardest, own)
    if starts is None or len(own) != len(hardest):
        _demand_one_page(template, page_count(trial([blank])))
    lost = wrong_fields(blank, pages[BLANKS], template.times(blank))
    if lost:
        is_clipped = bool(pages[BLANKS].clipped)
        names = cut_off(pages[BLANKS]) if is_clipped else "、".join(f"“{field}”" for field in lost)
        raise TemplateFault(
            f"模板 {template.name} 里{names}没有印全，请放宽它所在的格子。一个编号也没有用掉。"
        )
    right = [
        (own[start], fields)
        for fields, (start, end) in zip(longest, pairwise([*(starts or ()), len(own)]), strict=False)
        if end - start == 1 and not wrong_fields(fields, own[start], template.times(fields))
    ]
    texts = [*records, *(fields for _, fields in right)]
    proof.take([*pages[: len(records)], *(page for page, _ in right)], texts)
    tell_askew(sheet, records[1][SEAM], say)


def starts_of(letters: Sequence[Letter], pages: Sequence[Page]) -> Sequence[int] | None:
    """The pages, from 0, on which letters begin: where some take several, each shows its own number on its first.

    :returns: None where it cannot be told whose page is whose.
    """
    if len(letters) in (1, len(pages)):
        return range(len(letters))
    starts: list[int] = []
    for number, page in enumerate(pages):
        if len(starts) < len(letters) and squeezed(letters[len(starts)].printed) in page.text:
            starts.append(number)
    return [0, *starts[1:]] if len(starts) == len(letters) else None


def _demand_one_page(template: WordTemplate, count: int) -> None:
    if count != 1:
        raise TemplateFault(
            f"模板 {template.name} 印出来一份是{count}页，应是一页。请缩小行距或字号。一个编号也没有用掉。"
        )


def added_places(path: Path) -> list[tuple[float, float]]:
    """Where :data:`PROBE` stands on the second page of a trial and not on the first."""
    with closing(PrintedPages(path)) as sheet:
        before, after = (
            [(glyph.x_pt, glyph.y_pt) for glyph in sheet.glyphs(page) if glyph.char == PROBE]
            for page in (0, 1)
        )
        return [place for place in after if place not in before]


def tell_askew(path: Path, sign: str, say: Callable[[str], None]) -> None:
    """Tell what is off the middle.

    :param path: trial pages; on the second of them ``sign`` stands for :data:`SEAM`.
    """
    with closing(PrintedPages(path)) as sheet:
        height, width = sheet.size(1)
        seams = [
            glyph.y_pt + _MIDDLE_EM * glyph.size_pt
            for glyph in sheet.glyphs(1)
            if sign and glyph.char == sign
        ]
        for name, levels in (("裁切线（虚线）", _cuts(sheet.content(1), width)), ("骑缝编号", seams)):
            off = min((abs(level - height / 2) / _MM for level in levels), default=0.0)
            if TOLERANCE_MM < off < _NEAR_MM:
                say(
                    f"提示：{name}离纸的正中差{off:.1f}毫米，对折裁开会裁偏。请检查模板里它上面各行的高度和页边距。"
                )


def _cuts(content: bytes, width: float) -> list[float]:
    """How high dashed lines are that go over much of the sheet."""
    lengths: dict[float, float] = defaultdict(float)
    for dash in _DASHED.finditer(content):
        left, level, right, end = (float(dash[number]) for number in range(1, 5))
        if abs(level - end) < 0.1:
            lengths[round(level, 1)] += abs(right - left)
    return [level for level, length in lengths.items() if length > width * _LEAST_SHARE]


@dataclass(frozen=True)
class Measured:
    """A template measured, and all that pages over it are made of: LibreOffice is wanted for it no more."""

    form: Form
    """Where fields stand, and in which glyphs."""
    shared: Shared
    """Background and fonts."""
    wording: Wording
    """What the pages say."""
    askew: tuple[str, ...]
    """What is to be told of the sheet, in Chinese: what is off its middle."""
    folder: Path
    """The run's own, where other processes find it."""

    def plain(self) -> dict[str, Any]:
        """As values of JSON."""
        bodies = {number: body.decode("latin-1") for number, body in self.shared.bodies.items()}
        return {
            "form": plain_form(self.form), "shared": {**asdict(replace(self.shared, bodies={})), "bodies": bodies},
            "wording": asdict(self.wording), "askew": self.askew,
        }  # fmt: skip

    @classmethod
    def of(cls, plain: Mapping[str, Any], folder: Path) -> "Measured":
        """From values of JSON."""
        shared, wording = plain["shared"], plain["wording"]
        bodies = {int(number): body.encode("latin-1") for number, body in shared["bodies"].items()}
        return cls(
            form_of(plain["form"]),
            Shared(**{**shared, "pieces": tuple(shared["pieces"]), "bodies": bodies}),
            Wording(tuple((words, field) for words, field in wording["pieces"]), wording["end"]),
            tuple(plain["askew"]),
            folder,
        )

    def __reduce__(self) -> tuple[Callable[[Path], "Measured"], tuple[Path]]:
        """Travel to another process as a file; arriving again, it is the one that is there already."""
        return arrived, (self._written,)

    def __fspath__(self) -> str:
        """To another machine, as what is in it."""
        return str(self._written)

    @cached_property
    def _written(self) -> Path:
        """A file whose name tells its content."""
        content = json.dumps(self.plain(), ensure_ascii=False).encode()
        path = self.folder / f"form-{sha256(content).hexdigest()[:16]}.json"
        path.write_bytes(content)
        return path


_here: dict[str, Measured] = {}
"""The one that arrived last, by its file's name: on another machine each call has a copy of its own."""


def arrived(measured: Measured | Path) -> Measured:
    """The same, whether it is at hand or has come as a file."""
    if isinstance(measured, Measured):
        return measured
    if measured.name not in _here:
        found = Measured.of(json.loads(measured.read_bytes()), measured.parent)
        _here.clear()
        _here[measured.name] = found
    return _here[measured.name]
