"""An item's row in each ledger, and what stands on its form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.documents import Cell, Column
from pipeline.domain.items.item import Item, proof_words
from pipeline.domain.items.number import ItemNumbers
from pipeline.domain.items.standing import is_due_soon, is_on_time, overdue_days
from pipeline.domain.wording import chinese_date

COLUMNS = (
    Column("序号", 6), Column("账号", 22), Column("类别", 12), Column("来源", 16), Column("问题描述", 36),
    Column("责任单位", 16), Column("配合单位", 14), Column("责任领导", 10), Column("责任人", 10), Column("验收标准", 26),
    Column("整改措施", 26), Column("立账日", 12), Column("交办日", 12), Column("签收日", 12), Column("原时限", 12),
    Column("现时限", 12), Column("延期次数", 8), Column("最新进展", 30), Column("状态", 10), Column("逾期", 12),
    Column("申请日", 12), Column("复核人", 12), Column("复核方式", 10), Column("复核意见", 20), Column("退回次数", 8),
    Column("销号日", 12), Column("佐证", 24), Column("前账号", 22),
)  # fmt: skip
"""Of both workbooks; but for 逾期 those of :data:`~pipeline.domain.records.items.COLUMNS`, so that they can be dragged back."""


@dataclass(frozen=True, slots=True)
class Words:
    """How items are worded on a day."""

    numbers: ItemNumbers
    """How they are numbered."""
    day: date
    """On which they are as they are."""
    due_soon: int
    """Days before its deadline from which an item is due soon."""

    def number(self, item: Item) -> str:
        """账号 as it is printed, without 「号」."""
        return self.numbers.text(item.number, item.year)

    def urgency(self, item: Item) -> str:
        """逾期3天, 临期, or nothing; why time does not run; of a closed item, whether it was in time."""
        if item.closed:
            return "按期" if is_on_time(item) else f"逾期{(item.closed - item.deadline).days}天"
        late = overdue_days(item, self.day)
        if late:
            return f"逾期{late}天"
        if item.asked:
            return f"申请延到{item.asked.deadline}"
        return "临期" if is_due_soon(item, self.day, self.due_soon) else ""

    def full(self, number: int, item: Item) -> Sequence[Cell]:
        """A row of a workbook, in the order of :data:`COLUMNS`."""
        about, applied = item.about, item.application
        return [
            number, self.number(item), about.kind, about.source, about.problem, about.unit_name, about.partners,
            about.leader, about.person, about.standard, about.measures, _iso(item.opened), _iso(item.assigned),
            _iso(item.accepted), _iso(about.deadline), _iso(item.deadline), item.extended, _progress(item), item.state.value,
            self.urgency(item), _iso(applied.day) if applied else "", item.reviewer, item.way, item.opinion, item.returns,
            _iso(item.closed), applied.evidence_words() if applied else "", self._previous(item),
        ]  # fmt: skip

    def open(self, number: int, item: Item) -> dict[str, str]:
        """A row of the printed 问题台账, by the template's names."""
        about = item.about
        return {
            "序号": str(number), "账号": self.number(item), "类别": about.kind, "责任单位": about.unit_name,
            "问题描述": self._problem(item), "验收标准": about.standard, "责任人": about.person, "交办日": self._short(item.assigned),
            "时限": self._short(item.deadline), "状态": item.state.value, "期限": self.urgency(item), "最新进展": _progress(item),
        }  # fmt: skip

    def closed(self, number: int, item: Item) -> dict[str, str]:
        """A row of the printed 销号台账, by the template's names."""
        about, applied = item.about, item.application
        return {
            "序号": str(number), "账号": self.number(item), "类别": about.kind, "责任单位": about.unit_name,
            "问题描述": self._problem(item), "成效": applied.result if applied else "",
            "佐证": applied.evidence_words() if applied else "", "时限": self._short(item.deadline),
            "销号日": self._short(item.closed), "按期": self.urgency(item), "复核人": item.reviewer, "复核方式": item.way,
        }  # fmt: skip

    def form(self, item: Item) -> dict[str, object]:
        """What stands on an item's form; blank where it is still to be written by hand."""
        about, applied = item.about, item.application
        evidence = applied.evidence if applied else ()
        return {
            "账号": self.number(item), "责任单位": about.unit_name, "责任人": about.person, "类别": about.kind,
            "来源": about.source, "立账日": chinese_date(item.opened), "时限": chinese_date(item.deadline), "问题": about.problem,
            "标准": about.standard, "措施": about.measures, "成效": (applied.result if applied else "") or _progress(item),
            "各佐证": [f"{place}. {proof_words(each)}" for place, each in enumerate(evidence, 1)],
            "申请人": applied.by if applied else "", "申请日": chinese_date(applied.day) if applied else "　　年　月　日",
            "单位负责人": applied.head if applied else "", "复核人": item.reviewer, "复核方式": item.way,
            "复核意见": item.opinion,
        }  # fmt: skip

    def _problem(self, item: Item) -> str:
        """问题描述, with the closed item that it follows."""
        follows = f"（反弹，前账号{self._previous(item)}）" if item.previous is not None else ""
        return f"{item.about.problem}{follows}"

    def _short(self, day: date | None) -> str:
        """7月5日, as a ledger of one year says it; a day of another year with its year."""
        if day is None:
            return ""
        return f"{day.month}月{day.day}日" if day.year == self.numbers.year else chinese_date(day)

    def _previous(self, item: Item) -> str:
        return "" if item.previous is None else self.numbers.text(item.previous, item.year)


def _progress(item: Item) -> str:
    return item.progress[-1][1] if item.progress else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
