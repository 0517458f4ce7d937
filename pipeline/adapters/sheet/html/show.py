"""What of a web page a browser shows, and what it strikes out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_NEVER = {"script", "style", "head", "title", "comment", "template", "noscript", "datalist", "rp", "rt"}
_STRIKES = {"s", "del", "strike"}
NOTABLE = {*_NEVER, *_STRIKES, "select", "option", "input"}
"""Elements that matter whatever their attributes."""
TELLING = {"style", "class", "hidden"}
"""Attributes that may say that an element is hidden or struck out."""
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_THROUGH = re.compile(r"text-decoration[a-z-]*\s*:[^;}]*line-through", re.IGNORECASE)
_BRACE = re.compile(r"([{}])")
_BY_CLASS = re.compile(r"([a-z0-9]*)\.([\w-]+)", re.IGNORECASE)
_MOST_STYLE = 2_000
"""Signs of a style that are looked through."""
_FILLED_IN = {"", "text", "tel", "number", "date", "search", "email", "url"}
"""Kinds of field in which a browser shows the value."""


@dataclass(slots=True)
class _Open:
    """An element that hides or strikes out what is in it."""

    tag: str
    hides: bool
    strikes: bool
    nested: int = 0
    """Open elements of the same name within it."""


@dataclass(slots=True)
class _Choice:
    """A field in which one of several options is chosen."""

    is_list: bool
    hidden: int
    """Elements around it that hide it."""
    options: list[tuple[bool, list[str]]] = field(default_factory=list)
    """Whether it is chosen, and its text."""

    def add(self, text: str) -> None:
        """Text within an option."""
        if self.options:
            self.options[-1][1].append(text)

    def shown(self) -> str:
        """The option that is chosen, else the first; of a list all that are chosen."""
        chosen = ["".join(text).strip() for is_chosen, text in self.options if is_chosen]
        if self.is_list:
            return "、".join(chosen)
        return chosen[-1] if chosen else "".join("".join(text) for _, text in self.options[:1])


class Showing:
    """Whether text is shown at the place where the parser is."""

    def __init__(self) -> None:
        self.hidden = 0
        """Elements around it that hide it."""
        self.struck = 0
        """Elements around it that strike it out."""
        self.is_plain = True
        """Whether nothing around it matters, so that texts and ends need not be asked about."""
        self._open: list[_Open] = []
        self._style: list[str] | None = None
        self._choice: _Choice | None = None
        self._hiding: set[tuple[str, str]] = set()
        self._striking: set[tuple[str, str]] = set()

    def begin(self, tag: str, attributes: Mapping[str, str]) -> str:
        """An element begins; the text that it stands for itself, as a field to fill in does."""
        around = self.hidden
        hides, strikes = self._hides(tag, attributes), tag in _STRIKES
        if attributes and not strikes:
            strikes = self._says(tag, attributes, _THROUGH, self._striking)
        if tag == "style":
            self._style = []
        if hides or strikes:
            self._open.append(_Open(tag, hides, strikes))
            self.hidden += hides
            self.struck += strikes
        elif self._open and self._open[-1].tag == tag:
            self._open[-1].nested += 1
        if tag == "select":
            self._choice = _Choice("multiple" in attributes, around)
        elif tag == "option" and self._choice:
            self._choice.options.append(("selected" in attributes, []))
        self.is_plain = not (self._open or self._choice)
        is_field = tag == "input" and attributes.get("type", "").lower() in _FILLED_IN
        return attributes.get("value", "") if is_field else ""

    def heard(self, text: str) -> str:
        """What of a text is there to be seen; one in a style sheet or among options is kept until their end."""
        if self._style is not None:
            self._style.append(text)
        elif self._choice:
            self._choice.add(text if self.hidden <= self._choice.hidden else "")
        else:
            return text
        return ""

    def end(self, tag: str) -> str:
        """An element ends; the text that it stands for itself, as one chosen among options."""
        choice = self._choice if tag in {"select", "td", "th", "table"} else None
        self._leave(tag)
        if choice:
            self._choice = None
        self.is_plain = not (self._open or self._choice)
        return choice.shown() if choice else ""

    def _leave(self, tag: str) -> None:
        if tag == "style" and self._style is not None:
            self._learn("".join(self._style))
            self._style = None
        if not self._open or self._open[-1].tag != tag:
            return
        if self._open[-1].nested:
            self._open[-1].nested -= 1
            return
        left = self._open.pop()
        self.hidden -= left.hides
        self.struck -= left.strikes

    def _hides(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element is not shown itself. Rows and cells are: what hides those, is told."""
        if tag in _NEVER:
            return True
        if not attributes or tag in {"tr", "td", "th"}:
            return False
        return self.is_hidden(tag, attributes)

    def is_hidden(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element's attributes say that it is not shown."""
        return "hidden" in attributes or self._says(tag, attributes, _HIDES, self._hiding)

    def _says(
        self, tag: str, attributes: Mapping[str, str], told: re.Pattern[str], rules: set[tuple[str, str]]
    ) -> bool:
        if "style" in attributes and told.search(attributes["style"][:_MOST_STYLE]):
            return True
        if not rules or "class" not in attributes:
            return False
        return any(("", name) in rules or (tag, name) in rules for name in attributes["class"].split())

    def _learn(self, sheet: str) -> None:
        """The rules of a style sheet that speak of a class alone, or of one kind of element of a class."""
        for selectors, body in _rules(sheet):
            named = [_BY_CLASS.fullmatch(selector.strip()) for selector in selectors.split(",")]
            places = {(match[1].lower(), match[2]) for match in named if match}
            if _HIDES.search(body[:_MOST_STYLE]):
                self._hiding |= places
            if _THROUGH.search(body[:_MOST_STYLE]):
                self._striking |= places


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of each rule; those for print and the like, which stand within another, are left out."""
    first, *commented = sheet.replace("<!--", "").replace("-->", "").split("/*")
    plain = first + "".join(after.partition("*/")[2] for after in commented)
    outer: list[str] = []
    last = ""
    for piece in _BRACE.split(plain):
        if piece == "{":
            outer.append(last)
        elif piece == "}" and outer:
            selectors = outer.pop()
            if not outer:
                yield selectors.rpartition(";")[2], last
        last = "" if piece in "{}" else piece
