"""The root of the commands and its end: the exit code, whatever happens."""

import gc
import gettext
import os
import signal
import sys
import traceback
from datetime import datetime
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import NoReturn

# Modules and rows by the hundred thousand are no garbage: looking for it took a sixth of the time, and of loading a tenth.
gc.set_threshold(100_000, 20, 50)
os.environ["LANGUAGE"] = "zh_CN"
gettext.bindtextdomain("messages", str(files("pipeline") / "locale"))

import click  # noqa: E402 - reads its messages when it is imported

from pipeline.cli import screen  # noqa: E402
from pipeline.cli.options import (  # noqa: E402
    AS_JSON,
    DAY,
    ON_CLUSTER,
    OPTIONS,
    SUBCOMMAND,
    Between,
    give,
    open_workspace,
    tell,
)
from pipeline.cli.remedies import with_remedy  # noqa: E402
from pipeline.errors import ExitCode, Stop  # noqa: E402
from pipeline.to_json import examination_object, remedy_object  # noqa: E402

_AREAS = ("assess", "items", "page", "register", "supervise")
"""Commands whose module here is called like them; those of the reports are in ``reports``, whatever they are called."""


class Root(click.Group):
    """Loads a command's module when the command is named, and all of them for help.

    A third of what a short command would load is the others'.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none, and all that there are have been loaded to be sure."""
        if cmd_name not in self.commands:
            self._load(cmd_name if cmd_name in _AREAS else "reports")
        if cmd_name not in self.commands:
            self.list_commands(ctx)  # Click names those that are spelt alike
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all."""
        for area in (*_AREAS, "reports"):
            self._load(area)
        return super().list_commands(ctx)

    def _load(self, area: str) -> None:
        for command in import_module(f"pipeline.cli.{area}").COMMANDS:
            self.add_command(command)


@click.group(
    cls=Root,
    context_settings={"help_option_names": ["--help", "-h"]},
    options_metavar=OPTIONS,
    subcommand_metavar=SUBCOMMAND,
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
@click.option(
    "--around",
    type=Between(1, 20),
    default=None,
    metavar="行数",
    help="每处问题上下各带几行表里的内容，写在 JSON 里；身份证号、电话只显示开头几位。",
)
@ON_CLUSTER
@AS_JSON
@click.pass_obj
def check_command(root: Path, around: int | None, as_json: bool) -> int:
    """检查 inputs 里的表格，列出全部问题；不编号。

    有问题的表格，在 outputs/check 里另存一份标注好的；原件不动。
    """
    from pipeline.jobs import check

    with screen.Screen() as bar:
        found = check.examine(open_workspace(root), datetime.now().astimezone(), bar, around or 0)
    code = ExitCode.DATA if found.problems else ExitCode.DONE
    total = sum(unit.target for unit in found.units)
    people = sum(account.read for account in found.accounts if account.kind == "applicants")
    closing = (
        f"有{len(found.problems)}处问题，请按提示改好。" if found.problems
        else f"没有问题：{len(found.units)}个单位，任务数合计{total}，名单上可出介绍信的{people}人。"
    )  # fmt: skip
    if as_json:
        return give(examination_object(found), code, closing)
    screen.show_examination(found)
    click.echo(closing)
    return code


@pipeline.command("letters", options_metavar=OPTIONS)
@click.option("--unit", metavar="单位", help="只给这个单位加印空白介绍信，不论任务数；与 --count 同用。")
@click.option("--count", type=Between(1, 100_000), metavar="份数", help="加印多少份。")
@click.option(
    "--date", "day", type=DAY, metavar="年-月-日",
    help="印在介绍信上的日期，如 2022-06-01；不写，空白介绍信的月、日留待手填。",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="试算：只看会编哪些号，不用掉编号，不出文件。")
@click.option(
    "--skip-bad-rows", is_flag=True, help="名单里有问题的行先不出，其余照出；有问题的行列在屏幕上。"
)
@click.option(
    "--engine", type=click.Choice(["form", "office"]), metavar="方式",
    help="排版方式：form 量好模板后快印，office 由 LibreOffice 逐份排版；不写，能快印就快印。",
)  # fmt: skip
@click.option(
    "--foreseen", metavar="代号",
    help="只编试算列出的那些，要编的号已经不一样的，一份也不编；代号由 --dry-run --json 给出。",
)  # fmt: skip
@click.option("--rebuild", metavar="批次", help="按台账重做某一批的文件（如 2022-001），不编号。")
@ON_CLUSTER
@AS_JSON
@click.pass_obj
def letters_command(
    root: Path, unit: str | None, count: int | None, day: datetime | None, dry_run: bool,
    skip_bad_rows: bool, engine: str | None, foreseen: str | None, rebuild: str | None, as_json: bool,
) -> int:  # fmt: skip
    """编号并打印介绍信：名单上的人各出一份填好的，再按任务数补足每个单位缺的份数。

    同样的表格再运行一次，不会重复编号；任务数增加了，只补增加的部分。中途断电或被关掉，再运行一次会从断处补完。
    """
    if (unit is None) != (count is None):
        raise click.UsageError("--unit 和 --count 要一起用。")
    if rebuild and (unit or day or dry_run or skip_bad_rows or engine or foreseen):
        raise click.UsageError("--rebuild 不能和别的选项一起用。")
    workspace = open_workspace(root)
    now = datetime.now().astimezone()
    from pipeline.publishing.renderer import Renderer

    with screen.Screen() as bar, Renderer(workspace) as renderer:
        if not dry_run and not workspace.forms.exists():  # later ones mostly do without LibreOffice
            renderer.begin()
        from pipeline.jobs import letters
        from pipeline.jobs.rebuild import rebuild as make_again

        if rebuild:
            report = make_again(renderer, rebuild, now, bar)
        else:
            request = letters.Request(
                unit, count or 0, day.date() if day else None, dry_run, engine, skip_bad_rows, foreseen
            )
            report = letters.run(renderer, request, now, bar)
    return tell(report, as_json=as_json)


_INTERRUPTED = "已中断：没有印好的编号都退回了，可以重新运行。"
_NO_REMEDY = remedy_object(None, None)
_BUG = "程序出了错，不是您的问题。没有印好的编号都退回了；请把上面的文字发给维护人员。"


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
        _end(fault.exit_code, fault.format_message())
    except (click.Abort, KeyboardInterrupt):
        click.echo(_INTERRUPTED, err=True)
        _end(ExitCode.INTERRUPTED, _INTERRUPTED)
    except Stop as fault:
        message = with_remedy(str(fault), fault.remedy, fault.edition)
        click.echo(f"错误：{message}", err=True)
        _end(fault.exit_code, message, {"sentence": str(fault)} | remedy_object(fault.remedy, fault.edition))
    except Exception:  # noqa: BLE001 - the one place where a bug turns into an exit code
        traceback.print_exc()
        click.echo(_BUG, err=True)
        _end(ExitCode.BUG, _BUG)
    finally:
        gc.freeze()  # or Python would look through all that is loaded before it ends: a tenth of a short command


def _end(code: int, closing: str, more: dict[str, object] = _NO_REMEDY) -> NoReturn:
    """End with an exit code, after one JSON object where one was asked for."""
    if "--json" in sys.argv:
        give({"sentence": closing} | more, code, closing)
    sys.exit(code)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
