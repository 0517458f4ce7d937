"""A month's analysis in which everything is nobody's; a test tells only what differs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.domain.analysis.flows import Flow
from pipeline.domain.analysis.industries import Structure
from pipeline.domain.analysis.month import MonthAnalysis, Part
from pipeline.domain.analysis.operators import AGES, FORMS, Make
from pipeline.domain.analysis.stock import EXPORTS, Stock
from pipeline.domain.statistics.figures import Tally
from pipeline.domain.statistics.late import Late
from pipeline.reports.analysis.beside import Beside
from pipeline.reports.analysis.difficulties import Difficulties
from support.figures.shops import UNITS, standing_at

NOTHING = Structure((0, 0, 0), 0, 0)
TALLY = Tally(new_month=30, cancelled_month=4, new=120, cancelled=9)
ALL = Stock(EXPORTS, 1111, 1000, 1111)
UNTROUBLED = Difficulties(None, (), 0, (), date(2022, 7, 5), 3)


def made_up(names: Sequence[str], counts: Sequence[int] = (), unknown: int = 0) -> Make:
    """Values in their order with so many businesses each; those that are not told of have none."""
    return Make(tuple(zip(names, (*counts, *[0] * len(names)), strict=False)), unknown)


def analysis(tally: Tally = TALLY, *, month: int = 6, **more: object) -> MonthAnalysis:
    """June of a county."""
    figures = standing_at([], month, unattributed=tally)
    plain = MonthAnalysis(
        figures, Late(), Stock(None, None, None, None), 0, 0, ((None, Flow()),), NOTHING, NOTHING,
        made_up(list(FORMS.values())), made_up(list(AGES)), ("乡镇",), (Part(None, Flow()),), (), {}, None,
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


def held(**more: object) -> Beside:
    """What it is held against: nothing that anybody knows."""
    return replace(Beside(None, (), UNTROUBLED), **more)  # type: ignore[arg-type]


def parts(*flows: Flow) -> tuple[Part, ...]:
    """Townships in the order of the roster, and last what is in none."""
    return tuple(Part(unit, flow) for unit, flow in zip([*UNITS[: len(flows) - 1], None], flows, strict=True))
