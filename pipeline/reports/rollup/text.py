"""A city's month → what its bulletin says, by the bulletin template's names and mostly in the bulletin's sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.domain.place import whole
from pipeline.domain.records.notes import Notes
from pipeline.domain.rollup.city import CityMonth
from pipeline.domain.rollup.reporting import OTHER_RULES, Reported
from pipeline.domain.statistics.cells import NONE, band_cell, move_cell, rank_cell
from pipeline.domain.statistics.figures import MonthFigures, Progress
from pipeline.publishing.report import Issue
from pipeline.reports.bulletin.remarks import late_remark
from pipeline.reports.bulletin.sections import Section, section_fields
from pipeline.reports.bulletin.sentences import lead_in, overall, reached, yardstick_words
from pipeline.reports.bulletin.text import bulletin_fields, said, sections, sum_row, total_row
from pipeline.reports.rollup.words import counting, reporting, totals_note, whole_without
from pipeline.settings import Settings


def rollup_fields(
    city: CityMonth, previous: MonthFigures | None, notes: Notes, settings: Settings, issue: Issue
) -> dict[str, object]:
    """All that a roll-up says; the order of the names is sealed with it.

    :param previous: the month before, as published; None when it was not.
    """
    figures, chosen, everywhere = city.figures, settings.bulletin, whole(settings.plan.county)
    inside = settings.rollup.inside
    first = lead_in(figures, everywhere, chosen.basis, chosen.requirement)
    fields = bulletin_fields(figures, previous, notes, settings, issue)
    return fields | {
        "简报名称": settings.rollup.name,
        "导语": (first + counting(city, inside) + yardstick_words(figures),),
        **section_fields(list(_sections(city, previous, notes, settings))),
        "总表": list(_totals(city, previous)),
        "总表说明": str(fields["总表说明"]) + totals_note(city, inside),
    }


def _sections(
    city: CityMonth, previous: MonthFigures | None, notes: Notes, settings: Settings
) -> Iterator[Section]:
    """The bulletin's, but for the first, which leaves counties out, and one more on how they reported."""
    figures = city.figures
    everywhere = whole_without(whole(settings.plan.county), city)
    base = None if city.without else settings.bulletin.base_count or None
    overview, *others = sections(figures, previous, notes, settings)
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
    number = 0
    for group in city.groups:
        for each in city.reported:
            if each.county.group == group:
                number += 1
                yield _row(str(number), each, city, previous)
        if len(city.groups) > 1:
            yield sum_row(f"{group}小计", city.figures.total(group))
    yield sum_row("合计", city.figures.county)


def _row(number: str, each: Reported, city: CityMonth, previous: MonthFigures | None) -> dict[str, object]:
    name = each.county.name
    standing = next((own for own in city.figures.units if own.unit.code == each.county.code), None)
    if standing:
        ranks = (rank_cell(standing), move_cell(standing, previous), band_cell(standing))
        return total_row(number, name, standing, ranks)
    if each.own:
        progress = Progress(each.target, each.own.tally, city.figures.pace)
        return total_row(number, name, progress, (NONE, NONE, OTHER_RULES))
    nothing = total_row(number, name, city.figures.county, (NONE, NONE, each.state))
    return {field: NONE if field in _FIGURES else value for field, value in nothing.items()}


_FIGURES: Sequence[str] = (
    "任务数", "本月新增", "本月注销", "本月净增", "累计新增", "累计注销", "累计净增", "完成率", "进度差",
)  # fmt: skip
"""Cells of which a county that sent nothing has none."""
