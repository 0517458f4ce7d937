from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.letters.model import BatchId, Draft, Letter, Serial
from pipeline.domain.letters.numbering import Demand, Issued, missing_letters, parse_batch_id, ranges, runs
from pipeline.domain.model import Applicant, Unit

NOTHING = Issued({}, set())


def unit(code: str, target: int = 0) -> Unit:
    return Unit(code, f"单位{code}", f"岚县单位{code}", "乡镇", target=target)


def applicant(number: int, business: str = "小店") -> Applicant:
    return Applicant(f"某{number}", f"id-{number}", "", business, "", "")


def after(issued: Issued, drafts: Sequence[Draft]) -> Issued:
    """What is issued once the drafts are numbered."""
    live = Counter(dict(issued.live)) + Counter(draft.unit.code for draft in drafts)
    people = {(draft.applicant.id_no, draft.applicant.business) for draft in drafts if draft.applicant}
    return Issued(live, set(issued.applicants) | people)


@st.composite
def demands(draw: st.DrawFn) -> Demand:
    codes = draw(st.lists(st.integers(1, 9), unique=True, max_size=5))
    units = [unit(f"{code:02d}", draw(st.integers(0, 12))) for code in codes]
    people = {
        each.code: [
            applicant(number) for number in draw(st.lists(st.integers(0, 99), unique=True, max_size=6))
        ]
        for each in units
    }
    return Demand(units, people, draw(st.integers(0, 100)), None, date(2022, 6, 1), None)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Demand, Issued]:
    demand = draw(demands())
    live = {each.code: draw(st.integers(0, 15)) for each in demand.units}
    people = [(who.id_no, who.business) for all_of_unit in demand.applicants.values() for who in all_of_unit]
    known = set(draw(st.lists(st.sampled_from(people), unique=True))) if people else set()
    return demand, Issued(live, known)


@given(situations())
def test_asked_again_after_numbering_nothing_is_missing(situation: tuple[Demand, Issued]) -> None:
    demand, issued = situation
    assert missing_letters(demand, after(issued, missing_letters(demand, issued))) == []


@given(situations())
def test_every_unit_ends_with_at_least_its_target_and_every_applicant_with_a_letter(
    situation: tuple[Demand, Issued],
) -> None:
    demand, issued = situation
    then = after(issued, missing_letters(demand, issued))
    assert all(then.live.get(each.code, 0) >= each.target for each in demand.units)
    assert all(
        (who.id_no, who.business) in then.applicants
        for people in demand.applicants.values()
        for who in people
    )


