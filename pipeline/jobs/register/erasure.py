"""The job ``register forget``: after the retention period people's data goes, numbers and chain stay.

The database is written anew without them, and the copies beside it give way to a new one. What lies elsewhere is named
and left: papers and tables are the office's to look through before they go.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline.adapters.register import Register, hold_register
from pipeline.domain.letters.lifecycle import STATES, forgettable
from pipeline.domain.letters.model import Letter
from pipeline.domain.letters.numbering import parse_batch_id, ranges
from pipeline.domain.outcome import Outcome
from pipeline.errors import ExitCode, Remedy, UsageFault, writing
from pipeline.publishing.manifest import is_published, keys_in
from pipeline.reports.kinds import REPORTS
from pipeline.workspace import WAIT_S, WAITING, Workspace


@dataclass(frozen=True, slots=True)
class Request:
    """What the clerk asks for."""

    before: date
    """Letters with which all was done before this day."""
    confirmed: date | None = None
    """The same day again; None only to be told what would go."""


def forget(workspace: Workspace, request: Request, now: datetime, say: Callable[[str], None]) -> Outcome:
    """Erase the applicants of letters of earlier plan years with which all was done before a day.

    Letters of the plan year are left: their applicants are needed to tell who has one already.

    :raises UsageFault: the day is in the future, or was not given the same both times.
    :raises RegisterFault: the register is not sound.
    """
    before = request.before
    if before > now.date():
        raise UsageFault(f"{before} 还没有到。")
    if request.confirmed not in {None, before}:
        raise UsageFault("两次写的不是同一天，什么也没有删。", Remedy.CONFIRM_DAY)
    with hold_register(workspace.register, WAIT_S, lambda: say(WAITING)) as register:
        backup = ""
        people = register.people(workspace.settings.plan.year)
        events = [
            event for year in sorted({each.serial.year for each in people}) for event in register.events(year)
        ]
        done, out = forgettable(people, events, before)
        if request.confirmed:
            if done:
                register.forget([each.serial for each in done], f"{before} 以前了结的", now)
            say("正在清除……")
            register.scrub()
            backup = _renewed(register, workspace, now)
        places = _places(workspace, register, done)
    kept = [f"{each.printed}号{STATES[each.state]}，还没有了结，没有删。" for each in out]
    closing = (
        f"已删除{len(done)}份介绍信上的个人信息，编号、状态、经过都在。{backup}"
        if request.confirmed
        else f"会删除{len(done)}份介绍信上的个人信息；现在什么也没有动。真的删了就找不回来。"
    )
    remedy = None if request.confirmed else Remedy.ERASE
    return Outcome(
        ExitCode.DONE, closing + _told(places), notices=tuple(kept), ranges=ranges(done), remedy=remedy
    )


def _renewed(register: Register, workspace: Workspace, now: datetime) -> str:
    """Copy the register, audited, and remove the copies made before it."""
    new = register.back_up(workspace.backups, now, thorough=True)
    old = [path for path in sorted(workspace.backups.glob("*.db")) if path != new]
    with writing():
        for path in old:
            path.unlink()
    gone = f"，以前的{len(old)}个已删除" if old else ""
    return f"已重新备份：{new}{gone}。"


def _told(places: Sequence[Path | str]) -> str:
    here = "".join(f"\n  {path}" for path in places)
    return (
        "\n下面这些程序不删，请看过以后自己删除："
        f"{here}\n  inputs 里以前的名单、登记数据；U 盘和别的电脑上的旧备份、打印件、表格。"
        "\n领用人姓名、作废和遗失的原因写在事件链里，不会删。"
    )


def _places(workspace: Workspace, register: Register, done: Sequence[Letter]) -> list[Path | str]:
    """What there is in this workspace that still holds the data, or may."""
    outputs = workspace.outputs
    places = (*(outputs / "letters").glob("*"), *workspace.reprints.glob("*"))
    folders = [path for path in places if is_published(path)]
    years = {batch.year for path in folders if (batch := parse_batch_id(path.name))}
    years |= {letter.serial.year for letter in done}
    keys = {letter.serial.key for letter in done}
    for year in years:
        for event in register.events(year):
            if event.what == "forgotten":
                keys |= {serial.key for serial in event.serials()}
    reports = [outputs / each.name for each in REPORTS if each.holds_people]
    tables = [
        outputs / "check",
        *(path for base in reports for year in sorted(years) for path in sorted(base.glob(f"{year}*"))),
        *outputs.glob("*.xlsx"),
    ]
    return [
        *(path for path in sorted(folders) if keys & keys_in(path)),
        *(path for path in tables if keys and path.exists()),
        *(sorted((workspace.root / "register").glob("register.v*.db")) if keys else ()),
        *(register.asides() if keys else ()),
    ]
