"""Which lines of a list are people or businesses, and which are totals, footers and empty forms."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.domain.model import Problem
from pipeline.domain.tables.grid import Row, column
from pipeline.domain.tables.lines.totals import Parts, Total, total_of
from pipeline.domain.values.cell import Value
from pipeline.domain.values.text import Cells, plain, text_of, whole_number

_FOOTER = re.compile(
    r"填报|填表|制表|审核|复核|负责人[:：]|联系人|经办人[:：]|单位\(?(盖章|公章)|\(?盖章|注\d*[.、:：]|注$|说明|备注[:：]"
)
_EXAMPLE = re.compile(r"(?:填写|填报|填表)?(?:示例|样例|范例|举例|例如?)\d*")
"""What a form calls the row that shows how to fill it in; its ID number may be a sound one."""
_IDENTITY = ("id_no", "uscc", "regno")
_NUMBER = re.compile(r"[\d*＊]{8}")
"""Somebody's number, if only a part of it, or with signs hidden; longer than any count."""
_FILLED_BY_FORM = frozenset({"seq", "number", "unit", "town"})
"""Fields that a prepared form has before anybody is entered."""
_NEVER_SUMMED = frozenset({"uscc", "regno", "id_no", "phone", "letter_no"})
MOST_LINES = 1_048_576
"""A number above it in a column of numbers and phones is one of those, not a count of lines."""


@dataclass(slots=True)
class Lines:
    """A list's lines sorted out."""

    kept: list[int] = field(default_factory=list)
    """Places of those that are people or businesses."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Why a line is none → how many."""
    doubts: list[Problem] = field(default_factory=list)
    """Totals that do not agree with the lines above (code ``wrong-total``)."""


def sorted_out(rows: Sequence[Row], lines: Sequence[Cells], columns: Mapping[str, int]) -> Lines:
    """Which lines of a list are people or businesses, without what else stands below a header.

    :param rows: each line by field.
    :param lines: each as it stands.
    :param columns: field → column, from 0.
    """
    found = Lines()
    sums = _Sums(columns)
    identity = [name for name in columns if name not in _FILLED_BY_FORM]
    known = _known(rows, columns)
    for place, (cells, is_known) in enumerate(zip(lines, known, strict=True)):
        if _is_example(cells):
            reason = "示例"
        else:
            reason = "" if is_known else _reason(rows[place], cells, columns, identity, sums)
        if reason:
            found.left_out[reason] += 1
        else:
            found.kept.append(place)
            sums.lines.add(cells)
    if found.kept and not known[found.kept[-1]] and sums.end_in_one():
        found.kept.pop()
        found.left_out["合计"] += 1
    found.doubts += sums.doubts()
    return found


def is_footer(label: str) -> bool:
    """Whether a text begins a line below a table: 填报人, 审核, 制表日期, 注 …"""
    return _FOOTER.match(unicodedata.normalize("NFKC", label)) is not None


def _is_example(cells: Cells) -> bool:
    first = (
        cells[0]
        if cells and cells[0] is not None
        else next((value for value in cells if value is not None), None)
    )
    return isinstance(first, str) and "例" in first and _EXAMPLE.fullmatch(plain(first)) is not None


def _known(rows: Sequence[Row], columns: Mapping[str, int]) -> list[bool]:
    """Of each row, whether it has somebody's number."""
    known = [False] * len(rows)
    for name in _IDENTITY:
        if name in columns and not all(known):
            known = [was or _is_number(value) for was, value in zip(known, column(rows, name), strict=True)]
    return known


def _is_number(value: Value) -> bool:
    if type(value) is str and value[:8].isdecimal() and len(value) >= 8:
        return True
    return _NUMBER.search(text_of(value)) is not None


def _reason(
    row: Row, cells: Cells, columns: Mapping[str, int], identity: Sequence[str], sums: "_Sums"
) -> str:
    """Why a line that has nobody's number is no row; empty where it is one."""
    total = total_of(cells, columns.get("seq"))
    if total:
        sums.close(row, cells, total)
        return "合计"
    label = next((plain(text) for value in cells if (text := text_of(value))), "")
    if is_footer(label):
        return "填报说明"
    if not any(text_of(row.cells[name]) for name in identity):
        return "没有填写" if _is_prepared(row, cells, columns) else "填报说明"
    return ""


