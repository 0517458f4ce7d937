"""Commands ``page …``: the workspace in a browser, and who may use it there."""

import sys
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import click

from pipeline.cli.options import AS_JSON, OPTIONS, SUBCOMMAND, Between, open_workspace
from pipeline.errors import ExitCode, Remedy, ToolFault
from pipeline.to_json import print_line, print_object
from pipeline.workspace import Workspace

ROLES = ("office", "unit", "auditor")
_NAME = click.argument("name", metavar="名字")


@click.group("page", options_metavar=OPTIONS, subcommand_metavar=SUBCOMMAND, invoke_without_command=True)
@click.option(
    "--host", default="127.0.0.1", metavar="地址", show_default="只在本机",
    help="在哪个地址上打开；别的电脑也要用的，写本机在局域网里的地址，先要有证书和账号。",
)  # fmt: skip
@click.option(
    "--port", type=Between(0, 65535), default=8622, metavar="端口", show_default=True,
    help="端口；0 用任意一个空着的。",
)  # fmt: skip
@click.option(
    "--json", "as_json", is_flag=True, help="第一行给出一个 JSON 对象，里面有网址，供别的程序使用。"
)
@click.pass_context
def page_group(context: click.Context, host: str, port: int, as_json: bool) -> int:
    """在浏览器里用：拖进表格，看问题，编号排版，取文件。关掉这个命令就停。"""
    if context.invoked_subcommand:
        return ExitCode.DONE
    workspace = _workspace(context.obj)
    from pipeline.page.serving.server import Address, serve

    def ready(url: str) -> None:
        if as_json:
            print_line({"url": url})
        else:
            click.echo(f"请用浏览器打开：{url}\n要停，在这个窗口按 Ctrl-C；正在办理的事情会接着办完。")

    serve(workspace, Address(host, port), ready)
    return ExitCode.DONE


@page_group.group("account", options_metavar=OPTIONS, subcommand_metavar=SUBCOMMAND)
def account_group() -> None:
    """账号：谁能登录网页，以什么身份。立了一个，就人人都要登录。"""


@account_group.command("add", options_metavar=OPTIONS)
@_NAME
@click.option(
    "--role", type=click.Choice(ROLES), required=True, metavar="身份",
    help="office 专班办公室，什么都能办；unit 单位，只看、只交本单位的；auditor 审计，都能看，不能办。",
)  # fmt: skip
@click.option("--unit", metavar="单位", help="哪个单位的，单位名录里的名称或编号；与 --role unit 同用。")
@click.pass_obj
def add_command(root: Path, name: str, role: str, unit: str | None) -> int:
    """立一个账号；密码当场输入两遍，只存摘要。"""
    if (role == "unit") != (unit is not None):
        raise click.UsageError("--role unit 和 --unit 要一起用。")
    workspace = _site(root)
    from pipeline.page import accounts
    from pipeline.page.access import Role

    whose = accounts.unit_named(workspace, unit, datetime.now().astimezone().date()) if unit else None
    accounts.add(name, _password(), Role(role), whose)
    click.echo(f"账号“{name}”立好了。" + (f"它是{whose.name}的。" if whose else ""))
    return ExitCode.DONE


@account_group.command("password", options_metavar=OPTIONS)
@_NAME
@click.pass_obj
def password_command(root: Path, name: str) -> int:
    """给一个账号换密码；用旧密码登录着的都会退出。"""
    _site(root)
    from pipeline.page import accounts

    accounts.change_password(name, _password())
    click.echo(f"账号“{name}”的密码换好了。")
    return ExitCode.DONE


@account_group.command("remove", options_metavar=OPTIONS)
@_NAME
@click.pass_obj
def remove_command(root: Path, name: str) -> int:
    """撤掉一个账号；它办过的事、看过的内容，记录都留着。"""
    _site(root)
    from pipeline.page import accounts

    accounts.remove(name)
    click.echo(f"账号“{name}”撤掉了。")
    return ExitCode.DONE


@account_group.command("list", options_metavar=OPTIONS)
@AS_JSON
@click.pass_obj
def list_command(root: Path, as_json: bool) -> int:
    """有哪些账号。"""
    _site(root)
    from pipeline.page import accounts
    from pipeline.page.access import TITLES, Role

    found = accounts.all_accounts()
    if as_json:
        people = [{"name": each.user.get_username(), "role": each.role, "unit": each.unit} for each in found]
        print_object({"accounts": people})
        return ExitCode.DONE
    for each in found:
        click.echo(
            f"{each.user.get_username()}  {TITLES[Role(each.role)]}  {each.unit} {each.unit_name}".rstrip()
        )
    if not found:
        click.echo("还没有账号：只能在本机用，坐在电脑前的都当作专班办公室。")
    return ExitCode.DONE


def _workspace(root: Path) -> Workspace:
    if not find_spec("django"):
        raise ToolFault("没有装网页用的软件包。", Remedy.SET_UP_PAGE)
    return open_workspace(root)


def _site(root: Path) -> Workspace:
    workspace = _workspace(root)
    from pipeline.page.serving.site import open_site

    open_site(workspace)
    return workspace


def _password() -> str:
    """Asked twice at a terminal; a line of the standard input where there is none."""
    if sys.stdin.isatty():
        answer: str = click.prompt("密码", hide_input=True, confirmation_prompt="再输一遍")
        return answer
    return sys.stdin.readline().rstrip("\n")


COMMANDS = (page_group,)
"""All of them, for the root."""
