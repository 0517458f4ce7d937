from pipeline.domain.model import Source
from pipeline.domain.records.notes import CAMPAIGNS, EXPERIENCE, NEXT_STEPS, PROBLEMS, Notes
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.tables.headers import recognise
from pipeline.domain.values.cell import Unreadable, Value

HEADER = ("栏目", "内容", "指标", "数值")


def read(*rows: tuple[Value, ...], header: tuple[Value, ...] = HEADER) -> tuple[Notes, dict[str, int]]:
    lines = tuple((number, row) for number, row in enumerate((header, *rows), 1))
    table = recognise(Grid(Source("简报素材.xlsx", "Sheet1"), lines))
    assert isinstance(table, Table) and table.kind == "notes"
    notes = Notes()
    return notes, dict(notes.read(table))


def test_rows_of_a_section_become_its_paragraphs_in_order() -> None:
    notes, left_out = read(
        ("一、典型经验", "东村镇包村到户"),
        ("下步要求", "抓紧办理。\n逐户上门；"),
        ("典型经验", "普明镇送照上门。"),
    )
    assert left_out == {} and notes.findings.notices == []
    assert notes.of(EXPERIENCE) == ["东村镇包村到户。", "普明镇送照上门。"]
    assert notes.of(NEXT_STEPS) == ["抓紧办理。", "逐户上门；"] and notes.of(PROBLEMS) == []


def test_figures_of_a_campaign_make_one_sentence_before_its_texts() -> None:
    notes, _ = read(
        ("无证无照清零", "城区已全部摸排", None, None),
        ("无证无照清零", None, "摸排数", "120户"),
        ("无证无照", None, "已办照", 96.0),
        ("清零行动", None, "清零率", "80%"),
    )
    assert notes.of(CAMPAIGNS[0]) == ["摸排数120户，已办照96，清零率80%。", "城区已全部摸排。"]


def test_lines_of_an_indicator_stay_apart_in_its_sentence() -> None:
    notes, _ = read(("无证无照", None, "已办照\n（户）", "96户\n比上月多12户"))
    assert notes.of(CAMPAIGNS[0]) == ["已办照（户）96户 比上月多12户。"]


def test_what_cannot_be_used_is_told() -> None:
    notes, left_out = read(
        ("典型经念", "内容"),
        ("典型经验", None),
        ("存在问题", Unreadable("#N/A", "error-value")),
        (None, None, " "),
    )
    assert left_out == {"有问题": 3, "没有填写": 1}
    assert [(notice.code, notice.source.row) for notice in notes.findings.notices] == [
        ("unknown-section", 2), ("empty-cell", 3), ("error-value", 4),
    ]  # fmt: skip
    assert "典型经验" in notes.findings.notices[0].advice
