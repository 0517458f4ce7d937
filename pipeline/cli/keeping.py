"""Commands ``register …`` that keep the register: copies, one put back, people forgotten."""

from datetime import datetime
from pathlib import Path

import click

from pipeline.cli import screen
from pipeline.cli.options import AS_JSON, DAY, OPTIONS, give, open_workspace, tell
from pipeline.errors import ExitCode


@click.command("backup", options_metavar=OPTIONS)
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹",
    help="放到哪个文件夹，如优盘里的；不写，放在 register 文件夹里。",
)  # fmt: skip
@AS_JSON
@click.pass_obj
def backup_command(root: Path, folder: Path | None, as_json: bool) -> int:
    """备份台账，备份好的当场核对。每次编号以前也会自动备份，留最近 10 个。"""
    from pipeline.jobs.register import backup

    with screen.Screen() as bar:
        path = backup.back_up(open_workspace(root), folder, datetime.now().astimezone(), bar.say)
    closing = f"台账已备份，核对无误：{path}"
    if as_json:
        return give({"file": str(path)}, closing=closing)
    click.echo(closing)
    return ExitCode.DONE


@click.command("restore", options_metavar=OPTIONS)
@click.argument("source", type=click.Path(path_type=Path), metavar="备份文件")
@click.option("--force", is_flag=True, help="现在的台账里有备份以后的登记，也恢复。")
@AS_JSON
@click.pass_obj
def restore_command(root: Path, source: Path, force: bool, as_json: bool) -> int:
    """从备份恢复台账。先核对备份；现在的台账移到旁边，不删除。"""
    from pipeline.jobs.register import backup

    with screen.Screen() as bar:
        now = datetime.now().astimezone()
        kept = backup.restore(open_workspace(root), source, now, bar.say, force=force)
    closing = "台账已从备份恢复。请运行 register status 核对编到了哪里，备份以后发出的号不要再编。"
    if as_json:
        return give({"restored": str(source), "kept": kept}, closing=closing)
    click.echo(closing)
    if kept:
        click.echo(f"原来的台账在：{kept}")
    return ExitCode.DONE


@click.command("forget", options_metavar=OPTIONS)
@click.option(
    "--before",
    type=DAY,
    required=True,
    metavar="年-月-日",
    help="在这一天以前办照、作废或遗失的；本年度的不删。",
)
@click.option(
    "--confirm", type=DAY, metavar="年-月-日", help="把同一个日期再写一遍，才真的删除；不写，只说明会删哪些。"
)
@AS_JSON
@click.pass_obj
def forget_command(root: Path, before: datetime, confirm: datetime | None, as_json: bool) -> int:
    """删除期满的个人信息：姓名、身份证号、电话、名称、经营范围、地址；编号、状态、经过都保留。不能撤销。"""
    from pipeline.jobs.register import erasure

    with screen.Screen() as bar:
        request = erasure.Request(before.date(), confirm.date() if confirm else None)
        report = erasure.forget(open_workspace(root), request, datetime.now().astimezone(), bar.say)
    return tell(report, as_json=as_json)


COMMANDS = (backup_command, restore_command, forget_command)
"""All of them, for the group."""
