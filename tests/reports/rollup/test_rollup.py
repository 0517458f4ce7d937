"""A made-up city's roll-up, from the files that its counties sent to the papers that it publishes."""

import hashlib
import json
import os
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.clerk import Quiet, at
from support.desk import ROOT, Desk
from support.figures.counties import COUNTIES, figures, file_of, secret_of
from support.paper import poppler_text

from pipeline.adapters.sealed import seal_of
from pipeline.domain.period import Month
from pipeline.intake import read_inputs
from pipeline.jobs.report import Request, run
from pipeline.publishing import making
from pipeline.publishing.renderer import Renderer
from pipeline.reports.rollup import ROLLUP
from pipeline.workspace import open_workspace

PLAN = """
[plan]
county = "云州市"
code = "1405"

[rollup]
counties = { "01" = "东阳县", "02" = "西川县", "03" = "南陵市", "04" = "北河县", "05" = "云台开发区" }
inside = { "05" = "01" }
"""


def put(desk: Desk, name: str, data: bytes, day: str) -> Path:
    """A file that came on a day."""
    path = desk.root / "inputs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    at = time.mktime(time.strptime(f"{day} 10", "%Y-%m-%d %H"))
    os.utime(path, (at, at))
    return path


def lay(root: Path, office: Path) -> Desk:
    """A city that has neither roster nor targets, with May of all its counties and June of three."""
    desk = Desk(root, office)
    root.mkdir()
    (root / "templates").mkdir()
    for name in ("bulletin.docx", "wallchart.docx"):
        (root / "templates" / name).write_bytes((ROOT / "templates" / name).read_bytes())
    (root / "pipeline.toml").write_text(PLAN, encoding="utf-8")
    for place, code in enumerate(COUNTIES):
        put(desk, f"5月/figures ({place}).json", file_of(figures(code, 5, new=40)), "2022-06-03")
    put(desk, "东阳县报来.txt", file_of(figures("01", new=70)), "2022-07-03")
    put(desk, "新建 文本文档.docx", file_of(figures("02", new=50)), "2022-07-06")
    put(desk, "6月/figures.json", file_of(figures("05", new=30, revision=2)), "2022-07-04")
    return desk


@pytest.fixture(scope="module")
def told(remembering: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """May and June are published; not to be changed."""
    desk = lay(tmp_path_factory.mktemp("rollup") / "云州", remembering)
    for arguments, closing in (
        (["--month", "2022-05"], "2022年5月县区汇总已出：第1期，累计净增120户，完成率30.0%。报送：按时5个。"),
        (
            [],
            "2022年6月县区汇总已出：第2期，累计净增100户，完成率50.0%。报送：按时1个、迟报1个（西川县）、未报2个（南陵市、北河县）、",
        ),
    ):
        outcome = desk.run("rollup", *arguments, "--json")
        assert outcome.code == 0, outcome
        assert outcome.json["closing"].startswith(closing)
    assert outcome.json["folders"] == [str(folder(desk))]
    return desk


def folder(desk: Desk, month: str = "2022-06") -> Path:
    return desk.outputs / "rollup" / month


def rollup(desk: Desk, month: str = "2022-06") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder(desk, month) / "rollup.json").read_text(encoding="utf-8"))
    return found


def digests(desk: Desk) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder(desk).iterdir())
    }


def codes(desk: Desk, *arguments: str) -> dict[str, str]:
    """File → code of its problem; nothing was published."""
    outcome = desk.run("rollup", *arguments, "--json")
    assert outcome.code == 3, outcome
    return {each["file"]: each["code"] for each in outcome.json["problems"]}


