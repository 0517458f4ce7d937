"""Commands ``register …``: where the numbered letters are, and whether the register is sound."""

from datetime import datetime
from pathlib import Path

import click

from pipeline.cli import keeping, movements, screen
from pipeline.cli.options import AS_JSON, DAY, OPTIONS, SUBCOMMAND, give, open_workspace
from pipeline.domain.letters.lifecycle import STATES
from pipeline.errors import ExitCode
from pipeline.to_json import (
    history_object,
    listing_object,
    soundness_object,
    standing_object,
    verdicts_object,
)


@click.group("register", options_metavar=OPTIONS, subcommand_metavar=SUBCOMMAND)
def register_group() -> None:
    """台账：每一份介绍信的去向，台账是否完好。"""


for command in (*movements.COMMANDS, *keeping.COMMANDS):
    register_group.add_command(command)


@register_group.command("status", options_metavar=OPTIONS)
@AS_JSON
@click.pass_obj
def status_command(root: Path, as_json: bool) -> int:
    """每个单位的任务数、有效份数、号段和批次。"""
    from pipeline.jobs.register import lookup

    standing = lookup.status(open_workspace(root))
    if as_json:
        return give(standing_object(standing))
    screen.show_standing(standing)
    targets = [account.target for account in standing.accounts if account.target is not None]
    if not targets:
        click.echo("inputs 里的表格有问题，读不出任务数。请运行 make check 查看。")
    if standing.unfinished:
        click.echo(f"批次 {standing.unfinished} 已编号但没有印完，再运行一次 make letters 就会补完。")
    return ExitCode.DONE


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
    from pipeline.jobs.register import verify

    workspace = open_workspace(root)
    if image is not None and text is None:
        with screen.Screen() as bar:
            pages = verify.verify_scans(workspace, image, bar.say)
    elif text is not None and image is None:
        pages = [verify.ScannedPage(1, (verify.verify(workspace, text),), is_coloured=True)]
    else:
        raise click.UsageError("请给出扫码得到的文字，或用 --image 给出图片。")
    genuine = all(page.verdicts and all(one.kind == "genuine" for one in page.verdicts) for page in pages)
    code = ExitCode.DONE if pages and genuine else ExitCode.REGISTER
    if as_json:
        closing = (
            "验过了，都是真的。" if code == ExitCode.DONE else "验过了：有的不是真的，或者没有找到验证码。"
        )
        return give(verdicts_object(pages), code, closing)
    screen.show_verdicts(pages)
    return code


@register_group.command("check", options_metavar=OPTIONS)
@AS_JSON
@click.pass_obj
def soundness_command(root: Path, as_json: bool) -> int:
    """核对台账：数据库、事件链、每份的内容、断号；印发的文件有没有被改动。有问题时退出码为 6。"""
    from pipeline.jobs.register import audit

    soundness = audit.check(open_workspace(root))
    closing = (
        f"台账有{len(soundness.faults)}处问题。请停止编号，保留 register 文件夹原样，查明后从备份恢复。"
        if soundness.faults
        else f"台账完好：{soundness.letters}份有效介绍信，编号连续，事件链未断。"
    )
    if as_json:
        return give(soundness_object(soundness), soundness.exit_code, closing)
    for fault in (*soundness.faults, *soundness.altered):
        click.echo(f"✗ {fault}", err=True)
    click.echo(closing)
    if soundness.altered:
        click.echo(
            f"但 outputs 里有{len(soundness.altered)}处与印发时不同，不要用它打印。请把那个文件夹移到别处，"
            "批次的用 make letters ARGS='--rebuild 批次' 重做，补打的用 reprint 重打，简报、考核等再运行一次出它的命令。"
        )
    if soundness.missing:
        told = "、".join(map(str, soundness.missing[:5])) + (" 等" if len(soundness.missing) > 5 else "")
        click.echo(
            f"批次 {told} 的文件不在 outputs 里，没有核对；需要时用 make letters ARGS='--rebuild 批次' 重做。"
        )
    if soundness.unfinished:
        click.echo(f"批次 {soundness.unfinished} 已编号但没有印完，再运行一次 make letters 就会补完。")
    return soundness.exit_code


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
@click.option("--find", "text", metavar="文字", help="只列编号、姓名或店名里有这几个字的。")
@click.option("--xlsx", metavar="文件名", help="另存成表格，放在 outputs 里。")
@AS_JSON
@click.pass_obj
def list_command(
    root: Path, unit: str | None, state: str | None, batch: str | None, since: datetime | None, until: datetime | None,
    name: str | None, text: str | None, xlsx: str | None, as_json: bool,
) -> int:  # fmt: skip
    """列出本年度的介绍信和各自的状态。"""
    from pipeline.jobs.register import listing

    workspace = open_workspace(root)
    code = next((code for code, word in STATES.items() if word == state), None)
    wanted = listing.Filter(
        unit, code, batch, since.date() if since else None, until.date() if until else None, name, text
    )
    entries = listing.listing(workspace, wanted)
    saved = listing.save_listing(workspace, entries, xlsx, datetime.now().astimezone()) if xlsx else None
    if as_json:
        return give(
            listing_object(entries, saved, workspace.settings.plan.year), closing=f"共{len(entries)}份。"
        )
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
    from pipeline.jobs.register import lookup

    workspace = open_workspace(root)
    story = lookup.history(workspace, number)
    if as_json:
        return give(history_object(story, workspace.settings.plan.year))
    screen.show_history(story)
    return ExitCode.DONE


@register_group.command("export", options_metavar=OPTIONS)
@AS_JSON
@click.pass_obj
def export_command(root: Path, as_json: bool) -> int:
    """把本年度的台账写成表格和可以打印的 PDF：使用登记台账、领用登记、作废遗失登记、存根移交清单。"""
    from pipeline.jobs.register import listing

    with screen.Screen() as bar:
        files = listing.export(open_workspace(root), datetime.now().astimezone(), bar.say)
    if as_json:
        folders = sorted({str(path.parent) for path in files})
        return give({"files": [str(path) for path in files], "folders": folders}, closing="台账写好了。")
    for path in files:
        click.echo(f"文件在：{path}")
    return ExitCode.DONE


COMMANDS = (register_group,)
"""All of them, for the root."""
