"""A unit's sheet, filled in on the page → the workbook that it would have dropped, held against the same rules.

Only what all tables say together with it tells whether it can be kept; then it lies where a dropped one would.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from uuid import uuid4

from pipeline.adapters.inputs import sha256_of
from pipeline.adapters.sheet import read_sheets
from pipeline.adapters.workbook import write_tables
from pipeline.domain.documents import Worksheet
from pipeline.domain.model import UNITS, Problem, Source
from pipeline.errors import writing
from pipeline.intake import File
from pipeline.page.arrivals import Arrivals, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.workspace import Workspace

FIRST_ROW = 3
"""Where a written table's rows begin, as Excel and WPS number them."""
_LONGEST = 30_000
"""Characters of a cell that a workbook takes for certain; the rules allow far fewer."""
Place = tuple[int, int]
"""Of a cell to be filled in: its row and its column among those of the sheet, from 0."""


class Overtaken(Exception):
    """Somebody was quicker; what he has done is to be looked at first."""


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet that a unit fills in."""

    workspace: "Workspace"
    unit: str
    """Code of the unit."""
    name: str
    """The file, in the unit's own folder."""
    sheet: Worksheet
    """As it is issued, with nothing filled in."""
    at: datetime
    """When it was issued: the same cells make the same file."""
    judge: Callable[[Iterable[File]], Sequence[Problem]]
    """All tables that concern it → what is wrong in them; stops where the plan is wrong, without which nothing can be told."""

    @property
    def path(self) -> PurePosixPath:
        """Where it is kept, below ``inputs/``."""
        return PurePosixPath(UNITS, self.unit, self.name)

    @property
    def seen(self) -> str:
        """Which sheet it is and the digest of what was handed in last by it: when it changes, somebody was quicker."""
        place = self.workspace.inputs / self.path
        return f"{self.name} {sha256_of(place) if place.is_file() else ''}"

    @property
    def asked(self) -> list[Place]:
        """Every cell to be filled in, row by row."""
        columns = [place for place, column in enumerate(self.sheet.columns) if column.is_open]
        return [(row, place) for row in range(len(list(self.sheet.rows))) for place in columns]

    def filled(self, cells: Mapping[Place, str]) -> Worksheet:
        """The sheet with what a unit says."""
        rows = [list(row) for row in self.sheet.rows]
        for row, place in self.asked:
            rows[row][place] = cells.get((row, place), "").strip()[:_LONGEST]
        return replace(self.sheet, rows=rows)

    def faults(self, found: Iterable[Problem]) -> dict[Place, str]:
        """What is wrong in its cells, in Chinese."""
        places = {((each.source.row or 0) - FIRST_ROW, (each.place or 0) - 1): each.advice for each in found}
        return {place: places[place] for place in self.asked if place in places}

    def hand_in(
        self,
        cells: Mapping[Place, str],
        seen: str,
        files: Iterable[File],
        instead: Sequence[str],
        now: datetime,
    ) -> Sequence[Problem]:
        """Keep it where all is right; what lay there goes to the history, and so do other files that it stands in for.

        :param seen: what :attr:`seen` was when it was opened.
        :param files: what lies in ``inputs/`` now.
        :param instead: files of the unit's own that say something else, and are to go.
        :returns: what is wrong with it; then nothing was done.
        :raises Overtaken: it was handed in since it was opened, or another sheet was issued; nothing was done.
        :raises Stop: the disk refuses, or nothing can be told of it now.
        """
        if seen != self.seen:  # before all else: what is wrong is shown with what was seen last
            raise Overtaken
        arrivals = Arrivals(self.workspace)
        with self._written(arrivals.incoming, cells) as path:
            own = str(self.path)
            others = [each for each in files if each[0] not in {own, *instead}]
            problems = self.judge([*others, (own, read_sheets(own, path.read_bytes()))])
            wrong = [each for each in problems if each.source.file == own]
            if wrong:
                return wrong
            if arrivals.take(path, self.path, now, over=seen.rpartition(" ")[2]) is Verdict.ASKS:
                raise Overtaken
            for each in instead:
                if Source(each).owner == self.unit:
                    arrivals.remove(PurePosixPath(each), now)
            return ()

    @contextmanager
    def _written(self, folder: Path, cells: Mapping[Place, str]) -> "Iterator[Path]":
        path = folder / f"{uuid4().hex}.form"
        try:
            with writing():
                write_tables(path, [self.filled(cells)], self.at)
            yield path
        finally:
            path.unlink(missing_ok=True)
