"""``assessment.toml`` → :class:`~pipeline.domain.assessment.rules.Assessment`; refused as ``pipeline.toml`` is.

A key that is not known, a value of the wrong type or beyond its bounds: each is told by its name.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from pipeline.domain.assessment.presets import DEFAULT, PAPERS, PRESETS
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
from pipeline.domain.assessment.values import (
    FILE_NAME,
    fault,
    flag_in,
    fraction_of,
    number_in,
    people_asked,
    refuse_unknown,
    text_in,
    unit_numbers,
)
from pipeline.domain.model import Unit
from pipeline.errors import UsageFault

KEYS = (
    "preset", "approved_by", "report_to", "grades", "top_share", "appeal_days", "veto", "paper_deductions", "values", "asked",
    "fabrication", "items",
)  # fmt: skip
"""What it can say."""
ITEM_KEYS = tuple(each.name for each in fields(Item))
"""What an item can say."""
_NEVER = ("年报", "年度报告")
"""《促进个体工商户发展条例》 art. 32: the rate of annual reports must not be an indicator."""


def assessment_from(said: Mapping[str, Any], units: Sequence[Unit]) -> Assessment:
    """What the file says, and what holds where it says nothing.

    :param said: as TOML has it, decimals as :class:`~decimal.Decimal`.
    :param units: those of the year, by whose groups and codes it is checked.
    :raises UsageFault: it cannot be used; names the key.
    """
    refuse_unknown(said, KEYS, "")
    preset = text_in(said, "preset", DEFAULT, "")
    if preset not in PRESETS:
        raise fault("preset", preset, f"应是 {'、'.join(PRESETS)} 之一")
    items = _items(said["items"]) if "items" in said else PRESETS[preset]
    items += PAPERS if flag_in(said, "paper_deductions") else ()
    items = _typed(items, said)
    _check(items, units)
    return Assessment(
        preset=preset,
        items=items,
        approved_by=text_in(said, "approved_by", "", "").strip(),
        report_to=text_in(said, "report_to", "", "").strip(),
        grades=_grades(said.get("grades", [90, 80, 60])),
        top_share=number_in(said, "top_share", Fraction(3, 10), "", most=Fraction(1)),
        appeal_days=_days(said.get("appeal_days", 5)),
        veto=flag_in(said, "veto"),
        fabrication=_fabrication(said, {unit.code for unit in units}),
    )


def _fabrication(said: Mapping[str, Any], codes: Collection[str]) -> dict[str, str]:
    """Who has been proven to have made things up, each with how."""
    told = said.get("fabrication", {})
    if not isinstance(told, dict) or not all(isinstance(why, str) and why.strip() for why in told.values()):
        raise fault("fabrication", told, '应为单位编号和查实的情况，如 "01" = "经县督查组核实，虚报2户"')
    if told and not said.get("veto"):
        raise UsageFault(f"{FILE_NAME} 写了 [fabrication]，没有写 veto = true（弄虚作假的不能评优秀）。")
    if strange := next((code for code in told if code not in codes), None):
        raise fault("fabrication", strange, "没有这个编号的单位")
    return {code: why.strip().rstrip("。") for code, why in told.items()}


def _items(said: Any) -> tuple[Item, ...]:
    if not isinstance(said, list) or not said or not all(isinstance(each, dict) for each in said):
        raise UsageFault(f"{FILE_NAME} 的 items 应一项一节，每节的开头写 [[items]]。")
    return tuple(_item(number, each) for number, each in enumerate(said, 1))


def _item(number: int, said: Mapping[str, Any]) -> Item:
    where = f"第{number}项 "
    refuse_unknown(said, ITEM_KEYS, where)
    name = text_in(said, "name", "", where).strip()
    if not name:
        raise UsageFault(f'{FILE_NAME} 的 {where}没有 name。请写上项目名称，如 name = "措施落实"。')
    where = f"“{name}” "
    form = text_in(said, "form", RATIO, where)
    if form not in FORMS:
        raise fault(f"{where}form", form, f"应是 {'、'.join(FORMS)} 之一")
    if form not in BESIDE and "weight" not in said:
        raise UsageFault(f"{FILE_NAME} 的 {where}没有 weight。请写上权重，如 weight = 20。")
    item = Item(
        name=name,
        group=text_in(said, "group", BOTH, where),
        weight=number_in(said, "weight", Fraction(0), where),
        source=text_in(said, "source", TYPED, where),
        form=form,
        cap=number_in(said, "cap", Fraction(1), where, most=Fraction(10)),
        floor=number_in(said, "floor", Fraction(0), where, most=Fraction(10)),
        target=number_in(said, "target", Fraction(0), where) if "target" in said else None,
        points=number_in(said, "points", Fraction(1), where),
        limit=number_in(said, "limit", Fraction(0), where) if "limit" in said else None,
        values=unit_numbers(said.get("values", {}), f"{where}values"),
        asked=people_asked(said.get("asked", {}), f"{where}asked"),
        asked_min=int(number_in(said, "asked_min", Fraction(0), where)),
    )
    _check_form(item, where)
    return item


def _check_form(item: Item, where: str) -> None:
    """Refuse an item that its form cannot score."""
    if item.source not in {TYPED, *COMPUTED}:
        raise fault(f"{where}source", item.source, f"应是 {'、'.join([TYPED, *COMPUTED])} 之一")
    if any(word in item.name for word in _NEVER):
        raise UsageFault(
            f"{FILE_NAME} 的 {where}不能考核：《促进个体工商户发展条例》第三十二条规定，不得把年度报告率等作为考核评价指标。请删去这一项。"
        )
    if item.form in BESIDE and item.weight:
        raise fault(f"{where}weight", item.weight, "扣分、加分的项目没有权重，请删去")
    if item.form not in BESIDE and not item.weight:
        raise fault(f"{where}weight", item.weight, "应大于 0")
    if item.form == RATIO and (item.cap == 0 or item.floor > item.cap):
        raise fault(f"{where}floor、cap", f"{item.floor}、{item.cap}", "上限应大于 0，下限不能高于上限")
    if item.form in {RATIO, THRESHOLD, STEP} and item.source == TYPED and item.target is None:
        raise UsageFault(f"{FILE_NAME} 的 {where}没有 target。请写上目标数，如 target = 100。")
    if item.form == RATIO and item.target == 0:
        raise fault(f"{where}target", item.target, "应大于 0")
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
            values={**each.values, **unit_numbers(values.get(each.name, {}), f"[values] {each.name}")},
            asked={**each.asked, **people_asked(asked.get(each.name, {}), f"[asked] {each.name}")},
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
            raise fault(f"{where}group", item.group, f"应是 {'、'.join([BOTH, *groups])} 之一")
        for key, typed in (("values", item.values), ("asked", item.asked)):
            strange = next((code for code in typed if code not in codes), None)
            if strange is not None:
                raise fault(f"{where}{key}", strange, "没有这个编号的单位")
        if item.values and item.source not in TYPEABLE:
            raise UsageFault(
                f"{FILE_NAME} 的 {where}填了实绩，而 {item.source}（{COMPUTED[item.source]}）由程序统计。请删去填的数。"
            )
        if item.form in BESIDE and any(value < 0 for value in item.values.values()):
            raise UsageFault(f"{FILE_NAME} 的 {where}填了负数。扣分、加分都填件数，不能是负的。")
        if item.values and item.form in {RATIO, THRESHOLD, STEP} and item.target is None:
            raise UsageFault(f"{FILE_NAME} 的 {where}填了实绩，没有 target。请写上目标数，如 target = 100。")


def _grades(said: Any) -> tuple[Fraction, Fraction, Fraction]:
    numbers = [fraction_of(each) for each in said] if isinstance(said, list) else []
    told = [each for each in numbers if each is not None]
    if len(told) != 3 or len(numbers) != 3 or any(one <= other for one, other in pairwise(told)):
        raise fault("grades", said, "应为优秀、良好、合格的三个分数线，从高到低，如 [90, 80, 60]")
    excellent, good, passed = told
    return excellent, good, passed


def _days(said: Any) -> int:
    if type(said) is not int or not 1 <= said <= 60:
        raise fault("appeal_days", said, "应为 1 至 60 的整数")
    return said
