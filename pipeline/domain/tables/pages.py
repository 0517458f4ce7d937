"""Sheets without a header of their own: the table before goes on, its lines once more, rows of no table, or remarks.

Web pages that scroll keep the header in one table and the rows in the next, and show fixed columns by a second copy;
converters make a sheet of each page and have the header on the first only.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from pipeline.domain.model import Problem
from pipeline.domain.tables.grid import Grid
from pipeline.domain.tables.headers import Header, Unclear, header_of
from pipeline.domain.tables.kinds import Kind
from pipeline.domain.tables.lines.people import is_footer
from pipeline.domain.tables.lines.totals import total_of
from pipeline.domain.values.cell import Value
from pipeline.domain.values.dates import day_of
from pipeline.domain.values.text import Cells, compact, is_identity, text_of, whole_number

_LOOKED_AT = 1_000
"""Lines of a sheet that tell what it is."""
_PHONE = re.compile(r"1[3-9][0-9]{9}")
_IDENTITY, _MOBILE, _DAY = "identity", "mobile", "day"
_SORTS = {
    **dict.fromkeys(("uscc", "regno", "id_no"), _IDENTITY),
    **dict.fromkeys(("est_date", "appr_date", "cancel_date", "revoke_date", "date"), _DAY),
    "phone": _MOBILE,
}
"""Field → what its cells plainly are, where they plainly are something."""
_HOLDS: Mapping[str, Callable[[Value], bool]] = {
    **dict.fromkeys(("uscc", "regno", "id_no"), is_identity),
    **dict.fromkeys(
        ("est_date", "appr_date", "cancel_date", "date"), lambda value: day_of(value) is not None
    ),
    **dict.fromkeys(("target", "code"), lambda value: whole_number(value) is not None),
    "phone": lambda value: sum(map(str.isdecimal, text_of(value))) >= 7,
}
"""Field that a kind of table requires → whether a cell could be its; any text could be the others'."""


class Fate(Enum):
    """What a sheet is."""

    TABLE = auto()
    """A table with its header."""
    GOES_ON = auto()
    """More lines of the table before."""
    COPY = auto()
    """What was read, or a part of it, line by line."""
    ORPHAN = auto()
    """People or businesses, and no telling which column is which."""
    HEADED = auto()
    """Something with a header that is not understood."""
    REMARK = auto()
    """Words."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a file, and what it was found to be."""

    grid: Grid
    """The sheet."""
    fate: Fate
    """What it is."""
    header: Header | Unclear
    """The header of its table, or what to tell of it."""
    pages: tuple[Grid, ...] = ()
    """Sheets with which the table goes on."""


def sorted_sheets(grids: Sequence[Grid], kinds: Sequence[Kind]) -> list[Sheet]:
    """The sheets of a file; one that goes on with another is among that one's pages.

    Codes of what is told: those of :func:`~pipeline.domain.tables.headers.header_of`, ``headless-table``,
    ``repeated-table``.
    """
    sheets: list[Sheet] = []
    before: int | None = None
    headers = [header_of(grid, kinds) for grid in grids]
    has_table = any(isinstance(header, Header) for header in headers)
    for number, (grid, header) in enumerate(zip(grids, headers, strict=True)):
        if isinstance(header, Header):
            before = len(sheets)
            sheets.append(Sheet(grid, Fate.TABLE, header))
            continue
        what = Fate.HEADED
        if has_table and not header.kinds:
            table = None if before is None else sheets[before].header
            what = fate(grid, table if isinstance(table, Header) else None, header.is_headed)
            if what is not Fate.REMARK and repeats(grid, grids[:number]):
                what = Fate.COPY
        if what is Fate.HEADED:
            before = None
        if what is Fate.GOES_ON and before is not None:
            sheets[before] = replace(sheets[before], pages=(*sheets[before].pages, grid))
        else:
            told = _told(grid, what)
            sheets.append(Sheet(grid, what, Unclear(told) if told else header))
    return sheets


def _told(grid: Grid, what: Fate) -> Problem | None:
    if what is Fate.COPY:
        advice = "每一行在前面的表里都有（网页上固定的列常常另成一张表），没有再读。"
        return Problem(grid.source, None, "", "repeated-table", advice)
    if what is Fate.ORPHAN:
        advice = (
            f"这张表没有表头，里面却有身份证号或信用代码（共{len(grid.rows)}行），各列与前面的表又对不上，没有读。"
            "请把表头复制到它的第一行，或者把这些行移到有表头的表里；不要的，请删去。"
        )
        return Problem(grid.source, None, "", "headless-table", advice)
    return None


def fate(grid: Grid, before: Header | None, is_headed: bool = False) -> Fate:
    """What a sheet is on which no header was understood.

    It goes on with the table before where at least half of its lines, totals and footers aside, fit below that header:
    no wider, with all that the table's kind requires, each ID number, mobile and day in a column of such. The others
    are judged as rows like any.

    :param is_headed: whether some line is like a header; then each line must fit, for a header does not.
    """
    every = max(1, len(grid.rows) // _LOOKED_AT)
    lines = [cells for _, cells in grid.rows[::every] if not _is_foot(cells)]
    fitting = sum(_fits(cells, before) for cells in lines) if before else 0
    if fitting and fitting * (1 if is_headed else 2) >= len(lines):
        return Fate.GOES_ON
    if is_headed:
        return Fate.HEADED
    known = sum(any(map(is_identity, cells)) for cells in lines)
    return Fate.ORPHAN if known and (fitting or known * 2 >= len(lines)) else Fate.REMARK


def repeats(grid: Grid, read: Iterable[Grid]) -> bool:
    """Whether each line of a sheet says what that line of an earlier sheet says, or a part of it."""
    return any(
        len(grid.rows) == len(other.rows)
        and all(
            {*map(text_of, cells)} <= {"", *map(text_of, others)}
            for (_, cells), (_, others) in zip(grid.rows, other.rows, strict=True)
        )
        for other in read
    )


def _is_foot(cells: Cells) -> bool:
    label = next((text for value in cells if (text := text_of(value))), "")
    return bool(total_of(cells) or is_footer(label))


def _fits(cells: Cells, header: Header) -> bool:
    told = {name: cells[place] for name, place in header.columns.items() if place < len(cells)}
    required = header.kind.required
    return (
        len(cells) <= header.width
        and any(name in _HOLDS for names in required for name in names)
        and all(any(_holds(name, told.get(name)) for name in names) for names in required)
        and all(_sort(value) in {"", _SORTS.get(name)} for name, value in told.items())
    )


def _holds(name: str, value: Value) -> bool:
    return bool(text_of(value)) and (name not in _HOLDS or _HOLDS[name](value))


def _sort(value: Value) -> str:
    if is_identity(value):
        return _IDENTITY
    text = compact(value)
    if _PHONE.fullmatch(text):
        return _MOBILE
    return _DAY if not text.isdecimal() and day_of(value) else ""
