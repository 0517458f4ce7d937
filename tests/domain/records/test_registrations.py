from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as codes
from stdnum.iso7064 import mod_11_10
from support.settings import SETTINGS

from pipeline.domain.letters.model import Serial
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.period import Calendar
from pipeline.domain.records.exports.companies import Company
from pipeline.domain.records.reading import Known, Reading
from pipeline.domain.records.registrations import REGISTRATIONS, Registered, Registration
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.identity import check_sign
from pipeline.domain.values.industry import Industry

Found = Reading[Registered]
UNITS = (
    Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", ("东村",)),
    Unit("02", "普明镇", "岚县普明镇人民政府", "乡镇"),
    Unit("10", "县市场监管局", "岚县市场监督管理局", "县直", ("市场局",)),
)


def code(number: int, prefix: str = "92") -> str:
    digits = f"{prefix}999999MA{number:07d}"
    return digits + codes.calc_check_digit(digits)


def regno(number: int) -> str:
    digits = f"999999{60000000 + number}"
    return digits + mod_11_10.calc_check_digit(digits)


def id_no(number: int) -> str:
    digits = f"99999919900101{number:03d}"
    return digits + check_sign(digits)


A, B, COMPANY = code(1), code(2), code(3, "91")
HEADERS = {
    "uscc": "统一社会信用代码", "regno": "注册号", "entity_type": "市场主体类型", "form": "组成形式", "name": "名称",
    "operator": "经营者", "id_no": "身份证号", "id_type": "证件类型", "est_date": "成立日期", "appr_date": "核准日期",
    "cancel_date": "注销日期", "revoke_date": "吊销日期", "strike_date": "撤销日期", "status": "状态", "biz_type": "业务类型", "phone": "联系电话",
    "scope": "经营范围", "address": "经营场所", "letter_no": "介绍信编号", "number": "编号", "unit": "引荐单位",
    "industry": "INDUSTRYPHY", "industry_code": "INDUSTRYCO", "station": "管辖单位", "town": "所属乡镇",
    "size_class": "分型", "distinction": "名特优新", "upgraded": "个转企",
}  # fmt: skip


def table(rows: Sequence[Mapping[str, Value]], file: str = "登记.xlsx", *, from_1904: bool = False) -> Table:
    """A table of these rows, with all columns that one of them has."""
    names = [name for name in HEADERS if any(name in row for row in rows)]
    return Table(
        "registrations",
        Source(file, "Sheet1", 1),
        {name: HEADERS[name] for name in names},
        tuple(
            Row(Source(file, "Sheet1", number), {name: row.get(name) for name in names})
            for number, row in enumerate(rows, 2)
        ),
        {name: place for place, name in enumerate(names, 1)},
        from_1904,
    )


def read(*tables: Table, units: Sequence[Unit] = UNITS, month_end: int = 0) -> Found:
    serials = SerialFormat(2022, SETTINGS.letters.serial)
    known = Known(units, serials, date(2022, 12, 31), ("县税务局",), calendar=Calendar(month_end))
    found = REGISTRATIONS.read(tables, known)
    for file in {each.source.file for each in tables}:
        rows = sum(len(each.rows) for each in tables if each.source.file == file)
        sources = [source for business in found.says for source in business.sources]
        placed = sum(source.file == file for source in sources)
        assert placed + sum(found.left_out.get(file, {}).values()) == rows
    return found


def read_rows(*rows: Mapping[str, Value]) -> Found:
    return read(table(rows))


def only(found: Found) -> Registration:
    [business] = found.says
    return business


def told(findings: Sequence[Problem]) -> list[tuple[str, int | None, str | None]]:
    return [(found.code, found.source.row, found.column) for found in findings]


FULL: dict[str, Value] = {
    "uscc": A, "regno": regno(1), "name": "岚县小明便利店", "operator": "王小明", "id_no": id_no(101), "id_type": "居民身份证",
    "est_date": "2022-05-07", "appr_date": "2022-06-01", "status": "存续（在营、开业、在册）", "biz_type": "变更",
    "phone": "13800000000", "letter_no": "岚个培〔2022〕01-0001号", "unit": "东村镇",
}  # fmt: skip


def test_a_clean_row() -> None:
    found = read_rows(FULL)
    assert found.problems == found.notices == ()
    assert only(found) == Registration(
        A, regno(1), "岚县小明便利店", "王小明", id_no(101), date(2022, 5, 7), None, None, "在册",
        Serial(2022, "01", 1), "01", "13800000000", "", "", (Source("登记.xlsx", "Sheet1", 2),),
    )  # fmt: skip


def test_what_a_business_is_classed_as_is_taken_as_it_stands_and_never_guessed() -> None:
    assert only(read_rows(FULL)).classes == ("", "", "")
    classes: Mapping[str, Value] = {"size_class": "生存型", "distinction": "特色", "upgraded": "否"}
    found = read(
        table([FULL | classes]),
        table([{"uscc": A, "est_date": "2022-05-07", "size_class": "成长型", "distinction": "/"}], "7月.xls"),
    )
    assert only(found).classes == ("成长型", "特色", "否")


