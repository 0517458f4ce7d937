"""The three papers: in which template each is set, and what it says."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.documents import Template
from pipeline.domain.model import Unit
from pipeline.domain.place import noun
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.statistics.phrases import gains
from pipeline.domain.supervision.cases import Case
from pipeline.domain.supervision.ladder import INTERVIEW, REMIND, SUPERVISE
from pipeline.domain.supervision.papers import Paper
from pipeline.domain.wording import chinese_date
from pipeline.domain.workdays import weekday_name, working_day_after
from pipeline.settings import Settings
from pipeline.settings.supervise import Supervise

_FIELDS = (
    "稿", "发文机关", "文号", "月", "单位", "单位全称", "依据", "同意", "情况", "前函", "账号", "签收日期", "答复日期", "方案日期",
    "见效日期", "约谈时间", "约谈地点", "约谈人", "报告日期", "报送机关", "联系", "落款日期",
)  # fmt: skip
_NEEDED = {"稿", "发文机关", "文号", "单位全称", "情况", "落款日期"}
_OPTIONAL = tuple(name for name in _FIELDS if name not in _NEEDED)
TEMPLATES = {
    REMIND: Template("reminder.docx", _FIELDS, _OPTIONAL),
    SUPERVISE: Template("supervision.docx", _FIELDS, _OPTIONAL),
    INTERVIEW: Template("interview.docx", _FIELDS, _OPTIONAL),
}
"""Level → the template of its paper."""
NAMES = {REMIND: "提醒函", SUPERVISE: "督办函", INTERVIEW: "约谈通知书"}
"""Level → what its paper is called."""
PAGES = {REMIND: 2, SUPERVISE: 2, INTERVIEW: 3}
"""Level → pages: the letter, what the unit sends back, the record of an interview."""
DIRECTIVE = ("责令", "务必", "限期")
"""Words of command, which an office may not use to another's government but with its own government's consent."""
TO_BE_SENT, TO_BE_APPROVED = "拟发稿", "送审稿"
"""At the head of a draft: that may be issued, and that may not yet."""
_BY_HAND = "　　　　　　　　"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all papers that are drawn up on a day have in common."""

    settings: Settings
    """The office's."""
    figures: MonthFigures
    """Those of the month, as the bulletin that counts has them."""
    issue_number: int
    """Which bulletin of the year that is."""
    day: date
    """On which they are issued, or would be."""

    @property
    def rules(self) -> Supervise:
        """``[supervise]``."""
        return self.settings.supervise

    def lacks(self, level: str) -> str:
        """What a paper of a level cannot be issued without, in Chinese; empty where nothing is wanting.

        《政府督查工作条例》 7 and 21: supervision is the government's own, and what is said in public is approved first.
        """
        wanting = [
            word
            for word, told in (("经谁同意（authority）", self.rules.authority), ("由谁审批（approved_by）", self.rules.approved_by))
            if not told.strip()
        ]  # fmt: skip
        return f"没有写明{'、'.join(wanting)}" if wanting and level != REMIND else ""

    def consent(self) -> str:
        """``经县人民政府同意``; empty where nobody has been asked."""
        return f"经{self.rules.authority}同意" if self.rules.authority.strip() else ""

    def addressee(self, unit: Unit) -> str:
        """Whom a paper on a unit is written to (主送)."""
        pattern = self.rules.addressees.get(unit.group)
        return pattern.format(name=unit.name) if pattern else unit.full_name or unit.name

    @property
    def interview_day(self) -> date:
        """When an interview takes place."""
        return self.working_day(self.rules.interview_days)

    def working_day(self, count: int) -> date:
        """So many working days from now."""
        return working_day_after(self.day, count)

    def due(self, level: str) -> date:
        """By when a paper of a level is to be done with."""
        if level == REMIND:
            return self.working_day(self.rules.reply_days)
        if level == SUPERVISE:
            return self.day + timedelta(days=self.rules.effect_days)
        return working_day_after(self.interview_day, self.rules.interview_report_days)

    def serial(self, level: str, number: int | None) -> str:
        """A paper's number as printed (文号); with room for the number where it has none yet.

        :param number: of the year among those of its level, from 1.
        """
        rules = self.rules
        pattern = {
            REMIND: rules.reminder_serial, SUPERVISE: rules.supervision_serial, INTERVIEW: rules.interview_serial,
        }[level]  # fmt: skip
        year = self.settings.plan.year
        if number is None:
            return re.sub(r"\{number[^}]*\}", "　", pattern).format(year=year) + "号"
        return pattern.format(year=year, number=number) + "号"


def fields(case: Case, occasion: Occasion, mark: str, number: int | None, account: str, before: Paper | None) -> dict[str, str]:  # fmt: skip
    """All that a paper says, by its template's names.

    :param mark: what stands at the head of a draft; empty for a paper that is issued.
    :param number: of the year among those of its level; None for a draft.
    :param account: number of the open item, as printed; empty for none.
    :param before: the unit's last paper that holds.
    """
    settings, rules, unit = occasion.settings, occasion.rules, case.standing.unit
    consent = occasion.consent()
    due = chinese_date(occasion.due(case.level))
    return {
        "稿": mark,
        "发文机关": settings.plan.office,
        "文号": occasion.serial(case.level, number),
        "月": str(occasion.figures.month),
        "单位": unit.name,
        "单位全称": occasion.addressee(unit),
        "依据": _basis(occasion),
        "同意": f"{consent}，" if consent else "",
        "情况": situation(case, occasion.figures),
        "前函": _reminded(before),
        "账号": account or "（签发时编号）",
        "签收日期": chinese_date(occasion.working_day(rules.sign_days)),
        "答复日期": due,
        "方案日期": chinese_date(occasion.working_day(rules.plan_days)),
        "见效日期": due,
        "约谈时间": f"{chinese_date(occasion.interview_day)}（{weekday_name(occasion.interview_day)}）{rules.interview_time}",
        "约谈地点": rules.interview_place or "地点另行通知",
        "约谈人": rules.interviewer or _BY_HAND,
        "报告日期": due,
        "报送机关": settings.bulletin.report_office,
        "联系": rules.contact or f"联系人：{_BY_HAND}联系电话：{_BY_HAND}",
        "落款日期": chinese_date(occasion.day),
    }  # fmt: skip


def _basis(occasion: Occasion) -> str:
    """The plan's document and the bulletin that the figures are of."""
    plan, bulletin = occasion.settings.bulletin.basis, f"第{occasion.issue_number}期工作简报"
    return f"{plan}和{bulletin}" if plan else bulletin


def situation(case: Case, figures: MonthFigures) -> str:
    """A unit's figures in one sentence, each as the bulletin prints it."""
    each = case.standing
    peers = [other for other in figures.ranking(each.unit.group) if other.rank is not None]
    told = [
        f"截至{chinese_date(figures.as_of)}，你单位{gains(each)}",
        "" if each.is_over else f"距序时进度差{each.gap_to_pace}户",
        f"在{len(peers)}个{noun(each.unit.group)}中列第{each.rank}位" if len(peers) > 1 else "",
        f"等次为{each.band}",
        _running(case.months_running, figures.month),
    ]
    return f"{'，'.join(filter(None, told))}。"


def _running(months: int, last: int) -> str:
    """Since when it lags: with the month, as those before ``notice_from`` do not count, though it may have lagged in them."""
    return f"自{last - months + 1}月起已连续{months}个月滞后" if months > 1 else ""


def _reminded(before: Paper | None) -> str:
    if before is None:
        return ""
    return f"此前已发{NAMES[before.level]}（{before.serial}）。"
