"""Written letters read back: each on its page, nothing but it, and the file of all the same as the units' files."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.pdf.digests import page_digests
from pipeline.adapters.pdf.reading import page_count, read_pages
from pipeline.domain.letters.fields import AT_LEAST, FIELDS, fields_of
from pipeline.domain.letters.model import Letter
from pipeline.errors import ConversionFault
from pipeline.letters.proof import Wording, wrong_fields

TIMES = dict.fromkeys(FIELDS, 1) | AT_LEAST
"""Field → how often at least a page must show it."""

Checked = tuple[Path, int, int, Sequence[Letter], Sequence[bool], Wording | None]
"""What :func:`check_pages` is called with."""


def check_pages(
    path: Path, count: int, start: int, letters: Sequence[Letter], is_copied: Sequence[bool], wording: Wording | None
) -> None:  # fmt: skip
    """Read pages of a file back: each letter on its page, and what is set, nothing but it.

    LibreOffice's own pages have been held against the template when they were printed.

    :param count: the file's pages.
    :param start: the first page to be read, from 0.
    :param letters: those that must stand there.
    :param is_copied: for each, whether its page is LibreOffice's own; empty where none is.
    :param wording: what the pages say that are set.
    :raises ConversionFault: a page is not as it must be.
    """
    check_count(path, count)
    own = is_copied or (False,) * len(letters)
    pages = read_pages(path, start, len(letters), simple=lambda index: not own[index - start])
    for number, (letter, page, copied) in enumerate(zip(letters, pages, own, strict=True), start + 1):
        fields = fields_of(letter)
        if wording and not copied:
            is_wrong = page.text != wording.said(fields)
        else:
            is_wrong = bool(wrong_fields(fields, page, TIMES))
        if is_wrong:
            raise ConversionFault(f"{path.name} 第{number}页不是应有的样子。编号已退回，请再试一次。")


def hold_against(
    everything: Path, path: Path, section: PageRange, start: int, letters: Sequence[Letter]
) -> None:
    """Hold pages of the file of all letters against a unit's file, which is read back: they must be the same.

    :raises ConversionFault: a page differs.
    """
    first, count = section.first + start, len(letters)
    both = zip(page_digests(path, start, count), page_digests(everything, first, count), strict=True)
    for number, (one, other) in enumerate(both, first + 1):
        if one != other:
            raise ConversionFault(f"{everything.name} 第{number}页不是应有的样子。编号已退回，请再试一次。")


def check_count(path: Path, count: int) -> None:
    """See whether a written file has so many pages.

    :raises ConversionFault: it has not.
    """
    if page_count(path) != count:
        raise ConversionFault(f"{path.name} 应有{count}页，写成的不是。编号已退回，请再试一次。")
