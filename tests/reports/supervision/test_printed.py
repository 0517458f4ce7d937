"""Papers of supervision as they come out of the printer; people and figures are made up."""

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.desk import ROOT, Desk
from support.figures.months import freeze, published
from support.figures.supervised import AT, DAY, UNITS, months, settings
from support.paper import page_count, poppler_text, squeezed

from pipeline.adapters.word import said_in
from pipeline.domain import documents
from pipeline.domain.journal import Entry
from pipeline.domain.statistics.figures import MonthFigures, Standing
from pipeline.domain.statistics.published import figures_object
from pipeline.domain.supervision.cases import Case
from pipeline.domain.supervision.ladder import LEVELS, SUPERVISE, Rule
from pipeline.domain.supervision.papers import Ground, Paper
from pipeline.errors import ConversionFault
from pipeline.publishing.making import Maker
from pipeline.publishing.pages import put
from pipeline.publishing.renderer import Renderer
from pipeline.reports.supervision.approval import approval_fields
from pipeline.reports.supervision.content import draft_paper
from pipeline.reports.supervision.documents import APPROVAL_NAME, approval_paper
from pipeline.reports.supervision.papers import PAGES, Occasion, fields
from pipeline.workspace import Workspace, open_workspace

MONTH = "2022-03"
LONGEST = "城乡环卫和市政服务中心"


def standing(figures: MonthFigures) -> Standing:
    """Long in every respect."""
    each = figures.units[0]
    return replace(each, unit=replace(each.unit, name=LONGEST, full_name=f"岚县{LONGEST}"), rank=17)


def wordy() -> Occasion:
    told = settings(
        interview_place="县人民政府办公大楼二楼东第一会议室",
        interviewer="张某某（县政府党组成员、副县长、专班组长）",
    )
    return Occasion(told, published(12, (33, 130, 19), UNITS), 12, DAY)


def earlier(case: Case) -> Paper:
    ground = Ground(11, case.standing, 11, Rule(1, 2, (1, 2, 3)))
    details = {"serial": "岚个培督函〔2022〕112号"}
    return Paper(Entry(SUPERVISE, 2022, 112, "confirm", "01", DAY, "", details, AT), ground)


@pytest.fixture
def maker(tmp_path: Path) -> Any:
    shutil.copytree(ROOT / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("build"))
    made = tmp_path / "made"
    made.mkdir()
    with Renderer(Workspace(tmp_path, settings())) as renderer:
        yield Maker(renderer, made, "专班办公室", AT, {})


def make(maker: Maker, paper: documents.Paper) -> None:
    draft = maker.draft(paper)
    put(maker, paper, draft, said_in(draft), maker.printed(draft))


@pytest.mark.soffice
def test_the_longest_text_of_each_paper_has_its_page(maker: Maker) -> None:
    now = wordy()
    for level in LEVELS:
        case = Case(standing(now.figures), level, 12)
        told = fields(case, now, "送审稿", None, "岚个培账〔2022〕0112号", earlier(case))
        paper = draft_paper(level, told, AT)
        make(maker, paper)
        pdf = maker.folder / paper.folder / f"{paper.name}.pdf"
        assert page_count(pdf) == PAGES[level]
        text = squeezed(poppler_text(pdf))
        for name in ("稿", "发文机关", "单位全称", "情况", "联系", "落款日期"):
            assert squeezed(told[name]) in text, name


@pytest.mark.soffice
def test_a_letter_that_needs_a_second_page_is_refused(maker: Maker) -> None:
    now = wordy()
    case = Case(standing(now.figures), SUPERVISE, 12)
    told = fields(case, now, "", 1, "", None)
    with pytest.raises(ConversionFault, match="应是2页，排出来有3页"):
        make(maker, draft_paper(SUPERVISE, told | {"情况": told["情况"] * 4}, AT))


@pytest.mark.soffice
def test_twelve_papers_are_laid_before_whoever_approves_on_one_page(maker: Maker) -> None:
    now = wordy()
    cases = [Case(standing(now.figures), level, 12) for level in LEVELS for _ in range(4)]
    make(maker, approval_paper(approval_fields(now, cases, (), now.figures.units, now.figures.units)))
    assert page_count(maker.folder / f"{APPROVAL_NAME}.pdf") == 1


# ---- a small county, by its command


@pytest.fixture(scope="module")
def desk(remembering: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """March: one township lags for the third month, the other has its paper for the first. Not to be changed."""
    made = Desk.laid(tmp_path_factory.mktemp("supervise") / "岚县", remembering)
    made.settings('notice_from = "2022-07"', 'notice_from = "2022-01"')
    made.settings('authority = ""', 'authority = "县人民政府"')
    made.settings('approved_by = ""', 'approved_by = "张某某（专班组长）"')
    for figures in months():
        freeze(open_workspace(made.root), figures)
    outcome = made.run("supervise", "--confirm", "东村镇", "--json")
    assert outcome.code == 0, outcome
    assert outcome.json["folders"] == [str(folder(made))]
    assert outcome.json["closing"].startswith("2022年3月督查文书已出：已签发1件，拟发1件。这次登记1件。")
    return made


def folder(desk: Desk) -> Path:
    return desk.outputs / "supervise" / MONTH


def told(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder(desk) / "supervise.json").read_text(encoding="utf-8"))
    return found


