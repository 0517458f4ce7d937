"""``assessment.toml`` → :class:`~pipeline.domain.assessment.rules.Assessment`; refused as ``pipeline.toml`` is.

A key that is not known, a value of the wrong type or beyond its bounds: each is told by its name.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from pipeline.domain.assessment.presets import DEFAULT, PRESETS
from pipeline.domain.assessment.rules import (
    BESIDE,
    BOTH,
    COMPUTED,
    DEDUCT,
    FORMS,
    RATIO,
    STEP,
    THRESHOLD,
    TYPEABLE,
    TYPED,
    Assessment,
    Item,
)
from pipeline.domain.model import Unit
from pipeline.errors import UsageFault

FILE_NAME = "assessment.toml"
KEYS = ("preset", "approved_by", "grades", "top_share", "appeal_days", "values", "asked", "items")
"""What it can say."""
ITEM_KEYS = tuple(each.name for each in fields(Item))
"""What an item can say."""
_MOST = Fraction(10_000)
_NEVER = ("年报", "年度报告")
"""《促进个体工商户发展条例》 art. 32: the rate of annual reports must not be an indicator."""


def assessment_from(said: Mapping[str, Any], units: Sequence[Unit]) -> Assessment:
    """What the file says, and what holds where it says nothing.

    :param said: as TOML has it, decimals as :class:`~decimal.Decimal`.
    :param units: those of the year, by whose groups and codes it is checked.
    :raises UsageFault: it cannot be used; names the key.
    """
    _refuse_unknown(said, KEYS, "")
    preset = _text(said, "preset", DEFAULT, "")
    if preset not in PRESETS:
        raise _fault("preset", preset, f"应是 {'、'.join(PRESETS)} 之一")
    items = _items(said["items"]) if "items" in said else PRESETS[preset]
    items = _typed(items, said)
    _check(items, units)
    return Assessment(
        preset=preset,
        items=items,
        approved_by=_text(said, "approved_by", "", "").strip(),
        grades=_grades(said.get("grades", [90, 80, 60])),
        top_share=_number(said, "top_share", Fraction(3, 10), "", most=Fraction(1)),
        appeal_days=_days(said.get("appeal_days", 5)),
    )


def _items(said: Any) -> tuple[Item, ...]:
    if not isinstance(said, list) or not said or not all(isinstance(each, dict) for each in said):
        raise UsageFault(f"{FILE_NAME} 的 items 应一项一节，每节的开头写 [[items]]。")
    return tuple(_item(number, each) for number, each in enumerate(said, 1))


def _item(number: int, said: Mapping[str, Any]) -> Item:
    where = f"第{number}项 "
    _refuse_unknown(said, ITEM_KEYS, where)
    name = _text(said, "name", "", where).strip()
    if not name:
        raise UsageFault(f'{FILE_NAME} 的 {where}没有 name。请写上项目名称，如 name = "措施落实"。')
    where = f"“{name}” "
    form = _text(said, "form", RATIO, where)
    if form not in FORMS:
        raise _fault(f"{where}form", form, f"应是 {'、'.join(FORMS)} 之一")
    if form not in BESIDE and "weight" not in said:
        raise UsageFault(f"{FILE_NAME} 的 {where}没有 weight。请写上权重，如 weight = 20。")
    item = Item(
        name=name,
        group=_text(said, "group", BOTH, where),
        weight=_number(said, "weight", Fraction(0), where),
        source=_text(said, "source", TYPED, where),
        form=form,
        cap=_number(said, "cap", Fraction(1), where, most=Fraction(10)),
        floor=_number(said, "floor", Fraction(0), where, most=Fraction(10)),
        target=_number(said, "target", Fraction(0), where) if "target" in said else None,
        points=_number(said, "points", Fraction(1), where),
        limit=_number(said, "limit", Fraction(0), where) if "limit" in said else None,
        values=_values(said.get("values", {}), f"{where}values"),
        asked=_asked(said.get("asked", {}), f"{where}asked"),
        asked_min=int(_number(said, "asked_min", Fraction(0), where)),
    )
    _check_form(item, where)
    return item


def _check_form(item: Item, where: str) -> None:
    """Refuse an item that its form cannot score."""
    if item.source not in {TYPED, *COMPUTED}:
        raise _fault(f"{where}source", item.source, f"应是 {'、'.join([TYPED, *COMPUTED])} 之一")
    if any(word in item.name for word in _NEVER):
        raise UsageFault(
            f"{FILE_NAME} 的 {where}不能考核：《促进个体工商户发展条例》第三十二条规定，不得把年度报告率等作为考核评价指标。请删去这一项。"
        )
    if item.form in BESIDE and item.weight:
        raise _fault(f"{where}weight", item.weight, "扣分、加分的项目没有权重，请删去")
    if item.form not in BESIDE and not item.weight:
        raise _fault(f"{where}weight", item.weight, "应大于 0")
    if item.form == RATIO and (item.cap == 0 or item.floor > item.cap):
        raise _fault(f"{where}floor、cap", f"{item.floor}、{item.cap}", "上限应大于 0，下限不能高于上限")
    if item.form in {RATIO, THRESHOLD, STEP} and item.source == TYPED and item.target is None:
        raise UsageFault(f"{FILE_NAME} 的 {where}没有 target。请写上目标数，如 target = 100。")
    if item.form == RATIO and item.target == 0:
        raise _fault(f"{where}target", item.target, "应大于 0")
    if item.form in BESIDE and item.limit is None:
        most = "扣" if item.form == DEDUCT else "加"
        raise UsageFault(f"{FILE_NAME} 的 {where}没有 limit。请写上最多{most}几分，如 limit = 5。")


def _typed(items: tuple[Item, ...], said: Mapping[str, Any]) -> tuple[Item, ...]:
    """The items with what the sections of typed figures and of people asked say of them."""
    for key in ("values", "asked"):
        section = said.get(key, {})
        if not isinstance(section, dict):
            raise UsageFault(f"{FILE_NAME} 的 {key} 应写成一节 [{key}]，每行一个项目。")
        for name in section:
            if name not in {each.name for each in items}:
                known = "、".join(each.name for each in items)
                raise UsageFault(f"{FILE_NAME} 的 [{key}] 里写了“{name}”，没有这个项目。现有的是：{known}。")
    values, asked = said.get("values", {}), said.get("asked", {})
    return tuple(
        replace(
            each,
            values={**each.values, **_values(values.get(each.name, {}), f"[values] {each.name}")},
            asked={**each.asked, **_asked(asked.get(each.name, {}), f"[asked] {each.name}")},
        )
        for each in items
    )


def _check(items: tuple[Item, ...], units: Sequence[Unit]) -> None:
    """Refuse what only all items and units together can tell."""
    names = [each.name for each in items]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UsageFault(f"{FILE_NAME} 里有两个叫“{twice}”的项目。请改一个名称。")
    codes, groups = {unit.code for unit in units}, dict.fromkeys(unit.group for unit in units)
    for item in items:
        where = f"“{item.name}” "
        if item.group not in {BOTH, *groups}:
            raise _fault(f"{where}group", item.group, f"应是 {'、'.join([BOTH, *groups])} 之一")
        for key, typed in (("values", item.values), ("asked", item.asked)):
            strange = next((code for code in typed if code not in codes), None)
            if strange is not None:
                raise _fault(f"{where}{key}", strange, "没有这个编号的单位")
        if item.values and item.source not in TYPEABLE:
            raise UsageFault(
                f"{FILE_NAME} 的 {where}填了实绩，而 {item.source}（{COMPUTED[item.source]}）由程序统计。请删去填的数。"
            )
        if item.form in BESIDE and any(value < 0 for value in item.values.values()):
            raise UsageFault(f"{FILE_NAME} 的 {where}填了负数。扣分、加分都填件数，不能是负的。")
        if item.values and item.form in {RATIO, THRESHOLD, STEP} and item.target is None:
            raise UsageFault(f"{FILE_NAME} 的 {where}填了实绩，没有 target。请写上目标数，如 target = 100。")


def _grades(said: Any) -> tuple[Fraction, Fraction, Fraction]:
    numbers = [_fraction(each) for each in said] if isinstance(said, list) else []
    told = [each for each in numbers if each is not None]
    if len(told) != 3 or len(numbers) != 3 or any(one <= other for one, other in pairwise(told)):
        raise _fault("grades", said, "应为优秀、良好、合格的三个分数线，从高到低，如 [90, 80, 60]")
    excellent, good, passed = told
    return excellent, good, passed


def _days(said: Any) -> int:
    if type(said) is not int or not 1 <= said <= 60:
        raise _fault("appeal_days", said, "应为 1 至 60 的整数")
    return said


def _values(said: Any, key: str) -> dict[str, Fraction]:
    told = {code: _fraction(value) for code, value in said.items()} if isinstance(said, dict) else None
    if told is None or None in told.values():
        raise _fault(key, said, '应为单位编号和实绩，如 { "01" = 92.5, "02" = 88 }')
    return {code: value for code, value in told.items() if value is not None}


def _asked(said: Any, key: str) -> dict[str, int]:
    if not isinstance(said, dict) or not all(type(each) is int and each >= 0 for each in said.values()):
        raise _fault(key, said, '应为单位编号和调查人数，如 { "01" = 101, "02" = 96 }')
    return dict(said)


def _text(said: Mapping[str, Any], key: str, default: str, where: str) -> str:
    value = said.get(key, default)
    if not isinstance(value, str):
        raise _fault(f"{where}{key}", value, "应为文字（加引号）")
    return value


def _number(
    said: Mapping[str, Any], key: str, default: Fraction, where: str, most: Fraction = _MOST
) -> Fraction:
    if key not in said:
        return default
    value = _fraction(said[key])
    if value is None or not 0 <= value <= most:
        shown = (
            "1.5 表示 150%，" if key in {"cap", "floor"} else "0.3 表示 30%，" if key == "top_share" else ""
        )
        raise _fault(f"{where}{key}", said[key], f"应为数字，{shown}在 0 至 {most} 之间")
    return value


def _fraction(value: Any) -> Fraction | None:
    """An exact number; None for anything else."""
    is_number = type(value) is int or (isinstance(value, Decimal) and value.is_finite())
    return Fraction(value) if is_number else None


def _refuse_unknown(said: Mapping[str, Any], known: Collection[str], where: str) -> None:
    for key in said:
        if key not in known:
            raise UsageFault(f"{FILE_NAME} 的 {where}{key} 不认识。可用的有：{'、'.join(known)}。")


def _fault(key: str, value: Any, wanted: str) -> UsageFault:
    shown = value if isinstance(value, str | Decimal | Fraction) else repr(value)
    return UsageFault(f"{FILE_NAME} 的 {key} 写成了 {shown}：{wanted}。")
