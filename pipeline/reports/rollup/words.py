"""What a roll-up says besides a bulletin: who has reported and how, whom the sums leave out, how it all is counted."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from pipeline.domain.rollup.city import CityMonth
from pipeline.domain.rollup.reporting import CORRECTED, LATE, MISSING, OTHER_RULES, Reported
from pipeline.domain.wording import listed, rate_text

_MOST_NAMED = 10
"""Counties named one by one in a sentence; the annex names the others."""


def counting(city: CityMonth, inside: Mapping[str, str]) -> str:
    """How the city's figures come about (口径)."""
    zones = _zones(city, inside)
    return (
        "各县（市、区）的户数以其印发的简报为准，合计为各县（市、区）相加，完成率按相加后的户数和任务数计算。"
        + "".join(f"{zone}的户数已包含在{host}内，合计不重复计算。" for zone, host in zones)
    )


def _zones(city: CityMonth, inside: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Names of those inside another county, and of that, as far as both are in the paper."""
    names = {each.county.code: each.county.name for each in city.reported}
    return [(names[zone], names[host]) for zone, host in inside.items() if zone in names and host in names]


def whole_without(whole: str, city: CityMonth) -> str:
    """``全市（不含沁水县）``; the whole alone where all are in the sums.

    :param whole: 全市, or what else is to be limited so.
    """
    names = [each.county.name for each in city.without]
    return f"{whole}（不含{listed(names, _MOST_NAMED)}）" if names else whole


def reporting(city: CityMonth) -> tuple[str, ...]:
    """Paragraphs on how counties reported: how many, how many in time, who was late, missing, corrected, other.

    Who reported in time and corrected it since was in time; who is known by a correction alone, after the day, is told as that.
    """
    all_of_them = city.reported
    there = [each for each in all_of_them if each.own]
    in_time = [each for each in all_of_them if each.is_in_time]
    punctual = (
        f"按时报送{len(in_time)}个，按时率{_share(in_time, all_of_them)}" if in_time else "没有按时报送的"
    )
    first = f"应报{len(all_of_them)}个，已报{len(there)}个，报送率{_share(there, all_of_them)}；{punctual}。"
    told = [
        f"{state}{len(some)}个，为{_named(some, shows_day=state != MISSING)}{_of_these(some, state)}。"
        for state in (LATE, CORRECTED, MISSING)
        if (some := [each for each in all_of_them if each.state == state])
    ]
    return (first + "".join(told), *filter(None, (_left_out(city), _other_rules(city))))


def _of_these(some: Sequence[Reported], state: str) -> str:
    """Who of the corrected is among those in time already; empty for nobody."""
    counted = [each.county.name for each in some if each.is_in_time]
    if state != CORRECTED or not counted:
        return ""
    whose = "" if len(counted) == len(some) else f"其中{listed(counted, _MOST_NAMED)}"
    return f"，{whose}已计入按时报送"


def _share(some: Sequence[Reported], of_all: Sequence[Reported]) -> str:
    return rate_text(Fraction(len(some), len(of_all)))


def _named(some: Sequence[Reported], *, shows_day: bool) -> str:
    return listed([f"{each.county.name}{_on(each) if shows_day else ''}" for each in some], _MOST_NAMED)


def _on(each: Reported) -> str:
    return f"（{each.own.sent.on.month}月{each.own.sent.on.day}日）" if each.own else ""


def _left_out(city: CityMonth) -> str:
    missing = [each.county.name for each in city.reported if each.state == MISSING]
    if not missing:
        return ""
    return f"未报的不按0计算，不参加排名，各项合计和任务数不含{listed(missing, _MOST_NAMED)}。"


def _other_rules(city: CityMonth) -> str:
    others = [each for each in city.reported if each.difference]
    if not others:
        return ""
    told = listed([f"{each.county.name}（{each.difference}）" for each in others], _MOST_NAMED)
    names = listed([each.county.name for each in others], _MOST_NAMED)
    return f"{OTHER_RULES}{len(others)}个，为{told}，不参加排名，各项合计和任务数不含{names}。"


def sums_note(city: CityMonth, inside: Mapping[str, str]) -> str:
    """What is to be known of the annex's sums; empty for nothing."""
    names = [each.county.name for each in city.without]
    without = f"合计不含{listed(names, _MOST_NAMED)}。" if names else ""
    return without + "".join(
        f"{zone}已包含在{host}内，合计不重复计算。" for zone, host in _zones(city, inside)
    )


def reporting_row(each: Reported, host: str) -> list[str]:
    """A county's line of 报送情况.

    :param host: name of the county that it lies inside; empty for none.
    """
    own = each.own
    adds = "是" if each.counts and not host else "否"
    said = [
        f"{OTHER_RULES}：{each.difference}" if each.difference else "",
        f"包含在{host}内" if host else "",
    ]
    return [
        each.county.code, each.county.name, each.state, own.sent.on.isoformat() if own else "",
        str(own.revision) if own else "", adds, "；".join(filter(None, said)), own.sent.file if own else "",
        (own.sent.key or "")[:16] if own else "",
    ]  # fmt: skip
