"""A month's figures and the clerk's own words → what the bulletin and the wall chart say, by their templates' names."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.domain.documents import Template
from pipeline.domain.place import businesses, noun, whole
from pipeline.domain.records import notes as words
from pipeline.domain.records.notes import Notes
from pipeline.domain.sections import Section, Subsection, section_fields
from pipeline.domain.statistics.cells import NONE, band_cell, move_cell, percent_cell, rank_cell
from pipeline.domain.statistics.figures import MonthFigures, Progress, Standing, Tally
from pipeline.domain.statistics.phrases import apart
from pipeline.domain.statistics.registry import Comparison
from pipeline.domain.wording import chinese_date, ordinal, percent_text
from pipeline.publishing.report import Issue
from pipeline.reports.bulletin.demands import closing, next_steps, problems
from pipeline.reports.bulletin.ends import ends
from pipeline.reports.bulletin.rates import Bar, Rates
from pipeline.reports.bulletin.registry import registry_remark
from pipeline.reports.bulletin.remarks import (
    correction,
    late_remark,
    unattributed_remark,
)
from pipeline.reports.bulletin.sentences import definitions, lead_in, of_group, overall, reached, title
from pipeline.settings import Settings

_BULLETIN_FIELDS = (
    "简报名称", "期号", "总期号", "更正说明", "编发单位", "编发日期", "标题", "导语", "各节", "末段", "报送", "印数", "月份",
    "截至日期", "序时进度", "总表", "总表说明", "节", "小节", "段", "行", "方", "占位", "主体",
)  # fmt: skip
PAPER = Template("bulletin.docx", _BULLETIN_FIELDS, optional=_BULLETIN_FIELDS)
"""The bulletin's template; the names from 节 to 占位 belong to its loops."""


def bulletin_fields(
    figures: MonthFigures, previous: MonthFigures | None, notes: Notes, registry: Sequence[Comparison], account: str,
    settings: Settings, issue: Issue, corrected: Sequence[int] = (),
) -> dict[str, object]:  # fmt: skip
    """All that the bulletin says; the order of the names is sealed with it.

    :param previous: the month before, as printed; None when it was not.
    :param registry: the county's figures beside the registry's.
    :param account: the open items in a sentence; empty where there never was one.
    :param corrected: months that were corrected since the last bulletin, 1 to 12.
    """
    chosen, everywhere = settings.bulletin, whole(settings.plan.county)
    lead = lead_in(figures, everywhere, chosen.basis, chosen.requirement) + definitions(figures, everywhere)
    told = Told(
        chosen.name,
        lead,
        list(
            sections(
                figures, previous, notes, registry, account, settings, Scope(everywhere, corrected=corrected)
            )
        ),
        list(_totals(figures, previous)),
        totals_note(figures),
    )
    return paper_fields(told, figures, settings, issue)


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what the figures are, in words."""

    whole: str
    """全县, 全市; or that without whom the figures leave out."""
    units: str = "各单位"
    """All units that the figures are of."""
    corrected: Sequence[int] = ()
    """Months that were corrected since the last bulletin, 1 to 12."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one paper of this form says and another does not."""

    name: str
    """In the masthead."""
    lead: str
    """导语."""
    sections: Sequence[Section]
    """All of them."""
    totals: Sequence[Mapping[str, object]]
    """The lines of annex 1."""
    note: str
    """Below these."""


def paper_fields(told: Told, figures: MonthFigures, settings: Settings, issue: Issue) -> dict[str, object]:
    """All that a paper says; the order of the names is sealed with it."""
    chosen, everywhere = settings.bulletin, whole(settings.plan.county)
    receivers = (("报", chosen.report_to), ("送", chosen.send_to), ("发", chosen.issue_to))
    return {
        "简报名称": told.name,
        "期号": issue.number.number,
        "总期号": issue.number.overall,
        "更正说明": correction(issue.reason).removeprefix("更正：") if issue.reason else "",
        "编发单位": settings.plan.office,
        "编发日期": chinese_date(issue.at.date()),
        "标题": _broken(title(figures, everywhere)),
        "导语": (told.lead,),
        **section_fields(told.sections),
        "报送": [{"称": role, "单位": offices} for role, offices in receivers if offices],
        "印数": chosen.copies,
        "月份": issue.period.words,
        "截至日期": chinese_date(figures.as_of),
        "序时进度": percent_text(figures.pace),
        "总表": told.totals,
        "总表说明": told.note,
        "主体": businesses(figures.year),
    }


def _broken(heading: str) -> tuple[str, ...]:
    """A title of two lines, broken where the sense breaks (GB/T 9704-2012 7.3.1)."""
    subject, word, rest = heading.partition("培育")
    return (subject, word + rest) if rest else (heading,)


