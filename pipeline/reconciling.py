"""The job ``register reconcile``: which letters became a business, by the registrations, and what is doubtful in it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from pipeline.adapters.register import open_register
from pipeline.domain.attribution import BY_LETTER, Attribution, attribute
from pipeline.domain.doubts import doubts
from pipeline.domain.life import OUT, Note
from pipeline.domain.model import Letter, Report, Serial
from pipeline.domain.numbering import ranges
from pipeline.errors import ExitCode
from pipeline.intake import age_day, read_inputs
from pipeline.settings import WAIT_S, WAITING, Workspace


def reconcile(workspace: Workspace, now: datetime, say: Callable[[str], None]) -> Report:
    """Enter as used each letter that counts for a business, with the business's code and day; the rest is told.

    The same rules as the bulletin's say which business a letter counts for. What is entered stays.
    """
    year, settings = workspace.settings.plan.year, workspace.settings
    intake = read_inputs(workspace, age_day(year, now.date()))
    if intake.table_problems:
        closing = f"表格里有{len(intake.table_problems)}处问题，没有核对。请按上面的提示改好后再运行。"
        return Report(ExitCode.DATA, closing, intake.table_problems)
    as_of = min(now.date(), date(year, 12, 31))
    with (
        open_register(workspace.register) as register,
        register.exclusive(WAIT_S, lambda: say(WAITING)),
    ):
        letters = {letter.serial: letter for letter in register.letters(year)}
        attributions = attribute(intake.registrations, letters, intake.units, as_of)
        used = _used(attributions, letters)
        if used:
            register.move("used", used, now)
    found = doubts(attributions, letters, as_of, settings.bulletin.letter_days or None)
    before = sum(letter.state == "used" for letter in letters.values())
    closing = (
        f"登记数据共{len(intake.registrations)}户：新登记为已办照的介绍信{len(used)}份，以前登记的{before}份，"
        f"疑点{len(found)}条。"
    )
    return Report(ExitCode.DONE, closing, found, ranges=ranges([letters[serial] for serial in sorted(used)]))


def _used(attributions: Iterable[Attribution], letters: Mapping[Serial, Letter]) -> dict[Serial, Note]:
    """Letters that count for a business and are not entered as used yet."""
    counted = [
        (each.business.letter, each.business.established, each.business.uscc or each.business.regno)
        for each in attributions
        if each.by == BY_LETTER
    ]
    return {
        serial: Note(day, "", code)
        for serial, day, code in counted
        if serial and day and letters[serial].state in OUT
    }
