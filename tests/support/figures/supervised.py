"""A made-up year of supervision: three units, months as wanted, settings as in the repository."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from pipeline.domain.journal import Act, Journal
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.supervision.cases import Case
from pipeline.reports.supervision.acts import confirmations
from pipeline.reports.supervision.papers import Occasion
from pipeline.reports.supervision.situation import Situation
from pipeline.settings import Settings
from support.figures.months import EAST, FINANCE, WEST, published
from support.settings import SETTINGS

DAY, AT = date(2022, 7, 5), datetime(2022, 7, 5, 9, tzinfo=UTC)
UNITS = (EAST, WEST, FINANCE)
DIGESTS = {"提醒": "a" * 64, "督办": "b" * 64, "约谈": "c" * 64}
NOTHING = Journal(2022, ())
NETS = ((0, 0, 3), (1, 9, 6), (2, 8, 9))
"""January to March: 东村镇 lags throughout, 普明镇 in January and March, 县财政局 never."""


def settings(**supervise: Any) -> Settings:
    """The repository's, everybody agreed; more of ``[supervise]`` as wanted."""
    said = {
        "notice_from": "2022-01", "authority": "县人民政府", "approved_by": "张某某（专班组长）", "contact": "联系人：李某某，联系电话：0358-6700000",
    } | supervise  # fmt: skip
    return replace(SETTINGS, supervise=replace(SETTINGS.supervise, **said))


def months(nets: Sequence[Sequence[int]] = NETS) -> tuple[MonthFigures, ...]:
    """January and so on."""
    return tuple(published(number, each, UNITS) for number, each in enumerate(nets, 1))


def situation(
    nets: Sequence[Sequence[int]] = NETS, journal: Journal = NOTHING, day: date = DAY, month: int = 0, **supervise: Any
) -> Situation:  # fmt: skip
    """Of the last month, or of one that is said."""
    told = months(nets)
    figures = told[(month or len(told)) - 1]
    return Situation(Occasion(settings(**supervise), figures, figures.month, day), told, journal)


def case(now: Situation, unit: str) -> Case:
    """A unit's."""
    [found] = [each for each in now.cases if each.standing.unit.name == unit]
    return found


def confirmed(now: Situation, *units: str) -> Journal:
    """The journal once papers have been issued to units."""
    return now.journal.after(confirmations(now, [case(now, unit) for unit in units], DIGESTS), AT)


def entered(journal: Journal, acts: Sequence[Act]) -> Journal:
    """The journal once acts have been entered."""
    return journal.after(acts, AT)
