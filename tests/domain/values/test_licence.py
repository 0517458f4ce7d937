import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.licence import (
    are_sound_codes,
    credit_code,
    is_individual,
    is_sound_code,
    registration_number,
)

CODE = "92999999MA0000000G"
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODES = (
    st.text(SIGNS, min_size=9, max_size=9)
    .map(lambda text: f"92999999{text}")
    .map(lambda text: text + uscc.calc_check_digit(text))
)
REGNO = "999999600000014"
REGNOS = st.text("0123456789", min_size=14, max_size=14).map(
    lambda text: text + mod_11_10.calc_check_digit(text)
)


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        f" {CODE}",
        f"'{CODE}",
        f'="{CODE}"',
        "９２９９９９９９ＭＡ００００００" + CODE[-2:],
        "9299 9999 MA00 0000 " + CODE[-2:],
    ],
)
def test_however_a_code_was_typed_it_is_the_same(typed: str) -> None:
    checked = credit_code(typed)
    assert (checked.text, checked.code) == (CODE, "")


@given(CODES)
def test_codes_are_right_where_python_stdnum_says_so(code: str) -> None:
    assert credit_code(code).code == "" and is_individual(code)


@given(st.text(SIGNS, min_size=18, max_size=18))
def test_codes_are_wrong_where_python_stdnum_says_so(code: str) -> None:
    right = uscc.calc_check_digit(code[:17]) == code[17]
    assert credit_code(code).code == ("" if right else "code-checksum")


@given(CODES, st.integers(0, 17), st.sampled_from(SIGNS))
def test_a_slip_in_one_sign_is_always_found(code: str, place: int, sign: str) -> None:
    wrong = code[:place] + sign + code[place + 1 :]
    assert (wrong == code) == (credit_code(wrong).code == "")


@pytest.mark.parametrize(
    "value, code, stops",
    [
        (CODE[:-1], "code-length", True), (CODE + "0", "code-length", True), ("无", "code-length", True), (1, "code-length", True),
        (True, "code-length", True), (9.2999999e17, "digits-lost", True), ("9.29999E+17", "digits-lost", True),
        (CODE[:-1] + "H", "code-checksum", False), (CODE.replace("M", "V"), "code-character", False),
        (CODE[:-1] + "²", "code-character", True), ("统一社会信用代码正在办理之中请稍候再", "code-character", True), (Unreadable("#N/A", "error-value"), "error-value", True),
        (None, "", False), ("", "", False),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_code(value: Value, code: str, stops: bool) -> None:
    checked = credit_code(value)
    assert (checked.code, checked.stops, bool(checked.advice)) == (code, stops, bool(code))


@given(CODES, st.sampled_from(["0O", "1I", "5S", "2Z"]))
def test_a_letter_typed_for_a_digit_is_a_suggestion_and_no_repair(code: str, pair: str) -> None:
    wrong = code.replace(*pair)
    checked = credit_code(wrong)
    assert checked.text == wrong
    assert (wrong == code) or (
        checked.code == "code-character" and f"建议：是不是“{code}”？" in checked.advice
    )


def test_a_suggestion_that_would_be_wrong_too_is_not_made() -> None:
    assert "建议" not in credit_code(CODE[:-2] + "OH").advice


@pytest.mark.parametrize(
    "code, individual", [(CODE, True), ("91" + CODE[2:], False), ("93" + CODE[2:], False), ("", False)]
)
def test_only_92_is_an_individual_business(code: str, individual: bool) -> None:
    assert is_individual(code) == individual


@given(REGNOS)
def test_registration_numbers_are_right_where_python_stdnum_says_so(number: str) -> None:
    assert registration_number(number).code == ("" if number[6] in "6789" else "regno-kind")


@given(st.text("0123456789", min_size=15, max_size=15))
def test_registration_numbers_are_wrong_where_python_stdnum_says_so(number: str) -> None:
    assert (registration_number(number).code == "regno-checksum") == (not mod_11_10.is_valid(number))


@pytest.mark.parametrize(
    "value, code, stops",
    [
        (REGNO, "", False), (float(REGNO), "", False), ("9999996000001", "", False), (REGNO[:-1], "regno-length", True),
        (REGNO[:-1] + "X", "regno-length", True), ("٩٩٩٩٩٩٦٠٠٠٠٠٠١٤", "regno-length", True), (1e15, "digits-lost", True),
        (Unreadable("#N/A", "error-value"), "error-value", True), (None, "", False), ("无", "regno-length", True),
    ],
)  # fmt: skip
def test_registration_numbers(value: Value, code: str, stops: bool) -> None:
    checked = registration_number(value)
    assert (checked.code, checked.stops) == (code, stops)


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.text(SIGNS, min_size=12, max_size=19))
def test_whatever_stands_there_it_is_judged(value: Value) -> None:
    for check in (credit_code, registration_number):
        checked = check(value)
        assert checked.code or check(checked.text).text == checked.text


@given(
    st.lists(
        CODES
        | st.text(SIGNS, min_size=18, max_size=18)
        | st.sampled_from([CODE, CODE.lower(), CODE[:-1], f"{CODE[:-1]}²", ""]),
        min_size=1,
    )
)
def test_many_codes_are_right_where_each_is(texts: list[str]) -> None:
    assert are_sound_codes(texts) == all(map(is_sound_code, texts))


def test_one_wrong_code_among_many_is_seen() -> None:
    assert are_sound_codes([CODE] * 600)
    assert not are_sound_codes([*[CODE] * 300, CODE[:-1] + "H", *[CODE] * 299])
    assert not are_sound_codes([CODE[:-1], CODE + CODE[-1]])
