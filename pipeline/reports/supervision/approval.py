"""The sheet with which a month's papers are laid before whoever approves them (督查文书审批单), and what it proposes besides."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.domain.documents import Template
from pipeline.domain.place import noun
from pipeline.domain.statistics.cells import percent_cell
from pipeline.domain.statistics.figures import MonthFigures, Standing
from pipeline.domain.statistics.phrases import with_rates
from pipeline.domain.supervision.cases import PROPOSED, STATES, Case
from pipeline.domain.supervision.ladder import LEVELS
from pipeline.domain.supervision.papers import Paper
from pipeline.domain.wording import chinese_date
from pipeline.reports.supervision.papers import NAMES, TO_BE_APPROVED, Occasion

_FIELDS = (
    "县", "月份", "截至日期", "编制单位", "制表日期", "综述", "各件", "件", "各撤回", "各表扬", "各批评", "句",
)  # fmt: skip
APPROVAL = Template("approval.docx", _FIELDS, _FIELDS)
"""Its template; 件 is one of 各件, 句 one of the lines of the others."""

Withdrawal = tuple[Paper, str]
"""A paper that is to be taken back, and why."""


def approval_fields(
    occasion: Occasion,
    cases: Sequence[Case],
    withdrawals: Sequence[Withdrawal],
    praise: Sequence[Standing],
    criticism: Sequence[Standing],
    remarks: Sequence[str] = (),
) -> dict[str, object]:
    """All that the sheet says.

    :param remarks: sentences on the proposed papers: out of turn, or too late.
    """
    figures, settings = occasion.figures, occasion.settings
    return {
        "县": settings.plan.county,
        "月份": f"{figures.year}年{figures.month}月",
        "截至日期": chinese_date(figures.as_of),
        "编制单位": settings.plan.office,
        "制表日期": chinese_date(occasion.day),
        "综述": _summary(occasion, cases) + "".join(remarks),
        "各件": [_row(number, case, occasion) for number, case in enumerate(cases, 1)],
        "各撤回": [f"{NAMES[paper.level]}（{paper.serial}）：{why}。" for paper, why in withdrawals],
        "各表扬": list(_by_group(figures, praise)),
        "各批评": list(_by_group(figures, criticism)),
    }


def _summary(occasion: Occasion, cases: Sequence[Case]) -> str:
    """How many papers there are of each kind, and how many of them are still to be issued.

    Before ``notice_from`` nobody is written to however far he lags, and the sheet says so.
    """
    figures, first = occasion.figures, occasion.rules.notice_from
    month = f"{figures.month}月份"
    if not cases and f"{figures.year}-{figures.month:02d}" < first:
        return f"督查从{first[:4]}年{int(first[5:])}月份的数字起，{month}不发督查文书。"
    if not cases and figures.is_after:
        return f"计划期到{figures.yardstick.last_month}月为止，{month}不拟约谈，没有别的应当发出的督查文书。"
    if not cases:
        return f"按第{occasion.issue_number}期工作简报，{month}没有应当发出督查文书的单位。"
    levels = Counter(case.level for case in cases)
    told = "、".join(f"{NAMES[level]}{levels[level]}件" for level in LEVELS if levels[level])
    states = Counter(case.state for case in cases)
    stand = "其中" + "，".join(f"{STATES[state]}{states[state]}件" for state in STATES if states[state])
    if len(states) == 1:
        [state] = states
        stand = f"{'均' if len(cases) > 1 else ''}{'为' if state == PROPOSED else ''}{STATES[state]}"
    return f"按第{occasion.issue_number}期工作简报，{month}督查文书共{len(cases)}件（{told}），{stand}。"


def _row(number: int, case: Case, occasion: Occasion) -> dict[str, str]:
    each = case.standing
    is_waiting = case.state == PROPOSED and occasion.lacks(case.level)
    return {
        "序号": str(number),
        "单位": each.unit.name,
        "任务数": str(each.target),
        "累计净增": str(each.tally.net),
        "完成率": percent_cell(each.completion_rate),
        "进度差": percent_cell(each.lead),
        "距序时差": str(each.gap_to_pace),
        "连续月数": str(case.months_running),
        "文书": case.level,
        "状态": TO_BE_APPROVED if is_waiting else STATES[case.state],
    }


def _by_group(figures: MonthFigures, units: Sequence[Standing]) -> Iterator[str]:
    """A line for each group of which there is anybody, all by name: who approves has no annex to look them up in."""
    for group in figures.groups:
        own = [each for each in units if each.unit.group == group]
        if own:
            yield f"{noun(group)}：{with_rates(own, len(own))}。"
