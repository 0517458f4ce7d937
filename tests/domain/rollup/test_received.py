"""Which file counts for each county and month, and what is wrong or new: a table of situations."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from support.figures.counties import CITY, county, figures, secret_of, sent

from pipeline.domain.rollup.received import Received, Used, received
from pipeline.domain.rollup.sent import CountyMonth, read_sent
from pipeline.settings import Rollup


def take(
    *found: CountyMonth, chosen: Rollup = CITY, used: Mapping[int, Mapping[str, Used]] | None = None
) -> Received:
    return received(found, 2022, chosen, used or {})


def codes(found: Received) -> tuple[list[str], list[str]]:
    return [each.code for each in found.problems], [each.code for each in found.notices]


def as_used(each: CountyMonth) -> Used:
    return Used(each.revision, each.sent.digest, each.sent.key or "")


def by(secret: bytes, code: str = "01", **more: Any) -> CountyMonth:
    found = read_sent(*sent(figures(code, **more), secret=secret))
    assert isinstance(found, CountyMonth)
    return found


def test_the_higher_revision_counts_and_of_equal_files_the_first_that_came() -> None:
    first, again = (
        county("01", file="a.json", on="2022-07-09"),
        county("01", file="a (1).json", on="2022-07-03"),
    )
    corrected = county("02", revision=2, new=70)
    found = take(first, again, corrected, county("02"))
    assert codes(found) == ([], [])
    assert found.months[6]["01"].sent.on.isoformat() == "2022-07-03"
    assert found.months[6]["02"] == corrected


def test_a_county_first_came_with_its_first_file_whatever_counts() -> None:
    sent = county("01", on="2022-07-03"), county("01", revision=2, new=70, on="2022-07-09")
    found = take(*sent).months[6]["01"]
    assert (found.revision, found.sent.on.day, found.first_on.day) == (2, 9, 3)


def test_another_year_is_nobody_s_concern() -> None:
    old = replace(county("01"), month=replace(county("01").month, year=2021))
    assert take(old) == Received({}, (), ())


@pytest.mark.parametrize(
    "found, problem",
    [
        ([by(secret_of("09"), "09")], "figures-county"),
        ([county("01", place={"code": "02", "name": "东阳县"})], "figures-county"),
        ([county("01", file="a.json"), county("01", file="b.json", new=61)], "figures-conflict"),
    ],
)
def test_what_stops_a_roll_up(found: list[CountyMonth], problem: str) -> None:
    told = take(*found)
    assert codes(told) == ([problem], [])
    assert told.problems[0].source.file == found[-1].sent.file


@pytest.mark.parametrize("here, there", [("东阳县", "东 阳 县"), ("云台（高新）区", "云台(高新)区")])
def test_a_name_may_differ_in_blanks_and_widths(here: str, there: str) -> None:
    chosen = replace(CITY, counties={"01": here})
    assert codes(take(county("01", place={"code": "01", "name": there}), chosen=chosen)) == ([], [])


def test_a_published_month_may_be_followed_only_by_a_higher_revision() -> None:
    then = county("01", 5)
    used = {5: {"01": as_used(then)}}
    assert codes(take(then, used=used)) == ([], [])
    assert codes(take(county("01", 5, new=61), used=used)) == (["figures-changed"], [])
    assert codes(take(county("01", 5, new=61, revision=2), used=used)) == ([], ["county-corrected"])
    later = {5: {"01": as_used(county("01", 5, new=61, revision=2))}}
    assert codes(take(then, used=later)) == (["figures-changed"], [])
    assert codes(take(used=used)) == ([], [])


def test_what_came_after_the_roll_up_is_told() -> None:
    used = {5: {"01": as_used(county("01", 5))}}
    found = take(county("02", 5), county("02", 6), used=used)
    assert codes(found) == ([], ["county-missed"])
    assert "西川县2022年5月的数在汇总印发以后才到" in found.notices[0].advice


def test_another_key_than_last_time_is_told_once_and_a_pinned_one_decides() -> None:
    then, new = county("01", 5), b"new".ljust(32, b"-")
    used = {5: {"01": as_used(then)}}
    other = by(new, month=6)
    assert codes(take(then, other, used=used)) == ([], ["county-key"])
    assert codes(take(by(new, month=5), other, used=used)) == ([], ["county-key"])
    pinned = replace(CITY, keys={"01": str(then.sent.key).upper()})
    assert codes(take(then, other, chosen=pinned, used=used)) == (["figures-key"], [])
    renewed = replace(CITY, keys={"01": str(other.sent.key)})
    assert codes(take(other, chosen=renewed, used=used)) == ([], [])


def test_another_key_than_the_month_before_is_told_though_nothing_was_rolled_up_yet() -> None:
    may, june = county("01", 5), by(b"new".ljust(32, b"-"), month=6)
    found = take(may, june, county("02", 5), county("02", 6))
    assert codes(found) == ([], ["county-key"]) and found.notices[0].source.file == june.sent.file
    pinned = replace(CITY, keys={"01": str(june.sent.key)})
    assert codes(take(june, chosen=pinned)) == ([], []) and codes(take(june)) == ([], [])


def test_the_same_words_by_another_office_are_the_same_words() -> None:
    mine, others = county("01"), by(secret_of("02"))
    assert mine.sent.key != others.sent.key
    assert mine.sent.digest == others.sent.digest
