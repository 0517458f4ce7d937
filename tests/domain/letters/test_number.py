from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.settings import SETTINGS

from pipeline.domain.letters.model import Serial
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.values.cell import Unreadable, Value

PRINTED = SerialFormat(2022, SETTINGS.letters.serial)
FORMATS = (
    PRINTED.pattern, "{year}-{unit}-{number:04d}", "岚培字[{year}]第{unit}－{number:05d}", "{unit}{number:04d}/{year}",
    "No.{year}{unit}{number:06d}", "{number:04d}（{unit}）{year}", "({year}) {unit}.{number}", "{year}年{unit}-{number:04d}（{year}）",
    "X.{{{unit}}}*{year}+{number:03d}",
)  # fmt: skip
SERIALS = st.builds(
    Serial, st.integers(2000, 2999), st.integers(1, 99).map("{:02}".format), st.integers(1, 99_999)
)


def read(value: Value, unit: str | None = None) -> Serial | None:
    return PRINTED.read(value, unit)


@pytest.mark.parametrize(
    "typed",
    [
        "2022-01-0001", "２０２２－０１－０００１", "2022—01—0001", "2022 - 01 - 0001", "2022_01_0001", "2022-1-0001", "2022-01-001",
        "2022-01-0001号", "岚个培〔2022〕01-0001", "岚个培〔2022〕01-0001号", "岚个培[2022]01-0001号", "岚个培【2022】01-0001",
        "岚个培（2022）01-0001号", "岚个培(2022)01-0001", "岚个培﹝2022﹞01-0001号", "岚个培［2022］01-0001", " 岚个培 〔2022〕 01－0001 号 ",
        "岚个培〔2022〕1-1号", "岚个培〔2022〕01——0001号", "〔2022〕01-0001", "[2022]1-1", "01-0001", "1-0001", "01-0001号", "第01-0001号",
        "０１—０００１", "\u200b01-0001", "'01-0001", "介绍信编号：2022-01-0001", "编号:01-0001", "岚个培〔2022〕01-0001号\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("unit", [None, "01", "02"])
def test_a_number_that_names_its_unit(typed: str, unit: str | None) -> None:
    assert read(typed, unit) == Serial(2022, "01", 1)


@pytest.mark.parametrize(
    "typed",
    [
        "第1号",
        "1号",
        "1",
        "0001",
        "第0001号",
        "NO.0001",
        "No.1",
        "№0001",
        "no:1",
        "编号1",
        "１",
        1,
        1.0,
        "第 1 号",
    ],
)
def test_a_running_number_needs_a_declared_unit(typed: Value) -> None:
    assert read(typed, "07") == Serial(2022, "07", 1)
    assert read(typed) is None


@pytest.mark.parametrize("typed", ["2022-1-1", "2022-01-01", "1-1", "01-01", "12-31", "1-29"])
def test_what_could_be_a_day_must_be_confirmed_by_the_unit(typed: str) -> None:
    unit = typed.split("-")[-2].zfill(2)
    assert read(typed) is None and read(typed, "26") is None
    assert read(typed, unit) == Serial(2022, unit, int(typed.rsplit("-", maxsplit=1)[-1]))


@pytest.mark.parametrize(
    "typed, unit, number", [("13-1", "13", 1), ("2022-26-7", "26", 7), ("2-30", "02", 30), ("1-32", "01", 32)]
)
def test_what_can_be_no_day_needs_no_confirmation(typed: str, unit: str, number: int) -> None:
    assert read(typed) == Serial(2022, unit, number)


@pytest.mark.parametrize(
    "value",
    [
        None, "", "无", "有", True, 1.5, -1, 0, 0.0, 1e300, float("nan"), datetime.fromisoformat("2022-01-01"),
        Unreadable("#REF!", "error-value"), "2022-00-0001", "2022-01-0000", "00-0001", "第0号", "第一号", "2022-01-0001、0002",
        "2022-01-0001至0003", "01-0001/01-0002", "东村镇1号", "东村镇第1号", "2022010001", "22-01-0001", "2022-001-0001", "2022.01.0001",
        "01-00010000", "岚个培〔2021〕01-0001号补", "岚个培字〔2022〕01-0001", "岚个培〔22〕01-0001", "2022一01一0001", "O1-0001", "01-000²",
        "13800000000", "٠١-٠٠٠١",
    ],
)  # fmt: skip
def test_what_is_doubtful_is_no_number(value: Value) -> None:
    assert read(value, "01") is None


def test_a_letter_of_another_year_keeps_its_year() -> None:
    assert read("2021-01-0001") == read("岚个培〔2021〕01-0001号") == Serial(2021, "01", 1)


@given(SERIALS, st.sampled_from(FORMATS))
def test_what_is_printed_is_read_by_any_format(serial: Serial, form: str) -> None:
    serials = SerialFormat(2022, form)
    printed = serials.text(serial)
    for typed in (printed, f"{printed}号", f" {printed} 号", printed.replace("〔", "[").replace("〕", "]")):
        assert serials.read(typed, serial.unit) == serial


@given(
    SERIALS,
    st.sampled_from("-－—–_―"),
    st.sampled_from(["{0}{3}{1}{3}{2:04}", "〔{0}〕{1}{3}{2}", "岚个培({0}){1}{3}{2:04}号"]),
)
def test_any_serial_in_any_dress(serial: Serial, dash: str, form: str) -> None:
    typed = form.format(serial.year, serial.unit, serial.number, dash)
    assert read(typed, serial.unit) == serial
    assert read(typed.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}), serial.unit) == serial


