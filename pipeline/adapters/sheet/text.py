"""Text files: their characters, and tables with one record to a line (CSV, tab-separated)."""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.adapters.sheet.refusal import MAX_COLUMN, MAX_ROW, MAX_TEXT, broken, too_big, too_long
from pipeline.adapters.sheet.rows import Allowance, Rows
from pipeline.adapters.sheet.values import seen
from pipeline.domain.model import Grid, Source, Value

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
_NAMED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
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

    :raises SheetProblem: ``broken-file``, ``too-big``.
    """
    named = _NAMED.match(text)
    separator = named[1] if named else _separator(text)
    rows = Rows(allowance)
    try:
        _fill(rows, _records(text, separator, quoted=True), allowance, bool(named))
    except csv.Error:
        # Quotation marks that do not pair are meant as they stand.
        allowance = Allowance()
        rows = Rows(allowance)
        try:
            _fill(rows, _records(text, separator, quoted=False), allowance, bool(named))
        except csv.Error:
            raise too_long() from None
    return (rows.grid(Source(file)),)


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
    odd = sum(unicodedata.category(char) in {"Cc", "Cn", "Cs"} and char not in "\t\r\n\f\v" for char in text)
    return odd * 100 <= len(text)


def _mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 but for a few bytes, which GB18030 would make other characters of."""
    high = sum(1 for byte in data[: _HEAD * 100] if byte >= 0x80)
    kept = data[: _HEAD * 100].decode("utf-8", "ignore").encode()
    return high > 30 and sum(1 for byte in kept if byte >= 0x80) > high * 0.9


def _records(text: str, separator: str, *, quoted: bool) -> Iterable[list[str]]:
    lines = _lines(text)
    if quoted:
        return csv.reader(lines, delimiter=separator, strict=True)
    return csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)


def _lines(text: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if len(line) > MAX_TEXT:
            raise too_long()
        yield line


def _separator(text: str) -> str:
    sample = "".join(text[: _SAMPLE * 1_000].splitlines(keepends=True)[:_SAMPLE])
    scores = {one: _evenness(sample, one) for one in _SEPARATORS + _LAST_RESORT}
    best = max(_SEPARATORS, key=lambda one: scores[one])
    return best if scores[best] > 0.5 else max(best, _LAST_RESORT, key=lambda one: scores[one])


def _evenness(sample: str, separator: str) -> float:
    """How evenly and finely a separator divides: cuts in a record of the commonest kind, times its share."""
    widths: Counter[int] = Counter()
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if record:
                widths[len(record)] += 1
    except csv.Error:
        return 0
    return max(((width - 1) * count / widths.total() for width, count in widths.items()), default=0)


def _fill(rows: Rows, records: Iterable[list[str]], allowance: Allowance, is_named: bool) -> None:
    for number, record in enumerate(records, 1):
        if number > MAX_ROW or len(record) > MAX_COLUMN:
            raise too_big(f"超过{MAX_ROW}行或{MAX_COLUMN}列")
        if not (is_named and number == 1):
            rows.add(number, [_value(field, allowance) for field in record])


def _value(field: str, allowance: Allowance) -> Value:
    if field.startswith("="):
        match = _AS_FORMULA.fullmatch(field)
        field = match[1] if match else field
    elif field.startswith("'") and field[1:2].isdecimal():
        field = field[1:]
    text = seen(field)
    return text and allowance.once(text)
