"""A month's prospects → what the dispatch sheet says, by its template's names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.documents import Template
from pipeline.domain.items.standing import Totals
from pipeline.domain.period import Month
from pipeline.domain.place import whole
from pipeline.domain.records.dispatch.returned import Written
from pipeline.domain.statistics.cells import NONE, band_cell, move_cell, percent_cell, rank_cell
from pipeline.domain.statistics.figures import Progress
from pipeline.domain.wording import chinese_date, decimal_text, percent_text
from pipeline.publishing.report import Issue
from pipeline.reports.dispatch.figures import Outlook, Prospects
from pipeline.reports.dispatch.wording import HARD, note, summary
from pipeline.reports.dispatch.written import proposed_rows, written_rows
from pipeline.settings import Settings

_FIELDS = (
    "县", "月份", "截至日期", "序时进度", "编制单位", "制表日期", "次数", "更正说明", "上次议定", "综述", "挂账", "各行",
    "表注", "填报月份", "填报", "拟立账", "行",
)  # fmt: skip
SHEET = Template("dispatch.docx", _FIELDS, optional=_FIELDS)
"""The sheet's template; 行 is one of 上次议定, 各行, 填报 or 拟立账."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a meeting has before it besides figures."""

    before: Month | None
    """Month of the sheet before; None for the first."""
    written: Sequence[Written]
    """What units filled in of that one."""
    agreed: Sequence[Mapping[str, str]]
    """What became of what was agreed upon, by the names of 上次议定."""
    items: Mapping[str, tuple[int, int]]
    """Code of a unit → its open items, and how many of them are overdue; units without any are left out."""
    totals: Totals
    """What all open items come to."""
    account: str
    """The same in a sentence; empty where there never was one."""


def sheet_fields(found: Prospects, meeting: Meeting, settings: Settings, issue: Issue) -> dict[str, object]:
    """All that the sheet says."""
    return {
        "县": settings.plan.county,
        "月份": issue.period.words,
        "截至日期": chinese_date(found.figures.as_of),
        "序时进度": percent_text(found.figures.pace),
        "编制单位": settings.plan.office,
        "制表日期": chinese_date(issue.at.date()),
        "次数": issue.number.number,
        "更正说明": issue.reason,
        "上次议定": meeting.agreed,
        "综述": summary(found, whole(settings.plan.county)),
        "挂账": meeting.account,
        "各行": list(_rows(found, meeting.items, issue.period.name)),
        "表注": note(found.figures),
        "填报月份": meeting.before.words if meeting.before else "",
        "填报": written_rows(meeting.written),
        "拟立账": proposed_rows(meeting.written),
    }


def _rows(found: Prospects, items: Mapping[str, tuple[int, int]], month: str) -> Iterator[dict[str, str]]:
    """Units in the order of annex 1, group by group, each with its total; what is nobody's; the county."""
    number = 0
    for group, line in found.groups:
        units = [each.unit.code for each, _ in found.units if each.unit.group == group]
        for each, ahead in found.units:
            if each.unit.group == group:
                number += 1
                move = move_cell(each, found.previous).partition(" ")[2]
                place = rank_cell(each) + (f" {move}" if move else "")
                yield _row(str(number), each.unit.name, each, ahead) | {
                    "等次": band_cell(each),
                    "位次": place,
                    **_of_items([each.unit.code], items),
                    "月份": month,
                }
        if len(found.groups) > 1:
            total = _row("", f"{group}小计", line.progress, line.outlook)
            yield total | _of_items(units, items) | {"月份": month}
    nobody = Progress(0, found.figures.unattributed, found.figures.pace)
    yield dict.fromkeys(_row("", "", nobody, found.county.outlook), NONE) | {
        "序号": "", "单位名称": "未归属", "累计净增": str(nobody.tally.net), "未销号": NONE, "逾期": NONE, "挂账": NONE,
        "月份": month,
    }  # fmt: skip
    yield (
        _row("", "合计", found.county.progress, found.county.outlook)
        | _of_items(items, items)
        | {"月份": month}
    )


def _of_items(codes: Iterable[str], items: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """The open items of some units together, and how many are overdue."""
    own = [items.get(code, (0, 0)) for code in codes]
    still, late = str(sum(each for each, _ in own)), str(sum(each for _, each in own))
    return {"未销号": still, "逾期": late, "挂账": NONE if still == "0" else f"{still}/{late}"}


def _row(number: str, name: str, progress: Progress, ahead: Outlook) -> dict[str, str]:
    needed = NONE if ahead.needed_per_month is None else str(ahead.needed_per_month)
    return {
        "序号": number, "单位名称": name, "任务数": str(progress.target), "累计净增": str(progress.tally.net),
        "完成率": percent_cell(progress.completion_rate), "进度差": percent_cell(progress.lead),
        "距序时差": str(ahead.gap_to_pace), "差额": str(ahead.gap), "后续月均": needed + HARD * bool(ahead.is_hard),
        "近三月月均": decimal_text(ahead.recent_average), "推算全年": str(ahead.projected), "等次": NONE, "位次": NONE,
    }  # fmt: skip
