"""What a cell of a copy is written as, so that it says the same when the copy is read."""

import math
from datetime import datetime

from pipeline.adapters.annotate.layout import clean
from pipeline.domain.values.cell import Unreadable, Value

_EXACT = 10**15
"""From here on Excel does not keep all digits of a number."""


def written(
    value: Value, seen: str | Unreadable | None
) -> tuple[str | int | float | bool | datetime | None, str]:
    """What is written, and its number format; read again it shows the same, or is as unclear as before.

    :param seen: what the cell shows, where that is not its value's text.
    """
    if isinstance(seen, str) and not isinstance(value, datetime) and not _is_number(seen, value):
        value = seen
    if isinstance(seen, Unreadable) and seen.code == "unclear-format" and isinstance(value, int | float):
        return value, "0.00E+00"
    if not isinstance(value, str):
        if isinstance(value, datetime) and value.year >= 1900:
            is_day = (value.hour, value.minute, value.second) == (0, 0, 0)
            return value, "yyyy-mm-dd" if is_day else "yyyy-mm-dd hh:mm:ss"
        if isinstance(value, int) and abs(value) < _EXACT:
            return value, "General" if abs(value) < 10**11 else "0"
        if value is None or (isinstance(value, float) and math.isfinite(value)):
            return value, "General"
    text = clean(str(value))
    return text, "@" if len(text) < 256 else "General"  # longer text cells show as ##### in old Excel


def _is_number(text: str, value: Value) -> bool:
    """Whether a text is only another way to write a number, as 1,040.00 is."""
    try:
        return isinstance(value, int | float) and float(text.replace(",", "")) == value and text[:1] != "0"
    except ValueError:
        return False
