"""What a paper of many pages says, held against what is on its pages."""

import pytest

from pipeline.adapters.word import NUMBER
from pipeline.publishing.readback import bare, missing

SAID = [
    "通报",
    "序号",
    "单位",
    "户数",
    "1",
    "东村镇",
    "11",
    "2",
    "普明镇",
    "1",
    "以上共12户，请各单位核对。",
    "附件：1.名单",
]


def printed(*, without: int | None = None, between: str = "") -> str:
    return between.join(text for place, text in enumerate(SAID) if place != without)


def test_a_paper_that_says_all_of_it_lacks_nothing() -> None:
    assert missing(SAID, printed()) == ""
    assert missing([], "") == ""


@pytest.mark.parametrize("place", range(len(SAID)))
def test_any_paragraph_that_is_lost_is_missed_however_short_it_is(place: int) -> None:
    assert missing(SAID, printed(without=place)) != ""


def test_a_lost_one_is_not_replaced_by_another_one_on_the_page() -> None:
    told = missing(SAID, printed(without=4) + "注1")
    assert "“1”" in told and "户数1" in told


@pytest.mark.parametrize("char", range(1, 12))
def test_a_lost_character_is_told_between_its_neighbours(char: int) -> None:
    text = SAID[10]
    whole = printed()
    told = missing(SAID, whole.replace(text, text[:char] + text[char + 1 :]))
    assert f"“{text[char]}”" in told and text[max(0, char - 4) : char + 3] in told


def test_what_comes_again_on_the_next_page_may_stand_in_the_middle_of_a_paragraph() -> None:
    text = "截至六月底，全县净增一千一百四十六户，完成率百分之四十九。"
    said = ["通报", text, "请各单位核对。"]
    assert missing(said, f"通报{text[:12]}表头又来一次{text[12:]}请各单位核对。") == ""


def test_a_text_box_may_be_printed_before_what_it_stands_behind_in_the_file() -> None:
    assert (
        missing(
            ["甲在前面的一段", "文本框里的字", "乙在后面的一段"], "文本框里的字甲在前面的一段乙在后面的一段"
        )
        == ""
    )
    assert (
        missing(
            ["甲在前面的一段", "文本框里的字", "乙在后面的一段"], "文本框里字甲在前面的一段乙在后面的一段"
        )
        != ""
    )


def test_capitals_that_a_style_makes_are_no_loss() -> None:
    assert missing(["（abcxyz）"], "（ABCXYZ）") == ""


@pytest.mark.parametrize("end", ["小计20.0-21.7———", "小计20.0-21.7—5—", "滞后"])
@pytest.mark.parametrize("number", ["9", "12", "Ⅳ", "十二", "-9-"])
def test_the_page_number_is_taken_off_once_and_dashes_in_cells_are_none(end: str, number: str) -> None:
    """A table that breaks behind a subtotal ends a landscape page whose number is read first."""
    footers = [f"— {NUMBER} —"] * 4
    assert bare(f"—{number}—附件1合计{end}", footers) == f"附件1合计{end}"


def test_a_page_that_ends_in_dashes_keeps_them_though_its_number_stands_elsewhere() -> None:
    page = "附件1—8—（共印60份）小计———"
    assert bare(page, [f"— {NUMBER} —"]) == page
