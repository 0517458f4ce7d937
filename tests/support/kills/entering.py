"""What a clerk does that is only entered, copied or erased."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from support.desk import write_sheet
from support.inputs.registrations import code
from support.kills.printing import DEAD, OUT
from support.kills.running import run
from support.kills.sight import Sight
from support.kills.world import UNITS, Attempt, World, same

HEADER = ("统一社会信用代码", "名称", "经营者", "成立日期", "登记状态", "介绍信编号", "引荐单位")


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


def _reconcile(world: World, sight: Sight) -> Iterator[Attempt]:
    ready = sight.of(*OUT)
    if not ready:
        return
    key = world.chance.choice(ready)
    row = (
        code(len(world.rows)),
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


def _backup(world: World, sight: Sight) -> Iterator[Attempt]:
    folder, words = world.desk.root / "register" / "backups", ("register", "backup")
    yield Attempt("backup", words, lambda a, b: a == b and any(folder.glob("*.db")), same, finish=words)


def _elsewhere(world: World, sight: Sight) -> Iterator[Attempt]:
    stick = world.desk.root.parent / "U盘"
    words = ("register", "backup", "--to", str(stick))
    yield Attempt("backup --to", words, lambda a, b: a == b and any(stick.glob("*.db")), same, finish=words)


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
        "restore", words, lambda a, b: a == b and any(kept.glob("*.old")), same, finish=words, prepare=prepare
    )  # fmt: skip


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


ENTERING = (
    _reconcile, _backup, _elsewhere, _restore, _forget,
    _move("distribute", "distributed", ("printed", "returned"), "--receiver", "张三"),
    _move("return", "returned", ("distributed",)),
    _move("void", "void", OUT, "--reason", "填错"),
    _move("lost", "lost", OUT, "--reason", "丢失"),
)  # fmt: skip
