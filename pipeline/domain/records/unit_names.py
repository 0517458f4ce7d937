"""Which unit is meant: by its name, and for a list by where it lies and what it is called."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from pipeline.domain.model import Problem, Source, Unit
from pipeline.domain.tables.grid import Table
from pipeline.domain.values.text import plain
from pipeline.domain.wording import near

_BETWEEN = re.compile(r"[、,，;；/／\s]+")
NOT_OWN = "“{}”不是放这份表的单位。单位只能报自己的，请改正；确实要报的，请专班办公室放。"
"""What is told (``other-unit``) where a unit's own file speaks of another."""


def unit_of_sheet(
    table: Table, sheet: str | None, units: Sequence[Unit]
) -> tuple[Unit | None, list[Problem]]:
    """The unit of a table's rows on a sheet, and a notice where no column names it (code ``unit-by-place``).

    A sheet that goes on with a table may be another unit's; where its name tells none, the table's place does.
    """
    found, how = unit_by_place(Source("", sheet), units)
    if found is None:
        found, how = unit_by_place(table.source, units)
    if found is None or "unit" in table.places:
        return found, []
    advice = f"表里没有单位列，按{how}归给{found.name}。不对的，请加一列“单位”。"
    return found, [Problem(Source(table.source.file, sheet), None, "", "unit-by-place", advice)]


def unit_by_place(source: Source, units: Sequence[Unit]) -> tuple[Unit | None, str]:
    """The unit that a sheet's name, else the file's, else a folder's names, and in which words to say so.

    A name must hold exactly one unit's name or alias of three characters or more (a longer one hides the shorter ones
    in it), or be one altogether; never a guess between two.
    """
    path = PurePosixPath(source.file)
    places = [("工作表名", source.sheet or ""), ("文件名", path.stem)]
    places += [("文件夹名", part) for part in reversed(path.parent.parts)]
    for word, text in places:
        found = find_unit(text, units) if text else None
        named = {unit.code: unit for unit in _units_in(plain(text), units)}
        if found is None and len(named) == 1:
            [found] = named.values()
        if found:
            return found, f"{word}“{text}”"
    return None, ""


def _units_in(text: str, units: Sequence[Unit]) -> Iterator[Unit]:
    names = [(plain(name), unit) for unit in units for name in (unit.name, unit.full_name, *unit.aliases)]
    held = [(name, unit) for name, unit in names if len(name) >= 3 and name in text]
    for name, unit in held:
        if not any(name in longer and name != longer for longer, _ in held):
            yield unit


def find_unit(name: str, units: Sequence[Unit]) -> Unit | None:
    """The unit of that name, full name or alias, exact after :func:`~pipeline.domain.values.text.plain`; never a guess."""
    wanted = plain(name)
    for unit in units if wanted else ():
        if wanted in {plain(known) for known in (unit.name, unit.full_name, *unit.aliases)}:
            return unit
    return None


def unknown_unit(name: str, units: Sequence[Unit]) -> str:
    """What to say of a name that no unit has, or of several that stand where one has to."""
    several = [part for part in _BETWEEN.split(name) if part]
    if len(several) > 1 and all(find_unit(part, units) for part in several):
        return f"“{name}”是{len(several)}个单位，这里只能写一个。请只留一个，别的另写一行，或写在配合单位里。"
    names = [known for unit in units for known in (unit.name, *unit.aliases)]
    return f"单位名录里没有“{name}”{near(name, names)}请改正，或在名录里加上别名。"
