"""The year of a small county, as a draft and as approved: papers, workbook and JSON, and an independent recount."""

import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from support.desk import Desk
from support.figures.months import freeze, published
from support.paper import page_count, poppler_text, squeezed
from support.reading.founded import unfounded

from pipeline.adapters.secret import known_secret
from pipeline.domain.model import Unit
from pipeline.publishing.manifest import report_differences
from pipeline.workspace import open_workspace

UNITS = (
    Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", target=180),
    Unit("02", "普明镇", "岚县普明镇人民政府", "乡镇", target=180),
    Unit("03", "社科乡", "岚县社科乡人民政府", "乡镇", target=90),
    Unit("04", "王狮乡", "岚县王狮乡人民政府", "乡镇", target=90),
    Unit("14", "县财政局", "岚县财政局", "县直", target=30),
)
NETS = (171, 60, 88, -4, 40)
TYPED = {
    "措施落实": {"01": "95", "02": "87.5", "03": "100", "04": "66.67", "14": "93.33"},
    "专项行动": {"01": "100", "02": "50", "03": "99"},
    "信息报送": {"01": "100", "02": "100", "03": "100", "04": "100"},
}
WEIGHTS = {"任务完成率": 60, "措施落实": 15, "专项行动": 10, "挂账按期销号率": 10, "信息报送": 5}


def rules(approved_by: str) -> str:
    lines = [f'preset = "plan-2022"\napproved_by = "{approved_by}"\n[values]']
    for name, values in TYPED.items():
        told = ", ".join(f'"{code}" = {value}' for code, value in values.items())
        lines.append(f'"{name}" = {{ {told} }}')
    return "\n".join(lines)


