"""What nobody sees is dropped, radicals are hanzi, and all else stays as typed, in every column alike."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.letters.model import Serial
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.letters.numbering import same
from pipeline.domain.model import Source
from pipeline.domain.tables.columns.choice import header_name
from pipeline.domain.tables.grid import Grid
from pipeline.domain.tables.tidied import legible_grid
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.characters import legible
from pipeline.domain.values.dates import day_of
from pipeline.domain.values.identity import id_number, masked
from pipeline.domain.values.licence import credit_code
from pipeline.domain.values.phones import phone
from pipeline.domain.values.text import plain, text_of, whole_number

INVISIBLE = "\u202a\u202b\u202c\u202d\u202e\u200e\u200f\u2066\u2067\u2068\u2069\u00ad\ufeff\u200b\u200c\u200d\u2060\u061c\ufe00\ufe0f\U000e0100\u180e"
RADICALS = [chr(code) for code in (*range(0x2E81, 0x2EF4), *range(0x2F00, 0x2FD6)) if code != 0x2E9A]
UNIFIED = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"
"""Ideographs that stand among the compatibility ideographs and are none."""
TEXTS = st.text("岚县东村镇⼭山高AbＡ１2（）()：— ①㎡℃䶮﨑", max_size=12)


def sprinkled(text: str, signs: list[tuple[int, str]]) -> str:
    """The text with signs put in at places counted round it."""
    for place, sign in signs:
        cut = place % (len(text) + 1)
        text = text[:cut] + sign + text[cut:]
    return text


SIGNS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(INVISIBLE)), min_size=1, max_size=6)


@given(TEXTS, SIGNS)
def test_a_text_with_invisible_signs_is_the_text_without(text: str, signs: list[tuple[int, str]]) -> None:
    strewn = sprinkled(text, signs)
    assert legible(strewn) == legible(text)
    assert text_of(strewn) == text_of(text)
    assert plain(strewn) == plain(text)


READERS: dict[str, tuple[Any, str, Any]] = {
    "number": (whole_number, "1,040", 1040),
    "header": (header_name, "任务数（户）", "任务数"),
    "day": (day_of, "2022年5月7日", date(2022, 5, 7)),
    "phone": (lambda value: phone(value).text, "0358-6722345", "0358-6722345"),
    "ID number": (lambda value: id_number(value).text, "999999199001011238", "999999199001011238"),
    "code": (lambda value: credit_code(value).text, "92141127MA0H00001F", "92141127MA0H00001F"),
    "letter": (lambda value: SerialFormat(2022, "岚个培〔{year}〕{unit}-{number:04d}").read(value, None),
               "岚个培〔2022〕01-0001号", Serial(2022, "01", 1)),
}  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@given(signs=SIGNS)
def test_every_kind_of_cell_is_read_through_invisible_signs(
    reader: str, signs: list[tuple[int, str]]
) -> None:
    read, text, meant = READERS[reader]
    assert read(text) == meant
    assert read(text_of(sprinkled(text, signs))) == meant
    [(_, [cell])] = legible_grid(grid([sprinkled(text, signs)])).rows
    assert read(cell) == meant


@given(SIGNS)
def test_a_number_strewn_with_invisible_signs_is_masked_all_the_same(signs: list[tuple[int, str]]) -> None:
    told = masked(sprinkled("13800000000", signs))
    assert "0000" not in legible(told)


def hanzi(text: str) -> str:
    """By Unicode's own decomposition, where it has one."""
    return "".join({"⼾": "户"}.get(char) or unicodedata.normalize("NFKC", char) for char in text)


@given(
    st.text(
        st.sampled_from([char for char in RADICALS if hanzi(char) != char] + list("岚县小吃店")), min_size=1
    )
)
def test_a_name_written_with_radicals_is_the_name_in_hanzi(name: str) -> None:
    assert legible(name) == hanzi(name)
    assert plain(name) == plain(hanzi(name))
    assert same("1", name) == same("1", hanzi(name))


def test_no_radical_is_left_and_each_becomes_one_hanzi() -> None:
    for char in RADICALS:
        read = legible(char)
        assert len(read) == 1 and unicodedata.name(read).startswith("CJK UNIFIED IDEOGRAPH"), char


@pytest.mark.parametrize(
    "copied, meant",
    [
        ("⾼⼭⼩吃店", "高山小吃店"),
        ("⽅⼯⼈⾏", "方工人行"),
        ("个体⼯商⼾", "个体工商户"),
        ("⻓⻔⻋⻅⻰⻩⻢⻘⺠⺟⻳", "长门车见龙黄马青民母龟"),
        ("\uf92c\ufa19\U0002f80a", "郎神僧"),
    ],
)
def test_what_a_pdf_gives_is_read_as_what_was_seen(copied: str, meant: str) -> None:
    assert legible(copied) == meant


@pytest.mark.parametrize(
    "text",
    [
        "①②㎡℃㈱№½",
        "Ａ１２３（）：；！",
        "“岚县”——‘粉条’…·•・〇",
        "堃祎玥珺镕䶮㛃𠮷",
        "㐂々〆",
        UNIFIED,
        "ㄅㄆ㇀",
        "☎→★",
        "KTV, 24h",
        "⺀",
    ],
)
def test_all_other_characters_stay_as_typed(text: str) -> None:
    assert legible(text) == text
    assert text_of(text) == text


def grid(*rows: list[Value]) -> Grid:
    return Grid(
        Source("表.xlsx", "Sheet1"), tuple((number, tuple(row)) for number, row in enumerate(rows, 1))
    )


def test_a_sheet_tells_which_columns_had_radicals_and_in_which_rows() -> None:
    found = legible_grid(
        grid(["⽅", "名称"], ["一", "⾼⼭"], ["二", "高山"], ["三", "\u202d⼭\u202c", 3, None])
    )
    assert found.rows == (
        (1, ("方", "名称")),
        (2, ("一", "高山")),
        (3, ("二", "高山")),
        (4, ("三", "山", 3, None)),
    )
    assert found.radicals == {1: ((1, "⽅"),), 2: ((2, "⾼⼭"), (4, "⼭"))}


def test_a_cell_of_invisible_signs_alone_is_blank_and_no_other_value_is_touched() -> None:
    fault = Unreadable("#N/A", "error-value")
    cells: list[Value] = ["\u200b\ufeff", "", 1, 2.5, True, fault, None, "﨑\u200e"]
    [(_, read)] = legible_grid(grid(cells)).rows
    assert read == (None, None, 1, 2.5, True, fault, None, "﨑")
    assert legible_grid(grid(cells)).radicals == {}


def test_a_row_of_ordinary_text_stays_the_very_same() -> None:
    before = grid(["岚县", 1, "“KTV”—（Ａ１）", "2022-05-07"])
    assert legible_grid(before).rows[0] is before.rows[0]
