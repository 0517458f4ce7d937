"""Items, units and evidence as clerks name them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pipeline.adapters.archive import Archive
from pipeline.adapters.inputs import readable, sha256_of
from pipeline.domain.items.item import EVIDENCE, Item
from pipeline.domain.items.number import ItemNumbers
from pipeline.domain.period import Month
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.statistics.figures import BEHIND, NOTHING_GAINED
from pipeline.domain.values.text import plain
from pipeline.domain.wording import near, rate_text
from pipeline.errors import RegisterFault, Remedy, UsageFault, writing
from pipeline.intake import read_inputs
from pipeline.reports.bulletin import BULLETIN
from pipeline.workspace import Workspace


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
    """What a month's bulletin says of an item's unit, where the unit no longer lags.

    :raises RegisterFault: there is no such bulletin, it does not have the unit, or the unit still lags.
    """
    kept = Archive(workspace.publications).latest(BULLETIN.name, month.name)
    if kept is None:
        raise RegisterFault(
            f"没有登记：{month.words}的简报还没有印发，不能用它的数字作佐证。", Remedy.MAKE_BULLETIN
        )
    figures = BULLETIN.from_plain(kept.content).published.figures
    unit = next((each for each in figures.units if each.unit.code == item.about.unit), None)
    if unit is None:
        raise RegisterFault(f"没有登记：{month.words}的简报里没有{item.about.unit_name}。")
    rate = "" if unit.completion_rate is None else f"、完成率{rate_text(unit.completion_rate)}"
    said = f"{month.words}累计净增{unit.tally.net}户{rate}，{unit.band}"
    if unit.band in {BEHIND, NOTHING_GAINED}:
        raise RegisterFault(f"没有登记：数字没有达到（{said}）。")
    return {"figure": said, "month": month.name, "net": unit.tally.net, "band": unit.band}


def refuse_changed_evidence(workspace: Workspace, item: Item) -> None:
    """See that the files on which an application rests are as they were when it came in.

    :raises RegisterFault: one is gone or has changed.
    """
    for each in item.application.evidence if item.application else ():
        if "sha256" not in each:
            continue
        try:
            is_same = sha256_of(workspace.inputs / str(each["name"])) == each["sha256"]
        except OSError as fault:
            raise RegisterFault(
                f"没有登记：佐证 {each['name']} 读不了（{fault.strerror}），请放回原处，或重新申请销号。"
            ) from fault
        if not is_same:
            raise RegisterFault(f"没有登记：佐证 {each['name']} 申请以后改动过，请单位重新申请销号。")
