"""Bounds of a setting, beside its default."""

from dataclasses import field
from typing import TypeVar

BOUNDS = "bounds"
"""In a field's metadata: the least and the most that it may be."""

EARLIEST_END = 20
"""No month that a registry closes before the calendar does ends earlier than on this day."""


Number = TypeVar("Number", int, float)


def within(least: Number, most: Number, *, default: Number) -> Number:
    """A setting with bounds, both allowed."""
    return field(default=default, metadata={BOUNDS: (least, most)})
