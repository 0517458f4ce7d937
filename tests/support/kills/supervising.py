"""Papers of supervision issued and withdrawn. Nobody has gained anything by January or February, so every unit lags."""

from collections.abc import Callable, Iterator

from support.kills.sight import Done, Sight
from support.kills.world import UNITS, Attempt, World

LEVELS = {1: "提醒", 2: "督办"}
FILES = {"提醒": "提醒函", "督办": "督办函"}


def _confirm(world: World, sight: Sight) -> Iterator[Attempt]:
    months = [int(name[5:]) for name in sight.bulletins]
    had = {(done.unit, done.month) for done in sight.journal}
    ready = [(unit, month) for unit in UNITS for month in months if (unit, month) not in had]
    if not ready:
        return
    unit, month = world.chance.choice(ready)
    level = LEVELS[month] if set(months) == {1, 2} else "提醒"

    def entered(before: Sight, after: Sight) -> bool:
        new = _new(before, after)
        return bool(new) and (new[0].series, new[0].act, new[0].unit, new[0].month) == (
            level, "confirm", unit, month,
        ) and [(done.series, done.unit) for done in new[1:]] == [("items", unit)] * (level != "提醒")  # fmt: skip

    words = ("supervise", "--month", f"2022-{month:02d}", "--confirm", UNITS[unit])
    yield Attempt(
        "supervise --confirm", words, _and_files(world, entered, month, level, unit, "已签发"), entered
    )


def _withdraw(world: World, sight: Sight) -> Iterator[Attempt]:
    gone = {(done.series, done.number) for done in sight.journal if done.act == "withdraw"}
    ready = [
        done for done in sight.journal if done.act == "confirm" and (done.series, done.number) not in gone
    ]
    if not ready:
        return
    paper = world.chance.choice(ready)
    assert paper.month is not None
    back = Done(paper.series, paper.number, "withdraw", paper.unit, None)

    def entered(before: Sight, after: Sight) -> bool:
        new = _new(before, after)
        return new[:1] == (back,) and all(done.series == "items" for done in new[1:]) and len(new) <= 2

    month = f"2022-{paper.month:02d}"
    words = ("supervise", "--month", month, "--withdraw", UNITS[paper.unit], "--reason", "数字有误")
    done = _and_files(world, entered, paper.month, paper.series, paper.unit, "已撤回")
    yield Attempt("supervise --withdraw", words, done, entered)


def _new(before: Sight, after: Sight) -> tuple[Done, ...]:
    """What has been entered since, where nothing else has changed."""
    count = len(before.journal)
    return (
        after.journal[count:]
        if after.beside == before.beside and after.journal[:count] == before.journal
        else ()
    )


def _and_files(
    world: World, entered: Callable[[Sight, Sight], bool], month: int, level: str, unit: str, folder: str
) -> Callable[[Sight, Sight], bool]:
    """Whether it has been entered and lies there, too."""
    base = world.desk.outputs / "supervise" / f"2022-{month:02d}" / folder
    name = f"{FILES[level]}*号-{UNITS[unit]}.pdf"
    return lambda before, after: entered(before, after) and len(list(base.glob(name))) == 1


SUPERVISING = (_confirm, _withdraw)
