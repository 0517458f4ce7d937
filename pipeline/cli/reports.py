"""A command for each report that is kept, from what it declares of itself; one for the lists, and the one that makes all that is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import screen
from pipeline.cli.options import (
    AS_JSON,
    DAY,
    ON_CLUSTER,
    OPTIONS,
    WRITTEN,
    Between,
    PeriodType,
    in_plan_year,
    open_workspace,
    tell,
)
from pipeline.cli.remedies import with_remedy
from pipeline.domain.period import Month, Period
from pipeline.reports.assess import ASSESSMENT
from pipeline.reports.kinds import FROZEN
from pipeline.to_json import print_object, report_object

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.jobs.month import Round
    from pipeline.publishing.report import FrozenReport


def command_of(report: FrozenReport[Any]) -> click.Command:
    """The command that makes a report: ``pipeline bulletin``."""
    period, title = report.period, report.title
    shown, example = WRITTEN[period]
    options = [
        click.option(
            f"--{period.option}", "period", type=PeriodType(period), metavar=shown,
            help=f"出哪个{period.noun}的，如 {example}；不写，出{report.by_default}。",
        ),
        click.option(
            "--issue-number", type=Between(1, 999), metavar=f"{report.counted_in}号",
            help=f"{report.counted_in}号；不写，接着上一{report.counted_in}。",
        ),
        click.option(
            "--revise", is_flag=True, help=f"更正：这个{period.noun}已经印发过，重新统计，再出一份，标明更正。"
        ),
        click.option(
            "--reason", default="", metavar="原因", help=f"更正的原因，印在{title}上；与 --revise 同用。"
        ),
        click.option(
            "--leave", is_flag=True, help="简报更正过，这一份不跟着更正：登记下来，不再列为等人办；与 --reason 同用，写明是哪一期。"
        ),
        click.option(
            "--today", type=DAY, metavar="年-月-日", help="挂账事项按哪一天算，逾期几天也按这一天；不写，按今天。"
        ),
        click.option("--strict", is_flag=True, help="表格里有任何问题都不出。"),
        ON_CLUSTER,
        AS_JSON,
    ]  # fmt: skip
    command = click.pass_obj(partial(_run, report))
    for option in reversed(options):
        command = option(command)
    return click.command(report.name, options_metavar=OPTIONS, help=report.about)(command)


def _run(
    report: FrozenReport[Any], root: Path, period: Period | None, issue_number: int | None, revise: bool, reason: str,
    leave: bool, today: datetime | None, strict: bool, as_json: bool,
) -> int:  # fmt: skip
    if leave and (revise or not period or not reason.strip()):
        raise click.UsageError(
            f"--leave 要和 --{report.period.option}、--reason 一起用，不和 --revise 一起用。"
        )
    if (revise or leave) != bool(reason.strip()):
        raise click.UsageError("--revise 和 --reason 要一起用。")
    workspace = open_workspace(root)
    in_plan_year(workspace, period)
    day = today.date() if today else None
    now = datetime.now().astimezone()
    if leave and period:
        from pipeline.jobs import leaving

        outcome = leaving.leave(workspace, report, period, reason.strip(), day or now.date(), now)
        return tell(outcome, as_json=as_json)
    from pipeline.publishing.renderer import Renderer

    with screen.Screen() as bar, Renderer(workspace) as renderer:
        renderer.begin()  # while the job is loaded
        from pipeline.jobs import report as job

        request = job.Request(period, issue_number, reason.strip(), strict, day)
        outcome = job.run(renderer, report, request, now, bar)
    return tell(outcome, as_json=as_json)


@click.command("lists", options_metavar=OPTIONS)
@click.option("--unit", metavar="单位", help="一台账只写这个单位的户；不写，写全部。")
@click.option("--each", is_flag=True, help="另给每个单位一份只有自己的户的台账，放在“各单位”文件夹。")
@click.option("--today", type=DAY, metavar="年-月-日", help="按哪一天的情况写，如 2022-06-30；不写，按今天。")
@ON_CLUSTER
@AS_JSON
@click.pass_obj
def lists_command(root: Path, unit: str | None, each: bool, today: datetime | None, as_json: bool) -> int:
    """写五清单、六定表、一台账：措施、责任、结果一处填写，处处一致。

    措施和报来的数取自清单素材，净增取自印发过的最后一期简报，未销号数取自挂账事项。每次都重写，替换上一次的。
    """
    from pipeline.jobs import lists

    if unit and each:
        raise click.UsageError("--unit 和 --each 只用一个：一个单位的，或者每个单位一份。")
    workspace = open_workspace(root)
    now = datetime.now().astimezone()
    with screen.Screen() as bar:
        outcome = lists.run(workspace, unit, today.date() if today else now.date(), now, bar, each=each)
    return tell(outcome, as_json=as_json)


@click.command("month", options_metavar=OPTIONS)
@click.option(
    "--month", type=PeriodType(Month), metavar="年-月",
    help="办哪个月的，如 2022-06；不写，是有登记数据的最后一个月。",
)  # fmt: skip
@click.option(
    "--today", type=DAY, metavar="年-月-日", help="挂账事项按哪一天算，逾期几天也按这一天；不写，按今天。"
)
@ON_CLUSTER
@AS_JSON
@click.pass_obj
def month_command(root: Path, month: Month | None, today: datetime | None, as_json: bool) -> int:
    """一个月到了该出的材料，一次出齐；最后列出缺什么、哪些事等人办。

    先出简报，再出督查的拟发稿、调度表等；季末还有季度工作报告，年底还有考核。有一样出不了，靠它的数的不出，别的照出。
    再运行一次，已经印发的不变，没有新东西的写“没有变化”。签发、交办、复核由人来定，这里不办。
    """
    from pipeline.jobs import month as job

    workspace = open_workspace(root)
    in_plan_year(workspace, month)
    with screen.Screen() as bar:
        done = job.run(workspace, month, today.date() if today else None, datetime.now().astimezone(), bar)
    if as_json:
        print_object(_object(done))
    else:
        _show(done)
    return done.exit_code


def _object(done: Round) -> dict[str, object]:
    return {
        "exit_code": done.exit_code,
        "closing": done.closing,
        "folders": [folder for step in done.steps for folder in step.outcome.folders],
        "month": done.month.name if done.month else None,
        "made": [
            {"name": step.report.name, "title": step.report.title} | report_object(step.outcome)
            for step in done.steps
        ],
        "left_out": [each.name for each in done.left_out],
        "missing": list(done.missing),
        "waits": list(done.waits),
        "changed": done.is_changed,
    }


def _show(done: Round) -> None:
    for step in done.steps:
        outcome = step.outcome
        screen.show_report(
            replace(outcome, closing=with_remedy(outcome.closing, outcome.remedy, outcome.edition))
        )
    for text in done.missing:
        click.echo(f"缺：{text}")
    for text in done.waits:
        click.echo(f"等人办：{text}")
    click.echo(done.closing)


COMMANDS = (
    *(command_of(report) for report in FROZEN if report is not ASSESSMENT),  # which has steps besides
    lists_command,
    month_command,
)
"""All of them, for the root."""
