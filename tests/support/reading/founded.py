"""Whether every number of the papers in a folder is a number of its data: one that is not was counted a second time."""

import json
import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

_FIXED = re.compile(
    r"\d{4}-\d\d?-\d\d?|\d{4}-(?:Q\d|\d\d)|\d{4}年(?:度|(?:\d\d?月(?:\d\d?日)?)?)|\d\d?月(?:\d\d?日|份|底)?"  # times
    r"|[^，。；\s]*〔\d{4}〕[^，。；\s]*号?|第\d+[期次条]|附[件表]：?\d|C\d-\d|^\d\. |\n\d\. "  # documents, laws, annexes, measures
)
"""What has figures in it and is no number: times, and what documents, annexes and measures are called."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIGNED = re.compile(r"[-+]?\d+(?:\.\d+)?[%▲]?")
_EXACT = 10**6
"""Denominators up to which a number that is neither rounded nor whole is told apart from another."""
_NAMES = ("name", "unit", "group", "section", "cohort", "indicator", "kind", "key")
"""Under which names data say of whom or what they speak."""
_SUMS = {"county": "合计", "unattributed": "未归属"}
"""Under which key data hold a sum that has no name of its own → what papers call it."""


def unfounded(folder: Path, *more: Any, fixed: str = "", but: str = "") -> list[tuple[str, str, str]]:
    """File, number and words of each number that stands in no data.

    A row of a table that names somebody is held against what the data say of him alone, with its signs; all else against
    all data. A rate counts with one or two decimals and in percent. A row's first cell may be its running number; a cell that says
    word by word what the data say is not looked into.

    :param more: what else the papers go by, as plain data: what was typed in, what the test counts by itself.
    :param fixed: further words with figures that are no numbers, as a regular expression.
    :param but: files that are not looked at, by their names, as a regular expression.
    """
    [path] = [each for each in folder.glob("*.json") if each.name != "manifest.json"]
    data = [json.loads(path.read_text(encoding="utf-8")), *more]
    objects, everything = list(_objects(data)), set(_numbers(data))
    texts = {text for each in objects for text in each.values() if isinstance(text, str)}
    wholly = everything | {-each for each in everything}
    words = re.compile("|".join(filter(None, (_FIXED.pattern, fixed))))
    found = []
    for paper in sorted(each for each in folder.rglob("*") if not re.fullmatch(but, each.name)):
        for cells in _lines(paper):
            own = {
                number
                for each in objects
                if len(cells) > 1 and _is_of(each, cells)
                for number in _numbers(each)
            }
            for place, cell in enumerate(cells):
                if (place == 0 and len(cells) > 1 and cell.isdecimal()) or cell in texts:
                    continue
                if own and _SIGNED.fullmatch(cell):
                    told, known = [cell.strip("+%▲")], own
                else:
                    told, known = (
                        _NUMBER.findall(words.sub("", cell)),
                        own | {-each for each in own} or wholly,
                    )
                found += [
                    (paper.name, each, "｜".join(cells))
                    for each in told
                    if Fraction(each).limit_denominator(_EXACT) not in known
                ]
    return found


def _objects(value: Any, key: str = "") -> Iterator[dict[str, Any]]:
    """Every object with what it speaks of: 合计 and 未归属 by its key, of a group's sum 乡镇小计."""
    if isinstance(value, dict):
        name = _SUMS.get(key) or (f"{value['group']}小计" if isinstance(value.get("group"), str) else "")
        yield {"name": name} | value if name else value
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for own, each in parts:
        yield from _objects(each, str(own))


def _is_of(told: dict[str, Any], cells: Sequence[str]) -> bool:
    return any(told.get(name) and told[name] in cells for name in _NAMES)


def _numbers(value: Any) -> Iterator[Fraction]:
    """As papers may print them."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _numbers(each)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield Fraction(value)
    elif isinstance(value, float):
        exact = Fraction(value).limit_denominator(_EXACT)
        yield exact
        for scaled in (exact, exact * 100):
            shown = Decimal(scaled.numerator) / Decimal(scaled.denominator)
            for step in ("0.1", "0.01"):
                yield Fraction(shown.quantize(Decimal(step), ROUND_HALF_UP))


def _lines(path: Path) -> Iterator[list[str]]:
    """A paragraph as one cell, a row of a table as its cells; nothing of other files."""
    if path.suffix == ".docx":
        for part in Document(str(path)).element.body:
            if part.tag == qn("w:p"):
                yield [_text(part)]
            for row in part.iter(qn("w:tr")) if part.tag == qn("w:tbl") else ():
                yield [_text(cell) for cell in row.iter(qn("w:tc"))]
    elif path.suffix == ".xlsx":
        for sheet in load_workbook(path, data_only=True).worksheets:
            for row in sheet.iter_rows(values_only=True):
                yield ["" if cell is None else str(cell) for cell in row]


def _text(part: Any) -> str:
    return "".join(each.text or "" for each in part.iter(qn("w:t")))
