"""What a report declares of itself; all else is done for it by :mod:`pipeline.publishing` and :mod:`pipeline.jobs.report`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pipeline.domain.model import Problem, Source
from pipeline.domain.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from pipeline.domain.documents import Document, Template
    from pipeline.domain.journal import Act, Entry, Journal
    from pipeline.domain.letters.lifecycle import Event
    from pipeline.domain.letters.model import Letter, Serial
    from pipeline.domain.period import Calendar, Month, Period
    from pipeline.domain.records.reading import AnyReader
    from pipeline.domain.statistics.figures import MonthFigures
    from pipeline.domain.statistics.published import Published
    from pipeline.intake import Intake
    from pipeline.settings import Settings


class Content(Protocol):
    """All that a report says, frozen; a class of each kind's own."""

    @property
    def period(self) -> Any:
        """What it speaks of, a :data:`~pipeline.domain.period.Period`."""

    @property
    def office(self) -> str:
        """Who issues it."""

    @property
    def at(self) -> datetime:
        """When it was issued."""


class FrozenContent(Content, Protocol):
    """What is kept of a publication, so that it can be made again as it was."""

    def to_plain(self) -> dict[str, Any]:
        """As JSON values; what is written so can be read for ever."""


C = TypeVar("C", bound=Content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Generic[C]):
    """A kind of report."""

    name: str
    """Its folder in ``outputs/``, and its command if it has one of its own."""
    title: str
    """What it is called: 简报."""
    documents: Callable[[C], Iterable[Document]]
    """What is made of a content."""
    holds_people: bool = False
    """Whether data of persons is in it that is to be forgotten one day."""
    is_sealed: bool = False
    """Whether its files are sealed, so that ``register check`` sees a change."""


@dataclass(frozen=True, slots=True)
class IssueNumber:
    """What a publication is called by."""

    number: int
    """期号, within the year, from 1."""
    overall: int
    """总期号, over all years, from 1."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to report on."""

    settings: Settings
    """The plan's year is the one that is reported on."""
    today: date
    """The day of asking."""
    intake: Intake
    """The kinds of table that the report reads."""
    printed: Mapping[int, Published]
    """Month of the plan year → its figures as printed in the bulletin that counts."""
    earlier: Mapping[Any, Any]
    """Period of the plan year → what the report's own publication of it says that counts."""
    journal: Journal
    """What was entered for the plan year of things that are not letters."""
    kept: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    """Kind of report and its period's name → the publication of it that counts, as plain values."""
    rules: Mapping[str, Any] = field(default_factory=dict)
    """What the report's own file of rules says, as TOML has it; nothing where there is none."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """File below ``inputs/佐证`` → its SHA-256, in their order; only for a report that lists them."""
    journal_before: Journal | None = None
    """What was entered for the year before."""
    overtaken: Mapping[tuple[str, str], Sequence[Month]] = field(default_factory=dict)
    """Kind of report and its period's name → months that the publication of it goes by and that were corrected since."""


@dataclass(frozen=True, slots=True)
class Issue:
    """The publication that is wanted, and what is looked up for it alone."""

    period: Any
    """What it speaks of."""
    at: datetime
    """Now."""
    number: IssueNumber
    """Its number; that of the first publication, where it is revised."""
    revision: int
    """How often its period has been published with it, from 1."""
    reason: str
    """Why it takes the place of an earlier one (更正); empty for a first publication."""
    letters: Mapping[Serial, Letter]
    """The plan year's."""
    events: tuple[Event, ...]
    """What happened to them, in order."""
    secret: bytes
    """Of the office, for digests that nobody else can make."""


