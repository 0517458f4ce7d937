"""How supervision stands in a month: the year's bulletins and the journal, taken together."""

from dataclasses import dataclass
from functools import cached_property

from pipeline.domain.journal import Journal
from pipeline.domain.statistics.figures import MonthFigures, Standing
from pipeline.domain.supervision.cases import PROPOSED, Case, cases, criticised, praised
from pipeline.domain.supervision.ladder import INTERVIEW, LEVELS, Rule, Rung, ladder
from pipeline.domain.supervision.papers import Paper, papers
from pipeline.reports.supervision.approval import Withdrawal
from pipeline.reports.supervision.papers import NAMES, Occasion
from pipeline.settings import Settings


def rule_of(settings: Settings) -> Rule:
    """When a unit lags in the plan year, by ``[supervise]``."""
    year, month = map(int, settings.supervise.notice_from.split("-"))
    first = month if year == settings.plan.year else 1 if year < settings.plan.year else 13
    return Rule(first, settings.supervise.min_gap, tuple(settings.supervise.ladder_months))


@dataclass(frozen=True)
class Situation:
    """A month's, by what is known now."""

    occasion: Occasion
    """The month and the day."""
    months: tuple[MonthFigures, ...]
    """All that were published of the year, in their order."""
    journal: Journal
    """All that was entered for the year."""

    @cached_property
    def rule(self) -> Rule:
        """By which units lag."""
        return rule_of(self.occasion.settings)

    @cached_property
    def ladder(self) -> dict[tuple[str, int], Rung]:
        """How every unit climbed, by its code and the month."""
        return ladder(self.months, self.rule)

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """All that were issued in the year."""
        return papers(self.journal)

    @property
    def until_now(self) -> tuple[Paper, ...]:
        """Those of the months up to this one."""
        return tuple(each for each in self.papers if each.ground.month <= self.occasion.figures.month)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every paper of the month, issued or to be issued."""
        return cases(self.occasion.figures, self.ladder, self.papers)

    @cached_property
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Papers of the year that have lost their ground."""
        found = ((each, each.ground_lost(self.months)) for each in self.papers if each.withdrawn is None)
        return tuple((paper, why) for paper, why in found if why)

    @property
    def out_of_turn(self) -> tuple[str, ...]:
        """Proposed papers of units that have none of the levels before (逐级), in Chinese, a sentence for those that lack the same."""
        month, found = self.occasion.figures.month, dict[tuple[str, ...], list[str]]()
        had = {
            (each.unit, each.level)
            for each in self.papers
            if each.withdrawn is None and each.ground.month < month
        }
        for case in self.cases:
            unit, place = case.standing.unit, LEVELS.index(case.level)
            lacking = [NAMES[level] for level in LEVELS[:place] if (unit.code, level) not in had]
            if lacking and case.state == PROPOSED:
                found.setdefault((NAMES[case.level], *lacking), []).append(unit.name)
        return tuple(
            f"{'、'.join(units)}{month}月拟发{name}，以前各月的{'、'.join(lacking)}没有签发：先补发前面的，还是直接发，请审批时定。"
            for (name, *lacking), units in found.items()
        )

    @property
    def remarks(self) -> tuple[str, ...]:
        """What whoever approves should know of the proposed papers: sentences."""
        figures = self.occasion.figures
        called = sum(case.state == PROPOSED and case.level == INTERVIEW for case in self.cases)
        if not called or figures.month != figures.yardstick.last_month:
            return self.out_of_turn
        over = f"计划期到{figures.month}月为止，{called}件约谈通知书发出时已经不能再赶本年度的进度，发不发请审批时定。"
        return (*self.out_of_turn, over)

    @property
    def praise(self) -> tuple[Standing, ...]:
        """Whom to praise."""
        return praised(self.occasion.figures)

    @property
    def criticism(self) -> tuple[Standing, ...]:
        """Whom criticism is proposed for."""
        return criticised(self.occasion.figures, self.ladder)

    def last_before(self, unit: str) -> Paper | None:
        """The last paper of an earlier month that a unit has and that holds.

        :param unit: its code.
        """
        month = self.occasion.figures.month
        found = [
            each for each in self.papers
            if each.unit == unit and each.withdrawn is None and each.ground.month < month
        ]  # fmt: skip
        return max(found, key=lambda each: each.ground.month, default=None)
