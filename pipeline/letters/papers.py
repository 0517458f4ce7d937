"""The papers that go out with a batch: units' files, register sheet (编号登记), receipt sheet (领取签收表) as a workbook."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.adapters.inputs import safe_name
from pipeline.adapters.pdf.cutting import PageRange
from pipeline.adapters.pdf.info import Info
from pipeline.adapters.workbook import write_table, write_tables
from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.letters.model import Batch, Range
from pipeline.domain.letters.usage import USAGE_COLUMNS, usage_row
from pipeline.domain.wording import capital_number

RECEIPT_COLUMNS = (
    Column("序号", 7), Column("领用单位", 20), Column("起始号", 24), Column("终止号", 24), Column("份数", 8),
    Column("份数（大写）", 16), Column("本数", 7), Column("领用日期", 13), Column("领用人（签字）", 14), Column("联系电话", 14),
    Column("发放人", 10), Column("备注", 14),
)  # fmt: skip
"""The receipt sheet (领取签收表) as a workbook."""


def write_receipt_sheet(batch: Batch, runs: Sequence[Range], path: Path) -> None:
    """The same as a workbook: what was signed on paper is typed into it, and from it into the register."""
    title = f"{batch.id.year}年{batch.imprint.county}个体工商户培育介绍信领取签收表（批次{batch.id}）"
    size = batch.imprint.book_size
    rows: list[Sequence[Cell]] = [
        [
            number, run.unit_name, f"{run.first.printed}号", f"{run.last.printed}号", run.count, capital_number(run.count),
            -(-run.count // size), "", "", "", "", "",
        ]
        for number, run in enumerate(runs, 1)
    ]  # fmt: skip
    write_tables(path, [Worksheet("领取签收表", title, RECEIPT_COLUMNS, rows)], batch.reserved_at)


def write_register_sheet(batch: Batch, path: Path) -> None:
    """One row for each letter, in the columns of the usage ledger (使用登记台账)."""
    title = f"{batch.id.year}年{batch.imprint.county}个体工商户培育介绍信编号登记（批次{batch.id}）"
    rows = (
        usage_row(letter, remark=f"原{letter.replaces.key}号作废" if letter.replaces else "")
        for letter in batch.letters
    )
    write_table(path, title, USAGE_COLUMNS, rows, batch.reserved_at)


def unit_files(runs: Sequence[Range], folder: Path) -> list[tuple[PageRange, Path]]:
    """Each unit's pages among all, and its file in a folder."""
    files = []
    first = 0
    for run in runs:
        section = PageRange(f"{run.unit_code} {run.unit_name}（{run.count}份）", first, run.count)
        files.append((section, folder / f"{run.unit_code}-{safe_name(run.unit_name)}.pdf"))
        first += run.count
    return files


def info_of(batch: Batch, title: str) -> Info:
    """What a PDF of a batch says of itself."""
    name = f"{batch.imprint.county}{batch.id.year}年个体工商户培育介绍信 批次{batch.id} {title}"
    return Info(name, batch.imprint.office, batch.reserved_at)
