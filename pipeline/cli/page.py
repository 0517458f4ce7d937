"""Command ``page``: the workspace in a browser."""

from importlib.util import find_spec

import click

from pipeline.cli.options import COMMANDS, OPTIONS, Between, open_workspace
from pipeline.errors import ExitCode, Remedy, ToolFault
from pipeline.to_json import print_line


@click.group("page", options_metavar=OPTIONS, subcommand_metavar=COMMANDS, invoke_without_command=True)
@click.option(
    "--host", default="127.0.0.1", metavar="地址", show_default="只在本机",
    help="在哪个地址上打开；别的电脑也要用的，写本机在局域网里的地址，先要有证书和账号。",
)  # fmt: skip
@click.option(
    "--port",
    type=Between(0, 65535),
    default=8622,
    metavar="端口",
    show_default=True,
    help="端口；0 用任意一个空着的。",
)
@click.option(
    "--json", "as_json", is_flag=True, help="第一行给出一个 JSON 对象，里面有网址，供别的程序使用。"
)
@click.pass_context
def page_group(context: click.Context, host: str, port: int, as_json: bool) -> int:
    """在浏览器里用：拖进表格，看问题，编号排版，取文件。关掉这个命令就停。"""
    if context.invoked_subcommand:
        return ExitCode.DONE
    if not find_spec("django"):
        raise ToolFault("没有装网页用的软件包。", Remedy.SET_UP_PAGE)
    from pipeline.page.serving.server import Address, serve

    def ready(url: str) -> None:
        if as_json:
            print_line({"url": url})
        else:
            click.echo(f"请用浏览器打开：{url}\n停止：在这个窗口按 Ctrl-C。正在办理的事情不受影响。")

    serve(open_workspace(context.obj), Address(host, port), ready)
    return ExitCode.DONE
