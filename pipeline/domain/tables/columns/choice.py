"""Which column is a field's own, and which others go by one of its names too.

The column is read whose word stands first among its field's words, a visible one before a hidden one, a clear word before
a vague one; where it is blank the other is taken, unless that may mean something else.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as of_each
from functools import lru_cache
from operator import itemgetter

from pipeline.domain.model import Source
from pipeline.domain.tables.grid import Grid
from pipeline.domain.tables.kinds import VAGUE, Kind
from pipeline.domain.values.cell import Unreadable, Value
from pipeline.domain.values.dates import day_of
from pipeline.domain.values.identity import long_form
from pipeline.domain.values.phones import phone
from pipeline.domain.values.text import compact, letters, plain, text_of, whole_number

_IN_PART = ("unit", "name", "address", "letter_no")
"""Fields in which one column may say the same in fewer words: 东村镇, 岚县东村镇人民政府."""
_IN_CELLS = ("scope", "address")
"""Fields of which the parts may be written in several cells, below one header that is merged over them."""
_NOTHING = ("无", "暂无", "户", "家", "个")
_ENDED = re.compile("注销|吊销|撤销|迁出")
_HINT = re.compile(
    r"\((必填|选填|必填项|户|元|万元|格式.*|如.*|例.*|文本.*|\d+位.*|年[-/.]?月[-/.]?日|[ymd/.-]+)\)$|[/(]户\)?$"
)


def header_name(value: Value) -> str:
    """A header text without what is only a hint for filling in: 「（必填）」, 「（18位）」, 「/户」."""
    return _HINT.sub("", plain(text_of(value)))


@lru_cache(maxsize=1024)
def _words(synonyms: tuple[str, ...]) -> Mapping[str, bool]:
    """A field's words as header names, and whether each is vague; the first, which we recommend, never is."""
    vague = VAGUE - {synonyms[0]}
    return {header_name(synonym): synonym in vague for synonym in synonyms}


@lru_cache(maxsize=256)
def _all_words(columns: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """The words of all fields as header names."""
    return frozenset().union(*map(_words, columns))


@dataclass(slots=True)
class Rival:
    """A further column that goes by a name of a field."""

    field: str
    """The field."""
    index: int
    """Its column, from 0."""
    header: str
    """The clerk's own header text."""
    is_vague: bool
    """Whether its name may mean something else, so that it neither stands in for the field nor contradicts it."""
    is_hidden: bool
    """Whether it gives way, as it is hidden and the field's own column is not."""
    differing: dict[Source, Value] = of_each(default_factory=dict)
    """Row → what stands there, where the field's own column says something else."""

    @property
    def named(self) -> str:
        """``“手机号”（E列）``."""
        return f"“{self.header}”（{letters(self.index + 1)}列）"

    def weigh(self, source: Source, values: dict[str, Value], other: Value, from_1904: bool) -> bool:
        """Hold what it says in a row against the field's own value; give that where there is none, and say so."""
        own = values[self.field]
        if other is None or other == own or isinstance(own, Unreadable) or _is_blank(other):
            return False
        if not _is_blank(own):
            if not _agree(self.field, own, other, from_1904):
                self.differing[source] = other
        elif not self.is_vague:
            values[self.field] = other
            return True
        return False


def columns_of(grid: Grid, kind: Kind, names: Sequence[str]) -> dict[str, int]:
    """Field → the column of its first word that is there; visible before hidden, clear before vague."""
    if _all_words(tuple(kind.columns.values())).isdisjoint(names):
        return {}  # so most rows, and each is held against every kind

    def is_hidden(index: int) -> bool:
        return index + 1 in grid.hidden_columns

    first_visible = sorted(range(len(names)), key=is_hidden)
    places = {names[index]: index for index in reversed(first_visible) if names[index]}
    found: dict[str, int] = {}
    for field, synonyms in kind.columns.items():
        own = [(places[name], is_vague) for name, is_vague in _words(synonyms).items() if name in places]
        free = [(is_hidden(index), is_vague, index) for index, is_vague in own if index not in found.values()]
        if free:
            found[field] = min(free, key=itemgetter(0, 1))[2]
    return found


def rivals_of(
    grid: Grid, kind: Kind, names: Sequence[str], columns: Mapping[str, int], text: Callable[[int], str], row: int
) -> list[Rival]:  # fmt: skip
    """Further columns that go by a name of a field, and those over which its header is merged.

    :param columns: field → the column that is its own.
    :param text: column → its header as the clerk wrote it.
    :param row: the header's row.
    """
    taken = set(columns.values())
    rivals = []
    in_parts = {columns[name]: name for name in _IN_CELLS if name in kind.weighed and name in columns}
    for area in grid.merged:
        if area.left - 1 in in_parts and area.top <= row <= area.bottom:
            nameless = (
                index for index in range(area.left, area.right) if not "".join(names[index : index + 1])
            )
            name, own = in_parts[area.left - 1], text(area.left - 1)
            rivals += [Rival(name, index, own, is_vague=False, is_hidden=False) for index in nameless]
    for field in filter(columns.__contains__, kind.weighed):
        vague = _words(kind.columns[field])
        is_hidden = columns[field] + 1 in grid.hidden_columns
        for index, name in enumerate(names):
            if name in vague and index not in taken:
                taken.add(index)
                gives_way = index + 1 in grid.hidden_columns and not is_hidden
                rivals.append(Rival(field, index, text(index), vague[name], gives_way))
    return rivals


def _is_blank(value: Value) -> bool:
    """Whether a cell says nothing that can be read: 「—」, 「/」, 「无」, and 「户」 below 「单位」."""
    text = text_of(value)
    return isinstance(value, Unreadable) or not any(map(str.isalnum, text)) or text in _NOTHING


@lru_cache(maxsize=65_536)
def _agree(name: str, own: Value, other: Value, from_1904: bool) -> bool:
    """Whether two cells say the same, as the field is read."""
    if name == "phone":
        numbers = (
            {each.rpartition("-")[2] for each in phone(value).text.split("、")} for value in (own, other)
        )
        return not set.isdisjoint(*numbers)
    one, two = (_said(name, value, from_1904) for value in (own, other))
    if isinstance(one, str) and isinstance(two, str) and name in _IN_PART:
        return one in two or two in one
    return one == two


def _said(name: str, value: Value, from_1904: bool) -> object:
    said: object = None
    if name in {"target", "count"}:
        said = whole_number(value)
    elif name.endswith("date"):
        said = day_of(value, from_1904)
    elif name == "code":
        said = plain(text_of(value)).lstrip("0")
    elif name == "id_no":
        said = long_form(compact(value).upper())
    elif name == "status":
        said = _ENDED.findall(text_of(value))
    return plain(text_of(value)) if said is None else said