def test_the_last_value_wins_and_an_empty_cell_erases_nothing() -> None:
    found = read(
        table([FULL]),
        table([{"uscc": A, "name": "", "operator": "王大明", "cancel_date": datetime.fromisoformat("2022-07-01"),
                "status": "注销", "letter_no": "/", "unit": "无"}], "7月.xls"),
    )  # fmt: skip
    business = only(found)
    assert (business.name, business.operator, business.id_no) == ("岚县小明便利店", "王大明", id_no(101))
    assert (business.established, business.cancelled, business.status) == (
        date(2022, 5, 7),
        date(2022, 7, 1),
        "注销",
    )
    assert (business.letter, business.unit) == (Serial(2022, "01", 1), "01")
    assert [source.file for source in business.sources] == ["登记.xlsx", "7月.xls"]
    assert found.notices == ()


def test_phone_address_and_scope_are_kept_as_they_stood() -> None:
    found = read(
        table(
            [
                FULL
                | {
                    "scope": " 零售（含烟草）",
                    "address": "岚县 东村镇８号",
                    "phone": "86-13800000000/ 0358 6722345",
                }
            ]
        ),
        table(
            [{"uscc": A, "est_date": "2022-05-07", "scope": "小吃服务", "address": "无", "phone": "/"}],
            "7月.xls",
        ),
    )
    business = only(found)
    assert (business.scope, business.address) == ("小吃服务", "岚县 东村镇８号")
    assert business.phone == "13800000000、0358-6722345" and found.notices == ()


def test_what_cannot_be_read_of_these_is_as_if_it_were_not_there() -> None:
    spoilt = Unreadable("error-value", "#N/A")
    found = read_rows(FULL | {"scope": spoilt, "address": spoilt, "phone": "138000"})
    assert (only(found).scope, only(found).address, only(found).phone) == ("", "", "")
    assert told(found.notices) == [("bad-phone", 2, "联系电话")], "nobody needs the others"


def test_industry_and_place_are_the_last_that_a_row_told_field_by_field() -> None:
    found = read(
        table([FULL | {"industry": "F", "industry_code": "5212", "station": "东村所", "town": "东村镇"}]),
        table([{"uscc": A, "est_date": "2022-05-07", "industry": "H", "industry_code": "6210", "station": "", "town": "/"}], "7月.xls"),
        table([{"uscc": A, "est_date": "2022-05-07", "industry_code": 6299.0, "town": "普明镇"}], "8月.xls"),
    )  # fmt: skip
    business = only(found)
    assert business.industry == Industry("H", 62)
    assert (business.station, business.town) == ("东村所", "普明镇") and found.notices == ()
    assert only(read_rows(FULL)).industry is None
    assert only(read_rows(FULL | {"industry": Unreadable("error-value", "#N/A")})).industry is None


def test_companies_are_left_out_and_carried_along() -> None:
    row = FULL | {
        "uscc": COMPANY,
        "name": "岚县小明有限公司",
        "address": "岚县东村镇8号",
        "est_date": "2022年",
    }
    found = read_rows(row, row | {"uscc": code(4, "93")}, FULL, row | {"est_date": 44690, "id_no": "看不清"})
    assert len(found.says) == 1 and found.problems == ()
    assert [each.code for each in found.notices] == ["not-individual"] * 3, (
        "of a company nothing else is asked"
    )
    first, second = found.says.companies
    assert first == Company(
        COMPANY,
        "岚县小明有限公司",
        "王小明",
        id_no(101),
        "岚县东村镇8号",
        None,
        Source("登记.xlsx", "Sheet1", 2),
        FULL["unit"],
    )
    assert (second.established, second.id_no, second.source.row) == (date(2022, 5, 9), "看不清", 5)


def test_a_company_is_one_by_the_last_row_that_says_so() -> None:
    company = FULL | {"entity_type": "有限责任公司"}
    assert [each.uscc for each in read_rows(FULL, company).says.companies] == [A]
    again = read_rows(company, FULL | {"entity_type": "个体工商户"})
    assert again.says.companies == () and len(again.says) == 1


def test_businesses_are_a_sequence() -> None:
    says = read_rows(*({"uscc": code(n), "est_date": "2022-01-05"} for n in (5, 3, 4))).says
    assert (
        len(says) == 3 and says[1].uscc == code(3) and [each.uscc for each in says[1:]] == [code(3), code(4)]
    )
    assert says[0] in says and bool(says)


def test_a_letter_and_a_unit_may_come_from_different_rows() -> None:
    business = only(read_rows(
        {"uscc": A, "est_date": "2022-01-05", "unit": "普明镇"}, {"uscc": A, "est_date": "2022-01-05", "letter_no": "01-0007"},
    ))  # fmt: skip
    assert (business.letter, business.unit) == (Serial(2022, "01", 7), "02")


def test_businesses_come_in_order_of_first_appearance() -> None:
    rows = [{"uscc": code(n), "est_date": "2022-01-05"} for n in (5, 3, 5, 4, 3)]
    assert [business.uscc for business in read_rows(*rows).says] == [code(5), code(3), code(4)]


