"""Businesses by industry: which part of them is coded, and what share each of the three industries has."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.domain.records.registrations import Registration
from pipeline.domain.values.industry import PRIMARY, SECONDARY, TERTIARY

GROUPS = (PRIMARY, SECONDARY, TERTIARY)


@dataclass(frozen=True, slots=True)
class Structure:
    """Businesses by the three industries."""

    counts: tuple[int, int, int]
    """Of :data:`GROUPS`."""
    uncoded: int
    """Without any code."""
    by_section: int
    """Those that were put into a group by their section, as no division is known (按门类划分)."""

    @property
    def coded(self) -> int:
        """With a code."""
        return sum(self.counts)

    @property
    def coded_share(self) -> Fraction | None:
        """Share of all that has a code; None of none."""
        whole = self.coded + self.uncoded
        return Fraction(self.coded, whole) if whole else None


def structure(businesses: Iterable[Registration]) -> Structure:
    """The three industries of businesses; text never decides."""
    industries = [each.industry for each in businesses]
    found = Counter(each.group for each in industries if each)
    return Structure(
        (found[PRIMARY], found[SECONDARY], found[TERTIARY]),
        sum(each is None for each in industries),
        sum(each is not None and each.is_grouped_by_section for each in industries),
    )


def section_of(business: Registration) -> str | None:
    """Letter of a business's section; None where it is not coded."""
    return business.industry.section if business.industry else None


def sections(found: Iterable[str | None]) -> Sequence[str | None]:
    """Letters in their order, and last what has none (行业空白), which is always told."""
    return [*sorted(letter for letter in found if letter), None]
