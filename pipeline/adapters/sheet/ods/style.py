"""What the styles of an OpenDocument spreadsheet say that matters: hidden sheets, and what is struck out."""

from pipeline.adapters.sheet.scanner import Start

_STYLE, _TABLE = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0 " for name in ("style", "table"))
CELL, RUN = "table-cell", "text"
"""Families of styles."""
_STRIKES = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")


class Styles:
    """The styles met so far."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        """Of hidden sheets."""
        self.any_strikes = False
        """Whether there is a style that strikes anything out."""
        self._struck: set[tuple[str, str]] = set()
        self._current = ("", "")

    def handlers(self) -> dict[str, Start]:
        """What is done at the elements that define styles."""
        return {
            f"{_STYLE}style": self._begin,
            f"{_STYLE}table-properties": self._table_properties,
            f"{_STYLE}text-properties": self._text_properties,
        }

    def strikes(self, family: str, *names: str | None) -> bool:
        """Whether the first of some styles that is named strikes out what has it."""
        name = next(filter(None, names), None)
        return name is not None and (family, name) in self._struck

    def _begin(self, attributes: dict[str, str]) -> None:
        family = attributes.get(f"{_STYLE}family", "")
        self._current = family, attributes.get(f"{_STYLE}name", "")
        if (family, attributes.get(f"{_STYLE}parent-style-name", "")) in self._struck:
            self._struck.add(self._current)

    def _table_properties(self, attributes: dict[str, str]) -> None:
        if attributes.get(f"{_TABLE}display") == "false":
            self.hidden.add(self._current[1])

    def _text_properties(self, attributes: dict[str, str]) -> None:
        told = [attributes[name] for name in _STRIKES if name in attributes]
        if any(line != "none" for line in told):
            self._struck.add(self._current)
            self.any_strikes = True
        elif told:
            self._struck.discard(self._current)
