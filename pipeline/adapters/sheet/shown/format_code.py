"""The code of a number format taken apart: its sections, and what each is made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|_(?P<blank>.)"
    r"|\*(?P<fill>.)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<part>y+|m+|d+|h+|s+|a{3,})"
    r"|(?P<digit>[0#?])"
    r"|(?P<sign>[.,%@/])"
    r"|(?P<end>;)"
    r"|(?P<literal>[-+$(){}:^&~'<>= ]|[^\x00-\x7f])"
    r"|(?P<unknown>.)",
    re.IGNORECASE | re.DOTALL,
)
_COLOUR = re.compile(
    r"(black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+|[黑蓝青绿红白黄]色?|洋红色?|颜色 ?\d+)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=) ?(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_LOCALE = re.compile(r"\$([^-]*)(?:-([0-9A-Fa-f]*))?")
CHINESE, ENGLISH = "804", "409"
LONG_DAY, LONG_TIME = "F800", "F400"
"""Locales that stand for the computer's own long day and long time."""
_LOCALES = {"", CHINESE, ENGLISH, LONG_DAY, LONG_TIME}
MOST_SIGNS = 255
"""Characters of a code; Excel takes no more."""


class Uncertain(Exception):
    """What a format makes of a value cannot be told for certain."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a code."""

    kind: str
    """``literal``, ``general``, ``half``, ``part`` (of a day or time), ``elapsed``, ``digit``, ``sign`` or ``unknown``."""
    text: str
    """What is shown, of a literal; else as it stands, parts of a day in lower case."""


@dataclass(frozen=True, slots=True)
class Section:
    """What a code says of some values."""

    tokens: tuple[Token, ...]
    """Its pieces; colours and conditions left out."""
    condition: tuple[str, float] | None = None
    """For which numbers it is, where it says so."""
    locale: str = ""
    """Whose names: empty for the program's, :data:`CHINESE`, :data:`ENGLISH`, :data:`LONG_DAY`, :data:`LONG_TIME`."""
    in_hanzi: bool = False
    """Whether figures are written 〇一二三."""

    def has(self, *kinds: str) -> bool:
        """Whether there is a piece of one of these kinds."""
        return any(token.kind in kinds for token in self.tokens)

    @property
    def is_text(self) -> bool:
        """Whether it is made for texts."""
        return Token("sign", "@") in self.tokens

    @property
    def is_of_day(self) -> bool:
        """Whether it shows a number as a day or time."""
        return self.has("part", "elapsed", "half") or self.locale in {LONG_DAY, LONG_TIME}


def sections(code: str) -> tuple[Section, ...]:
    """A code's sections.

    What is not understood stays in as a piece of kind ``unknown``.
    """
    found: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code[: MOST_SIGNS + 1]):
        if match.lastgroup == "end":
            found.append([])
        else:
            found[-1].append(match)
    if len(found) > 4 or len(code) > MOST_SIGNS:
        return (Section((Token("unknown", code),)),)
    return tuple(map(_section, found))


def _section(matches: list[re.Match[str]]) -> Section:
    tokens: list[Token] = []
    says: dict[str, str] = {}
    condition = None
    for match in matches:
        kind = match.lastgroup or "unknown"
        if kind != "bracket":
            tokens.append(_token(kind, match[kind]))
        elif told := _CONDITION.fullmatch(match[kind]):
            condition = (told[1], float(told[2]))
        else:
            tokens += _bracket(match[kind], says)
    return Section(tuple(tokens), condition, says.get("locale", ""), "in_hanzi" in says)


def _token(kind: str, text: str) -> Token:
    if kind == "fill":
        return Token("literal", "") if text == " " else Token("unknown", text)
    if kind == "blank":
        return Token("literal", " ")
    if kind in {"quoted", "escaped"}:
        return Token("literal", text)
    return Token(kind, text.lower() if kind == "part" else text)


def _bracket(text: str, says: dict[str, str]) -> Iterator[Token]:
    """The pieces that a bracket stands for; what it says of the whole section goes into ``says``."""
    locale = _LOCALE.fullmatch(text)
    if locale:
        says["locale"] = (locale[2] or "").lstrip("0").upper()
        if says["locale"] not in _LOCALES:
            yield Token("unknown", text)
        if locale[1]:
            yield Token("literal", locale[1])
    elif _ELAPSED.fullmatch(text):
        yield Token("elapsed", text.lower())
    elif text.upper() == "DBNUM1":
        says["in_hanzi"] = ""
    elif not _COLOUR.fullmatch(text):
        yield Token("unknown", text)
