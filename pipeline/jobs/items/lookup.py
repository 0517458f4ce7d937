"""The jobs ``items list`` and ``items history``: which items there are on a day, and what became of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.adapters.register import exists, open_register
from pipeline.domain.items import book
from pipeline.domain.items.item import SERIES, Item
from pipeline.domain.journal import Entry, Journal
from pipeline.errors import RegisterFault
from pipeline.jobs.items.naming import read_number
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class History:
    """What became of an item."""

    item: Item
    """As it is."""
    entries: tuple[Entry, ...]
    """What was done, in order."""


def items_on(workspace: Workspace, day: date, year: int | None = None) -> tuple[Item, ...]:
    """A year's items as they were on a day, by number; makes no register.

    :param year: of their numbers; the plan year unless said.
    """
    if not exists(workspace.register):
        return ()
    year = year or workspace.settings.plan.year
    with open_register(workspace.register) as register:
        return book.items_on(Journal(year, register.journal(SERIES, year)), day, workspace.settings.items)


def history(workspace: Workspace, text: str, day: date) -> History:
    """What became of an item up to a day.

    :raises UsageFault: the number cannot be read.
    :raises RegisterFault: there is no such item.
    """
    year, number = read_number(text, workspace.item_numbers)
    with open_register(workspace.register) as register:
        entries = tuple(each for each in register.journal(SERIES, year) if each.number == number)
    found = book.items_on(Journal(year, entries), day, workspace.settings.items)
    if not found:
        raise RegisterFault(f"{year}年没有账号{number:04d}。")
    return History(found[0], tuple(each for each in entries if each.day <= day))


def chosen(workspace: Workspace, texts: Sequence[str], day: date) -> tuple[Item, ...]:
    """The items that are typed, of whatever year, as they were on a day.

    :raises UsageFault: a number cannot be read.
    :raises RegisterFault: there is no such item.
    """
    wanted = [read_number(text, workspace.item_numbers) for text in texts]
    years = {year for year, _ in wanted}
    known = {(item.year, item.number): item for year in years for item in items_on(workspace, day, year)}
    for year, number in wanted:
        if (year, number) not in known:
            raise RegisterFault(f"{year}年没有账号{number:04d}。")
    return tuple(known[each] for each in dict.fromkeys(wanted))
