"""Commands ``register …``: the life of the numbered letters."""

from datetime import datetime
from pathlib import Path

import click

from pipeline import again, backups, custody, listing, moves, reconciling, screen
from pipeline.adapters import qr
from pipeline.as_json import (
    history_object,
    listing_object,
    print_object,
    report_object,
    soundness_object,
    standing_object,
    verdicts_object,
)
from pipeline.choice import Choice
from pipeline.domain.life import STATES, Note
from pipeline.domain.model import Report
from pipeline.errors import ExitCode
from pipeline.options import AS_JSON, COMMANDS, DAY, OPTIONS
from pipeline.settings import open_workspace

_NUMBERS = click.argument("numbers", nargs=-1, required=True, metavar="编号…")
_DATE = click.option("--date", "day", type=DAY, metavar="年-月-日", help="哪一天的事；不写，算今天。")


@click.group("register", options_metavar=OPTIONS, subcommand_metavar=COMMANDS)
def register_group() -> None:
    """台账：每一份介绍信的去向，台账是否完好。"""


@register_group.command("status", options_metavar=OPTIONS)
@AS_JSON
@click.pass_obj
def status_command(root: Path, as_json: bool) -> int:
    """每个单位的任务数、有效份数、号段和批次。"""
    standing = custody.status(open_workspace(root))
    if as_json:
        print_object(standing_object(standing))
        return ExitCode.DONE
    screen.show_standing(standing)
    targets = [account.target for account in standing.accounts if account.target is not None]
    if not targets:
        click.echo("inputs 里的表格有问题，读不出任务数。请运行 make check 查看。")
    if standing.unfinished:
        click.echo(f"批次 {standing.unfinished} 已编号但没有印完，再运行一次 make letters 就会补完。")
    return ExitCode.DONE


_VERDICTS = {
    "genuine": "真：由本台账编号并印发。",
    "forged": "假：验证码不是本台账的密钥做的，或者被改动过。",
    "void": "已作废或已挂失：号是真的，但不再有效。",
    "unknown": "不认识：不是本系统的验证码，或台账里没有这个号。",
}


@register_group.command("verify", options_metavar=OPTIONS)
@click.argument("text", required=False, metavar="[验证码文字]")
@click.option(
    "--image", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件",
    help="照片、扫描件或 PDF，里面的验证码都会验。",
)  # fmt: skip
@AS_JSON
@click.pass_obj
def verify_command(root: Path, text: str | None, image: Path | None, as_json: bool) -> int:
    """验证介绍信的真伪：扫码得到的文字，或带验证码的图片。不是真的，退出码为 6。"""
    if (text is None) == (image is None):
        raise click.UsageError("请给出扫码得到的文字，或用 --image 给出图片。")
    workspace = open_workspace(root)
    texts = [text] if text is not None else qr.read(image) if image else []
    verdicts = [custody.verify(workspace, one) for one in texts]
    if as_json:
        print_object(verdicts_object(verdicts))
    else:
        for verdict in verdicts:
            letter = verdict.letter
            click.echo(f"{letter.printed}号（{letter.unit_name}）  " if letter else "", nl=False)
            click.echo(_VERDICTS[verdict.kind])
        if not verdicts:
            click.echo("图片里没有找到验证码。请拍清楚、摆正，或直接输入扫码得到的文字。")
    genuine = bool(verdicts) and all(verdict.kind == "genuine" for verdict in verdicts)
    return ExitCode.DONE if genuine else ExitCode.REGISTER


@register_group.command("check", options_metavar=OPTIONS)
@AS_JSON
@click.pass_obj
def soundness_command(root: Path, as_json: bool) -> int:
    """核对台账：数据库、事件链、每份的内容、断号。有问题时退出码为 6。"""
    soundness = custody.check(open_workspace(root))
    if as_json:
        print_object(soundness_object(soundness))
        return soundness.exit_code
    for fault in soundness.faults:
        click.echo(f"✗ {fault}", err=True)
    if soundness.faults:
        click.echo(
            f"台账有{len(soundness.faults)}处问题。请停止编号，保留 register 文件夹原样，查明后从备份恢复。"
        )
    else:
        click.echo(f"台账完好：{soundness.letters}份有效介绍信，编号连续，事件链未断。")
    if soundness.unfinished:
        click.echo(f"批次 {soundness.unfinished} 已编号但没有印完，再运行一次 make letters 就会补完。")
    return soundness.exit_code


