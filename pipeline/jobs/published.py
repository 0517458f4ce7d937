"""What was published and entered before, for every job that goes by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from pipeline.adapters.archive import Archive, Publication
from pipeline.adapters.register import exists, open_register
from pipeline.adapters.secret import secret_of
from pipeline.domain.journal import Journal
from pipeline.domain.letters.lifecycle import Event
from pipeline.domain.letters.model import Letter
from pipeline.domain.period import Month, Period
from pipeline.domain.statistics.published import Published
from pipeline.errors import RegisterFault
from pipeline.publishing.report import FrozenContent, FrozenReport, Issue, IssueNumber
from pipeline.publishing.secret import refuse_second_secret
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


def entered(workspace: Workspace) -> Journal:
    """What was entered for the plan year of things that are not letters; makes no register where there is none."""
    year = workspace.settings.plan.year
    if not exists(workspace.register):
        return Journal(year, ())
    with open_register(workspace.register) as opened:
        return opened.entered(year)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[F]):
    """Where what a kind of report said before is looked up."""

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

    def issue(self, period: Period, wanted: int | None, reason: str, now: datetime) -> Issue:
        """The publication that is wanted.

        :param wanted: its number; None for the next, or its own where it is revised.
        :raises RegisterFault: the register is not sound, or another period has the number that is wanted.
        :raises FileFault: another office has the secret with which this one must make its digests.
        """
        letters, events = self._letters()
        secret = secret_of(self.workspace.secret)
        number = self._number(period, wanted)
        known = {letter.serial: letter for letter in letters}
        before = self.known(period)
        revision = before.revision + 1 if before else 1
        return Issue(period, now, number, revision, reason, known, tuple(events), secret)

    def _letters(self) -> tuple[Sequence[Letter], Sequence[Event]]:
        workspace = self.workspace
        if not exists(workspace.register):
            return (), ()
        with open_register(workspace.register) as register:
            refuse_second_secret(register, workspace)
            year = workspace.settings.plan.year
            return register.letters(year), register.events(year)

    def _number(self, period: Period, wanted: int | None) -> IssueNumber:
        """期号 and 总期号: in the order of first publication; what is revised keeps its own."""
        numbers = {each: self.report.number(content) for each, content in self.own().items()}
        if period in numbers:
            return numbers[period]
        of_year = {other: each.number for other, each in numbers.items() if other.year == period.year}
        other = next((own for own, number in of_year.items() if number == wanted), None)
        if other is not None:
            raise RegisterFault(
                f"第{wanted}{self.report.counted_in}已经是{other.words}的{self.report.title}，请换一个{self.report.counted_in}号。"
            )
        return IssueNumber(wanted or max(of_year.values(), default=0) + 1, len(numbers) + 1)
