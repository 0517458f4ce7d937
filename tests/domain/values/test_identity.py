from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric
from support.inputs import people

from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.identity import (
    age_on,
    are_sound_ids,
    birthday,
    check_sign,
    id_number,
    is_sound_id,
    long_form,
    masked,
    masked_whole,
)
from pipeline.domain.values.phones import phone

GOOD = "999999199001011238"
WITH_X = "99999919900101106X"
OLD = "999999900101123"
DIGITS = st.text("0123456789", min_size=17, max_size=17)


@pytest.mark.parametrize(
    "typed",
    [
        GOOD, f" {GOOD}\n", f"'{GOOD}", f"’{GOOD}", f'="{GOOD}"', "９９９９９９１９９００１０１１２３８", f"\ufeff{GOOD[:6]}\u200b{GOOD[6:]}",
        f"{GOOD[:6]} {GOOD[6:14]}\xa0{GOOD[14:]}", f"\t{GOOD}\u202c",
    ],
)  # fmt: skip
def test_however_an_id_number_was_typed_it_is_the_same(typed: str) -> None:
    checked = id_number(typed)
    assert (checked.text, checked.code, checked.stops) == (GOOD, "", False)


def test_a_small_x_becomes_a_capital() -> None:
    assert id_number(WITH_X.lower()).text == id_number("99999919900101106ｘ").text == WITH_X


@pytest.mark.parametrize("value", [None, "", "  ", "\u200b"])
def test_an_empty_cell_is_no_fault(value: Value) -> None:
    for check in (id_number, phone):
        assert (check(value).text, check(value).code) == ("", "")


