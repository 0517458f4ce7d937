"""Commands ``register …`` that change the register: what clerks say has become of letters, reprints, reconcile."""

from datetime import datetime
from pathlib import Path

import click

from pipeline.cli import screen
from pipeline.cli.options import (
    AS_JSON,
    DAY,
    ON_CLUSTER,
    OPTIONS,
    PeriodType,
    in_plan_year,
    open_workspace,
    tell,
)
from pipeline.domain.letters.lifecycle import Note
from pipeline.domain.period import Month
from pipeline.to_json import print_object, reconciliation_object

_NUMBERS = click.argument("numbers", nargs=-1, required=True, metavar="编号…")
_DATE = click.option("--date", "day", type=DAY, metavar="年-月-日", help="哪一天的事；不写，算今天。")


@click.command("distribute", options_metavar=OPTIONS)
@click.argument("numbers", nargs=-1, metavar="[编号…]")
@click.option("--unit", metavar="单位", help="这个单位还没有发放的全部。")
@click.option("--batch", metavar="批次", help="这一批里还没有发放的，如 2022-001；可以和 --unit 同用。")
@click.option("--receiver", metavar="姓名", help="谁领走的。")
@_DATE
@AS_JSON
@click.pass_obj
def distribute_command(
    root: Path, numbers: tuple[str, ...], unit: str | None, batch: str | None, receiver: str | None, day: datetime | None,
    as_json: bool,
) -> int:  # fmt: skip
    """登记发放：哪些介绍信，谁在哪天领走。

    编号写法：2022-01-0001、01-0001 或印出来的编号；连号的写 01-0001至0050，几段用空格隔开。
    什么都不写，就按放进 inputs 的领取签收表登记：填了领用日期和领用人的行都登记。
    """
    if not (numbers or unit or batch or receiver or day):
        return _enter_receipts(root, as_json)
    if bool(numbers) == bool(unit or batch):
        raise click.UsageError("请写编号，或者用 --unit、--batch 指明哪些，只用一种。")
    if receiver is None:
        raise click.UsageError("请用 --receiver 写明谁领走的。")
    return _enter(root, "distributed", numbers, day, as_json, unit=unit, batch=batch, who=receiver)


@click.command("return", options_metavar=OPTIONS)
@_NUMBERS
@click.option("--reason", default="", metavar="原因", help="为什么退回。")
@_DATE
@AS_JSON
@click.pass_obj
def return_command(
    root: Path, numbers: tuple[str, ...], reason: str, day: datetime | None, as_json: bool
) -> int:
    """登记退回：发出去没有用的收回来了，以后可以再发放。"""
    return _enter(root, "returned", numbers, day, as_json, why=reason)


@click.command("void", options_metavar=OPTIONS)
@_NUMBERS
@click.option("--reason", required=True, metavar="原因", help="为什么作废，如“填错”。")
@_DATE
@click.option("--force", is_flag=True, help="已经办照的也作废。")
@AS_JSON
@click.pass_obj
def void_command(
    root: Path, numbers: tuple[str, ...], reason: str, day: datetime | None, force: bool, as_json: bool
) -> int:
    """登记作废：号不再使用，缺的份数下次编号时补上。不能撤销。"""
    return _enter(root, "void", numbers, day, as_json, why=reason, force=force)


@click.command("lost", options_metavar=OPTIONS)
@_NUMBERS
@click.option("--reason", required=True, metavar="原因", help="怎么遗失的。")
@_DATE
@AS_JSON
@click.pass_obj
def lost_command(
    root: Path, numbers: tuple[str, ...], reason: str, day: datetime | None, as_json: bool
) -> int:
    """登记遗失：号不再有效，缺的份数下次编号时补上。不能撤销。"""
    return _enter(root, "lost", numbers, day, as_json, why=reason)


