"""A quarter's figures and the clerk's own words → what the report says, by its template's names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.documents import Template
from pipeline.domain.items.item import Item, State
from pipeline.domain.items.standing import Totals, totals
from pipeline.domain.items.standing import sentence as items_sentence
from pipeline.domain.period import Quarter
from pipeline.domain.place import whole
from pipeline.domain.records import notes as kinds
from pipeline.domain.records.lists.measures import Measure
from pipeline.domain.records.notes import Words
from pipeline.domain.sections import Section, Subsection, numbered
from pipeline.domain.statistics.cells import NONE, band_cell, percent_cell, rank_cell
from pipeline.domain.statistics.figures import Progress
from pipeline.domain.statistics.phrases import apart
from pipeline.domain.wording import chinese_date, itemised, one_by_one, percent_text
from pipeline.publishing.report import Issue
from pipeline.reports.report import lists as five
from pipeline.reports.report import promises as told
from pipeline.reports.report import sentences as say
from pipeline.reports.report.ahead import next_steps, own_name
from pipeline.reports.report.comparing import Comparison
from pipeline.reports.report.figures import Gain, QuarterFigures, is_annual
from pipeline.reports.report.lists import Lists
from pipeline.settings import Settings

_FIELDS = (
    "稿", "发文机关", "文号", "签发人", "更正说明", "标题", "主送", "导语", "各节", "附件", "成文日期", "季度", "截至日期",
    "序时进度", "完成情况", "完成说明", "清单情况", "兑现情况", "挂账情况", "挂账日期", "抄送", "印发机关", "印发日期", "节", "小节",
    "段", "行",
)  # fmt: skip
PAPER = Template("report.docx", _FIELDS, optional=_FIELDS)
"""The report's template; the names from 节 to 行 belong to its loops."""
END = "特此报告。"
"""Before the signature: a report asks for nothing."""
ANNEXES = {"完成情况": "各单位任务完成情况表", "清单情况": "五清单进展情况表", "挂账情况": "挂账销号情况表"}
"""Table of the template → what its annex is called; one without rows is left out, and the others move up."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the report tells besides figures of registrations."""

    words: Words
    """The clerk's own."""
    lists: Lists
    """What the plan asks for and promises, reported or not."""
    items: Sequence[Item]
    """Open items and closed ones."""
    day: date
    """As of which day items are told."""
    before: Comparison
    """What the quarter is held against."""
    analysis: tuple[Subsection, ...] = ()
    """What the analysis of the quarter's last month says, where one was published."""

    @property
    def promises(self) -> Sequence[Measure]:
        """Amounts that the plan promises."""
        return self.lists.promises


def report_fields(
    figures: QuarterFigures, beside: Beside, settings: Settings, issue: Issue
) -> dict[str, object]:
    """All that the report says; the order of the names is kept with it."""
    chosen, quarter = settings.report, figures.quarter
    tables: dict[str, Sequence[Mapping[str, object]]] = {
        "完成情况": list(_standings(figures)),
        "清单情况": five.rows(beside.lists),
        "挂账情况": list(_accounts(beside, settings.items.due_soon)),
    }
    day = chinese_date(issue.at.date()) if chosen.signer else f"{issue.at.year}年　月　日"
    return {
        "稿": "" if chosen.signer else "送审稿",
        "发文机关": chosen.issuer,
        "文号": f"〔{_year_of_number(quarter, issue.at.date())}〕　号",
        "签发人": chosen.signer,
        "更正说明": issue.reason.strip().rstrip("。.；;"),
        "标题": say.title(quarter),
        "主送": chosen.report_to,
        "导语": say.lead_in(
            figures, whole(settings.plan.county), settings.bulletin.basis, chosen.requirement
        ),
        "各节": numbered(list(sections(figures, beside, settings))),
        "附件": _annexes([ANNEXES[name] for name, rows in tables.items() if rows]),
        "成文日期": day,
        "季度": say.period_words(quarter),
        "截至日期": chinese_date(figures.last.as_of),
        "序时进度": percent_text(figures.last.pace),
        **tables,
        "兑现情况": told.rows(beside.promises, beside.lists.state_of),
        "完成说明": _note(figures),
        "挂账日期": chinese_date(beside.day),
        "抄送": chosen.copy_to.strip().rstrip("。"),
        "印发机关": chosen.printed_by,
        "印发日期": day,
    }


def _year_of_number(quarter: Quarter, day: date) -> int:
    """The year in which it is written (GB/T 9704-2012 7.2.5), for which it is due: the year's report in the January after it."""
    return min(day.year, quarter.year + 1) if is_annual(quarter) else quarter.year


def _annexes(names: Sequence[str]) -> list[str]:
    """The lines of 附件说明: numbered where there are several (GB/T 9704-2012 7.3.4)."""
    return [f"{number}. {name}" if len(names) > 1 else name for number, name in enumerate(names, 1)]


