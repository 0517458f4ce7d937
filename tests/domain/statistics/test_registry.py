"""What a registry knows and a calendar does not: false registrations, months that end on the 25th, its own way of counting."""

from datetime import date
from typing import Any

import pytest
from support.figures.shops import UNITS, business, day

from pipeline.domain.period import Calendar
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import attribute
from pipeline.domain.statistics.counting import Counted, count
from pipeline.domain.statistics.figures import MonthFigures, Tally, Yardstick
from pipeline.domain.statistics.late import Late, counted_now, late_records
from pipeline.domain.statistics.measuring import month_figures
from pipeline.domain.statistics.published import Published, published_from
from pipeline.domain.statistics.registry import Comparison, compared

JUNE = date(2022, 6, 30)
IN_STOCK: dict[str, Any] = {"status": "在册"}


def shop(
    number: int,
    established: str | None = None,
    cancelled: str | None = None,
    *,
    status: str = "",
    struck_off: str | None = None,
    closed: str | None = None,
    **more: Any,
) -> Registration:
    made = business(number, established, cancelled, **more)
    days = {"struck_off": struck_off and day(struck_off), "closed": closed and day(closed)}
    return made._replace(status=status, **days)


def counted(shops: list[Registration], as_of: date, month_end: int = 0) -> tuple[Counted, ...]:
    return count(attribute(shops, {}, UNITS, as_of), as_of, Calendar(month_end))


def figures(shops: list[Registration], as_of: date = JUNE, month_end: int = 0) -> MonthFigures:
    yardstick = Yardstick(month_end=month_end)
    return month_figures(counted(shops, as_of, month_end), UNITS, as_of, yardstick)


@pytest.mark.parametrize(
    "month, new, cancelled, struck_off",
    [("5-31", 1, 0, 0), ("6-30", 0, 0, 1), ("7-31", 0, 0, 1)],
)
def test_a_false_registration_counts_until_the_month_in_which_it_is_revoked(
    month: str, new: int, cancelled: int, struck_off: int
) -> None:
    shops = [shop(1, "3-1", unit="01", status="撤销", struck_off="6-5")]
    tally = figures(shops, day(month)).units[0].tally
    assert (tally.new, tally.cancelled, tally.struck_off, tally.struck_off_stock) == (
        new,
        cancelled,
        struck_off,
        0,
    )


@pytest.mark.parametrize(
    "shops, tally",
    [
        ([shop(1, "3-1", "5-1", struck_off="6-5")], Tally(struck_off=1)),
        ([shop(1, "2019-03-01", struck_off="6-5")], Tally(struck_off=1, struck_off_stock=1)),
        ([shop(1, "2019-03-01", "2020-03-01", struck_off="6-5")], Tally(struck_off=1)),
        ([shop(1, "2019-03-01", "5-1", struck_off="6-5")], Tally(struck_off=1, struck_off_stock=1)),
        ([shop(1, "2019-03-01", struck_off="2021-06-05")], Tally()),
        ([shop(1, "3-1", struck_off="7-5")], Tally(new=1)),
        ([shop(1, "3-1", "6-1", status="撤销")], Tally()),
        ([shop(1, "3-1", status="歇业"), shop(2, "6-1", **IN_STOCK)], Tally(new_month=1, new=2)),
    ],
)  # fmt: skip
def test_what_is_struck_off_is_neither_new_nor_cancelled(shops: list[Registration], tally: Tally) -> None:
    assert figures(shops).county.tally == tally


def test_the_bulletin_after_a_revocation_discloses_it_and_what_was_printed_stays() -> None:
    before = shop(1, "3-1", unit="01")
    then = counted_now(counted([before], date(2022, 5, 31)), b"secret")
    now = before._replace(status="撤销", struck_off=date(2022, 6, 5))
    late = late_records(counted([now], JUNE), date(2022, 5, 31), then, b"secret")
    assert late.county == Late(withdrawn_new=1) and late.units["01"] == Late(withdrawn_new=1)


DAYS = ("2021-12-25", "2021-12-26", "1-25", "1-26", "5-25", "5-26", "5-31", "6-1", "6-25", "6-26", "6-30")


@pytest.mark.parametrize(
    "month_end, as_of, new_month, new, pace",
    [
        (0, "6-30", 4, 9, "1/2"), (0, "1-31", 2, 2, "1/12"), (25, "6-25", 4, 8, "1/2"), (25, "1-25", 2, 2, "1/12"),
        (25, "5-25", 1, 4, "5/12"), (28, "6-28", 4, 8, "1/2"), (25, "7-25", 2, 10, "7/12"),
    ],
)  # fmt: skip
def test_a_month_has_the_days_of_its_registry(
    month_end: int, as_of: str, new_month: int, new: int, pace: str
) -> None:
    found = figures([shop(n, each, unit="01") for n, each in enumerate(DAYS)], day(as_of), month_end)
    assert (found.units[0].tally.new_month, found.units[0].tally.new, str(found.pace)) == (
        new_month,
        new,
        pace,
    )
    assert found.as_of == day(as_of) and found.month == day(as_of).month


