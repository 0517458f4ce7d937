"""The year's assessment as the page shows it: how far it is, a unit's own score, its self-assessment to fill in, its evidence."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.adapters.archive import is_kept
from pipeline.adapters.inputs import passed_over, safe_name
from pipeline.domain.assessment.course import Course
from pipeline.domain.assessment.reading import assessment_from
from pipeline.domain.assessment.rules import Assessment
from pipeline.domain.assessment.scoring import number_text
from pipeline.domain.assessment.steps import folded
from pipeline.domain.assessment.values import FILE_NAME
from pipeline.domain.items.item import EVIDENCE
from pipeline.domain.model import UNITS, Problem, Unit
from pipeline.domain.period import Year
from pipeline.domain.records.assessment.actuals import ACTUALS
from pipeline.domain.records.assessment.self_scores import SELF_SCORES, SelfLine
from pipeline.intake import File
from pipeline.jobs.published import journal_of
from pipeline.page.forms.sheet import Form, Place
from pipeline.page.forms.tables import HandedIn
from pipeline.publishing.report import Facts
from pipeline.reports.assess import ASSESSMENT
from pipeline.reports.assess.tables import OWN_FORM, form_rows, forms
from pipeline.reports.assess.typed import problems
from pipeline.workspace import Workspace


@dataclass(frozen=True)
class Assessed:
    """A plan year's assessment."""

    workspace: Workspace
    course: Course
    """What has been done."""

    @property
    def year(self) -> Year:
        """Which."""
        return Year(self.course.year)

    @cached_property
    def tables(self) -> HandedIn:
        """Self-assessments that have come in."""
        return HandedIn(self.workspace, SELF_SCORES, (ACTUALS,))

    @cached_property
    def rules(self) -> Assessment:
        """By which it goes.

        :raises UsageFault: ``assessment.toml`` cannot be used.
        """
        return assessment_from(self.workspace.rules(FILE_NAME), self.tables.intake.units)

    @cached_property
    def figures(self) -> Mapping[str, Any]:
        """``assess.json`` as it was made last; nothing where it was not."""
        return figures_in(self.workspace.outputs / ASSESSMENT.name / self.year.name)

    def unit(self, code: str) -> Unit | None:
        """Of the roster; None for an unknown code."""
        return next((each for each in self.tables.intake.units if each.code == code), None)

    def score(self, code: str) -> Mapping[str, Any] | None:
        """A unit's result with its items, as ``assess.json`` has it."""
        return next((each for each in self.figures.get("units", ()) if each["code"] == code), None)

    @property
    def is_final(self) -> bool:
        """Whether the scores are those that were approved, as far as steps tell."""
        process = self.figures.get("process")
        return process is None or bool(process.get("approved"))

    @property
    def is_open(self) -> bool:
        """Whether a self-assessment is taken now: after the scheme was settled, before anybody was told his score."""
        return self.course.is_begun and not (self.course.fed_back or self.course.approved)

    def lines(self, code: str) -> list[SelfLine]:
        """What a unit has handed in of its self-assessment; by the form, where another file contradicts that."""
        said = self.tables.intake.said(SELF_SCORES)
        if self.tables.problems(code):
            said = self.tables.but_others(str(self._path(code)), code) or said
        return [each for each in said if each.unit == code]

    def others(self, code: str) -> list[str]:
        """A unit's own files, but the form's, that hold a self-assessment."""
        said: Sequence[SelfLine] = self.tables.but(str(self._path(code)))
        return list(
            dict.fromkeys(each.row.file for each in said if each.unit == code and each.row.owner == code)
        )

    def _path(self, code: str) -> PurePosixPath:
        return PurePosixPath(UNITS, code, self._file)

    @property
    def _file(self) -> str:
        return f"{OWN_FORM}-{self.year.name}.xlsx"

    def own(self, code: str) -> list[dict[str, str]]:
        """What a unit gives itself: as it was entered, or else as it was handed in."""
        known = (self.course.selves or {}).get(code)
        if known is not None:
            return [
                {"item": item, "score": each.score, "remark": each.remark, "evidence": each.evidence}
                for item, each in known.items()
            ]
        return [
            {
                "item": each.item,
                "score": number_text(each.score),
                "remark": each.remark,
                "evidence": each.evidence,
            }
            for each in self.lines(code)
        ]

    def form(self, unit: Unit) -> Form:
        """A unit's self-assessment to fill in.

        :raises UsageFault: ``assessment.toml`` cannot be used.
        """
        plan, at = self.workspace.settings.plan, self.course.settled[-1].day
        rows = {OWN_FORM: form_rows([unit], self.rules)[OWN_FORM]}
        [book] = forms(f"{plan.county}{self.year.words}", rows)
        return Form(
            self.workspace, unit.code, self._file, book.sheets[0],
            datetime(at.year, at.month, at.day), self._judged,  # noqa: DTZ001 - a workbook's day of making
        )  # fmt: skip

    def evidence(self, unit: Unit) -> dict[str, Path]:
        """A unit's files of evidence, by their path below ``inputs/佐证``."""
        base = self.workspace.inputs / EVIDENCE
        found = {
            path.relative_to(base).as_posix(): path
            for folder in dict.fromkeys((safe_name(unit.name), unit.code))
            for path in (base / folder).rglob("*")
            if path.is_file() and not passed_over(path.relative_to(base))
        }
        return dict(sorted(found.items()))

    def _judged(self, files: Iterable[File]) -> Sequence[Problem]:
        found, journal = self.tables.judged(files), journal_of(self.workspace)
        facts = Facts(self.workspace.settings, date.today(), found, {}, {}, journal)  # noqa: DTZ011 - the machine's own day
        return (*found.problems, *problems(facts, self.rules, found.units))


def of_year(workspace: Workspace) -> Assessed:
    """The plan year's."""
    journal = journal_of(workspace)
    return Assessed(workspace, folded(journal.year, journal.entries)[0])


def cells_of(form: Form, lines: Sequence[SelfLine]) -> dict[Place, str]:
    """What stands in a form's cells where a unit has handed in such lines."""
    said = {each.item: (number_text(each.score), each.remark, each.evidence) for each in lines}
    width = len(form.asked) // max(len(items_of(form)), 1)
    return {
        place: text
        for row, item in enumerate(items_of(form))
        for place, text in zip(form.asked[row * width :], said.get(item, ()), strict=False)
    }


def items_of(form: Form) -> list[str]:
    """The items of a self-assessment, line by line."""
    return [str(row[1]) for row in form.sheet.rows]


def evidence_folder(unit: Unit, item: str) -> PurePosixPath:
    """Where, below ``inputs/``, a unit's evidence for an item is kept: what is there is listed as that."""
    return PurePosixPath(EVIDENCE, safe_name(unit.name), safe_name(item))


def is_told(workspace: Workspace, folder: Path) -> bool:
    """Whether the units may see what lies in a folder of ``outputs/assess``: it was fed back to them, or published."""
    process = figures_in(folder).get("process")
    if process is None:
        return is_kept(workspace.publications, ASSESSMENT.name, folder.name)
    return bool(process["fed_back"])


def figures_in(folder: Path) -> Mapping[str, Any]:
    """The ``assess.json`` of a folder of ``outputs/``; nothing where there is none."""
    try:
        found = json.loads((folder / f"{ASSESSMENT.name}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
