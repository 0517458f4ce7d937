"""What a meeting agreed upon: entered as open items, each once, and told at the next meeting with what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pipeline.domain.items.book import ItemBook, is_same
from pipeline.domain.items.item import AGREED, SERIES, Item, Opening
from pipeline.domain.items.standing import overdue_days
from pipeline.domain.journal import Act, Journal
from pipeline.domain.records.dispatch.matters import MATTERS, Matter
from pipeline.domain.values.text import plain
from pipeline.domain.wording import chinese_date
from pipeline.publishing.report import Facts
from pipeline.reports.dispatch.content import Content


def source_of(number: int) -> str:
    """What an item says of the meeting that agreed upon it."""
    return f"第{number}次调度会"


def enters(facts: Facts, journal: Journal) -> Sequence[Act]:
    """The items that matters dragged in open; none for those that were entered before.

    A matter is of the meeting that its number names, else of the one that the last sheet was made for, and was agreed
    upon when that sheet was made, or by its own deadline, if nobody typed it in before.

    :raises RegisterFault: one cannot be opened.
    """
    book = ItemBook(journal, facts.settings.items)
    known = set(_known(journal))
    for matter in facts.intake.said(MATTERS):
        sheet = _sheet_of(facts.earlier, matter.meeting)
        source = source_of(matter.meeting or (sheet.number.number if sheet else 1))
        sources = (
            {source}
            if matter.meeting
            else {source_of(each.number.number) for each in facts.earlier.values()} | {source}
        )
        text = plain(matter.text)
        if any((matter.unit, text, each) in known for each in sources):
            continue
        day = min(sheet.day if sheet else facts.today, facts.today, matter.deadline)
        about = _opening(matter, source)
        same = [each.last_day for each in book.items.values() if each.is_open and is_same(each.about, about)]
        book.open(about, max(day, *same) if same else day)
        known.add((matter.unit, text, source))
    return book.acts


def _known(journal: Journal) -> Iterator[tuple[str, str, str]]:
    """Unit, text and meeting of all that was entered."""
    for entry in journal.of(SERIES):
        if entry.act in {"open", "again"}:
            yield (
                entry.unit,
                plain(str(entry.details.get("problem", ""))),
                str(entry.details.get("source", "")),
            )


def _sheet_of(own: Mapping[object, Content], number: int | None) -> Content | None:
    """The sheet of a meeting; the last one for none."""
    sheets = [each for each in own.values() if number in {None, each.number.number}]
    return max(sheets, key=lambda each: each.period.name, default=None)


def _opening(matter: Matter, source: str) -> Opening:
    return Opening(
        matter.unit, matter.unit_name, AGREED, matter.text, matter.demand or matter.text, matter.deadline,
        source=source, partners=matter.helpers, leader=matter.leader,
    )  # fmt: skip


def agreed_rows(items: Sequence[Item], last: int | None, day: date, serial: str) -> list[dict[str, str]]:
    """A line for each matter of the last meeting, and for those of earlier ones that are still open.

    :param items: as they are on ``day``.
    :param last: number of the last meeting; None where there was none.
    :param serial: how an item's number is printed.
    """
    told = [
        each
        for each in items
        if each.about.kind == AGREED and (each.is_open or (last and each.about.source == source_of(last)))
    ]
    return [
        {
            "账号": serial.format(year=each.year, number=each.number), "议定事项": each.about.problem,
            "责任单位": each.about.unit_name, "配合单位": each.about.partners, "完成时限": chinese_date(each.deadline),
            "落实情况": _outcome(each), "状态": _state(each, day),
            "落实日期": chinese_date(each.closed) if each.closed else "",
        }
        for each in told
    ]  # fmt: skip


def _outcome(item: Item) -> str:
    """The last that was said of it."""
    if item.closed:
        return item.opinion or (item.application.result if item.application else "")
    return item.progress[-1][1] if item.progress else ""


def _state(item: Item, day: date) -> str:
    late = overdue_days(item, day)
    return f"{item.state}，逾期{late}天" if late else str(item.state)
