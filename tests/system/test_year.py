"""A year of the office, step by step: whatever happens, the register is sound and every number accounted for."""

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.desk import ROOT, Desk, settle
from support.seen import assert_sound, ledger

EXAMPLE = ROOT / "examples" / "2022"


class Office(Desk):
    """A desk at which each step is followed by the proof that nothing was lost."""

    def does(self, *command: str) -> None:
        outcome = self.run(*command)
        assert outcome.code == 0, outcome
        counts = self.counts()
        assert_sound(self, counts.total() - counts["void"] - counts["lost"])

    def proves(self) -> None:
        """All numbers are in some state, and ``status`` counts as the register does."""
        told: Counter[str] = Counter()
        for unit in self.run("register", "status", "--json").json["units"]:
            told.update(unit["states"])
            assert sum(run["count"] for run in unit["ranges"]) == sum(unit["states"].values())
        assert told == self.counts()

    def counts(self) -> Counter[str]:
        return Counter(state for _, state, _ in self.numbered())

    def first(self, state: str, count: int = 1) -> list[str]:
        return [key for key, own, _ in self.numbered() if own == state][:count]

    def gets(self, export: Path) -> None:
        target = self.root / "inputs" / "登记数据" / export.name
        target.parent.mkdir(exist_ok=True)
        settle(Path(shutil.copy(export, target)))


@pytest.fixture
def office(tmp_path: Path, remembering: Path) -> Office:
    """The example county with an eighth of its targets, in January: printed and handed out, nothing is registered yet.

    So many letters fill several pages of each ledger, and more prove nothing else.
    """
    new = Office(tmp_path / "岚县", remembering)
    shutil.copytree(
        EXAMPLE, new.root, ignore=shutil.ignore_patterns("outputs", "register", "templates", "登记数据")
    )
    shutil.copytree(ROOT / "templates", new.root / "templates", ignore=shutil.ignore_patterns("build"))
    for path in (new.root / "inputs").rglob("*"):
        settle(path)
    rows = list(load_workbook(EXAMPLE / "inputs" / "任务分解表.xlsx").worksheets[0].values)
    new.write_targets([(name, target // 8) for _, name, target, _ in rows[3:-1]])
    new.does("letters", "--date", "2022-01-01")
    new.does("register", "distribute", "--batch", "2022-001", "--receiver", "各单位", "--date", "2022-01-04")
    assert set(new.counts()) == {"distributed"} and new.counts().total() > 270
    return new


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_year_of_the_office(office: Office, tmp_path: Path) -> None:
    exports = sorted((EXAMPLE / "inputs" / "登记数据").iterdir())
    for month in (2, 4, 6):
        two_months(office, month, exports[month - 2 : month])
        office.proves()
    office.does("register", "reconcile")  # the exports name some of the letters that were made up for
    used = office.counts()["used"]
    assert len(exports) == 6 and used > 100
    office.does("register", "reconcile")
    assert office.counts()["used"] == used

    the_year_ends(office)
    counts = office.counts()
    assert (counts["distributed"], counts["void"], counts["lost"]) == (0, 3 + 2 + 1, 3)
    office.does("register", "export")
    ledgers_agree(office)

    before = office.numbered()
    outcome = office.run("register", "backup", "--to", str(tmp_path / "备份"), "--json")
    office.register.unlink()
    office.does("register", "restore", outcome.json["file"])
    assert office.numbered() == before


def two_months(office: Office, month: int, exports: Sequence[Path]) -> None:
    """The registrations of a month and the one before, and what goes wrong meanwhile."""
    for export in exports:
        office.gets(export)
    office.does("register", "reconcile")
    day = ("--date", f"2022-{month:02d}-28")
    spoilt, lost, jammed, *back = office.first("distributed", 5)
    office.does("register", "void", spoilt, "--reason", "填错", *day)
    office.does("register", "lost", lost, "--reason", "丢失", *day)
    office.does("register", "return", *back, *day)
    if month != 4:
        office.does("register", "reprint", jammed, "--reason", "卡纸")
        office.does("register", "replace", office.first("distributed")[0], "--reason", "污损")
        office.does("letters", *day)
        office.does("register", "distribute", back[0], "--receiver", "再领", *day)


def the_year_ends(office: Office) -> None:
    """A used letter turns out to have been misused; what nobody used comes back."""
    misused = office.first("used")[0]
    assert office.run("register", "void", misused, "--reason", "冒用").code == 6
    office.does("register", "void", misused, "--reason", "冒用", "--force", "--date", "2022-12-01")
    office.does("register", "reconcile")
    assert misused in office.first("void", 10)
    left = office.first("distributed", 10_000)
    office.does("register", "return", *left, "--reason", "年终清退", "--date", "2022-12-31")


def ledgers_agree(office: Office) -> None:
    """All four with the register, and with each other."""
    counts = office.counts()
    header, rows = ledger(office, "使用登记台账")
    state, code = header.index("状态"), header.index("统一社会信用代码")
    states = Counter(row[state] for row in rows)
    assert (states["已办照"], states["作废"], states["遗失"]) == (
        counts["used"],
        counts["void"],
        counts["lost"],
    )
    assert len(rows) == counts.total()
    assert all(bool(row[code]) == (row[state] == "已办照") for row in rows)
    _, dead = ledger(office, "作废遗失登记")
    assert len(dead) == counts["void"] + counts["lost"] and sum(bool(row[4]) for row in dead) == 2
    _, stubs = ledger(office, "存根移交清单")
    assert sum(int(str(row[2])) for row in stubs) + counts["lost"] == len(rows)
    _, handed = ledger(office, "领用登记")
    back = sum(int(str(row[-1]).removeprefix("退回").removesuffix("份") or 0) for row in handed)
    assert [(back,)] == office.ask("SELECT sum(last - first + 1) FROM events WHERE what = 'returned'")
    assert [(len(handed),)] == office.ask("SELECT count(*) FROM events WHERE what = 'distributed'")
