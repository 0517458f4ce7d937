"""What units wrote on the sheet before: as the next one prints it, and what it proposes to put on the books."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.domain.documents import Column, Worksheet
from pipeline.domain.period import Month
from pipeline.domain.records.dispatch.matters import HEADERS
from pipeline.domain.records.dispatch.returned import Written
from pipeline.domain.wording import chinese_date

_FORM_LINES = 20
"""Of the form for what a meeting agrees upon."""
_FORM = [
    Column(header, width) for header, width in zip(HEADERS.values(), (8, 36, 11, 16, 20, 24, 16), strict=True)
]


def written_of(written: Sequence[Written], month: Month | None) -> list[Written]:
    """What was filled in of a month's sheet, in the order of annex 1; nothing where there is no such sheet."""
    return sorted((each for each in written if each.month == month), key=lambda each: each.unit.code)


def written_rows(written: Sequence[Written]) -> list[dict[str, str]]:
    """A line for each unit that has filled in anything."""
    return [
        {
            "单位名称": each.unit.name, "堵点类别": each.said.category, "堵点": each.said.obstacle,
            "需协调事项": each.said.request, "下月措施": each.said.measures, "完成时限": _day(each),
        }
        for each in written
    ]  # fmt: skip


def proposed_rows(written: Sequence[Written]) -> list[dict[str, str]]:
    """A line for each thing that a unit asks the county for: proposed, as only people open an item."""
    return [
        {
            "序号": str(number), "单位名称": each.unit.name, "堵点类别": each.said.category, "问题": each.said.request,
            "完成时限": _day(each),
        }
        for number, each in enumerate(filter(_asks, written), 1)
    ]  # fmt: skip


def _asks(written: Written) -> bool:
    return bool(written.said.request)


def _day(written: Written) -> str:
    return chinese_date(written.said.deadline) if written.said.deadline else ""


def written_objects(written: Sequence[Written]) -> Iterator[Mapping[str, Any]]:
    """The same for ``dispatch.json``."""
    for each in written:
        yield {
            "code": each.unit.code, "name": each.unit.name, "month": each.month.name, "category": each.said.category,
            "obstacle": each.said.obstacle, "request": each.said.request, "measures": each.said.measures,
            "deadline": each.said.deadline.isoformat() if each.said.deadline else None,
        }  # fmt: skip


def proposed_matters(rows: Sequence[Mapping[str, str]], title: str) -> Worksheet:
    """The same in the columns of 议定事项: once a meeting has settled whose it is and by when, it can be dragged in.

    :param rows: as :func:`proposed_rows` has them.
    """
    cells = [["", row["问题"], "", "", "", f"{row['单位名称']}提出", row["完成时限"]] for row in rows]
    return Worksheet("拟立账事项", title, _FORM, cells)


def matters_form(county: str, month: Month, number: int) -> Worksheet:
    """An empty table for the meeting's secretary, its lines numbered by meeting: 1-1, 1-2.

    :param number: of the meeting, within the year.
    """
    title = f"{county}{month.year}年第{number}次调度会议定事项"
    blank = [""] * (len(_FORM) - 1)
    lines = [[f"{number}-{line}", *blank] for line in range(1, _FORM_LINES + 1)]
    return Worksheet("议定事项", title, _FORM, lines)