def test_the_folder_holds_papers_tables_and_data(told: Desk) -> None:
    assert set(digests(told)) == {
        "简报.docx", "简报.pdf", "作战图.pdf", "指标明细.xlsx", "rollup.json", "manifest.json",
    }  # fmt: skip
    found = rollup(told)
    assert found["county"]["net"] == 100 and seal_of(found)[0] == found["seal"]["key"]
    assert [each["state"] for each in found["reporting"]] == ["按时", "迟报", "未报", "未报", "更正"]
    text = "".join(poppler_text(folder(told) / "简报.pdf").split())
    for words in (
        "云州市个体工商户培育工作汇总简报",
        "全市（不含南陵市、北河县）",
        "未报2个，为南陵市、北河县。",
        "县（市、区）小计",
    ):
        assert words in text
    assert "云州市2022年6月个体工商户培育工作作战图" in "".join(
        poppler_text(folder(told) / "作战图.pdf").split()
    )


def test_the_workbook_adds_up_in_its_own_formulas(told: Desk) -> None:
    book = load_workbook(folder(told) / "指标明细.xlsx")
    assert book.sheetnames == ["指标", "报送情况", "核对事项"]
    rows = list(book["指标"].iter_rows(min_row=3, values_only=True))
    assert [row[1] for row in rows] == [*COUNTIES.values(), "合计"]
    assert rows[2][3:] == (None,) * 10 + ("未报",)
    assert rows[-1][3] == "=SUM(D3:D7)-D7"  # without the zone, which 东阳县 holds already
    reporting = list(book["报送情况"].iter_rows(min_row=3, values_only=True))
    assert reporting[1][1:6] == ("西川县", "迟报", "2022-07-06", "1", "是")
    assert reporting[4][2:6] == ("更正", "2022-07-04", "2", "否")
    assert reporting[0][8] == seal_of(json.loads(file_of(figures("01"))))[0][:16]  # type: ignore[index]


def test_the_same_again_is_the_same_to_the_byte_whatever_has_come_in_since(
    told: Desk, tmp_path: Path
) -> None:
    desk, before = told.copy(tmp_path / "云州"), digests(told)
    put(desk, "a.json", file_of(figures("03")), "2022-07-20")
    (folder(desk) / "rollup.json").write_text("{}", encoding="utf-8")
    assert desk.run("register", "check").code == 6
    assert desk.run("rollup", "--month", "2022-06").code == 0
    assert digests(desk) == before