@register_group.command("distribute", options_metavar=OPTIONS)
@click.argument("numbers", nargs=-1, metavar="[编号…]")
@click.option("--unit", metavar="单位", help="这个单位还没有发放的全部。")
@click.option("--batch", metavar="批次", help="这一批里还没有发放的，如 2022-001；可以和 --unit 同用。")
@click.option("--receiver", required=True, metavar="姓名", help="谁领走的。")
@_DATE
@AS_JSON
@click.pass_obj
def distribute_command(
    root: Path, numbers: tuple[str, ...], unit: str | None, batch: str | None, receiver: str, day: datetime | None,
    as_json: bool,
) -> int:  # fmt: skip
    """登记发放：哪些介绍信，谁在哪天领走。

    编号写法：2022-01-0001、01-0001 或印出来的编号；连号的写 01-0001至0050，几段用空格隔开。
    """
    if bool(numbers) == bool(unit or batch):
        raise click.UsageError("请写编号，或者用 --unit、--batch 指明哪些，只用一种。")
    return _enter(root, "distributed", Choice(numbers, unit, batch), day, as_json, who=receiver)


@register_group.command("return", options_metavar=OPTIONS)
@_NUMBERS
@click.option("--reason", default="", metavar="原因", help="为什么退回。")
@_DATE
@AS_JSON
@click.pass_obj
def return_command(
    root: Path, numbers: tuple[str, ...], reason: str, day: datetime | None, as_json: bool
) -> int:
    """登记退回：发出去没有用的收回来了，以后可以再发放。"""
    return _enter(root, "returned", Choice(numbers), day, as_json, why=reason)


@register_group.command("void", options_metavar=OPTIONS)
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
    return _enter(root, "void", Choice(numbers), day, as_json, why=reason, force=force)


@register_group.command("lost", options_metavar=OPTIONS)
@_NUMBERS
@click.option("--reason", required=True, metavar="原因", help="怎么遗失的。")
@_DATE
@AS_JSON
@click.pass_obj
def lost_command(
    root: Path, numbers: tuple[str, ...], reason: str, day: datetime | None, as_json: bool
) -> int:
    """登记遗失：号不再有效，缺的份数下次编号时补上。不能撤销。"""
    return _enter(root, "lost", Choice(numbers), day, as_json, why=reason)


def _enter(
    root: Path, to: str, choice: Choice, day: datetime | None, as_json: bool, *, who: str = "", why: str = "",
    force: bool = False,
) -> int:  # fmt: skip
    now = datetime.now().astimezone()
    _refuse_blank("--receiver", who)
    _refuse_blank("--reason", why)
    note = Note((day or now).date(), who.strip(), why.strip())
    with screen.Screen() as teller:
        report = moves.run(open_workspace(root), moves.Order(to, choice, note, force), now, teller.say)
    return _tell(report, as_json)


def _refuse_blank(option: str, text: str) -> None:
    if text and not text.strip():
        raise click.UsageError(f"{option} 后面是空的。")


def _tell(report: Report, as_json: bool) -> int:
    if as_json:
        print_object(report_object(report))
    else:
        screen.show_report(report)
    return report.exit_code


@register_group.command("reprint", options_metavar=OPTIONS)
@_NUMBERS
@click.option("--reason", required=True, metavar="原因", help="为什么补打，如“卡纸”。")
@AS_JSON
@click.pass_obj
def reprint_command(root: Path, numbers: tuple[str, ...], reason: str, as_json: bool) -> int:
    """补打：打坏的再打一次，号码、内容不变，上下两半注明第几次补打。

    打坏的那张要收回。已经作废、遗失、办照的不能补打；内容要改的、收不回的，用 replace 换新号。
    """
    _refuse_blank("--reason", reason)
    with screen.Screen() as teller:
        request = again.Request(numbers, reason.strip())
        report = again.reprint(open_workspace(root), request, datetime.now().astimezone(), teller)
    return _tell(report, as_json)


@register_group.command("replace", options_metavar=OPTIONS)
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
    _refuse_blank("--reason", reason)
    with screen.Screen() as teller:
        request = again.Request((number,), reason.strip(), day.date() if day else None)
        report = again.replace_letter(open_workspace(root), request, datetime.now().astimezone(), teller)
    return _tell(report, as_json)


@register_group.command("reconcile", options_metavar=OPTIONS)
@AS_JSON
@click.pass_obj
def reconcile_command(root: Path, as_json: bool) -> int:
    """按登记数据核对：写明了介绍信编号的户，把那一份登记为已办照；对不上的列出来。"""
    with screen.Screen() as teller:
        now = datetime.now().astimezone()
        report = reconciling.reconcile(open_workspace(root), now, teller.say)
    return _tell(report, as_json)


