"""Businesses, letters and units for the tests of the figures; nobody here exists."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.model import Applicant, Source, Unit
from pipeline.domain.period import Month
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.counting import Counted
from pipeline.domain.statistics.figures import MonthFigures, Tally, Yardstick
from pipeline.domain.statistics.late import LateRecords
from pipeline.domain.statistics.measuring import month_figures

TOWNS = ("东村镇", "普明镇", "岚城镇", "界河口镇", "上明乡", "社科乡", "王狮乡", "顺会乡", "梁家庄乡")
TOWN_TARGETS = (180, 140, 120, 100, 100, 100, 100, 100, 100)
BUREAUS = (
    "县市场监管局", "县工信局", "县供销联社", "县财政局", "县发改局", "县交通运输局", "县住建局", "市生态环境局岚县分局",
    "城乡环卫和市政服务中心", "县农业农村局", "县林业局", "现代农业发展服务中心", "县教育科技局", "县卫健局", "县人社局",
    "县民政局", "县文旅局",
)  # fmt: skip
BUREAU_TARGETS = (290, 60, 40, 20, 40, 290, 170, 20, 20, 70, 20, 20, 20, 20, 90, 30, 40)
UNITS = tuple(
    Unit(f"{number:02d}", name, f"岚县{name}", "乡镇" if number <= 9 else "县直", target=target)
    for number, (name, target) in enumerate(
        zip(TOWNS + BUREAUS, TOWN_TARGETS + BUREAU_TARGETS, strict=True), 1
    )
)
"""The 26 of annex 1."""
NOTHING, BY_MONTH = Tally(), Yardstick()


def day(text: str) -> date:
    """``5-7`` in the plan year, or a whole date."""
    return date.fromisoformat(text) if len(text) == 10 else date(2022, *map(int, text.split("-")))


def business(
    number: int,
    established: str | None = None,
    cancelled: str | None = None,
    *,
    revoked: str | None = None,
    letter: Serial | None = None,
    unit: str | None = None,
    **other: Any,
) -> Registration:
    """A business with a code of its own, in row ``number`` of an export."""
    days = (day(text) if text else None for text in (established, cancelled, revoked))
    fields = {
        "uscc": f"92{number:016d}", "regno": "", "name": f"商店{number}", "operator": f"某{number}", "id_no": "",
        "phone": "", "address": "", "scope": "",
    } | other  # fmt: skip
    return Registration(
        **fields, **dict(zip(("established", "cancelled", "revoked"), days, strict=True)), status="", letter=letter,
        unit=unit, sources=(Source("登记.xlsx", "Sheet1", number),),
    )  # fmt: skip


def serial(unit: str, number: int) -> Serial:
    """A letter's number in the plan year."""
    return Serial(2022, unit, number)


def letter(
    unit: str, number: int, state: str = "printed", on: str | None = None, id_no: str = ""
) -> tuple[Serial, Letter]:
    """A letter under its number, made out to a person if there is an ID number."""
    name = next((each.name for each in UNITS if each.code == unit), "某单位")
    holder = Applicant("某", id_no, "", "商店", "", "") if id_no else None
    made = Letter(
        serial(unit, number), f"{unit}-{number:04d}", name, f"岚县{name}", holder, day(on) if on else None, state
    )  # fmt: skip
    return made.serial, made


def standing_at(
    nets: Sequence[int],
    month: int = 6,
    *,
    units: Sequence[Unit] = UNITS,
    cancelled: Sequence[int] = (),
    of_month: int = 0,
    unattributed: Tally = NOTHING,
    yardstick: Yardstick = BY_MONTH,
    late: LateRecords | None = None,
) -> MonthFigures:
    """Figures in which unit after unit has gained as many as told; who is not told of has gained nothing.

    :param cancelled: unit after unit, cancellations of what it gained besides.
    :param of_month: how many of each unit's new ones are of the month itself.
    """
    counted = []
    for place, unit in enumerate(units):
        lost = cancelled[place] if place < len(cancelled) else 0
        new = lost + (nets[place] if place < len(nets) else 0)
        for number in range(new):
            when = date(2022, month if number < of_month else 1, 1)
            counted.append(Counted("新增", when, unit.code, "介绍信", business(number)))
        counted += [Counted("注销", date(2022, 1, 31), unit.code, "介绍信", business(n)) for n in range(lost)]
    figures = month_figures(counted, units, yardstick.calendar.last(Month(2022, month)), yardstick, late)
    return replace(figures, unattributed=unattributed)
