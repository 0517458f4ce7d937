"""Numbers on a business licence (营业执照): unified social credit code and registration number.

As in :mod:`~pipeline.domain.values.identity`, a number is checked, never repaired.
"""

from collections.abc import Sequence
from operator import mul

from pipeline.domain.values.cell import Value
from pipeline.domain.values.check_signs import WeighedSum
from pipeline.domain.values.identity import Checked, problem, unfit
from pipeline.domain.values.text import compact

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Digits and letters without I, O, S, V, Z."""
_VALUES = {sign: value for value, sign in enumerate(_ALPHABET)}
_TABLE = bytes(_VALUES.get(chr(sign), 31) for sign in range(256))
"""Each sign's value, by its byte; 31 for what is none of them."""
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1)
"""That of the check sign itself last."""
_SUM = WeighedSum(_ALPHABET, _WEIGHTS, 31, 0)
_SLIPS = str.maketrans("OISZ", "0152")
"""Letters that are typed for a digit, and are no signs of a code."""


def credit_code(value: Value) -> Checked:
    """A unified social credit code (统一社会信用代码, GB 32100-2015), 18 signs, in capitals.

    Codes: ``digits-lost``, ``code-length``, ``code-character``; as notices, for it still tells one business from
    another, ``code-checksum`` and ``code-character`` for a letter that is no sign of it; an unreadable cell's own.
    """
    if isinstance(value, str) and is_sound_code(value):
        return Checked(value)
    text = compact(value).upper()
    return unfit(value, text) or _code_fault(text) or Checked(text)


def _code_fault(text: str) -> Checked | None:
    if len(text) != 18:
        advice = f"统一社会信用代码应是18位，现在是{len(text)}位。请对照营业执照补正。"
        return problem(text, "code-length", advice)
    if _is_credit_code(text):
        return None
    mended = text.translate(_SLIPS)
    hint = f"建议：是不是“{mended}”？" if mended != text and _is_credit_code(mended) else ""
    strange = next((sign for sign in text if sign not in _VALUES), "")
    if strange:
        advice = f"统一社会信用代码里没有“{strange}”。{hint}请对照营业执照改正。"
        if text.isascii() and text.isalnum():
            return Checked(text, "code-character", advice)
        return problem(text, "code-character", advice)
    advice = "统一社会信用代码的校验码对不上，其中有一位打错了。请对照营业执照核对。"
    return Checked(text, "code-checksum", advice)


def is_sound_code(text: str) -> bool:
    """Whether a text is a unified code, its check sign right."""
    return len(text) == 18 and _is_credit_code(text)


def are_sound_codes(texts: Sequence[str]) -> bool:
    """Whether each of some texts is one, told of all together."""
    return _SUM.holds_for(texts)


def _is_credit_code(text: str) -> bool:
    if not text.isascii():
        return False
    values = text.encode().translate(_TABLE)
    total: int = sum(map(mul, _WEIGHTS, values))
    return total % 31 == 0 and 31 not in values


def is_individual(code: str) -> bool:
    """Whether a unified code is an individual business's (个体工商户): 9 market regulation, 2 individual."""
    return code.startswith("92")


def registration_number(value: Value) -> Checked:
    """A registration number (注册号, GS 15-2006): 15 digits; older ones have 13 and no check digit.

    Six digits are the authority's, eight a sequence, which for individual businesses starts with 6 to 9.
    Codes: ``digits-lost``, ``regno-length``, and as notices, for it still tells one business from another,
    ``regno-checksum``, ``regno-kind``; an unreadable cell's own.
    """
    text = compact(value).upper()
    return unfit(value, text) or _regno_fault(text) or Checked(text)


def _regno_fault(text: str) -> Checked | None:
    if len(text) not in {13, 15} or not (text.isascii() and text.isdecimal()):
        return problem(text, "regno-length", "注册号应是15位数字（旧的13位）。请对照营业执照改正。")
    if len(text) == 15 and not _is_mod_11_10(text):
        advice = "注册号的校验码对不上，其中有一位打错了。请对照营业执照核对。"
        return Checked(text, "regno-checksum", advice)
    if len(text) == 15 and text[6] < "6":
        advice = "个体工商户的注册号第7位应是6至9，这像是企业的注册号。请核对。"
        return Checked(text, "regno-kind", advice)
    return None


def _is_mod_11_10(digits: str) -> bool:
    """Whether the last digit is right by ISO 7064 MOD 11,10."""
    check = 10
    for digit in map(int, digits[:-1]):
        check = ((check + digit) % 10 or 10) * 2 % 11
    return (check + int(digits[-1])) % 10 == 1
