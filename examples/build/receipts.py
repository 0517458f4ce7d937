"""A signed receipt sheet (领取签收表) as a clerk types it, with faults."""

from typing import Any

from examples.build.files import Sheet, xlsx
from examples.build.workspace import Workspace

HEADER = (
    "序号",
    "领用单位",
    "起始号",
    "终止号",
    "份数",
    "份数（大写）",
    "本数",
    "领用日期",
    "领用人（签字）",
    "联系电话",
    "发放人",
    "备注",
)
UNIT, FIRST, LAST, COUNT, DAY, WHO = (HEADER[place] for place in (1, 2, 3, 4, 7, 8))
_FAULTS: tuple[tuple[str, Any, str], ...] = (
    (LAST, "岚个培〔2022〕01-0000号", "letter-unreadable"),
    (FIRST, "岚个培〔2022〕01-0030号", "wrong-range"),
    (LAST, "岚个培〔2022〕02-0010号", "wrong-range"),
    (COUNT, 11, "wrong-count"),
    (UNIT, "普明镇", "range-other-unit"),
    (UNIT, "东林镇", "unknown-unit"),
    (DAY, "六月二日", "bad-date"),
    (DAY, None, "empty-cell"),
    (WHO, None, "empty-cell"),
)
_COLUMNS = {("wrong-range", FIRST): LAST, ("range-other-unit", UNIT): FIRST}
"""Fault and the cell that was spoilt → the column at which it is told, if another."""


def write_faulty_receipts(workspace: Workspace) -> None:
    """Rows that are right, rows that are not, one that nobody has signed for, and the total."""
    sheet = Sheet("领取签收表")
    sheet.title("2022年岚县个体工商户培育介绍信领取签收表", len(HEADER))
    sheet.add(*HEADER)
    sheet.record(*_row())
    for column, value, code in _FAULTS:
        cells = dict(zip(HEADER, _row(), strict=True)) | {column: value}
        sheet.record(*cells.values())
        sheet.fault(code, _COLUMNS.get((code, column), column))
    sheet.add(*_row()[:7])
    sheet.add(None, "合计", None, None, 110)
    workspace.put("领取签收表.xlsx", xlsx(sheet), sheet, kind="receipts")


def _row() -> tuple[Any, ...]:
    span = ("岚个培〔2022〕01-0001号", "岚个培〔2022〕01-0010号", 10, "壹拾", 1)
    return (1, "东村镇", *span, "2022-06-02", "某某", None, "某某", None)
