"""All that a month's folder of supervision holds: papers issued and drafts, what is proposed besides, the registry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.domain.documents import Cell, Paper
from pipeline.domain.period import Month
from pipeline.domain.supervision.cases import CONFIRMED, PROPOSED, STATES, WITHDRAWN
from pipeline.domain.supervision.papers import Paper as Issued
from pipeline.reports.supervision.papers import NAMES, PAGES, TEMPLATES

FOLDERS = {CONFIRMED: "已签发", PROPOSED: "拟发稿", WITHDRAWN: "已撤回"}
"""State of a paper → the folder in which it lies."""
assert FOLDERS.keys() == STATES.keys()


@dataclass(frozen=True, slots=True)
class Content:
    """A month's folder."""

    at: datetime
    """When its tables say that they were made."""
    office: str
    """Who issues it."""
    period: Month
    """Its month."""
    papers: Mapping[str, Sequence[Paper]]
    """State → the papers in it."""
    approval: Mapping[str, object]
    """The sheet that is laid before whoever approves, by its template's names."""
    registry: Sequence[Sequence[Cell]]
    """督办登记簿: a line for each paper of the year up to this month."""
    figures: Mapping[str, Any]
    """``supervise.json``."""


def issued_paper(paper: Issued, at: datetime) -> Paper:
    """A paper as it was issued, whatever has changed since.

    :param at: when it was.
    """
    told = paper.told
    name = f"{NAMES[paper.level]}{paper.number}号-{told['fields']['单位']}"
    state = WITHDRAWN if paper.withdrawn else CONFIRMED
    return _paper(paper.level, name, told["fields"], state, told["template"], at)


def draft_paper(level: str, fields: Mapping[str, str], at: datetime) -> Paper:
    """A paper that may be issued."""
    return _paper(level, f"{NAMES[level]}-{fields['单位']}", fields, PROPOSED, "", at)


def _paper(
    level: str, name: str, fields: Mapping[str, str], state: str, version: str, at: datetime
) -> Paper:  # fmt: skip
    set_in = replace(TEMPLATES[level], version=version)
    return Paper(
        name, f"{NAMES[level]}：{fields['单位全称']}", set_in, fields, keeps_docx=True, folder=FOLDERS[state],
        pages=PAGES[level], at=at,
    )  # fmt: skip
