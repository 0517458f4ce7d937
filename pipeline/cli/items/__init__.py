"""Commands ``items …``: open items, from the day they are opened to the day they are closed."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from pipeline.cli import screen
from pipeline.cli.items import tables
from pipeline.cli.options import (
    AS_JSON,
    DAY,
    OPTIONS,
    SUBCOMMAND,
    Between,
    PeriodType,
    give,
    open_workspace,
    tell,
)
from pipeline.domain.items.item import State
from pipeline.domain.items.steps import STEPS, WAYS
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Month
from pipeline.errors import ExitCode

_TODAY = click.option(
    "--today", type=DAY, metavar="年-月-日", help="哪一天的事，或看哪一天的情况；不写，算今天。"
)
_YEAR = click.option("--year", type=Between(2000, 2999), metavar="年", help="哪一年的账号；不写，本年度的。")
_NUMBER = click.argument("number", metavar="账号")
_BY = click.option(
    "--by", default="", metavar="姓名", help="谁办的；销号、退回的写复核人，现场复核的写两个人。"
)
_REASON = click.option(
    "--reason", default="", metavar="文字", help="原因；反馈的写进展，申请销号的写成效，退回的写补充整改要求。",
)  # fmt: skip
_HEAD = click.option("--head", default="", metavar="姓名", help="同意的单位负责人。")
_EVIDENCE = click.option(
    "--evidence", multiple=True, metavar="文件", help="佐证，放在 inputs/佐证 里的文件；几个的，写几次。"
)
_MORE: Mapping[str, tuple[Any, ...]] = {
    "object": (_HEAD,),
    "progress": (_EVIDENCE,),
    "extend": (click.option("--deadline", type=DAY, metavar="年-月-日", help="申请延到哪一天。"), _HEAD),
    "grant": (
        click.option("--deadline", type=DAY, metavar="年-月-日", help="同意延到哪一天；不写，照申请的。"),
    ),
    "apply": (
        _HEAD,
        _EVIDENCE,
        click.option(
            "--figure", type=PeriodType(Month), metavar="年-月",
            help="以这个月简报的数字作佐证：单位不再滞后。",
        ),
    ),
    "close": (click.option("--way", type=click.Choice(WAYS), default=WAYS[0], metavar="方式", help="资料、现场或数据；不写，算资料。"),),
    "return": (click.option("--way", type=click.Choice(WAYS), metavar="方式", help="资料、现场或数据。"),),
}  # fmt: skip
"""Options of single acts."""


@click.group("items", options_metavar=OPTIONS, subcommand_metavar=SUBCOMMAND)
def items_group() -> None:
    """挂账销号：问题立账、交办、整改、复核、销号，全程留痕。

    账号可以写印出来的（岚个培账〔2022〕0001）、2022-0001 或 1。
    """


@items_group.command("open", options_metavar=OPTIONS)
@click.option("--unit", required=True, metavar="单位", help="责任单位。")
@click.option("--kind", required=True, metavar="类别", help="设置里写的一类，如 进度滞后。")
@click.option("--problem", required=True, metavar="文字", help="问题描述；不要写个人信息。")
@click.option("--standard", required=True, metavar="文字", help="验收标准：做到什么算销号。")
@click.option("--deadline", required=True, type=DAY, metavar="年-月-日", help="整改时限。")
@click.option("--source", default="", metavar="来源", help="从哪里来的，如 第6期简报。")
@click.option("--with", "partners", default="", metavar="单位", help="配合单位，几个的用顿号隔开。")
@click.option("--leader", default="", metavar="姓名", help="责任领导。")
@click.option("--person", default="", metavar="姓名", help="责任人。")
@click.option("--measures", default="", metavar="文字", help="整改措施。")
@_BY
@_TODAY
@AS_JSON
@click.pass_obj
def open_command(
    root: Path, unit: str, kind: str, problem: str, standard: str, deadline: datetime, source: str, partners: str,
    leader: str, person: str, measures: str, by: str, today: datetime | None, as_json: bool,
) -> int:  # fmt: skip
    """立账：记下一个要整改的问题，编一个账号。

    同一单位同一类的还没有销号，不另立，登记为再次点名；已经销号的，另立新账，注明前账号。
    """
    from pipeline.jobs.items import acts

    for option, text in (("--problem", problem), ("--standard", standard)):
        if not text.strip():
            raise click.UsageError(f"{option} 后面是空的。")
    more = {
        "source": source, "partners": partners, "leader": leader, "person": person, "measures": measures,
    }  # fmt: skip
    wish = acts.Wish(
        unit, kind.strip(), problem.strip(), standard.strip(), deadline.date(),
        {name: text.strip() for name, text in more.items()}, by.strip(),
    )  # fmt: skip
    now = datetime.now().astimezone()
    return _told(acts.open_item(open_workspace(root), wish, _day(today, now), now), as_json)


def _command_of(name: str) -> click.Command:
    step = STEPS[name]
    command: Callable[..., Any] = click.pass_obj(partial(_do, name))
    for option in reversed((_NUMBER, _BY, _REASON, *_MORE.get(name, ()), _TODAY, AS_JSON)):
        command = option(command)
    return click.command(name, options_metavar=OPTIONS, help=f"{step.title}：{step.about}")(command)


def _do(
    name: str, root: Path, number: str, by: str, reason: str, today: datetime | None, as_json: bool,
    head: str = "", evidence: tuple[str, ...] = (), figure: Month | None = None, deadline: datetime | None = None,
    way: str | None = None,
) -> int:  # fmt: skip
    from pipeline.jobs.items import acts

    said = {
        "reason": reason.strip(), "head": head.strip(), "way": way or "",
        "deadline": deadline.date().isoformat() if deadline else "",
    }  # fmt: skip
    given = {**said, "by": by.strip(), "evidence": evidence or figure}
    lacking = [f"--{option}" for option in STEPS[name].needs if not given[option]]
    if lacking:
        raise click.UsageError(f"{STEPS[name].title}要写明 {'、'.join(lacking)}。")
    request = acts.Request(number, name, by.strip(), said, evidence, figure)
    now = datetime.now().astimezone()
    return _told(acts.do(open_workspace(root), request, _day(today, now), now), as_json)


def _told(entered: Any, as_json: bool) -> int:
    if as_json:
        return give({"folders": [], "item": entered.item}, closing=entered.closing)
    click.echo(entered.closing)
    return ExitCode.DONE


def _day(today: datetime | None, now: datetime) -> date:
    return (today or now).date()


for act in STEPS:
    if act not in {"open", "again"}:
        items_group.add_command(_command_of(act))


@items_group.command("list", options_metavar=OPTIONS)
@click.option("--unit", metavar="单位", help="只列这个单位的。")
@click.option(
    "--state",
    type=click.Choice([each.value for each in State]),
    metavar="状态",
    help=f"只列这种状态的：{'、'.join(State)}。",
)
@_YEAR
@_TODAY
@AS_JSON
@click.pass_obj
def list_command(
    root: Path, unit: str | None, state: str | None, year: int | None, today: datetime | None, as_json: bool
) -> int:
    """列出挂账事项：先是逾期的、临期的，已销号的在后。"""
    from pipeline.domain.items.plain import actable_object, ledger_object
    from pipeline.domain.items.standing import sentence, urgency
    from pipeline.jobs.items import lookup, naming

    workspace = open_workspace(root)
    day, due_soon = _day(today, datetime.now().astimezone()), workspace.settings.items.due_soon
    items = lookup.items_on(workspace, day, year)
    code = naming.responsible(workspace, unit, day)[0] if unit else None
    shown = [item for item in items if code in {None, item.about.unit} and state in {None, item.state.value}]
    closing = sentence(items, day, due_soon) or "没有挂账事项。"
    if as_json:
        ledger = ledger_object(shown, workspace.item_numbers, day, due_soon)
        ledger["items"] = [actable_object(item, workspace.item_numbers, day) for item in shown]
        return give({"folders": []} | ledger, closing=closing)
    shown.sort(key=lambda item: (not item.is_open, urgency(item, day, due_soon)))
    tables.show_items(shown, workspace.item_numbers, day, due_soon)
    click.echo(closing)
    return ExitCode.DONE


@items_group.command("history", options_metavar=OPTIONS)
@_NUMBER
@_TODAY
@AS_JSON
@click.pass_obj
def history_command(root: Path, number: str, today: datetime | None, as_json: bool) -> int:
    """一个账号的来龙去脉：谁在哪天做了什么。"""
    from pipeline.domain.items.plain import history_object
    from pipeline.jobs.items import lookup

    workspace = open_workspace(root)
    day = _day(today, datetime.now().astimezone())
    found = lookup.history(workspace, number, day)
    if as_json:
        return give(history_object(found.item, found.entries, workspace.item_numbers, day))
    tables.show_history(found.item, found.entries, workspace.item_numbers)
    return ExitCode.DONE


@items_group.command("export", options_metavar=OPTIONS)
@click.argument("numbers", nargs=-1, metavar="[账号…]")
@_YEAR
@_TODAY
@AS_JSON
@click.pass_obj
def export_command(
    root: Path, numbers: tuple[str, ...], year: int | None, today: datetime | None, as_json: bool
) -> int:
    """写出问题台账、销号台账（表格和可以打印的）和待复核各项的销号申请表，放在 outputs/items。

    写了账号的，另出这几项的销号申请表。
    """
    from pipeline.jobs.items import export

    now = datetime.now().astimezone()
    with screen.Screen() as bar:
        folder = export.export(open_workspace(root), numbers, _day(today, now), now, bar.say, year)
    return tell(Outcome(ExitCode.DONE, "挂账销号台账写好了。", folders=(folder,)), as_json=as_json)


@items_group.command("import", options_metavar=OPTIONS)
@_TODAY
@AS_JSON
@click.pass_obj
def import_command(root: Path, today: datetime | None, as_json: bool) -> int:
    """按放进 inputs 的挂账事项表登记：全部登记，或有一处问题就都不登记。

    账号空着的是新立的账；写了账号的，把新填的日期、进展登记上去。同一张表再放一次，不会重复登记。
    """
    from pipeline.jobs.items import importing

    now = datetime.now().astimezone()
    report = importing.import_items(open_workspace(root), _day(today, now), now)
    return tell(report, as_json=as_json)


COMMANDS = (items_group,)
"""All of them, for the root."""