F = TypeVar("F", bound=FrozenContent)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenReport(Report[F]):
    """A kind of report with a command of its own: kept when it is published, made again from that, revised."""

    is_sealed: bool = True
    """They are."""
    about: str
    """Help of the command; its first line says what it does."""
    period: type[Period]
    """What it speaks of: the option and the folder's name."""
    by_default: str
    """Which period it is where the clerk names none, in Chinese."""
    reads: tuple[AnyReader, ...]
    """Kinds of table that it needs besides the plan; what is wrong in others is nobody's concern."""
    goes_by_counties: bool = False
    """Whether it goes by what counties sent; the plan may then be missing."""
    templates: tuple[Template, ...]
    """What it is set in; kept with what it says."""
    lacks: Callable[[Facts, Any], tuple[Problem, ...]]
    """What is missing to make it, of the period that was asked for or, None, of any."""
    latest: Callable[[Facts], Any]
    """The period where the clerk names none."""
    compose: Callable[[Facts, Issue], F]
    """What it says."""
    from_plain: Callable[[Mapping[str, Any]], F]
    """What it said, from what was kept of it."""
    counted_in: str
    """What one of the year is called: 第1期, 第1次."""
    number: Callable[[F], IssueNumber]
    """What it is called by."""
    closing: Callable[[F], str]
    """What is told the clerk besides that it is out."""
    rules_file: str = ""
    """A file of the workspace beside ``pipeline.toml`` that says by which rules it goes; it may be missing."""
    lists_evidence: bool = False
    """Whether it says which files lie in the folder of evidence (佐证)."""
    waits_for: Callable[[F], str] = lambda _: ""
    """What it lacks to be issued, in Chinese (没有审定人): then it is a draft (送审稿) and is not kept; empty: nothing."""
    notices: Callable[[F], Sequence[str]] = lambda _: ()
    """What the clerk should know of it besides."""
    goes_by: Callable[[Any], Iterable[Month]] = lambda _: ()
    """Months of whose bulletins the paper of a period tells figures; where one is corrected, the paper is overtaken."""
    redone: Callable[[F, Journal], str] = lambda *_: ""
    """What was done again since it was published of the acts that it goes by, in Chinese; empty: nothing."""
    contradicted: Callable[[F, Mapping[str, Any]], str] = lambda *_: ""
    """What the file of rules says by now against what it goes by, in Chinese; empty: nothing."""
    wants: Callable[[Facts, Any], Sequence[str]] = lambda *_: ()
    """What nobody has given for a period that it could tell, each a sentence that says what to do; by the tables it reads,
    those of registrations left out."""
    checks: Callable[[Facts], tuple[Problem, ...]] = lambda _: ()
    """What is wrong in its tables, seen together with its file of rules."""
    enters: Callable[[Facts, Journal], Sequence[Act]] | None = None
    """What tables dragged in ask to be entered in the journal before it says how things stand; each act only once."""
    tells: Callable[[Sequence[Entry]], str] = lambda acts: (
        f"台账记入{len({(each.series, each.number) for each in acts})}项。"
    )
    """What is told the clerk of acts that were entered, if there were any."""
    is_last_word: bool = False
    """Whether tables ask for nothing more once it is published: what is wrong in them then is told, and fails nothing."""


def no_bulletin(months: Sequence[Month], title: str) -> Problem:
    """That bulletins have not been published which come before a report.

    :param months: which, in their order; empty where there is none at all.
    :param title: of the report.
    """
    return unpublished(months, "简报", f"，{title}的数字以简报为准。请先出简报。")


def unpublished(months: Sequence[Month], missing: str, why: str) -> Problem:
    """That papers of months have not been published which come before another.

    :param months: which, in their order; empty where there is none at all.
    :param missing: the papers' title.
    :param why: what goes on from 「还没有印发」: why they are needed, and what to do.
    """
    papers = f"{'、'.join(each.words for each in months)}的{missing}" if months else missing
    first = months[0].name if months else ""
    advice = f"{papers}还没有印发{why}"
    return Problem(Source(papers), None, "没有印发", "missing-bulletin", advice, period=first)


NO_REGISTRATIONS = Problem(
    Source("inputs"), None, "", "missing-table",
    "没有登记数据。请把登记机关导出的登记表放进 inputs；样子见 examples/2022/inputs/登记数据。",
)  # fmt: skip
"""That a report has nothing to speak of."""


def other_months(
    printed: Iterable[MonthFigures], calendar: Calendar, printed_title: str, title: str
) -> tuple[Problem, ...]:
    """That months were published while the plan's months were others, if any were.

    :param printed: figures of the plan year that a report would be put beside.
    :param calendar: the plan's.
    :param printed_title: what they were published in.
    :param title: of the report.
    """
    others = [each for each in printed if each.yardstick.calendar != calendar]
    if not others:
        return ()
    then, months = others[0].yardstick.month_end, listed([each.period.words for each in others])
    advice = (
        f"{months}的{printed_title}是按month_end = {then}（{_month_words(then)}）统计的，pipeline.toml 的 [plan] month_end 现在是"
        f"{calendar.month_end}（{_month_words(calendar.month_end)}）。两种口径的数字不能放在一起，没有出{title}。"
        f"请改回 {then}；要换口径，从下一年度起。"
    )
    return (Problem(Source("pipeline.toml"), "month_end", str(calendar.month_end), "other-months", advice),)


def _month_words(month_end: int) -> str:
    return f"每月到{month_end}日为止" if month_end else "自然月"