def digests(desk: Desk) -> dict[str, str]:
    return {
        path.relative_to(folder(desk)).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder(desk).rglob("*"))
        if path.is_file()
    }


def test_the_object_holds_the_bulletin_s_figures_to_the_digit(desk: Desk) -> None:
    units = {each["name"]: each for each in figures_object(months()[-1], 3, settings().plan, 1)["units"]}
    papers = told(desk)["papers"]
    assert [(each["unit"], each["level"], each["months_running"], each["state"], each["number"]) for each in papers] == [
        ("东村镇", "约谈", 3, "confirmed", "岚个培约函〔2022〕1号"), ("普明镇", "提醒", 1, "proposed", None),
    ]  # fmt: skip
    assert [each["figures"] for each in papers] == [units[each["unit"]] for each in papers]


def test_the_paper_says_the_bulletin_s_figures_and_names_its_item(desk: Desk) -> None:
    [path] = (folder(desk) / "已签发").glob("*.pdf")
    text = squeezed(poppler_text(path))
    each = told(desk)["papers"][0]["figures"]
    assert page_count(path) == 3 and path.with_suffix(".docx").exists()
    assert path.name == "约谈通知书1号-东村镇.pdf" and "拟发稿" not in text
    for said in (
        "岚县东村镇人民政府：", "经县人民政府同意", "岚个培约函〔2022〕1号", "账号岚个培账〔2022〕0001号", f"净增{each['net']}户",
        f"完成年度净增任务{each['target']}户的{each['completion_rate']:.1%}", f"在2个乡镇中列第{each['rank']}位", "自1月起已连续3个月滞后",
    ):  # fmt: skip
        assert said in text, said
    [draft] = (folder(desk) / "拟发稿").glob("*.pdf")
    assert "拟发稿" in poppler_text(draft) and "岚个培提函〔2022〕号" in squeezed(poppler_text(draft))


def test_all_of_a_state_are_printed_at_one_go(desk: Desk) -> None:
    for name, pages in (("已签发", 3), ("拟发稿", 2)):
        [one] = (folder(desk) / name).glob("*.pdf")
        whole = folder(desk) / f"{name}（打印）.pdf"
        assert page_count(whole) == pages and squeezed(poppler_text(whole)) == squeezed(poppler_text(one))


def test_the_registry_is_a_workbook(desk: Desk) -> None:
    table = load_workbook(folder(desk) / "督办登记簿.xlsx").active
    [row] = table.iter_rows(min_row=3, values_only=True)
    assert (row[0], row[3], row[6], row[7]) == (
        "岚个培约函〔2022〕1号", "东村镇", "岚个培账〔2022〕0001号", "张某某（专班组长）",
    )  # fmt: skip


def test_the_same_again_is_the_same_to_the_byte_and_what_was_changed_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    other, before = desk.copy(tmp_path / "岚县"), digests(desk)
    (folder(other) / "supervise.json").write_text("{}", encoding="utf-8")
    outcome = other.run("register", "check")
    assert outcome.code == 6 and "supervise.json 被改动" in outcome.err
    shutil.rmtree(folder(other))
    assert other.run("supervise", "--month", MONTH).code == 0
    assert digests(other) == before
    assert other.run("register", "check").code == 0


def test_a_paper_is_withdrawn_with_its_item(desk: Desk, tmp_path: Path) -> None:
    other = desk.copy(tmp_path / "岚县")
    outcome = other.run("supervise", "--month", MONTH, "--withdraw", "东村镇", "--reason", "数字有误")
    assert outcome.code == 0, outcome
    assert [path.name for path in sorted((folder(other) / "已撤回").iterdir())] == [
        "约谈通知书1号-东村镇.docx", "约谈通知书1号-东村镇.pdf",
    ]  # fmt: skip
    rows = other.ask("SELECT series, number, act, unit FROM journal ORDER BY event")
    assert rows == [
        ("约谈", 1, "confirm", "01"), ("items", 1, "open", "01"), ("约谈", 1, "withdraw", "01"), ("items", 1, "withdraw", "01"),
    ]  # fmt: skip
    refused = other.run("supervise", "--month", MONTH, "--confirm", "东村镇", "--json")
    assert (
        refused.code == 6
        and refused.json["closing"] == "没有签发：东村镇3月的约谈通知书已撤回，同一个月不再发。"
    )


@pytest.mark.parametrize(
    "words, told",
    [
        (("东村镇",), "单位名称要写在 --confirm 或 --withdraw 后面"),
        (("--confirm", "all", "--withdraw", "东村镇", "--reason", "某"), "一次只用一种"),
        (("--withdraw", "东村镇"), "--withdraw 和 --reason 要一起用"),
        (("--month", "2021-06"), "应是 2022 年的月份"),
        (("--confirm", "东村"), "简报里没有“东村”这个单位，是不是“东村镇”？"),
    ],
)
def test_what_cannot_be_meant_is_refused(desk: Desk, words: tuple[str, ...], told: str) -> None:
    outcome = desk.run("supervise", *words)
    assert outcome.code == 2 and told in outcome.err
