"""Which lines of a list are people or businesses, and which are totals, footers and empty forms."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.domain.cells import Cells, plain, text_of, whole_number
from pipeline.domain.model import Problem, Row, Value

TOTAL = re.compile(r"(全县|本页|本单位)?(合计|总计|小计|共计|总数|累计)(\d+[人户个名家条]?)?$")
FOOTER = re.compile(
    r"填报|填表|制表|审核|复核|负责人[:：]|联系人|经办人[:：]|单位\(?(盖章|公章)|\(?盖章|注\d*[.、:：]|注$|说明|备注[:：]"
)
_NUMBER = re.compile(r"\d{6}")
_FILLED_BY_FORM = frozenset({"seq", "number", "unit", "town"})
"""Fields that a prepared form has before anybody is entered."""
_NEVER_SUMMED = frozenset({"uscc", "regno", "id_no", "phone", "letter_no"})
MOST_LINES = 1_048_576
"""A number above it in a column of numbers and phones is one of those, not a count of lines."""


@dataclass(slots=True)
class Lines:
    """A list's lines sorted out."""

    rows: list[Row] = field(default_factory=list)
    """People or businesses."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Why a line is none → how many."""
    doubts: list[Problem] = field(default_factory=list)
    """Totals that do not agree with the lines above (code ``wrong-total``)."""


def sorted_out(lines: Sequence[tuple[Row, Cells]], columns: Mapping[str, int]) -> Lines:
    """Rows of a list (people, businesses), without what else stands below a header.

    :param lines: each line, by field and as it stands.
    :param columns: field → column, from 0.
    """
    found = Lines()
    since_subtotal: list[Cells] = []
    everything: list[Cells] = []
    identity = [name for name in columns if name not in _FILLED_BY_FORM]
    for row, cells in lines:
        label = next((plain(text) for value in cells if (text := text_of(value))), "")
        filled = any(text_of(row.cells[name]) for name in identity)
        known = any(_NUMBER.search(text_of(row.cells.get(name))) for name in ("id_no", "uscc", "regno"))
        if TOTAL.match(label) and not known:
            found.left_out["合计"] += 1
            summed = since_subtotal if "小计" in label else everything
            found.doubts += _total_doubts(row, cells, summed or everything, columns)
            since_subtotal = []
        elif FOOTER.match(unicodedata.normalize("NFKC", label)) and not known:
            found.left_out["填报说明"] += 1
        elif not filled:
            found.left_out["没有填写" if _is_prepared(row, cells, columns) else "填报说明"] += 1
        else:
            found.rows.append(row)
            since_subtotal.append(cells)
            everything.append(cells)
    return found


def _is_prepared(row: Row, cells: Cells, columns: Mapping[str, int]) -> bool:
    """Whether a line of a form was never filled in: a number and perhaps the unit, and no other words."""
    ours = {columns[name] for name in _FILLED_BY_FORM & columns.keys()}
    strange = any(text_of(value) for index, value in enumerate(cells) if index not in ours)
    seq = row.cells.get("seq")
    return not strange and (whole_number(seq) is not None or not text_of(seq))


def _total_doubts(
    row: Row, cells: Cells, summed: Sequence[Cells], columns: Mapping[str, int]
) -> Iterator[Problem]:
    """Each number of a total line held against the count of lines, or the sum of its column."""
    skipped = {columns[name] for name in _NEVER_SUMMED & columns.keys()}
    for index, value in enumerate(cells):
        number = _counted(value)
        if number is None or (index in skipped and number > MOST_LINES):
            continue
        columned = [] if index in skipped else [line[index] for line in summed if index < len(line)]
        parts = [whole_number(cell) for cell in columned]
        total = sum(part for part in parts if part is not None)
        if number not in {len(summed), total}:
            expected = f"相加是{total}" if any(parts) else f"上面有{len(summed)}行"
            advice = f"合计写的是{number}，{expected}。请核对有没有漏行、多行后改正。"
            yield Problem(row.source, None, text_of(value), "wrong-total", advice, index + 1)


def _counted(value: Value) -> int | None:
    """The number in a total's cell: ``12``, ``12人``, ``合计12户``, ``共 12 名``."""
    number = whole_number(value)
    if number is None and isinstance(value, str):
        match = re.fullmatch(r"\D{0,6}?(\d{1,9})[人户个名家条]?", plain(value))
        number = int(match[1]) if match else None
    return number