@given(
    st.text() | st.from_regex(r"[0-9〔〕第号 -]{1,14}", fullmatch=True) | st.floats() | st.integers(),
    st.sampled_from(FORMATS),
)
def test_whatever_stands_there_it_is_a_serial_or_none(value: Value, form: str) -> None:
    serial = SerialFormat(2022, form).read(value, "01")
    assert serial is None or (1 <= int(serial.unit) <= 99 and serial.number >= 1 and len(serial.unit) == 2)


@pytest.mark.parametrize(
    "text, first, last",
    [
        ("2022-01-0001", 1, 1), ("01-0001", 1, 1), ("1-1", 1, 1), ("2022-1-1", 1, 1), ("岚个培〔2022〕01-0001号", 1, 1),
        ("2022-01-0001至0010", 1, 10), ("2022-01-0001-0010", 1, 10), ("01-0001-0010", 1, 10), ("1-1-10", 1, 10),
        ("01-0001—01-0010", 1, 10), ("2022-01-0001~2022-01-0010", 1, 10), ("０１－０００１到０１－００１０", 1, 10),
        ("岚个培〔2022〕01-0001号至岚个培〔2022〕01-0010号", 1, 10), ("01-0003至03", 3, 3),
    ],
)  # fmt: skip
def test_numbers_and_ranges_as_they_are_typed_into_a_command(text: str, first: int, last: int) -> None:
    assert PRINTED.read_range(text) == (Serial(2022, "01", first), Serial(2022, "01", last))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "第1号",
        "abc",
        "01-0010至0001",
        "01-0001至02-0001",
        "2022-01-0001至2023-01-0002",
        "01-0000",
        "至",
    ],
)
def test_what_names_no_letters_is_none(text: str) -> None:
    assert PRINTED.read_range(text) is None


@given(SERIALS, st.integers(0, 99), st.sampled_from(FORMATS))
def test_a_range_in_every_format_of_the_plan_is_understood(serial: Serial, more: int, form: str) -> None:
    last = Serial(serial.year, serial.unit, serial.number + more)
    serials = SerialFormat(serial.year, form)
    shown = [serials.text(each) for each in (serial, last)]
    assert serials.read_range(shown[0]) == (serial, serial)
    assert serials.read_range(f"{shown[0]}号至{shown[1]}号") == (serial, last)
