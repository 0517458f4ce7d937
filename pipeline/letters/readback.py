"""Written letters read back: each on its page, nothing but it, and the file of all the same as the units' files."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.pdf.leaves import same_pages
from pipeline.adapters.pdf.own import own_texts
from pipeline.adapters.pdf.reading import page_count, read_pages
from pipeline.domain.letters.fields import AT_LEAST, FIELDS, fields_of
from pipeline.domain.letters.model import Letter
from pipeline.errors import ConversionFault
from pipeline.letters.baseline import Measured, arrived
from pipeline.letters.proof import wrong_fields

TIMES = dict.fromkeys(FIELDS, 1) | AT_LEAST
"""Field → how often at least a page must show it."""

Checked = tuple[Path, int, int, Sequence[Letter], Sequence[bool], Measured | None]
"""What :func:`check_pages` is called with."""


def check_pages(
    path: Path, count: int, start: int, letters: Sequence[Letter], is_copied: Sequence[bool], measured: Measured | Path | None
) -> None:  # fmt: skip
    """Read pages of a file back: each letter on its page, and what is set, nothing but it.

    LibreOffice's own pages have been held against the template when they were printed.

    :param count: the file's pages.
    :param start: the first page to be read, from 0.
    :param letters: those that must stand there.
    :param is_copied: for each, whether its page is LibreOffice's own; empty where none is.
    :param measured: what the others are set over, or the file as which it has arrived.
    :raises ConversionFault: a page is not as it must be.
    """
    check_count(path, count)
    letters = list(letters)  # each is looked at by itself
    all_here = list(
        zip(range(start, start + len(letters)), is_copied or (False,) * len(letters), strict=True)
    )
    copied = [number for number, is_own in all_here if is_own]
    for number, page in zip(copied, read_pages(path, copied), strict=True):
        if wrong_fields(fields_of(letters[number - start]), page, TIMES):
            raise _wrong(path, number)
    over = [number for number, is_own in all_here if not is_own]
    if measured is None or not over:
        return
    form = arrived(measured)
    for number, text in zip(over, own_texts(path, over, form.shared), strict=True):
        fields = fields_of(letters[number - start])
        if text != (form.wording.said(fields) if number == over[0] else form.wording.filled(fields)):
            raise _wrong(path, number)


def hold_against(
    everything: Path, path: Path, section: PageRange, start: int, letters: Sequence[Letter]
) -> None:
    """Hold pages of the file of all letters against a unit's file, which is read back: they must be the same.

    :raises ConversionFault: a page differs.
    """
    first, count = section.first + start, len(letters)
    for number, is_same in enumerate(same_pages(path, start, everything, first, count), first):
        if not is_same:
            raise _wrong(everything, number)


def _wrong(path: Path, page: int) -> ConversionFault:
    return ConversionFault(f"{path.name} 第{page + 1}页不是应有的样子。编号已退回，请再试一次。")


def check_count(path: Path, count: int) -> None:
    """See whether a written file has so many pages.

    :raises ConversionFault: it has not.
    """
    if page_count(path) != count:
        raise ConversionFault(f"{path.name} 应有{count}页，写成的不是。编号已退回，请再试一次。")
