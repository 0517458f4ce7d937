"""Numerals and dates of official Chinese."""

from datetime import date

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")


def digit_by_digit(text: str) -> str:
    """Arabic digits to capitals one by one, a hyphen to a dash: ``01-0001`` → ``零壹—零零零壹``.

    One capital for each digit keeps the width fixed and leaves no room to add a stroke (骑缝 numbers).
    """
    return text.translate({ord(str(n)): capital for n, capital in enumerate(DIGITS)} | {ord("-"): "—"})


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
