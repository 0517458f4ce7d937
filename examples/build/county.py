"""The county as it is, from the real annex 1 and roster; and how far each unit has got, which is made up."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
REACHED = {
    "01": 0.62, "02": 0.55, "03": 0.48, "04": 0.40, "05": 0.52, "06": 0.33, "07": 0.57, "08": 0.25, "09": 0.04, "10": 0.64,
    "11": 0.45, "12": 0.30, "13": 0.50, "14": 0.425, "15": 0.47, "16": 0.52, "17": 0.0, "18": 0.15, "19": 0.60, "20": 0.0,
    "21": 0.75, "22": 0.05, "23": 0.35, "24": 0.56, "25": 0.20, "26": 0.40,
}  # fmt: skip
"""Unit code → share of its target that it has registered from January to June; most hold half as the pace."""


@dataclass(frozen=True)
class Unit:
    """A township or bureau."""

    code: str
    name: str
    names: tuple[str, ...]
    """Every name by which the roster knows it."""
    target: int

    @property
    def place(self) -> str:
        """The town in which its people live."""
        return self.name if self.name.endswith(("镇", "乡")) else "东村镇"


@cache
def units() -> dict[str, Unit]:
    """Every unit by its code, in the roster's order."""
    roster = load_workbook(ROOT / "inputs/单位名录.xlsx").worksheets[0].iter_rows(min_row=3, values_only=True)
    annex = (
        load_workbook(ROOT / "inputs/任务分解表.xlsx").worksheets[0].iter_rows(min_row=4, values_only=True)
    )
    targets = {str(name): int(str(target)) for _, name, target, _ in annex if name}
    return {
        str(code): Unit(
            str(code), str(name), (str(name), str(full), *str(aliases).split("、")), targets[str(name)]
        )
        for code, name, full, _, aliases in roster
    }
