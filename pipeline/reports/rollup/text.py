"""A city's month → what its bulletin says, by the bulletin template's names and mostly in the bulletin's sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.domain.place import whole
from pipeline.domain.records.notes import Notes
from pipeline.domain.rollup.city import CityMonth
from pipeline.domain.rollup.reporting import OTHER_RULES, Reported
from pipeline.domain.sections import Section
from pipeline.domain.statistics.cells import NONE, band_cell, move_cell, rank_cell
from pipeline.domain.statistics.figures import MonthFigures, Progress, Standing
from pipeline.publishing.report import Issue
from pipeline.reports.bulletin.remarks import late_remark
from pipeline.reports.bulletin.sentences import lead_in, overall, reached, yardstick_words
from pipeline.reports.bulletin.text import (
    Scope,
    Told,
    paper_fields,
    said,
    sections,
    sum_row,
    total_row,
    totals_note,
)  # fmt: skip
from pipeline.reports.bulletin.wall_chart import wall_chart_fields
from pipeline.reports.rollup.words import counting, reporting, sums_note, whole_without
from pipeline.settings import Settings


def rollup_fields(
    city: CityMonth, previous: MonthFigures | None, notes: Notes, settings: Settings, issue: Issue
) -> dict[str, object]:
    """All that a roll-up says; the order of the names is sealed with it.

    :param previous: the month before, as published; None when it was not.
    """
    figures, chosen, everywhere = city.figures, settings.bulletin, whole(settings.plan.county)
    inside = settings.rollup.inside
    lead = lead_in(figures, everywhere, chosen.basis, chosen.requirement)
    told = Told(
        settings.rollup.name,
        lead + counting(city, inside) + yardstick_words(figures),
        list(_sections(city, previous, notes, settings)),
        list(_totals(city, previous)),
        totals_note(figures) + sums_note(city, inside),
    )
    return paper_fields(told, figures, settings, issue)


def chart_fields(city: CityMonth, settings: Settings) -> dict[str, object]:
    """What stands around the chart that is hung up; who is not in it is told behind the day."""
    fields = wall_chart_fields(city.figures, settings)
    return fields | {"截至日期": whole_without(str(fields["截至日期"]), city)}


def _sections(
    city: CityMonth, previous: MonthFigures | None, notes: Notes, settings: Settings
) -> Iterator[Section]:
    """The bulletin's, but for the first, which leaves counties out, and one more on how they reported."""
    figures = city.figures
    everywhere = whole_without(whole(settings.plan.county), city)
    base = None if city.without else settings.bulletin.base_count or None
    # Who is missing is no problem of those who are there, and so is not named among the problems.
    scope = Scope("计入汇总的单位合计", "计入汇总的各单位") if city.without else Scope(everywhere)
    overview, *others = sections(figures, previous, notes, (), "", settings, scope)
    then = previous if previous and _added(previous) == _added(figures) else None
    told = (overall(figures, everywhere, then, base), reached(figures), late_remark(figures))
    yield replace(overview, paragraphs=said(told))
    yield Section("报送情况", reporting(city))
    yield from others


def _added(figures: MonthFigures) -> set[str]:
    """Codes of those in the sums; sums of others are not compared."""
    return {each.unit.code for each in figures.units} - figures.inside


def _totals(city: CityMonth, previous: MonthFigures | None) -> Iterator[dict[str, object]]:
    """The lines of annex 1: every county, whether it reported or not."""
    known = {each.unit.code: each for each in city.figures.units}
    number = 0
    for group in city.groups:
        for each in city.reported:
            if each.county.group == group:
                number += 1
                yield _row(str(number), each, known.get(each.county.code), city.figures, previous)
        if len(city.groups) > 1:
            yield sum_row(f"{group}小计", city.figures.total(group))
    yield sum_row("合计", city.figures.county)


def _row(
    number: str,
    each: Reported,
    standing: Standing | None,
    figures: MonthFigures,
    previous: MonthFigures | None,
) -> dict[str, object]:
    name = each.county.name
    if standing:
        ranks = (rank_cell(standing), move_cell(standing, previous), band_cell(standing))
        return total_row(number, name, standing, ranks)
    if each.own:
        progress = Progress(each.target, each.own.tally, figures.pace)
        return total_row(number, name, progress, (NONE, NONE, OTHER_RULES))
    nothing = total_row(number, name, figures.county, (NONE, NONE, each.state))
    return {field: NONE if field in _FIGURES else value for field, value in nothing.items()}


_FIGURES: Sequence[str] = (
    "任务数", "本月新增", "本月注销", "本月净增", "累计新增", "累计注销", "累计净增", "完成率", "进度差",
)  # fmt: skip
"""Cells of which a county that sent nothing has none."""
