"""政策清单: what the plan holds out to businesses, with what was handed out of it: sums of the amounts that name a policy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.records.cells import UNREPORTED
from pipeline.domain.records.lists.policies import Policy
from pipeline.domain.records.lists.progress import HOUSEHOLDS, OVER, YUAN, Factors, summands, total
from pipeline.domain.values.identity import masked
from pipeline.reports.lists.cells import NONE, day_cell, long, number, sheet
from pipeline.reports.lists.content import Content

_COLUMNS = (
    Column("序号", 5), long("政策名称", 18), long("文号", 13), long("对象", 22), long("标准", 24), long("责任单位", 20),
    long("办理方式", 10), Column("期限", 12), Column("兑现户数", 7), Column("兑现金额（万元）", 9), Column("发放贷款（万元）", 9),
    Column("状态", 8), long("未兑现原因", 16), long("备注", 16),
)  # fmt: skip
_IN_FORCE = "执行中"
_NO_REASON = "未填"
"""In the place of 未兑现原因 where it is told, or the policy is over, that nothing was handed out, and nobody says why."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was handed out of a policy (已兑现)."""

    reported: Fraction | None
    """The sum of what was reported; None where nothing was."""
    missing: int
    """Amounts that nobody has reported, which the sum is without."""
    is_asked: bool
    """Whether there is any such amount."""

    @property
    def cell(self) -> Cell:
        """As the list shows it."""
        if not self.is_asked:
            return NONE
        return UNREPORTED if self.reported is None else number(self.reported)


def households(content: Content, policy: str) -> HandedOut:
    """To how many businesses, 户."""
    return _handed_out(content, policy, HOUSEHOLDS)


def money(content: Content, policy: str) -> HandedOut:
    """How much was given or waived, 万元; what is told in 元 is a ten-thousandth."""
    return _handed_out(content, policy, YUAN, lent=False)


def loans(content: Content, policy: str) -> HandedOut:
    """How much was lent, 万元: it is paid back, so it never stands with what was given."""
    return _handed_out(content, policy, YUAN, lent=True)


def state_of(policy: Policy, content: Content) -> str:
    """已到期 after its last day, else 执行中."""
    return OVER if policy.is_over(content.day) else _IN_FORCE


def unlisted(content: Content) -> tuple[str, ...]:
    """Policies that measures name and the table of policies lacks, so that nothing reported is lost."""
    known = {each.name for each in content.policies}
    named = (each.policy for each in content.measures if each.policy and each.policy not in known)
    return tuple(dict.fromkeys(named))


def policies(content: Content, title: str) -> Worksheet:
    """The sheet; what is over, in grey."""
    faded = {place for place, each in enumerate(content.policies) if each.is_over(content.day)}
    return sheet("政策清单", title, _COLUMNS, _rows(content), faded)


def _rows(content: Content) -> Iterator[Sequence[Cell]]:
    for each in content.policies:
        texts = {name: masked(text) for name, text in each.texts.items()}
        told = _told(content, each.name)
        nothing = not any(one.reported for one in told)
        is_unsaid = nothing and (any(one.reported == 0 for one in told) or each.is_over(content.day))
        missing = sum(one.missing for one in told)
        notes = [texts["note"]] if texts["note"] else []
        notes += [f"另有{missing}个数未报"] * bool(missing and not nothing)
        yield [
            each.name, texts["document"], texts["receivers"], texts["benefit"], "、".join(each.units), texts["way"],
            day_cell(each.until), *(one.cell for one in told), state_of(each, content),
            texts["reason"] or _NO_REASON * is_unsaid, "；".join(notes),
        ]  # fmt: skip
    for name in unlisted(content):
        yield [
            name,
            *[""] * 6,
            *(one.cell for one in _told(content, name)),
            "",
            "",
            "措施里有，政策表里没有这一项",
        ]


def _told(content: Content, policy: str) -> tuple[HandedOut, HandedOut, HandedOut]:
    return households(content, policy), money(content, policy), loans(content, policy)


def _handed_out(content: Content, policy: str, factors: Factors, *, lent: bool | None = None) -> HandedOut:
    own = summands((each for each in content.measures if each.policy == policy), factors, lent=lent)
    return HandedOut(total(own, factors), sum(each.actual is None for each in own), bool(own))
