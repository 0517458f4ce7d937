"""The papers that go out with a batch: units' files, receipt sheet (领取签收表), register sheet (编号登记)."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.adapters.inputs import safe_name
from pipeline.adapters.pdf.cutting import Info, PageRange
from pipeline.adapters.pdf.reading import read_pages, squeezed
from pipeline.adapters.word import WordTemplate
from pipeline.adapters.workbook import write_table, write_tables
from pipeline.domain.documents import Cell, Column, Worksheet
from pipeline.domain.letters.model import Batch, Range
from pipeline.domain.letters.usage import USAGE_COLUMNS, usage_row
from pipeline.domain.wording import capital_number, chinese_date
from pipeline.errors import ConversionFault
from pipeline.publishing.readback import collate

RECEIPT_FIELDS = (
    "年度", "县", "发放单位", "批次", "编制日期", "各单位", "行", "合计份数", "合计份数大写", "合计本数", "每本份数",
    "台账校验码",
)  # fmt: skip
"""Names that ``templates/receipt.docx`` uses; 行 is one unit of 各单位."""
RECEIPT_COLUMNS = (
    Column("序号", 7), Column("领用单位", 20), Column("起始号", 24), Column("终止号", 24), Column("份数", 8),
    Column("份数（大写）", 16), Column("本数", 7), Column("领用日期", 13), Column("领用人（签字）", 14), Column("联系电话", 14),
    Column("发放人", 10), Column("备注", 14),
)  # fmt: skip
"""The receipt sheet (领取签收表) as a workbook."""


def write_receipt(template: WordTemplate, batch: Batch, runs: Sequence[Range], path: Path) -> None:
    """The sheet on which each unit signs for its letters: from–to, count, books.

    :param runs: the batch's consecutive letters.
    """
    size = batch.imprint.book_size
    rows = [
        {
            "序号": number, "单位名称": run.unit_name, "起始号": run.first.printed, "终止号": run.last.printed,
            "份数": run.count, "份数大写": capital_number(run.count), "本数": -(-run.count // size),
        }
        for number, run in enumerate(runs, 1)
    ]  # fmt: skip
    total = len(batch.letters)
    fields: dict[str, object] = {
        "年度": batch.id.year,
        "县": batch.imprint.county,
        "发放单位": batch.imprint.office,
        "批次": str(batch.id),
        "编制日期": chinese_date(batch.reserved_at.date()),
        "各单位": rows,
        "合计份数": total,
        "合计份数大写": capital_number(total),
        "合计本数": sum(-(-run.count // size) for run in runs),
        "每本份数": size,
        "台账校验码": batch.chain_head[:16].upper(),
    }
    template.write(fields, path)


def read_receipt(runs: Sequence[Range], draft: Path, pdf: Path) -> None:
    """See that the printed sheet says all that it should, each unit's first and last number in any case.

    :param draft: the document that was printed.
    :raises ConversionFault: something is lost or cut off.
    """
    advice = "请检查模板 receipt.docx；编号已退回。"
    collate(draft, pdf, advice)
    text = "".join(page.text for page in read_pages(pdf))
    for run in runs:
        if squeezed(run.first.printed) not in text or squeezed(run.last.printed) not in text:
            raise ConversionFault(f"领取签收表.pdf 里没有{run.unit_name}的起止号。{advice}")


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
