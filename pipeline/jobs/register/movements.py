"""The job ``register distribute``, ``return``, ``void``, ``lost``: what clerks say has become of letters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pipeline.adapters.register import hold_register
from pipeline.domain.letters.lifecycle import Note
from pipeline.domain.letters.numbering import ranges
from pipeline.domain.outcome import Outcome
from pipeline.errors import ExitCode, Remedy
from pipeline.jobs.register.selection import Choice, chosen
from pipeline.workspace import WAIT_S, WAITING, Workspace

_CLOSING = {
    "distributed": "已登记发放{count}份，领用人：{who}。",
    "returned": "已登记退回{count}份，可以再发放。",
    "void": "已登记作废{count}份。两半都要保存，盖“作废”章；号不再使用。",
    "lost": "已登记遗失{count}份。请通知登记机关不再受理。",
}
_REMEDY = {"void": Remedy.NUMBER_AGAIN, "lost": Remedy.NUMBER_AGAIN}


@dataclass(frozen=True, slots=True)
class Request:
    """What the clerk enters."""

    to: str
    """The state that the letters come into."""
    choice: Choice
    """Which letters."""
    note: Note
    """What is written down."""
    force: bool = False
    """Let even a used letter become void."""


def run(workspace: Workspace, order: Request, now: datetime, say: Callable[[str], None]) -> Outcome:
    """Enter a move of letters: all of them or none.

    :raises RegisterFault: a letter does not exist or cannot make the move.
    """
    with hold_register(workspace.register, WAIT_S, lambda: say(WAITING)) as register:
        letters = chosen(register, order.choice, workspace.serials)
        register.move(order.to, {letter.serial: order.note for letter in letters}, now, force=order.force)
    closing = _CLOSING[order.to].format(count=len(letters), who=order.note.who)
    return Outcome(ExitCode.DONE, closing, ranges=ranges(letters), remedy=_REMEDY.get(order.to))
