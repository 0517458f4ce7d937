"""A month's figures and the clerk's own words → what the bulletin and the wall chart say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pipeline.domain.documents import Bar, Chart
from pipeline.domain.records import notes as words
from pipeline.domain.records.notes import Notes
from pipeline.domain.statistics.figures import MonthFigures, Progress, Standing, Tally
from pipeline.domain.wording import chinese_date, decimal_text
from pipeline.reports.bulletin.content import Bulletin, Section, StandingRow, Subsection, TotalRow, WallChart
from pipeline.reports.bulletin.demands import closing, next_steps, problems
from pipeline.reports.bulletin.remarks import (
    correction,
    late_remark,
    move_cell,
    rank_cell,
    unattributed_remark,
)
from pipeline.reports.bulletin.sentences import definitions, lead_in, of_group, overall, reached, title
from pipeline.workspace import Settings

NONE = "—"
"""In a cell for which there is nothing to say."""


@dataclass(frozen=True, slots=True)
class IssueNumber:
    """What a bulletin is called by."""

    number: int
    """期号, within the year, from 1."""
    overall_number: int
    """总期号, over all years, from 1."""
    day: date
    """When it was published."""
    correction: str = ""
    """Why it takes the place of an earlier one; empty for a first publication."""


def bulletin_of(
    figures: MonthFigures,
    previous: MonthFigures | None,
    notes: Notes,
    settings: Settings,
    imprint: IssueNumber,
) -> Bulletin:
    """All that the bulletin says.

    :param previous: the month before, as printed; None when it was not.
    """
    chosen = settings.bulletin
    receivers = (("报", chosen.report_to), ("送", chosen.send_to), ("发", chosen.issue_to))
    return Bulletin(
        name=chosen.name,
        issue_number=imprint.number,
        overall_number=imprint.overall_number,
        issuer=settings.plan.office,
        day=chinese_date(imprint.day),
        title=_broken(title(figures)),
        introduction=(lead_in(figures, chosen.basis) + definitions(figures),),
        sections=tuple(
            section
            for section in _sections(figures, previous, notes, settings)
            if section.paragraphs or section.subsections
        ),
        recipients=tuple((role, offices) for role, offices in receivers if offices),
        copies=chosen.copies,
        month=f"{figures.year}年{figures.month}月",
        as_of=chinese_date(figures.as_of),
        pace=decimal_text(figures.pace * 100),
        totals=tuple(_totals(figures, previous)),
        totals_note=_totals_note(figures),
        chart=_chart(figures),
        correction=correction(imprint.correction).removeprefix("更正：") if imprint.correction else "",
    )


def _broken(heading: str) -> tuple[str, ...]:
    """A title of two lines, broken where the sense breaks (GB/T 9704-2012 7.3.1)."""
    subject, word, rest = heading.partition("培育")
    return (subject, word + rest) if rest else (heading,)


def wall_chart_of(figures: MonthFigures, settings: Settings) -> WallChart:
    """The chart by itself, to be hung up."""
    return WallChart(
        f"{settings.plan.county}{figures.year}年{figures.month}月个体工商户培育工作作战图",
        chinese_date(figures.as_of),
        decimal_text(figures.pace * 100),
        settings.plan.office,
        _chart(figures),
    )


def _sections(
    figures: MonthFigures, previous: MonthFigures | None, notes: Notes, settings: Settings
) -> Iterator[Section]:
    base = settings.bulletin.base_count or None
    county = (
        overall(figures, previous, base),
        reached(figures),
        late_remark(figures),
        unattributed_remark(figures),
    )
    yield Section("总体情况", _said(county))
    for group in figures.groups:
        noun = "各乡镇" if group == "乡镇" else f"各{group}单位"
        rows = tuple(_standing_row(each) for each in figures.ranking(group))
        yield Section(f"{noun}完成情况", _said([of_group(figures, group)]), (), f"{noun}完成情况表", rows)
    campaigns = tuple(Subsection(name, tuple(notes.of(name))) for name in words.CAMPAIGNS if notes.of(name))
    yield Section("三项专项行动开展情况", subsections=campaigns)
    yield Section(words.EXPERIENCE, tuple(notes.of(words.EXPERIENCE)))
    yield Section(words.PROBLEMS, _said([problems(figures), *notes.of(words.PROBLEMS)]))
    steps = notes.of(words.NEXT_STEPS) or [next_steps(figures)]
    demand = closing(figures, settings.bulletin.report_office, _deadline(figures, settings))
    yield Section(words.NEXT_STEPS, _said([*steps, demand]))


def _said(paragraphs: Sequence[str]) -> tuple[str, ...]:
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _deadline(figures: MonthFigures, settings: Settings) -> date:
    year, month = (figures.year, figures.month + 1) if figures.month < 12 else (figures.year + 1, 1)
    return date(year, month, settings.bulletin.deadline_day)


def _standing_row(standing: Standing) -> StandingRow:
    return StandingRow(
        rank_cell(standing), standing.unit.name, str(standing.target), str(standing.tally.net_month),
        str(standing.tally.net), _percent(standing.completion_rate), _percent(standing.lead), _band(standing),
    )  # fmt: skip


def _totals(figures: MonthFigures, previous: MonthFigures | None) -> Iterator[TotalRow]:
    number = 0
    for group in figures.groups:
        for each in figures.units:
            if each.unit.group == group:
                number += 1
                ranks = (rank_cell(each), move_cell(each, previous), _band(each))
                yield _total_row(str(number), each.unit.name, str(each.target), each, ranks)
        yield _sum_row(f"{group}小计", figures.total(group))
    nobody = Progress(0, figures.unattributed, figures.pace)
    yield _total_row("", "未归属", NONE, nobody, (NONE, NONE, NONE), is_total=True)
    yield _sum_row("合计", figures.county)


def _sum_row(name: str, progress: Progress) -> TotalRow:
    return _total_row("", name, str(progress.target), progress, (NONE, NONE, NONE), is_total=True)


def _total_row(
    number: str,
    name: str,
    target: str,
    progress: Progress,
    ranks: tuple[str, str, str],
    *,
    is_total: bool = False,
) -> TotalRow:
    tally = progress.tally
    return TotalRow(
        number, name, target, str(tally.new_month), str(tally.cancelled_month), str(tally.net_month), str(tally.new),
        str(tally.cancelled), str(tally.net), _percent(progress.completion_rate), _percent(progress.lead), *ranks,
        is_total,
    )  # fmt: skip


def _percent(rate: Fraction | None) -> str:
    return NONE if rate is None else decimal_text(rate * 100)


def _band(standing: Standing) -> str:
    is_done = standing.completion_rate is not None and standing.completion_rate >= 1
    return "已完成" if is_done else standing.band


def _totals_note(figures: MonthFigures) -> str:
    apart = "，乡镇、县直单位分别排列" if len(figures.groups) > 1 else ""
    note = f"排名以完成率为准{apart}；“{NONE}”表示没有任务，或没有上月数据。"
    if figures.unattributed != Tally():
        note += "“未归属”为没有有效介绍信、也没有申报单位的户，以及不冲减单位的注销。"
    return note


def _chart(figures: MonthFigures) -> Chart:
    """Every unit with a target, the best first."""
    units = [each for each in figures.units if each.completion_rate is not None]
    units.sort(key=lambda each: -(each.completion_rate or 0))
    return Chart(
        tuple(Bar(each.unit.name, Decimal(_percent(each.completion_rate)), each.band) for each in units),
        Decimal(decimal_text(figures.pace * 100)),
    )
