"""What a workbook says once for all its sheets: their names, shared texts, number formats and calendar."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.adapters.sheet.package import Package
from pipeline.adapters.sheet.refusal import MAX_SHEETS, broken, too_big
from pipeline.adapters.sheet.scanner import Scanner, within
from pipeline.adapters.sheet.shown.number_format import BUILTIN, Format, number_format
from pipeline.adapters.sheet.xlsx.text import MAIN, TRUE, read_texts

_RELATIONS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)


@dataclass(frozen=True, slots=True)
class Styles:
    """What cell styles, by number, make of a cell."""

    formats: Mapping[str, Format]
    """Number formats; left out where a style shows what the cell holds."""
    struck: frozenset[str]
    """Styles that strike everything out."""
    dressed: frozenset[str]
    """Styles that make something of texts: strike them out, or put words around them."""


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
    struck: Mapping[int, str]
    """Shared texts of which something is struck out, by number → that."""
    styles: Styles
    """Its cell styles."""
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


def read_book(package: Package, part: str, most: int) -> Book:
    """Read everything but the cells.

    :param part: the workbook part.
    :param most: shared texts that are wanted.
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
    struck: dict[int, str] = {}
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
        tuple(read_texts(package, by_kind["sharedStrings"], struck, most))
        if "sharedStrings" in by_kind
        else (),
        struck,
        _styles(package, by_kind["styles"]) if "styles" in by_kind else Styles({}, frozenset(), frozenset()),
        flags.get("from_1904") in TRUE,
        flags.get("is_stale") in TRUE,
    )


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


def _styles(package: Package, part: str) -> Styles:
    """The cell styles; fills, borders and all else in the part do not matter."""
    codes = {str(number): code for number, code in BUILTIN.items()}
    fonts: list[bool] = []
    used: list[tuple[str, str]] = []
    within_list = ""

    def enter(name: str) -> None:
        nonlocal within_list
        within_list = name

    def font(_: dict[str, str]) -> None:
        if within_list == "fonts":
            fonts.append(False)

    def strike(attributes: dict[str, str]) -> None:
        if within_list == "fonts" and fonts:
            fonts[-1] = attributes.get("val", "1") in TRUE

    def style(attributes: dict[str, str]) -> None:
        if within_list == "cellXfs":
            used.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))

    scanner = Scanner(
        within(
            MAIN,
            {
                "numFmt": lambda a: codes.update({a.get("numFmtId", ""): a.get("formatCode", "")}),
                "fonts": lambda _: enter("fonts"),
                "font": font,
                "strike": strike,
                "cellXfs": lambda _: enter("cellXfs"),
                "xf": style,
            },
        ),
        within(MAIN, {"fonts": lambda: enter(""), "cellXfs": lambda: enter("")}),
    )
    with package.open(part) as stream:
        scanner.read(stream)
    struck_fonts = {str(number) for number, is_struck in enumerate(fonts) if is_struck}
    found = {str(number): number_format(codes.get(code, "")) for number, (code, _) in enumerate(used)}
    formats = {style: form for style, form in found.items() if form}
    struck = frozenset(str(number) for number, (_, font) in enumerate(used) if font in struck_fonts)
    return Styles(formats, struck, struck | {style for style, form in formats.items() if form.rewords})
