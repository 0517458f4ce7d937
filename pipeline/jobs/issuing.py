"""What is looked up for a publication that is to be made: its number, the letters, the secret."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pipeline.adapters.register import exists, open_register
from pipeline.adapters.secret import secret_of
from pipeline.domain.letters.lifecycle import Event
from pipeline.domain.letters.model import Letter
from pipeline.domain.period import Period
from pipeline.errors import RegisterFault
from pipeline.jobs.published import Shelf
from pipeline.publishing.report import Issue, IssueNumber
from pipeline.publishing.secret import refuse_second_secret
from pipeline.workspace import Workspace


def issue_of(shelf: Shelf[Any], period: Period, wanted: int | None, reason: str, now: datetime) -> Issue:
    """The publication that is wanted of a kind.

    :param wanted: its 期号; None for the next of the year, or its own where the period is published already.
    :param reason: why it is published again; empty for a first publication.
    :raises RegisterFault: the register is not sound, or another period has the number that is wanted.
    :raises FileFault: another office has the secret with which this one must make its digests.
    """
    letters, events = _letters(shelf.workspace)
    secret = secret_of(shelf.workspace.secret)
    number = _number(shelf, period, wanted)
    known = {letter.serial: letter for letter in letters}
    before = shelf.known(period)
    revision = before.revision + 1 if before else 1
    return Issue(period, now, number, revision, reason, known, tuple(events), secret)


def _letters(workspace: Workspace) -> tuple[Sequence[Letter], Sequence[Event]]:
    if not exists(workspace.register):
        return (), ()
    with open_register(workspace.register) as register:
        refuse_second_secret(register, workspace)
        year = workspace.settings.plan.year
        return register.letters(year), register.events(year)


def _number(shelf: Shelf[Any], period: Period, wanted: int | None) -> IssueNumber:
    """期号 and 总期号: in the order of first publication; what is revised keeps its own."""
    report = shelf.report
    numbers = {each: report.number(content) for each, content in shelf.earlier().items()}
    if period in numbers:
        return numbers[period]
    of_year = {other: each.number for other, each in numbers.items()}
    other = next((own for own, number in of_year.items() if number == wanted), None)
    if other is not None:
        raise RegisterFault(
            f"第{wanted}{report.counted_in}已经是{other.words}的{report.title}，请换一个{report.counted_in}号。"
        )
    of_all = len(shelf.archive.of_kind(report.name))
    return IssueNumber(wanted or max(of_year.values(), default=0) + 1, of_all + 1)
