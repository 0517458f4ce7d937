"""What a letter's template says by itself, and where: LibreOffice prints it alone before any letter is held against it."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from pipeline.adapters.pdf.reading import Page, page_count, read_pages, squeezed
from pipeline.adapters.word import WordTemplate
from pipeline.domain.letters.fields import emptied, fields_of
from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.sampling import Survey
from pipeline.errors import TemplateFault
from pipeline.letters.proof import BLANKS, Proof, cut_off, wrong_fields
from pipeline.letters.seam import SEAM, tell_askew

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
