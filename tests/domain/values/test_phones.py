import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.phones import are_mobiles, is_mobile, phone


@pytest.mark.parametrize(
    "value, printed",
    [
        ("13800000000", "13800000000"), (13800000000, "13800000000"), (13800000000.0, "13800000000"),
        ("138 0000 0000", "13800000000"), ("138-0000-0000", "13800000000"), ("138－0000—0000", "13800000000"),
        ("１３８００００００００", "13800000000"), ("+86 13800000000", "13800000000"), ("8613800000000", "13800000000"),
        ("0086-138-0000-0000", "13800000000"), ("'13800000000", "13800000000"), ("\u202d13800000000\u202c", "13800000000"),
        ("0358-6722345", "0358-6722345"), ("03586722345", "0358-6722345"), ("（0358）6722345", "0358-6722345"),
        ("0358 672 2345", "0358-6722345"), ("6722345", "6722345"), (6722345.0, "6722345"), ("010-12345678", "010-12345678"),
        ("13800000000.0", "13800000000"), ("13800000000/13900000000", "13800000000、13900000000"), ("13800000000、6722345", "13800000000、6722345"),
        ("13800000000，03586722345", "13800000000、0358-6722345"), ("13800000000\n13900000000", "13800000000、13900000000"),
        ("13800000000 / 13900000000；", "13800000000、13900000000"), ("13800000000/13800000000", "13800000000"),
    ],
)  # fmt: skip
def test_a_phone_as_it_is_printed(value: Value, printed: str) -> None:
    checked = phone(value)
    assert (checked.text, checked.code) == (printed, "")
    assert phone(printed).text == printed


@pytest.mark.parametrize(
    "value",
    [
        "12800000000", "1380000000", "138000000000", "无", "/", "672234", "0722345", "1.38E+10", "13800000000（妻）", True,
        "13800000000 13900000000", "13800000000/12", 3586722345, "+1 13800000000", "13800000000.5", -13800000000, 1e300,
        "1380000000²",
    ],
)  # fmt: skip
def test_what_is_no_phone(value: Value) -> None:
    checked = phone(value)
    assert (checked.code, checked.stops) == ("bad-phone", True)


def test_a_phone_that_cannot_be_read_says_why() -> None:
    assert phone(Unreadable("#REF!", "error-value")).code == "error-value"
    assert "区号前面的0" in phone(3586722345).advice


MOBILES = st.from_regex("1[3-9][0-9]{9}", fullmatch=True)


@given(
    st.lists(
        MOBILES
        | st.sampled_from(["1380000000", "138000000001", "13800000000\n13900000000", "１３800000000", ""]),
        min_size=1,
    )
)
def test_many_are_mobiles_where_each_is_one(texts: list[str]) -> None:
    assert are_mobiles(texts) == all(map(is_mobile, texts))


def test_two_that_are_none_are_not_taken_for_two_that_are() -> None:
    assert not are_mobiles(["1380000000", "138000000000"])
