"""Applicant lists; everybody in them is made up (region 999999)."""

import pytest
from support.inputs.people import person
from support.reading.lists import HEADER, LI, UNITS, WANG, checked, numbered, read, table

from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.model import Problem, Source
from pipeline.domain.records.unit_names import unit_by_place
from pipeline.domain.values.cell import Unreadable, Value


def changed(who: tuple[Value, ...], header: str, value: Value) -> tuple[Value, ...]:
    place = HEADER.index(header) - 1
    return (*who[:place], value, *who[place + 1 :])


def test_applicants_come_in_list_order_under_their_unit() -> None:
    lists = read(table(*numbered(WANG, LI, changed(changed(LI, "单位", "市监局"), "名称", "另一家"))))
    assert lists.problems == ()
    assert {code: [who.business for who in own] for code, own in lists.says.items()} == {
        "01": ["小明便利店", "李芳理发店"],
        "10": ["另一家"],
    }
    who = lists.says["01"][0]
    assert (who.name, who.id_no, who.phone, who.scope, who.address) == (*WANG[:3], *WANG[4:6])
    assert who.source == Source("名单.xlsx", "Sheet1", 2)


@pytest.mark.parametrize(
    "header, value, code",
    [
        ("姓名", None, "empty-cell"),
        ("姓名", " \u3000", "empty-cell"),
        ("姓名", "王\x07小明", "control-character"),
        ("名称", Unreadable("#N/A", "error-value"), "error-value"),
        ("经营地址", Unreadable("=A1&B1", "no-cached-value"), "no-cached-value"),
        ("名称", True, "not-text"),
        ("身份证号", 1.41127199001011e17, "digits-lost"),
        ("身份证号", WANG[1][:-1], "id-length"),
        ("身份证号", WANG[1][:-1] + ("1" if WANG[1][-1] != "1" else "2"), "id-checksum"),
        ("身份证号", checked("999999201001011234"), "too-young"),
        ("联系方式", "1380000000", "bad-phone"),
        ("联系方式", None, "empty-cell"),
        ("单位", "东村县", "unknown-unit"),
        ("单位", None, "empty-cell"),
        ("单位", "县税务局", "unit-without-share"),
    ],
)
def test_each_fault_is_told_at_its_own_cell(header: str, value: Value, code: str) -> None:
    lists = read(table(*numbered(LI, changed(WANG, header, value))), other_units=["县税务局"])
    [problem] = lists.problems
    assert (problem.code, problem.source.row, problem.column) == (code, 3, header)
    assert problem.place == HEADER.index(header) + 1
    assert [who.name for own in lists.says.values() for who in own] == ["李芳"]


def test_every_fault_of_a_row_is_told_at_once() -> None:
    faulty = changed(changed(changed(WANG, "身份证号", "12"), "联系方式", "3"), "经营地址", None)
    assert [problem.column for problem in read(table(*numbered(faulty))).problems] == [
        "身份证号",
        "联系方式",
        "经营地址",
    ]


def test_neither_number_nor_phone_is_shown_in_full() -> None:
    wrong = WANG[1][:-1] + ("1" if WANG[1][-1] != "1" else "2")
    lists = read(table(*numbered(changed(changed(WANG, "身份证号", wrong), "联系方式", "1380000123"))))
    assert len(lists.problems) == 2
    for problem in lists.problems:
        assert wrong[4:] not in str(problem) and "1380000123" not in str(problem)


@pytest.mark.parametrize(
    "header, value, code",
    [
        ("身份证号", checked("999999200501011234"), "unusual-age"),
        ("身份证号", checked("999999193001011234"), "unusual-age"),
        ("身份证号", "999999900101123", "id-15-digits"),
        ("名称", "小明商贸有限公司", "company-name"),
    ],
)
def test_what_is_only_unusual_is_told_and_printed(header: str, value: Value, code: str) -> None:
    lists = read(table(*numbered(changed(WANG, header, value))))
    assert lists.problems == () and [notice.code for notice in lists.notices] == [code]
    assert len(lists.says["01"]) == 1


def test_lines_of_a_cell_stay_apart_on_the_letter() -> None:
    lists = read(table(*numbered(changed(WANG, "经营地址", "东村镇\r\n文明街\n12号\t"))))
    assert lists.says["01"][0].address == "东村镇 文明街 12号"


