"""Kill -9 at a random moment of a random command, again and again: nothing may be lost, doubled, or left half done.

    PYTHONPATH=tests python -m support.kills --kills 1000 --seed 1

Each command that changes anything runs as a process of its own (forked, so that it costs no start) in a group of its
own, and is killed with all that it started at a moment drawn evenly from its usual length. After each kill the world is
looked at by another eye than the product's (``Sight``), ``register check`` must be sound, and the plain command again,
or, where it had come through, nothing more, must bring everything out exactly once. What the command should have done
is known beforehand from what the world was like.

Ends with 1 at the first breach and tells seed, step and command; the desk is left where it was.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from support.desk import ROSTER, TARGETS, Desk, processes_of, until, write_sheet
from support.fakes import office
from support.inputs.people import applicants
from support.paper import halves
from support.programs.later import let_pass
from support.programs.ready import load_product

LIFE = 15
"""Steps after which a fresh desk is taken, so that numbers stay small and LibreOffice need not be asked anew."""
OUT = ("printed", "distributed", "returned")
DEAD = ("void", "lost")
HEADER = ("统一社会信用代码", "名称", "经营者", "成立日期", "登记状态", "介绍信编号", "引荐单位")
LIST_HEADER = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址")
SHOP = ("929999990000000001", "无信店", "李某", "2022-05-03", "存续", "", "普明镇")
"""A business that came without a letter; a bulletin needs one."""
UNITS = {code: name for code, name, *_ in ROSTER}


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
        for what, year, unit, first, end in desk.ask("SELECT what, year, unit, first, last FROM events")
        for number in range(first, end + 1)
    )
    base = desk.outputs / "letters"
    folders = {
        path.name: _keys(path) for path in (base.iterdir() if base.exists() else ()) if path.name != "补打"
    }
    reprints = tuple(_keys(path) for path in sorted((base / "补打").glob("*")))
    archive = desk.root / "register" / "bulletins"
    kept = Counter(path.name[:7] for path in archive.glob("[0-9]*"))
    return Sight(letters, told, folders, reprints, kept)


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
    replaced = [paper.replaces for paper in sight.letters.values() if paper.replaces]
    assert len(replaced) == len(set(replaced)), "a letter was replaced twice"
    papers = Counter(key for keys in sight.reprints for key in keys)
    assert all(sight.told["reprinted", key] >= times for key, times in papers.items()), (
        "a reprint is not counted"
    )


@dataclass
class Attempt:
    """A command, and how to see that it has been done, or can be done still."""

    name: str
    words: tuple[str, ...]
    done: Callable[[Sight, Sight], bool]
    """(before, after) → whether everything that it should do has been done exactly once."""
    begun: Callable[[Sight, Sight], bool] = lambda *_: False
    """Whether what there is can come of its having been killed; the untouched world always can."""
    finish: tuple[str, ...] | None = None
    """The command that brings the rest out where the killed one had come through; None for none."""
    prepare: Callable[[], None] = lambda: None
    """What is done before, by hand."""


@dataclass
class World:
    """A desk with everything that can happen at it."""

    desk: Desk
    chance: random.Random
    targets: dict[str, int] = field(default_factory=lambda: dict(TARGETS))
    rows: list[tuple[object, ...]] = field(default_factory=lambda: [SHOP])
    people: tuple[str, ...] = ()
    printing: float = 0.5
    """How often something is printed."""

    def draw(self, sight: Sight) -> Attempt:
        """Something that a clerk could do now."""
        while True:
            make = self.chance.choice(_PRINTING if self.chance.random() < self.printing else _ENTERING)
            for attempt in make(self, sight):
                return attempt


def _missing(world: World, sight: Sight) -> Counter[str]:
    """Letters that a plain ``letters`` will number, by unit: for the people on the list first, then blanks."""
    found = Counter[str]()
    for code, name in UNITS.items():
        live = [p for key, p in sight.letters.items() if key[5:7] == code and p.state not in DEAD]
        people = len(world.people) - sum(paper.is_known for paper in live) if code == "01" else 0
        found[code] = people + max(0, world.targets[name] - len(live) - people)
    return found


def _numbered(wanted: Counter[str]) -> tuple[Callable[[Sight, Sight], bool], Callable[[Sight, Sight], bool]]:
    """Whether exactly so many more are printed, in one batch; whether they are reserved, all of them."""

    def added(before: Sight, after: Sight) -> set[str] | None:
        keys = after.letters.keys() - before.letters.keys()
        same = all(after.letters[key] == paper for key, paper in before.letters.items())
        counts = Counter(key[5:7] for key in keys)
        fits = counts == +wanted and len({after.letters[key].batch for key in keys}) <= 1
        return keys if same and fits else None

    def done(before: Sight, after: Sight) -> bool:
        keys = added(before, after)
        return keys is not None and all(after.letters[key].state == "printed" for key in keys) and all(
            after.letters[key].batch in after.folders for key in keys
        )  # fmt: skip

    def begun(before: Sight, after: Sight) -> bool:
        keys = added(before, after)
        return keys is not None and all(after.letters[key].state == "reserved" for key in keys)

    return done, begun


def _letters(world: World, sight: Sight) -> Iterator[Attempt]:
    if not +_missing(world, sight):
        unit = world.chance.choice(list(UNITS.values()))
        world.targets[unit] += 1 + sum(_missing(world, sight).values())
        while not +_missing(world, sight):
            world.targets[unit] += 1
    targets = list(world.targets.items())
    done, begun = _numbered(_missing(world, sight))
    yield Attempt("letters", ("letters",), done, begun, prepare=lambda: world.desk.write_targets(targets))


def _more(world: World, sight: Sight) -> Iterator[Attempt]:
    code, count = world.chance.choice(list(UNITS)), 1
    words = ("letters", "--unit", UNITS[code], "--count", str(count))
    yield Attempt("letters --unit --count", words, *_numbered(Counter({code: count})))


def _move(
    name: str, to: str, sources: tuple[str, ...], *options: str
) -> Callable[[World, Sight], Iterator[Attempt]]:
    def make(world: World, sight: Sight) -> Iterator[Attempt]:
        ready = sight.of(*sources)
        if not ready:
            return
        keys = sorted(world.chance.sample(ready, min(len(ready), world.chance.randint(1, 3))))
        expected = dict.fromkeys(keys, to)

        def done(before: Sight, after: Sight) -> bool:
            told = after.told - before.told
            return after.states() == before.states() | expected and told == Counter((to, key) for key in keys)

        yield Attempt(name, ("register", name, *keys, *options), done)

    return make


def _reprint(world: World, sight: Sight) -> Iterator[Attempt]:
    ready = sight.of(*OUT)
    if not ready:
        return
    key = world.chance.choice(ready)

    def counted(before: Sight, after: Sight) -> int:
        """How often more, where nothing else has changed; a killed one may have been counted without its paper."""
        told = after.told - before.told
        times = told["reprinted", key]
        fits = told == Counter({("reprinted", key): times, ("sealed", key): times})
        return times if fits and after.letters == before.letters else -1

    def done(before: Sight, after: Sight) -> bool:
        return counted(before, after) in {1, 2} and len(after.reprints) == len(before.reprints) + 1

    def begun(before: Sight, after: Sight) -> bool:
        return counted(before, after) == 1 and after.reprints == before.reprints

    yield Attempt("reprint", ("register", "reprint", key, "--reason", "卡纸"), done, begun)


def _replace(world: World, sight: Sight) -> Iterator[Attempt]:
    gone = {paper.replaces for paper in sight.letters.values()}
    ready = [key for key in sight.of(*OUT, *DEAD) if key not in gone and not sight.told["forgotten", key]]
    if not ready:
        return
    old = world.chance.choice(ready)

    def split(before: Sight, after: Sight) -> tuple[list[Paper], str] | None:
        keys = after.letters.keys() - before.letters.keys()
        rest = {key: paper for key, paper in after.letters.items() if key not in keys | {old}}
        same = rest == {key: paper for key, paper in before.letters.items() if key != old}
        new = [after.letters[key] for key in keys]
        fits = len(new) == 1 and new[0].replaces == old
        return (new, after.letters[old].state) if same and fits else None

    def done(before: Sight, after: Sight) -> bool:
        found, was = split(before, after), before.letters[old].state
        return found is not None and found[0][0].state == "printed" and found[0][0].batch in after.folders and (
            found[1] == ("void" if was in OUT else was)
        )  # fmt: skip

    def begun(before: Sight, after: Sight) -> bool:
        found = split(before, after)
        return found is not None and found[0][0].state == "reserved" and found[1] == before.letters[old].state

    yield Attempt("replace", ("register", "replace", old, "--reason", "填错"), done, begun)


def _reconcile(world: World, sight: Sight) -> Iterator[Attempt]:
    ready = sight.of(*OUT)
    if not ready:
        return
    key = world.chance.choice(ready)
    row = (
        _code(len(world.rows)),
        f"甲{len(world.rows)}店",
        "王某",
        "2022-05-03",
        "存续",
        key,
        UNITS[key[5:7]],
    )

    def prepare() -> None:
        world.rows.append(row)
        write_sheet(world.desk.root / "inputs" / "登记.xlsx", [HEADER, *world.rows])

    named = {each[5] for each in [*world.rows, row] if each[5]}

    def done(before: Sight, after: Sight) -> bool:
        expected = {each: "used" for each in named if before.letters[str(each)].state in OUT}
        told = Counter(("used", str(each)) for each in expected)
        return after.states() == before.states() | expected and after.told - before.told == told

    yield Attempt("reconcile", ("register", "reconcile"), done, prepare=prepare)


def _code(number: int) -> str:
    from stdnum.cn import uscc

    stem = f"92999999MA{number:07d}"
    return stem + uscc.calc_check_digit(stem)


def _same(before: Sight, after: Sight) -> bool:
    return after == before


def _backup(world: World, sight: Sight) -> Iterator[Attempt]:
    folder, words = world.desk.root / "register" / "backups", ("register", "backup")
    yield Attempt("backup", words, lambda a, b: a == b and any(folder.glob("*.db")), _same, finish=words)


def _elsewhere(world: World, sight: Sight) -> Iterator[Attempt]:
    stick = world.desk.root.parent / "U盘"
    words = ("register", "backup", "--to", str(stick))
    yield Attempt("backup --to", words, lambda a, b: a == b and any(stick.glob("*.db")), _same, finish=words)


def _restore(world: World, sight: Sight) -> Iterator[Attempt]:
    stick = world.desk.root.parent / "恢复"

    def prepare() -> None:
        shutil.rmtree(stick, ignore_errors=True)
        for old in world.desk.register.parent.glob("*.old"):
            old.unlink()
        _, code = run(world.desk, ("register", "backup", "--to", str(stick)))
        assert code == 0
        [path] = stick.glob("*.db")
        path.rename(stick / "一.db")

    words = ("register", "restore", str(stick / "一.db"))
    kept = world.desk.register.parent
    yield Attempt(
        "restore", words, lambda a, b: a == b and any(kept.glob("*.old")), _same, finish=words, prepare=prepare
    )  # fmt: skip


def _bulletin(world: World, sight: Sight) -> Iterator[Attempt]:
    month = f"2022-{world.chance.randint(1, 2):02d}"
    again = ("bulletin", "--month", month)
    folder = world.desk.outputs / "bulletin" / month

    def publications(before: Sight, after: Sight) -> int | None:
        """How many more of the month, where nothing else has changed."""
        more = after.bulletins - before.bulletins
        fits = +more == Counter({month: more[month]}) if more[month] else not +more
        return more[month] if fits and (after.letters, after.told) == (before.letters, before.told) else None

    if 0 < sight.bulletins[month] < 4 and world.chance.random() < 0.7:
        words = (*again, "--revise", "--reason", "统计有误")
        yield Attempt(
            "bulletin --revise", words, lambda a, b: publications(a, b) == 1 and folder.exists(), finish=again,
            begun=lambda a, b: publications(a, b) == 1,
        )  # fmt: skip
    elif not sight.bulletins[month]:
        yield Attempt(
            "bulletin", again, lambda a, b: publications(a, b) == 1 and folder.exists(), finish=again,
            begun=lambda a, b: publications(a, b) == 1,
        )  # fmt: skip
    else:
        yield Attempt(
            "bulletin again",
            again,
            lambda a, b: publications(a, b) == 0 and folder.exists(),
            _same,
            finish=again,
        )


def _export(world: World, sight: Sight) -> Iterator[Attempt]:
    folder, words = world.desk.outputs / "register" / "2022", ("register", "export")
    yield Attempt(
        "export", words, lambda a, b: a == b and len(list(folder.glob("*.xlsx"))) == 4, _same, finish=words
    )


def _forget(world: World, sight: Sight) -> Iterator[Attempt]:
    """Three years later, to the program; then everything goes on as if it were today."""
    ready = {
        key: replace(paper, is_known=False)
        for key, paper in sight.letters.items()
        if paper.is_known and paper.state in {"used", *DEAD}
    }
    day = f"{datetime.now().astimezone() + timedelta(days=400):%Y-%m-%d}"
    words = ("register", "forget", "--before", day, "--confirm", day)

    def done(before: Sight, after: Sight) -> bool:
        told = after.told - before.told
        return after.letters == before.letters | ready and told == Counter(
            ("forgotten", key) for key in ready
        )

    if ready:
        yield Attempt("forget", words, done, finish=words)


def _rebuild(world: World, sight: Sight) -> Iterator[Attempt]:
    blank = {
        key for key, paper in sight.letters.items() if paper.is_known or not sight.told["forgotten", key]
    }
    ready = sorted(name for name, keys in sight.folders.items() if blank.issuperset(keys))
    if not ready:
        return
    name = world.chance.choice(ready)

    def prepare() -> None:
        shutil.rmtree(world.desk.batch(name))

    def begun(before: Sight, after: Sight) -> bool:
        return after.letters == before.letters

    def done(before: Sight, after: Sight) -> bool:
        return after.letters == before.letters and after.folders == before.folders

    yield Attempt("letters --rebuild", ("letters", "--rebuild", name), done, begun, prepare=prepare)


_PRINTING = (_letters, _more, _replace, _reprint, _rebuild, _bulletin, _export)
_ENTERING = (
    _reconcile, _backup, _elsewhere, _restore, _forget,
    _move("distribute", "distributed", ("printed", "returned"), "--receiver", "张三"),
    _move("return", "returned", ("distributed",)),
    _move("void", "void", OUT, "--reason", "填错"),
    _move("lost", "lost", OUT, "--reason", "丢失"),
)  # fmt: skip


def run(desk: Desk, words: tuple[str, ...], after_s: float | None = None) -> tuple[float, int]:
    """Run a command in a process group of its own; kill all of it after so many seconds. Its length and exit code."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        _become(desk, words)
    with suppress(PermissionError, ProcessLookupError):  # the child does it too: whoever is first
        os.setpgid(child, child)
    gone, status = 0, 0
    while not gone and (after_s is None or time.monotonic() - started < after_s):
        time.sleep(0.002)
        gone, status = os.waitpid(child, os.WNOHANG)
    length_s = time.monotonic() - started
    if not gone:
        os.killpg(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        until(lambda: not processes_of(desk.root), 30, "all that it started is gone")
    return length_s, os.waitstatus_to_exitcode(status)


def _become(desk: Desk, words: tuple[str, ...]) -> None:
    """Be the command, in the forked process; does not return."""
    import pipeline.cli.app

    try:
        os.setpgid(0, 0)
        log = os.open(desk.root.parent / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for descriptor in (1, 2):
            os.dup2(log, descriptor)
        if "forget" in words:
            _be_later()
        sys.argv = ["pipeline", "--root", str(desk.root), *words]
        pipeline.cli.app.main()
    except SystemExit as end:
        sys.stdout.flush()
        os._exit(int(end.code or 0))
    finally:
        os._exit(99)


def _be_later() -> None:
    """Let the plan year be over and three years have gone by."""
    from pipeline.cli import movements
    from pipeline.workspace import Workspace, open_workspace

    def next_year(root: Path) -> Workspace:
        here = open_workspace(root)
        plan = replace(here.settings.plan, year=here.settings.plan.year + 1)
        return replace(here, settings=replace(here.settings, plan=plan))

    let_pass(1000)
    vars(movements)["open_workspace"] = next_year


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


class Siege:
    """Desks that are used and killed, one after another."""

    def __init__(self, base: Path, memory: Path, seed: int, printing: float) -> None:
        self.base, self.chance, self.printing = base, random.Random(seed), printing
        self.office = office(base / "soffice", "remembers", memory)
        os.environ["PATH"] = f"{self.office}{os.pathsep}{os.environ['PATH']}"
        self.killed, self.came = Counter[str](), Counter[str]()
        self.steps = 0
        self.usual: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=5))
        self.first = self._first_desk()

    def _first_desk(self) -> Desk:
        desk = Desk.laid(self.base / "最初" / "工作", self.office)
        people = [[number, *_fields(who)] for number, who in enumerate(applicants(2, seed=4), 1)]
        write_sheet(
            desk.root / "inputs" / "东村镇培育对象名单.xlsx", [("培育对象名单",), LIST_HEADER, *people]
        )
        write_sheet(desk.root / "inputs" / "登记.xlsx", [HEADER, SHOP])
        for words in (("letters", "--date", "2022-06-01"), ("bulletin", "--month", "2022-01")):
            _, code = run(desk, words)
            assert code == 0, (desk.root.parent / "log").read_text(encoding="utf-8")
        return desk

    def live(self, kills: int) -> None:
        """Use one desk for a while."""
        home = Path(tempfile.mkdtemp(prefix="一生-", dir=self.base))
        world = World(self.first.copy(home / "工作"), self.chance, printing=self.printing)
        world.people = tuple(who.id_no for who in applicants(2, seed=4))
        known: set[str] = set()
        for _ in range(LIFE):
            if self.killed.total() >= kills:
                break
            self.steps += 1
            attempt = world.draw(prove(world.desk))
            try:
                known = self.step(world.desk, attempt, known)
            except BaseException:
                print(f"step {self.steps}: {' '.join(attempt.words)}\n{home}", file=sys.stderr)
                print((home / "log").read_text(encoding="utf-8"), file=sys.stderr)
                raise
        shutil.rmtree(home)

    def step(self, desk: Desk, attempt: Attempt, known: set[str]) -> set[str]:
        """Kill a command, see that nothing is lost, let it be done, see that it is done once."""
        before = look(desk)
        attempt.prepare()
        lengths = self.usual[attempt.name]
        moment_s = self.chance.uniform(0, min(lengths) if lengths else 0.5)
        length_s, code = run(desk, attempt.words, moment_s)
        if code == -signal.SIGKILL:
            self.killed[attempt.name] += 1
        else:
            assert code == 0, f"exit code {code}"
            lengths.append(length_s)
        after = prove(desk)
        through = attempt.done(before, after)
        if code == -signal.SIGKILL:
            untouched = (after.letters, after.told, after.bulletins) == (
                before.letters, before.told, before.bulletins,
            )  # fmt: skip
            self.came["through" if through else "untouched" if untouched else "begun"] += 1
            assert through or untouched or attempt.begun(before, after), (before, after)
        again = attempt.words
        if through or (attempt.finish and after.bulletins != before.bulletins):
            again = attempt.finish or ()
        if again:
            length_s, code = run(desk, again)
            assert code == 0, f"again: exit code {code}"
            if again == attempt.words:
                lengths.append(length_s)
        elif code == -signal.SIGKILL:
            run(
                desk, ("register", "list", "--xlsx", "清单.xlsx")
            )  # whatever works in outputs clears what the dead left
        last = prove(desk)
        assert attempt.done(before, last), (before, last)
        assert not last.is_open()
        return prove_tidy(desk, known)


