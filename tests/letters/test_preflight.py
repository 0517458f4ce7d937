"""Lists that a township sent in, tried out before anything is numbered, and the letters filled from them; all made up."""

import shutil
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.clerk import DATE
from support.desk import Desk, settle, write_sheet
from support.inputs.lists import HEADER, PEOPLE, write_list
from support.paper import halves
from support.seen import filled


def bring_lists(desk: Desk) -> None:
    write_list(desk, "东村镇培育对象名单.xlsx", PEOPLE[:1], ("合计", "1人"))
    write_list(desk, "普明镇/名单.xlsx", PEOPLE[1:5])


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """东村镇 (target 2) names one person, 普明镇 (target 3) four."""
    bring_lists(desk)
    return desk


@pytest.fixture
def issued(after: Callable[[str, Callable[[Desk], object]], Desk]) -> Desk:
    """The same, their letters printed."""

    def issue(desk: Desk) -> None:
        bring_lists(desk)
        outcome = desk.run("letters", *DATE)
        assert outcome.code == 0, outcome

    return after("issued", issue)


def test_everybody_on_a_list_gets_a_letter_and_blanks_make_up_the_target(issued: Desk) -> None:
    assert filled(issued) == [
        ("2022-01-0001", True), ("2022-01-0002", False),
        ("2022-02-0001", True), ("2022-02-0002", True), ("2022-02-0003", True), ("2022-02-0004", True),
        ("2022-03-0001", False), ("2022-03-0002", False), ("2022-03-0003", False), ("2022-03-0004", False),
    ]  # fmt: skip
    pages = list(halves(issued.batch() / "介绍信.pdf"))
    for page, who in zip((pages[0], *pages[2:6]), PEOPLE[:5], strict=True):
        for text in astuple(who)[:6]:
            assert text.replace(" ", "") in page.whole
        assert who.name in page.upper and who.name in page.lower
        assert "2022年6月1日" in page.lower


def test_the_same_lists_again_number_nothing_and_name_the_letters(issued: Desk) -> None:
    (issued.root / "inputs" / "普明镇" / "名单.xlsx").rename(issued.root / "inputs" / "普明镇（最终版）.xlsx")
    outcome = issued.run("letters", *DATE)
    assert outcome.code == 0 and "没有要新编号的" in outcome.out
    assert "已有介绍信岚个培〔2022〕02-0004号" in outcome.said and len(issued.numbered()) == 10
    found = issued.run("check", "--json").json
    codes = [notice["code"] for notice in found["notices"]]
    assert found["problems"] == [] and codes.count("already-issued") == 5
    accounts = {account["file"]: account for account in found["files"]}
    assert accounts["普明镇（最终版）.xlsx"]["left_out"] == {"标题": 1, "表头": 1, "已有介绍信": 4}


def test_a_new_name_on_a_list_gets_a_letter_in_a_new_batch(issued: Desk) -> None:
    write_list(issued, "普明镇/名单（补）.xlsx", PEOPLE[4:6])
    outcome = issued.run("letters", *DATE)
    assert outcome.code == 0, outcome
    assert filled(issued, "2022-002") == [("2022-02-0005", True)]


def test_one_bad_row_stops_everything_before_anything_is_numbered(listed: Desk) -> None:
    write_list(listed, "普明镇/名单.xlsx", PEOPLE[1:5], 联系方式="138000")
    outcome = listed.run("letters", *DATE, "--json")
    assert outcome.code == 3 and listed.numbered() == []
    [problem] = outcome.json["problems"]
    assert (problem["file"], problem["row"], problem["column"], problem["code"]) == (
        "普明镇/名单.xlsx", 6, "联系方式", "bad-phone",
    )  # fmt: skip
    assert outcome.json["closing"].endswith(
        "有问题的是普明镇/名单.xlsx里的1行；急着用的，这些可以先不出，其余的先出，改好以后再补。"
        "先出其余的：原来的命令后面加上 --skip-bad-rows，或者 make letters ARGS=--skip-bad-rows。"
    )
    assert outcome.json["remedy"] == "SKIP_ROWS"


