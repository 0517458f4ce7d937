"""The quarterly report of the example county: its figures recounted, its paper held against its data, when it is frozen."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from support.desk import ROOT, Desk, write_sheet
from support.figures.gazettes import template
from support.figures.months import freeze
from support.figures.quarters import HALF, printed, records
from support.paper import poppler_text, squeezed
from support.reading.founded import unfounded
from support.trials import shared_office

from pipeline.adapters.archive import Archive
from pipeline.domain.documents import Paper, Workbook
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Quarter
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.domain.statistics.figures import Yardstick
from pipeline.domain.statistics.published import Published
from pipeline.errors import ExitCode, Remedy, UsageFault
from pipeline.intake import read_inputs
from pipeline.jobs import report as job
from pipeline.publishing.making import fill
from pipeline.publishing.renderer import Renderer
from pipeline.reports.report import REPORT
from pipeline.reports.report.content import Content
from pipeline.reports.report.documents import documents
from pipeline.reports.report.text import PAPER
from pipeline.workspace import Workspace, open_workspace

TRUTH: dict[str, Any] = json.loads((ROOT / "examples/2022/expected.json").read_text("utf-8"))["figures"]
MONTHS = ["2022-04", "2022-05", "2022-06"]
SECOND = Quarter(2022, 2)
NOW = datetime(2022, 7, 8, 9, tzinfo=UTC)
SIGNED = ('signer = ""', 'signer = "张某某"')


@pytest.fixture(scope="module")
def told(bulletins: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The example county with its second quarter reported, and a base to count its stock from; not to be changed."""
    desk = bulletins.copy(tmp_path_factory.mktemp("季度") / "岚县")
    desk.settings(*SIGNED)
    desk.settings("base_count = 0", "base_count = 7666")
    desk.settings('copy_to = ""', 'copy_to = "县委办公室，县政协办公室。"')
    outcome = desk.run("report", "--today", "2022-07-08", "--json")
    assert outcome.code == 0, outcome
    return desk


def folder(desk: Desk) -> Path:
    return desk.outputs / "report" / "2022-Q2"


def figures(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder(desk) / "report.json").read_text(encoding="utf-8"))
    return found


def test_every_figure_is_the_sum_of_the_generators_months(told: Desk) -> None:
    found = figures(told)
    assert (found["quarter"], found["as_of"]) == ("2022-Q2", "2022-06-30")
    nothing = dict.fromkeys(TRUTH["2022-06"]["county"], 0)
    lines = [("county", found["county"]), *((each["code"], each) for each in found["units"])]
    for whose, own in lines:
        months = [TRUTH[month].get(whose, nothing) for month in MONTHS]
        assert own["new"] == sum(each["new_month"] for each in months), whose
        assert own["cancelled"] == sum(each["cancelled_month"] for each in months), whose
        assert own["net"] == own["new"] - own["cancelled"]
        before, after = (_net(each) for each in (TRUTH["2022-03"].get(whose, nothing), months[-1]))
        assert own["year"]["net"] == after == before + own["net"] + own["late"], whose
    for printed_month, month in zip(found["months"], MONTHS, strict=True):
        truth = TRUTH[month]["county"]
        assert printed_month["net"] == truth["new_month"] - truth["cancelled_month"]
    for name in ("new", "cancelled", "net", "late"):
        parts = [*found["units"], found["unattributed"]]
        assert found["county"][name] == sum(each[name] for each in parts)
        assert sum(each[name] for each in found["groups"]) == sum(each[name] for each in found["units"])
    assert found["stock"] == {"start_of_year": 7666, "end": 7666 + _net(TRUTH["2022-06"]["county"])}


def _net(truth: dict[str, int]) -> int:
    return truth["new"] - truth["cancelled"]


def rounded(rate: float) -> str:
    """In percent, one decimal, half away from zero; written apart from the product."""
    thousandths = Fraction(rate).limit_denominator(10**6) * 1000
    whole = (abs(thousandths) + Fraction(1, 2)).__floor__()
    return f"{'-' if thousandths < 0 and whole else ''}{whole // 10}.{whole % 10}"


