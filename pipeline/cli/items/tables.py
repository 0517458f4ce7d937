"""What the clerk sees of open items."""

from collections.abc import Sequence
from datetime import date

import click

from pipeline.cli.screen import LISTED, console_of, table_of
from pipeline.domain.items.item import Item, proof_words
from pipeline.domain.items.number import ItemNumbers
from pipeline.domain.items.steps import STEPS
from pipeline.domain.journal import Entry
from pipeline.reports.items.tables import Words

_SAID = {"reason": "{}", "deadline": "时限{}", "head": "负责人{}", "way": "{}复核", "problem": "{}"}
"""What of an act's details its line shows, and how."""

_SHOWN = 24
"""Characters of a problem that a list shows; all of it stands in its history and in the ledger."""


def show_items(items: Sequence[Item], numbers: ItemNumbers, day: date, due_soon: int) -> None:
    """Items and how they stand."""
    if not items:
        return
    table = table_of("挂账事项", "账号", "单位", "类别", "问题", "时限", "状态", "期限")
    words = Words(numbers, day, due_soon)
    for item in items[:LISTED]:
        about = item.about
        table.add_row(
            words.number(item), about.unit_name, about.kind, _short(about.problem), str(item.deadline), item.state.value,
            words.urgency(item),
        )  # fmt: skip
    console_of().print(table)
    if len(items) > LISTED:
        click.echo(f"上面列出前{LISTED}项，共{len(items)}项；要全部，用 export。")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def show_history(item: Item, entries: Sequence[Entry], numbers: ItemNumbers) -> None:
    """What was done to an item."""
    about = item.about
    click.echo(f"{numbers.text(item.number, item.year)}号，{about.unit_name}，{about.kind}：{about.problem}")
    click.echo(f"验收标准：{about.standard.rstrip('。')}。时限：{item.deadline}。现在：{item.state}。")
    if item.previous is not None:
        click.echo(f"前账号：{numbers.text(item.previous, item.year)}号。")
    table = table_of("经过", "登记时间", "事项", "日期", "谁", "内容", "登记人")
    for entry in entries:
        table.add_row(
            f"{entry.at:%Y-%m-%d %H:%M}", STEPS[entry.act].title, str(entry.day), entry.who, _said(entry),
            entry.operator,
        )  # fmt: skip
    console_of().print(table)


def _said(entry: Entry) -> str:
    if entry.details.get("silent"):
        return "到期没有签收，视同签收"
    said = [words.format(entry.details[name]) for name, words in _SAID.items() if name in entry.details]
    evidence = entry.details.get("evidence")
    proofs = evidence if isinstance(evidence, list) else []
    names = [f"佐证：{proof_words(each)}" for each in proofs]
    return "；".join([*said, *names])
