"""Lines of totals, told by what they call themselves: words that clerks type, and words that Excel and WPS put there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.text import plain, text_of

_TYPED = "合计|总计|共计|总数|累计|小计"
"""Words that make a line one of totals whatever stands beside them."""
_SUM = f"{_TYPED}|总和|汇总|求和|(?:grand|sub-?)?totals?|(?:grand)?sum"
"""These and what Excel and WPS call their rows of totals (表格 → 汇总行) and of subtotals (分类汇总) in either language."""
_ALL = "全[省州盟市县区旗乡镇]|本单位"
"""Words before them that say nothing."""
_COUNT = "总?计数|数值计数|(?:grand)?count"
_OTHER = "(?:总计?|grand)?(?:平均值?|最大值|最小值|乘积|总体标准偏差|标准偏差|总体方差|方差|average|max|min|product|stdevp?|varp?)"
_LINES = r"(?:\d+[人户个名家条]?|\([人户个名家条]\))?"
_ALONE = re.compile(rf"(?:{_ALL}|本页)?(?:{_TYPED}){_LINES}")
_LABEL = re.compile(rf"(?P<whose>.*?)(?:(?P<sum>{_SUM})|(?P<count>{_COUNT})|{_OTHER}){_LINES}")
_PART = ("小计", "subtotal", "sub-total", "subtotals", "sub-totals")
_WHOLE = re.compile(rf"(?:{_ALL})?")
_NUMBER = re.compile(r"[共计约]*-?\d[\d,]*(?:\.\d+)?[人户个名家条%]?")
_OUTLINE = re.compile(r"\(?[一二三四五六七八九十]+\)?[、.]?")
"""What groups are numbered with: 一, （二）, 三、."""
_LONGEST = 7
"""Digits of the largest count of a sheet's lines; a longer number may be somebody's."""
_FIRST_DAY = 1980
"""A count in a column of days is shown as one of the early 20th century, when no business was established yet."""


@dataclass(frozen=True, slots=True)
class Total:
    """What a line of totals says of itself."""

    label: str
    """What it calls itself: 合计, 「东村镇 汇总」."""
    of_part: bool
    """Whether it may be of the lines since the total before it."""
    of_all: bool
    """Whether it may be of all lines above it."""
    is_sum: bool
    """Whether it adds up."""
    is_count: bool
    """Whether it counts lines; an average does neither."""


Line = TypeVar("Line")


@dataclass(slots=True)
class Parts(Generic[Line]):
    """A table's lines from the top, parted by its totals."""

    everything: list[Line] = field(default_factory=list)
    """All lines so far."""
    since: list[Line] = field(default_factory=list)
    """Those since the last total."""

    def add(self, line: Line) -> None:
        """A line that totals are of."""
        self.everything.append(line)
        self.since.append(line)

    def of(self, total: Total) -> list[list[Line]]:
        """The lines of which a total may be: of its part, of everything, or of either."""
        part = [self.since] if total.of_part and self.since else []
        return [*part, self.everything] if total.of_all or not self.since else part


def total_of(cells: Sequence[Value], seq: int | None = None) -> Total | None:
    """The total that a line is; None for any other line.

    It is one if its first text is 合计 or the like, or if it holds nothing but such a word, maybe after the name of a
    group (「东村镇 计数」), and numbers. Whether it names a person, business or unit all the same the caller knows.

    :param seq: the column of running numbers, from 0; a number there, 一 too, is none of a total's.
    """
    label: Total | None = None
    numbers = set()
    is_first = True
    for place, value in enumerate(cells):
        text = plain(text_of(value)) if value is not None else ""
        if is_first and text and _ALONE.fullmatch(text):
            return total_named(text_of(value))
        if text and _is_number(value, text):
            numbers.add(place)
        elif text and not (place == seq and _OUTLINE.fullmatch(text)):
            named = total_named(text_of(value))
            if named is None:
                return None
            label = label or named
        is_first = is_first and not text
    is_alone = label and not numbers and label.of_part != label.of_all
    return label if is_alone or numbers - {seq} else None


def total_named(text: str) -> Total | None:
    """The total that goes by such a label; None where it is none."""
    match = _LABEL.fullmatch(plain(text))
    if match is None:
        return None
    whose, word = match["whose"], match["sum"] or ""
    is_part = word in _PART
    return Total(
        text,
        is_part or not _WHOLE.fullmatch(whose),
        not is_part or whose != "",
        bool(word),
        bool(match["count"]),
    )


def _is_number(value: Value, text: str) -> bool:
    """Whether a cell may hold a total's number: a count, a sum, a formula without its result; nobody's number."""
    if isinstance(value, Unreadable):
        return True
    if isinstance(value, datetime):
        return value.year < _FIRST_DAY
    return _NUMBER.fullmatch(text) is not None and len(re.sub(r"\.\d+|\D", "", text)) <= _LONGEST