@pytest.fixture(scope="module")
def draft(laid: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """December is published, the rules are written, nobody has approved; not to be changed."""
    desk = laid.copy(tmp_path_factory.mktemp("assess") / "岚县")
    freeze(open_workspace(desk.root), published(12, NETS, UNITS))
    (desk.root / "assessment.toml").write_text(rules(""), encoding="utf-8")
    outcome = desk.run("assess", "--json")
    assert outcome.code == 0 and outcome.json["folders"] == [str(folder(desk))]
    assert outcome.json["closing"] == (
        "2022年年终考核（送审稿）已出，没有存档：没有写审定人（assessment.toml 的 approved_by）。5个单位：优秀1个、良好2个、不合格2个。"
    )
    [notice] = outcome.json["notices"]
    assert notice.endswith("（assessment-law）") and "第三十二条" in notice
    return desk


@pytest.fixture(scope="module")
def told(draft: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The same, approved; not to be changed."""
    desk = draft.copy(tmp_path_factory.mktemp("approved") / "岚县")
    (desk.root / "assessment.toml").write_text(rules("张某某（专班组长）"), encoding="utf-8")
    outcome = desk.run("assess", "--year", "2022", "--json")
    assert outcome.code == 0 and outcome.json["closing"].startswith("2022年年终考核已出：第1次，5个单位：")
    assert "assessment-law" in outcome.json["notices"][0]
    return desk


def folder(desk: Desk) -> Path:
    return desk.outputs / "assess" / "2022"


def units_of(desk: Desk) -> list[dict[str, Any]]:
    found = json.loads((folder(desk) / "assess.json").read_text(encoding="utf-8"))
    assert list(found) == ["year", "preset", "units"]
    assert (found["year"], found["preset"]) == (2022, "plan-2022")
    units: list[dict[str, Any]] = found["units"]
    return units


def files(desk: Desk) -> dict[str, bytes]:
    return {
        path.relative_to(folder(desk)).as_posix(): path.read_bytes()
        for path in sorted(folder(desk).rglob("*"))
        if path.is_file()
    }


def half_up(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_the_json_is_what_anybody_counts_from_december_and_what_was_typed(told: Desk) -> None:
    totals = {}
    for each, unit, net in zip(units_of(told), UNITS, NETS, strict=True):
        shares: dict[str, Fraction | None] = {
            name: Fraction(values[unit.code]) / 100 if unit.code in values else None
            for name, values in TYPED.items()
        } | {"任务完成率": Fraction(net, unit.target), "挂账按期销号率": None}
        scale = Fraction(100, sum(WEIGHTS[name] for name, share in shares.items() if share is not None))
        assert (each["code"], each["name"], each["group"]) == (unit.code, unit.name, unit.group)
        assert [item["name"] for item in each["items"]] == list(WEIGHTS)
        exact: list[Fraction] = []
        for item in each["items"]:
            share = shares[item["name"]]
            if share is None:
                assert (item["weight"], item["actual"], item["target"], item["score"]) == (0, *[None] * 3)
                assert f"权重{WEIGHTS[item['name']]}分摊到其他各项" in item["working"]
                continue
            weight = WEIGHTS[item["name"]] * scale
            assert abs(item["weight"] - weight) < 1e-9
            assert abs(item["actual"] / item["target"] - share) < 1e-9
            exact.append(min(max(share, Fraction(0)), Fraction(1)) * weight)
            assert Decimal(str(item["score"])) == half_up(exact[-1])
            assert item["working"].endswith(f"得{half_up(exact[-1])}")
        totals[unit.code] = half_up(sum(exact, Fraction(0)))
        assert Decimal(str(each["total"])) == totals[unit.code]
    assert totals["04"] == Decimal("18.75")  # a loss gets nothing, and takes nothing from the rest
    for each, unit in zip(units_of(told), UNITS, strict=True):
        own = [totals[other.code] for other in UNITS if other.group == unit.group]
        assert each["rank"] == 1 + sum(other > totals[unit.code] for other in own)
        grade = next(
            (name for name, line in (("良好", 80), ("合格", 60)) if totals[unit.code] >= line), "不合格"
        )
        best = totals[unit.code] >= 90 and each["rank"] <= len(own) * 3 // 10
        assert each["grade"] == ("优秀" if best else grade)


def test_every_number_on_paper_is_that_of_the_json(told: Desk) -> None:
    table = Document(str(folder(told) / "考核得分表.docx")).tables[0]
    rows = {row.cells[2].text: [cell.text for cell in row.cells] for row in table.rows[1:]}
    pages = (squeezed(page) for page in poppler_text(folder(told) / "考核反馈单.pdf").split("\f"))
    for each, page in zip(units_of(told), pages, strict=False):
        total, items = f"{each['total']:.2f}", each["items"]
        scores = [f"{one['name']}{one['score']:.2f}" for one in items if one["score"] is not None]
        assert rows[each["name"]] == [
            each["group"], str(each["rank"]), each["name"], "　".join(scores), total, each["grade"],
        ]  # fmt: skip
        assert f"总分{total}分，在" in page and f"列第{each['rank']}名，等次为{each['grade']}。" in page
        own = Document(str(folder(told) / "考核反馈单.docx")).tables[UNITS.index(unit_of(each))]
        assert [[cell.text for cell in row.cells] for row in own.rows[1:]] == [
            [
                one["name"], f"{one['weight']:.2f}".rstrip("0").rstrip(".") if one["weight"] else "—",
                "—" if one["score"] is None else f"{one['score']:.2f}", one["working"],
            ]
            for one in items
        ]  # fmt: skip


def unit_of(each: dict[str, Any]) -> Unit:
    [unit] = [unit for unit in UNITS if unit.code == each["code"]]
    return unit


def test_the_workbook_says_the_same(told: Desk) -> None:
    scores, workings = load_workbook(folder(told) / "考核得分表.xlsx", data_only=True).worksheets
    assert [cell.value for cell in scores[2]] == ["类别", "名次", "单位", *WEIGHTS, "总分", "等次"]
    units = {each["name"]: each for each in units_of(told)}
    for row in scores.iter_rows(min_row=3, values_only=True):
        each = units[str(row[2])]
        assert row[3:8] == tuple("—" if item["score"] is None else item["score"] for item in each["items"])
        assert (row[0], row[1], row[8], row[9]) == (each["group"], each["rank"], each["total"], each["grade"])
    assert workings.max_row == 2 + len(UNITS) * len(WEIGHTS)
    assert scores["I3"].number_format == workings["G3"].number_format == "0.00"


def test_a_draft_says_so_and_is_not_kept(draft: Desk, told: Desk) -> None:
    text = squeezed(poppler_text(folder(draft) / "考核得分表.pdf"))
    assert text.startswith("送审稿") and "审定：" not in text and "第三十二条" in text
    page = squeezed(poppler_text(folder(draft) / "各单位" / "01-东村镇.pdf"))
    assert "（送审稿）" in page and "本结果尚未审定" in page and "核对意见" in page
    assert not list((draft.root / "register" / "bulletins").glob("assess-*"))
    final = squeezed(poppler_text(folder(told) / "考核得分表.pdf"))
    assert "送审稿" not in final and "审定：张某某（专班组长）" in final
    page = squeezed(poppler_text(folder(told) / "各单位" / "01-东村镇.pdf"))
    assert "送审稿" not in page and "核对意见" not in page and "本结果已由张某某（专班组长）审定。" in page
    assert page_count(folder(told) / "考核反馈单.pdf") == len(UNITS)


def test_what_could_not_be_scored_is_stated(told: Desk) -> None:
    text = squeezed(poppler_text(folder(told) / "考核得分表.pdf"))
    assert (
        "没有计分的：专项行动，2个单位没有报专项行动数，也没有填实绩；挂账按期销号率，各单位都没有到期的挂账事项；信息报送，1个单位没有填实绩。"
        "没有计分的项目不按0分算，权重按比例分摊到该单位的其他各项。"
    ) in text


def test_what_was_approved_stays_until_it_is_revised(told: Desk, tmp_path: Path) -> None:
    desk = told.copy(tmp_path / "岚县")
    (desk.root / "assessment.toml").write_text(rules("").replace("100", "10"), encoding="utf-8")
    outcome = desk.run("assess")
    assert outcome.code == 0 and files(desk) == files(told)
    assert (
        "年终考核印发以后，assessment.toml的审定人（approved_by）由张某某（专班组长）改成了空的，印发的没有跟着变。"
        in outcome.said
    )
    outcome = desk.run("assess", "--revise", "--reason", "异议成立")
    assert outcome.code == 2 and "2022年的年终考核已经印发过，这次没有写审定人" in outcome.said
    assert files(desk) == files(told)
    secret = known_secret(desk.root / "register" / "verify.key")
    assert list(report_differences("assess", folder(desk), secret)) == []


def test_a_slip_in_the_rules_ends_the_run_before_anything_is_made(draft: Desk, tmp_path: Path) -> None:
    desk = draft.copy(tmp_path / "岚县")
    before = files(desk)
    for text in ('preset = "plan-2020"', "preset ="):
        (desk.root / "assessment.toml").write_text(text, encoding="utf-8")
        outcome = desk.run("assess")
        assert outcome.code == 2 and "assessment.toml" in outcome.err and files(desk) == before


def test_without_december_there_is_no_assessment(desk: Desk) -> None:
    outcome = desk.run("assess", "--json")
    assert outcome.code == 3 and [each["code"] for each in outcome.json["problems"]] == ["missing-bulletin"]
    assert not folder(desk).exists()


def test_every_number_of_all_papers_is_in_the_data(told: Desk) -> None:
    units = units_of(told)
    groups = [[each for each in units if each["group"] == group] for group in ("乡镇", "县直")]
    totals = [Fraction(str(each["total"])) for each in groups[0]]
    shares = {
        name: [one["score"] / one["weight"] for each in units for one in each["items"] if one["name"] == name and one["weight"]]
        for name in WEIGHTS
    }  # fmt: skip
    counted = [
        len(units), *map(len, groups), float(sum(totals, Fraction(0)) / len(totals)),
        *(sum(each["grade"] == grade for each in own) for own in groups for grade in ("优秀", "良好", "合格", "不合格")),
        *(sum(own) / len(own) for own in shares.values() if own), *(sum(share < 0.6 for share in own) for own in shares.values()),
        *WEIGHTS.values(), 60, 80, 90, 30,
    ]  # fmt: skip
    assert unfounded(folder(told), counted, fixed="SHA-256") == []
