"""A meeting's sheet printed, while what was agreed upon before it is entered."""

from collections import Counter
from collections.abc import Iterator

from support.desk import write_sheet
from support.kills.sight import Done, Sight
from support.kills.world import UNITS, Attempt, World

HEADER = ("议定事项", "责任单位", "完成时限")


def dispatch(world: World, sight: Sight) -> Iterator[Attempt]:
    month = world.chance.choice(sorted(sight.bulletins))
    code = world.chance.choice(list(UNITS))
    number = sum(act == "open" for _, act in sight.items) + 1
    agreed = Done("items", number, "open", code, None, "议定事项")

    def prepare() -> None:
        world.matters.append((f"第{len(world.matters) + 1}件事", UNITS[code], "2999-01-01"))
        write_sheet(world.desk.root / "inputs" / "议定.xlsx", [HEADER, *world.matters])

    def begun(before: Sight, after: Sight) -> bool:
        """Whether nothing has come but the item, once, and the month's sheet, if it had none."""
        new = after.journal[len(before.journal) :]
        rest = (after.letters, after.told, after.bulletins) == (before.letters, before.told, before.bulletins)
        sheets = after.sheets in (before.sheets, before.sheets | Counter({month: 1}))
        return rest and sheets and after.journal == (*before.journal, *new) and new in ((), (agreed,))

    def done(before: Sight, after: Sight) -> bool:
        folder = world.desk.outputs / "dispatch" / month
        came = after.journal == (*before.journal, agreed) and after.sheets[month] == 1
        return begun(before, after) and came and folder.exists()

    yield Attempt("dispatch", ("dispatch", "--month", month), done, begun, prepare=prepare)