def _fields(who: Any) -> tuple[str, ...]:
    return who.name, who.id_no, who.phone, who.business, who.scope, who.address


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument(
        "--memory", type=Path, help="where to keep what LibreOffice made; a folder of its own if not given"
    )
    parser.add_argument(
        "--printing", type=float, default=0.5, help="share of commands that print, which takes longest"
    )
    arguments = parser.parse_args()
    os.umask(0o077)
    load_product()
    base = Path(tempfile.mkdtemp(prefix="kills-"))
    siege = Siege(base, arguments.memory or base / "memory", arguments.seed, arguments.printing)
    started = time.monotonic()
    try:
        while siege.killed.total() < arguments.kills:
            siege.live(arguments.kills)
            took = time.monotonic() - started
            print(
                f"{took:6.0f} s  {siege.killed.total()} kills in {siege.steps} steps",
                file=sys.stderr,
                flush=True,
            )
    except AssertionError:
        print(f"seed {arguments.seed}", file=sys.stderr)
        raise
    shutil.rmtree(base)
    took = time.monotonic() - started
    found = {
        "kills": siege.killed.total(),
        "steps": siege.steps,
        "seed": arguments.seed,
        "seconds": round(took),
    }
    commands = dict(sorted(siege.killed.items()))
    print(
        json.dumps(
            {
                **found,
                "at": f"{datetime.now().astimezone():%Y-%m-%d}",
                "met": siege.came,
                "commands": commands,
            }
        )
    )


if __name__ == "__main__":
    main()
