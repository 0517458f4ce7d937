"""What hinders units, and what is still open, in sentences."""

from collections.abc import Iterator

from pipeline.domain.items.standing import sentence
from pipeline.reports.analysis.difficulties import Difficulties

_MOST = 5
"""Categories that are named."""


def difficulties_words(found: Difficulties) -> Iterator[str]:
    """What units wrote, and the items; nothing where no unit has written and no item was opened."""
    yield _written(found)
    ledger = sentence(found.items, found.day, found.due_soon)
    yield f"{ledger.removesuffix('。')}{_kinds(found)}。" if ledger else ""


def _written(found: Difficulties) -> str:
    if found.month is None:
        return ""
    told = []
    if found.obstacles:
        named = "、".join(f"{name}{number}个" for name, number in found.obstacles[:_MOST])
        rest = sum(number for _, number in found.obstacles[_MOST:])
        others = f"、其他{rest}个" if rest else ""
        whole = sum(number for _, number in found.obstacles)
        told.append(f"有{whole}个单位填报堵点，按类别是{named}{others}")
    told.append(f"提出需协调事项{found.requests}项" if found.requests else "没有提出需协调事项")
    return f"{found.month.month}月份调度表上，{'；'.join(told)}。"


def _kinds(found: Difficulties) -> str:
    if len(found.by_kind) < 2:
        return ""
    return f"；未销号的按类别是{'、'.join(f'{kind}{number}项' for kind, number, _ in found.by_kind)}"
