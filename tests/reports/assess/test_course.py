"""A year's assessment from the settled scheme to the frozen result, on one desk: papers, workbooks, JSON, journal, refusals."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from support.desk import Desk, Outcome
from support.figures.months import freeze, published
from support.paper import poppler_text, squeezed

from pipeline.domain.model import Unit
from pipeline.workspace import open_workspace

UNITS = (
    Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", target=180),
    Unit("02", "普明镇", "岚县普明镇人民政府", "乡镇", target=180),
    Unit("03", "社科乡", "岚县社科乡人民政府", "乡镇", target=90),
    Unit("04", "王狮乡", "岚县王狮乡人民政府", "乡镇", target=90),
    Unit("14", "县财政局", "岚县财政局", "县直", target=30),
)
PERCENTS = {"东村镇": 95, "普明镇": 70.5, "社科乡": 100, "王狮乡": 40, "县财政局": 88}
RULES = 'preset = "quality"\nveto = true\n[fabrication]\n"03" = "县督查组12月核实，虚报2户"\n'
APPROVER = "王某某（专班组长）"
PEOPLE = ("李某一", "赵某二", "孙某三")
"""First scorer, head of the unit, reviewer: for the journal, and for no paper."""


def folder(desk: Desk) -> Path:
    return desk.outputs / "assess" / "2022"


def step(desk: Desk, *words: str, code: int = 0) -> Outcome:
    outcome = desk.run("assess", *words)
    assert outcome.code == code, outcome.said
    return outcome


def fill(desk: Desk) -> None:
    """The office fills in what nobody can count, 东村镇 what it gives itself; both sheets are dragged back."""
    book = load_workbook(folder(desk) / "考核实绩表.xlsx")
    sheet = book.active
    assert [cell.value for cell in sheet[2]] == [
        "单位名称",
        "考核项目",
        "目标",
        "考核实绩",
        "调查人数",
        "数据来源",
    ]
    assert not sheet["D3"].protection.locked and sheet["A3"].protection.locked and sheet.protection.sheet
    for row in sheet.iter_rows(min_row=3):
        row[3].value = PERCENTS[row[0].value]
        if row[1].value == "满意度":
            row[4].value, row[5].value = (12 if row[0].value == "王狮乡" else 101), "第三方调查"
    book.save(desk.root / "inputs/实绩.xlsx")
    book = load_workbook(folder(desk) / "自评表.xlsx")
    sheet = book.active
    assert [cell.value for cell in sheet[2]] == [
        "单位名称",
        "考核项目",
        "权重",
        "自评得分",
        "自评说明",
        "佐证",
    ]
    for row in sheet.iter_rows(min_row=3):
        if (row[0].value, row[1].value) == ("东村镇", "措施落实"):
            row[3].value, row[4].value, row[5].value = 18.5, "逐项落实", "记录.docx、没有的.pdf"
    book.save(desk.root / "inputs/自评.xlsx")
    own = desk.root / "inputs/佐证/东村镇/政策兑现"
    own.mkdir(parents=True)
    (own / "到账13800138000.pdf").write_bytes(b"1")
    (desk.root / "inputs/佐证/记录.docx").write_bytes(b"2")


@pytest.fixture(scope="module")
def fed_back(laid: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Settled in November, changed in December, sheets filled in, fed back on Tuesday 10 January; not to be changed."""
    desk = laid.copy(tmp_path_factory.mktemp("course") / "岚县")
    desk.write_roster([(each.code, each.name, each.full_name, each.group, "") for each in UNITS])
    desk.write_targets([(each.name, each.target) for each in UNITS])
    freeze(open_workspace(desk.root), published(12, (171, 60, 88, -4, 40), UNITS))
    rules = desk.root / "assessment.toml"
    rules.write_text(RULES, encoding="utf-8")
    step(desk)
    fill(desk)
    assert "没有登记自评：方案还没有定版。" in step(desk, code=6).said
    assert (
        "2022年12月1日起定版，要写明原因和批准人"
        in step(desk, "settle", "--today", "2022-12-01", code=6).said
    )
    step(desk, "settle", "--today", "2022-11-20")
    assert "没有再登记" in step(desk, "settle", "--today", "2022-11-20").said
    rules.write_text("top_share = 0.4\n" + RULES, encoding="utf-8")
    refused = step(desk, "--today", "2022-12-04", code=6)
    assert (
        "assessment.toml的方案和2022-11-20定版的不一样（top_share原为0.3，现为0.4），没有出。" in refused.said
    )
    step(desk, "settle", "--today", "2022-12-05", "--by", APPROVER, "--reason", "按县政府意见放宽")
    outcome = step(desk, "feedback", "--today", "2023-01-10", "--by", PEOPLE[0], "--json")
    assert outcome.json["closing"].startswith(
        "反馈：5个单位，异议期到2023年1月17日为止。2022年年终考核（送审稿）已出，没有存档：异议期到2023年1月17日为止，还没有审定。"
    )
    assert outcome.json["notices"] == ["东村镇自评写的佐证，inputs/佐证 里没有：没有的.pdf。"]
    return desk


