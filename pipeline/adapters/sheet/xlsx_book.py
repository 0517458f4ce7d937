"""What a workbook says once for all its sheets: their names, shared texts, number formats and calendar."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.adapters.sheet.package import Package
from pipeline.adapters.sheet.refusal import MAX_CELLS, MAX_SHEETS, broken, too_big
from pipeline.adapters.sheet.scanner import Scanner, within
from pipeline.adapters.sheet.values import ELAPSED, MOMENT, seen, shown_as

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""Namespace of sheets: the usual one, and that of the strict variant."""
_RELATIONS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_DAYS, _ELAPSED = (*range(14, 23), 45, 47), 46
"""Built-in number formats (ECMA-376-1 18.8.30) of days and times, and of a duration."""
_EAST_ASIAN_DAYS = {*range(27, 37), *range(50, 59)}
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
TRUE = {"1", "true", "on"}
"""How XML attributes say yes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet in the workbook's list."""

    name: str
    """As on its tab."""
    part: str
    """Where its cells are."""
    is_hidden: bool
    """Hidden, or very hidden."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook without its cells."""

    entries: tuple[Entry, ...]
    """Its sheets, charts and dialogs left out."""
    texts: tuple[str | None, ...]
    """Shared texts by number; None where nothing is to be seen."""
    shapes: Mapping[str, str]
    """What a cell style makes of a number, see :func:`~pipeline.adapters.sheet.values.shown_as`; plain ones left out."""
    from_1904: bool
    """Whether days count from 1904."""
    is_stale: bool
    """Whether its writer asked for a recalculation, so that a result of 0 may only stand for none."""


def main_part(package: Package) -> str:
    """Name of the part that the package is about, such as ``xl/workbook.xml``; empty where it does not say."""
    if "_rels/.rels" not in package.names:
        return ""
    found = _relations(package, "")
    return next((target for kind, target in found.values() if kind == "officeDocument"), "").lower()


def read_book(package: Package, part: str) -> Book:
    """Read everything but the cells.

    :param part: the workbook part.
    :raises SheetProblem: ``broken-file``, ``too-big``.
    """
    relations = _relations(package, part)
    by_kind = dict(relations.values())
    listed: list[dict[str, str]] = []
    flags: dict[str, str] = {}
    scanner = Scanner(
        within(
            MAIN,
            {
                "sheet": listed.append,
                "workbookPr": lambda a: flags.update(from_1904=a.get("date1904", "")),
                "calcPr": lambda a: flags.update(is_stale=a.get("fullCalcOnLoad", "")),
            },
        ),
        {},
    )
    with package.open(part) as stream:
        scanner.read(stream)
    if len(listed) > MAX_SHEETS:
        raise too_big(f"工作表超过{MAX_SHEETS}张")
    entries = []
    for attributes in listed:
        relation = next((attributes[name] for name in _ID if name in attributes), "")
        if relation not in relations:
            raise broken("工作表目录不完整")
        kind, target = relations[relation]
        if kind == "worksheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            entries.append(Entry(attributes.get("name", ""), target, is_hidden))
    return Book(
        tuple(entries),
        tuple(_texts(package, by_kind["sharedStrings"])) if "sharedStrings" in by_kind else (),
        _shapes(package, by_kind["styles"]) if "styles" in by_kind else {},
        flags.get("from_1904") in TRUE,
        flags.get("is_stale") in TRUE,
    )


def text_of(raw: str) -> str | None:
    """A text with its ``_x000D_`` escapes undone, or None where nothing is to be seen."""
    if "_x" in raw:
        raw = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), raw)
    return seen(raw)


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relation → its kind and target part; what lies outside the package is left out."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def relation(attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            target = attributes.get("Target", "").replace("\\", "/")
            found[attributes.get("Id", "")] = (
                kind,
                posixpath.normpath(posixpath.join("/", folder, target))[1:],
            )

    with package.open(posixpath.join(folder, "_rels", f"{name}.rels")) as stream:
        Scanner(within(_RELATIONS, {"Relationship": relation}), {}).read(stream)
    return found


def _texts(package: Package, part: str) -> list[str | None]:
    texts: list[str | None] = []
    pieces: list[str] = []
    phonetic = False

    def begin_item(_: dict[str, str]) -> None:
        pieces.clear()

    def end_item() -> None:
        if len(texts) >= MAX_CELLS:
            raise too_big(f"超过{MAX_CELLS}段文字")
        texts.append(text_of("".join(pieces)))

    def set_phonetic(value: bool) -> None:
        nonlocal phonetic
        phonetic = value

    def end_text() -> None:
        text = scanner.heard()
        if not phonetic:
            pieces.append(text)

    scanner = Scanner(
        within(
            MAIN, {"si": begin_item, "t": lambda _: scanner.listen(), "rPh": lambda _: set_phonetic(True)}
        ),
        within(MAIN, {"si": end_item, "t": end_text, "rPh": lambda: set_phonetic(False)}),
    )
    with package.open(part) as stream:
        scanner.read(stream)
    return texts


def _shapes(package: Package, part: str) -> dict[str, str]:
    """Shape of each cell style by number; fonts, fills and all else in the part do not matter."""
    codes: dict[str, str] = {}
    used: list[str] = []
    inside = False

    def set_inside(value: bool) -> None:
        nonlocal inside
        inside = value

    def style(attributes: dict[str, str]) -> None:
        if inside:
            used.append(attributes.get("numFmtId", "0"))

    scanner = Scanner(
        within(
            MAIN,
            {
                "numFmt": lambda a: codes.update({a.get("numFmtId", ""): a.get("formatCode", "")}),
                "cellXfs": lambda _: set_inside(True),
                "xf": style,
            },
        ),
        within(MAIN, {"cellXfs": lambda: set_inside(False)}),
    )
    with package.open(part) as stream:
        scanner.read(stream)
    shapes = {name: shown_as(code) for name, code in codes.items()}
    found = [shapes[name] if name in shapes else _builtin(name) for name in used]
    return {str(style): shape for style, shape in enumerate(found) if shape}


def _builtin(name: str) -> str | None:
    if not name.isdecimal():
        return None
    number = int(name)
    return ELAPSED if number == _ELAPSED else MOMENT if number in (*_DAYS, *_EAST_ASIAN_DAYS) else None
