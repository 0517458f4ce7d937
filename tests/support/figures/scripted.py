"""A year as it was lived: how every unit of the real roster went, month by month, and the exports that say so.

The figures that come of it are worked out here by another road than the product's: by writing down who opened and who
gave up. What the ladder of supervision makes of them is written down by hand.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from pathlib import Path

from support.desk import write_sheet
from support.inputs.registrations import HEADER, code

Row = tuple[str, ...]
TARGETS = {
    "东村镇": 40, "普明镇": 30, "岚城镇": 24, "界河口镇": 60, "上明乡": 60, "社科乡": 20, "王狮乡": 60, "顺会乡": 60,
    "梁家庄乡": 60, "县市场监管局": 50, "县工信局": 60, "县供销联社": 40, "县财政局": 20, "县发改局": 40, "县交通运输局": 50,
    "县住建局": 30, "市生态环境局岚县分局": 20, "城乡环卫和市政服务中心": 20, "县农业农村局": 70, "县林业局": 20,
    "现代农业发展服务中心": 20, "县教育科技局": 20, "县卫健局": 20, "县人社局": 90, "县民政局": 30, "县文旅局": 40,
}  # fmt: skip
"""The units of annex 1 in its order; most targets smaller, since each business is a row to be read twelve times."""
AT_PACE, NEARLY, TWO_SHORT, BEHIND = "=~:-"
"""At pace; five points below; two businesses short, which ``min_gap`` lets pass; fifteen points below, which is a lag."""
ROADS = {
    "界河口镇": "=---=-===-==", "上明乡": "==--========", "王狮乡": "-~==========", "顺会乡": "=~====---===",
    "梁家庄乡": "==========--", "县工信局": "=--=====--==", "县人社局": "=--===~=====", "县财政局": "~~~~~~~~~~~~",
    "县林业局": ":::::::::::=", "县市场监管局": "~=~=~=~=~=~=", "东村镇": "=~=~=~=~=~==",
}  # fmt: skip
"""How a unit went, a sign for each month; the others are always at pace."""
LADDER = {
    "界河口镇": ".提督约.约...提..", "上明乡": "..提督........", "顺会乡": "......提督约...", "梁家庄乡": "..........提督",
    "县工信局": ".提督.....提督..", "县人社局": ".提督.........",
}  # fmt: skip
"""The paper that each month asks for, where February is the first that counts: by hand, by the rule's words."""
CORRECTED, CORRECTED_IN = "上明乡", 4
"""Whose registrations of which month come after the bulletin: with them it did not lag."""


@dataclass(frozen=True)
class Count:
    """A unit's year to date."""

    new: int
    cancelled: int

    @property
    def net(self) -> int:
        return self.new - self.cancelled


class Chronicle:
    """Writes a month's export after the other, and knows what all of them together say."""

    def __init__(self) -> None:
        self._last = 0
        self._alive: dict[str, list[Row]] = defaultdict(list)
        self._new: dict[str, int] = defaultdict(int)
        self._cancelled: dict[str, int] = defaultdict(int)

    def month(self, folder: Path, month: int) -> Mapping[str, Count]:
        """Write what the bureau has for a month; each unit's count at its end."""
        rows = [row for unit in TARGETS for row in self._unit(unit, month, _net(unit, month))]
        write_sheet(folder / f"{month}月.xlsx", [HEADER, *rows])
        return self.counts()

    def correction(self, folder: Path) -> Mapping[str, Count]:
        """Write what came too late."""
        rows = list(self._unit(CORRECTED, CORRECTED_IN, ceil(_pace(CORRECTED, CORRECTED_IN))))
        write_sheet(folder / f"{CORRECTED_IN}月补录.xlsx", [HEADER, *rows])
        return self.counts()

    def counts(self) -> dict[str, Count]:
        """Every unit's year to date."""
        return {unit: Count(self._new[unit], self._cancelled[unit]) for unit in TARGETS}

    def _unit(self, unit: str, month: int, net: int) -> Iterator[Row]:
        """The rows that take a unit to a net gain: whoever opened first gives up first."""
        first, alive = date(2022, month, 1), self._alive[unit]
        while len(alive) < net:
            self._last += 1
            day = first + timedelta(self._last % 28)
            alive.append((code(self._last), f"第{self._last}小店", "某某", "", day.isoformat()))
            self._new[unit] += 1
            yield (*alive[-1], "存续", "", "", unit)
        while len(alive) > net:
            self._cancelled[unit] += 1
            yield (*alive.pop(0), "注销", (first + timedelta(26)).isoformat(), "", unit)


def papers_of(month: int) -> dict[str, str]:
    """Unit → the paper that a month asks for."""
    words = {"提": "提醒", "督": "督办", "约": "约谈"}
    return {unit: words[road[month - 1]] for unit, road in LADDER.items() if road[month - 1] != "."}


def _pace(unit: str, month: int) -> float:
    return TARGETS[unit] * month / 12


def _net(unit: str, month: int) -> int:
    pace, points = _pace(unit, month), TARGETS[unit] / 100
    ways = {
        AT_PACE: ceil(pace),
        NEARLY: floor(pace - 5 * points),
        TWO_SHORT: ceil(pace) - 2,
        BEHIND: floor(pace - 15 * points),
    }
    return max(0, ways[ROADS.get(unit, AT_PACE * 12)[month - 1]])