@pytest.fixture(scope="module")
def final(fed_back: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """普明镇's objection led to another figure, 王狮乡's to none; approved and published; not to be changed."""
    desk = fed_back.copy(tmp_path_factory.mktemp("final") / "岚县")
    step(
        desk,
        "object",
        "普明镇",
        "--reason",
        "漏计2户",
        "--item",
        "政策兑现",
        "--by",
        PEOPLE[1],
        "--today",
        "2023-01-17",
    )
    late = step(desk, "object", "02", "--reason", "又一件", "--today", "2023-01-18", code=6)
    assert "该单位上一次的申诉还没有答复" in late.said
    late = step(desk, "object", "王狮乡", "--reason", "人太少", "--today", "2023-01-18", code=6)
    assert "异议期到2023年1月17日为止，2023年1月18日已经过期" in late.said
    step(desk, "object", "王狮乡", "--reason", "调查的人太少", "--today", "2023-01-16")
    said = ("--reason", "属实", "--value", "80", "--today", "2023-01-19")
    assert "复核人不能是初评人" in step(desk, "answer", "普明镇", "--by", PEOPLE[0], *said, code=6).said
    step(desk, "answer", "普明镇", "--by", PEOPLE[2], *said)
    step(desk, "answer", "王狮乡", "--by", PEOPLE[2], "--reason", "不满30人不计分", "--today", "2023-01-19")
    step(desk, "approve", "--by", APPROVER, "--today", "2023-01-20")
    book = load_workbook(desk.root / "inputs/实绩.xlsx")
    book.active["D3"] = 50  # what comes now comes too late
    book.save(desk.root / "inputs/实绩.xlsx")
    outcome = step(desk, "--today", "2023-01-21", "--json")
    assert outcome.json["closing"] == (
        "审定以后才到的情况，不改本年度的结果，列入下一年度：东村镇的措施落实，审定时95/100，现在50/100。"
        "2022年年终考核已出：第1次，5个单位：优秀1个、良好2个、合格1个、不合格1个。"
    )
    return desk


def told(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder(desk) / "assess.json").read_text(encoding="utf-8"))
    return found


def texts(desk: Desk) -> dict[str, str]:
    return {
        name: squeezed(poppler_text(folder(desk) / f"{name}.pdf"))
        for name in ("考核得分表", "考核反馈单", "考核报告")
    }


def test_results_are_those_of_the_sheets_and_of_the_review(final: Desk) -> None:
    found = {each["name"]: each for each in told(final)["units"]}
    weights = {"措施落实": 20, "政策兑现": 20, "专项行动": 15, "培育户存活率": 10, "满意度": 10}
    for name, percent in PERCENTS.items():
        shares = dict.fromkeys(weights, percent) | ({"政策兑现": 80} if name == "普明镇" else {})
        if name == "王狮乡":  # twelve people are too few
            del shares["满意度"]
        asked = sum(weights[item] for item in shares)
        total = sum(weights[item] * share for item, share in shares.items()) / asked
        assert found[name]["total"] == round(total + 1e-9, 2)
    assert [found[name]["grade"] for name in PERCENTS] == ["优秀", "合格", "良好", "不合格", "良好"]
    assert [found[name]["rank"] for name in PERCENTS] == [2, 3, 1, 4, 1]
    assert found["社科乡"]["veto"] == "县督查组12月核实，虚报2户" and "veto" not in found["东村镇"]
    [few] = [each for each in found["王狮乡"]["items"] if each["name"] == "满意度"]
    assert few["working"] == "只调查了12人，不满30人，不计分，权重10分摊到其他各项" and few["score"] is None
    [asked_enough] = [each for each in found["东村镇"]["items"] if each["name"] == "满意度"]
    assert asked_enough["working"].startswith("调查101人，实绩95 ÷ 目标100 = 95.0% × 10 = 9.50；")