def test_every_number_in_the_annexes_is_that_of_the_data(told: Desk) -> None:
    found = figures(told)
    tables = Document(str(folder(told) / "季度报告.docx")).tables
    by_name = {row.cells[1].text: [cell.text for cell in row.cells] for row in tables[1].rows}
    for each in [*found["units"], {"name": "合计", "rank": None, "band": "—", **found["county"]}]:
        year, row = each["year"], by_name[each["name"]]
        counts = (year["target"], each["new"], each["cancelled"], each["net"], each["late"])
        counts += (year["new"], year["cancelled"], year["net"])
        assert row[2:10] == list(map(str, counts)), each["name"]
        assert row[10:12] == [rounded(year["completion_rate"]), rounded(year["lead"])]
        assert row[12] == ("—" if each["rank"] is None else str(each["rank"]))
    sheets = load_workbook(folder(told) / "报告附表.xlsx")
    shown = {row[1]: row for row in sheets.worksheets[0].iter_rows(min_row=3, values_only=True)}
    assert {name: list(map(str, row[2:10])) for name, row in shown.items()} == {
        name: row[2:10] for name, row in by_name.items() if name in shown
    }
    assert [(row[0].text, row[2].text) for row in (each.cells for each in tables[2].rows)][1:] == [
        ("任务清单", str(found["lists"]["tasks"]["amounts"])), ("责任清单", str(found["lists"]["duties"]["measures"])),
        ("措施清单", str(found["lists"]["steps"]["measures"])), ("结果清单", str(found["lists"]["results"]["amounts"])),
        ("政策清单", str(found["lists"]["policies"]["policies"])),
    ]  # fmt: skip
    promised = [[cell.text for cell in row.cells] for row in tables[3].rows][1:]
    assert [(row[0], row[5]) for row in promised] == [
        (each["key"], "未报" if each["actual"] is None else rounded(each["actual"] / 100).removesuffix(".0"))
        for each in found["measures"]
    ]


def test_every_number_on_paper_is_in_the_data(told: Desk) -> None:
    found = figures(told)
    units = [each for each in found["units"] if each["rank"]]
    before, county = found["previous"], found["county"]
    counted = [
        *(
            {"group": group, "units": sum(each["group"] == group for each in units)}
            for group in ("乡镇", "县直")
        ),
        {"units": len(units), "at_pace": sum(each["year"]["lead"] >= 0 for each in units)},
        {"not_yet": sum(each["year"]["lead"] < 0 for each in units)},
        *(
            {"band": sum(each["band"] == band for each in units)}
            for band in ("先进", "基本达标", "滞后", "零进展")
        ),
        {"slow": sum(each["band"] in {"滞后", "零进展"} for each in units)},
        {"growth": county["new"] / before["new"] - 1, "more": county["net"] - before["net"]},
        {"stock_growth": found["stock"]["end"] / 7666 - 1, "stock_more": found["stock"]["end"] - 7666},
        {"unreported": sum(each["actual"] is None for each in found["measures"])},
    ]
    typed = [
        float(amount)
        for row in load_workbook(told.root / "inputs" / "简报素材.xlsx").worksheets[0].values
        for amount in re.findall(r"\d+(?:\.\d+)?", "".join(str(cell) for cell in row if cell is not None))
    ]
    cleared = {"清零率": 281 / 326}
    assert unfounded(folder(told), counted, typed, cleared, fixed=r"等\d+个|月销售额15万元") == []


def test_the_workbook_holds_numbers_that_can_be_added_up(told: Desk) -> None:
    found, sheet = figures(told), load_workbook(folder(told) / "报告附表.xlsx").worksheets[0]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=3)}
    for each in found["units"]:
        row = rows[each["name"]]
        assert [cell.value for cell in row[2:6]] == [
            each["year"]["target"],
            each["new"],
            each["cancelled"],
            each["net"],
        ]
        assert row[10].value == pytest.approx(float(rounded(each["year"]["completion_rate"])))
        assert (row[5].number_format, row[10].number_format) == ("0", "0.0")
    assert rows["未归属"][2].value == "—" and sum(
        rows[each["name"]][5].value for each in found["units"]
    ) == sum(each["net"] for each in found["units"])


def test_a_report_that_was_kept_with_texts_in_its_workbook_is_made_again_so(told: Desk) -> None:
    plain = dict(Archive(open_workspace(told.root).publications).of_kind("report")["2022-Q2"].content)
    del plain["has_numbers"]
    _, book, _ = documents(Content.from_plain(plain))
    assert isinstance(book, Workbook)
    assert all(isinstance(cell, str) for sheet in book.sheets for row in sheet.rows for cell in row)


