"""Published months for tests: each unit's net gain as wanted, all else worked out by the product."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from pipeline.adapters.archive import Archive
from pipeline.domain.model import Unit
from pipeline.domain.period import Month
from pipeline.domain.statistics.counting import CANCELLED, NEW, Counted
from pipeline.domain.statistics.figures import MonthFigures, Yardstick
from pipeline.domain.statistics.measuring import month_figures
from pipeline.domain.statistics.published import Published
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.bulletin.content import Content
from pipeline.reports.bulletin.rates import Rates
from pipeline.workspace import Workspace
from support.figures.shops import BY_MONTH, business

EAST = Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", target=60)
WEST = Unit("02", "普明镇", "岚县普明镇人民政府", "乡镇", target=60)
FINANCE = Unit("14", "县财政局", "岚县财政局", "县直", target=30)


def published(
    month: int, nets: Sequence[int], units: Sequence[Unit] = (EAST,), yardstick: Yardstick = BY_MONTH
) -> MonthFigures:
    """Figures of a month of 2022.

    :param nets: each unit's net gain of the year to date; below 0 it lost so many.
    """
    as_of, shop = yardstick.calendar.last(Month(2022, month)), business(1, "1-1")
    counted = [
        Counted(NEW if net > 0 else CANCELLED, as_of, unit.code, "申报单位", shop)
        for unit, net in zip(units, nets, strict=True)
        for _ in range(abs(net))
    ]
    return month_figures(counted, units, as_of, yardstick)


def year(*nets: int | None, unit: Unit = EAST) -> list[MonthFigures]:
    """One unit's months from January on, by its net gain of the year to date; None for one that was not published."""
    return [published(month, (net,), (unit,)) for month, net in enumerate(nets, 1) if net is not None]


def freeze(workspace: Workspace, figures: MonthFigures) -> None:
    """Keep a month's bulletin as published, or once more, without printing it; its number is that of the month."""
    number = figures.month
    content = Content(
        datetime(figures.year, number, 28, 9, tzinfo=UTC), "", workspace.settings.plan.office, {"总期号": number}, {},
        Rates((), Decimal(0)), Published(figures, {}), {"issue_number": number}, [], [], [], [],
    )  # fmt: skip
    archive = Archive(workspace.publications)
    period = Month(figures.year, number).name
    archive.keep(archive.drafted(BULLETIN.name, period, content.to_plain(), {}))
