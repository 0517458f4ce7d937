"""The industry of a business by its code: GB/T 4754-2017, and the three industries of 国统设管函〔2018〕74号.

Only what the registry has coded counts; nothing is made out of a scope of business.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.domain.values.text import plain

PRIMARY, SECONDARY, TERTIARY = "第一产业", "第二产业", "第三产业"
"""The three industries (三次产业)."""


@dataclass(frozen=True, slots=True)
class Section:
    """One of the twenty (门类)."""

    name: str
    """In full: 批发和零售业."""
    short: str
    """As a chart names it: 批发零售."""
    first: int
    """Its first division (大类)."""
    last: int
    """Its last division."""


SECTIONS = {
    "A": Section("农、林、牧、渔业", "农林牧渔", 1, 5),
    "B": Section("采矿业", "采矿", 6, 12),
    "C": Section("制造业", "制造", 13, 43),
    "D": Section("电力、热力、燃气及水生产和供应业", "电热气水", 44, 46),
    "E": Section("建筑业", "建筑", 47, 50),
    "F": Section("批发和零售业", "批发零售", 51, 52),
    "G": Section("交通运输、仓储和邮政业", "交通仓储", 53, 60),
    "H": Section("住宿和餐饮业", "住宿餐饮", 61, 62),
    "I": Section("信息传输、软件和信息技术服务业", "信息技术", 63, 65),
    "J": Section("金融业", "金融", 66, 69),
    "K": Section("房地产业", "房地产", 70, 70),
    "L": Section("租赁和商务服务业", "租赁商务", 71, 72),
    "M": Section("科学研究和技术服务业", "科研技术", 73, 75),
    "N": Section("水利、环境和公共设施管理业", "水利环境", 76, 79),
    "O": Section("居民服务、修理和其他服务业", "居民服务", 80, 82),
    "P": Section("教育", "教育", 83, 83),
    "Q": Section("卫生和社会工作", "卫生社会", 84, 85),
    "R": Section("文化、体育和娱乐业", "文体娱乐", 86, 90),
    "S": Section("公共管理、社会保障和社会组织", "公共管理", 91, 96),
    "T": Section("国际组织", "国际组织", 97, 97),
}
"""Letter of a section → what it is."""

_SERVICES_AMONG_OTHERS = frozenset({5, 11, 43})
"""Divisions of A, B and C that belong to the tertiary industry: 农林牧渔、开采、修理 as a service."""


@dataclass(frozen=True, slots=True)
class Industry:
    """What a business does in the main, as far as it is coded."""

    section: str
    """Letter of the section, A to T."""
    division: int | None = None
    """Number of the division, 1 to 97; None where only the section is known."""

    @property
    def group(self) -> str:
        """Of the three industries; by the section alone where nothing else is known (按门类划分)."""
        if self.section == "A" and self.division not in _SERVICES_AMONG_OTHERS:
            return PRIMARY
        if self.section in "BCDE" and self.division not in _SERVICES_AMONG_OTHERS:
            return SECONDARY
        return TERTIARY

    @property
    def is_grouped_by_section(self) -> bool:
        """Whether its division might have put it into another of the three."""
        return self.division is None and self.section in "ABC"


def _squeezed(name: str) -> str:
    return re.sub("[、，,和及]", "", plain(name))


_BY_NAME = {_squeezed(section.name): letter for letter, section in SECTIONS.items()}
_OF_DIVISION = {
    division: letter
    for letter, section in SECTIONS.items()
    for division in range(section.first, section.last + 1)
}
_CODE = re.compile(r"([a-t])?[-.]?(\d{2,4})(?!\d)")


@lru_cache(maxsize=4096)
@lru_cache(maxsize=1024)
def industry_of(section: str, code: str) -> Industry | None:
    """The industry that two cells tell, INDUSTRYPHY and INDUSTRYCO; None where neither is a code.

    The finer one decides. A section may stand there as its letter or under its full name; a code may stand in either cell.

    :param section: 行业门类: ``F``, 批发和零售业.
    :param code: 行业代码, two to four digits, with or without the letter: ``5212``, ``F5212``; a number of three digits
        may be a code of four that has lost its zero, which only a letter beside it tells.
    """
    texts = [plain(code), plain(section)]
    letter = next((found for text in reversed(texts) if (found := _letter(text))), None)
    divisions = [number for text in texts for number in _divisions(text, letter)]
    if divisions:
        return Industry(_OF_DIVISION[divisions[0]], divisions[0])
    return Industry(letter) if letter else None


def _letter(text: str) -> str | None:
    found = re.match(r"[a-t](?![a-z])", text)
    return found[0].upper() if found else _BY_NAME.get(_squeezed(text))


def _divisions(text: str, letter: str | None) -> Iterator[int]:
    """The division that a code is of, if that is certain."""
    found = _CODE.match(text)
    if not found:
        return
    digits = found[2]
    if len(digits) != 3 or digits.startswith("0"):
        readings = [int(digits[:2])]
    else:
        readings = [
            number for number in (int(digits[:2]), int(digits[0])) if _OF_DIVISION.get(number) == letter
        ]
    yield from (number for number in readings if number in _OF_DIVISION)
