"""What the clerk sees: progress and problems on stderr, results on stdout."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.domain.letters.lifecycle import HAPPENINGS, STATES
from pipeline.progress import PROGRESS, ProgressFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from rich.console import Console
    from rich.table import Table

    from pipeline.domain.letters.model import Range
    from pipeline.domain.model import Problem
    from pipeline.domain.outcome import Outcome
    from pipeline.jobs.check import Examination
    from pipeline.jobs.register.lookup import Story, Summary
    from pipeline.jobs.register.verify import ScannedPage
    from pipeline.reports.ledgers.tables import LedgerRow

SHOWN = 20
"""Problems shown on screen; the rest are counted."""
_SEEN = 60
"""Characters of a faulty cell by which it is known again."""
LISTED = 200
"""Letters shown on screen."""
WIDTH = 120
"""Columns where the output is no terminal."""


class Screen:
    """Tells the clerk on stderr how far the work is, and whoever asks for it in a file; stdout stays clean."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.console = console_of(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("份  还需"),
            TimeRemainingColumn(), console=self.console, transient=True, disable=not self.console.is_terminal,
        )  # fmt: skip
        self._task = self._progress.add_task("", total=None, visible=False)
        asked = os.environ.get(PROGRESS)
        self._file = ProgressFile(Path(asked) if asked else None)

    def __enter__(self) -> Screen:
        self._progress.start()
        self._file.say("")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def say(self, text: str) -> None:
        """One line above the bar."""
        self.console.print(text)
        self._file.say(text)

    def expect(self, text: str, pages: int) -> None:
        """Show the bar for so many pages."""
        self._progress.reset(self._task, total=pages, visible=True, description=text)
        self._file.expect(text, pages)

    def advance(self, pages: int) -> None:
        """Move the bar."""
        self._progress.advance(self._task, pages)
        self._file.advance(pages)


def show_standing(standing: Summary) -> None:
    """The register at a glance."""
    table = table_of("介绍信台账", "编号", "单位", "任务数", "有效份数", "号段", "状态", "批次")
    for account in standing.accounts:
        holding = account.holding
        spans = "\n".join(_span(run) for run in holding.ranges) if holding else "—"
        target = "—" if account.target is None else str(account.target)
        batches = "、".join(map(str, holding.batches)) if holding else ""
        table.add_row(
            account.unit_code, account.unit_name, target, str(holding.live if holding else 0), spans,
            _states(holding.states if holding else {}), batches,
        )  # fmt: skip
    live = sum(account.holding.live for account in standing.accounts if account.holding)
    targets = [account.target for account in standing.accounts if account.target is not None]
    table.add_section()
    states: Counter[str] = Counter()
    for account in standing.accounts:
        states.update(account.holding.states if account.holding else {})
    table.add_row("", "合计", str(sum(targets)) if targets else "—", str(live), "", _states(states), "")
    console_of().print(table)


def _states(counts: Mapping[str, int]) -> str:
    return "\n".join(f"{word}{counts[state]}" for state, word in STATES.items() if counts.get(state))


def show_listing(entries: Sequence[LedgerRow]) -> None:
    """Letters and their states."""
    table = table_of("介绍信", "编号", "单位", "姓名", "拟用名称", "状态", "日期", "领用人", "原因")
    for entry in entries[:LISTED]:
        letter, event = entry.letter, entry.event
        who = letter.applicant
        table.add_row(
            letter.printed, letter.unit_name, who.name if who else "", who.business if who else "",
            STATES[letter.state], str(entry.day), event.who, event.why if event.day else "",
        )  # fmt: skip
    console_of().print(table)
    more = f"，上面列出前{LISTED}份；要全部，用 --xlsx" if len(entries) > LISTED else ""
    print(f"共{len(entries)}份{more}。")


