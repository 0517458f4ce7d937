from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.figures.shops import UNITS, business, day, letter, serial

from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.model import Problem
from pipeline.domain.period import Calendar
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import attribute
from pipeline.domain.statistics.doubts import doubts
from pipeline.domain.values.identity import long_form

JUNE = date(2022, 6, 30)
OLD_FORM = "999999900101123"
ID, ANOTHER = long_form(OLD_FORM), long_form("999999900101124")


def attributed(
    businesses: Sequence[Registration], *letters: tuple[Serial, Letter], as_of: date = JUNE
) -> list[tuple[str | None, str | None]]:
    found = attribute(businesses, dict(letters), UNITS, as_of)
    assert [each.business for each in found] == list(businesses)
    return [(each.unit, each.by) for each in found]


def doubted(
    businesses: Sequence[Registration],
    *letters: tuple[Serial, Letter],
    as_of: date = JUNE,
    valid_days: int | None = None,
) -> list[tuple[int | None, str]]:
    return [
        (found.source.row, found.code) for found in doubts_of(businesses, dict(letters), as_of, valid_days)
    ]


def doubts_of(
    businesses: Sequence[Registration],
    letters: dict[Serial, Letter],
    as_of: date = JUNE,
    valid_days: int | None = None,
) -> tuple[Problem, ...]:
    return doubts(attribute(businesses, letters, UNITS, as_of), letters, as_of, valid_days)


def test_a_live_letter_gives_the_business_to_its_unit() -> None:
    shop = business(2, "5-7", letter=serial("01", 1))
    assert attributed([shop], letter("01", 1)) == [("01", "介绍信")]
    assert doubted([shop], letter("01", 1)) == []


def test_without_a_letter_the_declared_unit_counts_and_without_that_none() -> None:
    assert attributed([business(2, "5-7", unit="26"), business(3, "5-7")]) == [
        ("26", "申报单位"),
        (None, None),
    ]
    assert doubted([business(2, "5-7", unit="26"), business(3, "5-7")]) == []


def test_the_letter_wins_over_another_declared_unit_and_that_is_doubtful() -> None:
    shop = business(2, "5-7", letter=serial("01", 1), unit="02")
    assert attributed([shop], letter("01", 1)) == [("01", "介绍信")]
    assert doubted([shop], letter("01", 1)) == [(2, "letter-other-unit")]


@pytest.mark.parametrize(
    "letters, code",
    [
        ([], "letter-unknown"),
        ([letter("01", 1, "void")], "letter-void"),
        ([letter("01", 1, "lost")], "letter-lost"),
    ],
)
def test_a_letter_that_does_not_serve_falls_through_to_the_declared_unit(
    letters: list[tuple[Serial, Letter]], code: str
) -> None:
    declared = business(2, "5-7", letter=serial("01", 1), unit="02")
    undeclared = business(3, "5-7", letter=serial("01", 1))
    assert attributed([declared, undeclared], *letters) == [("02", "申报单位"), (None, None)]
    assert doubted([declared, undeclared], *letters) == [(2, code), (3, code)]


@pytest.mark.parametrize("state", ["reserved", "printed", "returned", "distributed", "reprinted"])
def test_every_letter_but_the_void_and_the_lost_serves(state: str) -> None:
    shop = business(2, "5-7", letter=serial("01", 1))
    assert attributed([shop], letter("01", 1, state)) == [("01", "介绍信")]


def test_a_letter_of_a_unit_that_is_not_in_the_roster_falls_through() -> None:
    shop = business(2, "5-7", letter=serial("77", 1), unit="02")
    assert attributed([shop], letter("77", 1)) == [("02", "申报单位")]
    assert doubted([shop], letter("77", 1)) == [(2, "letter-of-no-unit")]


def test_a_letter_on_two_businesses_stays_with_the_one_established_earlier() -> None:
    later = business(2, "5-8", letter=serial("01", 1), unit="03")
    earlier = business(3, "5-7", letter=serial("01", 1), unit="02")
    assert attributed([later, earlier], letter("01", 1)) == [("03", "申报单位"), ("01", "介绍信")]
    assert doubted([later, earlier], letter("01", 1)) == [
        (2, "letter-used-twice"),
        (3, "letter-used-twice"),
        (3, "letter-other-unit"),
    ]
    told = doubts_of([later, earlier], dict([letter("01", 1)]))
    assert "第3行" in told[0].advice and "第2行" in told[1].advice and told[0].seen == "2022-01-0001"


def test_established_on_the_same_day_the_first_row_keeps_the_letter() -> None:
    shops = [business(row, "5-7", letter=serial("01", 1)) for row in (2, 3, 4)]
    assert attributed(shops, letter("01", 1)) == [("01", "介绍信"), (None, None), (None, None)]
    assert doubted(shops, letter("01", 1)) == [(row, "letter-used-twice") for row in (2, 3, 4)]


def test_what_was_not_established_by_then_takes_no_letter_and_has_no_doubt() -> None:
    shops = [business(2, "7-1", letter=serial("01", 1), unit="01"), business(3, None, "6-1", unit="01")]
    assert attributed(shops, letter("01", 1)) == [(None, None), (None, None)]
    assert doubted(shops, letter("01", 1)) == []
    assert attributed(shops, letter("01", 1), as_of=date(2022, 7, 31))[0] == ("01", "介绍信")


