"""What a clerk does that prints something, which takes longest."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator

from support.kills.sight import Paper, Sight
from support.kills.world import UNITS, Attempt, World, same

OUT = ("printed", "distributed", "returned")


DEAD = ("void", "lost")


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
            same,
            finish=again,
        )


def _export(world: World, sight: Sight) -> Iterator[Attempt]:
    folder, words = world.desk.outputs / "register" / "2022", ("register", "export")
    yield Attempt(
        "export", words, lambda a, b: a == b and len(list(folder.glob("*.xlsx"))) == 4, same, finish=words
    )


PRINTING = (_letters, _more, _replace, _reprint, _rebuild, _bulletin, _export)
