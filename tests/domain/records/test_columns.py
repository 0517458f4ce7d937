"""An export is read column by column: each text once, and what is odd is told row by row."""

from pipeline.domain.model import Source
from pipeline.domain.records.exports.columns import Columns, Odd
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Value

HEADERS = {"name": "名称", "phone": "联系电话"}


def table(*rows: tuple[Value, Value]) -> Table:
    lines = [
        Row(Source("登记.xlsx", "表", number), dict(zip(HEADERS, row, strict=True)))
        for number, row in enumerate(rows, 2)
    ]
    return Table(
        "registrations", Source("登记.xlsx", "表", 1), HEADERS, tuple(lines), {"name": 1, "phone": 2}
    )


def test_each_text_is_read_once_and_each_number_by_itself() -> None:
    asked: list[Value] = []

    def make(value: Value) -> str:
        asked.append(value)
        return repr(value)

    cells: list[Value] = ["甲", 1, True, 1.0, "甲", None, None, "1", 1]
    found = Columns.of(table(*((cell, None) for cell in cells))).read("name", make)
    assert found == list(map(repr, cells))
    assert list(map(repr, asked)) == ["'甲'", "1", "True", "1.0", "None", "'1'", "1"]


def test_what_is_odd_is_told_row_by_row_whatever_column_was_read_first() -> None:
    every = Columns.of(table(("坏", "坏"), ("好", "坏"), ("坏", "好")))

    def make(value: Value) -> str | Odd[str]:
        return Odd("", "odd", "坏了", stops=value == "坏" and len(asked) > 3) if value == "坏" else str(value)

    asked = [0] * 3
    assert every.read("phone", make) == ["", "", "好"]
    last = every.at([1, 2])
    asked.append(0)
    assert last.read("name", make, is_own=True) == ["好", ""]
    assert (every.stopped(), last.stopped()) == ({2}, {1})
    findings = Findings()
    every.put_into(findings)
    assert [(each.source.row, each.column) for each in findings.notices] == [(2, "联系电话"), (3, "联系电话")]
    assert [(each.source.row, each.column) for each in findings.problems] == [(4, "名称")]
