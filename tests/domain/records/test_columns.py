"""An export is read column by column: each text once, and what is odd is told row by row."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.model import Source
from pipeline.domain.records.exports.cells import mobiles, names, phone_of, said_of, text_in
from pipeline.domain.records.exports.columns import Columns, Odd
from pipeline.domain.tables.findings import Findings
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable, Value

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
    assert last.read("name", make, many=lambda _: None) == ["好", ""]
    assert (every.stopped(), last.stopped()) == ({2}, {1})
    findings = Findings()
    every.put_into(findings)
    assert [(each.source.row, each.column) for each in findings.notices] == [(2, "联系电话"), (3, "联系电话")]
    assert [(each.source.row, each.column) for each in findings.problems] == [(4, "名称")]


def test_many_texts_are_made_together_and_what_is_among_others_by_itself() -> None:
    asked: list[int] = []

    def make(value: Value) -> str:
        return f"{value}!"

    def many(texts: Sequence[str]) -> list[str] | None:
        asked.append(len(texts))
        return None if "坏" in texts else [f"{text}!" for text in texts]

    cells: list[Value] = [*map(str, range(1100))]
    cells[600] = 600
    every = Columns.of(table(*((cell, None) for cell in cells)))
    assert every.read("name", make, many=many) == list(map(make, cells))
    assert asked == [500, 100]  # of the middle ones one is a number
    assert every.read("name", make, ["坏", "好"], many) == ["坏!", "好!"]


CELLS: list[Value] = [
    "甲店",
    "无",
    "",
    " 乙",
    "（丙）",
    None,
    1,
    "13800000000",
    "NULL",
    Unreadable("#N/A", "error-value"),
]


@given(st.lists(st.sampled_from(CELLS), min_size=1, max_size=5))
def test_names_told_together_say_what_each_says(cells: list[Value]) -> None:
    every = Columns.of(table(*((cell, None) for cell in cells)))
    assert every.read("name", text_in, many=names) == every.read("name", text_in)
    assert every.read("name", said_of, many=names) == every.read("name", said_of)
    assert every.read("name", phone_of, many=mobiles) == every.read("name", phone_of)