def test_the_characters_are_those_of_the_text(told: Desk) -> None:
    paragraphs = [each.text for each in Document(str(folder(told) / "季度报告.docx")).paragraphs]
    text = paragraphs[_title(paragraphs) : paragraphs.index("特此报告。") + 1]
    assert figures(told)["characters"] == len("".join("".join(text).split()))


def _title(paragraphs: list[str]) -> int:
    return next(place for place, each in enumerate(paragraphs) if each.startswith("关于"))


def test_the_last_page_is_the_back_of_a_sheet_with_nothing_but_who_gets_it_and_who_prints_it(
    told: Desk,
) -> None:
    pages = ["".join(page.extract_text().split()) for page in PdfReader(folder(told) / "季度报告.pdf").pages]
    assert len(pages) == 10 and pages[8] == ""
    assert re.fullmatch(
        r"抄送：县委办公室，县政协办公室。岚县个体工商户培育工作专班办公室20\d\d年\d+月\d+日印发", pages[-1]
    )
    assert (
        "签发人：张某某" in pages[0] and "—1—" in pages[0] and "印发" not in pages[0].partition("报告如下")[0]
    )
    signed = next(page for page in pages if "特此报告。" in page)
    assert re.search(r"特此报告。附件：1\.各单位.*岚县个体工商户培育工作专班办公室20\d\d年\d+月\d+日", signed)


def test_it_reads_as_a_report_and_names_nobody(told: Desk) -> None:
    text = "\n".join(each.text for each in Document(str(folder(told) / "季度报告.docx")).paragraphs)
    headings = re.findall(r"^([一二三四五六]、.*)$", text, re.MULTILINE)
    assert headings == [
        "一、总体情况", "二、主要做法及成效", "三、专项行动和政策兑现情况", "四、存在的问题", "五、下一步打算",
    ]  # fmt: skip
    assert "岚县人民政府：" in text and "特此报告。" in text and "送审稿" not in text
    assert "附件：1. 各单位任务完成情况表\n2. 五清单进展情况表" in text
    workspace = open_workspace(told.root)
    businesses = read_inputs(workspace, date(2022, 7, 8), (REGISTRATIONS,)).said(REGISTRATIONS)
    people = {name for each in businesses for name in (each.operator, each.name, each.phone) if len(name) > 1}
    assert len(people) > 500
    files = text + json.dumps(figures(told), ensure_ascii=False)
    assert {name for name in people if name in files} == set()


def test_what_was_reported_is_made_again_as_it_was(told: Desk, tmp_path: Path) -> None:
    desk = told.copy(tmp_path / "岚县")
    before = {path.name: path.read_bytes() for path in folder(desk).iterdir()}
    shutil.rmtree(folder(desk))
    desk.settings('signer = "张某某"', 'signer = ""')
    outcome = desk.run("report", "--quarter", "2022-Q2", "--json")
    assert outcome.code == 0 and {path.name: path.read_bytes() for path in folder(desk).iterdir()} == before
    assert outcome.json["closing"].startswith(
        "2022年第2季度工作报告已出：第1次，本季净增793户，累计净增1128户，完成率49.0%，"
    )
    assert desk.run("register", "check").code == 0


class Press:
    """Stands in for printing."""

    content: Content

    def __call__(
        self, _renderer: object, _kind: object, content: Content, _kept: object = None, keep: Callable[[], None] = lambda: None
    ) -> str:  # fmt: skip
        self.content = content
        keep()
        return "outputs/report/2022-Q2"

    def say(self, text: str) -> None:
        """Nobody listens."""

    expect = advance = say


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    made = Press()
    monkeypatch.setattr(job, "publish", made)
    monkeypatch.setattr(Renderer, "begin", lambda _: None)
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Half a year published, no words of the clerk's, nobody who signs."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("build"))
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs")
    (tmp_path / "inputs/清单素材.xlsx").unlink(missing_ok=True)
    shutil.copy(ROOT / "pipeline.toml", tmp_path)
    opened = open_workspace(tmp_path)
    for month in printed(HALF, range(1, 7)).values():
        freeze(opened, month)
    return opened


def run(
    workspace: Workspace, press: Press, quarter: Quarter | None = None, reason: str = "", now: datetime = NOW
) -> Outcome:
    with Renderer(open_workspace(workspace.root)) as renderer:
        return job.run(renderer, REPORT, job.Request(quarter, reason=reason), now, press)


