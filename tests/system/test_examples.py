"""The example workspaces: what the script makes, what the program says of it, and what it prints."""

import json
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.desk import ROOT, Desk, Outcome, settle
from support.paper import halves, poppler_text
from support.seen import texts_of

from examples.build.jincheng import set_days
from pipeline.adapters.sheet import read_sheets
from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.kinds import READERS
from pipeline.domain.records.notes import NOTES
from pipeline.domain.records.registrations import REGISTRATIONS
from pipeline.intake import Intake, read_inputs
from pipeline.workspace import open_workspace

EXAMPLES = ROOT / "examples"
CLEAN, DIRTY, DIRTY_PLAN = "2022", "2022-dirty", "2022-dirty-plan"
DISTRICT, CITY = "qingyuan-2024", "jincheng"
WORKSPACES = (CLEAN, DIRTY, DIRTY_PLAN, DISTRICT, CITY)
IN_GIT = ("inputs", "templates", "pipeline.toml", "planted.json", "expected.json")
MISPRINTS = {"too-long", "no-glyph"}
"""Faults that are found by trying the letters out, after the lists were read."""
LONG_ID, SHORT_ID = r"(?<![0-9A-Z])[0-9]{17}[0-9X](?![0-9A-Z])", r"(?<![0-9A-Z])[0-9]{15}(?![0-9A-Z])"
MOBILE = r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])"


def laid(name: str, root: Path, office: Path) -> Desk:
    """A copy of an example, nothing in it being written any more."""
    root.mkdir(parents=True)
    for part in IN_GIT:
        source = EXAMPLES / name / part
        if source.is_dir():
            shutil.copytree(source, root / part)
        else:
            shutil.copy(source, root)
    for path in root.rglob("*"):
        settle(path)
    return Desk(root, office)


@pytest.fixture
def example(request: pytest.FixtureRequest, tmp_path: Path, remembering: Path) -> Desk:
    """An example of one's own."""
    return laid(request.param, tmp_path / "示例", remembering)


@dataclass(frozen=True)
class Checked:
    """An example after a check; not to be changed."""

    desk: Desk
    outcome: Outcome
    """As JSON."""
    before: dict[str, Any]
    """What was in it."""


@pytest.fixture(scope="session", params=WORKSPACES)
def checked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, remembering: Path
) -> Checked:
    desk = laid(request.param, tmp_path_factory.mktemp("checked") / "示例", remembering)
    before = contents(desk.root)
    return Checked(desk, desk.run("check", "--json"), before)


clean = pytest.mark.parametrize("example", [CLEAN], indirect=True)
dirty = pytest.mark.parametrize("example", [DIRTY], indirect=True)


def noted(desk: Desk, name: str) -> Any:
    return json.loads((desk.root / f"{name}.json").read_text(encoding="utf-8"))


def input_files(desk: Desk) -> set[str]:
    """Files of which something is to be said: neither the guide nor what a system has left behind."""
    inputs = desk.root / "inputs"
    paths = (path for path in inputs.rglob("*") if path.is_file())
    return {path.relative_to(inputs).as_posix() for path in paths} - {"README.md", "desktop.ini"}


def contents(root: Path) -> dict[str, Any]:
    """Every file's content; of a zip package its parts, for how they are packed is the packer's affair."""
    paths = [
        path
        for name in IN_GIT
        for path in ((root / name).rglob("*") if (root / name).is_dir() else [root / name])
    ]
    return {
        path.relative_to(root).as_posix(): _content(path.read_bytes()) for path in paths if path.is_file()
    }


def _content(data: bytes) -> Any:
    if not zipfile.is_zipfile(BytesIO(data)):
        return data
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_examples_are_what_the_script_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "examples.build", str(tmp_path)], cwd=ROOT, check=True)
    for name in WORKSPACES:
        made, kept = contents(tmp_path / name), contents(EXAMPLES / name)
        differing = [file for file in made.keys() | kept.keys() if made.get(file) != kept.get(file)]
        assert not differing, f"{name}: {differing}: run python -m examples.build and commit examples"