def _is_prepared(row: Row, cells: Cells, columns: Mapping[str, int]) -> bool:
    """Whether a line of a form was never filled in: a number and perhaps the unit, and no other words."""
    ours = {columns[name] for name in _FILLED_BY_FORM & columns.keys()}
    strange = any(text_of(value) for index, value in enumerate(cells) if index not in ours)
    seq = row.cells.get("seq")
    return not strange and (whole_number(seq) is not None or not text_of(seq))


@dataclass(slots=True)
class _Sums:
    """What lines of totals are held against."""

    columns: Mapping[str, int]
    lines: Parts[Cells] = field(default_factory=Parts)
    """People and businesses."""
    found: list[Problem] = field(default_factory=list)
    above: list[tuple[Row, Cells, Total]] = field(default_factory=list)
    """Totals of a sheet on which they stand above the lines that they are of."""
    _added: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """Column → its sum, and how many lines and filled cells are in it, as far as they have been looked at."""

    def close(self, row: Row, cells: Cells, total: Total) -> None:
        """A line of totals."""
        if self.above or not self.lines.everything:
            self.above.append((row, cells, total))
        else:
            self.found += self._doubts(row, cells, total)
        self.lines.since = []

    def doubts(self) -> list[Problem]:
        """Totals that do not agree; of those above their lines, the one of everything is looked at."""
        whole = (line for line in self.above if not line[2].of_part)
        return [*self.found, *(doubt for line in whole for doubt in self._doubts(*line))]

    def end_in_one(self) -> bool:
        """Whether the last line has no word, only numbers: the counts or sums of the lines above, two or more."""
        *above, last = self.lines.everything
        seq = self.columns.get("seq")
        numbers = [(index, whole_number(value)) for index, value in enumerate(last) if text_of(value)]
        return len(above) > 1 and all(
            index != seq and number in self._right(index, above) for index, number in numbers
        )

    def _doubts(self, row: Row, cells: Cells, total: Total) -> Iterator[Problem]:
        """Each number of a total line held against the count of lines, or the sum of its column."""
        for index, value in enumerate(cells if total.is_sum or total.is_count else ()):
            number = _counted(value)
            if number is None or (index in self._never_summed and number > MOST_LINES):
                continue
            right = [
                self._whole(index) if lines is self.lines.everything else self._right(index, lines)
                for lines in self.lines.of(total)
            ]
            if not any(number in each for each in right):
                expected = f"相加是{right[0][0]}" if right[0][0] else f"上面有{right[0][1]}行"
                advice = f"合计写的是{number}，{expected}。请核对有没有漏行、多行后改正。"
                yield Problem(row.source, None, text_of(value), "wrong-total", advice, index + 1)

    def _whole(self, index: int) -> tuple[int, int, int]:
        """Of everything; what was added up for an earlier total is not added up again."""
        before = self._added.get(index, (0, 0, 0))
        more = self._right(index, self.lines.everything[before[1] :])
        self._added[index] = before[0] + more[0], before[1] + more[1], before[2] + more[2]
        return self._added[index]

    def _right(self, index: int, lines: Sequence[Cells]) -> tuple[int, int, int]:
        """A column's sum, the count of lines, and of those in which the column is filled."""
        column = [line[index] for line in lines if index < len(line)]
        parts = () if index in self._never_summed else map(whole_number, column)
        return sum(filter(None, parts)), len(lines), sum(bool(text_of(cell)) for cell in column)

    @property
    def _never_summed(self) -> set[int]:
        return {self.columns[name] for name in _NEVER_SUMMED & self.columns.keys()}


def _counted(value: Value) -> int | None:
    """The number in a total's cell: ``12``, ``12人``, ``合计12户``, ``共 12 名``."""
    number = whole_number(value)
    if number is None and isinstance(value, str):
        match = re.fullmatch(r"\D{0,6}?(\d{1,9})[人户个名家条]?", plain(value))
        number = int(match[1]) if match else None
    return number