def sign(workspace: Workspace) -> None:
    path = workspace.root / "pipeline.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*SIGNED), encoding="utf-8")


def test_without_a_signer_it_is_a_draft_and_is_not_kept(workspace: Workspace, press: Press) -> None:
    outcome = run(workspace, press)
    assert outcome.exit_code == ExitCode.DONE and Archive(workspace.publications).of_kind("report") == {}
    assert "（送审稿）已出，没有存档：没有写明签发人" in outcome.closing and len(outcome.waits) == 1
    assert (press.content.paper["稿"], press.content.paper["文号"]) == ("送审稿", "〔2022〕　号")
    assert press.content.paper["成文日期"] == "2022年　月　日"
    sign(workspace)
    outcome = run(workspace, press)
    assert list(Archive(workspace.publications).of_kind("report")) == ["2022-Q2"] and outcome.waits == ()
    assert (press.content.paper["稿"], press.content.paper["成文日期"]) == ("", "2022年7月8日")


def test_a_published_report_is_not_replaced_by_a_draft(workspace: Workspace, press: Press) -> None:
    sign(workspace)
    run(workspace, press)
    assert "更正" in run(workspace, press, SECOND, "五月更正").closing
    assert press.content.paper["更正说明"] == "五月更正"
    shutil.copy(ROOT / "pipeline.toml", workspace.root)
    with pytest.raises(UsageFault, match="已经印发过"):
        run(workspace, press, SECOND, "再更正")


def frozen(workspace: Workspace, months: range) -> list[dict[str, Any]]:
    """What was kept of some months of the year."""
    kept = Archive(workspace.publications).of_kind("bulletin")
    return [kept[f"2022-{month:02d}"].content["published"] for month in months]


def tally_of(month: dict[str, Any]) -> dict[str, int]:
    """All units and what is nobody's, added up apart from the product."""
    parts = [*(each["tally"] for each in month["units"]), month["unattributed"]]
    return {name: sum(part[name] for part in parts) for name in parts[0]}


def test_the_last_quarters_report_is_the_years_and_adds_twelve_frozen_months(
    workspace: Workspace, press: Press
) -> None:
    told = [*HALF, *records("新增", 8, 4), *records("新增", 9, 3, known=11), *records("注销", 12, 2, "02")]
    for month in printed(told, range(1, 13)).values():
        freeze(workspace, month)
    last_year = [replace(each, year=2021) for each in printed(HALF, range(1, 13)).values()]
    for month in last_year:
        freeze(workspace, month)
    sign(workspace)
    january = datetime(2023, 1, 8, 9, tzinfo=UTC)
    outcome = run(workspace, press, Quarter(2022, 4), now=january)
    assert outcome.closing.startswith(
        "2022年第4季度工作报告已出：第1次，全年各月合计净增33户，补录核减+4户，累计净增37户，"
    )
    found, months = press.content.figures, [tally_of(each) for each in frozen(workspace, range(1, 13))]
    annual = found["annual"]
    for name in ("new", "cancelled"):
        assert annual[name] == sum(each[f"{name}_month"] for each in months)
        assert annual[f"late_{name}"] == months[-1][name] - annual[name]
        assert found["county"][name] == sum(each[f"{name}_month"] for each in months[9:])
        assert found["previous"][name] == sum(each[f"{name}_month"] for each in months[6:9])
    assert [each["net"] for each in annual["months"]] == [
        each["new_month"] - each["cancelled_month"] for each in months
    ]
    before = [tally_of(Published(each, {}).as_plain()) for each in last_year]
    assert annual["year_before"]["new"] == sum(each["new_month"] for each in before)
    assert found["year_before"]["new"] == sum(each["new_month"] for each in before[9:])
    assert found["not_compared"] == []
    assert (press.content.paper["季度"], press.content.paper["文号"]) == ("2022年度", "〔2023〕　号")
    text = json.dumps(press.content.paper["各节"], ensure_ascii=False)
    assert "各月印发数合计新登记42户，注销9户，净增33户" in text and "净增比上年多2户" in text