def _enter(
    root: Path, to: str, numbers: tuple[str, ...], day: datetime | None, as_json: bool, *, unit: str | None = None,
    batch: str | None = None, who: str = "", why: str = "", force: bool = False,
) -> int:  # fmt: skip
    from pipeline.jobs.register import movements
    from pipeline.jobs.register.selection import Choice

    now = datetime.now().astimezone()
    _refuse_blank("--receiver", who)
    _refuse_blank("--reason", why)
    note = Note((day or now).date(), who.strip(), why.strip())
    request = movements.Request(to, Choice(numbers, unit, batch), note, force)
    with screen.Screen() as bar:
        report = movements.run(open_workspace(root), request, now, bar.say)
    return tell(report, as_json=as_json)


def _enter_receipts(root: Path, as_json: bool) -> int:
    from pipeline.jobs.register import receipts

    with screen.Screen() as bar:
        report = receipts.enter_receipts(open_workspace(root), datetime.now().astimezone(), bar.say)
    return tell(report, as_json=as_json)


def _refuse_blank(option: str, text: str) -> None:
    if text and not text.strip():
        raise click.UsageError(f"{option} 后面是空的。")


@click.command("reprint", options_metavar=OPTIONS)
@_NUMBERS
@click.option("--reason", required=True, metavar="原因", help="为什么补打，如“卡纸”。")
@AS_JSON
@click.pass_obj
def reprint_command(root: Path, numbers: tuple[str, ...], reason: str, as_json: bool) -> int:
    """补打：打坏的再打一次，号码、内容不变，上下两半注明第几次补打。

    打坏的那张要收回。已经作废、遗失、办照的不能补打；内容要改的、收不回的，用 replace 换新号。
    """
    from pipeline.jobs.register import reissue

    _refuse_blank("--reason", reason)
    with screen.Screen() as bar:
        request = reissue.Request(numbers, reason.strip())
        report = reissue.reprint(open_workspace(root), request, datetime.now().astimezone(), bar)
    return tell(report, as_json=as_json)


@click.command("replace", options_metavar=OPTIONS)
@click.argument("number", metavar="编号")
@click.option("--reason", required=True, metavar="原因", help="为什么换，如“填错”。")
@click.option(
    "--date", "day", type=DAY, metavar="年-月-日",
    help="印在新的介绍信上的日期；不写，填好的印当天，空白的与原来一样留空。",
)  # fmt: skip
@AS_JSON
@click.pass_obj
def replace_command(root: Path, number: str, reason: str, day: datetime | None, as_json: bool) -> int:
    """换号：原号作废，另编一个新号打印，台账里互相注明。"""
    from pipeline.jobs.register import reissue

    _refuse_blank("--reason", reason)
    with screen.Screen() as bar:
        request = reissue.Request((number,), reason.strip(), day.date() if day else None)
        report = reissue.replace_letter(open_workspace(root), request, datetime.now().astimezone(), bar)
    return tell(report, as_json=as_json)


@click.command("reconcile", options_metavar=OPTIONS)
@click.option(
    "--month", type=PeriodType(Month), metavar="年-月",
    help="只对哪个月成立的，如 2022-05；不写，对本年度到最后一户登记为止的。",
)  # fmt: skip
@ON_CLUSTER
@AS_JSON
@click.pass_obj
def reconcile_command(root: Path, month: Month | None, as_json: bool) -> int:
    """对账：登记数据与介绍信核对，用掉的登记为已办照；对不上的、没有用的列成表，给各单位写函询。"""
    from pipeline.jobs.register import reconcile

    workspace = open_workspace(root)
    in_plan_year(workspace, month)
    with screen.Screen() as bar:
        now = datetime.now().astimezone()
        found = reconcile.reconcile(workspace, month.month if month else None, now, bar.say)
    if as_json:
        print_object(reconciliation_object(found))
        return found.report.exit_code
    return tell(found.report, as_json=False)


COMMANDS = (
    distribute_command,
    return_command,
    void_command,
    lost_command,
    reprint_command,
    replace_command,
    reconcile_command,
)
"""All of them, for the group."""