def sections(
    figures: MonthFigures,
    previous: MonthFigures | None,
    notes: Notes,
    registry: Sequence[Comparison],
    account: str,
    settings: Settings,
    scope: Scope,
) -> Iterator[Section]:
    """All sections, first of all that on the whole."""
    chosen, everywhere = settings.bulletin, scope.whole
    county = (
        overall(figures, everywhere, previous, chosen.base_count or None),
        reached(figures),
        late_remark(figures, scope.corrected),
        unattributed_remark(figures, everywhere),
        registry_remark(registry, notes.announced),
    )
    yield Section("总体情况", said(county))
    for group in figures.groups:
        them = f"各{noun(group)}" if len(figures.groups) > 1 else "各单位"
        rows = _standing_rows(figures.ranking(group))
        yield Section(f"{them}完成情况", said([of_group(figures, group)]), (), f"{them}完成情况表", rows)
    campaigns = tuple(Subsection(name, tuple(notes.of(name))) for name in chosen.campaigns if notes.of(name))
    yield Section(f"{_how_many(chosen.campaigns)}专项行动开展情况", subsections=campaigns)
    yield Section(words.EXPERIENCE, tuple(notes.of(words.EXPERIENCE)))
    yield Section(
        words.PROBLEMS, said([problems(figures, everywhere, scope.units), account, *notes.of(words.PROBLEMS)])
    )
    steps = notes.of(words.NEXT_STEPS) or [next_steps(figures, everywhere, chosen.system)]
    demand = closing(figures, chosen.report_office, _deadline(figures, settings))
    yield Section(words.NEXT_STEPS, said([*steps, demand]))


def _how_many(campaigns: Collection[str]) -> str:
    """``三项``; empty for a single one."""
    if len(campaigns) < 2:
        return ""
    return "两项" if len(campaigns) == 2 else f"{ordinal(len(campaigns))}项"


def said(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs that say anything."""
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _deadline(figures: MonthFigures, settings: Settings) -> date:
    year, month = (figures.year, figures.month + 1) if figures.month < 12 else (figures.year + 1, 1)
    return date(year, month, settings.bulletin.deadline_day)


def _standing_rows(units: Sequence[Standing]) -> tuple[dict[str, str], ...]:
    rows = [_standing_row(each) for each in units]
    return ends(rows, lambda others: dict.fromkeys(rows[0], "") | {"单位名称": others})


def _standing_row(standing: Standing) -> dict[str, str]:
    """A unit's line in a section's table."""
    return {
        "排名": rank_cell(standing), "单位名称": standing.unit.name, "任务数": str(standing.target),
        "本月净增": str(standing.tally.net_month), "累计净增": str(standing.tally.net),
        "完成率": percent_cell(standing.completion_rate), "进度差": percent_cell(standing.lead), "状态": band_cell(standing),
    }  # fmt: skip


def _totals(figures: MonthFigures, previous: MonthFigures | None) -> Iterator[dict[str, object]]:
    """The lines of annex 1."""
    number = 0
    for group in figures.groups:
        for each in figures.units:
            if each.unit.group == group:
                number += 1
                ranks = (rank_cell(each), move_cell(each, previous), band_cell(each))
                yield total_row(str(number), each.unit.name, each, ranks)
        if len(figures.groups) > 1:
            yield sum_row(f"{group}小计", figures.total(group))
    nobody = Progress(0, figures.unattributed, figures.pace)
    yield sum_row("未归属", nobody) | {"任务数": NONE}
    yield sum_row("合计", figures.county)


def sum_row(name: str, progress: Progress) -> dict[str, object]:
    """A line of totals, which spans number and name."""
    return total_row("", name, progress, (NONE, NONE, NONE)) | {"是合计": True}


def total_row(number: str, name: str, progress: Progress, ranks: tuple[str, str, str]) -> dict[str, object]:
    """A line of annex 1.

    :param ranks: rank, its change (``5 ↑2``) and band.
    """
    tally = progress.tally
    rank, change, band = ranks
    return {
        "序号": number, "单位名称": name, "任务数": str(progress.target), "本月新增": str(tally.new_month),
        "本月注销": str(tally.cancelled_month), "本月净增": str(tally.net_month), "累计新增": str(tally.new),
        "累计注销": str(tally.cancelled), "累计净增": str(tally.net), "完成率": percent_cell(progress.completion_rate),
        "进度差": percent_cell(progress.lead), "排名": rank, "位次变化": change, "状态": band, "是合计": False,
    }  # fmt: skip


def totals_note(figures: MonthFigures) -> str:
    """What is to be known of annex 1."""
    note = f"排名以完成率为准{apart(figures)}；“{NONE}”表示没有任务，或没有上月数据。"
    if figures.unattributed != Tally():
        note += "“未归属”为没有有效介绍信、也没有申报单位的户，以及不冲减单位的注销。"
    return note


def rates_of(figures: MonthFigures) -> Rates:
    """Units with a target, the best first; the middle of very many is left out."""
    units = [each for each in figures.units if each.completion_rate is not None]
    units.sort(key=lambda each: -(each.completion_rate or 0))
    bars = [Bar(each.unit.name, Decimal(percent_cell(each.completion_rate)), each.band) for each in units]
    return Rates(
        ends(bars, lambda others: Bar(others, Decimal(), "")),
        Decimal(percent_text(figures.pace)),
    )
