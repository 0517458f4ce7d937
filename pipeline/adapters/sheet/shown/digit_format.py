"""Numbers, as a section of a number format shows them."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from pipeline.adapters.sheet.shown.format_code import Section, Token, Uncertain
from pipeline.domain.values.text import text_of

_EXACT = 1e15
"""From here on no spreadsheet keeps all digits."""
_GENERAL = 1e11
"""From here on a number without a format is shown with an exponent."""
_POINT, _COMMA, _PERCENT = (Token("sign", sign) for sign in ".,%")


def digits_text(section: Section, number: float) -> str:
    """What a section shows of a number that is not negative.

    :raises Uncertain: exponents, fractions, hanzi, more digits than a cell keeps.
    """
    if number >= _EXACT or section.in_hanzi:
        raise Uncertain
    tokens = section.tokens
    if section.has("general"):
        return "".join(_beside(token, number) for token in tokens)
    point = tokens.index(_POINT) if _POINT in tokens else len(tokens)
    before, after = list(tokens[:point]), list(tokens[point:])
    if not any(token.kind == "digit" for token in tokens):
        return "".join(map(_literal, tokens))
    thousands = _dropped(before) + _dropped(after)
    places = sum(token.kind == "digit" for token in after)
    scale = 2 * tokens.count(_PERCENT) - 3 * thousands
    amount = Decimal(f"{number:.15g}").scaleb(scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, fraction = f"{amount:f}".partition(".")
    return _whole(before, whole.lstrip("0")) + _fraction(after, fraction)


def _beside(token: Token, number: float) -> str:
    if token.kind != "general":
        return _literal(token)
    if number >= _GENERAL:
        raise Uncertain
    return text_of(number)


def _literal(token: Token) -> str:
    if token.kind == "literal" or token in {_COMMA, _PERCENT, _POINT}:
        return token.text
    raise Uncertain


def _dropped(tokens: list[Token]) -> int:
    """Take out the commas after the last digit, each of which stands for three digits not shown; how many."""
    last = max((place for place, token in enumerate(tokens) if token.kind == "digit"), default=-1)
    count = 0
    while last >= 0 and last + 1 < len(tokens) and tokens[last + 1] == _COMMA:
        del tokens[last + 1]
        count += 1
    return count


def _whole(tokens: Sequence[Token], digits: str) -> str:
    """The digits before the point, set from the right into their places, the first of which takes all that are left."""
    slots = [place for place, token in enumerate(tokens) if token.kind == "digit"]
    first = slots[0] if slots else len(tokens)
    in_groups = any(token == _COMMA for token in tokens[first:])
    shown: list[str] = []
    count = 0
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token.kind != "digit":
            shown.append("" if token == _COMMA and place > first else _literal(token))
            continue
        some = digits if place == first else digits[-1:]
        digits = "" if place == first else digits[:-1]
        for digit in reversed(some or token.text.replace("#", "").replace("?", " ")):
            shown.append("," if in_groups and count and count % 3 == 0 else "")
            shown.append(digit)
            count += 1
    return "".join(reversed(shown))


def _fraction(tokens: Sequence[Token], digits: str) -> str:
    """The point and the digits after it; those that ``#`` stands for go when they are 0.

    :raises Uncertain: nothing is left after the point, which some programs then leave out.
    """
    kept = digits.rstrip("0")
    shown = []
    place = 0
    for token in tokens:
        if token.kind != "digit":
            shown.append(_literal(token))
            continue
        is_needed = place < len(kept) or token.text == "0"
        shown.append(digits[place] if is_needed else " " if token.text == "?" else "")
        place += 1
    text = "".join(shown)
    if tokens and not re.search("[0-9]", text):
        raise Uncertain
    return text
