"""Items, units and evidence as clerks name them."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from pipeline.adapters.archive import Archive
from pipeline.adapters.inputs import readable, sha256_of
from pipeline.domain.items.figures import figure_proof
from pipeline.domain.items.item import EVIDENCE, Item
from pipeline.domain.items.number import ItemNumbers
from pipeline.domain.period import Month
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.values.text import plain
from pipeline.domain.wording import near
from pipeline.errors import Edition, RegisterFault, Remedy, UsageFault, writing
from pipeline.intake import read_inputs
from pipeline.jobs.published import bulletins
from pipeline.reports.bulletin import BULLETIN
from pipeline.workspace import Workspace


def refuse_future(day: date, now: datetime) -> None:
    """Refuse a day that has not come: what is entered stays, and no later act may come before it.

    :raises RegisterFault: the day lies after today.
    """
    if day > now.date():
        raise RegisterFault(f"没有登记：{day}还没有到（今天是{now.date()}）。请核对年月日。")


def read_number(text: str, numbers: ItemNumbers) -> tuple[int, int]:
    """Year and number of the item that is typed.

    :raises UsageFault: the text names none.
    """
    found = numbers.read(text)
    if found is None:
        raise UsageFault(f"看不出“{text}”是哪个账号。应像 {numbers.text(1)}、{numbers.year}-0001 或 1。")
    return found


def responsible(workspace: Workspace, text: str, today: date) -> tuple[str, str]:
    """Code and short name of a unit of the roster; the name, twice, of an office without a target.

    :raises UsageFault: there is none of that name.
    """
    others = {plain(name): name for name in workspace.settings.inputs.other_units}
    units = read_inputs(workspace, today).units
    unit = find_unit(text, units) or next((each for each in units if each.code == text.zfill(2)), None)
    if unit:
        return unit.code, unit.name
    if other := others.get(plain(text)):
        return other, other
    names = [each.name for each in units] + list(others.values())
    raise UsageFault(f"单位名录和 [inputs] other_units 里都没有“{text}”{near(text, names)}")


def evidence_file(workspace: Workspace, text: str) -> Mapping[str, object]:
    """A file below ``inputs/``, as a path or as its name in ``inputs/佐证``: its name there and its digest.

    :raises RegisterFault: there is no such file there.
    """
    base = workspace.inputs.resolve()
    for path in (Path(text), base / EVIDENCE / text, base / text, workspace.root / text):
        here = path.resolve()
        if here.is_file() and here.is_relative_to(base):
            with writing():
                return {"name": readable(str(here.relative_to(base))), "sha256": sha256_of(here)}
    raise RegisterFault(f"没有登记：找不到佐证“{text}”。请把文件放进 inputs/{EVIDENCE} 再申请。")


def figure_reached(workspace: Workspace, item: Item, month: Month) -> Mapping[str, object]:
    """What a month's bulletin says of an item's unit, where the unit no longer lags, nor has lagged again.

    :raises RegisterFault: there is no such bulletin, it does not have the unit, or the unit lags in it or in the last one.
    """
    published = bulletins(Archive(workspace.publications), month.year)
    if month.month not in published:
        raise RegisterFault(
            f"没有登记：{month.words}的简报还没有印发，不能用它的数字作佐证。",
            Remedy.MAKE_BULLETIN,
            Edition(BULLETIN.name, month.name),
        )
    since = [each.published.figures for number, each in published.items() if number >= month.month]
    return figure_proof(item.about, since)


def refuse_changed_evidence(workspace: Workspace, item: Item) -> None:
    """See that the files on which an application rests are as they were when it came in.

    :raises RegisterFault: one is gone or has changed.
    """
    for each in item.application.evidence if item.application else ():
        if "sha256" not in each:
            continue
        name = f"inputs/{each['name']}"
        try:
            is_same = sha256_of(workspace.inputs / str(each["name"])) == each["sha256"]
        except OSError as fault:
            raise RegisterFault(
                f"没有登记：佐证 {name} 不在了，或者读不了。请放回原处，或重新申请销号。"
            ) from fault
        if not is_same:
            raise RegisterFault(f"没有登记：佐证 {name} 申请以后改动过，请单位重新申请销号。")
