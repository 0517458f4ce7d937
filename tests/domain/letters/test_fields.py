from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.letters.fields import AT_LEAST, FIELDS, GIVEN, fields_of, width_em, with_text
from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.letters.sampling import SEAMS, Survey
from pipeline.domain.model import Applicant

WHO = Applicant("王某某", "14112720000101001X", "13800000000", "某某面馆", "面食", "岚县东村镇一号")
BLANK = Letter(Serial(2022, "01", 7), "岚个培〔2022〕01-0007", "东村镇", "岚县东村镇人民政府", None, None)
FILLED = Letter(
    Serial(2022, "01", 8), "岚个培〔2022〕01-0008", "东村镇", "岚县东村镇人民政府", WHO, date(2022, 6, 5)
)


def test_a_blank_letter_leaves_to_the_pen_whom_it_is_for_and_the_day() -> None:
    fields = fields_of(BLANK)
    empty = [name for name, text in fields.items() if not text]
    assert empty == [
        "姓名",
        "身份证号",
        "联系方式",
        "名称",
        "主要经营",
        "经营地址",
        "月",
        "日",
        "补打",
        "验证码",
    ]
    assert (fields["编号"], fields["编号大写"], fields["年"]) == (
        "岚个培〔2022〕01-0007",
        "零壹—零零零柒",
        "2022",
    )
    assert fields["落款"] == "岚县东村镇人民政府"


def test_a_filled_letter_says_everything_that_is_known() -> None:
    fields = fields_of(FILLED)
    assert fields["姓名"] == "王某某" and fields["身份证号"] == "14112720000101001X"
    assert (fields["联系方式"], fields["名称"], fields["主要经营"]) == ("13800000000", "某某面馆", "面食")
    assert fields["经营地址"] == "岚县东村镇一号"
    assert (fields["年"], fields["月"], fields["日"]) == ("2022", "6", "5")


def test_a_letter_printed_again_says_which_time_and_is_otherwise_the_same() -> None:
    assert fields_of(replace(FILLED, reprint=2)) == fields_of(FILLED) | {"补打": "补打·第2次"}


def test_every_field_of_the_template_and_no_other_is_supplied() -> None:
    assert tuple(fields_of(BLANK)) == tuple(fields_of(FILLED)) == FIELDS
    assert set(AT_LEAST) | set(GIVEN) <= set(FIELDS)


@pytest.mark.parametrize("field", [name for name in FIELDS if name not in GIVEN])
def test_any_text_of_the_clerks_tables_can_be_replaced_by_a_shorter_one(field: str) -> None:
    changed = fields_of(with_text(FILLED, field, "短"))
    assert changed == fields_of(FILLED) | {field: "短"}


@pytest.mark.parametrize("field", [*GIVEN, "没有这一项"])
def test_what_the_program_itself_makes_cannot_be_replaced(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        with_text(FILLED, field, "短")


def test_a_blank_letter_has_no_applicant_to_change() -> None:
    with pytest.raises(ValueError, match="姓名"):
        with_text(BLANK, "姓名", "短")
    assert with_text(BLANK, "落款", "短").signature == "短"


def test_a_hanzi_is_as_wide_as_two_latin_letters() -> None:
    assert width_em("岚县") == width_em("abcd") == 2
    assert width_em("（１）") == 3
    assert width_em("") == 0


def test_the_hardest_letters_hold_the_widest_text_of_every_field() -> None:
    letters = [
        with_text(FILLED, name, "字" * length)
        for name in ("姓名", "经营地址", "落款")
        for length in range(1, 9)
    ]
    chosen = Survey(letters).hardest
    for field in FIELDS:
        widest = max(width_em(fields_of(letter)[field]) for letter in letters)
        assert any(width_em(fields_of(letter)[field]) == widest for letter in chosen), field
    assert len(chosen) == len(set(chosen)) <= len(FIELDS)


def test_neighbours_are_gathered_by_kinds_where_a_line_might_be_broken() -> None:
    letters = [with_text(FILLED, "主要经营", text) for text in ("烟酒、KTV娱乐3D打印𠮷", "茶、LED（A1-2）")]
    assert set(Survey(letters).seams()["主要经营"]) == {
        "中中", "中、", "、a", "a中", "中0", "中𠮷", "a（", "（a", "0）",
    }  # fmt: skip


def test_the_commonest_neighbours_come_first_and_no_more_than_can_be_shown() -> None:
    letters = [with_text(FILLED, "主要经营", f"茶叶店{chr(0x2460 + number)}茶叶") for number in range(SEAMS)]
    seams = Survey(letters).seams()["主要经营"]
    assert seams[0] == "中中" and len(seams) == SEAMS