@pytest.mark.parametrize(
    "one, other, same",
    [
        ({"uscc": A}, {"uscc": A.lower()}, True),
        ({"uscc": A, "regno": regno(1)}, {"uscc": B, "regno": regno(1)}, False),
        ({"uscc": A, "id_no": id_no(101), "operator": "甲"}, {"uscc": B, "id_no": id_no(101), "operator": "甲"}, False),
        ({"uscc": A, "regno": regno(1)}, {"regno": regno(1)}, True),
        ({"regno": regno(1)}, {"regno": float(regno(1))}, True),
        ({"regno": regno(1), "id_no": id_no(101), "operator": "甲"}, {"regno": regno(2), "id_no": id_no(101), "operator": "甲"}, False),
        ({"uscc": A, "id_no": id_no(101), "operator": "甲"}, {"id_no": id_no(101), "operator": " 甲 "}, True),
        ({"uscc": A, "id_no": id_no(101), "operator": "甲"}, {"regno": regno(1), "id_no": id_no(101), "operator": "甲"}, True),
        ({"id_no": id_no(101), "operator": "甲"}, {"id_no": id_no(101), "operator": "乙"}, False),
        ({"id_no": "999999900101123", "operator": "甲"}, {"id_no": "99999919900101123" + check_sign("99999919900101123"), "operator": "甲"}, True),
        ({"uscc": A, "operator": "甲"}, {"id_no": id_no(101), "operator": "甲"}, False),
    ],
)  # fmt: skip
def test_what_makes_two_rows_one_business(one: dict[str, Value], other: dict[str, Value], same: bool) -> None:
    for rows in ((one, other), (other, one)):
        found = read_rows(*({**row, "est_date": "2022-03-01"} for row in rows))
        assert len(found.says) == (1 if same else 2) and found.problems == ()


def test_a_row_that_could_be_of_several_businesses_is_of_none_in_any_order() -> None:
    person = {"id_no": id_no(101), "operator": "甲", "est_date": "2022-03-01"}
    rows = [{**person, "uscc": A}, {**person, "uscc": B}, person]
    for order in permutations(rows):
        found = read_rows(*order)
        assert {business.uscc for business in found.says} == {A, B}
        assert told(found.problems) == [("no-identity", order.index(person) + 2, "统一社会信用代码")]
        assert found.left_out["登记.xlsx"] == {"认不出是哪一户": 1}


def test_a_number_that_two_codes_share_tells_no_business() -> None:
    rows = [{"uscc": A, "regno": regno(1)}, {"uscc": B, "regno": regno(1)}, {"regno": regno(1)}]
    found = read_rows(*({**row, "est_date": "2022-03-01"} for row in rows))
    assert told(found.problems) == [("no-identity", 4, "统一社会信用代码")] and len(found.says) == 2


@pytest.mark.parametrize(
    "row",
    [
        {"uscc": ""}, {"uscc": "无", "name": "某店"}, {"uscc": 9.2999999e17}, {"uscc": A[:-1]}, {"id_no": id_no(101)}, {"uscc": None, "operator": "甲"},
        {"id_no": 9.99999199001011e17, "operator": "甲"}, {"uscc": Unreadable("#N/A", "error-value")}, {"regno": "12"},
    ],
)  # fmt: skip
def test_a_row_that_names_no_business_is_a_problem(row: dict[str, Value]) -> None:
    found = read_rows({**row, "est_date": "2022-03-01"})
    assert [problem.code for problem in found.problems] == ["no-identity"] and not found.says


def test_a_row_s_faults_are_told_all_at_once() -> None:
    found = read_rows(
        {
            "uscc": "",
            "est_date": "2022-02-30",
            "cancel_date": "?",
            "phone": "1",
            "unit": "?",
            "letter_no": "?",
        }
    )
    assert [problem.code for problem in found.problems] == ["bad-date", "no-identity"]
    assert [notice.code for notice in found.notices] == [
        "bad-date",
        "bad-phone",
        "unknown-unit",
        "letter-unreadable",
    ]
    assert found.left_out["登记.xlsx"] == {"认不出是哪一户": 1}


def test_either_number_may_stand_in_the_other_s_column() -> None:
    business = only(read_rows({"uscc": regno(1), "regno": A, "est_date": "2022-03-01"}))
    assert (business.uscc, business.regno) == (A, regno(1))


def test_a_code_with_a_wrong_check_sign_still_tells_which_business() -> None:
    wrong = A[:-1] + ("0" if A[-1] != "0" else "1")
    found = read_rows({"uscc": wrong, "est_date": "2022-03-01"})
    assert only(found).uscc == wrong and told(found.notices) == [("code-checksum", 2, "统一社会信用代码")]


def test_what_is_no_individual_business_is_left_out_with_a_notice() -> None:
    found = read_rows(
        {"uscc": A, "est_date": "2022-03-01"}, {"uscc": COMPANY, "regno": regno(9), "est_date": "no date"},
        {"uscc": code(4, "93"), "est_date": "2022-03-01"}, {"regno": regno(9), "est_date": "2022-03-01"},
    )  # fmt: skip
    assert only(found).uscc == A and found.problems == ()
    assert [notice.code for notice in found.notices] == ["not-individual"] * 3
    assert found.left_out == {"登记.xlsx": {"不是个体工商户": 3}}