def test_the_json_tells_the_steps(final: Desk) -> None:
    process = told(final)["process"]
    assert (process["state"], process["self_scores"]) == ("已审定", {"01": {"措施落实": 18.5}})
    assert [(each["on"], each["reason"]) for each in process["settled"]] == [
        ("2022-11-20", ""), ("2022-12-05", "按县政府意见放宽"),
    ]  # fmt: skip
    assert (process["fed_back"]["on"], process["fed_back"]["objections_until"]) == (
        "2023-01-10",
        "2023-01-17",
    )
    assert [(each["unit"], each["item"], each["value"]) for each in process["objections"]] == [
        ("02", "政策兑现", 80), ("04", None, None),
    ]  # fmt: skip
    assert process["approved"] == {"on": "2023-01-20", "by": APPROVER, "reason": ""}


def test_the_report_tells_what_was_done_and_what_came_of_it(fed_back: Desk, final: Desk) -> None:
    total = {each["name"]: each["total"] for each in told(final)["units"]}["普明镇"]
    text = texts(final)["考核报告"]
    for sentence in (
        "岚县个体工商户培育工作专班：",
        f"考核方案2022年11月20日定版。考核方案2022年12月5日改动，经{APPROVER}批准，原因：按县政府意见放宽。",
        "报送自评的单位1个；收到佐证材料2份，已逐份登记摘要。",
        "2023年1月10日将初评结果反馈各单位，异议期到2023年1月17日为止。",
        f"考核结果2023年1月20日由{APPROVER}审定。",
        "优秀1个：东村镇；良好1个：社科乡；合格1个：普明镇；不合格1个：王狮乡。",
        "查实弄虚作假，不评优秀的：社科乡（县督查组12月核实，虚报2户）。",
        "提出申诉2件，复核维持1件、改动1件。",
        f"普明镇2023年1月17日对政策兑现提出申诉：漏计2户。2023年1月19日复核，“政策兑现”的实绩改按80计，理由：属实，总分由初评的70.50分变为{total}分。",
        "王狮乡2023年1月16日对考核结果提出申诉：调查的人太少。2023年1月19日复核，维持，理由：不满30人不计分，总分40.00分，和初评一样。",
        "审定以后才到的情况1件，不改本年度的结果，列入下一年度：东村镇的措施落实，审定时95/100，现在50/100。",
        "特此报告。",
    ):
        assert sentence in text
    assert "送审稿" not in text
    draft = texts(fed_back)["考核报告"]
    assert "送审稿" in draft and "考核结果尚待审定。" in draft and "到报告之日没有单位提出申诉。" in draft


def test_every_number_of_the_report_s_annex_is_the_json_s(final: Desk) -> None:
    table = Document(str(folder(final) / "考核报告.docx")).tables[-1]
    rows = {row.cells[2].text: [cell.text for cell in row.cells] for row in table.rows[1:]}
    assert rows == {
        each["name"]: [each["group"], str(each["rank"]), each["name"], f"{each['total']:.2f}", each["grade"]]
        for each in told(final)["units"]
    }


def test_a_unit_s_page_tells_its_own_score_its_objection_and_until_when(fed_back: Desk, final: Desk) -> None:
    draft, page = texts(fed_back)["考核反馈单"], texts(final)["考核反馈单"]
    assert "请于2023年1月17日前写明哪一项" in draft
    assert "你单位自评1项，合计18.50分，这些项目按原权重考核得19.00分。" in page
    assert (
        "你单位2023年1月17日提出申诉（政策兑现：漏计2户），2023年1月19日复核，“政策兑现”的实绩改按80计，理由：属实。"
        in page
    )
    assert "等次为良好（查实弄虚作假，不评优秀：县督查组12月核实，虚报2户）。" in page


def test_the_list_of_evidence_has_every_file_with_its_digest(final: Desk) -> None:
    sheet = load_workbook(folder(final) / "佐证目录.xlsx").active
    rows = [tuple(str(cell) for cell in row) for row in sheet.iter_rows(min_row=3, values_only=True)]
    one, two = ("6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b", "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35")  # fmt: skip
    assert rows == [
        ("1", "东村镇", "政策兑现", "东村镇/政策兑现/到账138…（11位）.pdf", one),
        ("2", "东村镇", "措施落实", "记录.docx", two),
        ("3", "东村镇", "措施落实", "没有的.pdf", "没有找到文件"),
    ]


