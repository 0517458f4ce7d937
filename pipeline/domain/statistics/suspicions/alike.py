"""Businesses that have in common what each should have for itself: operator, phone, place, scope of business."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain

from pipeline.domain.model import Problem
from pipeline.domain.statistics.attribution import Attribution
from pipeline.domain.statistics.suspicions.scene import (
    Scene,
    doubt,
    number_of,
    others,
    typed_number,
    village_in,
)
from pipeline.domain.values.identity import masked, masked_whole
from pipeline.domain.values.text import plain

_SCOPE_SHOWN = 40
"""Characters of a scope that are shown."""


def alike(scene: Scene) -> Iterator[Problem]:
    """Codes: ``many-licences``, ``shared-phone``, ``shared-address``, ``same-scope``."""
    return chain(_licences(scene), _phones(scene), _addresses(scene), _scopes(scene))


def _sharing(
    scene: Scene, keys: Sequence[str], least: int, *, are_several: bool = False
) -> tuple[Mapping[str, list[Attribution]], list[tuple[Attribution, Sequence[str]]]]:
    """What so many businesses are known by → all of them, in order; and each new one of these with its own keys.

    :param keys: what each of the known is known by; empty texts are nothing.
    :param are_several: whether there may be several in a text, joined by 「、」.
    """
    joined = {key for key in keys if "、" in key} if are_several else set[str]()
    each_key = (
        chain.from_iterable(key.split("、") if key in joined else (key,) for key in keys) if joined else keys
    )
    often = {key for key, count in Counter(each_key).items() if count >= least and key}
    found = often | {key for key in joined if not often.isdisjoint(key.split("、"))}
    groups: defaultdict[str, list[Attribution]] = defaultdict(list)
    sharing: list[tuple[Attribution, Sequence[str]]] = []
    for each, is_new, key in zip(scene.known, scene.are_new, keys, strict=True) if found else ():
        if key in found:
            own = key.split("、") if key in joined else [key]
            for one in own:
                if one in often:
                    groups[one].append(each)
            if is_new:
                sharing.append((each, own))
    return groups, sharing


def _licences(scene: Scene) -> Iterator[Problem]:
    """Many businesses of one person on the register, or several opened by him soon after each other."""
    rules = scene.rules
    groups, sharing = _sharing(scene, scene.numbers, 2)
    held = {who: [each for each in group if scene.is_live(each)] for who, group in groups.items()}
    for group in groups.values():
        group.sort(key=_opening)
    for each, [who] in sharing:
        if not number_of(each.business):
            continue
        live = held[who] if scene.is_live(each) else []
        lately = _opened_by(each, groups[who], rules.opened_days)
        if 0 < rules.same_person <= len(live):
            advice = f"同一身份证号在册{len(live)}户，另有{others(live, each)}。"
        elif 0 < rules.opened <= len(lately):
            advice = f"同一身份证号{rules.opened_days}天内登记了{len(lately)}户，另有{others(lately, each)}。"
        else:
            continue
        advice += "请核实是不是本人办理、各户是不是都在经营。"
        yield doubt(each, "many-licences", masked_whole(each.business.id_no), advice)


def _opening(each: Attribution) -> date:
    return each.business.established or date.min


def _opened_by(each: Attribution, group: Sequence[Attribution], days: int) -> Sequence[Attribution]:
    """Of a group in order of opening, those opened on the same day as one of it or in the days before."""
    day = _opening(each)
    first = bisect_left(group, day - timedelta(days), key=_opening)
    return group[first : bisect_right(group, day, key=_opening)]


def _phones(scene: Scene) -> Iterator[Problem]:
    """One phone of many operators: new businesses, and those on the register."""
    least = scene.rules.same_phone
    if not least:
        return
    phones_of = [each.business.phone for each in scene.known]
    all_groups, sharing = _sharing(scene, phones_of, least, are_several=True)
    groups = {
        phone: [each for each in group if _opening(each) >= scene.first or scene.is_live(each)]
        for phone, group in all_groups.items()
    }
    people = {
        phone: len({typed_number(each.business) or plain(each.business.operator) for each in group})
        for phone, group in groups.items()
    }
    for each, phones in sharing:
        phone = max(phones, key=lambda phone: people.get(phone, 0))
        if (count := people.get(phone, 0)) >= least:
            group = groups[phone]
            advice = f"同一电话有{count}个经营者、{len(group)}户，另有{others(group, each)}。请核实电话是不是本人的，是不是有人代办。"
            yield doubt(each, "shared-phone", masked_whole(phone), advice)


def _addresses(scene: Scene) -> Iterator[Problem]:
    """Many businesses at one place; villages and streets without a number, and markets, are no such place."""
    least = scene.rules.same_address
    if not least:
        return
    all_groups, sharing = _sharing(scene, scene.addresses, least)
    groups = {
        address: [each for each in group if scene.is_live(each)]
        for address, group in all_groups.items()
        if scene.is_place(address)
    }
    for each, [address] in sharing:
        group = groups.get(address, [])
        if len(group) >= least and scene.is_live(each):
            advice = (
                f"同一地址在册{len(group)}户，另有{others(group, each)}。请实地核实是不是都在经营；"
                "是市场、商场、集群登记地址的，可以列为例外。"
            )
            yield doubt(each, "shared-address", masked(each.business.address), advice)


def _scopes(scene: Scene) -> Iterator[Problem]:
    """The same scope to the letter again and again: of one unit on one day, or in one village in the year to date.

    A village's line is left out where every business of it stands in one of a day.
    """
    least = scene.rules.same_scope
    if not least:
        return
    new = scene.new
    scopes = [each.business.scope for each in new]
    told: set[int] = set()
    for (_, day), places in scene.days().items():
        for scope, group in _often(scopes, places, least):
            told.update(group)
            which = f"{scene.unit_name(new[group[0]])}{day}登记的"
            yield _same_scope([new[place] for place in group], scope, which)
    villages: defaultdict[str, list[int]] = defaultdict(list)
    for place, address in enumerate(scene.of_new(scene.addresses)):
        villages[village_in(address)].append(place)
    villages.pop("", None)
    for village, places in villages.items():
        for scope, group in _often(scopes, places, least):
            if not told.issuperset(group):
                yield _same_scope([new[place] for place in group], scope, f"今年在{village}登记的")


def _often(texts: Sequence[str], places: Sequence[int], least: int) -> Iterator[tuple[str, list[int]]]:
    """Each text that stands at so many of some places, and those places."""
    if len(places) >= least:
        for text, count in Counter([texts[place] for place in places]).items():
            if count >= least and text:
                yield text, [place for place in places if texts[place] == text]


def _same_scope(group: Sequence[Attribution], scope: str, which: str) -> Problem:
    first = group[0]
    advice = f"{which}有{len(group)}户经营范围一字不差，另有{others(group, first)}。请核实是不是真在经营。"
    shown = scope if len(scope) <= _SCOPE_SHOWN else f"{scope[:_SCOPE_SHOWN]}……"
    return doubt(first, "same-scope", masked(shown), advice)
