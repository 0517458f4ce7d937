from datetime import date

from support.reading.tables import recognise
from support.settings import SETTINGS

from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Source
from pipeline.domain.records.notes import EXPERIENCE, NEXT_STEPS, NOTES, PROBLEMS, Notes
from pipeline.domain.records.reading import Known, Reading
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.values.cell import Unreadable, Value

KNOWN = Known(
    (), SerialFormat(2022, SETTINGS.letters.serial), date(2022, 6, 1), campaigns=SETTINGS.bulletin.campaigns
)
CAMPAIGNS = list(SETTINGS.bulletin.campaigns)
HEADER = ("栏目", "内容", "指标", "数值")


def read(*rows: tuple[Value, ...], header: tuple[Value, ...] = HEADER) -> Reading[Notes]:
    lines = tuple((number, row) for number, row in enumerate((header, *rows), 1))
    table = recognise(Grid(Source("简报素材.xlsx", "Sheet1"), lines))
    assert isinstance(table, Table) and table.kind == "notes"
    return NOTES.read([table], KNOWN)


def test_rows_of_a_section_become_its_paragraphs_in_order() -> None:
    found = read(
        ("一、典型经验", "东村镇包村到户"),
        ("下步要求", "抓紧办理。\n逐户上门；"),
        ("典型经验", "普明镇送照上门。"),
    )
    assert found.left_out == {} and found.notices == ()
    assert found.says.of(EXPERIENCE) == ["东村镇包村到户。", "普明镇送照上门。"]
    assert found.says.of(NEXT_STEPS) == ["抓紧办理。", "逐户上门；"] and found.says.of(PROBLEMS) == []


def test_figures_of_a_campaign_make_one_sentence_before_its_texts() -> None:
    found = read(
        ("无证无照清零", "城区已全部摸排", None, None),
        ("无证无照清零", None, "摸排数", "120户"),
        ("无证无照", None, "已办照", 96.0),
        ("清零行动", None, "清零率", "80%"),
    )
    assert found.says.of(CAMPAIGNS[0]) == ["摸排数120户，已办照96，清零率80%。", "城区已全部摸排。"]


def test_lines_of_an_indicator_stay_apart_in_its_sentence() -> None:
    found = read(("无证无照", None, "已办照\n（户）", "96户\n比上月多12户"))
    assert found.says.of(CAMPAIGNS[0]) == ["已办照（户）96户 比上月多12户。"]


def test_what_cannot_be_used_is_told() -> None:
    found = read(
        ("典型经念", "内容"),
        ("典型经验", None),
        ("存在问题", Unreadable("#N/A", "error-value")),
        (None, None, " "),
    )
    assert found.left_out["简报素材.xlsx"] == {"有问题": 3, "没有填写": 1}
    assert [(notice.code, notice.source.row) for notice in found.notices] == [
        ("unknown-section", 2), ("empty-cell", 3), ("error-value", 4),
    ]  # fmt: skip
    assert "典型经验" in found.notices[0].advice


def test_what_the_registry_announced_is_taken_as_numbers_and_the_last_counts() -> None:
    found = read(
        ("登记机关统计", None, "本月新登记", "118户"),
        ("登记机关统计", None, "本期注销户数", 30.0),
        ("二、登记机关公布数", None, "期末实有", "8,806"),
        ("登记机关统计", None, "本月新增", 120),
    )
    assert found.says.announced == {"本月新登记": 120, "本月注销": 30, "期末实有": 8806}
    assert found.notices == () and found.left_out == {} and found.says.bulletin.paragraphs == {}


def test_what_the_registry_cannot_have_announced_is_told() -> None:
    found = read(
        ("登记机关统计", None, "本月净增", "3户"),
        ("登记机关统计", None, "本月注销", "三十户"),
        ("登记机关统计", "本月新登记118户", None, None),
    )
    assert found.says.announced == {} and found.left_out["简报素材.xlsx"] == {"有问题": 3}
    assert [(each.code, each.source.row) for each in found.notices] == [
        ("unknown-indicator", 2), ("bad-number", 3), ("unknown-indicator", 4),
    ]  # fmt: skip
    assert "可写的有：本月新登记、本月注销、期末实有。" in found.notices[0].advice


def test_a_number_without_what_it_counts_is_told() -> None:
    found = read(
        ("无证无照", None, "摸排数", "326户"), ("无证无照", None, "已办照", 281), ("无证无照", None, "清零率", "86.2%"),
    )  # fmt: skip
    assert found.says.of(CAMPAIGNS[0]) == ["摸排数326户，已办照281，清零率86.2%。"] and found.left_out == {}
    [notice] = found.notices
    assert (notice.code, notice.source.row, notice.seen) == ("no-unit", 3, "281") and "281户" in notice.advice


def test_a_row_is_for_both_papers_unless_it_names_one_or_speaks_to_units() -> None:
    header = (*HEADER, "用于")
    found = read(
        ("典型经验", "两样都用", None, None, None),
        ("典型经验", "只给简报", None, None, "简报"),
        ("典型经验", "只给报告", None, None, " 报告"),
        ("无证无照", None, "已办照", "96户", "报告"),
        ("无证无照", None, "摸排数", "120户", "简报、报告"),
        header=header,
    ).says
    assert found.of(EXPERIENCE) == found.bulletin.of(EXPERIENCE) == ["两样都用。", "只给简报。"]
    assert found.report.of(EXPERIENCE) == ["两样都用。", "只给报告。"]
    steps = read(("下一步工作", "各单位抓紧办理。", None, None, None), header=header).says
    assert steps.of(NEXT_STEPS) == ["各单位抓紧办理。"] and steps.report.of(NEXT_STEPS) == []
    assert found.of(CAMPAIGNS[0]) == ["摸排数120户。"] and found.report.of(CAMPAIGNS[0]) == [
        "已办照96户，摸排数120户。"
    ]


def test_a_paper_that_there_is_not_is_told() -> None:
    found = read(("典型经验", "内容", None, None, "总结"), header=(*HEADER, "用于"))
    assert [(each.column, each.code) for each in found.notices] == [("用于", "unknown-paper")]
    assert found.says.of(EXPERIENCE) == found.says.report.of(EXPERIENCE) == []


def test_a_request_is_refused_only_where_the_report_would_make_it() -> None:
    header = (*HEADER, "用于")
    found = read(
        ("存在问题", "恳请县政府解决经费。", None, None, None),
        ("存在问题", "请县财政局拨付补助。", None, None, "简报"),
        ("存在问题", "补助由各单位申请，县财政局审批。", None, None, "报告"),
        header=header,
    )
    assert found.problems == () and len(found.says.of(PROBLEMS)) == 2
    [request] = found.says.requests
    assert (request.code, request.column, request.source.row) == ("request-in-report", "内容", 2)
    assert "“恳请”" in request.advice
