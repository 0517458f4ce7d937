"""What has come in of a kind of table that units hand in: their own files, and what the office has put there for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from pipeline.domain.model import Problem, Source
from pipeline.domain.records.reading import AnyReader, Sheets
from pipeline.errors import UsageFault
from pipeline.intake import File, Intake, age_day, files_of, gathered
from pipeline.workspace import Workspace


@dataclass(frozen=True)
class HandedIn:
    """Tables of a kind, read as the command reads them."""

    workspace: Workspace
    reader: AnyReader
    """The kind."""
    beside: Sequence[AnyReader] = ()
    """Kinds that are read with it."""
    sheets: Sheets = field(default_factory=dict)
    """Dispatch sheets that were issued."""

    @cached_property
    def files(self) -> list[File]:
        """All that may concern it."""
        return list(files_of(self.workspace, self._reads))

    @cached_property
    def intake(self) -> Intake:
        """What they say."""
        return self.read(self.files)

    def read(self, files: Iterable[File]) -> Intake:
        """What some files say together."""
        settings = self.workspace.settings
        day = age_day(settings.plan.year, date.today())  # noqa: DTZ011 - the machine's own day, as everywhere
        return gathered(files, settings, day, self._reads, sheets=self.sheets)

    def judged(self, files: Iterable[File]) -> Intake:
        """The same, where there is a plan against which they can be held.

        :raises UsageFault: roster or targets are missing or wrong.
        """
        found = self.read(files)
        if found.plan_problems:
            raise UsageFault(
                f"任务分解表、单位名录里有{len(found.plan_problems)}处问题，现在核对不了，没有收。请告诉专班办公室。"
            )
        return found

    def problems(self, unit: str = "") -> tuple[Problem, ...]:
        """What is wrong in such tables of a unit's own, or in those that are no unit's.

        :param unit: its code; empty for the latter.
        """
        return tuple(
            each
            for each in self.intake.problems
            if each.source.owner == unit and self.intake.is_of(each, self.reader)
        )

    def but(self, path: str) -> Any:
        """What all files but one say."""
        return self.read(each for each in self.files if each[0] != path).said(self.reader)

    def but_others(self, path: str, unit: str) -> Any:
        """What is said where nothing of a unit's own counts but one file."""
        kept = [each for each in self.files if each[0] == path or Source(each[0]).owner != unit]
        return self.read(kept).said(self.reader)

    @property
    def _reads(self) -> tuple[AnyReader, ...]:
        return (self.reader, *self.beside)
