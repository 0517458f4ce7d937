"""What was published before, for every job that goes by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from pipeline.adapters.archive import Archive, Publication
from pipeline.adapters.inputs import evidence_files
from pipeline.adapters.register import exists, open_register
from pipeline.domain.journal import Journal
from pipeline.domain.model import Problem
from pipeline.domain.period import Month, Period
from pipeline.domain.statistics.figures import MonthFigures
from pipeline.domain.statistics.published import Published
from pipeline.intake import Intake
from pipeline.publishing.report import Facts, FrozenContent, FrozenReport, unpublished
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.bulletin.content import Content
from pipeline.reports.kinds import FROZEN
from pipeline.reports.rollup import ROLLUP
from pipeline.workspace import Workspace

F = TypeVar("F", bound=FrozenContent)


def bulletins(archive: Archive, year: int) -> dict[int, Content]:
    """Month of a year → its bulletin, the latest revision, in the order of the months."""
    found = {Month.read(name): each for name, each in archive.of_kind(BULLETIN.name).items()}
    months = sorted((each for each in found if each.year == year), key=lambda each: each.month)
    return {each.month: BULLETIN.from_plain(found[each].content) for each in months}


def latest_printed(archive: Archive, year: int) -> tuple[MonthFigures | None, bool]:
    """The figures printed last in a year, and whether in a roll-up: that of a city which has no bulletin of its own."""
    if known := bulletins(archive, year):
        return known[max(known)].published.figures, False
    rolled = {name: each for name, each in archive.of_kind(ROLLUP.name).items() if name.startswith(str(year))}
    if not rolled:
        return None, False
    return ROLLUP.from_plain(rolled[max(rolled)].content).published.figures, True


def journal_of(workspace: Workspace, year: int | None = None) -> Journal:
    """What was entered for a year of things that are not letters; makes no register where there is none.

    :param year: the plan year unless said.
    """
    year = year or workspace.settings.plan.year
    if not exists(workspace.register):
        return Journal(year, ())
    with open_register(workspace.register) as opened:
        return opened.entered(year)


def overtaken(archive: Archive, year: int) -> dict[tuple[str, str], tuple[Month, ...]]:
    """Kind and period of each paper of a year that tells figures of before a correction → the months that were corrected since.

    A paper that counts is held against the bulletins that counted when it was published: where one of the months it goes by
    has other figures now, it is overtaken. A month that was not printed by then, or whose words alone were corrected, is not.
    """
    kinds = {each.name: each for each in FROZEN}
    printed: dict[str, Publication] = {}
    gone_by: dict[tuple[str, str], list[tuple[Month, Publication]]] = {}
    for paper in archive.publications:
        if (kind := kinds.get(paper.kind)) and paper.period.startswith(str(year)):
            months = kind.goes_by(kind.period.read(paper.period))
            gone_by[paper.kind, paper.period] = [
                (month, printed[month.name]) for month in months if month.name in printed
            ]
        if paper.kind == BULLETIN.name:
            printed[paper.period] = paper
    corrected = {
        key: tuple(month for month, then in own if _figures(then) != _figures(printed[month.name]))
        for key, own in gone_by.items()
    }
    return {key: months for key, months in corrected.items() if months}


LEFT = "不更正"
"""The series of papers that were overtaken and stay as they are."""


def revisions(archive: Archive) -> dict[str, int]:
    """Name of a month → how often its bulletin has been published."""
    return {each.period: each.revision for each in archive.publications if each.kind == BULLETIN.name}


def undecided(archive: Archive, journal: Journal) -> dict[tuple[str, str], tuple[Month, ...]]:
    """What :func:`overtaken` finds but for papers of which somebody has said that they stay, until a month is corrected again."""
    found, known = overtaken(archive, journal.year), revisions(archive)
    for entry in journal.of(LEFT):
        key, against = (str(entry.details["kind"]), str(entry.details["period"])), entry.details["against"]
        if isinstance(against, dict) and all(
            against.get(month.name) == known[month.name] for month in found.get(key, ())
        ):
            found.pop(key, None)
    return found


def overtaken_words(found: Mapping[tuple[str, str], Sequence[Month]]) -> tuple[str, ...]:
    """A sentence on all papers that the same corrections have overtaken, in the order in which the kinds stand."""
    kinds = {each.name: each for each in FROZEN}
    papers: dict[tuple[Month, ...], list[str]] = {}
    for kind, period in sorted(found, key=lambda key: (list(kinds).index(key[0]), key[1])):
        words = kinds[kind].period.read(period).words + kinds[kind].title
        papers.setdefault(tuple(found[kind, period]), []).append(words)
    return tuple(
        f"{'、'.join(each.words for each in months)}的简报更正过，更正以前印发的{len(own)}件没有跟着变：{'、'.join(own)}。要不要更正，等人定。"
        for months, own in sorted(papers.items(), key=lambda each: each[0][0].name)
    )


def _figures(bulletin: Publication) -> dict[str, Any]:
    """What a bulletin printed in figures; which businesses are behind them no paper tells."""
    return {name: told for name, told in bulletin.content["published"].items() if name != "counted"}


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

    def earlier(self) -> dict[Period, F]:
        """Period of the plan year → what the publication of this kind says that counts, in the order of the first ones."""
        year, read = self.workspace.settings.plan.year, self.report.period.read
        known = {read(name): each for name, each in self.archive.of_kind(self.report.name).items()}
        return {
            period: self.report.from_plain(each.content)
            for period, each in known.items()
            if period.year == year
        }

    def passed_over(self, period: Period) -> Problem | None:
        """That months before one have none, although the year's publications had begun; None where none was passed over."""
        month = period.months[0]
        out = {each.months[0].month for each in self.earlier()}
        lacking = [
            Month(month.year, each)
            for each in range(min(out, default=month.month), month.month)
            if each not in out
        ]
        if not lacking:
            return None
        title = self.report.title
        why = (
            f"。{self.report.counted_in}号按印发的先后编，先出{month.words}的，以后补的就排在它后面，{month.month}月也没有环比。"
            f"请按月份先后出{title}。"
        )
        return unpublished(lacking, title, why)

    def overtaken(self) -> dict[tuple[str, str], tuple[Month, ...]]:
        """What :func:`overtaken` finds of the plan year."""
        return overtaken(self.archive, self.workspace.settings.plan.year)

    def undecided(self) -> dict[tuple[str, str], tuple[Month, ...]]:
        """What :func:`undecided` finds of the plan year."""
        return undecided(self.archive, journal_of(self.workspace))

    def facts(self, intake: Intake, today: date) -> Facts:
        """What there is to report on, but for what its file of rules says."""
        kept = {(each.kind, each.period): each.content for each in self.archive.publications}
        settings = self.workspace.settings
        evidence = evidence_files(self.workspace.inputs) if self.report.lists_evidence else {}
        return Facts(
            settings, today, intake, self.printed(), self.earlier(), journal_of(self.workspace), kept, evidence=evidence,
            journal_before=journal_of(self.workspace, settings.plan.year - 1), overtaken=self.overtaken(),
        )  # fmt: skip

    def ruled(self, facts: Facts) -> Facts:
        """The same with what the report's file of rules says: read apart, as what is made again needs none.

        :raises UsageFault: it is not TOML.
        :raises FileFault: it cannot be read.
        """
        return replace(facts, rules=self.workspace.rules(self.report.rules_file))
