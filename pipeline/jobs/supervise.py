"""The job ``supervise``: the year's bulletins → papers proposed; a person issues them, one by one or all, or takes one back.

read → fold the ladder → draw up → print and read back → enter → publish. A paper's number, its text and its item are
entered in one transaction when it lies finished, and before its files appear: whatever stops the run before that has
numbered nothing, and after it the next run makes the files from what was entered.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from pipeline.adapters.archive import Archive
from pipeline.adapters.folders import alone
from pipeline.adapters.register import Register, exists, hold_register, open_register
from pipeline.adapters.word import WordTemplate, said_in
from pipeline.domain.journal import Act, Journal
from pipeline.domain.model import Problem, Source
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Month
from pipeline.domain.place import is_government
from pipeline.domain.supervision.cases import CONFIRMED, PROPOSED
from pipeline.domain.supervision.ladder import LEVELS
from pipeline.domain.supervision.papers import CONFIRM
from pipeline.errors import Edition, ExitCode, RegisterFault, Remedy
from pipeline.jobs.published import bulletins
from pipeline.progress import ProgressBar
from pipeline.publishing.making import checked
from pipeline.publishing.publish import publish
from pipeline.publishing.renderer import Renderer
from pipeline.publishing.report import no_bulletin, other_months
from pipeline.publishing.secret import refuse_second_secret
from pipeline.reports.bulletin import BULLETIN
from pipeline.reports.supervision import SUPERVISION
from pipeline.reports.supervision.acts import confirmations, withdrawals
from pipeline.reports.supervision.choice import to_confirm, to_withdraw
from pipeline.reports.supervision.compose import compose, drafted
from pipeline.reports.supervision.papers import DIRECTIVE, TEMPLATES, Occasion
from pipeline.reports.supervision.situation import Situation
from pipeline.workspace import WAIT_S, WAITING, Workspace


@dataclass(frozen=True, slots=True)
class Request:
    """What the clerk asked for."""

    month: Month | None = None
    """In the plan year; None for the last one that has a bulletin."""
    confirm: tuple[str, ...] = ()
    """Units whose papers are issued, by name; ``all`` for all."""
    withdraw: tuple[str, ...] = ()
    """Units whose papers are taken back."""
    reason: str = ""
    """Why they are."""


def run(workspace: Workspace, request: Request, now: datetime, bar: ProgressBar) -> Outcome:
    """Propose a month's papers, and issue or withdraw those that were named.

    :raises Stop: its exit code and message are the command's; nothing is numbered.
    """
    settings = workspace.settings
    now = now.replace(microsecond=0)
    with alone(workspace.publications), _register(workspace, request, bar) as register:
        published = bulletins(Archive(workspace.publications), settings.plan.year)
        month = request.month.month if request.month else max(published, default=0)
        if month not in published:
            problem = no_bulletin([request.month] if request.month else [], SUPERVISION.title)
            closing = f"{SUPERVISION.title}没有出：缺{problem.source.file}。"
            edition = Edition(BULLETIN.name, problem.period)
            return Outcome(ExitCode.DATA, closing, (problem,), remedy=Remedy.MAKE_BULLETIN, edition=edition)
        bulletin = published[month]
        months = tuple(each.published.figures for each in published.values())
        if others := other_months(months, workspace.calendar, BULLETIN.title, SUPERVISION.title):
            return _refused(others)
        occasion = Occasion(settings, bulletin.published.figures, bulletin.number.number, now.date())
        journal = register.entered(settings.plan.year) if register else Journal(settings.plan.year, ())
        before = Situation(occasion, months, journal)
        with Renderer(workspace) as renderer:
            levels = {case.level for case in before.cases if case.state == PROPOSED}
            templates = {level: checked(workspace, TEMPLATES[level]) for level in LEVELS if level in levels}
            problems = _commands(renderer, before, templates)
            if problems:
                return _refused(problems)
            digests = {level: hashlib.sha256(each.data).hexdigest() for level, each in templates.items()}
            new = {digest: templates[level].data for level, digest in digests.items()}
            acts, told = _acts(before, request, digests)
            after = Situation(occasion, months, before.journal.after(acts, now))
            bar.say("正在排督查文书……")
            kept = _kept(register, after, new)
            used = [new[digests[act.series]] for act in acts if act.act == CONFIRM]
            keep = _keeping(register, workspace, before, acts, used, now)
            folder = publish(renderer, SUPERVISION, compose(after, bulletin.at), kept, keep)
        return _done(after, acts, told, folder)


@contextmanager
def _register(workspace: Workspace, request: Request, bar: ProgressBar) -> Iterator[Register | None]:
    """The register, held where something is to be numbered; None where there is none and nothing is."""
    if request.confirm or request.withdraw:
        with hold_register(workspace.register, WAIT_S, lambda: bar.say(WAITING)) as register:
            refuse_second_secret(register, workspace)
            yield register
    elif exists(workspace.register):
        with open_register(workspace.register) as register:
            yield register
    else:
        yield None


def _refused(problems: Sequence[Problem]) -> Outcome:
    closing = f"有{len(problems)}处问题，{SUPERVISION.title}没有出。请照列出来的改好，再办一次。"
    return Outcome(ExitCode.DATA, closing, tuple(problems))


def _commands(
    renderer: Renderer, now: Situation, templates: Mapping[str, WordTemplate]
) -> list[Problem]:  # fmt: skip
    """Templates that would give orders to another's government without saying who agreed (code ``no-authority``)."""
    found = {}
    for case in now.cases:
        if case.state != PROPOSED or not is_government(case.standing.unit.group) or case.level in found:
            continue
        template = templates[case.level]
        path = renderer.folder / f"试填-{template.name}"
        template.write(drafted(now, case), path)
        text = "".join("".join(said_in(path).paragraphs).split())
        consent = now.occasion.consent()
        said = [word for word in DIRECTIVE if word in text]
        if said and not (consent and consent in text):
            advice = (
                f"发给{case.standing.unit.group}的文书里有“{'、'.join(said)}”，没有写明经谁同意。请改用别的说法；确经同意的，"
                "在 pipeline.toml 的 [supervise] authority 写明，并在模板里用 {{ 同意 }} 印出来。"
            )
            source = Source(f"templates/{template.name}")
            found[case.level] = Problem(source, None, "、".join(said), "no-authority", advice)
    return list(found.values())


