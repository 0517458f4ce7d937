"""Texts of an .xlsx, run by run."""

import re

from pipeline.adapters.sheet.package import Package
from pipeline.adapters.sheet.refusal import MAX_CELLS, MAX_TEXT, too_big
from pipeline.adapters.sheet.scanner import End, EnoughError, Scanner, Start, within
from pipeline.adapters.sheet.shown.values import seen
from pipeline.adapters.sheet.skimming import Parse, Skimmer, unescaped

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""Namespace of sheets: the usual one, and that of the strict variant."""
TRUE = {"1", "true", "on"}
"""How XML attributes say yes."""
_PLAIN = re.compile('<si><t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)</si>')
_FIRST, _LAST = "<si><t>", "</t></si>"
"""Around a text of the plainest kind, as nearly all are."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def text_of(raw: str) -> str | None:
    """A text with its ``_x000D_`` escapes undone, or None where nothing is to be seen."""
    if "_x" in raw:
        raw = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), raw)
    return seen(raw)


class Runs:
    """A text with its runs, while it is read."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        """What was read so far."""
        self.struck: list[str] = []
        """That of it which is struck out."""
        self._is_struck = self._is_phonetic = False

    def begin(self) -> None:
        """Begin another text."""
        self.pieces.clear()
        self.struck.clear()

    def add(self, text: str) -> None:
        """Add a piece; not one that only says how the others are read out."""
        if not self._is_phonetic:
            self.pieces.append(text)
            if self._is_struck:
                self.struck.append(text)

    def handlers(self) -> tuple[dict[str, Start], dict[str, End]]:
        """What is done at the start and the end of the elements within a text."""

        def begin_phonetic(_: dict[str, str]) -> None:
            self._is_phonetic = True

        def end_phonetic() -> None:
            self._is_phonetic = False

        def strike(attributes: dict[str, str]) -> None:
            self._is_struck = attributes.get("val", "1") in TRUE

        def end_run() -> None:
            self._is_struck = False

        return {"rPh": begin_phonetic, "strike": strike}, {"rPh": end_phonetic, "r": end_run}


def read_texts(package: Package, part: str, struck: dict[int, str], most: int) -> list[str | None]:
    """The texts that a workbook's sheets share; None where nothing is to be seen.

    :param struck: where to note, by number, what of a text is struck out.
    :param most: those that are wanted, from the first.
    :raises SheetProblem: ``broken-file``, ``too-big``.
    """
    texts: list[str | None] = []
    runs = Runs()
    starts, ends = runs.handlers()

    def end_item() -> None:
        if len(texts) >= MAX_CELLS:
            raise too_big(f"超过{MAX_CELLS}段文字")
        if len(texts) >= most:
            raise EnoughError
        if runs.struck:
            struck[len(texts)] = "".join(runs.struck)
        texts.append(text_of("".join(runs.pieces)))

    scanner = Scanner(
        within(MAIN, {"si": lambda _: runs.begin(), "t": lambda _: scanner.listen(), **starts}),
        within(MAIN, {"si": end_item, "t": lambda: runs.add(scanner.heard()), **ends}),
    )

    def take(piece: str, parse: Parse) -> None:
        found = _plain_texts(piece)
        if found is None or len(texts) + len(found) > min(MAX_CELLS, most):
            parse(piece.encode())
            return
        if "&" in piece:
            try:
                found = [unescaped(text) if "&" in text else text for text in found]
            except ValueError:
                parse(piece.encode())
                return
        if "_x" in piece or len(piece) > MAX_TEXT:
            texts.extend(map(text_of, found))
        else:
            texts.extend([text if text and not text.isspace() else None for text in found])

    with package.open(part) as stream:
        scanner.read(stream, Skimmer(b"<sst", b"</si>", MAIN[0], take))
    return texts


def _plain_texts(piece: str) -> list[str] | None:
    """The texts of a piece that consists of plain items; None where it does not."""
    if piece.startswith(_FIRST) and piece.endswith(_LAST):
        found = piece[len(_FIRST) : -len(_LAST)].split(_LAST + _FIRST)
        if piece.count("<") == len(found) * (_FIRST + _LAST).count("<"):
            return found
    parts = _PLAIN.split(piece)
    return None if any(parts[::2]) else [text or "" for text in parts[1::2]]