def test_an_applicant_is_the_same_however_the_lines_of_his_cells_are_broken() -> None:
    again = table(*numbered(changed(WANG, "名称", "小明\n便利店")), file="名单2.xlsx")
    assert [notice.code for notice in read(table(*numbered(WANG)), again).notices] == ["duplicate-applicant"]


def test_the_same_applicant_again_gets_one_letter() -> None:
    again = table(*numbered(WANG), file="名单（副本）.xlsx")
    lists = read(table(*numbered(WANG)), again)
    assert lists.left_out == {"名单（副本）.xlsx": {"重复": 1}}
    assert lists.problems == () and [notice.code for notice in lists.notices] == ["duplicate-applicant"]
    assert "名单.xlsx › Sheet1 › 第2行" in lists.notices[0].advice and len(lists.says["01"]) == 1


@pytest.mark.parametrize(
    "header, value", [("单位", "市监局"), ("联系方式", "13800000001"), ("经营地址", "别处")]
)
def test_of_the_same_applicant_told_differently_neither_row_is_taken(header: str, value: str) -> None:
    again = table(*numbered(changed(WANG, header, value)), file="又.xlsx")
    lists = read(table(*numbered(WANG)), again)
    assert lists.left_out == {"名单.xlsx": {"有问题": 1}, "又.xlsx": {"有问题": 1}} and not any(
        lists.says.values()
    )
    later, first = lists.problems
    assert {later.code, first.code} == {"duplicate-applicant"}
    assert header in later.advice and "名单.xlsx" in later.advice and later.source.file == "又.xlsx"
    assert header in first.advice and "又.xlsx" in first.advice and first.source.file == "名单.xlsx"


def test_a_third_telling_does_not_blame_the_first_row_again() -> None:
    others = [changed(WANG, "联系方式", f"1380000000{number}") for number in (1, 2)]
    lists = read(table(*numbered(WANG, *others)))
    assert [problem.source.row for problem in lists.problems] == [3, 2, 4]
    assert lists.left_out == {"名单.xlsx": {"有问题": 3}} and not any(lists.says.values())


def test_of_one_number_with_two_names_no_row_is_taken() -> None:
    other = changed(changed(WANG, "姓名", "王大明"), "名称", "大明便利店")
    rows = [WANG, changed(WANG, "名称", "小明饭店"), other, changed(WANG, "名称", "小明旅店")]
    lists = read(table(*numbered(*rows)))
    assert [(problem.code, problem.source.row) for problem in lists.problems] == [
        ("same-id", 4), ("same-id", 2), ("same-id", 3), ("same-id", 5),
    ]  # fmt: skip
    assert lists.left_out == {"名单.xlsx": {"有问题": 4}} and not any(lists.says.values())


def test_a_second_business_gets_a_letter_and_a_notice() -> None:
    lists = read(table(*numbered(WANG, changed(WANG, "名称", "小明饭店"))))
    assert lists.problems == () and [notice.code for notice in lists.notices] == ["second-business"]
    assert len(lists.says["01"]) == 2


def test_letters_that_are_out_already_are_named() -> None:
    who = person(name="王小明", id_no=WANG[1], business="小明便利店")
    letter = Letter(Serial(2022, "01", 7), "岚个培〔2022〕01-0007", "东村镇", "岚县东村镇人民政府", who, None)
    lists = read(table(*numbered(WANG, changed(WANG, "名称", "小明饭店"))), issued=[letter])
    assert lists.left_out == {"名单.xlsx": {"已有介绍信": 1}}
    assert [(notice.code, "01-0007" in notice.advice) for notice in lists.notices] == [
        ("already-issued", True),
        ("second-business", True),
    ]


@pytest.mark.parametrize(
    "file, sheet, name",
    [
        ("名单.xlsx", "东村镇", "东村镇"),
        ("名单.xlsx", "东村", "东村镇"),
        ("东村镇培育对象名单（5月）.xlsx", "Sheet1", "东村镇"),
        ("市监局/名单.xlsx", "Sheet1", "县市场监管局"),
        ("2022年/岚县市场监督管理局报送/5月.xls", "Sheet1", "县市场监管局"),
        ("吕梁市生态环境局岚县分局.xlsx", "Sheet1", "市生态环境局岚县分局"),
        ("东村镇、市监局.xlsx", "Sheet1", None),
        ("东村附近.xlsx", "Sheet1", None),
        ("名单.xlsx", "Sheet1", None),
    ],
)
def test_the_unit_may_be_told_by_sheet_file_or_folder(file: str, sheet: str, name: str | None) -> None:
    unit, _ = unit_by_place(Source(file, sheet), UNITS)
    assert (unit.name if unit else None) == name


