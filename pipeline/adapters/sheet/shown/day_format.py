"""Days, times of day and hours gone by, as a section of a number format shows them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from pipeline.adapters.sheet.shown.format_code import (
    CHINESE,
    LONG_DAY,
    LONG_TIME,
    Section,
    Token,
    Uncertain,
    sections,
)

_LONG = {LONG_DAY: sections('yyyy"年"m"月"d"日"')[0], LONG_TIME: sections("h:mm:ss")[0]}
"""What computers in China show for their own long day and time."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HANZI = "〇一二三四五六七八九"
_UNITS = {"h": 3600, "m": 60, "s": 1}
_HALF_A_SECOND = timedelta(milliseconds=500)
_NO_DAY = datetime(1900, 1, 1)  # noqa: DTZ001 - a sheet's days have no zone

Shower = Callable[[datetime], str]
_FIGURES: Mapping[str, Shower] = {
    **dict.fromkeys(("y", "yy"), lambda at: f"{at.year % 100:02}"),
    **dict.fromkeys(("yyy", "yyyy"), lambda at: f"{at.year:04}"),
    "m": lambda at: str(at.month),
    "mm": lambda at: f"{at.month:02}",
    "d": lambda at: str(at.day),
    "dd": lambda at: f"{at.day:02}",
    "aaaa": lambda at: f"星期{'一二三四五六日'[at.weekday()]}",
    "h": lambda at: str(at.hour),
    "hh": lambda at: f"{at.hour:02}",
    "minute": lambda at: str(at.minute),
    "minutes": lambda at: f"{at.minute:02}",
    "s": lambda at: str(at.second),
    "ss": lambda at: f"{at.second:02}",
}
_ENGLISH_NAMES: Mapping[str, Shower] = {
    "mmm": lambda at: _MONTHS[at.month - 1][:3],
    "mmmm": lambda at: _MONTHS[at.month - 1],
    "mmmmm": lambda at: _MONTHS[at.month - 1][0],
    "ddd": lambda at: _WEEKDAYS[at.weekday()][:3],
    "dddd": lambda at: _WEEKDAYS[at.weekday()],
}
_CHINESE_NAMES: Mapping[str, Shower] = {"dddd": _FIGURES["aaaa"]}
_IN_HANZI: Mapping[str, Shower] = {
    "yy": lambda at: "".join(_HANZI[int(digit)] for digit in f"{at.year % 100:02}"),
    "yyyy": lambda at: "".join(_HANZI[int(digit)] for digit in f"{at.year:04}"),
    "m": lambda at: _hanzi(at.month),
    "d": lambda at: _hanzi(at.day),
    "aaaa": _FIGURES["aaaa"],
}


def day_text(section: Section, held: datetime | float) -> str:
    """What a section shows.

    :param held: a moment, or days as a number: then only a time of day or what has gone by can be shown.
    :raises Uncertain: another country's names, fractions of a second, a day that there is not.
    """
    section = _LONG.get(section.locale, section)
    parts = list(_parts(section.tokens))
    if isinstance(held, datetime):
        at, gone_by = held + _HALF_A_SECOND, None
    else:
        gone_by = round(held * 86_400)
        at = _NO_DAY + timedelta(seconds=gone_by % 86_400)
        named = {token.text[0] for token in parts if token.kind == "part" and token.text[:6] != "minute"}
        if held < 0 or named & {*"ymda"} or (held >= 1 and not section.has("elapsed")):
            raise Uncertain
    return "".join(_shown(section, token, at, gone_by) for token in parts)


def _parts(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """The pieces, those that mean minutes told from those that mean months: beside hours or seconds."""
    told = [place for place, token in enumerate(tokens) if token.kind in {"part", "elapsed"}]
    beside = {
        place: (
            tokens[before].text[0] if before is not None else "",
            tokens[after].text[0] if after is not None else "",
        )
        for before, place, after in zip([None, *told], told, [*told[1:], None], strict=False)
    }
    for place, token in enumerate(tokens):
        before, after = beside.get(place, ("", ""))
        if token.kind == "part" and token.text in {"m", "mm"} and (before == "h" or after == "s"):
            yield Token("part", "minute" if token.text == "m" else "minutes")
        else:
            yield token


def _shown(section: Section, token: Token, at: datetime, gone_by: int | None) -> str:
    if token.kind == "literal" or (token.kind == "sign" and token.text in ".,/"):
        return token.text
    if token.kind == "half" and (section.locale != CHINESE or token.text == "上午/下午"):
        return token.text.split("/")[at.hour >= 12]
    if token.kind == "elapsed" and gone_by is not None:
        return str(gone_by // _UNITS[token.text[0]]).zfill(len(token.text))
    if token.kind != "part":
        raise Uncertain
    if token.text[0] == "h" and section.has("half"):
        at = at.replace(hour=(at.hour - 1) % 12 + 1)
    names = _CHINESE_NAMES if section.locale == CHINESE else _ENGLISH_NAMES
    shower = _IN_HANZI.get(token.text) if section.in_hanzi else {**_FIGURES, **names}.get(token.text)
    if shower is None:
        raise Uncertain
    return shower(at)


def _hanzi(number: int) -> str:
    """A number from 1 to 31: 十二, 三十."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_HANZI[tens]}十"
    return ten + (_HANZI[ones] if ones else "")
