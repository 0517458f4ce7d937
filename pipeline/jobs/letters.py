"""The job ``letters``: inputs → numbered letters → one print file.

read → check → try out → reserve → print → confirm. A number is spent only when its page lies finished on disk:
whatever stops the run before that gives the numbers back, and a run that is killed is taken up by the next one for
the same letters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from hashlib import sha256

from pipeline.adapters.folders import sweep
from pipeline.adapters.register import Register, hold_register
from pipeline.domain.letters.model import Batch, Letter, Order
from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.letters.numbering import Demand, missing_letters, ranges, with_spares
from pipeline.domain.model import Problem
from pipeline.domain.outcome import Outcome
from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.wording import near
from pipeline.errors import ExitCode, RegisterFault, Remedy, UsageFault
from pipeline.intake import Intake, age_day, read_inputs
from pipeline.letters.batch_files import batch_files, open_templates
from pipeline.letters.issuing import deliver, reserve
from pipeline.letters.preflight import Trial, told, try_out, without_rows
from pipeline.progress import ProgressBar
from pipeline.publishing.renderer import Renderer
from pipeline.settings import Letters
from pipeline.workspace import WAIT_S, WAITING, Workspace


@dataclass(frozen=True, slots=True)
class Request:
    """What the clerk asked for."""

    unit: str | None = None
    """Only this unit: ``count`` more blank letters whatever its target."""
    count: int = 0
    """How many."""
    day: date | None = None
    """Date to print on every letter."""
    dry_run: bool = False
    """Show what would be numbered and spend nothing."""
    engine: str | None = None
    """``form`` or ``office`` to have that one only; None for the form where it serves."""
    skip_bad_rows: bool = False
    """Leave out rows with a problem instead of stopping."""
    foreseen: str | None = None
    """What a dry run has shown, by its :attr:`~pipeline.domain.outcome.Outcome.foreseen`: number that or nothing."""

    @property
    def order(self) -> Order:
        """What is kept with the batch."""
        extra = f" --unit {self.unit} --count {self.count}" if self.unit else ""
        date_option = f" --date {self.day}" if self.day else ""
        skip = " --skip-bad-rows" if self.skip_bad_rows else ""
        engine = f" --engine {self.engine}" if self.engine else ""
        return Order(f"letters{extra}{date_option}{skip}{engine}", self.engine)


def run(renderer: Renderer, request: Request, now: datetime, bar: ProgressBar) -> Outcome:
    """Number and print what is missing.

    :raises RegisterFault: other letters would come out now than those that were foreseen.
    :raises Stop: its exit code and message are the command's; no number is spent.
    """
    workspace = renderer.workspace
    with hold_register(workspace.register, WAIT_S, lambda: bar.say(WAITING)) as register:
        intake = _read(register, workspace, request, now.date())
        if intake.plan_problems or (intake.problems and not request.skip_bad_rows):
            return _refused(intake.problems, intake, can_skip=not intake.plan_problems)
        demand = _demand(intake, request, workspace.settings.letters, now.date())
        templates = open_templates(workspace)
        unfinished = register.unfinished(workspace.settings.plan.year, workspace.office)
        foresee = partial(_foresee, register, workspace.serials)
        wanted = foresee(demand)
        if unfinished and request.unit and unfinished.order.request == request.order.request:
            wanted = ()
        if request.dry_run:
            return _foreseen(wanted, unfinished, intake)
        if request.foreseen and request.foreseen != _name_of(wanted, unfinished):
            raise RegisterFault(_OTHERS)
        sweep(workspace.outputs)
        count = len(wanted) + (len(unfinished.letters) if unfinished else 0)
        if not count:
            return _nothing_missing(register, workspace, intake, intake.problems)
        with batch_files(renderer, templates, bar, request.engine, count, register.names) as files:
            trial = try_out(files, intake, Trial(demand, wanted), foresee, skip=request.skip_bad_rows)
            if trial.stopping:
                _, elsewhere = without_rows(trial.demand.applicants, trial.stopping)
                return _refused(trial.stopping, intake, can_skip=not elsewhere)
            skipped = (*intake.problems, *trial.skipped)
            if not unfinished and not trial.wanted:
                return _nothing_missing(register, workspace, intake, skipped)
            batches = [deliver(register, files, unfinished, now)] if unfinished else []
            if trial.wanted:
                planner = partial(missing_letters, trial.demand)
                new = reserve(register, workspace, templates, planner, request.order, now)
                batches.append(deliver(register, files, new, now))
            folders = tuple(str(files.folder_of(batch)) for batch in batches)
        over = (
            [] if request.unit else _lowered(register.live(workspace.settings.plan.year), workspace, intake)
        )
    return _printed(batches, folders, skipped, (*told(intake.notices), *over))


def _read(register: Register, workspace: Workspace, request: Request, today: date) -> Intake:
    year = workspace.settings.plan.year
    day = request.day or age_day(year, today)
    return read_inputs(workspace, day, (APPLICANTS,), register.filled(year))


def _demand(intake: Intake, request: Request, settings: Letters, today: date) -> Demand:
    """What is asked for.

    :raises UsageFault: the roster does not have the unit.
    """
    extra = None
    if request.unit is not None:
        unit = find_unit(request.unit, intake.units)
        if unit is None:
            names = [unit.name for unit in intake.units]
            raise UsageFault(f"单位名录里没有“{request.unit}”{near(request.unit, names)}")
        extra = (unit.code, request.count)
    blank_day = request.day or (today if settings.date_on_blank else None)
    return Demand(
        intake.units, intake.said(APPLICANTS), settings.spare_percent, extra, request.day or today, blank_day
    )


def _foresee(register: Register, serials: SerialFormat, demand: Demand) -> Sequence[Letter]:
    """The letters that would be numbered now."""
    return register.preview(partial(missing_letters, demand), serials)


def _refused(problems: Sequence[Problem], intake: Intake, *, can_skip: bool) -> Outcome:
    """Nothing is numbered.

    :param can_skip: whether the other rows' letters could come out without those that have problems.
    """
    closing = f"表格里有{len(problems)}处问题，一份也没有编号。请照列出来的改好，再办一次。"
    if can_skip:
        closing += f"有问题的是{_where(problems)}；急着用的，这些可以先不出，其余的先出，改好以后再补。"
    remedy = Remedy.SKIP_ROWS if can_skip else None
    return Outcome(ExitCode.DATA, closing, tuple(problems), told(intake.notices), remedy=remedy)


def _where(problems: Sequence[Problem]) -> str:
    """In how many rows problems are, and in which files: 「东村镇名单.xlsx等2个文件里的3行」."""
    files = list(dict.fromkeys(each.source.file for each in problems))
    rows = {each.source for each in problems if each.source.row}
    unread = {each.source for each in problems if not each.source.row}
    named = files[0] if len(files) == 1 else f"{files[0]}等{len(files)}个文件"
    told = [f"{len(rows)}行"] * bool(rows) + [f"{len(unread)}张没有读的表"] * bool(unread)
    return f"{named}里的{'和'.join(told)}"


def _foreseen(wanted: Sequence[Letter], unfinished: Batch | None, intake: Intake) -> Outcome:
    notices = list(told(intake.notices))
    if unfinished:
        notices.append(
            f"批次 {unfinished.id} 上次没有印完（{len(unfinished.letters)}份），正式运行时会先补完。"
        )
    closing = f"试算：将编号并打印{len(wanted)}份，没有用掉任何编号。" if wanted else "试算：没有要新编号的。"
    shown = _name_of(wanted, unfinished)
    return Outcome(ExitCode.DONE, closing, intake.problems, tuple(notices), ranges(wanted), foreseen=shown)


def _name_of(wanted: Sequence[Letter], unfinished: Batch | None) -> str | None:
    """A name for the letters that are to come out; two that are the same letters have the same, None is for none."""
    numbers = [f"{run.first.serial.key} {run.last.serial.key}" for run in ranges(wanted)]
    numbers += [str(unfinished.id)] if unfinished else []
    return sha256("\n".join(numbers).encode()).hexdigest()[:16] if numbers else None


_OTHERS = "要编的号和试算列出的不一样了：试算以后表格改过，或者已经编过号。没有编号，请再试算，看过再编。"


def _nothing_missing(
    register: Register, workspace: Workspace, intake: Intake, skipped: Sequence[Problem]
) -> Outcome:
    held = register.live(workspace.settings.plan.year)
    closing = f"没有要新编号的：{len(held)}个单位共{sum(held.values())}份，已够任务数。{_left_out(skipped)}"
    over = _lowered(held, workspace, intake)
    return Outcome(ExitCode.DONE, closing, tuple(skipped), (*told(intake.notices), *over))


def _left_out(skipped: Sequence[Problem]) -> str:
    return f"{_where(skipped)}有问题，没有出，都列出来了；改好后再办一次就会补上。" if skipped else ""


def _lowered(held: Mapping[str, int], workspace: Workspace, intake: Intake) -> list[str]:
    """What to tell of units that have more letters than their target asks for."""
    spare = workspace.settings.letters.spare_percent
    return [
        f"{unit.name}已有{held[unit.code]}份有效介绍信，任务数现在是{unit.target}；已编的号不会收回。"
        for unit in intake.units
        if held.get(unit.code, 0) > with_spares(unit.target, spare)
    ]


def _printed(
    batches: Sequence[Batch], folders: tuple[str, ...], skipped: Sequence[Problem], notices: Sequence[str]
) -> Outcome:
    count = sum(len(batch.letters) for batch in batches)
    names = "、".join(str(batch.id) for batch in batches)
    closing = (
        f"已编号并排好{count}份介绍信（批次 {names}）。下一步：单面打印 介绍信.pdf 或 各单位 里的文件，装订成本，"
        f"凭 领取签收表 发放；填好以后再盖骑缝章和落款章、裁开。{_left_out(skipped)}"
    )
    found = tuple(run for batch in batches for run in ranges(batch.letters))
    return Outcome(
        ExitCode.DONE,
        closing,
        tuple(skipped),
        tuple(notices),
        found,
        tuple(str(batch.id) for batch in batches),
        folders,
    )
