"""Commands: the only module that knows Click, the screen, the clock and the exit codes."""

import gettext
import json
import os
import signal
import sys
import traceback
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

os.environ["LANGUAGE"] = "zh_CN"
gettext.bindtextdomain("messages", str(files("pipeline") / "locale"))

import click  # noqa: E402 - reads its messages when it is imported
from rich.console import Console  # noqa: E402
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: E402
from rich.table import Column, Table  # noqa: E402

from pipeline import custody, letters  # noqa: E402
from pipeline.adapters import qr  # noqa: E402
from pipeline.domain.model import Problem, Range, Report  # noqa: E402
from pipeline.errors import ExitCode, Stop  # noqa: E402
from pipeline.intake import read_inputs  # noqa: E402
from pipeline.settings import open_workspace  # noqa: E402

OPTIONS, COMMANDS = "[选项]", "命令 …"
"""What help shows in the place of options and of a command's name; Click has these in English only."""
SHOWN = 20
"""Problems shown on screen; the rest are counted."""
_json = click.option(
    "--json", "as_json", is_flag=True, help="只在标准输出给出一个 JSON 对象，供别的程序使用。"
)


class Between(click.IntRange):
    """A whole number whose limits are told in words."""

    def _describe_range(self) -> str:
        return f"{self.min} 至 {self.max}"


