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
