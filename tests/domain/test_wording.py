from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.wording import (
    DIGITS,
    asking,
    capital_number,
    chinese_date,
    counted,
    decimal_text,
    digit_by_digit,
    itemised,
    listed,
    percent_text,
    rate_text,
)


@given(st.integers(0, 10**8 - 1))
def test_a_count_in_capitals_reads_back_as_the_same_count(number: int) -> None:
    assert cn2an.cn2an(capital_number(number), "strict") == number


@given(st.integers(0, 10**8 - 1))
def test_a_count_in_capitals_is_written_as_an_independent_program_writes_it(number: int) -> None:
    assert capital_number(number) == cn2an.an2cn(number, "up")


@pytest.mark.parametrize(
    "number, words",
    [
        (0, "零"),
        (10, "壹拾"),
        (40, "肆拾"),
        (101, "壹佰零壹"),
        (180, "壹佰捌拾"),
        (1010, "壹仟零壹拾"),
        (2300, "贰仟叁佰"),
        (10010, "壹万零壹拾"),
        (100000, "壹拾万"),
        (99999999, "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖"),
    ],
)
def test_counts_as_a_cashier_writes_them(number: int, words: str) -> None:
    assert capital_number(number) == words


@pytest.mark.parametrize("number", [-1, 10**8])
def test_a_count_beyond_the_capitals_is_refused_and_not_garbled(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        capital_number(number)


def test_the_number_on_the_seam_is_written_digit_by_digit() -> None:
    assert digit_by_digit("01-0001") == "零壹—零零零壹"
    assert digit_by_digit("26-12345") == "贰陆—壹贰叁肆伍"


@given(st.from_regex(r"[0-9]{2}-[0-9]{4,6}", fullmatch=True))
def test_every_digit_keeps_its_place_on_the_seam(number: str) -> None:
    words = digit_by_digit(number)
    assert "".join("-" if word == "—" else str(DIGITS.index(word)) for word in words) == number


def test_a_date_has_arabic_digits_without_leading_zeros() -> None:
    assert chinese_date(date(2022, 6, 5)) == "2022年6月5日"
    assert chinese_date(date(2022, 12, 31)) == "2022年12月31日"


def test_a_long_list_of_names_is_cut_and_counted() -> None:
    assert listed(["甲", "乙"]) == "甲、乙"
    assert listed(tuple("甲乙丙丁戊")) == "甲、乙、丙、丁、戊"
    assert listed(list("甲乙丙丁戊己庚"), most=3) == "甲、乙、丙等7个"
    assert counted(list("甲乙丙"), 3) == "3个：甲、乙、丙"
    assert counted(list("甲乙丙丁"), 3, "个单位") == "甲、乙、丙等4个单位"


@pytest.mark.parametrize(
    "rate, text",
    [
        (Fraction(5, 12), "41.7%"), (Fraction(1, 2), "50.0%"), (Fraction(0), "0.0%"), (Fraction(1), "100%"),
        (Fraction(9996, 10000), "100.0%"), (Fraction(25, 12), "208.3%"), (Fraction(1, 2000), "0.1%"),
        (Fraction(-1, 2000), "-0.1%"), (Fraction(-4, 10000), "0.0%"), (Fraction(1205, 10000), "12.1%"),
        (Fraction(1215, 10000), "12.2%"), (Fraction(-1, 8), "-12.5%"), (Fraction(1, 10**12), "0.0%"),
    ],
)  # fmt: skip
def test_a_rate_is_told_with_one_decimal_half_rounded_away_from_zero(rate: Fraction, text: str) -> None:
    assert rate_text(rate) == text and percent_text(rate) == text.removesuffix("%")


@given(st.fractions(-1000, 1000, max_denominator=10**6))
def test_a_decimal_is_what_decimal_arithmetic_rounds_to(value: Fraction) -> None:
    wanted = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert Decimal(decimal_text(value)) == wanted
    assert decimal_text(value) != "-0.0"


def test_sentences_stand_one_after_another() -> None:
    assert itemised([]) == "" and itemised(["甲慢"]) == "甲慢。"
    assert itemised(["甲慢", "乙缺", "丙少"]) == "一是甲慢；二是乙缺；三是丙少。"
    assert itemised(["抓甲", "抓乙"], "要") == "一要抓甲；二要抓乙。"


@pytest.mark.parametrize(
    "text, words",
    [
        ("补助已拨付到户。", ""), ("群众申请办照，县财政局审批。", ""), ("邀请专家协调解决。", ""), ("已提请县政府审定。", ""),
        ("请各乡镇对照任务，倒排工期。", ""), ("恳请县政府解决经费。", "恳请"), ("请县财政局拨付补助。", "请县财政局拨付"),
        ("妥否，请批示。", "妥否"), ("请予支持。", "请予"), ("就有关事项向市里请示。", "请示"),
        ("群众请求开设夜市，已答复。", ""), ("经营户请县住建局解决场地，已办结。", ""), ("现请求县政府批准。", "请求"),
    ],
)  # fmt: skip
def test_what_asks_a_superior_for_something_is_told_from_what_speaks_of_it(text: str, words: str) -> None:
    assert asking(text) == words