def sections(figures: QuarterFigures, beside: Beside, settings: Settings) -> Iterator[Section]:
    """All sections; one that says nothing is left out by whoever numbers them."""
    everywhere, words = whole(settings.plan.county), beside.words
    found = items_totals(beside, settings)
    annex = "附件1" if beside.lists.measures or _counted(beside.items) else "附件"
    groups = figures.groups if len(figures.groups) > 1 else ()
    yield Section(
        "总体情况",
        _said(
            say.overall(figures, everywhere, settings.bulletin.base_count or None),
            say.of_year(figures, everywhere, beside.before),
            say.of_quarter(figures, everywhere, beside.before),
            *(say.of_group(figures, group) for group in groups),
            say.reached(figures.last, annex),
        ),
    )
    yield Section("主要做法及成效", _said(*words.of(kinds.EXPERIENCE)))
    yield Section("运行情况分析", subsections=beside.analysis)
    campaigns = tuple(
        Subsection(name, _said(*words.of(name))) for name in settings.bulletin.campaigns if words.of(name)
    )
    fulfilled = told.sentence(beside.promises, "附件2")
    if fulfilled and campaigns:
        campaigns += (Subsection("量化任务和政策兑现", (fulfilled,)),)
    heading = "和".join(filter(None, ("专项行动" * bool(campaigns), "政策兑现" * bool(fulfilled))))
    yield Section(f"{heading}情况", () if campaigns else _said(fulfilled), campaigns)
    yield Section("挂账销号情况", _said(items_sentence(beside.items, beside.day, settings.items.due_soon)))
    wanting = say.shortcomings(figures, everywhere, annex, found.overdue, told.unreported(beside.promises))
    calm = "" if wanting else "各单位进度总体正常，没有滞后和零进展的单位。"
    yield Section("存在的问题", _said(calm, itemised(wanting), *words.of(kinds.PROBLEMS)))
    office = own_name(settings.plan.office, settings.report.issuer)
    steps = words.of(kinds.NEXT_STEPS) or one_by_one(next_steps(figures, everywhere, office, found.open))
    yield Section("下一步打算", _said(*steps))


def items_totals(beside: Beside, settings: Settings) -> Totals:
    """What the open items come to."""
    return totals(beside.items, beside.day, settings.items.due_soon)


def _said(*paragraphs: str) -> tuple[str, ...]:
    """The paragraphs that say anything."""
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _standings(figures: QuarterFigures) -> Iterator[dict[str, object]]:
    """Units in the order of annex 1, group by group, each with its total; what is nobody's; all together."""
    number = 0
    for group, (total, gain) in figures.groups.items():
        for standing, own in figures.units:
            if standing.unit.group == group:
                number += 1
                ranks = (rank_cell(standing), band_cell(standing))
                yield _row(str(number), standing.unit.name, standing, own, ranks)
        if len(figures.groups) > 1:
            yield _sum(f"{group}小计", total, gain)
    nobody = Progress(0, figures.last.unattributed, figures.last.pace)
    yield _sum("未归属", nobody, figures.unattributed) | {"任务数": NONE}
    yield _sum("合计", figures.last.county, figures.county)


def _sum(name: str, progress: Progress, gain: Gain) -> dict[str, object]:
    return _row("", name, progress, gain, (NONE, NONE)) | {"是合计": True}


def _row(number: str, name: str, progress: Progress, gain: Gain, ranks: tuple[str, str]) -> dict[str, object]:
    tally = progress.tally
    rank, band = ranks
    return {
        "序号": number, "单位名称": name, "任务数": str(progress.target), "本季新增": str(gain.new),
        "本季注销": str(gain.cancelled), "本季净增": str(gain.net), "补录": str(gain.late), "累计新增": str(tally.new),
        "累计注销": str(tally.cancelled), "累计净增": str(tally.net), "完成率": percent_cell(progress.completion_rate),
        "进度差": percent_cell(progress.lead), "排名": rank, "状态": band, "是合计": False,
    }  # fmt: skip


def _note(figures: QuarterFigures) -> str:
    first, last = figures.months[0], figures.months[-1]
    months = f"{first}月至{last}月各月简报印发数之和" if first < last else f"{last}月简报的印发数"
    return (
        f"本季各栏是{months}；补录核减是对此前各月登记的补录、核减折合的净增户数，"
        f"已计入累计。排名以完成率为准{apart(figures.last)}；“{NONE}”表示没有任务。"
    )


def _accounts(beside: Beside, due_soon: int) -> Iterator[dict[str, object]]:
    """Open items by kind, and all together where there are several kinds; those that were withdrawn count nowhere."""
    counted = _counted(beside.items)
    by_kind = list(dict.fromkeys(item.about.kind for item in counted))
    for kind in by_kind:
        yield _account(
            kind, totals([item for item in counted if item.about.kind == kind], beside.day, due_soon)
        )
    if len(by_kind) > 1:
        yield _account("合计", totals(counted, beside.day, due_soon))


def _counted(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.state is not State.WITHDRAWN]


def _account(kind: str, found: Totals) -> dict[str, object]:
    return {
        "类别": kind, "立账": str(found.open + found.closed), "已销号": str(found.closed), "未销号": str(found.open),
        "逾期": str(found.overdue), "销号率": percent_cell(found.closing_rate), "按期销号率": percent_cell(found.on_time_rate),
    }  # fmt: skip


def length(fields: Mapping[str, object]) -> int:
    """Characters of the report from its title to 特此报告, white space and annexes left out."""
    parts: list[str] = [*_texts(fields["标题"]), f"{fields['主送']}：", str(fields["导语"])]
    for section in _dicts(fields["各节"]):
        parts += [f"{section['序号']}、{section['标题']}", *_texts(section["各段"])]
        for part in _dicts(section["各小节"]):
            parts += [f"（{part['序号']}）{part['标题']}", *_texts(part["各段"])]
    return sum(len("".join(part.split())) for part in (*parts, END))


def _texts(value: object) -> Sequence[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else []


def _dicts(value: object) -> Sequence[Mapping[str, object]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list | tuple) else []
