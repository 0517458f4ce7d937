"""An amount's own nodes (月度节点) as a clerk types them into one cell: 3月600、6月1200、12月2380; words stay words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from pipeline.domain.values.text import plain

Node = tuple[int, Fraction]
"""A month, 1 to 12, and how much is to be reached by its end, from the year's first day on."""
Fault = tuple[str, str]
"""Problem code and advice."""
_BETWEEN = re.compile(r"[、;]|,(?!\d{3}(?!\d))")
"""Between two nodes; the comma of 1,200 is none."""
_NODE = re.compile(r"(\d{1,2})月(?:份|底|末)?(?:前)?(?:累计)?(?:达到|完成)?(\d+(?:\.\d+)?)(\D*)")
_FORM = "请写成 3月600、6月1200、12月2380 的样子；只写文字的，不要夹着数。"


def read_nodes(
    text: str, unit_of_measure: str, target: Fraction | None, deadline: date | None, year: int
) -> tuple[tuple[Node, ...], list[Fault]]:
    """The nodes that a text names, and what is wrong with them; none where it is words.

    They must rise or stay, end at the target, and not go beyond the deadline's month.

    Codes: ``bad-node``, ``falling-node``, ``node-not-target``.
    """
    parts = [part.replace(",", "") for part in _BETWEEN.split(plain(text)) if part]
    found = [_node(part, plain(unit_of_measure)) for part in parts]
    if not any(found):
        return (), []
    unread = [part for part, node in zip(parts, found, strict=True) if node is None]
    if unread:
        return (), [("bad-node", f"“{unread[0]}”看不出是几月要到多少。{_FORM}")]
    nodes = tuple(node for node in found if node)
    last = deadline.month if deadline and deadline.year == year else 12
    return nodes, list(_faults(nodes, unit_of_measure, target, last))


def _node(part: str, unit_of_measure: str) -> Node | None:
    match = _NODE.fullmatch(part)
    if match is None or match[3] not in {"", unit_of_measure}:
        return None
    return int(match[1]), Fraction(match[2])


def _faults(
    nodes: Sequence[Node], unit_of_measure: str, target: Fraction | None, last: int
) -> Iterator[Fault]:
    months = [month for month, _ in nodes]
    if months != sorted(set(months)) or not 1 <= months[0] <= months[-1] <= last:
        yield "bad-node", f"节点要从前往后写，一个月一个，在1月到{last}月之间。{_FORM}"
        return
    for (before, reached), (month, amount) in pairwise(nodes):
        if amount < reached:
            advice = f"节点是累计数，{month}月的{_text(amount)}不能比{before}月的{_text(reached)}少。请改正。"
            yield "falling-node", advice
    if target is None:
        yield "node-not-target", "写了节点，没有写目标值。请补上目标值，或把节点空着。"
    elif nodes[-1][1] != target:
        advice = (
            f"最后一个节点是{_text(nodes[-1][1])}，要等于目标值{_text(target)}{unit_of_measure}。请改正。"
        )
        yield "node-not-target", advice


def _text(amount: Fraction) -> str:
    return str(amount.numerator) if amount.denominator == 1 else str(float(amount))