def test_the_good_rows_are_printed_when_asked_and_the_bad_one_once_it_is_mended(listed: Desk) -> None:
    write_list(listed, "普明镇/名单.xlsx", PEOPLE[1:5], 联系方式="138000")
    outcome = listed.run("letters", *DATE, "--skip-bad-rows", "--json")
    assert outcome.code == 0 and [problem["row"] for problem in outcome.json["problems"]] == [6]
    assert "普明镇/名单.xlsx里的1行有问题，没有出，都列出来了" in outcome.json["closing"]
    assert [is_filled for key, is_filled in filled(listed) if key.startswith("2022-02")] == [True] * 3
    write_list(listed, "普明镇/名单.xlsx", PEOPLE[1:5])
    assert listed.run("letters", *DATE).code == 0
    assert filled(listed, "2022-002") == [("2022-02-0004", True)]


@pytest.mark.parametrize(
    "header, text, code",
    [("主要经营", "日用百货、" * 12, "too-long"), ("姓名", "王\U0002ebe0", "no-glyph")],
)
def test_what_cannot_be_printed_is_a_problem_of_its_row(
    listed: Desk, header: str, text: str, code: str
) -> None:
    write_list(listed, "普明镇/名单.xlsx", PEOPLE[1:5], **{header: text})
    for command in (("check",), ("letters", *DATE)):
        outcome = listed.run(*command, "--json")
        assert outcome.code == 3 and listed.numbered() == []
        places = [
            (problem["row"], problem["column"], problem["code"]) for problem in outcome.json["problems"]
        ]
        assert places == [(6, header, code)]
    assert outcome.json["remedy"] == "SKIP_ROWS"
    assert listed.run("letters", *DATE, "--skip-bad-rows").code == 0
    assert [is_filled for key, is_filled in filled(listed) if key.startswith("2022-02")] == [True] * 3


def test_a_fault_of_the_plan_cannot_be_skipped(listed: Desk) -> None:
    listed.write_targets([("东村镇", "二"), ("普明镇", 3), ("县民政局", 4)])
    for more in ((), ("--skip-bad-rows",)):
        outcome = listed.run("letters", *DATE, *more)
        assert outcome.code == 3 and listed.numbered() == [] and "其余的先出" not in outcome.out


def test_a_strange_file_can_be_skipped(listed: Desk) -> None:
    write_sheet(listed.root / "inputs" / "值班表.xlsx", [("日期", "值班人"), ("周一", "张三")])
    write_list(listed, "普明镇/名单.xlsx", PEOPLE[1:5], 联系方式="138000")
    refused = listed.run("letters", *DATE)
    assert refused.code == 3 and "值班表.xlsx等2个文件里的1行和1张没有读的表；" in refused.out
    write_list(listed, "普明镇/名单.xlsx", PEOPLE[1:5])
    outcome = listed.run("letters", *DATE, "--skip-bad-rows", "--json")
    assert outcome.code == 0 and [problem["code"] for problem in outcome.json["problems"]] == [
        "unknown-table"
    ]


def test_a_row_of_an_export_stops_no_letters_and_is_for_check_to_tell(listed: Desk) -> None:
    header = ("统一社会信用代码", "名称", "成立日期", "引荐单位")
    rows = [("", "甲店", "2022-05-03", "东村镇"), ("", "乙店", "2022-05-03", "某某镇")]
    write_sheet(listed.root / "inputs" / "登记.xlsx", [header, *rows])
    found = listed.run("check", "--json")
    assert found.code == 3 and [problem["code"] for problem in found.json["problems"]] == ["no-identity"] * 2
    for more in ((), ("--skip-bad-rows",)):
        foreseen = listed.run("letters", *DATE, "--dry-run", "--json", *more)
        assert foreseen.code == 0 and foreseen.json["letters"] == 10 and foreseen.json["problems"] == []
        assert not [notice for notice in foreseen.json["notices"] if "登记" in notice]
    assert listed.run("letters", *DATE).code == 0 and len(listed.numbered()) == 10


