"""The year's papers as a registry (督办登记簿), and ``supervise.json``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.domain.documents import Cell
from pipeline.domain.items.item import Item
from pipeline.domain.statistics.figures import Standing
from pipeline.domain.statistics.published import unit_object
from pipeline.domain.supervision.cases import Case
from pipeline.domain.supervision.papers import Paper
from pipeline.domain.wording import chinese_date
from pipeline.reports.supervision.approval import Withdrawal
from pipeline.reports.supervision.papers import NAMES, Occasion


def registry_rows(papers: Sequence[Paper], items: Mapping[int, Item]) -> Iterator[Sequence[Cell]]:
    """A line for each paper, in the order in which they were issued.

    What became of one that has an item is told of the item; the rest is written in by hand.
    """
    for paper in papers:
        told = paper.told
        back = paper.withdrawn
        note = f"{chinese_date(back.day)}撤回：{back.details['reason']}" if back else ""
        yield (
            paper.serial, f"第{told['issue_number']}期工作简报", f"{paper.ground.month}月份进度滞后（{NAMES[paper.level]}）",
            paper.unit_name, paper.issued.day.isoformat(), told["due"], told["account"], told["approved_by"],
            *_course(items.get(paper.told["item"])), "", note,
        )  # fmt: skip


def _course(item: Item | None) -> tuple[str, str, str]:
    """When an item was signed for, reported on the last time, and closed."""
    if item is None:
        return "", "", ""
    days = (item.accepted, item.progress[-1][0] if item.progress else None, item.closed)
    signed, reported, closed = (day.isoformat() if day else "" for day in days)
    return signed, reported, closed


def supervise_object(
    occasion: Occasion,
    cases: Sequence[Case],
    withdrawals: Sequence[Withdrawal],
    praise: Sequence[Standing],
    criticism: Sequence[Standing],
) -> dict[str, Any]:
    """``supervise.json``; the figures of a paper that was issued are those that it says."""
    figures = occasion.figures
    return {
        "month": f"{figures.year}-{figures.month:02d}",
        "as_of": figures.as_of.isoformat(),
        "papers": [_paper_object(case, occasion) for case in cases],
        "withdraw": [
            {
                "unit": paper.unit_name, "level": paper.level, "number": paper.serial,
                "month": f"{figures.year}-{paper.ground.month:02d}", "reason": why,
            }
            for paper, why in withdrawals
        ],
        "praise": [each.unit.name for each in praise],
        "criticism": [each.unit.name for each in criticism],
    }  # fmt: skip


def _paper_object(case: Case, occasion: Occasion) -> dict[str, Any]:
    paper = case.paper
    told = paper.told if paper else {}
    back: Any = paper.withdrawn.details if paper and paper.withdrawn else {}
    return {
        "unit": case.standing.unit.name,
        "code": case.standing.unit.code,
        "level": case.level,
        "months_running": case.months_running,
        "state": case.state,
        "number": paper.serial if paper else None,
        "sequence": paper.number if paper else None,
        "issued": paper.issued.day.isoformat() if paper else None,
        "due": told["due"] if paper else occasion.due(case.level).isoformat(),
        "item": told.get("account", "").removesuffix("号") or None,
        "withdrawn": back.get("reason"),
        "lacks": occasion.lacks(case.level) if paper is None else "",
        "gap_to_pace": paper.ground.progress.gap_to_pace if paper else case.standing.gap_to_pace,
        "figures": told["figures"] if paper else unit_object(case.standing),
    }
