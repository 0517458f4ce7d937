"""Text files: their characters, and tables with one record to a line (CSV, tab-separated)."""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from pipeline.adapters.sheet.records import Unpaired, records
from pipeline.adapters.sheet.refusal import MAX_COLUMN, MAX_ROW, broken, too_big
from pipeline.adapters.sheet.rows import Allowance, Rows
from pipeline.adapters.sheet.shown.values import seen
from pipeline.domain.model import Problem, Source
from pipeline.domain.tables.grid import Grid
from pipeline.domain.values.cell import Value
from pipeline.domain.values.identity import masked

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4_000
_SAMPLE = 300
_SEPARATORS = "\t,;|"
_LAST_RESORT = "、"
_PADDING = re.compile(r"(?<=[,;])\t|\t(?=[,;])")
"""Pages put a tab to every value, so that no spreadsheet takes a code for a number; the separator is beside it."""
_SEEN = 30
_NAMED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_TYPED_AS_TEXT = ("=", "'")
_AS_FORMULA = re.compile(r'="([^"]*)"')


def decode(data: bytes) -> str | None:
    """The text in a file, or None where it is no text.

    UTF-8, UTF-16 and GB18030, strictly: a byte that does not fit is never passed over.

    :raises SheetProblem: ``broken-file`` for a text that is damaged.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _text(data[len(mark) :], encoding, sure=True)
    head = data[:_HEAD]
    nuls = [head[start::2].count(0) for start in (0, 1)]
    if max(nuls) * 10 > len(head) and min(nuls) * 10 <= max(nuls):
        return _text(data, "utf-16-be" if nuls[0] > nuls[1] else "utf-16-le", sure=False)
    try:
        return _text(data, "utf-8", sure=False)
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        raise broken("文字编码混乱")
    try:
        return _text(data, "gb18030", sure=False)
    except UnicodeDecodeError:
        if _looks_written(data[:_HEAD].decode("gb18030", "ignore")) and 0 not in head:
            raise broken("文字编码混乱") from None
        return None


def read(file: str, text: str, allowance: Allowance) -> tuple[Grid, ...]:
    """The one table of a text file; every value is text, and a row's number is that of its record.

    Records that cannot be taken (code ``ragged-row``) are among the grid's faults, and stand in their rows as far as
    their fields can be told.

    :raises SheetProblem: ``too-big``.
    """
    named = _NAMED.match(text)
    separator, width = _shape(text, named[1] if named else "")
    source = Source(file)
    rows, widths, faults = Rows(allowance), [], []
    for number, record in enumerate(records(text, separator, width), 1):
        if rows.is_full:
            break
        fields = record.pieces if isinstance(record, Unpaired) else record
        if number > MAX_ROW or len(fields) > MAX_COLUMN:
            raise too_big(f"超过{MAX_ROW}行或{MAX_COLUMN}列")
        if isinstance(record, Unpaired):
            faults.append(_unpaired(source._replace(row=number), record))
        cells = [_value(field, allowance) for field in fields]
        if any(cells) and not (named and number == 1):
            rows.add(number, cells)
            widths.append(len(cells))
    return (replace(rows.grid(source), widths=tuple(widths), faults=tuple(faults)),)


def _unpaired(source: Source, line: Unpaired) -> Problem:
    seen = masked(next((piece for piece in line.pieces if '"' in piece), "").strip())[:_SEEN]
    place = "" if line.number == source.row else f"（用记事本打开是第{line.number}行）"
    advice = (
        f"这一行{place}的英文引号不成对，分不清哪些字是一格，没有读。"
        "请在原来的软件里另存为 .xlsx 再放入；或者用记事本打开，把多出的引号删去，缺的补上。"
    )
    return Problem(source, None, seen, "ragged-row", advice)


def _text(data: bytes, encoding: str, *, sure: bool) -> str | None:
    """Decoded text; None where it is none.

    :raises UnicodeDecodeError: only where not ``sure``.
    """
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if sure:
            raise broken("文字编码混乱") from None
        if encoding.startswith("utf-16"):
            return None
        raise
    text = text.rstrip("\x1a")
    if not _looks_written(text.rstrip("\0")[:_HEAD]):
        return None
    if "\0" in text:
        raise broken("文件里夹着空字节")
    return text


def _looks_written(text: str) -> bool:
    odd = (
        times
        for char, times in Counter(text).items()
        if unicodedata.category(char) in {"Cc", "Cn", "Cs"} and char not in "\t\r\n\f\v"
    )
    return sum(odd) * 100 <= len(text)


def _mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 but for a few bytes, which GB18030 would make other characters of."""
    high = sum(1 for byte in data[: _HEAD * 100] if byte >= 0x80)
    kept = data[: _HEAD * 100].decode("utf-8", "ignore").encode()
    return high > 30 and sum(1 for byte in kept if byte >= 0x80) > high * 0.9


def _shape(text: str, named: str) -> tuple[str, int]:
    """The separator, and how many fields most records have.

    :param named: the separator where the file says it itself.
    """
    sample = text[: _SAMPLE * 1_000].splitlines(keepends=True)[:_SAMPLE]
    best = named or _most_even([_PADDING.sub("", line) for line in sample])
    return best, _evenness(sample, best)[1]


def _most_even(sample: Sequence[str]) -> str:
    shapes = {one: _evenness(sample, one) for one in _SEPARATORS + _LAST_RESORT}
    best = max(_SEPARATORS, key=lambda one: shapes[one])
    return best if shapes[best][0] > 0.5 else max(best, _LAST_RESORT, key=lambda one: shapes[one])


def _evenness(sample: Sequence[str], separator: str) -> tuple[float, int]:
    """How evenly and finely a separator divides, and the fields of a record of the commonest kind.

    The first is the cuts in such a record, times its share. Lines are tried together, for cells of several lines, and
    each alone, since one stray quotation mark makes one record of all of them.
    """
    together = io.StringIO("".join(sample), newline="")
    readings = ([together], [[line] for line in sample])
    return max(_commonest(reading, separator) for reading in readings)


def _commonest(pieces: Iterable[Iterable[str]], separator: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        for piece in pieces:
            widths.update(len(record) for record in csv.reader(piece, delimiter=separator) if record)
    scores = (((width - 1) * count / widths.total(), width) for width, count in widths.items())
    return max(scores, default=(0.0, 1))


def _value(field: str, allowance: Allowance) -> Value:
    if field[:1] in _TYPED_AS_TEXT:
        match = _AS_FORMULA.fullmatch(field)
        field = match[1] if match else field.removeprefix("'") if field[1:2].isdecimal() else field
    text = seen(field)
    return text and allowance.once(text)