@pytest.mark.parametrize("name", WORKSPACES)
def test_nobody_in_them_can_be_anybody(name: str) -> None:
    found = 0
    for path in (EXAMPLES / name / "inputs").rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        grids = () if data.startswith(b"{") else read_sheets(path.name, data)  # counties send no persons
        for grid in grids if isinstance(grids, tuple) else ():
            for _, cells in grid.rows:
                for text in (unicodedata.normalize("NFKC", str(cell)).upper() for cell in cells):
                    numbers = re.findall(LONG_ID, text) + re.findall(SHORT_ID, text)
                    assert all(number.startswith("999999") for number in numbers), (path.name, numbers)
                    assert all(number.startswith("154") for number in re.findall(MOBILE, text)), path.name
                    found += len(numbers)
    assert found >= {CLEAN: 1000, DIRTY: 100, DIRTY_PLAN: 5, DISTRICT: 20, CITY: 100}[name]


def test_check_reports_exactly_what_was_planted(checked: Checked) -> None:
    planted = noted(checked.desk, "planted")
    is_faulty = any(fault["severity"] == "problem" for fault in planted)
    assert checked.outcome.code == (3 if is_faulty else 0), checked.outcome
    reported = [
        (severity[:-1], *(found[key] for key in ("file", "sheet", "row", "column", "code")))
        for severity in ("problems", "notices")
        for found in checked.outcome.json[severity]
    ]
    wanted = [
        tuple(fault[key] for key in ("severity", "file", "sheet", "row", "column", "code"))
        for fault in planted
    ]
    missed, invented = Counter(wanted) - Counter(reported), Counter(reported) - Counter(wanted)
    assert not missed and not invented, f"missed {list(missed)}\ninvented {list(invented)}"


def test_every_line_of_every_file_is_accounted_for(checked: Checked) -> None:
    accounts = checked.outcome.json["files"]
    misprinted = Counter(
        fault["file"] for fault in noted(checked.desk, "planted") if fault["code"] in MISPRINTS
    )
    wanted = {(file["file"], file["kind"]): file for file in noted(checked.desk, "expected")["files"]}
    assert {(account["file"], account["kind"]) for account in accounts} == wanted.keys()
    assert {file for file, _ in wanted} == input_files(checked.desk)
    for account in accounts:
        file, left_out = wanted[account["file"], account["kind"]], sum(account["left_out"].values())
        assert account["rows"] == file["rows"], account
        assert account["rows"] == account["read"] + left_out, account
        assert 0 <= account["read"] - file["good"] <= misprinted[account["file"]], account


def test_no_number_of_a_person_is_printed(checked: Checked) -> None:
    for outcome in (checked.outcome, checked.desk.run("check")):
        text = unicodedata.normalize("NFKC", outcome.out + outcome.err).upper()
        assert not re.search(rf"999999[0-9]{{8}}|{MOBILE}", text)
        assert not re.search(rf"999999[0-9]{{8}}|{MOBILE}", re.sub(r"[\s-]", "", text))