class Screen:
    """Tells the clerk on stderr how far the work is; stdout stays clean for the result."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("份  还需"),
            TimeRemainingColumn(), console=self.console, transient=True, disable=not self.console.is_terminal,
        )  # fmt: skip
        self._task = self._progress.add_task("正在排版", total=None, visible=False)

    def __enter__(self) -> "Screen":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def say(self, text: str) -> None:
        """One line above the bar."""
        self.console.print(text, markup=False)

    def expect(self, pages: int) -> None:
        """Show the bar for so many pages."""
        self._progress.reset(self._task, total=pages, visible=True)

    def advance(self, pages: int) -> None:
        """Move the bar."""
        self._progress.advance(self._task, pages)


@click.group(
    context_settings={"help_option_names": ["--help", "-h"]},
    options_metavar=OPTIONS,
    subcommand_metavar=COMMANDS,
)
@click.option(
    "--root", type=click.Path(path_type=Path), default=Path(), metavar="文件夹",
    show_default="当前文件夹", help="工作目录：有 pipeline.toml 的文件夹。",
)  # fmt: skip
@click.version_option(package_name="lanxian-pipeline", message="%(version)s")
@click.pass_context
def pipeline(context: click.Context, root: Path) -> None:
    """个体工商户培育介绍信：编号、打印、登记、通报。

    把任务分解表和单位名录放进 inputs，运行 letters，到 outputs 取打印件。
    """
    context.obj = root


@pipeline.command("check", options_metavar=OPTIONS)
@_json
@click.pass_obj
def check_command(root: Path, as_json: bool) -> int:
    """检查 inputs 里的表格，列出全部问题；不编号，不出文件。"""
    intake = read_inputs(open_workspace(root))
    code = ExitCode.DATA if intake.problems else ExitCode.DONE
    if as_json:
        _print_json({"problems": list(map(_as_json, intake.problems)), "notices": list(intake.notices), "files": [
            {"file": table.source.file, "sheet": table.source.sheet, "kind": table.kind, "rows": len(table.rows)}
            for table in intake.tables
        ]})  # fmt: skip
        return code
    _show_problems(intake.problems)
    _show_notices(intake.notices)
    total = sum(unit.target for unit in intake.units)
    click.echo(
        f"有{len(intake.problems)}处问题，请按提示改好。" if intake.problems
        else f"没有问题：{len(intake.units)}个单位，任务数合计{total}。"
    )  # fmt: skip
    return code


@pipeline.command("letters", options_metavar=OPTIONS)
@click.option("--unit", metavar="单位", help="只给这个单位加印空白介绍信，不论任务数；与 --count 同用。")
@click.option("--count", type=Between(1, 100_000), metavar="份数", help="加印多少份。")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="年-月-日",
    help="印在介绍信上的日期，如 2022-06-01；不写，空白介绍信的月、日留待手填。",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="试算：只看会编哪些号，不用掉编号，不出文件。")
@click.option(
    "--engine", type=click.Choice(["form", "office"]), metavar="方式",
    help="排版方式：form 量好模板后快印，office 由 LibreOffice 逐份排版；不写，能快印就快印。",
)  # fmt: skip
@click.option("--rebuild", metavar="批次", help="按台账重做某一批的文件（如 2022-001），不编号。")
@_json
@click.pass_obj
def letters_command(
    root: Path, unit: str | None, count: int | None, day: datetime | None, dry_run: bool,
    engine: str | None, rebuild: str | None, as_json: bool,
) -> int:  # fmt: skip
    """编号并打印介绍信：按任务数补足每个单位缺的份数。

    同样的表格再运行一次，不会重复编号；任务数增加了，只补增加的部分。中途断电或被关掉，再运行一次会从断处补完。
    """
    if (unit is None) != (count is None):
        raise click.UsageError("--unit 和 --count 要一起用。")
    if rebuild and (unit or day or dry_run or engine):
        raise click.UsageError("--rebuild 不能和别的选项一起用。")
    workspace = open_workspace(root)
    now = datetime.now().astimezone()
    with Screen() as screen:
        if rebuild:
            report = letters.rebuild(workspace, rebuild, now, screen)
        else:
            order = letters.Order(unit, count or 0, day.date() if day else None, dry_run, engine)
            report = letters.run(workspace, order, now, screen)
    if as_json:
        _print_json(_report_as_json(report))
    else:
        _show_report(report)
    return report.exit_code


@pipeline.group("register", options_metavar=OPTIONS, subcommand_metavar=COMMANDS)
def register_group() -> None:
    """台账：谁有哪些号，台账是否完好。"""


@register_group.command("status", options_metavar=OPTIONS)
@_json
@click.pass_obj
def status_command(root: Path, as_json: bool) -> int:
    """每个单位的任务数、有效份数、号段和批次。"""
    standing = custody.status(open_workspace(root))
    if as_json:
        _print_json(_standing_as_json(standing))
        return ExitCode.DONE
    table = _table("介绍信台账", "编号", "单位", "任务数", "有效份数", "号段", "批次")
    for account in standing.accounts:
        holding = account.holding
        spans = "\n".join(_span(run) for run in holding.ranges) if holding else "—"
        target = "—" if account.target is None else str(account.target)
        batches = "、".join(map(str, holding.batches)) if holding else ""
        table.add_row(
            account.unit_code, account.unit_name, target, str(holding.live if holding else 0), spans, batches
        )
    live = sum(account.holding.live for account in standing.accounts if account.holding)
    targets = [account.target for account in standing.accounts if account.target is not None]
    table.add_section()
    table.add_row("", "合计", str(sum(targets)) if targets else "—", str(live), "", "")
    _stdout().print(table)
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
@_json
@click.pass_obj
def verify_command(root: Path, text: str | None, image: Path | None, as_json: bool) -> int:
    """验证介绍信的真伪：扫码得到的文字，或带验证码的图片。不是真的，退出码为 6。"""
    if (text is None) == (image is None):
        raise click.UsageError("请给出扫码得到的文字，或用 --image 给出图片。")
    workspace = open_workspace(root)
    texts = [text] if text is not None else qr.read(image) if image else []
    verdicts = [custody.verify(workspace, one) for one in texts]
    if as_json:
        _print_json({"verdicts": [
            {"verdict": verdict.kind, "text": verdict.text, "key": verdict.letter.serial.key if verdict.letter else None,
             "unit": verdict.letter.unit_name if verdict.letter else None}
            for verdict in verdicts
        ]})  # fmt: skip
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
@_json
@click.pass_obj
def soundness_command(root: Path, as_json: bool) -> int:
    """核对台账：数据库、事件链、每份的内容、断号。有问题时退出码为 6。"""
    soundness = custody.check(open_workspace(root))
    if as_json:
        _print_json({
            "letters": soundness.letters, "faults": list(soundness.faults),
            "unfinished": str(soundness.unfinished) if soundness.unfinished else None,
        })  # fmt: skip
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


def main() -> NoReturn:
    """Run a command and end the process with its exit code; nothing gets past here."""
    os.umask(0o077)  # letters can carry personal data
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupt)
    try:
        sys.exit(pipeline.main(prog_name="pipeline", standalone_mode=False) or ExitCode.DONE)
    except click.exceptions.Exit as fault:
        sys.exit(fault.exit_code)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断：没有印好的编号都退回了，可以重新运行。", err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except Stop as fault:
        click.echo(f"错误：{fault}", err=True)
        if "--json" in sys.argv:
            _print_json({"exit_code": fault.exit_code, "closing": str(fault)})
        sys.exit(fault.exit_code)
    except Exception:  # noqa: BLE001 - the one place where a bug turns into an exit code
        traceback.print_exc()
        click.echo("程序出了错，不是您的问题。没有印好的编号都退回了；请把上面的文字发给维护人员。", err=True)
        sys.exit(ExitCode.BUG)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _stdout() -> Console:
    return Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def _table(title: str, *headers: str) -> Table:
    """A table that breaks a long text over lines, where rich would cut Chinese off for want of spaces."""
    return Table(*(Column(header, overflow="fold") for header in headers), title=title)


def _show_report(report: Report) -> None:
    _show_problems(report.problems)
    _show_notices(report.notices)
    if report.ranges:
        table = _table("介绍信", "单位", "份数", "号段")
        for run in report.ranges:
            table.add_row(run.unit_name, str(run.count), _span(run))
        table.add_section()
        table.add_row("合计", str(sum(run.count for run in report.ranges)), "")
        _stdout().print(table)
    for folder in report.folders:
        click.echo(f"文件在：{folder}")
    click.echo(report.closing)


def _span(run: Range) -> str:
    return run.first.printed if run.count == 1 else f"{run.first.printed} 至 {run.last.printed}"


def _show_problems(problems: tuple[Problem, ...]) -> None:
    if not problems:
        return
    table = _table("问题", "位置", "列", "现在是", "问题和办法")
    table.show_lines = True
    for problem in problems[:SHOWN]:
        table.add_row(_place(problem), problem.column or "", problem.seen, problem.advice)
    Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 120).print(
        table, markup=False
    )
    if len(problems) > SHOWN:
        click.echo(f"……还有{len(problems) - SHOWN}处没有列出。", err=True)


def _show_notices(notices: tuple[str, ...]) -> None:
    for notice in notices:
        click.echo(f"提示：{notice}", err=True)


def _place(problem: Problem) -> str:
    source = problem.source
    sheet = f" › {source.sheet}" if source.sheet else ""
    return f"{source.file}{sheet}" + (f" › 第{source.row}行" if source.row else "")


def _as_json(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.source.file, "sheet": problem.source.sheet, "row": problem.source.row, "column": problem.column,
        "value": problem.seen, "code": problem.code, "advice": problem.advice,
    }  # fmt: skip


def _run_as_json(run: Range) -> dict[str, Any]:
    return {
        "code": run.unit_code, "unit": run.unit_name, "count": run.count,
        "first": run.first.serial.key, "last": run.last.serial.key,
        "first_serial": run.first.printed, "last_serial": run.last.printed,
    }  # fmt: skip


def _report_as_json(report: Report) -> dict[str, Any]:
    return {
        "exit_code": report.exit_code, "closing": report.closing,
        "problems": [_as_json(problem) for problem in report.problems], "notices": list(report.notices),
        "letters": sum(run.count for run in report.ranges), "units": [_run_as_json(run) for run in report.ranges],
        "batches": list(report.batches), "folders": list(report.folders),
    }  # fmt: skip


def _standing_as_json(standing: custody.Standing) -> dict[str, Any]:
    return {
        "units": [
            {
                "code": account.unit_code, "name": account.unit_name, "target": account.target,
                "live": account.holding.live if account.holding else 0,
                "ranges": [_run_as_json(run) for run in account.holding.ranges] if account.holding else [],
                "batches": [str(batch) for batch in account.holding.batches] if account.holding else [],
            }
            for account in standing.accounts
        ],
        "unfinished": str(standing.unfinished) if standing.unfinished else None,
    }  # fmt: skip


def _print_json(content: dict[str, Any]) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))
