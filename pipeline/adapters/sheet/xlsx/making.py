"""Texts of cells that look alike → their values, a column at a time."""

from collections.abc import Callable, Sequence
from typing import cast

from pipeline.adapters.sheet.shown.looks import Line
from pipeline.adapters.sheet.shown.values import number
from pipeline.adapters.sheet.skimming import unescaped
from pipeline.adapters.sheet.xlsx.book import Book
from pipeline.adapters.sheet.xlsx.text import text_of
from pipeline.domain.values.cell import Value

Maker = Callable[[Sequence[str]], Sequence[Value]]
"""Makes the values of a column's texts; a ValueError or IndexError where that takes more."""


class Makers:
    """Who makes the values of a workbook's cells."""

    def __init__(self, book: Book, once: Callable[[str], str]) -> None:
        """Prepare to make them.

        :param once: keeps a text once.
        """
        self._book, self._once = book, once
        self._moments: dict[str, dict[str, Value]] = {}

    def of(self, kind: str, style: str, *, is_inline: bool) -> Maker | None:
        """What makes the values of cells of a kind and style; None where that takes more than their texts."""
        if is_inline or kind in {"str", "inlineStr"}:
            return self._kept if is_inline == (kind == "inlineStr") else None
        if kind == "s" and not self._book.struck:
            return self._shared
        if kind != "n":
            return None
        form = self._book.styles.formats.get(style)
        if form is None or form.shape is None:
            return lambda texts: list(map(number, texts))
        known = self._moments.setdefault(style, {})

        def moments(texts: Sequence[str]) -> Sequence[Value]:
            for text in set(texts) - known.keys():
                line = Line()
                value = line.number(1, number(text), form, self._book.from_1904)
                if line.shown:
                    raise ValueError(text)
                known[text] = value
            return [known[text] for text in texts]

        return moments

    def _shared(self, texts: Sequence[str]) -> Sequence[Value]:
        if texts and not "".join(texts).isdecimal():
            raise ValueError(texts)
        return list(map(self._book.texts.__getitem__, map(int, texts)))

    def _kept(self, raw: Sequence[str]) -> Sequence[Value]:
        texts = map(text_of, map(unescaped, raw) if "&" in "".join(raw) else raw)
        return [text and self._once(text) for text in texts]


def filled(make: Maker, texts: Sequence[str | None]) -> Sequence[Value]:
    """Values of a column's texts, blank where there is none."""
    if None not in texts:
        return make(cast("Sequence[str]", texts))
    values = iter(make([text for text in texts if text is not None]))
    return [None if text is None else next(values) for text in texts]
