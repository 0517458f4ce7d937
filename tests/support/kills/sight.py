"""The world at a moment, seen past the product, and what must hold of it."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from support.desk import Desk
from support.paper import halves


@dataclass(frozen=True)
class Paper:
    """A letter as the database has it."""

    state: str
    batch: str
    content: str
    is_known: bool
    """Whether the register has its applicant."""
    replaces: str | None


@dataclass(frozen=True)
class Done:
    """A row of the journal."""

    series: str
    number: int
    act: str
    unit: str
    month: int | None
    """Of whose figures a paper of supervision is; None for all other acts."""
    kind: str = ""
    """Of an item that is opened."""


@dataclass(frozen=True)
class Sight:
    """The world at a moment, seen past the product."""

    letters: dict[str, Paper]
    told: Counter[tuple[str, str]]
    """(what, letter) → how often the chain says so."""
    folders: dict[str, tuple[str, ...]]
    """Batch folder → the letters of its manifest."""
    reprints: tuple[tuple[str, ...], ...]
    """Letters of each folder of reprints."""
    bulletins: Counter[str]
    """Month → publications kept."""
    sheets: Counter[str]
    """The same of dispatch sheets."""
    journal: tuple[Done, ...]
    """All acts, in order."""

    @property
    def beside(self) -> tuple[object, ...]:
        """All that is kept but the journal."""
        return self.letters, self.told, self.bulletins, self.sheets

    @property
    def items(self) -> tuple[tuple[int, str], ...]:
        """Number and act of all that was entered of open items, in order."""
        return tuple((done.number, done.act) for done in self.journal if done.series == "items")

    def states(self) -> dict[str, str]:
        return {key: paper.state for key, paper in self.letters.items()}

    def of(self, *states: str) -> list[str]:
        return [key for key, paper in self.letters.items() if paper.state in states]

    def is_open(self) -> bool:
        return bool(self.of("reserved"))


def look(desk: Desk) -> Sight:
    """See letters, events, folders and publications; refuses what no moment may show."""
    letters, last = {}, Counter[str]()
    rows = desk.ask(
        "SELECT year, unit, number, state, batch, content, name, replaces FROM letters ORDER BY year, unit, number"
    )
    for year, unit, number, state, batch, content, name, replaces in rows:
        last[unit] += 1
        assert number == last[unit], f"{unit}-{number:04d} comes where {last[unit]} should"
        old = f"{year}-{unit}-{replaces:04d}" if replaces else None
        letters[f"{year}-{unit}-{number:04d}"] = Paper(
            state, f"{year}-{batch:03d}", content, name is not None, old
        )
    told = Counter(
        (what, f"{year}-{unit}-{number:04d}")
        for what, year, unit, first, end in desk.ask(
            "SELECT what, year, unit, first, last FROM events WHERE what <> 'journal'"
        )
        for number in range(first, end + 1)
    )
    base = desk.outputs / "letters"
    folders = {
        path.name: _keys(path) for path in (base.iterdir() if base.exists() else ()) if path.name != "补打"
    }
    reprints = tuple(_keys(path) for path in sorted((base / "补打").glob("*")))
    archive = desk.root / "register" / "bulletins"
    kept = Counter(path.name[:7] for path in archive.glob("[0-9]*"))
    sheets = Counter(path.name.removeprefix("dispatch-")[:7] for path in archive.glob("dispatch-*"))
    return Sight(letters, told, folders, reprints, kept, sheets, _journal(desk))


def _journal(desk: Desk) -> tuple[Done, ...]:
    found = []
    for series, number, act, unit, details in desk.ask(
        "SELECT series, number, act, unit, details FROM journal ORDER BY event"
    ):
        told = json.loads(details)
        found.append(
            Done(series, number, act, unit, told.get("ground", {}).get("month"), told.get("kind", ""))
        )
    events = desk.ask("SELECT first, why FROM events WHERE what = 'journal' ORDER BY id")
    assert [(done.number, f"{done.series} {done.act}") for done in found] == events, (
        "an act without its event"
    )
    return tuple(found)


def _keys(folder: Path) -> tuple[str, ...]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    keys = tuple(letter["key"] for letter in manifest["letters"])
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == {*manifest["files"], "manifest.json"}, f"{folder.name} is not whole"
    return keys


def assert_always(sight: Sight) -> None:
    """What holds at every moment, killed or not."""
    printed = Counter(key for keys in sight.folders.values() for key in keys)
    assert not [key for key, times in printed.items() if times > 1], "a letter is in two batches"
    for key, paper in sight.letters.items():
        if paper.batch in sight.folders:
            assert printed[key] == 1 and key in sight.folders[paper.batch], f"{key} is not in its folder"
        assert sight.told["reserved", key] - sight.told["released", key] == 1, f"{key} was numbered twice"
        assert sight.told["printed", key] == (paper.state != "reserved"), f"{key} was printed twice"
    assert printed.keys() <= sight.letters.keys(), "a folder has letters that the register has not"
    assert len({paper.batch for paper in sight.letters.values() if paper.state == "reserved"}) <= 1
    opened = [number for number, act in sight.items if act == "open"]
    assert opened == list(range(1, len(opened) + 1)), "an item was lost, or has two numbers"
    replaced = [paper.replaces for paper in sight.letters.values() if paper.replaces]
    assert len(replaced) == len(set(replaced)), "a letter was replaced twice"
    last = Counter[str]()
    for done in sight.journal:
        assert done.number <= last[done.series] + 1, f"{done.series} {done.number} comes too early"
        last[done.series] = max(last[done.series], done.number)
    assert set(sight.sheets.values()) <= {1}, "a meeting has two sheets"
    issued = [done for done in sight.journal if done.act == "confirm"]
    assert len({(done.series, done.number) for done in issued}) == len(issued), "a paper was issued twice"
    assert len({(done.unit, done.month) for done in issued}) == len(issued), (
        "a unit has two papers of a month"
    )
    named = [done for done in sight.journal if done.series == "items" and done.act in {"open", "again"}]
    assert len(named) >= sum(done.series != "提醒" for done in issued), "a paper has no item"
    papers = Counter(key for keys in sight.reprints for key in keys)
    assert all(sight.told["reprinted", key] >= times for key, times in papers.items()), (
        "a reprint is not counted"
    )


def prove(desk: Desk) -> Sight:
    """``register check`` and ``status`` by the product, and a look of one's own; all must agree."""
    from pipeline.jobs.register import audit, lookup
    from pipeline.workspace import open_workspace

    workspace = open_workspace(desk.root)
    found = audit.check(workspace)
    assert found.exit_code == 0, (found.faults, found.altered)
    sight = look(desk)
    assert_always(sight)
    states = Counter[str]()
    for account in lookup.status(workspace).accounts:
        states.update(account.holding.states if account.holding else {})
    assert +states == Counter(sight.states().values()), "status counts otherwise than the register"
    assert (found.unfinished is not None) == sight.is_open()
    return sight


def prove_tidy(desk: Desk, known: set[str]) -> set[str]:
    """Nothing half made is left anywhere; new batches say on each page whose it is. The batches that are known now."""
    left = [
        path
        for base in (desk.root, desk.root.parent / "U盘")
        for path in base.rglob("*")
        if path.suffix in {".new", ".restored"} or path.name.startswith((".work", ".new-"))
    ]
    assert left == [], left
    folders = {path.name for path in desk.batch("x").parent.iterdir()} - {"补打"}
    for name in folders - known:
        letters = desk.manifest(name)["letters"]
        for letter, page in zip(letters, halves(desk.batch(name) / "介绍信.pdf"), strict=True):
            assert letter["serial"] in page.upper and letter["serial"] in page.lower
    return folders
