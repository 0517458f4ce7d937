"""How many businesses there are, where that comes from, and what does not add up."""

from datetime import date

import pytest
from support.figures.shops import business

from pipeline.domain.analysis.stock import BASE, EXPORTS, Stock, ended, stands, stock_of
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.figures import Tally

FIRST, AS_OF = date(2022, 1, 1), date(2022, 6, 30)


def old(number: int, cancelled: str | None = None, status: str = "", **more: str) -> Registration:
    return business(number, "2018-05-01", cancelled, **more)._replace(status=status)


@pytest.mark.parametrize(
    "shop, is_there",
    [
        (business(1, "2022-06-30"), True), (business(1, "2022-07-01"), False), (business(1, None, "2022-07-01"), True),
        (business(1, "2020-01-01", "2022-06-30"), False), (business(1, "2020-01-01", "2022-07-01"), True),
        (business(1, "2020-01-01", revoked="2021-01-01"), True), (old(1, status="注销"), False),
        (old(1, status="迁出"), False), (old(1, status="撤销"), False), (old(1, status="歇业"), True),
        (old(1)._replace(struck_off=date(2022, 6, 30)), False), (old(1)._replace(struck_off=date(2022, 7, 1)), True),
        (old(1, "2022-07-01", status="注销"), True),
    ],
)  # fmt: skip
def test_who_is_on_the_register_at_the_end_of_a_day(shop: Registration, is_there: bool) -> None:
    assert stands(shop, AS_OF) is is_there


def test_the_earlier_end_is_the_end() -> None:
    both = business(1, "2020-01-01", "2022-03-01")._replace(struck_off=date(2022, 2, 1))
    assert ended(both) == date(2022, 2, 1)


def test_an_export_of_the_year_s_changes_holds_not_all() -> None:
    changes = [
        *(old(number, "2022-02-01") for number in range(5)),
        *(business(number, "2022-03-01") for number in range(5, 40)),
    ]
    tally = Tally(new=35, cancelled=5)
    assert stock_of(changes, FIRST, AS_OF, tally, 0) == Stock(None, None, None, None)
    assert stock_of(changes, FIRST, AS_OF, tally, 11) == Stock(BASE, 41, 11, 41)
    assert stock_of(changes, FIRST, AS_OF, tally, 10).source == EXPORTS
    told = stock_of(changes, FIRST, AS_OF, tally, 0)
    assert told.difference is None and told.growth is None


def test_changes_that_are_yet_to_come_do_not_make_an_export_one_of_all() -> None:
    changes = [old(number, "2022-05-01") for number in range(5)]
    assert stock_of(changes, FIRST, date(2022, 1, 31), Tally(), 0).source is None
    assert stock_of([old(1, revoked="2022-03-01")], FIRST, AS_OF, Tally(), 0).source is None


def test_an_export_of_all_is_counted_and_held_against_the_balance() -> None:
    whole = [
        *(old(number) for number in range(20)), *(old(number, "2022-02-01") for number in range(20, 23)),
        *(business(number, "2022-03-01") for number in range(30, 40)), business(50, "2022-04-01")._replace(status="注销"),
        old(60, "2021-03-01"), old(61, status="迁出"),
    ]  # fmt: skip
    tally = Tally(new=11, cancelled=3)
    found = stock_of(whole, FIRST, AS_OF, tally, 0)
    assert found == Stock(EXPORTS, 30, 23, 31) and found.difference == -1 and found.growth == 7
    found = stock_of(whole, FIRST, AS_OF, tally, 25)
    assert found == Stock(EXPORTS, 30, 25, 33) and found.difference == -3


def test_a_false_registration_of_before_leaves_the_balance() -> None:
    whole = [
        *(old(number) for number in range(10)),
        old(11)._replace(struck_off=date(2022, 2, 1), status="撤销"),
    ]
    found = stock_of(whole, FIRST, AS_OF, Tally(struck_off=1, struck_off_stock=1), 0)
    assert found == Stock(EXPORTS, 10, 11, 10) and found.difference == 0