def test_no_paper_names_a_person_but_who_approved(fed_back: Desk, final: Desk) -> None:
    for desk in (fed_back, final):
        for path in folder(desk).rglob("*"):
            if path.suffix == ".pdf":
                text = poppler_text(path)
            elif path.suffix == ".xlsx":
                sheets = load_workbook(path).worksheets
                text = " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)
            else:
                continue
            assert not [name for name in PEOPLE if name in squeezed(text)], path
            assert not re.search(r"1[3-9]\d{9}", text), path


def test_the_same_again_enters_nothing_and_gives_the_same_files(final: Desk, tmp_path: Path) -> None:
    desk = final.copy(tmp_path / "岚县")
    before = {path.name: path.read_bytes() for path in folder(desk).rglob("*") if path.is_file()}
    shutil.rmtree(folder(desk))
    outcome = step(desk, "--today", "2023-02-01", "--json")
    assert outcome.json["closing"].startswith("2022年年终考核已出：第1次")
    assert {path.name: path.read_bytes() for path in folder(desk).rglob("*") if path.is_file()} == before
    assert desk.run("register", "check").code == 0
    assert "已经审定" in step(desk, "object", "东村镇", "--reason", "x", "--today", "2023-02-01", code=6).said


def test_what_was_published_is_made_again_whatever_the_tables_and_the_rules_say(
    final: Desk, tmp_path: Path
) -> None:
    desk = final.copy(tmp_path / "岚县")
    before = {path.name: path.read_bytes() for path in folder(desk).rglob("*") if path.is_file()}
    book = load_workbook(desk.root / "inputs/实绩.xlsx")
    book.active["B3"] = "措施落时"
    book.save(desk.root / "inputs/实绩.xlsx")
    shutil.rmtree(folder(desk))
    outcome = step(desk, "--today", "2023-02-01", "--json")
    assert [each["code"] for each in outcome.json["problems"]] == ["unknown-item"]
    assert outcome.json["closing"].startswith(
        "表格里有1处问题，没有照它登记什么；印发过的不受影响。2022年年终考核已出：第1次"
    )
    rules = desk.root / "assessment.toml"
    for broken, told in (
        ("top_share =", "assessment.toml 写法有误"),
        ("top_share = 7", "assessment.toml 的 top_share 写成了 7"),
    ):
        rules.write_text(broken, encoding="utf-8")
        shutil.rmtree(folder(desk))
        outcome = step(desk, "--today", "2023-02-01", "--json")
        assert outcome.json["closing"].startswith(told) and "印发过的不受影响。" in outcome.json["closing"]
        assert {path.name: path.read_bytes() for path in folder(desk).rglob("*") if path.is_file()} == before
    revised = step(desk, "--revise", "--reason", "重算", "--today", "2023-02-01", code=2)
    assert "top_share写成了7" in revised.said


def test_a_figure_that_is_counted_is_not_typed_in(fed_back: Desk, tmp_path: Path) -> None:
    desk = fed_back.copy(tmp_path / "岚县")
    book = load_workbook(desk.root / "inputs/实绩.xlsx")
    book.active["B3"], book.active["B4"], book.active["B5"] = "数据质量", "措施落时", "政策兑现"
    book.save(desk.root / "inputs/实绩.xlsx")
    with (desk.root / "assessment.toml").open("a", encoding="utf-8") as file:
        file.write('[values]\n"政策兑现" = { "01" = 12 }\n')
    outcome = step(desk, "--json", code=3)
    problems = [(each["row"], each["column"], each["code"]) for each in outcome.json["problems"]]
    assert (3, "考核实绩", "not-typed") in problems and (4, "考核项目", "unknown-item") in problems
    assert (5, "考核实绩", "other-actual") in problems
    assert [each["code"] for each in step(desk, "feedback", "--json", code=3).json["problems"]][
        -1
    ] == "other-actual"
    step(desk, "object", "普明镇", "--reason", "疑点不对", "--item", "数据质量", "--today", "2023-01-11")
    said = ("--by", PEOPLE[2], "--reason", "属实", "--value", "99", "--today", "2023-01-12")
    assert "“数据质量”由程序统计，不能直接改数" in step(desk, "answer", "普明镇", *said, code=2).said
    assert "没有“疑点”这一项" in step(desk, "object", "01", "--reason", "x", "--item", "疑点", code=2).said
