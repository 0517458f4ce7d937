"""What a place and its units are called in running text: nothing here knows one place from another."""

import re
from collections.abc import Iterable

_KINDS = "省州盟市县区旗乡镇"
_CAPITAL = "直"
"""With it ends the group of the units that stand directly under the government: 县直, 市直, 区直."""
_RENAMED = 2023
_KIND = re.compile(f"(街道办事处|街道办|街道|开发区|[{_KINDS}])$")
_OFFICE = re.compile("(人民政府|办事处|管理委员会|管委会)$")


def whole(place: str) -> str:
    """All of a place by the last character of its name: 全县 of 岚县, 全市, 全区, 全旗; 全域 where that names no kind of place."""
    return f"全{place[-1:]}" if place.endswith(tuple(_KINDS)) else "全域"


def noun(group: str) -> str:
    """What a unit of a group is called: 县直单位; of any other group its own name, 乡镇, 街道, 县（市、区）."""
    return f"{group}单位" if group.endswith(_CAPITAL) else group


def is_government(group: str) -> bool:
    """Whether the units of a group are governments of their own, as 乡镇 and 街道, and no offices of this one."""
    return not group.endswith(_CAPITAL)


def is_place(name: str, full_name: str, group: str) -> bool:
    """Whether a unit is a place, a township or a street, and no office of the government's."""
    names = (name, _OFFICE.sub("", full_name))
    return not group.endswith(_CAPITAL) and any(map(_KIND.search, names))


def stem(name: str) -> str:
    """A place's name without what kind it is: 东村 of 东村镇, 城关 of 城关街道."""
    return _KIND.sub("", name)


def addressed(groups: Iterable[str]) -> str:
    """Who is asked for something: 各乡镇、各有关单位; 各单位 where there are no groups."""
    words = ("各有关单位" if group.endswith(_CAPITAL) else f"各{group}" for group in groups)
    return "、".join(dict.fromkeys(words)) or "各单位"


def businesses(year: int) -> str:
    """What the state calls all that is registered, companies too, in a year: 市场主体, from 2023 on 经营主体.

    The releases of the State Administration for Market Regulation of 2023 are the first with the new word. Names of
    documents and offices keep the old one.
    """
    return "市场主体" if year < _RENAMED else "经营主体"
