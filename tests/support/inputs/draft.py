"""A table about to be written, that a disturbance may change together with what it says."""

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipeline.adapters.sheet import read_sheets
from support.inputs import truth
from support.inputs.written import BLANK, EVERY, Cell, Rows, counted, dated, said

PIECES = (
    "小吃店",
    "、",
    "（南）",
    "A",
    "&",
    "<b>",
    "'",
    ";",
    ",",
    '"',
    "#1",
    " ",
    "\t",
    "1号",
    "|",
    "·",
    "㛃",
)
"""What names are put together of: also what formats have to write in a way of their own."""
FIRST = date(1992, 1, 1)
"""Summer time was last in force in 1991."""


@dataclass
class Draft:
    """What is going to be written, and what must come out."""

    kind: str
    """``registrations`` or ``applicants``."""
    make: str
    """A name of :data:`~written.EVERY`."""
    head: list[str]
    """Columns in their order."""
    cells: list[dict[str, Cell]]
    """Line by line, the column's name → its cell."""
    truth: list[dict[str, truth.Cell]]
    """Line by line, what it says."""
    above: list[list[Cell]] = field(default_factory=list)
    """Rows before the header."""
    below: list[list[Cell]] = field(default_factory=list)
    """Rows after the last line."""
    shortened: bool = False
    """Whether lines end with their last filled cell."""
    whole: set[int] = field(default_factory=set)
    """Places of lines that never do: a field too many in place of one that is missing is seen by no reader."""
    write: Callable[[Rows], bytes] | None = None
    """What writes it instead of its make."""
    together: frozenset[int] = frozenset()
    """Places of lines that a fault makes one of, so that a word on one of them is a word on all."""

    moved: dict[int, int] = field(default_factory=dict)
    """Places of lines on another sheet than the header → their rows there."""

    @property
    def names(self) -> list[str]:
        """Columns of free text that are compared."""
        return ["名称"] if self.kind == "registrations" else ["名称", "主要经营", "经营地址"]

    @property
    def unit(self) -> str:
        """The column that says whose each line is."""
        return "引荐单位" if self.kind == "registrations" else "单位"

    @property
    def days(self) -> list[str]:
        """Columns of days."""
        return [head for head in self.head if head in truth.DAYS]

    def put(self, place: int, head: str, cell: Cell, value: truth.Cell) -> None:
        """Change a cell, and what it says."""
        self.cells[place][head] = cell
        self.truth[place][head] = value

    def show(self, place: int, head: str, cell: Cell) -> None:
        """Change how a cell says what it says."""
        self.cells[place][head] = cell

    @property
    def rows(self) -> Rows:
        """All rows, the header among them."""
        lines = [[cells.get(head, BLANK) for head in self.head] for cells in self.cells]
        for place, line in enumerate(lines):
            while self.shortened and place not in self.whole and line[-1] == BLANK:
                line.pop()
        return [*self.above, [said(head) for head in self.head], *lines, *self.below]

    def verdict(self) -> truth.Verdict:
        """Write it, read it, and hold both against each other."""
        first = len(self.above) + 2
        together = {first + place: frozenset(first + one for one in self.together) for place in self.together}
        together |= {first + place: frozenset({row}) for place, row in self.moved.items()}
        written = truth.Written(self.make, self.kind, dict(enumerate(self.truth, first)), together)
        found = read_sheets(self.make, (self.write or EVERY[self.make])(self.rows))
        return truth.verdict(written, truth.read([(self.make, found)]))


Disturbance = Callable[[random.Random, Draft], None]


def of(
    kind: str = "", makes: Collection[str] = EVERY, *, harmless: bool = False
) -> Callable[[Disturbance], Disturbance]:
    """To which tables a disturbance is done: those of one kind, those of some makes; all where nothing is said.

    :param harmless: whether each line must be read right, and not only be told.
    """

    def mark(disturbance: Disturbance) -> Disturbance:
        disturbance.kinds = (kind,) if kind else tuple(truth.KEYS)  # type: ignore[attr-defined]
        disturbance.makes = tuple(makes)  # type: ignore[attr-defined]
        disturbance.harmless = harmless  # type: ignore[attr-defined]
        return disturbance

    return mark


def drafted(chance: random.Random, kind: str, make: str) -> Draft:
    """Six to ten lines with names by chance, and days of thirty years."""
    lines = truth.registrations if kind == "registrations" else truth.applicants
    head = truth.REGISTRATIONS if kind == "registrations" else truth.APPLICANTS
    said_so = lines(chance.randint(6, 10))
    draft = Draft(kind, make, list(head), [{} for _ in said_so], said_so)
    for line in said_so:
        for name in draft.names:
            middle = "".join(chance.choices(PIECES, k=chance.randint(0, 4)))
            line[name] = f"{line[name]}{middle}（编造）"
        if kind == "registrations":
            line["成立日期"] = FIRST + timedelta(chance.randrange(11_000))
            if line["注销日期"]:
                line["注销日期"] = max(line["成立日期"], date(2022, 1, 1)) + timedelta(chance.randrange(150))
    for cells, line in zip(draft.cells, said_so, strict=True):
        cells |= {head: _cell(value) for head, value in line.items()}
    return draft


def _cell(value: truth.Cell) -> Cell:
    if isinstance(value, date):
        return dated(value)
    return counted(value) if isinstance(value, int) else said(value or "")
