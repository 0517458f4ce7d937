"""Rows of a workbook's sheet that hold nothing but texts and whole numbers, written many at once."""

from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import chain, repeat
from typing import Any, cast

from pipeline.domain.documents import Cell
from pipeline.domain.values.text import letters

_MARKS = ("&", "<", ">", "_x", "| ", " |")
"""What the library writes in another way: marks of XML, what looks like its own escapes, blanks at either end of a cell."""
_LONGEST = 16_000
"""Characters of a cell; longer ones are left to the library, which knows the format's limit."""


class PlainRows:
    """Writes rows of nothing but texts and whole numbers, to the byte as the library would: it takes ten times as long.

    A test holds both together. Of the library are used: its stream of rows (``fh``), its pending row, the beginning of a row,
    its dimensions.
    """

    def __init__(self, sheet: Any, text: Any, number: Any, width: int) -> None:
        """Prepare to write below the header.

        :param text: format of texts and blanks.
        :param number: format of whole numbers.
        """
        self._sheet, self._formats, self._width = sheet, {str: text, int: number}, width

    def put(self, first: int, rows: Sequence[Sequence[Cell]], heights: Sequence[int | None]) -> bool:
        """Write rows; False where that takes more than numbers, and texts on one line without marks of XML.

        :param first: number of the first, from 0.
        :param heights: of each, in points; None for the sheet's own.
        """
        if len(set(map(len, rows))) > 1 or not 0 < len(rows[0]) <= self._width:
            return False
        columns = list(zip(*rows, strict=True))
        kinds = [set(map(type, column)) for column in columns]
        if not self._formats.keys() >= set().union(*kinds) or not all(map(_is_plain, columns, kinds)):
            return False
        sheet, last = self._sheet, first + len(rows)
        begun = {height: self._begun(first, height) for height in set(heights)}
        sheet._write_single_row(last)  # the one before, which still waits; nothing of these does
        sheet.dim_rowmax = last - 1
        is_mixed = len(set().union(*kinds)) > 1
        used = dict.fromkeys(map(type, chain.from_iterable(rows))) if is_mixed else kinds[0]
        styles = {
            kind: self._formats[kind]._get_xf_index() for kind in used
        }  # numbered as they come to be used
        cells = _cells(columns, styles.get(str), styles.get(int))
        numbers = map(str, range(first + 1, last + 1))
        pieces = zip(repeat('<row r="'), map(begun.__getitem__, heights), *cells, strict=False)
        sheet.fh.write("".join(map(str.join, numbers, pieces)))
        return True

    def _begun(self, row: int, height: int | None) -> str:
        """What stands between a row's number and the same in the name of its first cell."""
        sheet = self._sheet
        if height:
            sheet.set_row(row, height)
        file, sheet.fh = sheet.fh, StringIO()
        sheet._write_row(row, None, sheet.row_info.pop(row, None))
        text: str = sheet.fh.getvalue()
        sheet.fh = file
        return text.partition(f'"{row + 1}')[2] + '<c r="A'


def _is_plain(column: Sequence[Cell], kinds: set[type]) -> bool:
    """Whether a column has only texts that are written as they stand, besides numbers."""
    texts = cast(
        "Sequence[str]", column if kinds == {str} else [cell for cell in column if isinstance(cell, str)]
    )
    said = f"|{'|'.join(texts)}|"
    return (
        said.isprintable()
        and not any(mark in said for mark in _MARKS)
        and (len(said) <= _LONGEST or max(map(len, texts)) <= _LONGEST)
    )


def _cells(
    columns: Sequence[Sequence[Cell]], of_text: int | None, of_number: int | None
) -> Iterator[list[str]]:
    """What stands between the row's number in the name of one cell, and in that of the next.

    :param of_text: number of the style of texts and blanks.
    :param of_number: number of the style of whole numbers.
    """
    for place, column in enumerate(columns, 1):
        following = "</row>" if place == len(columns) else f'<c r="{letters(place + 1)}'
        blank = f'" s="{of_text}"/>{following}'
        before, after = f'" s="{of_text}" t="inlineStr"><is><t>', f"</t></is></c>{following}"
        if int in set(map(type, column)):
            yield [
                f'" s="{of_number}"><v>{cell:.16G}</v></c>{following}'
                if isinstance(cell, int)
                else f"{before}{cell}{after}"
                if cell
                else blank
                for cell in column
            ]
        else:
            yield [f"{before}{cell}{after}" if cell else blank for cell in column]
