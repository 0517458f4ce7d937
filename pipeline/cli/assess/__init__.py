"""The command ``assess``: by itself it makes the papers as every report's does, with a step it enters that in the journal."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import screen
from pipeline.cli.options import AS_JSON, DAY, OPTIONS, SUBCOMMAND, open_workspace, tell
from pipeline.cli.reports import command_of
from pipeline.errors import ExitCode
from pipeline.reports.assess import ASSESSMENT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_UNIT = click.argument("unit", metavar="单位")
_ITEM = click.option("--item", default="", metavar="项目", help="对哪个考核项目；不写，是对整个结果。")
_VALUE = click.option(
    "--value",
    default="",
    metavar="数",
    help="复核以后改按多少计实绩；不写，维持。程序统计的项目不能直接改数。",
)
_TODAY = click.option("--today", type=DAY, metavar="年-月-日", help="哪一天的事；不写，算今天。")
_STEPS: dict[str, tuple[str, str, str, tuple[Callable[..., Any], ...]]] = {
    "settle": (
        "方案定版：把 assessment.toml 的方案记入台账，以后改了要重新定版。\n\n12月1日起定版或者改动，要写明原因和批准人，印在报告上。",
        "批准人。", "12月1日起定版、改动的原因。", (),
    ),
    "feedback": (
        "反馈：把初评结果反馈各单位，从这一天起算异议期，出反馈单。\n\n放进 inputs 的自评表先登记上；反馈以后自评不能再改。",
        "初评人；复核要由别人来做。", "", (),
    ),
    "object": (
        "申诉：登记一个单位的书面异议，要在异议期以内。\n\n对督查结论（按提醒函、督办函、约谈扣分的项目）有异议的，反馈以后30天以内，写明 --item。",
        "单位负责人。", "申诉的理由；不要写个人信息。", (_UNIT, _ITEM),
    ),
    "answer": (
        "复核：答复一个单位的申诉，维持，或者改按核实的数计。", "复核人，不能是提出申诉的人、初评人。", "维持或者改动的理由。",
        (_UNIT, _ITEM, _VALUE),
    ),
    "approve": (
        "审定：异议期过了、申诉都答复了以后，由领导审定。\n\n审定的结果就定下来了；以后才到的情况列入下一年度。审定以后运行 pipeline assess 公布、存档。",
        "审定人，几个人的用顿号隔开；印在考核的各种材料上。", "已经审定过、要更正的原因。", (),
    ),
}  # fmt: skip
"""Step → what it does, whom ``--by`` names, what ``--reason`` tells (nothing: it has none), what else it takes."""
_NEEDS = {"object": ("reason",), "answer": ("by", "reason"), "approve": ("by",)}
"""Step → options that it cannot do without."""
_FIRST = command_of(ASSESSMENT)


@click.pass_context
def _papers(context: click.Context, /, **said: Any) -> Any:
    if context.invoked_subcommand is None:
        return context.invoke(_FIRST, **said)
    given = [option.opts[0] for option in _FIRST.params if option.name and said.get(option.name)]
    if given:
        raise click.UsageError(f"{'、'.join(given)} 要写在 {context.invoked_subcommand} 后面，或者不写。")
    return None


assess_group = click.Group(
    "assess", params=_FIRST.params, callback=_papers, invoke_without_command=True, help=_FIRST.help,
    options_metavar=OPTIONS, subcommand_metavar=f"[{SUBCOMMAND}]",
)  # fmt: skip


def _command_of(name: str) -> click.Command:
    about, by, reason, more = _STEPS[name]
    options = [*more, click.option("--by", default="", metavar="姓名", help=by)]
    if reason:
        options.append(click.option("--reason", default="", metavar="文字", help=reason))
    command: Callable[..., Any] = click.pass_obj(partial(_do, name))
    for option in reversed([*options, _TODAY, AS_JSON]):
        command = option(command)
    return click.command(name, options_metavar=OPTIONS, help=about)(command)


def _do(
    name: str, root: Path, by: str, today: datetime | None, as_json: bool,
    reason: str = "", unit: str = "", item: str = "", value: str = "",
) -> int:  # fmt: skip
    from dataclasses import replace

    from pipeline.jobs import assess, report
    from pipeline.publishing.renderer import Renderer

    told = {"by": by.strip(), "reason": reason.strip()}
    if lacking := [f"--{option}" for option in _NEEDS.get(name, ()) if not told[option]]:
        raise click.UsageError(f"{name} 要写明 {'、'.join(lacking)}。")
    workspace, now = open_workspace(root), datetime.now().astimezone()
    day = (today or now).date()
    request = assess.Request(name, by.strip(), reason.strip(), unit.strip(), item.strip(), value.strip())
    outcome = assess.do(workspace, request, day, now)
    if name == "feedback" and outcome.exit_code == ExitCode.DONE:
        with screen.Screen() as bar, Renderer(workspace) as renderer:
            renderer.begin()
            pages = report.run(renderer, ASSESSMENT, report.Request(today=day), now, bar)
        outcome = replace(pages, closing=outcome.closing + pages.closing)
    return tell(outcome, as_json=as_json)


for step in _STEPS:
    assess_group.add_command(_command_of(step))


COMMANDS = (assess_group,)
"""All of them, for the root."""
