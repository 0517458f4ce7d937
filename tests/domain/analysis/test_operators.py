"""Who runs businesses: forms and ages, counted."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.shops import business

from pipeline.domain.analysis.operators import AGES, Make, ages, forms
from pipeline.domain.values.identity import check_sign

DAY = date(2022, 6, 30)


def id_no(born: date) -> str:
    digits = f"999999{born:%Y%m%d}123"
    return digits + check_sign(digits)


def wrong(number: str) -> str:
    """The number with another last digit."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def told(make: Make) -> dict[str, int]:
    return {name: number for name, number in make.counts if number}


@pytest.mark.parametrize(
    "form, known",
    [
        ("个人经营", "个人经营"), ("家庭经营", "家庭经营"), ("个人", "个人经营"), ("个体工商户（家庭）", "家庭经营"), ("", None),
        ("个体工商户", None), ("个人/家庭", None), ("其他", None),
    ],
)  # fmt: skip
def test_a_form_is_told_by_its_word(form: str, known: str | None) -> None:
    make = forms([business(1)._replace(form=form)])
    assert told(make) == ({known: 1} if known else {}) and make.unknown == (known is None)


@pytest.mark.parametrize(
    "number, span",
    [
        (id_no(date(1992, 7, 1)), "29岁及以下"), (id_no(date(1992, 6, 30)), "30至39岁"), (id_no(date(1962, 7, 1)), "50至59岁"),
        (id_no(date(1962, 6, 30)), "60岁及以上"), (id_no(date(1930, 1, 1)), "60岁及以上"), ("999999720101123", "50至59岁"),
        ("", None), ("G12345678", None), (id_no(date(2022, 7, 1)), None),
        (f"{id_no(date(1992, 6, 30))[:-1]}A", None), (wrong(id_no(date(1992, 6, 30))), None),
    ],
)  # fmt: skip
def test_an_age_is_of_full_years_and_only_of_a_number_without_fault(number: str, span: str | None) -> None:
    make = ages([business(1)._replace(id_no=number)], DAY)
    assert told(make) == ({span: 1} if span else {}) and make.unknown == (span is None)


def test_nobody_has_no_share() -> None:
    assert forms([]).known_share is None and ages([], DAY).known_share is None


@given(st.lists(st.dates(date(1940, 1, 1), date(2004, 1, 1)) | st.none(), max_size=30))
def test_ages_equal_a_recount_by_birthdays(born: Sequence[date | None]) -> None:
    shops = [business(n)._replace(id_no=id_no(each) if each else "") for n, each in enumerate(born)]
    make = ages(shops, DAY)
    birthdays = (
        [(year, each.month, each.day) for year in range(each.year + 1, 2023)] for each in born if each
    )
    full = [sum(day <= (2022, 6, 30) for day in days) for days in birthdays]
    bounds = [0, 30, 40, 50, 60, 200]
    assert [number for _, number in make.counts] == [
        sum(low <= years < high for years in full) for low, high in pairwise(bounds)
    ]
    assert [name for name, _ in make.counts] == list(AGES) and make.unknown == born.count(None)