def test_a_company_s_legal_person_may_run_a_business_of_his_own() -> None:
    person = {"id_no": id_no(101), "operator": "甲", "est_date": "2022-03-01"}
    found = read_rows({**person, "uscc": COMPANY}, person)
    assert only(found).uscc == "" and len(found.notices) == 1


NO_DATES: list[Value] = [
    "2022-02-30", "2022年5月", "05/07/2022", "13/05/22", "2022年5月7日 星期日", "不详", "1922-05-07", True,
    datetime.fromisoformat("1979-12-31"),
]  # fmt: skip


@pytest.mark.parametrize("value", NO_DATES)
def test_a_date_of_establishment_that_cannot_be_is_a_problem_at_its_cell(value: Value) -> None:
    found = read_rows({"uscc": A, "est_date": value, "cancel_date": "2022-06-01"})
    assert told(found.problems) == [("bad-date", 2, "成立日期")]
    assert not found.says and found.left_out["登记.xlsx"] == {"日期不能用": 1}


@pytest.mark.parametrize("name, done", [("cancel_date", "注销"), ("revoke_date", "吊销")])
@pytest.mark.parametrize("value", [*NO_DATES, Unreadable("#N/A", "error-value")])
def test_a_date_of_cancellation_that_cannot_be_is_told_and_leaves_the_establishment(
    name: str, done: str, value: Value
) -> None:
    found = read_rows({"uscc": A, "est_date": "2022-03-01", name: value})
    code = "error-value" if isinstance(value, Unreadable) else "bad-date"
    assert found.problems == () and told(found.notices) == [(code, 2, HEADERS[name])]
    assert f"没有算{done}" in found.notices[0].advice
    business = only(found)
    assert (business.established, business.cancelled, business.revoked) == (date(2022, 3, 1), None, None)
    assert not read_rows({"uscc": A, name: value}).says


def test_a_cancellation_that_another_row_dates_counts() -> None:
    row = {"uscc": A, "est_date": "2022-03-01"}
    business = only(read_rows({**row, "cancel_date": "去年"}, {**row, "cancel_date": "2022-06-01"}))
    assert business.cancelled == date(2022, 6, 1)


def test_a_column_kept_in_another_zone_is_read_and_told_once_before_its_rows() -> None:
    found = read_rows(
        *({"uscc": code(n), "est_date": datetime(2022, 5, n, 16), "cancel_date": None} for n in (1, 2, 31))
    )
    assert [business.established for business in found.says] == [
        date(2022, 5, 2), date(2022, 5, 3), date(2022, 6, 1),
    ]  # fmt: skip
    assert told(found.notices) == [("shifted-days", 1, "成立日期")] and found.problems == ()


@pytest.mark.parametrize(
    "value, seen",
    [
        ("20220230", "20220230"),
        (datetime.fromisoformat("1966-05-01"), "1966-05-01"),
        ("13800000000", "138…（11位）"),
    ],
)
def test_a_wrong_date_is_shown_unless_it_could_be_a_number_of_a_person(value: Value, seen: str) -> None:
    [problem] = read_rows({"uscc": A, "est_date": value}).problems
    assert problem.seen == seen


def test_a_date_cell_that_cannot_be_read_is_a_problem_of_its_own_kind() -> None:
    found = read_rows({"uscc": A, "est_date": Unreadable("#VALUE!", "error-value")})
    assert [problem.code for problem in found.problems] == ["error-value"]


@pytest.mark.parametrize("name", ["est_date", "cancel_date", "revoke_date"])
@pytest.mark.parametrize(
    "value", ["NaT", "null", "Invalid Date", 0, "1970-01-01 08:00:00", datetime(9999, 12, 31)]
)
def test_a_word_for_no_date_takes_nothing_with_it(name: str, value: Value) -> None:
    found = read_rows({"uscc": A, "est_date": "2022-03-01"}, {"uscc": A, name: value})
    assert only(found).established == date(2022, 3, 1) and only(found).cancelled is None
    assert found.problems == found.notices == ()


@pytest.mark.parametrize("value", [None, "", "-", "/", "无", "NULL", "0000-00-00 00:00:00"])
def test_what_says_nothing_is_no_date_and_no_fault(value: Value) -> None:
    found = read_rows(
        {
            "uscc": A,
            "est_date": "2022-03-01",
            "cancel_date": value,
            "phone": value,
            "letter_no": value,
            "unit": value,
        }
    )
    assert only(found).cancelled is None and found.problems == found.notices == ()


def test_a_business_without_any_date_is_a_problem_in_each_row() -> None:
    found = read_rows({"uscc": A, "est_date": None, "appr_date": "2022-03-01"}, {"uscc": A, "name": "某店"})
    assert told(found.problems) == [("bad-date", 2, "成立日期"), ("bad-date", 3, "成立日期")]
    assert not found.says


def test_the_first_licence_of_1980_counts_and_a_later_year_is_told() -> None:
    found = read_rows(
        {"uscc": A, "est_date": "1980-12-11"}, {"uscc": B, "est_date": "2022-12-31"}, {"uscc": code(3), "est_date": "2023-01-01"}
    )  # fmt: skip
    assert (
        len(found.says) == 3
        and found.problems == ()
        and told(found.notices) == [("late-date", 4, "成立日期")]
    )


