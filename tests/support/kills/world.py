"""A desk at which everything can happen, and what a clerk could do there."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from support.desk import ROSTER, TARGETS, Desk
from support.kills.sight import Sight

SHOP = ("929999990000000001", "无信店", "李某", "2022-05-03", "存续", "", "普明镇")
"""A business that came without a letter; a bulletin needs one."""


UNITS = {code: name for code, name, *_ in ROSTER}


@dataclass
class Attempt:
    """A command, and how to see that it has been done, or can be done still."""

    name: str
    words: tuple[str, ...]
    done: Callable[[Sight, Sight], bool]
    """(before, after) → whether everything that it should do has been done exactly once."""
    begun: Callable[[Sight, Sight], bool] = lambda *_: False
    """Whether what there is can come of its having been killed; the untouched world always can."""
    finish: tuple[str, ...] | None = None
    """The command that brings the rest out where the killed one had come through; None for none."""
    prepare: Callable[[], None] = lambda: None
    """What is done before, by hand."""


@dataclass
class World:
    """A desk with everything that can happen at it."""

    desk: Desk
    chance: random.Random
    targets: dict[str, int] = field(default_factory=lambda: dict(TARGETS))
    rows: list[tuple[object, ...]] = field(default_factory=lambda: [SHOP])
    people: tuple[str, ...] = ()
    matters: list[tuple[object, ...]] = field(default_factory=list)
    """What meetings have agreed upon."""
    printing: float = 0.5
    """How often something is printed."""


def same(before: Sight, after: Sight) -> bool:
    return after == before
