"""What an analysis holds a month's figures against: the year before, the quarter's months, what hinders units."""

from dataclasses import dataclass
from fractions import Fraction

from pipeline.domain.analysis.month import MonthAnalysis
from pipeline.domain.analysis.year_ago import PUBLISHED, YearAgo, from_published, month_ago
from pipeline.domain.period import Month, months_until
from pipeline.domain.statistics.figures import Tally
from pipeline.publishing.report import Facts
from pipeline.reports.analysis.difficulties import Difficulties, difficulties


@dataclass(frozen=True, slots=True)
class Beside:
    """All that is told besides what the exports say of the month."""

    year_ago: YearAgo | None
    """What was published of the same month of the year before, else what the exports tell of it; None for neither."""
    months: tuple[tuple[int, Tally | None], ...]
    """At a quarter's end its months and what the bulletin of each says, None where none was printed; else nothing."""
    difficulties: Difficulties
    """What hinders units, and what is still open."""

    @property
    def is_quarterly(self) -> bool:
        """Whether the edition is a quarter's, with its annexes."""
        return bool(self.months)

    @property
    def quarter(self) -> Tally | None:
        """New and cancelled of the quarter; None where a month of it is missing."""
        told = [tally for _, tally in self.months if tally]
        if not told or len(told) < len(self.months):
            return None
        return Tally(
            new=sum(each.new_month for each in told), cancelled=sum(each.cancelled_month for each in told)
        )


def beside(facts: Facts, month: Month, found: MonthAnalysis) -> Beside:
    """Look it all up."""
    then, calendar = month_ago(month), found.figures.yardstick.calendar
    kept = facts.kept.get((PUBLISHED, then.name))
    return Beside(
        from_published(kept and kept["figures"], then, calendar) or found.year_ago,
        tuple(
            (
                each.month,
                facts.printed[each.month].figures.county.tally if each.month in facts.printed else None,
            )
            for each in quarter_ended(month)
        ),
        difficulties(facts, month),
    )


def quarter_ended(month: Month) -> tuple[Month, ...]:
    """The months of the quarter that a month ends; nothing for a month within one."""
    return months_until(month, 2) if month.month % 3 == 0 else ()


def change(now: int | None, before: int | None, least: int) -> Fraction | None:
    """Growth against before (同比); None where it is not known, or there was so little that a percentage misleads.

    :param least: what there must have been (样本少 below).
    """
    if now is None or before is None or before < max(least, 1):
        return None
    return Fraction(now - before, before)
