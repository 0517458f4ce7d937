"""What was published before, for every job that goes by it."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from pipeline.adapters.archive import Archive, Publication
from pipeline.adapters.inputs import evidence_files
from pipeline.adapters.register import exists, open_register
from pipeline.domain.journal import Journal
from pipeline.domain.period import Month, Period
from pipeline.domain.statistics.published import Published
from pipeline.intake import Intake
from pipeline.publishing.report import Facts, FrozenContent, FrozenReport
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.bulletin.content import Content
from pipeline.workspace import Workspace

F = TypeVar("F", bound=FrozenContent)


def bulletins(archive: Archive, year: int) -> dict[int, Content]:
    """Month of a year → its bulletin, the latest revision, in the order of the months."""
    found = {
        Month.read(name): BULLETIN.from_plain(each.content)
        for name, each in archive.of_kind(BULLETIN.name).items()
    }
    return {
        each.month: found[each] for each in sorted(found, key=lambda each: each.name) if each.year == year
    }


def journal_of(workspace: Workspace, year: int | None = None) -> Journal:
    """What was entered for a year of things that are not letters; makes no register where there is none.

    :param year: the plan year unless said.
    """
    year = year or workspace.settings.plan.year
    if not exists(workspace.register):
        return Journal(year, ())
    with open_register(workspace.register) as opened:
        return opened.entered(year)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[F]):
    """What a report can go by besides the tables."""

    workspace: Workspace
    """Whose."""
    report: FrozenReport[F]
    """The kind."""
    archive: Archive
    """What was published before."""

    def known(self, period: Period) -> Publication | None:
        """The publication that counts for a period."""
        return self.archive.latest(self.report.name, period.name)

    def printed(self) -> dict[int, Published]:
        """Month of the plan year → its figures as the bulletin has them."""
        known = bulletins(self.archive, self.workspace.settings.plan.year)
        return {month: each.published for month, each in known.items()}

    def own(self) -> dict[Period, F]:
        """Period → what the publication of this kind says that counts, in the order of the first ones."""
        return {
            self.report.period.read(name): self.report.from_plain(each.content)
            for name, each in self.archive.of_kind(self.report.name).items()
        }

    def earlier(self) -> dict[Period, F]:
        """The same of the plan year."""
        year = self.workspace.settings.plan.year
        return {period: content for period, content in self.own().items() if period.year == year}

    def facts(self, intake: Intake, today: date) -> Facts:
        """What there is to report on.

        :raises UsageFault: the report's file of rules is not TOML.
        :raises FileFault: it cannot be read.
        """
        kept = {(each.kind, each.period): each.content for each in self.archive.publications}
        rules = self.workspace.rules(self.report.rules_file)
        settings = self.workspace.settings
        evidence = evidence_files(self.workspace.inputs) if self.report.lists_evidence else {}
        return Facts(
            settings, today, intake, self.printed(), self.earlier(), journal_of(self.workspace), kept, rules, evidence,
            journal_of(self.workspace, settings.plan.year - 1),
        )  # fmt: skip