def test_in_the_copies_every_fault_is_marked_and_nothing_else(checked: Checked) -> None:
    planted = noted(checked.desk, "planted")
    faulty = {fault["file"] for fault in planted if fault["severity"] == "problem"}
    copies = [checked.desk.root / copy for copy in checked.outcome.json["copies"]]
    assert len(copies) == len(
        {fault["file"] for fault in planted if fault["file"] in faulty and not is_shut(fault)}
    )
    for copy in copies:
        name = copy.relative_to(checked.desk.outputs / "check").as_posix().removesuffix("-已标注.xlsx")
        book = load_workbook(copy)
        marked = {
            (sheet.title, cell.row): {other.column for other in row if other.comment}
            for sheet in book.worksheets[1:]
            for row in sheet.iter_rows()
            for cell in row
            if cell.comment
        }
        own = [fault for fault in planted if fault["file"].rsplit(".", 1)[0] == name and not is_shut(fault)]
        rows = [fault for fault in own if fault["row"]]
        for fault in rows:
            sheet = book[fault["sheet"]] if fault["sheet"] else book.worksheets[1]
            columns = marked[sheet.title, fault["row"]]
            if fault["column"]:
                above = sheet.iter_rows(max_row=fault["row"])
                places = {cell.column for row in above for cell in row if cell.value == fault["column"]}
                assert columns & places, (copy.name, fault)
        wanted = {(fault["sheet"] or book.worksheets[1].title, fault["row"]) for fault in rows}
        assert {place for place in marked if place[1] > 1} - wanted == set(), copy.name
        told = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[1] in {"问题", "提示"}]
        assert len(told) == len(own), copy.name


def is_shut(fault: dict[str, Any]) -> bool:
    """Whether its file cannot be opened, so that there is nothing to mark."""
    return fault["sheet"] is None and fault["row"] is None and fault["file"].startswith("打不开的/")


def test_check_touches_no_table(checked: Checked) -> None:
    assert contents(checked.desk.root) == checked.before


@dirty
def test_what_was_planted_is_most_of_what_can_be_wrong(example: Desk) -> None:
    planted = noted(example, "planted") + json.loads(
        (EXAMPLES / DIRTY_PLAN / "planted.json").read_text("utf-8")
    )
    guide = (ROOT / "docs/操作手册.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z0-9]+(?:-[a-z0-9]+)+)` \| ([^|]*)", guide, re.MULTILINE)
    known = {code for code, meaning in told if "（疑点）" not in meaning}  # those are the bulletin's
    # Of counties' files, and of sheets of open items.
    known = {code for code in known if not code.startswith(("figures-", "county-", "item-"))}
    elsewhere = {
        "no-figures", "missing-table", "duplicate-table", "empty-table", "file-changing", "unreadable-file", "already-issued", "not-tried",
        "letter-unknown", "missing-bulletin", "other-months", "already-distributed", "cannot-distribute", "signed-twice",
        "unknown-kind", "no-authority", "written-twice", "unknown-sheet", "changed-figure", "unknown-category",
        "assessment-law", "unknown-item", "not-typed", "other-actual", "bad-actual", "bad-asked", "bad-score", "filled-twice",
        "request-in-report", "unknown-paper", "other-unit", "not-the-units", "says-nothing",
        "bad-amount", "bad-node", "falling-node", "node-not-target", "duplicate-measure", "duplicate-policy", "duplicate-upgrade",
    }  # fmt: skip
    assert known - {fault["code"] for fault in planted} <= elsewhere
    assert {fault["file"] for fault in noted(example, "planted")} == input_files(example)


def read(desk: Desk) -> Intake:
    return read_inputs(open_workspace(desk.root), date(2022, 7, 1), READERS)


@dirty
def test_what_looks_otherwise_than_it_is_comes_out_as_it_should(example: Desk) -> None:
    intake = read(example)
    people = [one for whose in intake.said(APPLICANTS).values() for one in whose]
    texts = {text for one in people for text in (one.business, one.scope, one.address)}
    assert texts >= {"007", "岚县东村镇 两行面馆", "岚县东街1号", "岚县东村镇高山小吃店", "零售,批发"}
    assert not any("不显示" in text for text in texts)
    book = load_workbook(example.root / "inputs/名单/7 看到的.xlsx")
    old, new = ({str(book["隐藏的列"][f"{column}{row}"].value) for row in (2, 3)} for column in "DI")
    assert new <= {one.phone for one in people} and not old & {one.phone for one in people}
    assert "清零率85.6%" in intake.said(NOTES).of("无证无照经营清零专项行动")[0]
    days = [one.established for one in intake.said(REGISTRATIONS) if one.sources[0].sheet == "早了八小时"]
    assert days == [date(2022, 5, day) for day in (2, 9, 16, 31)]
    assert '"老味道"面馆' in {one.name for one in intake.said(REGISTRATIONS)}