@pytest.mark.parametrize(
    "holder, operator, is_doubtful",
    [
        (ID, ID, False),
        (ID, ANOTHER, True),
        (OLD_FORM, ID, False),
        (ID, "", False),
        ("", ID, False),
        (ID, "1411********1234", False),
        (ID, "9999991990", False),
        ("99999919900101123x", "99999919900101123X", False),
    ],
)
def test_another_persons_letter_counts_and_is_doubtful(holder: str, operator: str, is_doubtful: bool) -> None:
    shop = business(2, "5-7", letter=serial("01", 1), id_no=operator)
    letters = [letter("01", 1, id_no=holder)]
    assert attributed([shop], *letters) == [("01", "介绍信")]
    assert doubted([shop], *letters) == [(2, "letter-other-person")] * is_doubtful


def test_no_doubt_shows_a_whole_id_number() -> None:
    shops = [
        business(2, "5-7", "6-1", letter=serial("01", 1), id_no=ANOTHER, operator="某甲"),
        business(3, "6-2", id_no=ANOTHER, operator="某甲"),
    ]
    told = doubts_of(shops, dict([letter("01", 1, id_no=ID)]))
    assert [each.code for each in told] == ["letter-other-person", "registered-again"]
    assert not any(number in each.seen + each.advice for each in told for number in (ID, ANOTHER))


@pytest.mark.parametrize(
    "established, valid_days, codes",
    [
        ("5-6", None, ["before-letter"]),
        ("5-7", None, []),
        ("6-30", None, []),
        ("5-17", 10, []),
        ("5-18", 10, ["after-letter"]),
        ("5-7", 0, []),
    ],
)
def test_a_registration_outside_the_letters_time_counts_and_is_doubtful(
    established: str, valid_days: int | None, codes: list[str]
) -> None:
    shop = business(2, established, letter=serial("01", 1))
    assert attributed([shop], letter("01", 1, on="5-7")) == [("01", "介绍信")]
    assert doubted([shop], letter("01", 1, on="5-7"), valid_days=valid_days) == [(2, code) for code in codes]
    assert doubted([shop], letter("01", 1), valid_days=valid_days) == []


@pytest.mark.parametrize(
    "cancelled, established, is_doubtful",
    [
        ("3-1", "3-1", True),
        ("3-1", "5-30", True),
        ("3-1", "5-31", False),
        ("3-2", "3-1", False),
        ("2021-12-31", "1-5", True),
    ],
)
def test_the_same_persons_next_shop_within_90_days_is_doubtful(
    cancelled: str, established: str, is_doubtful: bool
) -> None:
    closed = business(2, "2019-05-06", cancelled, id_no=ID, operator="某甲")
    again = business(3, established, id_no=OLD_FORM, operator="某 甲", unit="04")
    assert attributed([closed, again])[1] == ("04", "申报单位")
    assert doubted([closed, again]) == [(3, "registered-again")] * is_doubtful
    assert doubted([closed, again._replace(id_no=ANOTHER)]) == []
    assert doubted([closed, again._replace(operator="某乙")]) == []
    assert doubted([closed._replace(id_no=""), again._replace(id_no="")]) == []


@pytest.mark.parametrize("month_end, is_doubtful", [(0, False), (25, True)])
def test_the_plan_year_may_begin_in_december(month_end: int, is_doubtful: bool) -> None:
    closed = business(2, "2019-05-06", "2021-12-01", id_no=ID, operator="某甲")
    again = business(3, "2021-12-26", id_no=ID, operator="某甲")
    found = doubts(attribute([closed, again], {}, UNITS, JUNE), {}, JUNE, calendar=Calendar(month_end))
    assert [each.code for each in found] == ["registered-again"] * is_doubtful


def test_an_old_shop_is_not_called_registered_again() -> None:
    closed = business(2, "2018-01-01", "2019-05-01", id_no=ID)
    assert doubted([closed, business(3, "2019-05-06", id_no=ID, operator="某2")]) == []


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Registration], dict[Serial, Letter]]:
    numbers = st.builds(serial, st.sampled_from(["01", "02", "77"]), st.integers(1, 3))
    days = st.none() | st.dates(date(2021, 11, 1), date(2022, 9, 1)).map(str)
    shops = [
        business(row, draw(days), letter=draw(st.none() | numbers), unit=draw(st.sampled_from([None, "01", "03"])))
        for row in range(2, draw(st.integers(2, 12)))
    ]  # fmt: skip
    states = st.sampled_from(["printed", "void", "lost"])
    letters = dict(
        letter(each.unit, each.number, draw(states), on=draw(st.sampled_from([None, "5-7"])))
        for each in draw(st.lists(numbers, unique=True))
    )
    return shops, letters


@given(registers())
def test_whoever_counts_by_letter_holds_it_alone_and_is_the_earliest(
    register: tuple[list[Registration], dict[Serial, Letter]],
) -> None:
    shops, letters = register
    by_letter = [each.business for each in attribute(shops, letters, UNITS, JUNE) if each.by == "介绍信"]
    assert len({shop.letter for shop in by_letter}) == len(by_letter)
    for shop in by_letter:
        rivals = [each.established for each in shops if each.letter == shop.letter and each.established]
        assert shop.established == min(rivals)


@given(registers())
def test_whoever_loses_its_letter_or_its_declared_unit_is_told(
    register: tuple[list[Registration], dict[Serial, Letter]],
) -> None:
    shops, letters = register
    found = attribute(shops, letters, UNITS, JUNE)
    told = {each.source.row for each in doubts(found, letters, JUNE)}
    for each in found:
        named = {each.business.letter.unit} if each.business.letter else set()
        wanted = named | ({each.business.unit} if each.business.unit else set())
        if each.business.established and each.business.established <= JUNE and wanted - {each.unit}:
            assert each.business.sources[-1].row in told


def test_days_of_the_tests_are_days_of_the_plan_year() -> None:
    assert day("5-7") == date(2022, 5, 7) and day("2021-12-31") == date(2021, 12, 31)