def test_a_list_without_a_unit_column_goes_by_its_file() -> None:
    own = table(*(row[:-1] for row in numbered(WANG, LI)), header=HEADER[:-1], file="东村镇.xlsx")
    lists = read(own)
    assert lists.problems == () and [notice.code for notice in lists.notices] == ["unit-by-place"]
    assert len(lists.says["01"]) == 2
    nowhere = table(*(row[:-1] for row in numbered(WANG)), header=HEADER[:-1])
    assert [problem.code for problem in read(nowhere).problems] == ["empty-cell"]


def test_totals_footers_and_empty_forms_are_no_applicants() -> None:
    found = table(
        *numbered(WANG, LI),
        (3,),
        (4,),
        ("合计", "2人"),
        ("填报人：张三", None, "审核人：李四"),
        ("注：身份证号请设为文本",),
    )
    assert [row.source.row for row in found.rows] == [2, 3] and found.doubts == ()
    assert found.left_out == {"表头": 1, "没有填写": 2, "合计": 1, "填报说明": 2}


@pytest.mark.parametrize("total", [3, "3", "３人", "合计3户", "共 3 名"])
def test_a_total_that_does_not_agree_is_a_problem(total: Value) -> None:
    lists = read(table(*numbered(WANG, LI), ("合计", total)))
    [problem] = lists.problems
    assert (problem.code, problem.source.row, problem.place) == ("wrong-total", 4, 2)


def test_a_count_may_stand_in_any_column_but_a_phone_is_no_count() -> None:
    wrong = ("合计", None, None, "12人")
    assert [doubt.place for doubt in table(*numbered(WANG, LI), wrong).doubts] == [4]
    assert table(*numbered(WANG, LI), ("合计", 2, None, "13800000000")).doubts == ()


def test_subtotals_count_since_the_last_one() -> None:
    found = table(*numbered(WANG), ("小计", 1), *numbered(LI), ("小计", 1), ("合计", 2))
    assert found.doubts == () and len(found.rows) == 2
    wrong = table(*numbered(WANG), ("小计", 1), *numbered(LI), ("小计", 2), ("合计", 2))
    assert [doubt.source.row for doubt in wrong.doubts] == [5]


def test_nothing_is_said_of_units_when_there_is_no_roster() -> None:
    lists = read(table(*numbered(changed(WANG, "身份证号", "1"))), units=())
    assert [problem.code for problem in lists.problems] == ["id-length"]


def test_a_problem_is_a_problem_of_the_list_only() -> None:
    lists = read(table(*numbered(changed(WANG, "单位", "东村"), LI)))
    assert lists.problems == ()
    assert all(isinstance(notice, Problem) for notice in lists.notices)


@pytest.mark.parametrize("word", ["无", "待定", "暂无", "/", "—", "——", "xxx", "？"])
@pytest.mark.parametrize("header", ["主要经营", "经营地址", "名称"])
def test_a_word_that_says_nothing_is_told_before_it_is_printed(header: str, word: str) -> None:
    lists = read(table(*numbered(changed(LI, header, word))))
    assert lists.problems == ()
    assert [(each.column, each.seen) for each in lists.notices if each.code == "says-nothing"] == [
        (header, word)
    ]


def test_a_name_with_such_a_word_in_it_is_a_name() -> None:
    lists = read(table(*numbered(changed(LI, "名称", "岚县无名小店"))))
    assert "says-nothing" not in {each.code for each in lists.notices}


@pytest.mark.parametrize("mark", ["同上", "同上行", "同前", "〃", '"', "”", "″"])
@pytest.mark.parametrize("header", ["主要经营", "经营地址", "名称"])
def test_a_mark_for_what_stands_above_is_never_printed(header: str, mark: str) -> None:
    lists = read(table(*numbered(WANG, changed(LI, header, mark))))
    assert [(each.code, each.column) for each in lists.problems] == [("ditto-mark", header)]
    assert len(lists.says["01"]) == 1