@pytest.mark.parametrize(
    "first, there, asked, advice",
    [
        (3, (3,), 1, ""),
        (3, (2,), 1, "2022年3月的简报还没有印发"),
        (5, (), 1, "2022年3月的简报还没有印发，工作报告的数字以简报为准。请先出简报。任务从5月起，2022年第1季度在它以前，可以不出。"),
        (5, (5, 6), 2, ""),
        (1, range(1, 12), 4, "2022年12月的简报还没有印发"),
        (1, range(9, 13), 4, "2022年1月、2022年2月、2022年3月、2022年4月、2022年5月、2022年6月、2022年7月、2022年8月的简报"),
        (10, range(10, 13), 4, ""),
    ],
)  # fmt: skip
def test_a_plan_may_begin_later_than_january(
    first: int, there: range, asked: int, advice: str, workspace: Workspace, press: Press
) -> None:
    shutil.rmtree(workspace.publications)
    for month in printed(HALF, there, yardstick=Yardstick(first_month=first)).values():
        freeze(workspace, month)
    plan = workspace.root / "pipeline.toml"
    text = plan.read_text(encoding="utf-8")
    assert "first_month = 1 " in text
    plan.write_text(text.replace("first_month = 1 ", f"first_month = {first} "), encoding="utf-8")
    outcome = run(workspace, press, Quarter(2022, asked), now=datetime(2023, 1, 8, tzinfo=UTC))
    if advice:
        assert outcome.exit_code == ExitCode.DATA and outcome.problems[0].advice.startswith(advice)
    else:
        months = [each["month"] for each in press.content.figures["months"]]
        assert months == [f"2022-{month:02d}" for month in there if (month + 2) // 3 == asked]


def test_why_nothing_is_compared_stands_in_the_data(workspace: Workspace, press: Press) -> None:
    run(workspace, press, Quarter(2022, 1))
    found = press.content.figures
    assert found["previous"] is found["year_before"] is found["annual"] is None
    assert found["not_compared"] == [
        {"period": "2021-Q4", "reason": "2021年第4季度没有印发过简报"},
        {"period": "2021-Q1", "reason": "2021年第1季度没有印发过简报"},
    ]


def test_a_month_before_the_plans_first_that_is_printed_later_is_no_correction(
    workspace: Workspace, press: Press
) -> None:
    shutil.rmtree(workspace.publications)
    plan = workspace.root / "pipeline.toml"
    text = plan.read_text(encoding="utf-8").replace("first_month = 1 ", "first_month = 3 ")
    plan.write_text(text, encoding="utf-8")
    sign(workspace)
    mark = Yardstick(first_month=3)
    freeze(workspace, printed(HALF, (3,), yardstick=mark)[3])
    run(workspace, press, Quarter(2022, 1))
    for month in printed(HALF, (1, 2), yardstick=mark).values():
        freeze(workspace, month)
    assert run(workspace, press, Quarter(2022, 1)).notices == ()


def test_a_month_corrected_since_is_told_and_a_revision_has_its_figures(
    workspace: Workspace, press: Press
) -> None:
    sign(workspace)
    run(workspace, press, SECOND)
    assert run(workspace, press, SECOND).notices == ()
    for number, month in printed([*HALF, *records("新增", 5, 3)], range(1, 7)).items():
        if number == 5:
            freeze(workspace, month)
    again = run(workspace, press, SECOND)
    assert "工作报告印发以后，5月的简报更正过，印发的没有跟着变。" in again.notices
    assert again.remedy == Remedy.REVISE and press.content.figures["county"]["new"] == 20
    run(workspace, press, SECOND, "五月补报")
    assert press.content.figures["county"]["new"] == 23 and press.content.paper["更正说明"] == "五月补报"
    assert run(workspace, press, SECOND).notices == ()


@pytest.mark.parametrize(
    "there, asked, months",
    [
        (range(1, 6), SECOND, "2022年6月的"), ((1, 4), SECOND, "2022年5月、2022年6月的"),
        ((1, 2), None, "2022年3月的"), ((), None, ""),
    ],
)  # fmt: skip
def test_months_that_lack_a_bulletin_are_named(
    there: range, asked: Quarter | None, months: str, workspace: Workspace, press: Press
) -> None:
    shutil.rmtree(workspace.publications)
    for month in printed(HALF, there).values():
        freeze(workspace, month)
    outcome = run(workspace, press, asked)
    assert (outcome.exit_code, outcome.remedy) == (ExitCode.DATA, Remedy.MAKE_BULLETIN)
    assert [each.code for each in outcome.problems] == ["missing-bulletin"]
    assert outcome.problems[0].advice.startswith(f"{months}简报还没有印发")
    assert outcome.problems[0].source.file == f"{months}简报" and f"：缺{months}简报。" in outcome.closing


def test_the_latest_is_the_last_whole_quarter(workspace: Workspace, press: Press) -> None:
    for month in printed(HALF, range(1, 8)).values():
        freeze(workspace, month)
    run(workspace, press)
    assert press.content.period == SECOND


def test_a_request_stops_it_and_names_its_cell(workspace: Workspace, press: Press) -> None:
    rows = [
        ("栏目", "内容", "用于"),
        ("存在问题", "恳请县政府解决经费。", ""),
        ("存在问题", "请予支持。", "简报"),
    ]
    write_sheet(workspace.root / "inputs" / "简报素材.xlsx", rows)
    outcome = run(workspace, press)
    assert outcome.exit_code == ExitCode.DATA
    assert [(each.code, each.source.row, each.column) for each in outcome.problems] == [
        ("request-in-report", 2, "内容")
    ]


def test_its_own_words_stand_in_it_and_a_long_one_is_told(workspace: Workspace, press: Press) -> None:
    rows = [
        ("栏目", "内容", "用于"), ("典型经验", "一户一策。", ""), ("下一步工作", "继续摸排。", "报告"), ("下一步工作", "各单位抓紧。", ""),
        ("典型经验", "经" * 4000, "报告"),
    ]  # fmt: skip
    write_sheet(workspace.root / "inputs" / "简报素材.xlsx", rows)
    outcome = run(workspace, press)
    by_heading = {each["标题"]: list(each["各段"]) for each in press.content.paper["各节"]}
    assert by_heading["主要做法及成效"][0] == "一户一策。" and by_heading["下一步打算"] == ["继续摸排。"]
    [notice] = outcome.notices
    assert notice.startswith("报告正文") and "超过4000字" in notice
    assert press.content.figures["characters"] > 4000


def test_a_published_analysis_of_the_last_month_is_told_word_by_word(
    workspace: Workspace, press: Press
) -> None:
    told = {
        "fields": {
            "各节": [
                {"标题": "总量", "各段": ["全县在册9012户。"]},
                {"标题": "诉求与困难", "各段": ["本年没有挂账事项。"]},
                {"标题": "研判和建议", "各段": ["按以上数据，没有需要提示的情况。"]},
            ]
        },
        "figures": {"stock": {"end": 9012}},
    }
    archive = Archive(workspace.publications)
    for month, content in (("2022-05", {}), ("2022-06", told)):
        archive.keep(archive.drafted("analyse", month, content, {}))
    run(workspace, press)
    [section] = [each for each in press.content.paper["各节"] if each["标题"] == "运行情况分析"]
    assert [(each["序号"], each["标题"], list(each["各段"])) for each in section["各小节"]] == [
        ("一", "总量", ["全县在册9012户。"])
    ]  # fmt: skip
    assert press.content.figures["analysis"] == told["figures"]


def test_without_an_analysis_its_section_is_left_out(workspace: Workspace, press: Press) -> None:
    run(workspace, press)
    assert "运行情况分析" not in {each["标题"] for each in press.content.paper["各节"]}
    assert press.content.figures["analysis"] is None


def test_what_is_kept_reads_back_the_same(workspace: Workspace, press: Press) -> None:
    run(workspace, press)
    plain = json.loads(json.dumps(press.content.to_plain()))
    assert json.loads(json.dumps(Content.from_plain(plain).to_plain())) == plain


@pytest.mark.parametrize("kinds, own_page", [(1, False), (4, False), (5, True)])
def test_an_annex_of_a_few_lines_stands_on_no_sheet_of_its_own(
    told: Desk, tmp_path: Path, kinds: int, own_page: bool
) -> None:
    kept = Archive(open_workspace(told.root).publications).of_kind("report")["2022-Q2"].content
    line = dict.fromkeys(("立账", "已销号", "未销号", "逾期", "销号率", "按期销号率"), "1")
    rows = [{"类别": f"类别{number}", **line} for number in range(kinds)]
    paper = Paper("季度报告", "", PAPER, {**kept["paper"], "挂账情况": rows, "兑现情况": []})
    fill(template("report.docx"), paper, tmp_path / "报告.docx")
    pages = poppler_text(shared_office().convert(tmp_path / "报告.docx", 20)).split("\f")
    [third] = [page for page in map(squeezed, pages) if "第二季度挂账销号情况表" in page]
    assert ("第二季度五清单进展情况表" not in third) is own_page and f"类别{kinds - 1}" in third
