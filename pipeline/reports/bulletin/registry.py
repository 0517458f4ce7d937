"""The registry's own count (登记机关口径) beside the bulletin's: a line in the text, and a sheet of the figures.

Never made to fit: what no row explains stays 原因待核.
"""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.domain.documents import Column
from pipeline.domain.statistics.registry import CAUSES, Comparison

COLUMNS = (
    Column("项目", 12), Column("本简报", 9), Column("登记机关口径（按登记数据推算）", 17), Column("差", 7),
    *(Column(cause, 12) for cause in CAUSES), Column("登记机关统计（公布数）", 14), Column("本简报比公布数多", 12),
    Column("其中原因待核", 10),
)  # fmt: skip
"""Of the sheet; the last three are empty where nobody has entered what the registry announced."""


def registry_rows(found: Sequence[Comparison], announced: Mapping[str, int]) -> list[list[str | int]]:
    """The sheet's lines.

    :param announced: name of a figure → what the registry itself says of it.
    """
    return [
        [
            each.name, each.ours, each.theirs, each.difference, *(each.causes.get(cause, 0) for cause in CAUSES),
            *_announced(each, announced.get(each.name)),
        ]
        for each in found
    ]  # fmt: skip


def _announced(each: Comparison, number: int | None) -> list[str | int]:
    return ["", "", ""] if number is None else [number, each.ours - number, each.theirs - number]


def registry_remark(found: Sequence[Comparison], announced: Mapping[str, int]) -> str:
    """How far the bulletin is from what the registry announced, and why; empty where nobody has entered that."""
    told = [_told(each, announced[each.name]) for each in found if each.name in announced]
    ours = {each.name for each in found}
    told += [
        f"{name}{number}户，本简报没有可比的数" for name, number in announced.items() if name not in ours
    ]
    return f"与登记机关统计口径相比：{'；'.join(told)}。" if told else ""


def _told(each: Comparison, number: int) -> str:
    more = each.ours - number
    if not more:
        return f"{each.name}{number}户，与本简报一致"
    return "".join(
        (f"{each.name}{number}户，差{abs(more)}户（本简报{_much(more)}）", *_why(each, each.theirs - number))
    )


def _why(each: Comparison, rest: int) -> Iterator[str]:
    """:param rest: by how much ours is greater for reasons that no row tells."""
    if each.causes:
        lead = "主要是" if abs(rest) <= abs(each.difference) else "其中"
        yield f"，{lead}{'、'.join(f'{cause}{_much(number)}' for cause, number in each.causes.items())}"
    if rest:
        yield f"，其余{_much(rest)}的原因待核" if each.causes else "，原因待核"


def _much(more: int) -> str:
    return f"{'多' if more > 0 else '少'}{abs(more)}户"