def test_days_follow_the_workbook_s_calendar() -> None:
    found = read(
        table([{"uscc": A, "est_date": 43226}], from_1904=True),
        table([{"uscc": B, "est_date": 44688}], "b.xlsx"),
    )
    assert [business.established for business in found.says] == [date(2022, 5, 7)] * 2


def test_the_approval_date_counts_only_for_an_establishment_without_a_date() -> None:
    rows = {"appr_date": "2022-06-01", "est_date": None}
    found = read_rows({"uscc": A, "biz_type": "设立登记", **rows})
    assert only(found).established == date(2022, 6, 1) and told(found.notices) == [
        ("approval-date", 2, "核准日期")
    ]
    for biz_type in ("变更登记", ""):
        assert [
            problem.code for problem in read_rows({"uscc": A, "biz_type": biz_type, **rows}).problems
        ] == ["bad-date"]
    found = read_rows({"uscc": A, "biz_type": "设立", **rows}, {"uscc": A, "est_date": "2022-05-30"})
    assert only(found).established == date(2022, 5, 30) and found.notices == ()
    found = read_rows({"uscc": A, "biz_type": "设立", "est_date": "2022-05-30", "appr_date": "nonsense"})
    assert only(found).established == date(2022, 5, 30) and found.problems == ()


def test_a_changed_date_of_establishment_is_told_and_the_last_counts() -> None:
    found = read_rows(
        *(
            {"uscc": A, "est_date": day}
            for day in ("2022-05-07", "2022-05-07", "2022-05-08", None, "2022-05-08")
        )
    )
    assert only(found).established == date(2022, 5, 8) and told(found.notices) == [
        ("changed-date", 4, "成立日期")
    ]


@pytest.mark.parametrize(
    "typed, status",
    [
        ("存续", "在册"), ("在营", "在册"), ("开业", "在册"), ("在册", "在册"), ("正常", "在册"), ("歇业", "在册"), ("歇业备案", "在册"), (1, "在册"),
        ("存续(在营、开业、在册)", "在册"), (" 存续（在营、开业、在册） ", "在册"), ("注销", "注销"), ("已注销", "注销"), ("4", "注销"), (4.0, "注销"),
        ("吊销", "吊销"), ("已吊销", "吊销"), ("吊销未注销", "吊销"), ("吊销，未注销", "吊销"), (2, "吊销"), ("吊销已注销", "注销"), ("3", "注销"),
        ("撤销", "撤销"), ("已撤销登记", "撤销"), ("撤销设立登记", "撤销"), ("撤销注销登记", "撤销注销登记"), ("迁出", "迁出"), ("已迁出", "迁出"), ("简易注销公告中", "简易注销公告中"), ("未注销", "未注销"), ("5", "5"), (None, ""), ("/", ""),
    ],
)  # fmt: skip
def test_statuses(typed: Value, status: str) -> None:
    assert only(read_rows({"uscc": A, "est_date": "2022-05-07", "status": typed})).status == status


def test_a_cancellation_without_a_date_is_told_and_does_not_count() -> None:
    found = read_rows({"uscc": A, "est_date": "2022-05-07", "cancel_date": "", "status": "注销"})
    assert only(found).cancelled is None and told(found.notices) == [
        ("cancelled-without-date", 2, "注销日期")
    ]
    found = read_rows({"uscc": A, "est_date": "2022-05-07", "biz_type": "注销登记"})
    assert only(found).status == "注销" and told(found.notices) == [("cancelled-without-date", 2, "业务类型")]
    found = read_rows(
        {"uscc": A, "est_date": "2022-05-07", "status": "注销"}, {"uscc": A, "cancel_date": "2022-06-01"}
    )
    assert only(found).cancelled == date(2022, 6, 1) and found.notices == ()


BORN: dict[str, Value] = {"est_date": "2022-03-01"}


@pytest.mark.parametrize(
    "uscc, entity_type, form, column",
    [
        (A, None, None, None), (COMPANY, None, None, "统一社会信用代码"),
        (A, "个体工商户", None, None), (COMPANY, "个体工商户", None, None), (COMPANY, "个体工商户（台湾居民）", None, None),
        (COMPANY, None, "个人经营", None), (COMPANY, None, "家庭经营", None), (COMPANY, "其他", "家庭经营", None),
        (A, "有限责任公司(自然人独资)", None, "市场主体类型"), (A, "个人独资企业", None, "市场主体类型"),
        (A, "农民专业合作社", "家庭经营", "市场主体类型"), (A, "企业", None, "市场主体类型"), (A, "非个体工商户", None, "市场主体类型"),
        (A, None, "有限责任公司", "组成形式"), (A, "/", "有限责任公司", "组成形式"),
        (COMPANY, "有限责任公司", None, "统一社会信用代码"),
        (A, "微型企业", None, None), (A, "小微企业", "个人经营", None), (A, "个体私营企业", None, None), (A, "9999", None, None),
        (A, 9500, None, None), (COMPANY, "9999", None, "统一社会信用代码"), (COMPANY, "个转企", None, "统一社会信用代码"),
    ],
)  # fmt: skip
def test_what_a_row_says_of_its_kind_wins_over_the_code(
    uscc: str, entity_type: Value, form: Value, column: str | None
) -> None:
    found = read_rows({"uscc": uscc, "entity_type": entity_type, "form": form, **BORN})
    assert len(found.says) == (column is None) and found.problems == ()
    assert told(found.notices) == ([("not-individual", 2, column)] if column else [])


