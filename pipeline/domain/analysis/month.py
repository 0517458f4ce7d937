"""A month's analysis: what the frozen bulletin says of the whole, and what the exports say of its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.analysis.flows import Flow, flows
from pipeline.domain.analysis.industries import Structure, section_of, sections, structure
from pipeline.domain.analysis.operators import Make, ages, forms
from pipeline.domain.analysis.places import Places
from pipeline.domain.analysis.stock import EXPORTS, Stock, is_gone_undated, stands, stock_of
from pipeline.domain.analysis.survival import (
    Cohort,
    Survival,
    cohorts,
    is_end_unknown,
    letter_survival,
    told_since,
)  # fmt: skip
from pipeline.domain.analysis.year_ago import YearAgo, from_exports, month_ago
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.model import Unit
from pipeline.domain.period import Year
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import attribute
from pipeline.domain.statistics.counting import NEW, count
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.statistics.late import Late, late_records
from pipeline.domain.statistics.published import Published


@dataclass(frozen=True, slots=True)
class Part:
    """A township or street, or what is in none."""

    unit: Unit | None
    """Its unit of the roster; None for what is in none."""
    flow: Flow
    """Its figures."""


@dataclass(frozen=True, slots=True)
class MonthAnalysis:
    """All that an analysis tells."""

    figures: MonthFigures
    """Those of the month's bulletin, as printed: the whole is not counted a second time."""
    late: Late
    """By how much the parts together, counted now, differ from these, as records came late."""
    stock: Stock
    """How many there are."""
    gone_undated: int
    """Businesses in the exports that are gone nobody knows since when, 注销, 撤销 and 迁出."""
    end_unknown: int
    """Those of them of which it is not known whether they lasted: without the ones that moved away."""
    industries: tuple[tuple[str | None, Flow], ...]
    """Letters of the sections that there are, in their order; None, always last, for what is not coded."""
    coded: Structure
    """Of all that stand in the exports."""
    structure: Structure
    """Of the stock where the exports hold all of it, else of the year's new businesses."""
    forms: Make
    """The same by form (组成形式)."""
    ages: Make
    """The same by the operator's age at the end of the month."""
    groups: tuple[str, ...]
    """What the places are called: 乡镇."""
    places: tuple[Part, ...]
    """In the order of the roster; last what is in none."""
    cohorts: tuple[Cohort, ...]
    """Month by month, and after how many months."""
    letters: Mapping[Unit, tuple[Survival, ...]]
    """How long those last that came by a unit's letters, in the order of the roster."""
    year_ago: YearAgo | None
    """The same month of the year before, where the exports tell of it."""

    @property
    def is_whole(self) -> bool:
        """Whether the exports hold all businesses, so that their parts are parts of the stock."""
        return self.stock.source == EXPORTS


def analysed(
    businesses: Sequence[Registration],
    units: Sequence[Unit],
    letters: Mapping[Serial, Letter],
    printed: Published,
    base: int,
    ks: Sequence[int],
    secret: bytes,
) -> MonthAnalysis:
    """What businesses, held against a month's bulletin, say of that month.

    :param letters: all that the register knows.
    :param base: businesses at the end of the year before; 0 where nobody says.
    :param ks: after how many months it is told who survives.
    :param secret: with which the bulletin hid persons.
    """
    figures = printed.figures
    calendar, as_of = figures.yardstick.calendar, figures.as_of
    first = calendar.first(Year(figures.year))
    attributions = attribute(businesses, letters, units, as_of)
    counted = count(attributions, as_of, calendar)
    stock = stock_of(businesses, first, as_of, figures.county.tally, base)
    is_whole = stock.source == EXPORTS
    standing = [each for each in businesses if stands(each, as_of)]
    by_section = flows(businesses, counted, first, as_of, section_of)
    places = Places(units)
    by_place = flows(businesses, counted, first, as_of, places.of)
    since = told_since(businesses, figures.year, calendar, hold_all=is_whole)
    own = letter_survival(attributions, ks, as_of)
    told = standing if is_whole else [each.business for each in counted if each.kind == NEW]
    return MonthAnalysis(
        figures,
        late_records(counted, as_of, printed.counted, secret).county,
        stock,
        sum(map(is_gone_undated, businesses)),
        sum(map(is_end_unknown, businesses)),
        tuple((letter, by_section.get(letter, Flow())) for letter in sections(by_section)),
        structure(standing),
        structure(told),
        forms(told),
        ages(told, as_of),
        places.groups,
        tuple(
            Part(unit, by_place.get(unit.code if unit else None, Flow())) for unit in (*places.units, None)
        ),
        cohorts(businesses, ks, as_of, calendar, since),
        {unit: own[unit.code] for unit in units if unit.code in own},
        from_exports(businesses, month_ago(figures.period), calendar, since) if is_whole else None,
    )
