"""Values of ``assessment.toml``, each refused by its key where it is not what it must be."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pipeline.errors import UsageFault

FILE_NAME = "assessment.toml"
_MOST = Fraction(10_000)


def flag_in(said: Mapping[str, Any], key: str) -> bool:
    """A key that is true or false, false where it is not there.

    :raises UsageFault: it is something else.
    """
    value = said.get(key, False)
    if not isinstance(value, bool):
        raise fault(key, value, "应为 true（是）或 false（否）")
    return value


def unit_numbers(said: Any, key: str) -> dict[str, Fraction]:
    """Code of a unit → its number.

    :raises UsageFault: it is something else.
    """
    told = {code: fraction_of(value) for code, value in said.items()} if isinstance(said, dict) else None
    if told is None or None in told.values():
        raise fault(key, said, '应为单位编号和实绩，如 { "01" = 92.5, "02" = 88 }')
    return {code: value for code, value in told.items() if value is not None}


def people_asked(said: Any, key: str) -> dict[str, int]:
    """Code of a unit → how many people were asked.

    :raises UsageFault: it is something else.
    """
    if not isinstance(said, dict) or not all(type(each) is int and each >= 0 for each in said.values()):
        raise fault(key, said, '应为单位编号和调查人数，如 { "01" = 101, "02" = 96 }')
    return dict(said)


def text_in(said: Mapping[str, Any], key: str, default: str, where: str) -> str:
    """A key that is a text.

    :raises UsageFault: it is something else.
    """
    value = said.get(key, default)
    if not isinstance(value, str):
        raise fault(f"{where}{key}", value, "应为文字（加引号）")
    return value


def number_in(
    said: Mapping[str, Any], key: str, default: Fraction, where: str, most: Fraction = _MOST
) -> Fraction:
    """A key that is a number from 0 to a limit.

    :raises UsageFault: it is something else.
    """
    if key not in said:
        return default
    value = fraction_of(said[key])
    if value is None or not 0 <= value <= most:
        shown = (
            "1.5 表示 150%，" if key in {"cap", "floor"} else "0.3 表示 30%，" if key == "top_share" else ""
        )
        raise fault(f"{where}{key}", said[key], f"应为数字，{shown}在 0 至 {most} 之间")
    return value


def fraction_of(value: Any) -> Fraction | None:
    """An exact number; None for anything else."""
    is_number = type(value) is int or (isinstance(value, Decimal) and value.is_finite())
    return Fraction(value) if is_number else None


def refuse_unknown(said: Mapping[str, Any], known: Collection[str], where: str) -> None:
    """See that there is no key but those that are known.

    :raises UsageFault: it is something else.
    """
    for key in said:
        if key not in known:
            raise UsageFault(f"{FILE_NAME} 的 {where}{key} 不认识。可用的有：{'、'.join(known)}。")


def fault(key: str, value: Any, wanted: str) -> UsageFault:
    """That a key says something else than it may."""
    shown = value if isinstance(value, str | Decimal | Fraction) else repr(value)
    return UsageFault(f"{FILE_NAME} 的 {key} 写成了 {shown}：{wanted}。")
