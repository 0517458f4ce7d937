"""Lines of delimited text → records, each judged by itself: a bad mark in one takes no other with it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.adapters.sheet.refusal import MAX_TEXT, too_long
from pipeline.domain.values.text import is_identity

MOST_LINES = 100
"""Lines of one record; a quotation mark that is still open then was not meant as one."""
_WRAPPED = re.compile(r'"((?:[^"]|"")*)"')
_LINE_BREAK = re.compile(r"[\r\n]")


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A line whose quotation marks do not tell for certain where its fields end."""

    pieces: list[str]
    """What stands between its separators."""
    number: int
    """Its number in the text, from 1."""


def records(text: str, separator: str, width: int) -> Iterator[list[str] | Unpaired]:
    """The fields of each record of a text, as RFC 4180 has them.

    Where quotation marks go against it, only that line is judged anew: marks that plainly belong to a field's text
    (``"高级"烟酒店``) are left in it, in doubt it is :class:`Unpaired`. So are a line whose mark is closed only in
    another record, and the one that closes it.

    :param width: fields of most records.
    :raises SheetProblem: ``too-big``.
    """
    source, back, taken = io.StringIO(text, newline=""), list[str](), list[str]()
    reader = csv.reader(_handed_out(source, back, taken), delimiter=separator, strict=True)
    line, closing = 1, set[int]()
    while True:
        line += len(taken)
        taken.clear()
        try:
            fields = next(reader)
            is_record = len(taken) == 1 or not _holds_records(taken, fields, separator, width)
        except StopIteration:
            return
        except csv.Error:
            fields, is_record = [], False
        if is_record:
            yield Unpaired(fields, line) if line in closing else fields
            continue
        if fields:
            closing.add(line + len(taken) - 1)
        back += reversed(taken[1:])
        del taken[1:]
        reader = csv.reader(_handed_out(source, back, taken), delimiter=separator, strict=True)
        pieces = taken[0].rstrip("\r\n").split(separator)
        yield _as_it_stands(pieces, width) or Unpaired(pieces, line)


def _handed_out(source: Iterator[str], back: list[str], taken: list[str]) -> Iterator[str]:
    """The lines of a text, those that were given back first; each is noted as taken."""
    while len(taken) < MOST_LINES:
        line = back.pop() if back else next(source, "")
        if not line:
            return
        if len(line) > MAX_TEXT:
            raise too_long()
        taken.append(line)
        yield line


def _as_it_stands(pieces: Sequence[str], width: int) -> list[str] | None:
    """The fields of a line with marks that belong to its text; None where that is not certain."""
    if max(map(len, pieces)) > csv.field_size_limit():
        raise too_long()
    if len(pieces) != width:
        return None
    fields = []
    for piece in pieces:
        text = piece.strip()
        wrapped = _WRAPPED.fullmatch(text)
        if not wrapped and text.startswith('"') and (text.endswith('"') or text.count('"') % 2):
            return None
        fields.append(wrapped[1].replace('""', '"') if wrapped else piece)
    return fields


def _holds_records(lines: Sequence[str], fields: Sequence[str], separator: str, width: int) -> bool:
    """Whether a mark that is closed on a later line has swallowed records, and not just a line break."""
    if width > 1 and all(line.count(separator) >= width - 1 for line in lines):
        return True
    broken = (field for field in fields if separator in field and _LINE_BREAK.search(field))
    return any(
        is_identity(piece.strip(" \"'="))
        for field in broken
        for line in _LINE_BREAK.split(field)
        for piece in line.split(separator)
    )
