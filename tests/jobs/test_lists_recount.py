"""``lists``: its figures are those that a plain count of the clerks' own rows comes to, and the workbooks say what the data say."""

import json
import random
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.clerk import Quiet, now
from support.desk import Desk, write_sheet
from support.figures.months import freeze, published
from support.reading.founded import unfounded

from examples.build.people import Maker
from pipeline.domain.model import Unit
from pipeline.jobs import lists
from pipeline.workspace import open_workspace

TARGETS = {"东村镇": 2, "普明镇": 3, "县民政局": 4}
NETS = {"东村镇": 2, "普明镇": 1, "县民政局": 2}
UNITS = tuple(
    Unit(f"{place:02d}", name, name, "乡镇", target=target)
    for place, (name, target) in enumerate(TARGETS.items(), 1)
)
SHOPS = (
    "统一社会信用代码",
    "名称",
    "经营者",
    "身份证号",
    "联系电话",
    "成立日期",
    "登记状态",
    "注销日期",
    "引荐单位",
    "分型",
    "名特优新",
    "个转企",
)
MEASURES = (
    "措施编号",
    "工作措施",
    "责任单位",
    "量化指标",
    "计量单位",
    "目标值",
    "完成数",
    "数据来源",
    "数据日期",
    "兑现政策",
    "月度节点",
    "责任人",
)
LINES = (
    ("C1-1", "提升便利度", "县民政局", None, None, None, None, None, None, None, None, "钱某"),
    ("C3-4", "降低成本", "东村镇", "补助户数", "户", None, 7, "县民政局", "2022-06-30", "补助", None, None),
    ("C3-4", None, None, "补助金额", "万元", None, 1.4, "县民政局", "2022-06-30", "补助", None, None),
    ("C3-4", None, None, "实物补助", "元", None, 3500, "县民政局", "2022-06-30", "补助", None, None),
    ("C6-2", "辅导培训", "县民政局、各乡镇", "培训", "人", 100, 49, "县民政局", "2022-06-30", None, None, None),
    ("C6-2", None, None, "创业培训", "人", 60, 35, "县民政局", "2022-06-30", None, "6月30、12月60", None),
    ("C6-2", None, None, "线上培训", "人", 30, None, None, None, None, None, None),
)  # fmt: skip
POLICIES = (
    ("政策名称", "对象", "标准", "政策期限"),
    ("补助", "新登记的", "每户2000元", None),
    ("免租", "租户", "6个月", "2022-05-31"),
)
GROWING = (
    ("统一社会信用代码", "意愿", "企业类型", "转型日期", "奖补应兑（元）", "奖补已兑（元）", "兑现日期"),
    ("有限责任公司", "2022-06-01", 4200, 1200, "2022-06-20"),
    ("个人独资企业", None, 4200, None, None),
)  # fmt: skip


def rows(chance: random.Random) -> list[dict[str, Any]]:
    """Rows of exports: most of a business each, some once more and changed, some of companies."""
    maker, found = Maker(11), []
    for number in range(120):
        who, kind = maker.person("东村镇"), chance.choice(("92", "92", "92", "92", "91"))
        closed = chance.random() < 0.2
        row = {
            "统一社会信用代码": maker.code(kind), "名称": f"第{number}家商店", "经营者": who.name, "身份证号": who.id_no,
            "联系电话": who.phone, "成立日期": f"20{chance.randrange(18, 22)}-0{chance.randrange(1, 9)}-11",
            "登记状态": "注销" if closed else "在营", "注销日期": "2022-02-03" if closed else None,
            "引荐单位": chance.choice((*TARGETS, None)), "分型": chance.choice(("生存型", "成长型", None)),
            "名特优新": chance.choice(("特色", None, None)), "个转企": None,
        }  # fmt: skip
        found.append(row)
        if chance.random() < 0.15:
            found.append(row | {"分型": None, "名特优新": "优质", "个转企": "意向"})
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    desk = Desk.laid(tmp_path_factory.mktemp("recount") / "岚县")
    inputs, raw = desk.root / "inputs", rows(random.Random(3))
    write_sheet(inputs / "登记1.xlsx", [SHOPS, *([each[name] for name in SHOPS] for each in raw[:70])])
    write_sheet(inputs / "登记2.xlsx", [SHOPS, *([each[name] for name in SHOPS] for each in raw[70:])])
    write_sheet(inputs / "措施.xlsx", [MEASURES, *LINES])
    write_sheet(inputs / "政策.xlsx", list(POLICIES))
    codes = dict.fromkeys(each["统一社会信用代码"] for each in raw)
    mine = [code for code in codes if code.startswith("92")][:2]
    growing = [(code, "有", *line) for code, line in zip(mine, GROWING[1:], strict=True)]
    write_sheet(inputs / "个转企.xlsx", [GROWING[0], *growing])
    workspace = open_workspace(desk.root)
    freeze(workspace, published(6, tuple(NETS.values()), UNITS))
    outcome = lists.run(workspace, None, now().date().replace(2022, 7, 1), now(), Quiet(), each=True)
    assert outcome.exit_code == 0 and "各单位另有一份，在“各单位”文件夹" in outcome.closing, outcome
    return Path(outcome.folders[0]), raw


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    _, header, *lines = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), line, strict=True)) for line in lines]


