"""What several commands share: words of the help, options and their types."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from pipeline import workspace
from pipeline.cli import screen
from pipeline.cli.remedies import with_remedy
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Month, Period, Quarter, Year
from pipeline.errors import ExitCode
from pipeline.to_json import print_object, report_object

OPTIONS, SUBCOMMAND = "[选项]", "命令 …"
"""What help shows in the place of options and of a command's name; Click has these in English only."""
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="只在标准输出给出一个 JSON 对象，供别的程序使用。"
)
"""Print the result as one JSON object."""
_CLUSTER = "cluster"
"""Where a command's context keeps what :data:`ON_CLUSTER` says."""


def _remember(context: click.Context, _: click.Parameter, address: str | None) -> None:
    context.meta[_CLUSTER] = address


ON_CLUSTER = click.option(
    "--cluster", metavar="地址", expose_value=False, callback=_remember,
    help="和哪些机器分工：调度程序的地址，如 tls://192.168.1.5:8786；local:4 是本机四个进程。不写，按 pipeline.toml。",
)  # fmt: skip
"""Share the work with other machines, for what numbers letters or reads registrations."""
DAY = click.DateTime(["%Y-%m-%d"])
"""A day, as in 2022-06-01."""


WRITTEN: dict[type[Period], tuple[str, str]] = {
    Month: ("年-月", "2022-06"), Quarter: ("年-Q季", "2022-Q2"), Year: ("年", "2022"),
}  # fmt: skip
"""How help shows a period, and an example."""
_SPOKEN: dict[type[Period], str] = {Month: "月份", Quarter: "季度", Year: "年度"}
"""What a period is called that is one of a year's."""


class PeriodType(click.ParamType[Any]):
    """A month, a quarter or a year."""

    name = "period"

    def __init__(self, kind: type[Period]) -> None:
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The period that a text names."""
        if isinstance(value, self._kind):
            return value
        try:
            return self._kind.read(value)
        except ValueError:
            shown, example = WRITTEN[self._kind]
            self.fail(f"{value!r} 不是{self._kind.noun}，应写成{shown}，如 {example}。", param, ctx)


def in_plan_year(opened: workspace.Workspace, period: Period | None) -> None:
    """Refuse a period that was asked for and is none of the plan's year.

    :raises UsageError: of Click.
    """
    year = opened.settings.plan.year
    if period and period.year != year:
        raise click.UsageError(f"--{period.option} 应是 {year} 年的{_SPOKEN[type(period)]}。")


class Between(click.IntRange):
    """A whole number whose limits are told in words."""

    def _describe_range(self) -> str:
        return f"{self.min} 至 {self.max}"


def give(content: dict[str, Any], code: int = ExitCode.DONE, closing: str = "") -> int:
    """Print a command's result as one JSON object, with its exit code and one sentence; the exit code."""
    print_object({"exit_code": int(code), "closing": closing} | content)
    return code


def tell(report: Outcome, *, as_json: bool) -> int:
    """Show a job's result, on the screen or as one JSON object; its exit code."""
    told = replace(report, closing=with_remedy(report.closing, report.remedy, report.edition))
    if as_json:
        print_object(report_object(told) | {"sentence": report.closing})
    else:
        screen.show_report(told)
    return report.exit_code


def open_workspace(root: Path) -> workspace.Workspace:
    """The workspace in which a command works, with a word to who keeps its register on a network share.

    :raises UsageFault: it is none, or its plan or the address of the cluster is wrong.
    :raises FileFault: its plan cannot be read.
    """
    from pipeline.adapters.register import share_warning  # noqa: PLC0415 - help needs no register

    opened = workspace.open_workspace(root)
    address = click.get_current_context().meta.get(_CLUSTER)
    if address:
        opened = workspace.on_cluster(opened, address)
    warning = share_warning(opened.register)
    if warning:
        click.echo(warning, err=True)
    return opened
