"""Who runs businesses: one person or a family (促进个体工商户发展条例 2), and of which age; only counted, never told of anybody."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pipeline.domain.records.registrations import Registration
from pipeline.domain.values.identity import age_on, birthday, id_number

FORMS = {"个人": "个人经营", "家庭": "家庭经营"}
"""A word by which a form (组成形式) is known → what it is called."""
AGES = {"29岁及以下": 30, "30至39岁": 40, "40至49岁": 50, "50至59岁": 60, "60岁及以上": 1000}
"""Full years of the operator (周岁): what a span is called → the age from which on the next one begins."""


@dataclass(frozen=True, slots=True)
class Make:
    """Businesses by something that is known of some of them."""

    counts: tuple[tuple[str, int], ...]
    """All values in their order, and how many businesses have each."""
    unknown: int
    """Of which nothing is known."""

    @property
    def known(self) -> int:
        """Of which something is."""
        return sum(number for _, number in self.counts)

    @property
    def known_share(self) -> Fraction | None:
        """Share of all of which something is known; None of none."""
        whole = self.known + self.unknown
        return Fraction(self.known, whole) if whole else None


def forms(businesses: Iterable[Registration]) -> Make:
    """Businesses by their form; words that are both or neither tell nothing."""
    return _make(businesses, tuple(FORMS.values()), _form)


def ages(businesses: Iterable[Registration], day: date) -> Make:
    """Businesses by their operator's age on a day: who has two counts twice.

    An ID number with anything wrong in it tells no age, nor does a passport.
    """
    return _make(businesses, tuple(AGES), lambda business: _span(business.id_no, day))


def _make(
    businesses: Iterable[Registration], values: tuple[str, ...], value: Callable[[Registration], str | None]
) -> Make:
    found = Counter(map(value, businesses))
    return Make(tuple((each, found[each]) for each in values), found[None])


def _form(business: Registration) -> str | None:
    said = [name for word, name in FORMS.items() if word in business.form]
    return said[0] if len(said) == 1 else None


def _span(id_no: str, day: date) -> str | None:
    if not id_no or id_number(id_no, day).stops:
        return None
    age = age_on(birthday(id_no), day)
    return next(name for name, end in AGES.items() if age < end)