def test_a_company_with_a_92_code_is_told_in_words_of_its_own() -> None:
    [notice] = read_rows({"uscc": A, "entity_type": "有限责任公司", **BORN}).notices
    assert (
        notice.advice
        == "这里写明是企业，不是个体工商户，不计入；个转企的可以保留92开头的代码。写错的，请改正。"
    )


def test_the_last_row_that_says_what_a_business_is_counts_for_its_other_rows() -> None:
    january = table([{"uscc": A, "entity_type": "个体工商户", **BORN}], "1月.xlsx")
    bare = table([{"uscc": A, **BORN}], "2月.xlsx")
    august = table([{"uscc": A, "entity_type": "有限责任公司", **BORN}], "8月.xlsx")
    found = read(january, bare, august)
    assert not found.says
    assert [(each.source.file, each.advice) for each in found.notices] == [
        (
            "8月.xlsx",
            "这里写明是企业，不是个体工商户，不计入；个转企的可以保留92开头的代码。写错的，请改正。",
        ),
        ("1月.xlsx", "同一统一社会信用代码在别的行是企业，不是个体工商户，不计入。"),
        ("2月.xlsx", "同一统一社会信用代码在别的行是企业，不是个体工商户，不计入。"),
    ]
    assert len(only(read(january, bare)).sources) == 2
    assert [source.file for source in only(read(august, january)).sources] == ["1月.xlsx"]


def test_a_row_without_a_kind_goes_by_another_row_of_its_code() -> None:
    rows = (
        {"uscc": COMPANY, "entity_type": "个体工商户", **BORN},
        {"uscc": COMPANY, "cancel_date": "2022-06-01"},
    )
    found = read(table(rows[:1]), table(rows[1:], "7月.xlsx"))
    assert only(found).cancelled == date(2022, 6, 1) and found.notices == ()


@pytest.mark.parametrize(
    "rows, cancelled, notices",
    [
        (({"status": "注销", "appr_date": "2022-06-09"},), date(2022, 6, 9), [("cancelled-by-approval", 2, "核准日期")]),
        (({"status": "注销", "appr_date": "2022-06-09", "cancel_date": "2022-06-02"},), date(2022, 6, 2), []),
        (({"status": "注销", "appr_date": "2022-06-09", "cancel_date": "无"},), date(2022, 6, 9), [("cancelled-by-approval", 2, "核准日期")]),
        (({"status": "注销", "appr_date": "乱写"},), None, [("cancelled-without-date", 2, "状态")]),
        (({"status": "存续", "appr_date": "2022-06-09"}, {"status": "注销"}), None, [("cancelled-without-date", 3, "状态")]),
        (({"status": "注销", "appr_date": "2022-06-09"}, {"status": "存续", "appr_date": "2022-07-01"}), None, []),
        (({"status": "注销", "appr_date": "2022-06-09"}, {"cancel_date": "2022-06-02"}), date(2022, 6, 2), []),
        (({"status": "注销", "appr_date": "2022-06-09"}, {"status": "注销", "appr_date": "2022-07-01"}), date(2022, 7, 1),
         [("cancelled-by-approval", 3, "核准日期")]),
        (({"status": "注销", "appr_date": "2022-02-01"},), date(2022, 2, 1),
         [("cancelled-by-approval", 2, "核准日期"), ("cancelled-too-early", 2, "核准日期")]),
        (({"biz_type": "注销登记", "appr_date": "2022-06-09"},), date(2022, 6, 9), [("cancelled-by-approval", 2, "核准日期")]),
        (({"status": "存续", "appr_date": "乱写"},), None, []),
    ],
)  # fmt: skip
def test_a_cancellation_without_its_date_is_dated_by_the_approval_of_its_own_row(
    rows: Sequence[Mapping[str, Value]], cancelled: date | None, notices: list[tuple[str, int, str]]
) -> None:
    found = read_rows(*({"uscc": A, **BORN, **row} for row in rows))
    assert only(found).cancelled == cancelled and found.problems == ()
    assert told(found.notices) == notices


def test_a_cancellation_dated_by_approval_needs_no_establishment() -> None:
    assert only(read_rows({"uscc": A, "status": "注销", "appr_date": "2022-06-09"})).cancelled == date(
        2022, 6, 9
    )


def test_a_column_of_approvals_is_read_as_a_column() -> None:
    days = ("2022-06-08 16:00:00", "2022-06-09 16:00:00", "2022-06-10 16:00:00")
    rows = [{"uscc": code(n), **BORN, "status": "注销", "appr_date": day} for n, day in enumerate(days, 1)]
    found = read_rows(*rows)
    assert [each.cancelled for each in found.says] == [date(2022, 6, day) for day in (9, 10, 11)]
    assert [each.code for each in found.notices].count("shifted-days") == 1
    assert "shifted-days" not in {
        each.code for each in read_rows(*({**row, "status": "存续"} for row in rows)).notices
    }