def show_history(story: Story) -> None:
    """What happened to a letter."""
    letter = story.letter
    who = f"，{letter.applicant.name}（{letter.applicant.business}）" if letter.applicant else ""
    print(f"{letter.printed}号，{letter.unit_name}{who}，现在：{STATES[letter.state]}")
    if letter.replaces:
        print(f"这一份是换 {letter.replaces.key} 的。")
    if story.replacement:
        print(f"已经换成 {story.replacement.printed}号。")
    table = table_of("经过", "登记时间", "事项", "日期", "领用人", "原因", "批次", "登记人")
    for event in story.events:
        table.add_row(
            f"{event.at:%Y-%m-%d %H:%M}", HAPPENINGS[event.what], str(event.day or ""), event.who,
            event.why if event.day else "", str(event.batch), event.operator,
        )  # fmt: skip
    console_of().print(table)


def show_verdicts(pages: Sequence[ScannedPage]) -> None:
    """What the marks of each page turned out to be."""
    for page in pages:
        place = f"第{page.number}页：" if len(pages) > 1 else ""
        for verdict in page.verdicts:
            letter = verdict.letter
            whose = f"{letter.printed}号（{letter.unit_name}）  " if letter else ""
            print(f"{place}{whose}{verdict.title}")
        if not page.verdicts:
            grey = "" if page.is_coloured else "盖了红章的，黑白扫描看不见章下面，请用彩色扫描。"
            print(f"{place}没有找到验证码。{grey}请拍清楚、摆正，或直接输入扫码得到的文字。")


def console_of(*, stderr: bool = False) -> Console:
    """A console that takes no part of a text for markup: a unit may be called 「[red]」."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, markup=False, width=None if stream.isatty() else WIDTH)


def table_of(title: str, *headers: str) -> Table:
    """A table that breaks a long text over lines, where rich would cut Chinese off for want of spaces."""
    from rich.table import Column, Table

    return Table(*(Column(header, overflow="fold") for header in headers), title=title)


def show_report(report: Outcome) -> None:
    """What a job made, left out and found."""
    show_problems(report.problems)
    show_notices(report.notices)
    if report.ranges:
        table = table_of("介绍信", "单位", "份数", "号段")
        for run in report.ranges:
            table.add_row(run.unit_name, str(run.count), _span(run))
        table.add_section()
        table.add_row("合计", str(sum(run.count for run in report.ranges)), "")
        console_of().print(table)
    for folder in report.folders:
        print(f"文件在：{folder}")
    print(report.closing)


def _span(run: Range) -> str:
    return run.first.printed if run.count == 1 else f"{run.first.printed} 至 {run.last.printed}"


def show_problems(problems: Sequence[Problem], title: str = "问题") -> None:
    """The first problems as a table, and how many there are besides."""
    if not problems:
        return
    table = table_of(title, "位置", "列", "现在是", "问题和办法", "代码")
    table.show_lines = True
    for problem in problems[:SHOWN]:
        seen = problem.seen if len(problem.seen) <= _SEEN else f"{problem.seen[:_SEEN]}……"
        table.add_row(str(problem.source), problem.column or "", seen, problem.advice, problem.code)
    console_of(stderr=True).print(table)
    _tell_rest(problems)


def show_notices(notices: Sequence[str]) -> None:
    """What the clerk should know: the first few, and how many there are besides."""
    for notice in notices[:SHOWN]:
        print(f"提示：{notice}", file=sys.stderr)
    _tell_rest(notices)


def _tell_rest(told: Sequence[object]) -> None:
    if len(told) > SHOWN:
        print(f"……还有{len(told) - SHOWN}处没有列出。", file=sys.stderr)


def show_examination(found: Examination) -> None:
    """What is in the tables, bad rows first, and what became of every line."""
    from pipeline.intake import TITLES

    show_problems(found.problems)
    show_problems(found.notices, "提示（不影响编号，请看一看）")
    table = table_of("读到的文件", "文件", "种类", "行数", "采用", "没有采用的行")
    for account in found.accounts:
        left_out = "、".join(f"{reason}{count}" for reason, count in account.left_out.items())
        table.add_row(
            account.file, TITLES.get(account.kind or "", "—"), str(account.rows), str(account.read), left_out
        )
    console_of().print(table)
    for copy in found.copies.values():
        print(f"已标注：{copy}")