def test_the_data_are_what_a_plain_count_comes_to(made: tuple[Path, list[dict[str, Any]]]) -> None:
    folder, raw = made
    data = json.loads((folder / "lists.json").read_text("utf-8"))
    last = {each["统一社会信用代码"]: each for each in raw if each["统一社会信用代码"].startswith("92")}
    units = Counter(each["引荐单位"] for each in last.values())
    assert data["ledger"]["businesses"] == len(last) and data["ledger"]["unattributed"] == units[None]
    assert {each["unit"]: each["businesses"] for each in data["nodes"]} == {
        name: units[name] for name in TARGETS
    }
    assert {each["unit"]: each["net"] for each in data["nodes"]} == NETS
    for each in data["nodes"]:
        target, months = TARGETS[each["unit"]], each["months"]
        # the smallest whole number that is no less than so many twelfths of the target
        assert months == [
            next(n for n in range(target + 1) if 12 * n >= month * target) for month in range(1, 13)
        ]
        behind = NETS[each["unit"]] < months[5]
        assert each["state"] == (
            "已完成" if NETS[each["unit"]] == target else "滞后" if behind else "进度正常"
        )
        assert each["completion_rate"] == pytest.approx(NETS[each["unit"]] / target, abs=1e-9)
    assert (data["county"]["target"], data["county"]["net"]) == (9, 5)
    assert data["county"]["node"] == 1 + 2 + 2 and data["county"]["state"] == "进度正常"
    amounts = [amount for each in data["measures"] for amount in (each, *each["more"])]
    assert [(each["actual"], each["state"]) for each in amounts] == [
        (None, None), (7, "已报"), (1.4, "已报"), (3500, "已报"), (49, "滞后"), (35, "进度正常"), (None, "未报"),
    ]  # fmt: skip
    assert [each["node"] for each in amounts] == [None] * 4 + [50, 30, 15]
    assert [(each["name"], each["households"], each["money"], each["state"]) for each in data["policies"]] == [
        ("补助", 7, 1.75, "执行中"), ("免租", None, None, "已到期"),
    ]  # fmt: skip
    assert data["upgrades"] == {
        "listed": 2, "upgraded": 1, "company_share": 0.5, "staff": 0, "due": 8400, "paid": 1200,
    }  # fmt: skip


