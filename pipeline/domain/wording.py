"""Numerals, dates and lists of official Chinese."""

import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from fractions import Fraction

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_CAPITALS = str.maketrans("0123456789-", f"{DIGITS}—")
_PLACES = ("", "拾", "佰", "仟")
_ASKING = re.compile(
    r"恳请|呈请|敬请|妥否|当否|(?<![申邀提聘众户民者])请(?:示|求|予)|(?<![申邀提聘众户民者])请[^，。；！？]{0,12}?(?:批准|批复|批示|审批|审定|拨付|支持|解决|协调)"
)
"""Words with which a superior is asked for something (请示); 申请, 邀请, 提请 and 聘请 tell of it, and 群众请求, 经营户请求 of others who ask."""


def digit_by_digit(text: str) -> str:
    """Arabic digits to capitals one by one, a hyphen to a dash: ``01-0001`` → ``零壹—零零零壹``.

    One capital for each digit keeps the width fixed and leaves no room to add a stroke (骑缝 numbers).
    """
    return text.translate(_CAPITALS)


def capital_number(number: int) -> str:
    """A count in capitals (大写): 180 → 壹佰捌拾, 2300 → 贰仟叁佰, 10010 → 壹万零壹拾.

    :raises ValueError: below 0, or 10⁸ and more.
    """
    if not 0 <= number < 10**8:
        raise ValueError(f"no capitals for {number}")
    if number == 0:
        return DIGITS[0]
    ten_thousands, rest = divmod(number, 10_000)
    words = _capital_group(ten_thousands) + "万" if ten_thousands else ""
    gap = DIGITS[0] if words and 0 < rest < 1_000 else ""
    return words + gap + _capital_group(rest)


def _capital_group(group: int) -> str:
    words = ""
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit:
            words += DIGITS[digit] + _PLACES[place]
        elif words and not words.endswith(DIGITS[0]):
            words += DIGITS[0]
    return words.rstrip(DIGITS[0])


def chinese_date(day: date) -> str:
    """``2022年6月5日``: Arabic, no leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def listed(names: list[str] | tuple[str, ...], most: int = 5) -> str:
    """Names joined by 、, the rest counted: 甲、乙、丙等7个."""
    shown = "、".join(names[:most])
    return shown if len(names) <= most else f"{shown}等{len(names)}个"


def counted(names: Sequence[str], most: int, of: str = "个") -> str:
    """Names with their number, said once: 3个：甲、乙、丙; of more than ``most`` 甲、乙等12个.

    :param of: what is counted: 个单位.
    """
    if len(names) > most:
        return f"{'、'.join(names[:most])}等{len(names)}{of}"
    return f"{len(names)}{of}：{'、'.join(names)}"


def itemised(sentences: Sequence[str], lead: str = "是") -> str:
    """Sentences without their ends as one paragraph: 一是甲；二是乙。; a single one stands by itself.

    :raises IndexError: more than ten.
    """
    if len(sentences) == 1:
        return f"{sentences[0]}。"
    return "；".join(
        f"{'一二三四五六七八九十'[n]}{lead}{each}" for n, each in enumerate(sentences)
    ) + "。" * bool(sentences)


def one_by_one(sentences: Sequence[str]) -> list[str]:
    """Sentences without their ends as a paragraph each: 一是甲。, 二是乙。; a single one stands by itself.

    :raises IndexError: more than ten.
    """
    if len(sentences) == 1:
        return [f"{sentences[0]}。"]
    return [f"{'一二三四五六七八九十'[place]}是{each}。" for place, each in enumerate(sentences)]


def ordinal(number: int) -> str:
    """Number of a heading from 1 to 99: 一, 十, 十二, 二十一."""
    digits = " 一二三四五六七八九"
    tens, ones = divmod(number, 10)
    words = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return words + (digits[ones] if ones else "")


def decimal_text(value: Fraction) -> str:
    """A number with one decimal, half rounded away from zero: 1/20 → 0.1, −1/20 → -0.1; never -0.0."""
    tenths = (abs(value) * 20 + 1) // 2
    return f"{'-' if value < 0 < tenths else ''}{tenths // 10}.{tenths % 10}"


def percent_text(rate: Fraction) -> str:
    """A rate in percent without the sign, one decimal (GB/T 15835): 5/12 → 41.7. Only what is exactly whole is 100, without one."""
    return "100" if rate == 1 else decimal_text(rate * 100)


def rate_text(rate: Fraction) -> str:
    """The same with the sign: 41.7%, 100%."""
    return f"{percent_text(rate)}%"


def near(name: str, names: Sequence[str]) -> str:
    """The most similar of ``names`` as advice, never as a decision; a full stop when none is near."""
    match = nearest(name, names)
    return f"，是不是“{match}”？" if match else "。"


def nearest(name: str, names: Sequence[str]) -> str:
    """The most similar of ``names``; empty when half of it is something else."""
    return next(iter(get_close_matches(name, names, n=1, cutoff=0.5)), "")


def asking(text: str) -> str:
    """The words with which a text asks a superior for something; empty where it does not.

    No 报告 may hold what belongs into a 请示 (《党政机关公文处理工作条例》 15).
    """
    found = _ASKING.search(text)
    return found[0] if found else ""
