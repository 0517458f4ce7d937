"""A letter's fields set in their slots, over the empty page."""

from collections.abc import Iterable, Mapping
from operator import attrgetter

from pipeline.adapters.form.background import cut
from pipeline.adapters.form.type_case import Slot, TypeCase


class Form:
    """A measured template: its slots, and the empty page in pieces between them."""

    def __init__(self, slots: Iterable[Slot], content: bytes) -> None:
        """Make a form.

        :param content: the operators of the empty page.
        """
        self.slots = tuple(sorted(slots, key=attrgetter("after")))
        self.content = content
        """The operators of the empty page."""
        breaks = sorted({slot.after for slot in self.slots})
        self.pieces = tuple(cut(content, breaks))
        """The empty page, to be drawn in this order."""
        self._behind = [breaks.index(slot.after) for slot in self.slots]
        self._cases = [TypeCase(slot) for slot in self.slots]

    def places(self, field: str, width_pt: float) -> list[tuple[float, float]]:
        """Lower left corners, in points, of something so wide that stands in a field's places."""
        return [
            (slot.anchor_pt - slot.align * width_pt, slot.baselines_pt[1][0])
            for slot in self.slots
            if slot.field == field
        ]

    def can_set(self, fields: Mapping[str, str]) -> bool:
        """Whether a letter can be set."""
        return all(
            not (text := fields[slot.field]) or case.can_set(text)
            for slot, case in zip(self.slots, self._cases, strict=True)
        )

    def set(self, fields: Mapping[str, str]) -> list[bytes] | None:
        """Operators of a letter's fields behind each piece of the empty page; None when a text needs LibreOffice itself."""
        drawn = [""] * len(self.pieces)
        for slot, case, piece in zip(self.slots, self._cases, self._behind, strict=True):
            text = fields[slot.field]
            if text:
                operators = case.set(text)
                if operators is None:
                    return None
                drawn[piece] += operators
        return [text.encode() for text in drawn]
