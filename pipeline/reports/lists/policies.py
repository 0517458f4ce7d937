"""政策清单: what the plan holds out to businesses, with what was handed out of it: sums of the amounts that name a policy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.records.cells import UNREPORTED
from pipeline.domain.records.lists.policies import Policy
from pipeline.domain.records.lists.progress import OVER, YUAN
from pipeline.domain.values.identity import masked
from pipeline.reports.lists.cells import NONE, day_cell, long, number, sheet
from pipeline.reports.lists.content import Content

_COLUMNS = (
    Column("序号", 5), long("政策名称", 18), long("文号", 13), long("对象", 22), long("标准", 24), long("责任单位", 20),
    long("办理方式", 10), Column("期限", 12), Column("兑现户数", 7), Column("兑现金额（万元）", 9), Column("状态", 8),
    long("未兑现原因", 16), long("备注", 16),
)  # fmt: skip
_HOUSEHOLDS = {"户": Fraction(1)}
"""Unit of measure → how many 户 it is."""
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
    return _sum(content, policy, _HOUSEHOLDS)


def money(content: Content, policy: str) -> HandedOut:
    """How much, 万元; what is told in 元 is a ten-thousandth."""
    return _sum(content, policy, YUAN)


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
        to, much = households(content, each.name), money(content, each.name)
        nothing = not (to.reported or much.reported)
        is_unsaid = nothing and (0 in (to.reported, much.reported) or each.is_over(content.day))
        missing = to.missing + much.missing
        notes = [texts["note"]] if texts["note"] else []
        notes += [f"另有{missing}个数未报"] * bool(missing and not nothing)
        yield [
            each.name, texts["document"], texts["receivers"], texts["benefit"], "、".join(each.units), texts["way"],
            day_cell(each.until), to.cell, much.cell, state_of(each, content),
            texts["reason"] or _NO_REASON * is_unsaid, "；".join(notes),
        ]  # fmt: skip
    for name in unlisted(content):
        told = (households(content, name).cell, money(content, name).cell)
        yield [name, *[""] * 6, *told, "", "", "措施里有，政策表里没有这一项"]


def _sum(content: Content, policy: str, factors: dict[str, Fraction]) -> HandedOut:
    own = [each for each in content.measures if each.policy == policy and each.unit_of_measure in factors]
    reported = [each.actual * factors[each.unit_of_measure] for each in own if each.actual is not None]
    return HandedOut(sum(reported, Fraction(0)) if reported else None, len(own) - len(reported), bool(own))
