"""Which kind of table a sheet is, told by its header row.

The words that clerks use for a column stand here as data; a file's name and suffix say nothing.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.domain.model import Grid, Problem, Row, Source, Table, Value

HEADER_WITHIN = 30
"""Rows from the top in which a header may stand, below titles and notes."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table and the words its columns go by."""

    name: str
    """``targets`` or ``roster``."""
    title: str
    """What clerks call it."""
    columns: dict[str, tuple[str, ...]]
    """Canonical field → header texts, the first being the one we recommend."""
    required: tuple[str, ...]
    """Fields without which the table is not this kind."""


KINDS = (
    Kind(
        "roster",
        "单位名录",
        {
            "code": ("编号", "单位编号", "代码", "单位代码", "序号"),
            "unit": ("单位名称", "简称", "单位简称", "单位"),
            "full_name": ("全称", "单位全称", "落款", "落款名称"),
            "group": ("类别", "分组", "单位类别"),
            "aliases": ("别名", "其他名称", "又名"),
        },
        ("code", "unit", "full_name", "group"),
    ),
    Kind(
        "targets",
        "任务分解表",
        {
            "seq": ("序号", "编号"),
            "unit": ("单位名称", "单位", "责任单位", "乡镇(单位)", "单位(乡镇)", "乡镇/单位"),
            "target": (
                "任务数/户",
                "任务数",
                "年度任务数",
                "目标任务",
                "目标任务数",
                "目标数",
                "净增任务数",
                "任务",
            ),
            "note": ("备注", "说明"),
        },
        ("unit", "target"),
    ),
)


def plain(text: str) -> str:
    """A name or header stripped of what does not tell it apart: widths, spaces, 「：」 and 「*」.

    NFKC turns full-width letters, digits and brackets into plain ones.
    """
    return re.sub(r"[\s:*\u200b\u200c\u200d\ufeff]", "", unicodedata.normalize("NFKC", text)).lower()


def text_of(value: Value) -> str:
    """A cell as the clerk sees it: whole numbers without 「.0」, edges and invisible characters stripped."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return re.sub(r"[\u200b\u200c\u200d\ufeff]", "", str(value)).strip()


def _header_name(value: Value) -> str:
    name = plain(text_of(value)).replace("(必填)", "")
    return re.sub(r"[/(]户\)?$", "", name)


def _columns(kind: Kind, names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for field, synonyms in kind.columns.items():
        for synonym in synonyms:
            if _header_name(synonym) in names and field not in found:
                index = names.index(_header_name(synonym))
                if index not in found.values():
                    found[field] = index
    return found


def recognise(grid: Grid) -> Table | Problem:
    """The table that a sheet holds, or a problem that says what the nearest kind lacks.

    Code of the problem: ``unknown-table``.
    """
    best: tuple[int, Kind, list[str]] | None = None
    for position, (number, cells) in enumerate(grid.rows[:HEADER_WITHIN]):
        names = [_header_name(value) for value in cells]
        for kind in KINDS:
            columns = _columns(kind, names)
            if set(kind.required) <= columns.keys():
                return _table(grid, kind, columns, position)
            missing = [kind.columns[name][0] for name in kind.required if name not in columns]
            score = len(columns)
            if score and (best is None or score > best[0]):
                best = (score, kind, [f"第{number}行最像“{kind.title}”的表头，还缺", *missing])
    if best is None:
        advice = f"看不出是哪种表：没有认得的表头。可放入的有：{'、'.join(kind.title for kind in KINDS)}。"
    else:
        advice = (
            f"看不出是哪种表：{best[2][0]}“{'”“'.join(best[2][1:])}”列。请补上表头，或把文件移出 inputs。"
        )
    return Problem(grid.source, None, "", "unknown-table", advice)


def _table(grid: Grid, kind: Kind, columns: dict[str, int], position: int) -> Table:
    number, header = grid.rows[position]
    source = Source(grid.source.file, grid.source.sheet, number)
    headers = {field: text_of(header[index]) for field, index in columns.items()}
    rows = tuple(
        Row(
            Source(source.file, source.sheet, row_number),
            {field: cells[index] if index < len(cells) else None for field, index in columns.items()},
        )
        for row_number, cells in grid.rows[position + 1 :]
    )
    return Table(kind.name, source, headers, rows)


def near(name: str, names: Sequence[str]) -> str:
    """The most similar of ``names`` as advice, never as a decision; empty when none is near."""
    matches = get_close_matches(name, names, n=1, cutoff=0.5)
    return f"，是不是“{matches[0]}”？" if matches else "。"