@pytest.mark.parametrize(
    "value, code",
    [
        (GOOD[:-1] + "7", "id-checksum"), (WITH_X[:-1] + "0", "id-checksum"),
        ("999999199013011234", "id-date"), ("999999199002291234", "id-date"), ("999999189912311234", "id-date"),
        ("999999901301123", "id-date"), (GOOD[:-1], "id-length"), (GOOD + "1", "id-length"), ("1", "id-length"),
        ("99999919900101O23", "id-character"), (GOOD[:-1] + "Y", "id-character"), ("X" + GOOD[1:], "id-character"),
        (OLD[:-1] + "X", "id-character"), ("无", "id-character"), ("9999991990010112³8", "id-character"),
        ("٩٩٩٩٩٩١٩٩٠٠١٠١١٢٣٨", "id-character"), (True, "id-character"), (12345, "id-length"), (-1, "id-character"),
        (9.99999199001011e17, "digits-lost"), (999999199001011238, "digits-lost"), (1e15, "digits-lost"),
        ("9.99999E+17", "digits-lost"), ("9.99999e17", "digits-lost"), ("１.4E+17", "digits-lost"),
        ("999999199001011000.0", "digits-lost"), ("999999199001012000", "digits-lost"), (float("inf"), "digits-lost"),
        (Unreadable("#N/A", "error-value"), "error-value"), (Unreadable("=A1", "no-cached-value"), "no-cached-value"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_stops(value: Value, code: str) -> None:
    checked = id_number(value)
    assert (checked.code, checked.stops) == (code, True)
    assert checked.advice.endswith("。") and "\n" not in checked.advice


@pytest.mark.parametrize("value", [OLD, int(OLD), float(OLD), f" {OLD}"])
def test_an_old_number_is_taken_as_typed_with_a_notice(value: Value) -> None:
    checked = id_number(value)
    assert (checked.text, checked.code, checked.stops) == (OLD, "id-15-digits", False)


def test_a_right_number_that_ends_in_zeros_is_only_to_be_looked_at() -> None:
    digits = next(
        number
        for number in (f"9999991990{month:02d}01{n}00" for month in range(1, 10) for n in range(10))
        if check_sign(number) == "0"
    )
    checked = id_number(f"{digits}0")
    assert (checked.code, checked.stops) == ("digits-lost", False)


def test_a_letter_typed_for_a_digit_is_only_advice() -> None:
    checked = id_number("9999991990O1011238")
    assert checked.text == "9999991990O1011238" and "第11位是“O”，是不是数字0？" in checked.advice


def test_nobody_is_born_after_the_last_day() -> None:
    assert id_number(GOOD, latest=date(1990, 1, 1)).code == ""
    assert id_number(GOOD, latest=date(1989, 12, 31)).code == "id-date"


@given(DIGITS)
def test_the_check_sign_is_python_stdnum_s(digits: str) -> None:
    assert check_sign(digits) == ric.calc_check_digit(digits + "0")


@given(st.integers(0, 10_000), st.data())
def test_a_slip_in_one_digit_or_a_swap_of_neighbours_is_always_found(seed: int, data: st.DataObject) -> None:
    [who] = people.applicants(1, seed)
    assert id_number(who.id_no).code == "" or who.id_no.endswith("000")
    place = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from("0123456789"))
    slip = who.id_no[:place] + other + who.id_no[place + 1 :]
    swap = who.id_no[:place] + who.id_no[place + 1] + who.id_no[place] + who.id_no[place + 2 :]
    for wrong in {slip, swap} - {who.id_no}:
        assert id_number(wrong).stops


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_the_old_and_the_new_number_are_the_same_person(born: date, order: int) -> None:
    old = f"999999{born:%y%m%d}{order:03d}"
    new = long_form(old)
    assert new == long_form(new) == f"999999{born:%Y%m%d}{order:03d}{check_sign(new[:17])}"
    assert birthday(old) == birthday(new) == born
    assert id_number(old).code == "id-15-digits"


def test_what_is_no_old_number_has_no_long_form() -> None:
    assert [long_form(text) for text in ("", "无", "99999990010112X")] == ["", "无", "99999990010112X"]
    with pytest.raises(ValueError, match="int"):
        birthday("无")


@pytest.mark.parametrize(
    "born, day, age",
    [("2006-06-30", "2022-06-29", 15), ("2006-06-30", "2022-06-30", 16), ("2004-02-29", "2022-02-28", 17),
     ("2004-02-29", "2022-03-01", 18), ("2004-02-29", "2024-02-29", 20), ("2022-01-01", "2022-01-01", 0)],
)  # fmt: skip
def test_age_in_full_years(born: str, day: str, age: int) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == age


@pytest.mark.parametrize(
    "text, shown",
    [
        (GOOD, "9999…（18位）"), (WITH_X, "9999…（18位）"), (OLD, "9999…（15位）"), ("13800000000", "138…（11位）"),
        (f"{GOOD[:6]} {GOOD[6:14]} {GOOD[14:]}", "9999…（18位）"), ("１３８００００００００", "１３８…（11位）"),
        (f"张三（{GOOD}），电话138-0000-0000。", "张三（9999…（18位）），电话138…（11位）。"),
        (f"{GOOD[:6]}\u200b{GOOD[6:]}", "9999…（18位）"), ("13800000000/6722345", "138…（11位）/672…（7位）"),
        (f"王某 | {GOOD} | 13800000000 | 店", "王某 | 9999…（18位） | 138…（11位） | 店"),
        (f"身份证{GOOD[:10]}O{GOOD[11:]}", "身份证999…（10位）O101…（7位）"),
    ],
)  # fmt: skip
def test_numbers_of_people_are_hidden(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "", "东村镇", "180户", "92110114MA01EF6DXH", "代码92110114MA01EF6DXH。", "2022-01-0001", "岚个培〔2022〕01-0001号", "01-12345",
        "2022-05-07", "20220507", "登记数据20220630.xlsx", "2022-05-07 00:00:00", "2022/5/7", "2022年5月7日", "#N/A", "第300000行",
    ],
)  # fmt: skip
def test_what_tells_nobody_apart_stays(text: str) -> None:
    assert masked(text) == text


@given(
    st.integers(0, 10_000),
    st.sampled_from(["{}", "{}X", "身份证号{}", "{}号", "x{}x", "9{}", "{0} {0}", "-{}-"]),
)
def test_no_number_of_a_person_gets_through(seed: int, form: str) -> None:
    [who] = people.applicants(1, seed)
    for number in (who.id_no, who.phone, who.id_no[:6] + who.id_no[8:17]):
        assume(not number.endswith("X") or form == "{}")
        assert number[3:] not in masked(form.format(number)) and number[4:] not in masked_whole(
            form.format(number)
        )


@pytest.mark.parametrize(
    "text, shown",
    [("无", "无"), ("#N/A", "#N/A"), ("", ""), ("138 00", "138…（5位）"), (f"甲{GOOD}", "甲999…（19位）")],
)
def test_what_stands_in_a_column_of_such_numbers_is_hidden_whole(text: str, shown: str) -> None:
    assert masked_whole(text) == shown


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.text("0123456789Xx ./、-", min_size=6))
def test_whatever_stands_there_it_is_judged(value: Value) -> None:
    for check in (id_number, phone):
        checked = check(value)
        assert checked.code or check(checked.text).text == checked.text
        assert bool(checked.code) == bool(checked.advice)
        masked(checked.text), masked_whole(checked.text)


IDS = DIGITS.map(lambda digits: digits + check_sign(digits)) | st.sampled_from(
    [GOOD, WITH_X, OLD, GOOD[:-1] + "X", f"{GOOD[:-3]}000", f"X{GOOD[1:]}", GOOD.lower(), "９" + GOOD[1:], ""]
)


@given(st.lists(IDS | st.sampled_from([GOOD, WITH_X]), min_size=1))
def test_many_id_numbers_are_right_where_each_is(texts: list[str]) -> None:
    latest = date(2022, 12, 31)
    assert are_sound_ids(texts, latest) == all(is_sound_id(text, latest) for text in texts)


@pytest.mark.parametrize(
    "wrong", [f"{GOOD[:-3]}000", GOOD[:17] + "X", "99999920230101" + "101", OLD, f"X{GOOD[1:]}"]
)
def test_one_wrong_id_number_among_many_is_seen(wrong: str) -> None:
    if len(wrong) == 17:  # born after the day
        wrong += check_sign(wrong)
    for place in range(3):
        texts = [GOOD, WITH_X, GOOD]
        texts[place] = wrong
        assert not are_sound_ids(texts, date(2022, 12, 31))
    assert are_sound_ids([GOOD, WITH_X, GOOD], date(2022, 12, 31))