def test_nothing_good_to_print_is_nothing_to_do(issued: Desk) -> None:
    write_list(issued, "普明镇/名单（补）.xlsx", PEOPLE[5:6], 身份证号="1")
    outcome = issued.run("letters", *DATE, "--skip-bad-rows")
    assert outcome.code == 0 and "没有要新编号的" in outcome.out and "里的1行有问题" in outcome.out


def test_extra_blank_letters_leave_the_lists_alone(listed: Desk) -> None:
    assert listed.run("letters", "--unit", "东村镇", "--count", "2", *DATE).code == 0
    assert filled(listed) == [("2022-01-0001", False), ("2022-01-0002", False)]


def test_check_leaves_nothing_but_marked_copies(listed: Desk) -> None:
    write_list(listed, "普明镇/名单.xlsx", PEOPLE[1:5], 身份证号="1")
    before = {path: path.read_bytes() for path in (listed.root / "inputs").rglob("*.xlsx")}
    outcome = listed.run("check", "--json")
    assert outcome.code == 3
    made = sorted(
        path.relative_to(listed.root).as_posix() for path in listed.outputs.rglob("*") if path.is_file()
    )
    assert made == ["outputs/check/普明镇/名单-已标注.xlsx"]
    assert [Path(copy).relative_to(listed.root).as_posix() for copy in outcome.json["copies"]] == made
    assert {path: path.read_bytes() for path in before} == before and not listed.register.exists()
    write_list(listed, "普明镇/名单.xlsx", PEOPLE[1:5])
    assert listed.run("check").code == 0
    assert not (listed.outputs / "check").exists()


def test_a_marked_copy_that_was_mended_may_take_the_place_of_the_original(listed: Desk) -> None:
    original = write_list(listed, "普明镇/名单.xlsx", PEOPLE[1:5], 联系方式="1")
    [copy] = listed.run("check", "--json").json["copies"]
    original.unlink()
    mended = Path(shutil.move(copy, original.with_name("普明镇-已标注.xlsx")))
    book = load_workbook(mended)
    book["Sheet1"]["D6"].value = PEOPLE[4].phone
    book.save(mended)
    settle(mended)
    found = listed.run("check", "--json")
    assert found.code == 0, found
    account = next(one for one in found.json["files"] if one["file"].endswith("已标注.xlsx"))
    assert account["read"] == 4 and account["left_out"].keys() == {"问题清单", "标题", "表头"}


def test_numbers_and_phones_are_never_shown_in_full(listed: Desk) -> None:
    write_list(listed, "普明镇/名单.xlsx", [*PEOPLE[1:5], PEOPLE[1]], 联系方式="13811112222")
    outcome = listed.run("check")
    said = outcome.out + outcome.err
    assert outcome.code == 3 and "duplicate-applicant" in said
    for who in PEOPLE[:5]:
        assert who.id_no not in said and who.phone not in said
    assert "13811112222" not in said


def test_a_countys_own_word_for_a_column_is_understood(listed: Desk) -> None:
    rows = [[number, *astuple(who)[:6]] for number, who in enumerate(PEOPLE[1:3], 1)]
    header = [*HEADER[:3], "摇把子", *HEADER[4:]]
    write_sheet(listed.root / "inputs" / "普明镇" / "名单.xlsx", [header, *rows])
    assert listed.run("check").code == 3
    listed.settings("headers = {}", 'headers = { "联系方式" = ["摇把子"] }')
    assert listed.run("check").code == 0
    listed.settings('"联系方式" =', '"联系" =')
    outcome = listed.run("check")
    assert outcome.code == 2 and "联系方式" in outcome.err
