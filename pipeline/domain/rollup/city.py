"""The city's month: counties as units, counts added, rates from what was added, never averaged.

A county that sent nothing, or counts by other rules, is in no sum and has no rank. What lies inside another county, a
development zone (开发区), is ranked among its like and not added a second time.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace

from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.period import Month
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.rollup.reporting import Reported
from pipeline.domain.rollup.sent import figures_problem
from pipeline.domain.statistics.figures import MonthFigures, Tally, Yardstick
from pipeline.domain.statistics.late import Late, LateRecords
from pipeline.domain.statistics.measuring import standings
from pipeline.settings import Rollup

COUNTIES, ZONES = "县（市、区）", "开发区"
"""Groups of those that no roster puts into one."""


@dataclass(frozen=True, slots=True)
class CityMonth:
    """A month of all counties together."""

    figures: MonthFigures
    """Those that count, as units."""
    reported: tuple[Reported, ...]
    """Every county, in order."""

    @property
    def without(self) -> tuple[Reported, ...]:
        """Those that no sum holds (不含)."""
        return tuple(each for each in self.reported if not each.counts)

    @property
    def groups(self) -> tuple[str, ...]:
        """In the order of the counties, also those of which none has reported."""
        return tuple(dict.fromkeys(each.county.group for each in self.reported))


def counties_of(chosen: Rollup, roster: Sequence[Unit]) -> tuple[Unit, ...]:
    """The city's counties in the roster's order, which also has their groups and targets; the others after them.

    :param roster: with targets; empty where the city has none.
    """
    known = {code: find_unit(name, roster) for code, name in chosen.counties.items()}
    order = {unit.code: place for place, unit in enumerate(roster)}
    found = [
        replace(unit, code=code) if unit else Unit(code, name, name, _group(code, name, chosen))
        for code, name in chosen.counties.items()
        for unit in (known[code],)
    ]
    found.sort(key=lambda each: order[unit.code] if (unit := known[each.code]) else len(order))
    return tuple(found)


def not_in_roster(chosen: Rollup, roster: Sequence[Unit]) -> Iterator[Problem]:
    """Counties that the city's roster does not know, though it knows others (notice ``county-roster``)."""
    missing = [name for name in chosen.counties.values() if find_unit(name, roster) is None]
    if len(missing) == len(chosen.counties):
        return  # a roster of other units, for the city's own letters
    source = next((Source(unit.source.file) for unit in roster if unit.source), Source("inputs"))
    for name in missing:
        advice = (
            f"名录里没有“{name}”，它的次序、类别、任务数没有按市里的算。"
            "请在名录和任务分解表里补上；名称写法不同的，把这个名称写进别名。"
        )
        yield Problem(source, None, name, "county-roster", advice)


def other_targets(reported: Sequence[Reported]) -> Iterator[Problem]:
    """Counties whose units are to gain another number than the city set (notice ``county-target``)."""
    for each in reported:
        if each.own and each.county.target and each.county.target != each.own.target:
            advice = (
                f"{each.county.name}报的任务数是{each.own.target}，市里下达的是{each.county.target}。"
                "汇总按市里下达的算，完成率会和县里简报的不一样。"
            )
            yield figures_problem(each.own.sent, "county-target", advice)


def _group(code: str, name: str, chosen: Rollup) -> str:
    return ZONES if code in chosen.inside or name.endswith(ZONES) else COUNTIES


def city_month(
    reported: tuple[Reported, ...],
    inside: Collection[str],
    month: Month,
    yardstick: Yardstick,
    previous: MonthFigures | None,
) -> CityMonth:
    """What all counties come to.

    :param inside: codes of those whose figures another county's already hold.
    :param previous: the month before, as published; None where it was not.
    """
    counting = [each for each in reported if each.counts]
    units = tuple(replace(each.county, target=each.target) for each in counting)
    tallies = {each.county.code: each.own.tally for each in counting if each.own}
    figures = MonthFigures(
        month.year,
        month.month,
        yardstick,
        standings(units, tallies, yardstick, month.month),
        Tally(),
        _late(tallies, inside, previous) if previous else None,
        frozenset(inside) & tallies.keys(),
    )
    return CityMonth(figures, reported)


def _late(tallies: Mapping[str, Tally], inside: Collection[str], previous: MonthFigures) -> LateRecords:
    """What counties' months before have become since, as far as both are known."""
    before = {each.unit.code: each.tally for each in previous.units}
    own = {
        code: _since(tally, before[code])
        for code, tally in tallies.items()
        if code in before and code not in inside
    }
    county = Late(*map(sum, zip(*map(astuple, own.values()), strict=True))) if own else Late()
    return LateRecords(previous.as_of, county, {code: late for code, late in own.items() if late != Late()})


def _since(now: Tally, before: Tally) -> Late:
    """The year to the month before as it is now, less what it was."""
    new = now.new - now.new_month - before.new
    cancelled = now.cancelled - now.cancelled_month - before.cancelled
    return Late(max(new, 0), max(cancelled, 0), max(-new, 0), max(-cancelled, 0))
