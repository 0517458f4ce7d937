"""What a registration export says of a row's kind of market entity: an individual business (个体工商户) or a company.

A unified code no longer proves it: since 2025 an individual business that becomes a company by direct change keeps its
92 code (国市监注发〔2025〕58号). So words win over the code, and only where there are none the code decides.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.domain.records.exports.columns import Columns
from pipeline.domain.values.cell import Value
from pipeline.domain.values.licence import is_individual
from pipeline.domain.values.text import plain

_FIELDS = ("entity_type", "form")
"""Where it may stand, the surest first: 市场主体类型, 组成形式."""

_BY_SIZE = re.compile("(大|中|小|微|中小|小微|中小微)型?企业")
"""What 企业类型 holds where it is about size, which an individual business has too."""
_INDIVIDUAL = re.compile("(?<!非)个体|个人经营|家庭经营")
"""组成形式 of an individual business is 个人经营 or 家庭经营 (促进个体工商户发展条例 2)."""
_COMPANY = re.compile(
    "公司|企业|有限责任|股份|独资|(普通|有限)合伙|合作社|农专|法人|分支机构|代表机构|办事处|非个体"
)


@lru_cache(maxsize=1024)
def says_individual(text: str) -> bool | None:
    """Whether these words are an individual business's; None where they are nobody's in particular, or everybody's."""
    word = _BY_SIZE.sub("", plain(text))
    is_individual, is_company = bool(_INDIVIDUAL.search(word)), bool(_COMPANY.search(word))
    return None if is_individual == is_company else is_individual


class Entities:
    """Which businesses are individual ones, row after row: as a row says, else as another said, else by the code."""

    def __init__(self) -> None:
        self.companies: set[str] = set()
        """Unified codes and registration numbers of companies, by the last row that says what they are."""
        self._individual: set[str] = set()

    def refused(self, rows: Columns, uscc: Sequence[str], regno: Sequence[str]) -> dict[int, str]:
        """Place of each row that is a company's → the field that tells, ``uscc`` where its code does.

        :param uscc: of each row its unified code.
        :param regno: of each row its registration number.
        """
        said = _said(rows)
        refused: dict[int, str] = {}
        for place, (own, other) in enumerate(zip(uscc, regno, strict=True)):
            by_code = not own or is_individual(own)
            field, says = said.get(place, ("uscc", None))
            if says is None and (by_code or own in self._individual):
                continue
            codes = {own, other} - {""}
            if says:
                self.companies -= codes
                self._individual |= codes
                continue
            self._individual -= codes
            self.companies |= codes
            refused[place] = field if by_code else "uscc"
        return refused


def _said(rows: Columns) -> dict[int, tuple[str, bool]]:
    """Place of each row that says what its business is → the first field that does, and whether that is an individual one."""
    said: dict[int, tuple[str, bool]] = {}
    for name in filter(rows.has, _FIELDS):
        for place, says in enumerate(rows.read(name, _says_individual)):
            if says is not None:
                said.setdefault(place, (name, says))
    return said


def _says_individual(value: Value) -> bool | None:
    return says_individual(value) if isinstance(value, str) else None