@given(situations())
def test_no_blank_letter_is_numbered_beyond_the_target_and_its_spares(
    situation: tuple[Demand, Issued],
) -> None:
    demand, issued = situation
    blanks = Counter(draft.unit.code for draft in missing_letters(demand, issued) if draft.applicant is None)
    then = after(issued, missing_letters(demand, issued))
    for each in demand.units:
        most = each.target + -(-each.target * demand.spare_percent // 100)
        assert blanks[each.code] == 0 or then.live[each.code] == most


@given(demands(), st.integers(0, 8))
def test_letters_come_unit_by_unit_in_roster_order_filled_ones_first(demand: Demand, more: int) -> None:
    drafts = missing_letters(demand, NOTHING)
    order = [each.code for each in demand.units]
    places = [(order.index(draft.unit.code), draft.applicant is None) for draft in drafts]
    assert places == sorted(places)
    for each in demand.units:
        filled = [draft.applicant for draft in drafts if draft.unit.code == each.code and draft.applicant]
        assert filled == list(demand.applicants[each.code])


@given(demands(), st.integers(1, 9))
def test_a_raised_target_asks_for_the_difference_only(demand: Demand, more: int) -> None:
    demand = replace(demand, applicants={}, spare_percent=0)
    issued = after(NOTHING, missing_letters(demand, NOTHING))
    raised = replace(demand, units=[replace(each, target=each.target + more) for each in demand.units])
    asked = Counter(draft.unit.code for draft in missing_letters(raised, issued))
    assert asked == Counter({each.code: more for each in demand.units})


def test_a_lowered_target_asks_for_nothing() -> None:
    assert missing_letters(Demand([unit("01", 5)], {}), Issued({"01": 9}, set())) == []


def test_applicants_count_towards_the_target() -> None:
    drafts = missing_letters(Demand([unit("01", 3)], {"01": [applicant(1), applicant(2)]}), NOTHING)
    assert [draft.applicant is not None for draft in drafts] == [True, True, False]


def test_more_applicants_than_the_target_all_get_a_letter() -> None:
    drafts = missing_letters(Demand([unit("01", 1)], {"01": [applicant(n) for n in range(4)]}), NOTHING)
    assert len(drafts) == 4 and all(draft.applicant for draft in drafts)


def test_the_same_person_with_another_business_gets_another_letter() -> None:
    people = [applicant(1, "面馆"), applicant(1, "理发店")]
    drafts = missing_letters(Demand([unit("01")], {"01": people}), Issued({"01": 1}, {("id-1", "面馆")}))
    assert [draft.applicant for draft in drafts] == people[1:]


def test_spare_letters_are_a_share_of_the_target_rounded_up() -> None:
    assert len(missing_letters(Demand([unit("01", 41)], {}, spare_percent=10), NOTHING)) == 41 + 5
    assert missing_letters(Demand([unit("01", 0)], {}, spare_percent=10), NOTHING) == []


def test_extra_letters_are_for_that_unit_alone_whatever_its_target() -> None:
    demand = Demand([unit("01", 7), unit("02", 7)], {"01": [applicant(1)]}, extra=("02", 3))
    drafts = missing_letters(demand, Issued({"02": 99}, set()))
    assert [(draft.unit.code, draft.applicant) for draft in drafts] == [("02", None)] * 3


def test_filled_and_blank_letters_carry_the_dates_meant_for_them() -> None:
    demand = Demand([unit("01", 2)], {"01": [applicant(1)]}, filled_day=date(2022, 6, 1), blank_day=None)
    assert [draft.day for draft in missing_letters(demand, NOTHING)] == [date(2022, 6, 1), None]


def letters(*places: tuple[str, int]) -> list[Letter]:
    return [
        Letter(Serial(2022, code, number), f"{code}-{number:04d}", f"单位{code}", "", None, None)
        for code, number in places
    ]


def test_a_gap_or_another_unit_begins_a_new_range() -> None:
    found = ranges(letters(("01", 1), ("01", 2), ("01", 4), ("02", 5), ("02", 6)))
    told = [(run.unit_code, run.first.serial.number, run.last.serial.number, run.count) for run in found]
    assert told == [("01", 1, 2, 2), ("01", 4, 4, 1), ("02", 5, 6, 2)]
    assert ranges([]) == ()


@given(st.sets(st.tuples(st.sampled_from(["01", "02", "03"]), st.integers(1, 40))))
def test_ranges_hold_every_letter_once_and_never_touch_each_other(places: set[tuple[str, int]]) -> None:
    found = ranges(letters(*sorted(places)))
    held = [
        (run.unit_code, n)
        for run in found
        for n in range(run.first.serial.number, run.last.serial.number + 1)
    ]
    assert held == sorted(places)
    assert all(run.count == run.last.serial.number - run.first.serial.number + 1 for run in found)
    assert not {(run.unit_code, run.last.serial.number + 1) for run in found} & places


def test_the_key_has_four_digits_or_more() -> None:
    assert Serial(2022, "01", 1).key == "2022-01-0001"
    assert Serial(2022, "26", 12345).key == "2022-26-12345"


@given(st.integers(2000, 2999), st.integers(1, 99999))
def test_a_batch_reads_back_from_its_own_name(year: int, number: int) -> None:
    assert parse_batch_id(str(BatchId(year, number))) == BatchId(year, number)


@pytest.mark.parametrize(
    "text", ["", "2022", "2022-", "22-001", "2022-abc", "../2022-001", "2022-００１", "2022-001 ", "2022--1"]
)
def test_what_is_no_name_of_a_batch_is_not_taken_for_one(text: str) -> None:
    assert parse_batch_id(text) is None


@pytest.mark.parametrize(
    "numbers, found",
    [
        ([], []),
        ([("01", 3)], [(3, 3)]),
        ([("01", 1), ("01", 2), ("01", 4), ("02", 5), ("02", 6)], [(1, 2), (4, 4), (5, 6)]),
        ([("01", 2), ("01", 1)], [(2, 2), (1, 1)]),
    ],
)
def test_runs_of_numbers_end_at_a_gap_and_with_the_unit(
    numbers: list[tuple[str, int]], found: list[tuple[int, int]]
) -> None:
    told = runs(Serial(2022, unit, number) for unit, number in numbers)
    assert [(first.number, last.number) for first, last in told] == found
