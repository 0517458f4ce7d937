"""A city of 300 counties. ``python -m bench.rollup WORKSPACE`` rolls them up without making papers of it.

Every county has 26 units and has sent its figures for all twelve months; what LibreOffice takes for 30 pages of tables is not
in it, but all else is: every file read, its seal and sums looked at, held against the others, added, ranked and worded.
"""

import json
import os
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree, ignore_patterns

from bench.docx_file import ROOT
from pipeline.adapters.sealed import sealed
from pipeline.domain.journal import Journal
from pipeline.domain.model import Unit
from pipeline.domain.period import Month
from pipeline.domain.statistics.figures import MonthFigures, Tally, Yardstick
from pipeline.domain.statistics.measuring import standings
from pipeline.domain.statistics.published import figures_object
from pipeline.intake import read_inputs
from pipeline.publishing.report import Facts, Issue, IssueNumber
from pipeline.reports.rollup import ROLLUP
from pipeline.settings import Plan
from pipeline.workspace import open_workspace

COUNTIES = 300
MONTH = "2022-12"


def lay(root: Path) -> None:
    """The city's workspace."""
    copytree(ROOT / "templates", root / "templates", ignore=ignore_patterns("build"))
    (root / "inputs").mkdir()
    names = {f"{number:03}": f"第{number}县" for number in range(1, COUNTIES + 1)}
    counties = ", ".join(f'"{code}" = "{name}"' for code, name in names.items())
    plan = f'[plan]\ncounty = "大州市"\nyear = 2022\n[rollup]\ncounties = {{ {counties} }}\n'
    (root / "pipeline.toml").write_text(plan, encoding="utf-8")
    then = time.time() - 60
    for code, name in names.items():
        for month in range(1, 13):
            path = root / "inputs" / f"{name}-{month}.json"
            path.write_text(_file(code, name, month), encoding="utf-8")
            os.utime(path, (then, then))


def _file(code: str, name: str, month: int) -> str:
    units = [Unit(f"{number:02}", f"单位{number}", "", "乡镇", target=20) for number in range(1, 27)]
    pace = 1 + int(code) % 3
    tallies = {
        unit.code: Tally(pace, number % 2, pace * month, number % 2 * month)
        for number, unit in enumerate(units)
    }
    yardstick = Yardstick()
    figures = MonthFigures(
        2022, month, yardstick, standings(units, tallies, yardstick, month), Tally(1, 0, month, 0)
    )
    content = figures_object(figures, month, Plan(name, code, 2022), 1)
    return json.dumps(sealed(content, code.encode().ljust(32)), ensure_ascii=False, indent=1)


def check(root: Path, *, printed: bool) -> int:
    """Bytes of the paper, 0 where none was made.

    :param printed: whether there is to be one.
    """
    folder = root / "outputs" / "rollup" / MONTH
    if not printed:
        return 0
    found = json.loads((folder / "rollup.json").read_text("utf-8"))
    assert len(found["units"]) == COUNTIES
    assert found["county"]["new_month"] > COUNTIES
    return (folder / "简报.pdf").stat().st_size


def main() -> None:
    """Roll the city up."""
    workspace = open_workspace(Path(sys.argv[1]))
    month = Month.read(MONTH)
    intake = read_inputs(workspace, date(2022, 12, 31), ROLLUP.reads, with_counties=True)
    facts = Facts(workspace.settings, date(2023, 1, 5), intake, {}, {}, Journal(month.year, ()))
    assert not ROLLUP.lacks(facts, month)
    content = ROLLUP.compose(facts, Issue(month, datetime.now(UTC), IssueNumber(1, 1), 1, "", {}, (), b""))
    assert len(content.figures["units"]) == COUNTIES


if __name__ == "__main__":
    main()
