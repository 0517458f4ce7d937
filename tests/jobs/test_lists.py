"""``lists``: what it writes, of whom, and what stops it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.clerk import Quiet, now
from support.desk import Desk, write_sheet
from support.figures.months import EAST, WEST, freeze, published

from examples.build.people import Maker
from pipeline.adapters.archive import Archive
from pipeline.domain.outcome import Outcome
from pipeline.domain.statistics.published import Published
from pipeline.errors import UsageFault
from pipeline.jobs import lists
from pipeline.publishing.report import IssueNumber
from pipeline.reports.bulletin.rates import Rates
from pipeline.reports.rollup.content import Content as RollUp
from pipeline.workspace import open_workspace

TODAY = date(2022, 7, 1)
HEADER = ("统一社会信用代码", "名称", "经营者", "身份证号", "联系电话", "成立日期", "登记状态", "注销日期", "介绍信编号", "引荐单位", "乡镇",
          "行业代码", "市场主体类型")  # fmt: skip


def shop(maker: Maker, established: str, **more: Any) -> Mapping[str, Any]:
    who = maker.person("东村镇")
    return {
        "统一社会信用代码": maker.code(), "名称": f"岚县{established[-5:]}商店", "经营者": who.name, "身份证号": who.id_no, "联系电话": who.phone,
        "成立日期": established, "登记状态": "在营", "市场主体类型": "个体工商户",
    } | more  # fmt: skip


@pytest.fixture
def shops() -> list[Mapping[str, Any]]:
    maker = Maker(7)
    return [
        shop(maker, "2022-05-07", 介绍信编号="2022-01-0001", 乡镇="东村镇", 行业代码="5211"),
        shop(maker, "2022-03-01", 引荐单位="东村", 登记状态="注销", 注销日期="2022-06-01"),
        shop(maker, "2019-01-01", 引荐单位="普明镇"),
        shop(maker, "2022-06-02", 介绍信编号="2022-02-0999", 引荐单位="县民政局"),
        shop(maker, "2022-06-03"),
        shop(maker, "2022-06-04", 市场主体类型="有限责任公司"),
    ]


@pytest.fixture
def desk(printed_desk: Desk, shops: list[Mapping[str, Any]]) -> Desk:
    rows = [[each.get(name) for name in HEADER] for each in shops]
    write_sheet(printed_desk.root / "inputs" / "登记.xlsx", [HEADER, *rows])
    measures = ("措施编号", "工作措施", "责任单位", "量化指标", "计量单位", "目标值", "完成数")
    write_sheet(
        printed_desk.root / "inputs" / "素材.xlsx",
        [
            measures,
            ("C1-1", "提升准入准营便利度", "县民政局、各乡镇"),
            ("C6-2", "开展辅导培训", "东村镇", "培训", "人", 70),
        ],
    )
    return printed_desk


def run(desk: Desk, unit: str | None = None) -> Outcome:
    return lists.run(open_workspace(desk.root), unit, TODAY, now(), Quiet())


def ledger(outcome: Outcome) -> list[dict[str, Any]]:
    sheet = load_workbook(Path(outcome.folders[0]) / "一台账.xlsx").worksheets[0]
    _, header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_the_ledger_has_every_individual_business_with_its_unit_and_nobody_s_number(
    desk: Desk, shops: list[Mapping[str, Any]]
) -> None:
    outcome = run(desk)
    assert outcome.exit_code == 0 and outcome.folders == (str(desk.outputs / "lists" / "2022"),)
    rows = ledger(outcome)
    assert [(row["归属单位"], row["归属依据"], row["成立日期"]) for row in rows] == [
        ("东村镇", "申报单位", "2022-03-01"), ("东村镇", "介绍信", "2022-05-07"), ("普明镇", "申报单位", "2019-01-01"),
        ("县民政局", "申报单位", "2022-06-02"), ("未归属", None, "2022-06-03"),
    ]  # fmt: skip
    assert [row["介绍信编号"] for row in rows] == [None, "2022-01-0001", None, "2022-02-0999", None]
    assert (rows[1]["乡镇"], rows[1]["行业门类"]) == ("东村镇", "批发和零售业")
    assert (rows[0]["登记状态"], rows[0]["注销日期"]) == ("注销", "2022-06-01")
    assert rows[3]["疑点数"] >= 1 and rows[4]["疑点数"] == 0
    text = json.dumps(rows, ensure_ascii=False)
    for each in shops[:5]:
        assert each["统一社会信用代码"] in text
        assert not any(str(each[name]) in text for name in ("身份证号", "联系电话", "经营者"))


def test_a_unit_s_ledger_holds_its_own_only(desk: Desk) -> None:
    outcome = run(desk, "东村")
    assert {row["归属单位"] for row in ledger(outcome)} == {"东村镇"} and len(ledger(outcome)) == 2
    assert "东村镇的个体工商户2户" in outcome.closing
    with pytest.raises(UsageFault, match="单位名录里没有“东城镇”"):
        run(desk, "东城镇")


def test_the_gain_is_the_printed_one_and_not_counted_anew(desk: Desk) -> None:
    workspace = open_workspace(desk.root)
    freeze(workspace, published(5, (44,)))
    outcome = run(desk)
    sheet = load_workbook(Path(outcome.folders[0]) / "六定表.xlsx")["单位"]
    _, header, first, *_ = sheet.iter_rows(values_only=True)
    assert first[header.index("当前值")] == 44
    data = json.loads((Path(outcome.folders[0]) / "lists.json").read_text("utf-8"))
    assert data["figures"] == "2022-05" and data["measures"][1]["actual"] is None
    assert [each["months"][-1] for each in data["nodes"]] == [2, 3, 4]


def test_in_a_city_the_gain_is_that_of_its_roll_up(desk: Desk) -> None:
    """Of its three units one is inside another, and one has sent nothing."""
    archive = Archive(open_workspace(desk.root).publications)
    figures = replace(published(5, (44, 3), (EAST, WEST)), inside=frozenset({"02"}))
    content = RollUp(
        now(), "", IssueNumber(1, 1), {}, {}, Rates((), Decimal(0)), Published(figures, {}), {}, [], [], {}
    )
    archive.keep(archive.drafted("rollup", "2022-05", content.to_plain(), {}))
    folder = Path(run(desk).folders[0])
    _, header, *rows = load_workbook(folder / "六定表.xlsx")["单位"].iter_rows(values_only=True)
    assert [row[header.index("当前值")] for row in rows] == [44, 3, "未报"]
    _, header, whole, *_ = load_workbook(folder / "五清单.xlsx")["结果清单"].iter_rows(values_only=True)
    told = dict(zip(header, whole, strict=True))
    assert (told["目标值"], told["当前值"], told["数据来源"]) == (2 + 4, 44, "2022年5月县区汇总")
    _, header, whole, *_ = load_workbook(folder / "五清单.xlsx")["任务清单"].iter_rows(values_only=True)
    assert dict(zip(header, whole, strict=True))["备注"] == "逐单位的见六定表，当前值不含未报的县民政局"
    assert json.loads((folder / "lists.json").read_text("utf-8"))["county"]["months"][-1] == 6


def test_amounts_without_nodes_have_no_sheet_of_nodes(desk: Desk) -> None:
    assert "措施节点" in load_workbook(Path(run(desk).folders[0]) / "六定表.xlsx").sheetnames
    measures = [
        ("措施编号", "工作措施", "责任单位", "量化指标", "计量单位"),
        ("C1-1", "培训", "东村镇", "人数", "人"),
    ]
    write_sheet(desk.root / "inputs" / "素材.xlsx", measures)
    assert "措施节点" not in load_workbook(Path(run(desk).folders[0]) / "六定表.xlsx").sheetnames


def test_without_measures_or_with_a_wrong_one_nothing_is_written(desk: Desk) -> None:
    path = desk.root / "inputs" / "素材.xlsx"
    path.unlink()
    outcome = run(desk)
    assert (outcome.exit_code, [each.code for each in outcome.problems]) == (3, ["missing-table"])
    write_sheet(path, [("措施编号", "工作措施", "责任单位"), ("C1-1", "培训", "县气象局")])
    outcome = run(desk)
    assert (outcome.exit_code, [each.code for each in outcome.problems]) == (3, ["unknown-unit"])
    assert not (desk.outputs / "lists").exists()


def test_without_a_register_there_are_lists_all_the_same_and_none_is_made(desk: Desk) -> None:
    desk.register.unlink()
    assert {row["归属依据"] for row in ledger(run(desk))} == {"申报单位", None}
    assert not desk.register.exists()


def test_the_command_tells_its_folder_as_json(desk: Desk) -> None:
    outcome = desk.run("lists", "--unit", "普明镇", "--today", "2022-07-01", "--json")
    assert outcome.code == 0, outcome
    assert outcome.json["folders"] == [str(desk.outputs / "lists" / "2022")]
    assert "普明镇的个体工商户1户" in outcome.json["closing"]
