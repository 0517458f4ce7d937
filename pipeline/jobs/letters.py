"""The job ``letters``: inputs → numbered letters → one print file.

read → check → try out → reserve → print → confirm. A number is spent only when its page lies finished on disk:
whatever stops the run before that gives the numbers back, and a run that is killed is taken up by the next one for
the same letters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from pipeline.adapters.folders import sweep
from pipeline.adapters.register import Planner, Register, open_register
from pipeline.adapters.word import WordTemplate
from pipeline.domain.letters.model import Batch, Letter, Order
from pipeline.domain.letters.numbering import Demand, missing_letters, parse_batch_id, ranges, with_spares
from pipeline.domain.model import Applicant, Problem, Unit
from pipeline.domain.outcome import Outcome
from pipeline.domain.records.unit_names import find_unit
from pipeline.domain.wording import near
from pipeline.errors import ExitCode, FileFault, RegisterFault, UsageFault
from pipeline.intake import Intake, age_day, read_inputs
from pipeline.letters.batch_files import BatchFiles, Templates, open_templates, press
from pipeline.letters.issuing import deliver, imprint_of, make_safe
from pipeline.letters.preflight import issued_letters, misprints, told, without_rows
from pipeline.progress import ProgressBar
from pipeline.publishing.renderer import Renderer
from pipeline.workspace import WAIT_S, WAITING, Settings, Workspace


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

    @property
    def order(self) -> Order:
        """What is kept with the batch."""
        extra = f" --unit {self.unit} --count {self.count}" if self.unit else ""
        date_option = f" --date {self.day}" if self.day else ""
        skip = " --skip-bad-rows" if self.skip_bad_rows else ""
        engine = f" --engine {self.engine}" if self.engine else ""
        return Order(f"letters{extra}{date_option}{skip}{engine}", self.engine)


def run(shop: Renderer, order: Request, now: datetime, teller: ProgressBar) -> Outcome:
    """Number and print what is missing.

    :raises Stop: its exit code and message are the command's; no number is spent.
    """
    workspace = shop.workspace
    issued = issued_letters(workspace)
    day = order.day or age_day(workspace.settings.plan.year, now.date())
    intake = read_inputs(workspace, day, ("applicants", "registrations"), issued)
    skipped: Sequence[Problem] = intake.stopping
    if intake.plan_problems or (skipped and not order.skip_bad_rows):
        return _refused(skipped, intake)
    people = intake.applicants
    planner = _planner(intake.units, people, order, workspace.settings, now.date())
    templates = open_templates(workspace)
    with (
        open_register(workspace.register) as register,
        register.exclusive(WAIT_S, lambda: teller.say(WAITING)),
    ):
        unfinished = register.unfinished(workspace.settings.plan.year, workspace.office)
        wanted = register.preview(planner, workspace.serials)
        if order.dry_run:
            return _foreseen(wanted, unfinished, intake)
        if unfinished and order.unit and unfinished.order.request == order.order.request:
            wanted = ()
        sweep(workspace.outputs)
        if not unfinished and not wanted:
            return _nothing_missing(register, workspace, intake, skipped)
        count = len(wanted) + (len(unfinished.letters) if unfinished else 0)
        with press(shop, templates, teller, order.engine, count) as machine:
            while problems := misprints(machine, wanted, intake):
                people, left = without_rows(people, problems)
                if left or not order.skip_bad_rows:
                    return _refused(left if order.skip_bad_rows else problems, intake)
                skipped = (*skipped, *problems)
                planner = _planner(intake.units, people, order, workspace.settings, now.date())
                wanted = register.preview(planner, workspace.serials)
            if not unfinished and not wanted:
                return _nothing_missing(register, workspace, intake, skipped)
            batches = [deliver(register, machine, unfinished, now)] if unfinished else []
            if wanted:
                batch = _reserve(register, planner, order, workspace, machine, now)
                batches.append(deliver(register, machine, batch, now))
            folders = tuple(str(machine.folder_of(batch)) for batch in batches)
        over = [] if order.unit else _lowered(register, workspace.settings, intake)
    return _printed(batches, folders, skipped, (*_notices(intake), *over))


def rebuild(shop: Renderer, name: str, now: datetime, teller: ProgressBar) -> Outcome:
    """Make a published batch's files again from the register, numbering nothing.

    :raises UsageFault: not the name of a batch.
    :raises RegisterFault: no such batch, it was never published, or people on its letters have been forgotten.
    :raises FileFault: its folder is still there.
    """
    workspace = shop.workspace
    identity = parse_batch_id(name)
    if identity is None:
        raise UsageFault(f"批次号写成了“{name}”，应像 2022-001。")
    with (
        open_register(workspace.register) as register,
        register.exclusive(WAIT_S, lambda: teller.say(WAITING)),
    ):
        batch = register.batch(identity)
        gone = sum(letter.is_forgotten for letter in batch.letters)
        if gone:
            raise RegisterFault(f"批次 {name} 有{gone}份的个人信息已经按期删除，不能照原样重做。")
        with_what = register.published_with(identity)
        if with_what is None:
            raise RegisterFault(f"批次 {name} 还没有印好，请直接运行 make letters 补完。")
        letter, receipt, digest = with_what
        templates = Templates(WordTemplate("letter.docx", letter), WordTemplate("receipt.docx", receipt))
        with press(shop, templates, teller, batch.order.engine, len(batch.letters)) as machine:
            if machine.is_out(batch):
                raise FileFault(f"{machine.folder_of(batch)} 还在，不必重做。要重做，请先把它移到别处。")
            # Entered first: what then lies there is known, whatever stops the run.
            again = machine.print(batch, partial(register.record_rebuild, identity, now))
    changed = (
        "与当初印发的逐字节相同。"
        if again == digest
        else "内容相同，但与当初印发的文件不是逐字节相同（程序、字体或 LibreOffice 换过）。"
    )
    closing = f"批次 {name} 的文件已按台账重做，没有编号。{changed}"
    return Outcome(
        ExitCode.DONE, closing, (), (), ranges(batch.letters), (name,), (str(machine.folder_of(batch)),)
    )


def _planner(
    units: Sequence[Unit],
    people: Mapping[str, Sequence[Applicant]],
    order: Request,
    settings: Settings,
    today: date,
) -> Planner:
    extra = None
    if order.unit is not None:
        unit = find_unit(order.unit, units)
        if unit is None:
            raise UsageFault(f"单位名录里没有“{order.unit}”{near(order.unit, [unit.name for unit in units])}")
        extra = (unit.code, order.count)
    blank_day = order.day or (today if settings.letters.date_on_blank else None)
    demand = Demand(units, people, settings.letters.spare_percent, extra, order.day or today, blank_day)
    return lambda issued: missing_letters(demand, issued)


def _reserve(
    register: Register,
    planner: Planner,
    order: Request,
    workspace: Workspace,
    machine: BatchFiles,
    now: datetime,
) -> Batch:
    settings = workspace.settings
    make_safe(register, workspace, machine.templates, now)
    batch = register.reserve(planner, workspace.serials, imprint_of(settings), order.order, now)
    assert batch is not None, "the register is held exclusively, so what was missing is still missing"
    return batch


def _refused(problems: Sequence[Problem], intake: Intake) -> Outcome:
    closing = f"表格里有{len(problems)}处问题，一份也没有编号。请按上面的提示改好后再运行。"
    return Outcome(ExitCode.DATA, closing, tuple(problems), _notices(intake))


def _notices(intake: Intake) -> tuple[str, ...]:
    """What the clerk should know; of registration exports, which have no say in the letters, only how much there is."""
    own = [notice for notice in intake.notices if not intake.is_of(notice, "registrations")]
    unusable, others = len(intake.problems) - len(intake.stopping), len(intake.notices) - len(own)
    if not unusable:
        return told(own)
    return (
        *told(own),
        f"登记数据里有{unusable}处问题、{others}处提示，不影响编号；在哪里、怎么改，运行 make check 看。",
    )


def _foreseen(wanted: Sequence[Letter], unfinished: Batch | None, intake: Intake) -> Outcome:
    notices = list(_notices(intake))
    if unfinished:
        notices.append(
            f"批次 {unfinished.id} 上次没有印完（{len(unfinished.letters)}份），正式运行时会先补完。"
        )
    closing = f"试算：将编号并打印{len(wanted)}份，没有用掉任何编号。" if wanted else "试算：没有要新编号的。"
    return Outcome(ExitCode.DONE, closing, intake.stopping, tuple(notices), ranges(wanted))


def _nothing_missing(
    register: Register, workspace: Workspace, intake: Intake, skipped: Sequence[Problem]
) -> Outcome:
    held = {holding.unit_code: holding.live for holding in register.holdings(workspace.settings.plan.year)}
    closing = f"没有要新编号的：{len(held)}个单位共{sum(held.values())}份，已够任务数。{_left_out(skipped)}"
    over = _lowered(register, workspace.settings, intake)
    return Outcome(ExitCode.DONE, closing, tuple(skipped), (*_notices(intake), *over))


def _left_out(skipped: Sequence[Problem]) -> str:
    return f"有{len(skipped)}处问题，列在上面，这些行没有出；改好后再运行一次就会补上。" if skipped else ""


def _lowered(register: Register, settings: Settings, intake: Intake) -> list[str]:
    """What to tell of units that have more letters than their target asks for."""
    held = {holding.unit_code: holding.live for holding in register.holdings(settings.plan.year)}
    return [
        f"{unit.name}已有{held[unit.code]}份有效介绍信，任务数现在是{unit.target}；已编的号不会收回。"
        for unit in intake.units
        if held.get(unit.code, 0) > with_spares(unit.target, settings.letters.spare_percent)
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