def test_what_was_published_keeps_its_months() -> None:
    found = figures([shop(1, "6-1")], date(2022, 6, 25), 25)
    plain = Published(found, {}).as_plain()
    assert published_from(plain).figures == found and found.first == date(2022, 5, 26)
    del plain["yardstick"]["month_end"]
    for tally in (plain["unattributed"], *(each["tally"] for each in plain["units"])):
        del tally["struck_off"], tally["struck_off_stock"]
    assert published_from(plain).figures.as_of == JUNE  # as bulletins were kept before there was a choice


def told(found: tuple[Comparison, ...]) -> dict[str, tuple[int, int, dict[str, int]]]:
    return {each.name: (each.ours, each.theirs, dict(each.causes)) for each in found if each.causes}


@pytest.mark.parametrize(
    "one, differences",
    [
        (shop(1, "6-1", **IN_STOCK), {}),
        (shop(1, "6-1", "6-20", status="注销", closed="6-20"), {
            "本月新登记": (2, 1, {"当期成立又注销": 1}), "累计新登记": (2, 1, {"当期成立又注销": 1})}),
        (shop(1, "5-1", "6-20", status="注销", closed="6-20"), {"累计新登记": (2, 1, {"当期成立又注销": 1})}),
        (shop(1, "6-1", "7-20", status="注销", closed="7-20"), {}),
        (shop(1, "2019-01-01", "6-20", status="注销", closed="6-20"), {}),
        (shop(1, "2019-01-01", "5-20", status="注销", closed="6-2"), {"本月注销": (0, 1, {"注销日期与核准日期不在同一期": -1})}),
        (shop(1, "2019-01-01", "6-29", status="注销", closed="7-2"), {
            "本月注销": (1, 0, {"注销日期与核准日期不在同一期": 1}), "累计注销": (1, 0, {"注销日期与核准日期不在同一期": 1}),
            "期末实有": (100, 101, {"注销日期与核准日期不在同一期": -1})}),
        (shop(1, "2019-01-01", "6-29", status="注销"), {
            "本月注销": (1, 0, {"没有核准日期": 1}), "累计注销": (1, 0, {"没有核准日期": 1})}),
        (shop(1, "6-1", status="注销"), {
            "本月新登记": (2, 1, {"没有核准日期": 1}), "累计新登记": (2, 1, {"没有核准日期": 1}),
            "期末实有": (102, 101, {"没有核准日期": 1})}),
        (shop(1, "2019-01-01", "6-29", **IN_STOCK), {
            "本月注销": (1, 0, {"有注销日期而状态不是注销": 1}), "累计注销": (1, 0, {"有注销日期而状态不是注销": 1}),
            "期末实有": (100, 101, {"有注销日期而状态不是注销": -1})}),
        (shop(1, "6-1", status="吊销", revoked="6-20"), {
            "本月新登记": (2, 1, {"吊销": 1}), "累计新登记": (2, 1, {"吊销": 1}), "期末实有": (102, 101, {"吊销": 1})}),
        (shop(1, "6-1", status="迁出"), {
            "本月新登记": (2, 1, {"迁出": 1}), "累计新登记": (2, 1, {"迁出": 1}), "期末实有": (102, 101, {"迁出": 1})}),
        (shop(1, "6-1", status="撤销", struck_off="6-20"), {}),
        (shop(1, "2019-01-01", status="撤销", struck_off="6-20"), {}),
        (shop(1, "2019-01-01", status="撤销"), {"期末实有": (101, 100, {"撤销": 1})}),
        (shop(1, "2019-01-01", "6-2", status="注销", closed="6-2", struck_off="6-20"), {
            "本月注销": (0, 1, {"撤销": -1}), "累计注销": (0, 1, {"撤销": -1})}),
        (shop(1, "7-1", **IN_STOCK), {}),
    ],
)  # fmt: skip
def test_why_the_registry_counts_otherwise(one: Registration, differences: dict[str, Any]) -> None:
    shops = [one, shop(2, "6-2", **IN_STOCK)]
    found = compared(shops, counted(shops, JUNE), figures(shops), 100)
    assert told(found) == differences
    assert [each.name for each in found] == ["本月新登记", "本月注销", "累计新登记", "累计注销", "期末实有"]


def test_the_registry_is_not_compared_without_states_and_the_stock_not_without_a_base() -> None:
    shops = [shop(1, "6-1")]
    assert compared(shops, counted(shops, JUNE), figures(shops), 100) == ()
    shops = [shop(1, "6-1", **IN_STOCK)]
    found = compared(shops, counted(shops, JUNE), figures(shops), None)
    assert [each.name for each in found] == ["本月新登记", "本月注销", "累计新登记", "累计注销"]


def test_the_registry_is_compared_over_its_own_month() -> None:
    shops = [shop(1, "5-27", "6-26", status="注销", closed="6-24"), shop(2, "6-26", **IN_STOCK)]
    as_of = date(2022, 6, 25)
    found = compared(shops, counted(shops, as_of, 25), figures(shops, as_of, 25), None)
    assert told(found) == {
        "本月新登记": (1, 0, {"当期成立又注销": 1}), "累计新登记": (1, 0, {"当期成立又注销": 1}),
        "本月注销": (0, 1, {"注销日期与核准日期不在同一期": -1}), "累计注销": (0, 1, {"注销日期与核准日期不在同一期": -1}),
    }  # fmt: skip
