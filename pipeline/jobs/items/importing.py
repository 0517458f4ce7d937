"""The job ``items import``: sheets of items (挂账事项) in ``inputs/``, entered all or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pipeline.adapters.register import open_register
from pipeline.domain.items.book import ItemBook
from pipeline.domain.items.rows import RowPlan
from pipeline.domain.items.steps import STEPS
from pipeline.domain.journal import Act, Journal
from pipeline.domain.model import Problem
from pipeline.domain.outcome import Outcome
from pipeline.domain.records.items import ITEMS
from pipeline.errors import ExitCode, UsageFault
from pipeline.intake import read_inputs
from pipeline.jobs.items.naming import evidence_file
from pipeline.workspace import Workspace


def import_items(workspace: Workspace, today: date, now: datetime) -> Outcome:
    """Enter what the sheets say and the ledger does not have: all of it, or nothing.

    :param today: for what a row names no day of.
    :raises UsageFault: there is no such sheet.
    """
    intake = read_inputs(workspace, today, (ITEMS,))
    if not intake.problems and not intake.has(ITEMS):
        raise UsageFault(
            "inputs 里没有挂账事项表（列：账号、类别、问题描述、责任单位、验收标准、原时限……）。"
        )
    if intake.problems:
        return _refused(intake.problems)
    rows, wrong = intake.said(ITEMS), list[Problem]()

    def evidence(name: str) -> Mapping[str, object]:
        return evidence_file(workspace, name)

    def plan(journal: Journal) -> Sequence[Act]:
        book, settings = ItemBook(journal, workspace.settings.items), workspace.settings.items
        found = RowPlan(book, workspace.item_numbers, settings.kinds, today, now.date(), evidence)
        for row in rows:
            found.enter(row)
        wrong.extend(found.problems())
        return [] if wrong else book.acts

    with open_register(workspace.register) as register:
        entered = register.enter(workspace.settings.plan.year, plan, now)
    if wrong:
        return _refused(wrong)
    counts = Counter(STEPS[entry.act].title for entry in entered)
    told = "、".join(f"{title}{count}项" for title, count in counts.items()) or "没有新的，什么也没有登记"
    notices = [f"{each.source}：{each.advice}" for each in intake.reading(ITEMS).notices]
    return Outcome(ExitCode.DONE, f"按挂账事项表的{len(rows)}行：{told}。", notices=tuple(notices))


def _refused(problems: Sequence[Problem]) -> Outcome:
    closing = f"表格里有{len(problems)}处问题，一项也没有登记。请照列出来的改好，再办一次。"
    return Outcome(ExitCode.DATA, closing, tuple(problems))
