"""What is wrong in a table's rows, gathered cell by cell."""

from dataclasses import dataclass, field

from pipeline.domain.model import Problem
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.identity import masked, masked_whole
from pipeline.domain.values.text import text_of

_A_DAY = len("2022-05-07")
"""A wrong day of so many characters is shown as it stands: no ID number or mobile is as short."""
_WHAT_TO_DO = {
    "unclear-format": "按这个单元格格式，不能确定显示的是什么。请设为文本格式后重写。",
    "struck-text": "有划掉的字（删除线）。不要的请删去，要的请去掉删除线。",
}


def what_to_do(value: Unreadable, otherwise: str) -> str:
    """Advice for a cell that cannot be taken.

    :param otherwise: what is said where nothing but its formula or its error is to blame.
    """
    return _WHAT_TO_DO.get(value.code, otherwise)


@dataclass(slots=True)
class Findings:
    """What was found wrong, each at its cell."""

    problems: list[Problem] = field(default_factory=list)
    """What makes a row unusable."""
    notices: list[Problem] = field(default_factory=list)
    """What does not."""

    def problem(self, table: Table, row: Row, name: str, code: str, advice: str) -> None:
        """A field's cell makes the row unusable."""
        self.problems.append(_at(table, row, name, code, advice))

    def notice(self, table: Table, row: Row, name: str, code: str, advice: str) -> None:
        """A field's cell is to be looked at."""
        self.notices.append(_at(table, row, name, code, advice))


def _at(table: Table, row: Row, name: str, code: str, advice: str) -> Problem:
    seen = as_shown(name, row.printed(name))
    unit, called, uscc = (text_of(row.printed(field)) for field in ("unit", "name", "uscc"))
    place = table.places.get(name)
    return Problem(row.source, table.headers.get(name), seen, code, advice, place, (unit, called, uscc))


def as_shown(name: str, value: Value) -> str:
    """What stands in a field's cell, with ID numbers and phones masked."""
    text = text_of(value).removesuffix(" 00:00:00")
    if name in {"id_no", "phone"}:
        return masked_whole(text)
    return text if name.endswith("_date") and len(text) <= _A_DAY else masked(text)