@clean
def test_the_exports_come_to_the_figures_that_were_made_up(example: Desk) -> None:
    intake, first = read(example), date(2022, 1, 1)
    for name, wanted in noted(example, "expected")["figures"].items():
        month = int(name[-2:])
        end = date.fromordinal(date(2022, month + 1, 1).toordinal() - 1)
        found = {whose: dict.fromkeys(figures, 0) for whose, figures in wanted.items()}
        for one in intake.said(REGISTRATIONS):
            is_new = bool(one.established and first <= one.established <= end)
            unit = (one.letter.unit if one.letter else one.unit) if is_new else None
            for key, day in (("new", one.established), ("cancelled", one.cancelled)):
                if day and first <= day <= end:
                    for whose in ("county", unit or "unattributed"):
                        found[whose][key] += 1
                        found[whose][f"{key}_month"] += day.month == month
        assert found == wanted, name


@clean
@pytest.mark.slow
def test_every_applicant_has_a_filled_letter_and_every_unit_its_target(example: Desk) -> None:
    outcome = example.run("letters", "--json")
    assert outcome.code == 0, outcome
    letters = example.manifest()["letters"]
    filled = Counter(letter["key"][5:7] for letter in letters if letter["kind"] == "filled")
    applicants = noted(example, "expected")["applicants"]
    assert filled == Counter(applicants) and filled.total() > 100
    units = {unit.code: unit for unit in read(example).units}
    assert Counter(letter["key"][5:7] for letter in letters) == Counter(
        {u.code: u.target for u in units.values()}
    )
    kinds = [letter["kind"] for letter in letters if letter["key"].startswith("2022-03-")]
    assert kinds == ["filled"] * applicants["03"] + ["blank"] * (len(kinds) - applicants["03"])
    listed = load_workbook(example.root / "inputs/培育对象名单/岚城上明汇总.xlsx")["岚城镇"]
    people = [row[1:] for row in listed.iter_rows(min_row=3, values_only=True) if row[1]]
    pages = halves(example.batch() / "各单位" / "03-岚城镇.pdf")
    assert len(people) == applicants["03"]
    for person, page in zip(people, pages, strict=False):
        text = re.sub(r"\s", "", page.whole)
        assert all(str(field) in text for field in person), person
    again = example.run("letters", "--json")
    assert again.code == 0 and again.json["letters"] == 0 and again.json["batches"] == []


@pytest.mark.parametrize("example", [DISTRICT], indirect=True)
def test_a_district_with_one_group_of_units_has_its_letters_and_its_bulletin(example: Desk) -> None:
    outcome = example.run("letters", "--json")
    assert outcome.code == 0, outcome
    letters = example.manifest("2024-001")["letters"]
    assert [letter["serial"] for letter in letters[:2]] == [
        "清源个服〔2024〕01-0001",
        "清源个服〔2024〕01-0002",
    ]
    filled = Counter(letter["key"][5:7] for letter in letters if letter["kind"] == "filled")
    assert (len(letters), filled) == (40, Counter(noted(example, "expected")["applicants"]))
    outcome = example.run("bulletin", "--json")
    assert outcome.code == 0, outcome
    folder = example.outputs / "bulletin" / "2024-03"
    told = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    found = {unit["code"]: unit for unit in told["units"]} | {
        key: told[key] for key in ("county", "unattributed")
    }
    wanted = noted(example, "expected")["figures"]["2024-03"]
    assert {code: {name: own[name] for name in wanted[code]} for code, own in found.items()} == wanted
    text = "".join(page.whole for page in halves(folder / "简报.pdf"))
    assert "二、各单位完成情况8个街道累计新登记" in text and "三、两项专项行动开展情况" in text
    assert "小计" not in text and "分别排列" not in text