def test_every_figure_of_the_workbooks_is_that_of_the_data(made: tuple[Path, list[dict[str, Any]]]) -> None:
    folder, _ = made
    data = json.loads((folder / "lists.json").read_text("utf-8"))
    amounts = [(each["key"], amount) for each in data["measures"] for amount in (each, *each["more"])]

    def told(value: Any, absent: str) -> Any:
        return absent if value is None else value

    for sheet in ("任务清单", "结果清单"):
        whole, *lines = table(folder / "五清单.xlsx", sheet)
        assert (whole["目标值"], whole["当前值"], whole["状态"]) == (9, 5, data["county"]["state"])
        assert len(lines) == len(amounts)
        for line, (key, amount) in zip(lines, amounts, strict=True):
            assert line["措施编号"] == key and line["状态"] == amount["state"]
            assert line["目标值"] == told(amount["target"], "—")
            assert line["当前值"] == told(amount["actual"], "未报" if amount["indicator"] else "—")
            if sheet == "任务清单":
                assert line["本期节点"] == amount["node"]
            else:
                rate = amount["completion_rate"]
                assert line["完成率"] == ("—" if rate is None else f"{rate:.1%}")
    for line, each in zip(table(folder / "五清单.xlsx", "政策清单"), data["policies"], strict=True):
        absent = "未报" if each["name"] == "补助" else "—"
        assert line["兑现户数"] == told(each["households"], absent) and line["状态"] == each["state"]
        assert line["兑现金额（万元）"] == told(each["money"], absent)
    for line, each in zip(table(folder / "六定表.xlsx", "单位"), data["nodes"], strict=True):
        assert (line["定目标（净增户数）"], line["当前值"], line["本期节点"], line["节点状态"], line["简报档次"], line["未销号"]) == (
            each["target"], each["net"], each["node"], each["state"], each["band"], each["open_items"],
        )  # fmt: skip
    nodes = table(folder / "六定表.xlsx", "进度节点")
    months = [f"{month}月" for month in range(1, 13)]
    assert [[line[month] for month in months] for line in nodes] == [
        *(each["months"] for each in data["nodes"]), data["county"]["months"],
    ]  # fmt: skip
    own = [amount for _, amount in amounts if amount["months"]]
    lines = table(folder / "六定表.xlsx", "措施节点")
    assert [[line[month] for month in months] for line in lines] == [each["months"] for each in own]
    assert [line["节点由来"] == "自定" for line in lines] == [each["own"] for each in own]
    assert (
        sum(Fraction(line["疑点数"]) for line in table(folder / "一台账.xlsx", "一台账"))
        == data["ledger"]["doubts"]
    )


def test_every_number_of_the_workbooks_is_in_the_data(made: tuple[Path, list[dict[str, Any]]]) -> None:
    folder, _ = made
    growing = [amount for line in GROWING[1:] for amount in line if isinstance(amount, int)]
    of_policies, ledgers = "每户2000元|6个月", r"一台账\.xlsx|\d\d-.*"
    assert unfounded(folder, growing, fixed=of_policies, but=ledgers) == []


def test_the_ledger_has_each_business_s_last_classes_and_the_units_files_are_its_parts(
    made: tuple[Path, list[dict[str, Any]]],
) -> None:
    folder, raw = made
    whole = table(folder / "一台账.xlsx", "一台账")
    for line in whole:
        own = [each for each in raw if each["统一社会信用代码"] == line["统一社会信用代码"]]
        for name in ("分型", "名特优新", "个转企"):
            assert line[name] == ([each[name] for each in own if each[name]] or [None])[-1]
    parts = {path.stem[3:]: table(path, "一台账") for path in (folder / "各单位").iterdir()}
    assert sorted(parts) == sorted(TARGETS)
    for unit, lines in parts.items():
        mine = [line | {"序号": 0} for line in whole if line["归属单位"] == unit]
        assert [line | {"序号": 0} for line in lines] == mine


def test_no_person_is_named_outside_the_internal_ledger(made: tuple[Path, list[dict[str, Any]]]) -> None:
    folder, raw = made
    people = {str(each[name]) for each in raw for name in ("经营者", "身份证号", "联系电话")} | {"钱某"}
    shops = {each["名称"] for each in raw}
    text = (folder / "lists.json").read_text("utf-8")
    assert not any(each in text for each in people | shops)
    for path in folder.rglob("*.xlsx"):
        for sheet in load_workbook(path).worksheets:
            cells = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
            internal = any("内部资料" in str(cell.value) for cell in sheet[1])
            assert not any(each in cells for each in people - ({"钱某"} if internal else set())), (
                path,
                sheet.title,
            )
            assert internal or not any(each in cells for each in shops), (path, sheet.title)