@pytest.mark.parametrize(
    "row, struck_off, notices",
    [
        ({"status": "撤销", "strike_date": "2022-06-05"}, date(2022, 6, 5), []),
        ({"strike_date": "2022-06-05"}, date(2022, 6, 5), []),
        ({"status": "已撤销登记", "appr_date": "2022-06-09"}, date(2022, 6, 9), [("struck-off-by-approval", 2, "核准日期")]),
        ({"status": "撤销"}, None, [("struck-off-without-date", 2, "状态")]),
        ({"status": "撤销", "strike_date": "6月"}, None, [("bad-date", 2, "撤销日期"), ("struck-off-without-date", 2, "撤销日期")]),
        ({"status": "歇业"}, None, []),
    ],
)  # fmt: skip
def test_a_registration_revoked_as_false_has_its_day(
    row: Mapping[str, Value], struck_off: date | None, notices: list[tuple[str, int, str]]
) -> None:
    found = read_rows({"uscc": A, **BORN, **row})
    assert only(found).struck_off == struck_off and told(found.notices) == notices and found.problems == ()


def test_a_date_after_the_last_day_of_the_registry_s_year_is_told() -> None:
    row = {"uscc": A, "est_date": "2022-12-26"}
    assert read_rows(row).notices == () and read(table([row]), month_end=26).notices == ()
    [notice] = read(table([row]), month_end=25).notices
    assert (notice.code, notice.advice) == (
        "late-date",
        "在2022年12月25日（2022年度末）之后，不计入。请核对。",
    )
    [notice] = read(table([{"uscc": A, "est_date": "2023-01-01"}])).notices
    assert notice.advice == "在2022年之后，不计入。请核对。"


def test_a_cancellation_before_the_establishment_is_told() -> None:
    found = read_rows({"uscc": A, "est_date": "2022-05-07"}, {"uscc": A, "cancel_date": "2022-05-06"})
    assert told(found.notices) == [("cancelled-too-early", 3, "注销日期")] and len(found.says) == 1
    assert read_rows({"uscc": A, "est_date": "2022-05-07", "cancel_date": "2022-05-07"}).notices == ()


@pytest.mark.parametrize(
    "name, unit",
    [
        ("东村镇", "01"),
        ("岚县 东村镇人民政府", "01"),
        ("东村", "01"),
        ("市场局", "10"),
        ("县税务局", None),
        (None, None),
    ],
)
def test_a_declared_unit_goes_by_any_of_its_names(name: Value, unit: str | None) -> None:
    found = read_rows({"uscc": A, "est_date": "2022-05-07", "unit": name})
    assert only(found).unit == unit and found.notices == ()


def test_a_row_that_changes_the_unit_is_told_with_both_places() -> None:
    rows = ({"uscc": A, "est_date": "2022-05-07", "unit": "东村镇"}, {"uscc": A, "unit": "县市场监管局"})
    first, again = table(rows[:1], file="登记.xlsx"), table(rows[1:], file="登记(1).xlsx")
    found = read(first, again)
    assert told(found.notices) == [("unit-changed", 2, "引荐单位")]
    [notice] = found.notices
    assert notice.source.file == "登记(1).xlsx" and notice.seen == "县市场监管局"
    assert all(word in notice.advice for word in ("登记.xlsx", "登记(1).xlsx", "“东村镇”", "“县市场监管局”"))
    assert only(found).unit == "10"


def test_a_unit_told_again_by_another_of_its_names_or_not_at_all_is_not_changed() -> None:
    row = {"uscc": A, "est_date": "2022-05-07", "unit": "东村镇"}
    assert read_rows(row, {**row, "unit": "东村"}, {**row, "unit": None}, row).notices == ()


def test_each_change_of_the_unit_is_told_an_office_without_a_share_too() -> None:
    row = {"uscc": A, "est_date": "2022-05-07", "unit": "东村镇"}
    found = read_rows(row, {**row, "unit": "县税务局"}, row)
    assert told(found.notices) == [("unit-changed", 3, "引荐单位"), ("unit-changed", 4, "引荐单位")]
    assert only(found).unit == "01"


def test_an_office_without_a_share_takes_the_place_of_a_unit_declared_before() -> None:
    found = read_rows(
        {"uscc": A, "est_date": "2022-05-07", "unit": "东村镇"}, {"uscc": A, "unit": "县税务局"}
    )
    assert only(found).unit is None


def test_an_unknown_unit_is_told_with_the_nearest_as_advice() -> None:
    found = read_rows(
        {"uscc": A, "est_date": "2022-05-07", "unit": "东树镇"},
        {"uscc": A, "unit": "东村镇"},
        {"uscc": A, "unit": "东树镇"},
    )
    assert only(found).unit == "01"
    assert told(found.notices) == [("unknown-unit", 2, "引荐单位"), ("unknown-unit", 4, "引荐单位")]
    assert "是不是“东村镇”" in found.notices[0].advice
    assert read(table([{"uscc": A, "est_date": "2022-05-07", "unit": "东树镇"}]), units=()).notices == ()


