"""The month's dispatch sheet: what each unit has filled in of it, and a unit's own to fill in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from pipeline.adapters.archive import Archive
from pipeline.domain.model import UNITS, Problem
from pipeline.domain.period import Month
from pipeline.domain.records.dispatch.returned import ASKED, RETURNED, Said, Written
from pipeline.domain.records.reading import Sheets
from pipeline.domain.wording import listed
from pipeline.intake import File
from pipeline.page.arrivals import came
from pipeline.page.forms.sheet import Form, Place
from pipeline.page.forms.tables import HandedIn
from pipeline.page.remedies import in_page
from pipeline.reports.dispatch import DISPATCH, issued_sheets
from pipeline.reports.dispatch.content import Content
from pipeline.reports.dispatch.documents import unit_sheet
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Returned:
    """What a unit has handed in of the sheet."""

    code: str
    name: str
    written: Written | None
    """None where nothing can be used."""
    problems: tuple[Problem, ...]
    """What is wrong in its own files."""
    at: datetime | None
    """When the file came that counts, or that says nothing."""

    @property
    def state(self) -> str:
        """For the eye."""
        if self.problems:
            return "有要改的"
        if self.written:
            return "交了"
        return "交了，没有填" if self.at else "没有交"


class Sheet:
    """The latest sheet of the plan year, and the tables that have come back."""

    def __init__(self, workspace: Workspace, content: Content, sheets: Sheets) -> None:
        self.workspace, self.content = workspace, content
        self.month: Month = content.period
        self.tables = HandedIn(workspace, RETURNED, sheets=sheets)
        """What has come back."""

    def name_of(self, unit: str) -> str | None:
        """A unit's short name; None where it is not on the sheet."""
        return next((name for code, name in self.content.units if code == unit), None)

    def returned(self) -> list[Returned]:
        """Of every unit, in the order of annex 1."""
        return [self._of(code, name) for code, name in self.content.units]

    @property
    def elsewhere(self) -> tuple[Problem, ...]:
        """What is wrong in returned sheets that are no unit's own files."""
        return tuple(replace(each, advice=in_page(each.advice)) for each in self.tables.problems())

    @property
    def sentence(self) -> str:
        """How many have handed in, and who has not."""
        told = self.returned()
        faulty = [each.name for each in told if each.problems]
        lacking = [each.name for each in told if each.at is None and not each.problems]
        count = len(told) - len(faulty) - len(lacking)
        rest = {"有要改的": faulty, "没有交的": lacking}
        more = [f"；{title}：{listed(names, 30)}" for title, names in rest.items() if names]
        return f"{len(told)}个单位，交了{count}个{''.join(more)}。"

    def form(self, unit: str) -> Form:
        """A unit's own to fill in.

        :param unit: code of one that is on the sheet.
        """
        sheet = unit_sheet(self.content, self.name_of(unit) or "")
        return Form(self.workspace, unit, self._file, sheet, self.content.at, self._judged)

    def written(self, unit: str) -> Written | None:
        """What a unit has filled in that counts: of this sheet, else of the last one before it; None for nothing."""
        found = _last(self.tables.intake.said(RETURNED), unit, self.month)
        if (found and found.month == self.month) or not self.tables.problems(unit):
            return found
        own = self.tables.but_others(str(self.form(unit).path), unit)  # which another file contradicts
        return _last(own, unit, self.month) or found

    def others(self, unit: str) -> list[str]:
        """A unit's own files, but the form's, that say something of this sheet."""
        return [
            each.source.file
            for each in self.tables.but(str(self.form(unit).path))
            if each.unit.code == unit and each.month == self.month and each.source.owner == unit
        ]

    @property
    def _file(self) -> str:
        return f"调度表-{self.month.name}.xlsx"

    def _judged(self, files: Iterable[File]) -> tuple[Problem, ...]:
        return self.tables.judged(files).problems

    def _of(self, code: str, name: str) -> Returned:
        written = self.written(code)
        now = written if written and written.month == self.month else None
        problems = self.tables.problems(code)
        file = now.source.file if now else str(PurePosixPath(UNITS, code, self._file))
        place = self.workspace.inputs / file
        at = came(place.stat()) if place.is_file() else None
        return Returned(code, name, now, problems, at)


def _last(written: Iterable[Written], unit: str, month: Month) -> Written | None:
    own = [each for each in written if each.unit.code == unit and each.month.name <= month.name]
    return max(own, key=lambda each: each.month.name, default=None)


def latest(workspace: Workspace) -> Sheet | None:
    """The last sheet that was issued in the plan year; None before the first.

    :raises RegisterFault: what was published has been changed.
    """
    archive, year = Archive(workspace.publications), workspace.settings.plan.year
    issued = {
        period: each.content
        for period, each in archive.of_kind(DISPATCH.name).items()
        if Month.read(period).year == year
    }
    if not issued:
        return None
    content = DISPATCH.from_plain(issued[max(issued)])
    return Sheet(workspace, content, issued_sheets(archive.each_of(DISPATCH.name)))


def cells_of(form: Form, said: Said) -> dict[Place, str]:
    """What stands in a form's cells where a unit says so."""
    day = said.deadline.isoformat() if said.deadline else ""
    texts: Mapping[str, str] = {field: getattr(said, field) for field in ASKED if field != "deadline"}
    return dict(zip(form.asked, ({**texts, "deadline": day}[field] for field in ASKED), strict=True))