def _acts(
    now: Situation, request: Request, templates: Mapping[str, str]
) -> tuple[tuple[Act, ...], tuple[str, ...]]:  # fmt: skip
    """What is to be entered, and what the clerk is told of it."""
    if request.withdraw:
        papers, told = to_withdraw(now, request.withdraw)
        acts, stay = withdrawals(now, papers, request.reason)
        return acts, (*told, *stay)
    chosen, told = to_confirm(now, request.confirm)
    return confirmations(now, chosen, templates), told


def _kept(register: Register | None, after: Situation, new: Mapping[str, bytes]) -> dict[str, bytes]:
    """The templates of all papers of the month, by their digests."""
    wanted = {str(case.paper.told["template"]) for case in after.cases if case.paper}
    return {
        digest: new[digest] if digest in new else register.template(digest)
        for digest in wanted
        if register is not None
    }


def _keeping(
    register: Register | None, workspace: Workspace, before: Situation, acts: Sequence[Act], templates: Sequence[bytes],
    now: datetime,
) -> Callable[[], None]:  # fmt: skip
    """What enters the acts, if there are any, and if nothing else has been entered meanwhile."""

    def plan(journal: Journal) -> Sequence[Act]:
        series = {act.series for act in acts}
        if any(journal.of(each) != before.journal.of(each) for each in series):
            raise RegisterFault("没有登记：排版的时候别处也在登记，编号或者事项变了。请再办一次。")
        return acts

    def keep() -> None:
        if register is not None and acts:
            if register.head() is not None:
                register.back_up(workspace.backups, now)
            register.enter(before.journal.year, plan, now, templates=templates)

    return keep


def _done(after: Situation, acts: Sequence[Act], told: Sequence[str], folder: str) -> Outcome:
    occasion = after.occasion
    states = {state: [case for case in after.cases if case.state == state] for state in (CONFIRMED, PROPOSED)}
    waiting = sum(bool(occasion.lacks(case.level)) for case in states[PROPOSED])
    changed = sum(act.series in LEVELS for act in acts)
    did = f"这次登记{changed}件。" if changed else ""
    closing = (
        f"{occasion.figures.year}年{occasion.figures.month}月督查文书已出：已签发{len(states[CONFIRMED])}件，"
        f"拟发{len(states[PROPOSED])}件"
        + (f"（其中{waiting}件是送审稿：{occasion.lacks(LEVELS[-1])}，不能签发）" if waiting else "")
        + f"。{did}建议表扬{len(after.praise)}个单位"
        + (f"，建议通报批评{len(after.criticism)}个单位" if after.criticism else "")
        + "。"
    )
    notices = [
        *told,
        *after.remarks,
        *(f"应撤回给{paper.unit_name}的{paper.serial}：{why}。" for paper, why in after.withdrawals),
    ]  # fmt: skip
    remedy = (
        Remedy.WITHDRAW_PAPERS if after.withdrawals
        else Remedy.CONFIRM_PAPERS if len(states[PROPOSED]) > waiting
        else None
    )  # fmt: skip
    of = after.withdrawals[0][0].ground.month if after.withdrawals else occasion.figures.month
    waits = (
        (len(states[PROPOSED]) - waiting, "件督查文书拟好了，等人看过签发。"),
        (waiting, f"件督查文书是送审稿，{occasion.lacks(LEVELS[-1])}，等审批。"),
        (len(after.withdrawals), "件督查文书应当撤回，等人决定。"),
    )
    return Outcome(
        ExitCode.DONE, closing, notices=tuple(notices), folders=(folder,), remedy=remedy,
        period=occasion.figures.period, edition=Edition(SUPERVISION.name, Month(occasion.figures.year, of).name),
        waits=tuple(f"{number}{what}" for number, what in waits if number),
    )  # fmt: skip
