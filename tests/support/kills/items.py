"""What a clerk does to open items."""

from collections.abc import Callable, Iterator

from support.desk import write_sheet
from support.kills.sight import Sight
from support.kills.world import UNITS, Attempt, World, same

KINDS = ("数据问题", "政策未兑现", "诉求")
"""But 进度滞后: these are opened by papers of supervision."""
NEXT = {
    "open": ("assign", "assign", "assign", "withdraw"), "assign": ("accept", "object"), "object": ("assign",), "accept": ("progress", "extend", "apply"),
    "progress": ("apply",), "extend": ("grant", "refuse"), "grant": ("apply",), "refuse": ("apply",),
    "apply": ("close", "return", "suspend"), "return": ("apply",), "suspend": ("resume",), "resume": ("close",), "close": (),
    "withdraw": (),
}  # fmt: skip
"""The last act → what can come next; a shorter road than the rules allow."""
MORE = {
    "apply": ("--by", "李四", "--head", "王五", "--evidence", "照片.txt"), "close": ("--by", "赵六"),
    "return": ("--by", "赵六", "--reason", "缺"), "extend": ("--deadline", "2999-12-31", "--reason", "忙"),
    **dict.fromkeys(("object", "progress", "refuse", "suspend", "withdraw"), ("--reason", "说明")),
}  # fmt: skip
ABOUT = ("--problem", "低于序时进度", "--standard", "达到", "--deadline", "2999-01-01")


def _new(world: World, sight: Sight) -> tuple[str, str] | None:
    """Unit and kind of the item that would be opened next; each pair once in a desk's life."""
    pairs = [(unit, kind) for kind in KINDS for unit in UNITS.values()]
    opened = sum(done.act == "open" and done.kind in KINDS for done in sight.journal)
    return pairs[opened] if opened < len(pairs) else None


def _open(world: World, sight: Sight) -> Iterator[Attempt]:
    pair = _new(world, sight)
    if pair:
        number = sum(act == "open" for _, act in sight.items) + 1
        words = ("items", "open", "--unit", pair[0], "--kind", pair[1], *ABOUT)
        yield Attempt("items open", words, _entered((number, "open")))


def _go_on(world: World, sight: Sight) -> Iterator[Attempt]:
    last = {number: act for number, act in sight.items if act != "again"}
    ready = [(number, act) for number, done in last.items() for act in NEXT[done] if _may(sight, number, act)]
    if not ready:
        return
    number, act = world.chance.choice(ready)

    def prepare() -> None:
        proof = world.desk.root / "inputs" / "佐证" / "照片.txt"
        proof.parent.mkdir(exist_ok=True)
        proof.write_text("照片", encoding="utf-8")

    words = ("items", act, str(number), *MORE.get(act, ()))
    yield Attempt(f"items {act}", words, _entered((number, act)), prepare=prepare)


def _may(sight: Sight, number: int, act: str) -> bool:
    """Once only is an item extended."""
    return act != "extend" or (number, "extend") not in sight.items


def _import(world: World, sight: Sight) -> Iterator[Attempt]:
    pair = _new(world, sight)
    if pair is None:
        return
    number = sum(act == "open" for _, act in sight.items) + 1
    row = (pair[1], "从表里来的", pair[0], "达到", "2022-07-05", "2022-07-05", "2022-07-05", "2999-01-01")

    def prepare() -> None:
        header = ("类别", "问题描述", "责任单位", "验收标准", "立账日", "交办日", "签收日", "原时限")
        write_sheet(world.desk.root / "inputs" / "挂账.xlsx", [header, row])

    done = _entered((number, "open"), (number, "assign"), (number, "accept"))
    yield Attempt("items import", ("items", "import"), done, prepare=prepare)


def _entered(*acts: tuple[int, str]) -> Callable[[Sight, Sight], bool]:
    """Whether exactly these were entered more, and nothing else has changed."""

    def done(before: Sight, after: Sight) -> bool:
        return after.beside == before.beside and after.items == (*before.items, *acts)

    return done


def export(world: World, sight: Sight) -> Iterator[Attempt]:
    folder, words = world.desk.outputs / "items", ("items", "export")
    yield Attempt(
        "items export",
        words,
        lambda a, b: a == b and len(list(folder.glob("*.xlsx"))) == 2,
        same,
        finish=words,
    )


ITEMS = (_open, _go_on, _go_on, _import)
