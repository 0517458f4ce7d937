"""What is filled in on the receipt sheet; made-up sheets that show where on it a text stands, whatever it says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import product
from string import hexdigits

from pipeline.domain.letters.fields import width_em
from pipeline.domain.letters.model import Batch, BatchId, Range
from pipeline.domain.letters.patterns import patterns_of
from pipeline.domain.letters.sampling import CLOSE
from pipeline.domain.wording import capital_number, chinese_date

RECEIPT_FIELDS = (
    "年度", "县", "发放单位", "批次", "编制日期", "各单位", "行", "合计份数", "合计份数大写", "合计本数", "每本份数",
    "台账校验码",
)  # fmt: skip
"""Names that ``templates/receipt.docx`` uses; 行 is one unit of 各单位."""
Fields = Mapping[str, object]
_SHORT, _LONG = 1, 9876
"""Letters of a unit, and of all, on the sheets with the shortest and the longest texts."""
_DIGITS = "0123456789"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's consecutive letters."""

    unit_name: str
    """Short name."""
    first: str
    """The first number as printed."""
    last: str
    """The last one."""
    count: int
    """Letters."""


def rows_of(runs: Sequence[Range]) -> list[Row]:
    """A row for each run of consecutive letters."""
    return [Row(run.unit_name, run.first.printed, run.last.printed, run.count) for run in runs]


def receipt_fields(batch: Batch, rows: Sequence[Row]) -> dict[str, object]:
    """Placeholder → what the sheet of a batch says."""
    size = batch.imprint.book_size
    each = [
        {
            "序号": number, "单位名称": row.unit_name, "起始号": row.first, "终止号": row.last, "份数": row.count,
            "份数大写": capital_number(row.count), "本数": _books(row.count, size),
        }
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    total = sum(row.count for row in rows)
    return {
        "年度": batch.id.year,
        "县": batch.imprint.county,
        "发放单位": batch.imprint.office,
        "批次": str(batch.id),
        "编制日期": chinese_date(batch.reserved_at.date()),
        "各单位": each,
        "合计份数": total,
        "合计份数大写": capital_number(total),
        "合计本数": sum(_books(row.count, size) for row in rows),
        "每本份数": size,
        "台账校验码": batch.chain_head[:16].upper(),
    }


def _books(count: int, size: int) -> int:
    return -(-count // size)


class Trial:
    """Made-up sheets with nothing of one batch in them but what all of the year have in common."""

    def __init__(
        self, batch: Batch, runs: Sequence[Range], names: Iterable[str], rows: Sequence[int]
    ) -> None:
        """Take over what they have in common.

        :param runs: the batch's consecutive letters.
        :param names: short names of the units, at least one.
        :param rows: how many rows there are to be on some, how many on others.
        """
        self._batch = batch
        self.rows = rows
        self._names = sorted(names, key=lambda name: (width_em(name), name))
        self._printed = max((pattern.printed for pattern in patterns_of(run.last for run in runs)), key=len)

    @property
    def told(self) -> tuple[object, ...]:
        """All that they depend on besides the template."""
        return self._batch.id.year, self._batch.imprint, self._names, self._printed, self.rows

    def fillings(self, rows: int) -> list[Fields]:
        """Three sheets of so many rows: with the shortest texts, with the longest, and one as they are."""
        brief, wide = self._row(self._names[0][:1], "1", _SHORT), self._row(self._names[-1], "88", _LONG)
        short = self._filling(1, date(2022, 1, 1), "1", [brief] * rows)
        long = self._filling(1000, date(2022, 12, 28), "d", [wide] * rows)
        usual = self._filling(27, date(2022, 10, 9), "5a0c9e7d1f", list(self._usual(rows)))
        return [short | self._totals(_SHORT), long | self._totals(_LONG), usual]

    def characters(self) -> dict[str, set[str]]:
        """Placeholder → its characters, and those of which two may stand closer together than one by one."""
        code = hexdigits[:16].upper()
        counts = dict.fromkeys(("行.份数", "行.本数", "合计份数", "合计本数"), _shown("00"))
        return counts | {
            "批次": _shown("0000-0000"),
            "编制日期": _shown("0000年00月00日"),
            "行.单位名称": set().union(*map(_shown, self._names)),
            "行.起始号": _shown(self._printed),
            "行.终止号": _shown(self._printed),
            "行.份数大写": set(_CAPITALS),
            "合计份数大写": set(_CAPITALS),
            "台账校验码": {*code, *map("".join, product(code, repeat=2))},
        }

    def _filling(self, number: int, day: date, code: str, rows: Sequence[Row]) -> dict[str, object]:
        at = datetime.combine(day, time(), UTC)
        own = BatchId(self._batch.id.year, number)
        return receipt_fields(replace(self._batch, id=own, reserved_at=at, chain_head=code * 16), rows)

    def _totals(self, count: int) -> dict[str, object]:
        size = self._batch.imprint.book_size
        return {
            "合计份数": count, "合计份数大写": capital_number(count), "合计本数": _books(count, size),
        }  # fmt: skip

    def _usual(self, rows: int) -> Iterator[Row]:
        for number in range(rows):
            yield self._row(self._names[number % len(self._names)], str(number % 10), 7 * number + 10)

    def _row(self, name: str, digit: str, count: int) -> Row:
        """A row; two digits for one make the running number longer by one."""
        *before, last = re.split(r"(?=0+[^0]*$)", self._printed, maxsplit=1)
        text = "".join([*before, last.replace("0", digit, 1)]).replace("0", digit[:1])
        return Row(name, text, text, count)


def _shown(text: str) -> set[str]:
    """The characters of a text in which 0 stands for any digit, and which two of them stand beside each other."""
    shown = set(text) | set(_DIGITS if "0" in text else "")
    for pair in CLOSE.findall(text):
        shown.update(map("".join, product(*(_DIGITS if char == "0" else char for char in pair))))
    return shown
