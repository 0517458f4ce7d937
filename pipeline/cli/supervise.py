"""The command ``supervise``."""

from datetime import datetime
from pathlib import Path

import click

from pipeline.cli import screen
from pipeline.cli.options import AS_JSON, OPTIONS, PeriodType, in_plan_year, open_workspace, tell
from pipeline.domain.period import Month


@click.command("supervise", options_metavar=OPTIONS)
@click.argument("more", nargs=-1, metavar="[单位…]")
@click.option(
    "--month", type=PeriodType(Month), metavar="年-月",
    help="督查哪个月的进度，如 2022-06；不写，是印发过简报的最后一个月。",
)  # fmt: skip
@click.option(
    "--confirm", multiple=True, metavar="单位…",
    help="签发给这些单位的文书：编号、存档，督办和约谈同时立账；写“全部”，是可以签发的全部。",
)  # fmt: skip
@click.option(
    "--withdraw", multiple=True, metavar="单位…", help="撤回给这些单位的已签发的文书，与 --reason 同用。"
)
@click.option("--reason", default="", metavar="原因", help="为什么撤回。")
@AS_JSON
@click.pass_obj
def supervise_command(
    root: Path, more: tuple[str, ...], month: Month | None, confirm: tuple[str, ...], withdraw: tuple[str, ...],
    reason: str, as_json: bool,
) -> int:  # fmt: skip
    """督查：按简报列出滞后的单位，拟好提醒函、督办函、约谈通知书，由人签发。

    滞后一个月提醒，两个月督办，三个月约谈；赶上一个月，降一级。拟发稿不编号，看过以后用 --confirm 签发。
    """
    if confirm and withdraw:
        raise click.UsageError("--confirm 和 --withdraw 一次只用一种。")
    if more and not (confirm or withdraw):
        raise click.UsageError("单位名称要写在 --confirm 或 --withdraw 后面。")
    if bool(withdraw) != bool(reason.strip()):
        raise click.UsageError("--withdraw 和 --reason 要一起用。")
    workspace = open_workspace(root)
    in_plan_year(workspace, month)
    from pipeline.jobs import supervise

    names = tuple(
        name for each in (*confirm, *withdraw, *more) for name in each.replace("，", "、").split("、") if name
    )
    request = supervise.Request(
        month, names if confirm else (), names if withdraw else (), reason.strip()
    )  # fmt: skip
    with screen.Screen() as bar:
        outcome = supervise.run(workspace, request, datetime.now().astimezone(), bar)
    return tell(outcome, as_json=as_json)


COMMANDS = (supervise_command,)
"""All of them, for the root."""