@register_group.command("list", options_metavar=OPTIONS)
@click.option("--unit", metavar="单位", help="只列这个单位的。")
@click.option(
    "--state", type=click.Choice(list(STATES.values())), metavar="状态",
    help=f"只列这种状态的：{'、'.join(STATES.values())}。",
)  # fmt: skip
@click.option("--batch", metavar="批次", help="只列这一批的，如 2022-001。")
@click.option("--since", type=DAY, metavar="年-月-日", help="只列这一天或以后变成现在状态的。")
@click.option("--until", type=DAY, metavar="年-月-日", help="只列这一天或以前变成现在状态的。")
@click.option("--name", metavar="文字", help="只列姓名或店名里有这几个字的。")
@click.option("--xlsx", metavar="文件名", help="另存成表格，放在 outputs 里。")
@AS_JSON
@click.pass_obj
def list_command(
    root: Path, unit: str | None, state: str | None, batch: str | None, since: datetime | None, until: datetime | None,
    name: str | None, xlsx: str | None, as_json: bool,
) -> int:  # fmt: skip
    """列出本年度的介绍信和各自的状态。"""
    workspace = open_workspace(root)
    code = next((code for code, word in STATES.items() if word == state), None)
    wanted = listing.Filter(
        unit, code, batch, since.date() if since else None, until.date() if until else None, name
    )
    entries = listing.listing(workspace, wanted)
    saved = listing.save_listing(workspace, entries, xlsx, datetime.now().astimezone()) if xlsx else None
    if as_json:
        print_object(listing_object(entries, saved))
    else:
        screen.show_listing(entries)
        if saved:
            click.echo(f"文件在：{saved}")
    return ExitCode.DONE


@register_group.command("history", options_metavar=OPTIONS)
@click.argument("number", metavar="编号")
@AS_JSON
@click.pass_obj
def history_command(root: Path, number: str, as_json: bool) -> int:
    """一份介绍信的来龙去脉。"""
    story = custody.history(open_workspace(root), number)
    if as_json:
        print_object(history_object(story))
    else:
        screen.show_history(story)
    return ExitCode.DONE


@register_group.command("export", options_metavar=OPTIONS)
@AS_JSON
@click.pass_obj
def export_command(root: Path, as_json: bool) -> int:
    """把本年度的台账写成表格：使用登记台账、领用登记、作废遗失登记、存根移交清单。"""
    files = listing.export(open_workspace(root), datetime.now().astimezone())
    if as_json:
        print_object({"files": [str(path) for path in files]})
    else:
        for path in files:
            click.echo(f"文件在：{path}")
    return ExitCode.DONE


@register_group.command("backup", options_metavar=OPTIONS)
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹",
    help="放到哪个文件夹，如优盘里的；不写，放在 register 文件夹里。",
)  # fmt: skip
@AS_JSON
@click.pass_obj
def backup_command(root: Path, folder: Path | None, as_json: bool) -> int:
    """备份台账，备份好的当场核对。每次编号以前也会自动备份，留最近 10 个。"""
    with screen.Screen() as teller:
        path = backups.back_up(open_workspace(root), folder, datetime.now().astimezone(), teller.say)
    if as_json:
        print_object({"file": str(path)})
    else:
        click.echo(f"台账已备份，核对无误：{path}")
    return ExitCode.DONE


@register_group.command("restore", options_metavar=OPTIONS)
@click.argument("backup", type=click.Path(path_type=Path), metavar="备份文件")
@click.option("--force", is_flag=True, help="现在的台账里有备份以后的登记，也恢复。")
@AS_JSON
@click.pass_obj
def restore_command(root: Path, backup: Path, force: bool, as_json: bool) -> int:
    """从备份恢复台账。先核对备份；现在的台账移到旁边，不删除。"""
    with screen.Screen() as teller:
        now = datetime.now().astimezone()
        aside = backups.restore(open_workspace(root), backup, now, teller.say, force=force)
    kept = str(aside) if aside.exists() else None
    if as_json:
        print_object({"restored": str(backup), "kept": kept})
    else:
        click.echo("台账已从备份恢复。请运行 register status 核对编到了哪里，备份以后发出的号不要再编。")
        if kept:
            click.echo(f"原来的台账在：{kept}")
    return ExitCode.DONE
