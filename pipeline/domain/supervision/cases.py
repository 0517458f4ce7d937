"""What a month's figures ask for: papers, praise (表扬) and criticism (通报批评). The program proposes, a person decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.statistics.figures import MonthFigures, Standing
from pipeline.domain.supervision.ladder import INTERVIEW, LEVELS, Rung
from pipeline.domain.supervision.papers import Paper

PROPOSED, CONFIRMED, WITHDRAWN = "proposed", "confirmed", "withdrawn"
STATES = {PROPOSED: "拟发", CONFIRMED: "已签发", WITHDRAWN: "已撤回"}
"""State of a paper → what it is called."""
PRAISED = 3
"""Places of a group whose holders are praised, if they are at pace."""
_QUARTERS = (3, 6, 9, 12)
"""Months at whose end criticism may be proposed."""


@dataclass(frozen=True, slots=True)
class Case:
    """A unit that has a paper of a month, or is to have one; never more than one."""

    standing: Standing
    """Its figures, as the bulletin that counts has them."""
    level: str
    """One of the levels."""
    months_running: int
    """Lagging months without a break up to this one; of a paper that was issued, then."""
    paper: Paper | None = None
    """The paper that was issued, withdrawn ones too."""

    @property
    def state(self) -> str:
        """One of :data:`STATES`."""
        if self.paper is None:
            return PROPOSED
        return WITHDRAWN if self.paper.withdrawn else CONFIRMED


def cases(
    figures: MonthFigures, ladder: Mapping[tuple[str, int], Rung], issued: Sequence[Paper]
) -> tuple[Case, ...]:
    """Every paper of a month, issued or to be issued: the sternest first, then by group and rank.

    A unit that has had a paper of the month gets no other, though that be withdrawn: 《政府督查工作条例》 15 asks for few. Once
    the last month of the plan's period has been judged nobody is called to an interview: there is nothing left to catch up with.
    """
    known = {paper.unit: paper for paper in issued if paper.ground.month == figures.month}
    found = list(_cases(figures, ladder, known))
    return tuple(sorted(found, key=lambda case: -LEVELS.index(case.level)))


def _cases(
    figures: MonthFigures, ladder: Mapping[tuple[str, int], Rung], known: Mapping[str, Paper]
) -> Iterator[Case]:
    for group in figures.groups:
        for standing in figures.ranking(group):
            paper = known.get(standing.unit.code)
            rung = ladder[standing.unit.code, figures.month]
            if paper:
                yield Case(standing, paper.level, paper.ground.months_running, paper)
            elif rung.level and not (figures.is_after and rung.level == INTERVIEW):
                yield Case(standing, rung.level, rung.months_running)


def praised(figures: MonthFigures) -> tuple[Standing, ...]:
    """Who holds one of the first places of a group and is at pace, in rank order."""
    return tuple(
        each
        for group in figures.groups
        for each in figures.ranking(group)
        if each.rank is not None and each.rank <= PRAISED and each.has_reached_pace and each.tally.net > 0
    )


def criticised(figures: MonthFigures, ladder: Mapping[tuple[str, int], Rung]) -> tuple[Standing, ...]:
    """Whom criticism may be proposed for, at the end of a quarter only, in rank order.

    That is who stands at the highest level, and, once the plan's period is over, who has not reached its target
    (晋市市监〔2022〕67号 四（四）: 年度计划未完成).
    """
    if figures.month not in _QUARTERS:
        return ()
    is_over = figures.month >= figures.yardstick.last_month

    def has_failed(each: Standing) -> bool:
        stands_highest = ladder[each.unit.code, figures.month].height == len(LEVELS)
        return stands_highest or (is_over and 0 < each.target > each.tally.net)

    return tuple(each for group in figures.groups for each in figures.ranking(group) if has_failed(each))
