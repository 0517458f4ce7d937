"""How the authorities have classed a business (分型分类, 国市监注发〔2024〕10号): taken from the export as it stands, never worked out.

The province sets the limits and classes from joined data; 名特优新 is applied for and selected. Neither can be told from a
registration.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.domain.records.exports.cells import said_of
from pipeline.domain.records.exports.columns import Columns

HEADERS = {
    "size_class": ("分型", "分型结果", "分型类型", "个体工商户分型"),
    "distinction": ("名特优新", "名特优新类别", "名特优新类型", "类别(名特优新)", "分类(名特优新)"),
    "upgraded": ("个转企", "是否个转企", "个转企情况", "个转企标志"),
}
"""Field → its header texts, for the kind of table."""


class Classed(NamedTuple):
    """What a business is classed as; each empty where the export does not say."""

    size: str = ""
    """分型: 生存型, 成长型, 发展型."""
    distinction: str = ""
    """名特优新: 知名, 特色, 优质, 新兴."""
    upgraded: str = ""
    """个转企: whatever the export says of it, 是 or a company's name."""

    def then(self, later: "Classed") -> "Classed":
        """What holds after a later row: its values, and these where it has none."""
        return self if later is UNCLASSED else Classed(*map(_last, self, later))


UNCLASSED = Classed()
"""Where nothing is said, which is nearly everywhere."""


def classes_of(rows: Columns) -> Sequence[Classed]:
    """What each row says."""
    if not any(map(rows.has, HEADERS)):
        return [UNCLASSED] * len(rows)
    said = zip(*(rows.read(name, said_of) for name in HEADERS), strict=True)
    return [Classed(*each) if any(each) else UNCLASSED for each in said]


def _last(earlier: str, later: str) -> str:
    return later or earlier
