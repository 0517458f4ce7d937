"""A measured paper: its pages with slots in them, each a whole paragraph.

On a letter each field is a slot. On other papers fixed words move with the field before them (批次：…　编制日期：…), so
there the paragraph is what is set; and so is a header or footer that counts pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain, zip_longest
from typing import Any

from pipeline.adapters.form.reading import Type
from pipeline.adapters.form.type_case import Slot, set_text

PAGE, PAGES = "page", "pages"
"""What a number in a header or footer is: this page's, or how many there are."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A header or footer that counts pages."""

    words: tuple[str, ...]
    """What stands before, between and behind its numbers."""
    numbers: tuple[str, ...]
    """What each of them is."""

    def text(self, page: int, pages: int) -> str:
        """What it says on a page, counted from 0."""
        told = {PAGE: str(page + 1), PAGES: str(pages)}
        return "".join(chain(*zip_longest(self.words, map(told.__getitem__, self.numbers), fillvalue="")))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a paper."""

    operators: tuple[bytes, ...]
    """What stands before, between and behind its slots."""
    slots: tuple[Slot, ...]
    """Their fields are numbers of paragraphs, and behind these of counters."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of so many paragraphs."""

    said: tuple[str | None, ...]
    """What each paragraph says; None for those that are slots."""
    counters: tuple[Counter, ...]
    """Headers and footers that count pages."""
    leaves: tuple[Leaf, ...]
    """Its pages."""

    def set(self, paragraphs: Sequence[str], first: int = 0, pages: int = 0) -> list[bytes] | None:
        """The operators of each page; None when it cannot be told for certain how LibreOffice sets a paragraph.

        :param paragraphs: what the filled document says.
        :param first: what its first page is in the PDF, from 0.
        :param pages: how many that has; 0 for just these.
        """
        if len(paragraphs) != len(self.said) or any(
            fixed not in {None, text} for fixed, text in zip(self.said, paragraphs, strict=True)
        ):
            return None
        drawn = []
        for number, leaf in enumerate(self.leaves, first):
            counted = [counter.text(number, pages or len(self.leaves)) for counter in self.counters]
            texts = [*paragraphs, *counted]
            own = [set_text(slot, texts[int(slot.field)]) for slot in leaf.slots]
            if None in own:
                return None
            between = [f"q\n{operators}Q\n".encode() for operators in own]
            drawn.append(b"".join(chain(*zip_longest(leaf.operators, between, fillvalue=b""))))
        return drawn


def plain_paper(paper: Paper) -> dict[str, Any]:
    """A paper as values of JSON; what slots have in common stands there once."""
    shared: dict[tuple[int, int], list[Any]] = {}
    leaves = []
    for leaf in paper.leaves:
        slots = []
        for slot in leaf.slots:
            key = id(slot.types), id(slot.closer_pt)
            if key not in shared:
                glyphs = {
                    char: [each.resource, each.code, each.width_em] for char, each in slot.types.items()
                }
                shared[key] = [glyphs, slot.closer_pt]
            own = {each.name: getattr(slot, each.name) for each in fields(slot)}
            lines = list(slot.baselines_pt.items())
            slots.append({**own, "baselines_pt": lines, "types": list(shared).index(key), "closer_pt": None})
        leaves.append({"operators": [each.decode("latin-1") for each in leaf.operators], "slots": slots})
    counters = [(counter.words, counter.numbers) for counter in paper.counters]
    return {"said": paper.said, "counters": counters, "leaves": leaves, "shared": list(shared.values())}


def paper_of(plain: Mapping[str, Any]) -> Paper:
    """The paper of some values of JSON."""
    shared = [
        ({char: Type(*glyph) for char, glyph in types.items()}, closer) for types, closer in plain["shared"]
    ]
    counters = tuple(Counter(tuple(words), tuple(numbers)) for words, numbers in plain["counters"])
    leaves = (
        Leaf(
            tuple(each.encode("latin-1") for each in leaf["operators"]),
            tuple(_slot(slot, *shared[slot["types"]]) for slot in leaf["slots"]),
        )
        for leaf in plain["leaves"]
    )
    return Paper(tuple(plain["said"]), counters, tuple(leaves))


def _slot(plain: Mapping[str, Any], types: Mapping[str, Type], closer: Mapping[str, float]) -> Slot:
    lines = {number: tuple(levels) for number, levels in plain["baselines_pt"]}
    colour = tuple(plain["colour"])
    return Slot(**{**plain, "colour": colour, "baselines_pt": lines, "types": types, "closer_pt": closer})