@dirty
@pytest.mark.slow
def test_with_bad_rows_nothing_is_numbered_unless_they_are_skipped(example: Desk) -> None:
    refused = example.run("letters", "--json")
    assert refused.code == 3 and example.numbered() == []
    outcome = example.run("letters", "--skip-bad-rows", "--json")
    assert outcome.code == 0, outcome
    files = noted(example, "expected")["files"]
    others = {file["file"] for file in files if file["kind"] not in {"applicants", None}}
    problems = [
        fault
        for fault in noted(example, "planted")
        if fault["severity"] == "problem" and fault["file"] not in others  # nothing to do with letters
    ]
    assert Counter(
        (found["file"], found["row"], found["code"]) for found in outcome.json["problems"]
    ) == Counter((fault["file"], fault["row"], fault["code"]) for fault in problems)
    good = sum(file["good"] for file in files if file["kind"] == "applicants")
    kinds = Counter((letter["key"][5:7], letter["kind"]) for letter in example.manifest()["letters"])
    assert kinds == {("01", "filled"): good, ("02", "blank"): 10, ("15", "blank"): 15, ("25", "blank"): 5}


@pytest.mark.parametrize("example", [CITY], indirect=True)
def test_a_city_rolls_its_counties_up_to_the_figures_that_were_made_up(example: Desk) -> None:
    set_days(example.root)
    wanted = noted(example, "expected")["rollup"]
    for month in ("2022-05", "2022-06"):
        outcome = example.run("rollup", "--month", month, "--json")
        assert outcome.code == 0, outcome
        found = json.loads((example.outputs / "rollup" / month / "rollup.json").read_text("utf-8"))
        own = dict(wanted[month])
        assert {each["county"]: each["state"] for each in found["reporting"]} == own.pop("states")
        assert {name: found["county"][name] for name in own} == own
    assert set(wanted["2022-06"]["states"].values()) == {"按时", "迟报", "未报", "更正"}
    text = "".join(poppler_text(example.outputs / "rollup/2022-06/简报.pdf").split())
    assert "全市（不含沁水县）" in text and "晋城开发区的户数已包含在城区内" in text
    texts = texts_of(example.outputs)
    for word in ("岚", "全县", "乡镇", "县直", "县委", "县政府", "县行政", "一月一通报"):
        assert not [name for name, words in texts.items() if word in words], word
    book = load_workbook(example.outputs / "rollup/2022-06/指标明细.xlsx")
    assert [row[2] for row in book["核对事项"].iter_rows(min_row=3, values_only=True)] == ["county-target"]


@pytest.mark.parametrize("example", [CITY], indirect=True)
def test_a_city_numbers_letters_and_counts_itself_what_its_counties_told(example: Desk) -> None:
    outcome = example.run("letters", "--json")
    assert outcome.code == 0, outcome
    assert outcome.json["letters"] == 340
    [first, *_] = example.manifest()["letters"]
    assert (first["serial"], first["unit"], first["kind"]) == ("晋个培〔2022〕01-0001", "城区", "filled")
    assert example.run("bulletin", "--month", "2022-05").code == 0
    figures = json.loads((example.outputs / "bulletin/2022-05/figures.json").read_text("utf-8"))
    expected = noted(example, "expected")
    assert figures["county"]["new"] == expected["registered"]["2022-05"]
    assert (
        figures["county"]["new"] > expected["rollup"]["2022-05"]["new"]
    )  # counties learnt of some only in June
    assert [each["name"] for each in figures["units"] if each["group"] == "开发区"] == ["晋城开发区"]


@pytest.mark.parametrize("example", [DIRTY_PLAN], indirect=True)
def test_a_faulty_plan_cannot_be_skipped(example: Desk) -> None:
    assert example.run("letters", "--skip-bad-rows").code == 3
    assert example.numbered() == []