@pytest.mark.parametrize(
    "cells, letter",
    [
        ({"letter_no": "2022-01-0001"}, Serial(2022, "01", 1)), ({"letter_no": 7.0, "unit": "普明镇"}, Serial(2022, "02", 7)),
        ({"letter_no": "第7号", "unit": "县税务局"}, None), ({"letter_no": "有"}, None), ({"number": "01-0003"}, Serial(2022, "01", 3)),
    ],
)  # fmt: skip
def test_letters(cells: dict[str, Value], letter: Serial | None) -> None:
    found = read_rows({"uscc": A, "est_date": "2022-05-07", **cells})
    assert only(found).letter == letter
    assert told(found.notices) == ([] if letter else [("letter-unreadable", 2, "介绍信编号")])


def test_a_column_of_row_numbers_names_no_letters() -> None:
    found = read_rows({"uscc": A, "est_date": "2022-05-07", "number": 1, "unit": "东村镇"})
    assert only(found).letter is None and found.notices == ()


def test_bad_numbers_of_people_are_notices_and_hidden() -> None:
    found = read_rows(
        {
            "uscc": A,
            "est_date": "2022-05-07",
            "id_no": "999999199001011230",
            "phone": "1380000000",
            "operator": "甲",
        }
    )
    assert len(found.says) == 1 and found.problems == ()
    assert told(found.notices) == [("id-checksum", 2, "身份证号"), ("bad-phone", 2, "联系电话")]
    assert [notice.seen for notice in found.notices] == ["9999…（18位）", "138…（10位）"]
    assert [notice.place for notice in found.notices] == [3, 5]


def test_other_certificates_are_not_held_against_the_rules_of_id_numbers() -> None:
    person: dict[str, Value] = {"id_no": "E12345678", "id_type": "护照", "operator": "甲"}
    found = read_rows({**person, "est_date": "2022-05-07"}, {**person, "name": "某店"})
    assert (only(found).id_no, only(found).name) == ("E12345678", "某店") and found.notices == ()


def test_totals_that_do_not_agree_are_notices() -> None:
    doubt = Problem(Source("登记.xlsx", "Sheet1", 9), None, "3", "wrong-total", "…", 1)
    found = read(replace(table([{"uscc": A, "est_date": "2022-05-07"}]), doubts=(doubt,)))
    assert found.notices == (doubt,) and len(found.says) == 1


CELLS = (
    st.none() | st.integers() | st.floats() | st.booleans() | st.text(max_size=20) | st.datetimes()
    | st.sampled_from(["2022-05-07", "东村镇", "1", "注销", A, B, COMPANY, regno(1), id_no(101), Unreadable("#N/A", "error-value")])
)  # fmt: skip


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(HEADERS, CELLS)), min_size=1, max_size=6))
def test_whatever_stands_there_every_row_is_accounted_for(rows: list[dict[str, Value]]) -> None:
    found = read(table(rows))
    placed = [source.row for business in found.says for source in business.sources]
    named = {problem.source.row for problem in found.problems}
    left = {row for row in range(2, len(rows) + 2) if row not in placed}
    assert len(placed) == len(set(placed)) and not named & set(placed)
    assert left == named | {notice.source.row for notice in found.notices if notice.code == "not-individual"}


PERSONS = st.sampled_from([None, 101, 102])
ROWS = st.fixed_dictionaries(
    {
        "uscc": st.sampled_from([None, A, B]), "regno": st.sampled_from([None, regno(1), regno(2)]),
        "id_no": PERSONS.map(lambda number: number and id_no(number)), "operator": st.just("甲"),
        "est_date": st.dates(date(2022, 1, 1), date(2022, 1, 1) + timedelta(3)).map(str),
    }
)  # fmt: skip


@given(st.lists(ROWS, max_size=8))
def test_each_code_is_one_business_and_no_business_has_two(rows: list[dict[str, Value]]) -> None:
    found = read_rows(*rows) if rows else read()
    for business in found.says:
        mine = [rows[(source.row or 0) - 2] for source in business.sources]
        assert len({row["uscc"] for row in mine} - {None}) <= 1
        assert business.established == date.fromisoformat(str(mine[-1]["est_date"]))
    kept = [business.uscc for business in found.says if business.uscc]
    assert sorted(kept) == sorted({row["uscc"] for row in rows if row["uscc"]})


def parted(rows: Sequence[Mapping[str, Value]], order: Sequence[int]) -> set[frozenset[int]]:
    """Which of the rows, by their number, are one business when they stand in that order."""
    found = read(table([rows[number] for number in order]))
    return {frozenset(order[(source.row or 0) - 2] for source in business.sources) for business in found.says}


@given(
    st.lists(ROWS, min_size=1, max_size=8).flatmap(
        lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows))))
    )
)
def test_by_code_and_person_the_order_of_rows_does_not_matter(
    case: tuple[list[dict[str, Value]], list[int]],
) -> None:
    rows, order = [{**row, "regno": None} for row in case[0]], case[1]
    assert parted(rows, order) == parted(rows, range(len(rows)))
