"""What is said of a registration that names a letter or should, and what each unit is asked."""

from datetime import date

import pytest
from support.figures.shops import UNITS, business, letter, serial

from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import attribute
from pipeline.domain.statistics.doubts import doubts
from pipeline.domain.values.identity import long_form, masked_name
from pipeline.reports.reconciliation.findings import WORDS, Finding, Period, reconciled
from pipeline.reports.reconciliation.inquiry import (
    Inquiry,
    Room,
    finding_row,
    inquiries,
    left_over,
    outstanding_rows,
)
from pipeline.reports.reconciliation.outstanding import Whereabouts, outstanding

YEAR, MAY = Period(date(2022, 1, 1), date(2022, 6, 30)), Period(date(2022, 5, 1), date(2022, 5, 31))
ID, ANOTHER = long_form("999999900101123"), long_form("999999900101124")


def issued(
    number: Serial, state: str = "printed", on: str | None = None, id_no: str = ""
) -> tuple[Serial, Letter]:
    return letter(number.unit, number.number, state, on, id_no)


NAMES = {unit.code: unit.name for unit in UNITS}


def found(
    businesses: list[Registration],
    *letters: tuple[Serial, Letter],
    period: Period = YEAR,
    days: int | None = None,
) -> tuple[Finding, ...]:
    known = dict(letters)
    return reconciled(attribute(businesses, known, UNITS, period.last), known, period, days)


def codes(*arguments: object, **options: object) -> list[tuple[int | None, tuple[str, ...]]]:
    return [
        (each.attribution.business.sources[0].row, each.codes)
        for each in found(*arguments, **options)  # type: ignore[arg-type]
    ]


def test_each_registration_that_names_a_letter_or_should_has_a_finding() -> None:
    one, two, dead, lost = (serial("01", number) for number in (1, 2, 3, 4))
    shops = [
        business(1, "3-1", letter=one, unit="01"),
        business(2, "3-2", letter=two, unit="02"),
        business(3, "3-3", letter=two, unit="01"),
        business(4, "3-4", letter=dead),
        business(5, "3-5", letter=lost),
        business(6, "3-6", letter=serial("01", 99)),
        business(7, "3-7", unit="01"),
        business(8, "3-8"),
        business(9, cancelled="3-9", unit="01"),
    ]
    there = (issued(one), issued(two), issued(dead, state="void"), issued(lost, state="lost"))
    assert codes(shops, *there) == [
        (1, ("used-as-issued",)),
        (2, ("letter-used-twice", "letter-other-unit")),
        (3, ("letter-used-twice",)),
        (4, ("letter-void",)),
        (5, ("letter-lost",)),
        (6, ("letter-unknown",)),
        (7, ("no-letter",)),
    ]


def test_who_has_a_filled_letter_and_does_not_name_it_is_told() -> None:
    filled = issued(serial("01", 1), id_no=ID)
    shops = [business(1, "3-1", id_no=ID, unit="02"), business(2, "3-2", id_no=ANOTHER)]
    [only] = found(shops, filled)
    assert only.codes == ("letter-not-named",) and only.is_doubtful and not only.doubts
    assert only.units == {"01", "02"}


def test_a_month_tells_its_own_registrations_by_the_rules_of_its_end() -> None:
    one = serial("01", 1)
    shops = [business(number, f"{number}-10", letter=one, unit="01") for number in (4, 5, 6)]
    assert codes(shops, issued(one), period=MAY) == [(5, ("letter-used-twice",))]


def test_every_doubt_of_the_bulletin_is_told_here_and_has_words() -> None:
    one, other = serial("01", 1), serial("09", 1)
    there = dict((issued(one, id_no=ID, on="3-5"), issued(other)))
    shops = [
        business(1, "3-1", letter=one, unit="02", id_no=ANOTHER),
        business(2, "5-9", letter=other, unit="09"),
        business(3, "5-9", letter=serial("77", 1)),
    ]
    attributions = attribute(shops, there, UNITS, YEAR.last)
    told = [doubt for each in reconciled(attributions, there, YEAR, 30) for doubt in each.doubts]
    assert told == list(doubts(attributions, there, YEAR.last, 30)) and len(told) > 3
    assert {doubt.code for doubt in told} <= WORDS.keys()


def test_a_letter_without_a_date_was_not_used_before_it_was_handed_out() -> None:
    one, two, dated = (serial("01", number) for number in (1, 2, 3))
    there = dict((issued(one), issued(two), issued(dated, on="3-1")))
    shops = [business(place, "3-5", letter=key, unit="01") for place, key in enumerate((one, two, dated), 1)]
    attributions = attribute(shops, there, UNITS, YEAR.last)
    handed_out = {one: date(2022, 3, 6), two: date(2022, 3, 5), dated: date(2022, 3, 6)}
    told = reconciled(attributions, there, YEAR, None, handed_out)
    assert [each.codes for each in told] == [("before-letter",), ("used-as-issued",), ("used-as-issued",)]


# ---- what a unit is asked


def asked(shops: list[Registration], states: dict[int, str], room: Room) -> tuple[Inquiry, str]:
    there = [issued(serial("01", number)) for number in states]
    letters = dict(there)
    where = {serial("01", n): Whereabouts(state, date(2022, 3, 1)) for n, state in states.items()}
    ordered = [letters[key] for key in sorted(letters)]
    unused = outstanding(ordered, where, YEAR.last)
    [only] = inquiries(UNITS, ordered, where, unused, found(shops, *there))
    return only, left_over(only, room)


def test_a_letter_asks_for_what_the_unit_holds_and_counts_the_rest() -> None:
    states = {
        1: "used",
        2: "void",
        3: "distributed",
        4: "returned",
        5: "distributed",
        6: "printed",
        7: "distributed",
    }
    only, rest = asked([business(7, "3-7", unit="01")], states, Room(2, 5))
    assert (only.unit.name, only.live, only.used, only.unused, only.unnamed) == ("东村镇", 6, 1, 4, 1)
    assert [each.numbers for each in only.outstanding] == [f"2022-01-000{n}" for n in (3, 5, 6, 7)]
    [row] = outstanding_rows(only, 2)
    assert (row["编号"], row["份数"], row["天数"]) == ("2022-01-0003、0005", "2", "121")
    assert rest == "另有未使用的介绍信2份，见附表。"
    assert sum(int(row["份数"]) for row in outstanding_rows(only, 99)) == only.unused
    assert left_over(only, Room(99, 99)) == ""


def test_a_unit_with_nothing_to_answer_is_not_asked() -> None:
    there = issued(serial("01", 1))
    where = {there[0]: Whereabouts("used", date(2022, 3, 1))}
    right = found([business(1, "3-1", letter=there[0], unit="01"), business(2, "3-2", unit="02")], there)
    assert inquiries(UNITS, [there[1]], where, (), right) == ()


def test_a_registration_is_named_without_its_person() -> None:
    one = serial("01", 1)
    [only] = found([business(1, "3-1", letter=one, unit="02", operator="欧阳小明", id_no=ID)], issued(one))
    row = finding_row(only, NAMES)
    assert row["经营者"] == "欧某某某" and ID not in "".join(row.values())
    assert "发给东村镇，申报普明镇" in row["问题"] and row["编号"] == one.key


@pytest.mark.parametrize("name, shown", [("王小明", "王某某"), ("李四", "李某"), ("张", "张"), ("", "")])
def test_masked_names(name: str, shown: str) -> None:
    assert masked_name(name) == shown