def test_behind_a_long_paper_another_libreoffice_prints_the_next_and_nobody_sees_it(
    told: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, before = told.copy(tmp_path / "云州"), digests(told)
    for longest, programs in ((10**9, 1), (0, 2)):
        monkeypatch.setattr(making, "LONG", longest)
        with at(desk) as workspace, Renderer(workspace) as renderer:
            run(renderer, ROLLUP, Request(Month(2022, 6)), datetime.now(UTC), Quiet())
            assert len(renderer.office._residents) == programs
        assert digests(desk) == before


def test_who_came_late_gets_in_by_a_revision_and_what_was_used_may_only_be_corrected(
    told: Desk, tmp_path: Path
) -> None:
    desk = told.copy(tmp_path / "云州")
    put(desk, "a.json", file_of(figures("03", new=80)), "2022-07-20")
    put(desk, "b.json", file_of(figures("01", new=71, revision=2)), "2022-07-21")
    outcome = desk.run("rollup", "--revise", "--reason", "南陵市补报", "--json")
    assert outcome.code == 0, outcome
    assert "2022年6月县区汇总（更正）已出：第2期" in outcome.json["closing"]
    assert [each["state"] for each in rollup(desk)["reporting"]] == ["更正", "迟报", "迟报", "未报", "更正"]
    assert rollup(desk)["county"]["new"] == 71 + 50 + 80 and rollup(desk)["revision"] == 2

    (desk.root / "inputs/b.json").unlink()
    assert codes(desk, "--revise", "--reason", "再更正") == {"东阳县报来.txt": "figures-changed"}
    assert desk.run("rollup", "--month", "2022-06").code == 0  # made again from what is kept


def test_a_file_that_was_edited_stops_the_roll_up_and_is_named(told: Desk, tmp_path: Path) -> None:
    desk = told.copy(tmp_path / "云州")
    whole = file_of(figures("04")).decode()
    put(desk, "北河县.json", whole.replace('"new": 60', '"new": 66').encode(), "2022-07-04")
    put(desk, "半个.json", whole[:900].encode(), "2022-07-04")
    put(desk, "半字.json", b'{"issue_number": 1, "completion_rate": "\\ud800"}', "2022-07-04")
    put(desk, "外县.json", file_of(figures("09")), "2022-07-04")
    found = {"北河县.json": "figures-seal", "半个.json": "figures-broken", "半字.json": "figures-broken"}
    assert codes(desk, "--revise", "--reason", "补报") == found
    outcome = desk.run("check", "--json")
    assert {each["file"]: each["code"] for each in outcome.json["problems"]} == found | {
        "外县.json": "figures-county"
    }
    files = {each["file"]: each for each in outcome.json["files"]}
    assert {each["kind"] for each in files.values()} == {"county-figures"}
    assert (files["半个.json"]["read"], files["半个.json"]["left_out"]) == (0, {"有问题": 1})
    assert outcome.json["copies"] == [] and not (desk.outputs / "check").exists()


def test_a_city_without_roster_and_a_county_with_strange_files_have_no_problem(
    told: Desk, tmp_path: Path
) -> None:
    desk = told.copy(tmp_path / "云州")
    outcome = desk.run("check", "--json")
    assert (outcome.code, outcome.json["problems"]) == (0, [])
    put(desk, "北河县.json", file_of(figures("04")).replace(b'"new": 60', b'"new": 66'), "2022-07-04")
    assert desk.run("check").code == 3
    counties = desk.root / "pipeline.toml"
    counties.write_text(PLAN.split("[rollup]", maxsplit=1)[0], encoding="utf-8")
    outcome = desk.run("check", "--json")
    assert {each["code"] for each in outcome.json["problems"]} == {"missing-table"}


def test_a_pinned_key_is_the_only_one(told: Desk, tmp_path: Path) -> None:
    desk = told.copy(tmp_path / "云州")
    put(desk, "a.json", file_of(figures("03"), secret_of("04")), "2022-07-20")
    key = seal_of(json.loads(file_of(figures("03"))))[0]
    desk.settings("[rollup]\n", f'[rollup]\nkeys = {{ "03" = "{key}" }}\n')
    assert codes(desk, "--revise", "--reason", "补报") == {"a.json": "figures-key"}


def test_what_is_no_city_and_what_has_no_file_is_told(tmp_path: Path, remembering: Path) -> None:
    desk = lay(tmp_path / "云州", remembering)
    assert codes(desk, "--month", "2022-03") == {"inputs": "no-figures"}
    desk.settings("[plan]\n", "[plan]\nyear = 2023\n")
    [problem] = desk.run("rollup", "--json").json["problems"]
    assert problem["code"] == "no-figures" and "inputs 里有2022年的，不是本年度的" in problem["advice"]
    desk.settings(
        'counties = { "01" = "东阳县", "02" = "西川县", "03" = "南陵市", "04" = "北河县", "05" = "云台开发区" }\n',
        "",
    )
    desk.settings('inside = { "05" = "01" }\n', "")
    outcome = desk.run("rollup")
    assert outcome.code == 2 and "[rollup] counties" in outcome.err


def test_other_jobs_pass_over_what_counties_sent(tmp_path: Path, remembering: Path) -> None:
    desk = lay(tmp_path / "云州", remembering)
    put(desk, "改过.json", file_of(figures("04")).replace(b'"new": 60', b'"new": 66'), "2022-07-04")
    at = date(2022, 7, 1)
    workspace = open_workspace(desk.root)
    passed = read_inputs(workspace, at)
    assert {each.code for each in passed.problems} == {"missing-table"}
    assert passed.counties == () and passed.accounts == ()
    assert len(read_inputs(workspace, at, with_counties=True).counties) == 8
