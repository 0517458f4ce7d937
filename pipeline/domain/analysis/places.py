"""Which township or street a business is in: never by the unit that won it over, whose businesses lie everywhere."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.domain.model import Unit
from pipeline.domain.place import is_place, stem
from pipeline.domain.records.registrations import Registration
from pipeline.domain.values.text import plain


class Places:
    """The places of a roster, found in what a registration says."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Take the units that are places, each under all names that the roster has for it."""
        self.units = tuple(each for each in units if is_place(each.name, each.full_name, each.group))
        """In the order of the roster."""
        whole, short = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        for unit in self.units:
            for name in _names(unit):
                (short if unit.name.startswith(name) and name != unit.name else whole)[plain(name)].add(
                    unit.code
                )
        self._addresses = _Finder(whole)
        self._offices = _Finder({name: whole[name] | short[name] for name in {*whole, *short}})

    @property
    def groups(self) -> tuple[str, ...]:
        """What they are called: 乡镇, 街道."""
        return tuple(dict.fromkeys(each.group for each in self.units))

    def of(self, business: Registration) -> str | None:
        """Code of the place: by 管辖单位, else by 乡镇, else by the address, whichever names one; None for none.

        An office of the registry is often called by the place's bare name (东村所); in an address only a whole one
        counts, or 东村饭店对面 would lie in 东村镇.
        """
        return (
            self._offices.find(business.station)
            or self._offices.find(business.town)
            or self._addresses.find(business.address)
        )


def _names(unit: Unit) -> Iterator[str]:
    yield from (unit.name, unit.full_name, *unit.aliases)
    if len(bare := stem(unit.name)) > 1:
        yield bare


class _Finder:
    """Finds the first name in a text, and of those that begin there the longest."""

    def __init__(self, names: dict[str, set[str]]) -> None:
        """Take names with the codes that go by them; one that is several units' is nobody's."""
        self._codes = {name: next(iter(codes)) for name, codes in names.items() if name and len(codes) == 1}
        self._pattern = re.compile("|".join(map(re.escape, _longest_first(self._codes))) or r"(?!)")
        self._known: dict[str, str | None] = {}

    def find(self, text: str) -> str | None:
        if not text:
            return None
        if text not in self._known:
            found = self._pattern.search(plain(text))
            self._known[text] = self._codes[found[0]] if found else None
        return self._known[text]


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))
