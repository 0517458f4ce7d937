"""The job ``register distribute`` without numbers: what units signed for, typed into the receipt sheet, entered."""

from collections.abc import Callable
from datetime import datetime

from pipeline.adapters.register import hold_register
from pipeline.domain.letters.numbering import ranges
from pipeline.domain.model import Problem
from pipeline.domain.outcome import Outcome
from pipeline.domain.records.receipts import RECEIPTS
from pipeline.domain.records.signed import matched
from pipeline.errors import ExitCode, Remedy, UsageFault
from pipeline.intake import age_day, read_inputs
from pipeline.workspace import WAIT_S, WAITING, Workspace


def enter_receipts(workspace: Workspace, now: datetime, say: Callable[[str], None]) -> Outcome:
    """Enter as handed out what the receipt sheets in ``inputs/`` say was signed for: all of it, or nothing.

    What was entered before with the same receiver and day is passed over, as is what nobody has signed for yet.

    :raises UsageFault: there is no receipt sheet.
    """
    year = workspace.settings.plan.year
    intake = read_inputs(workspace, age_day(year, now.date()), (RECEIPTS,))
    if not intake.problems and not intake.has(RECEIPTS):
        raise UsageFault("没有写明是哪些介绍信，inputs 里也没有领取签收表。", Remedy.NAME_LETTERS)
    if intake.problems:
        return _refused(intake.problems)
    receipts = intake.said(RECEIPTS)
    with hold_register(workspace.register, WAIT_S, lambda: say(WAITING)) as register:
        letters = {letter.serial: letter for letter in register.letters(year)}
        found = matched(receipts.rows, letters, register.events(year), now.date())
        if found.problems:
            return _refused(found.problems)
        if found.notes:
            register.move("distributed", found.notes, now)
    closing = f"按领取签收表登记发放{len(found.notes)}份，以前登记过的{found.entered}份，还没有签收的{receipts.unsigned}行。"
    told = [f"{each.source}：{each.advice}" for each in intake.reading(RECEIPTS).notices]
    told += [f"{found.used}份已经办照，没有再登记发放。"] if found.used else []
    entered = ranges([letters[serial] for serial in sorted(found.notes)])
    return Outcome(ExitCode.DONE, closing, notices=tuple(told), ranges=entered)


def _refused(problems: tuple[Problem, ...]) -> Outcome:
    closing = f"表格里有{len(problems)}处问题，一份也没有登记。请照列出来的改好，再办一次。"
    return Outcome(ExitCode.DATA, closing, problems)
