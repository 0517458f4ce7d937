"""``python -m examples.build.pictures``: print the example county's papers, and put small pictures of them into docs/图.

The page's views are there, too: ``page_pictures``.

All that is typed here is what a clerk types; it takes two minutes, and LibreOffice Calc besides Writer. A new paper is a line in :data:`PAPERS`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
from openpyxl import load_workbook
from PIL import Image

from examples.build import page_pictures
from examples.build.county import ROOT

PICTURES = ROOT / "docs" / "图"
PAPERS: Mapping[str, tuple[str, int]] = {
    "介绍信": ("letters/2022-001/介绍信.pdf", 1),
    "简报": ("bulletin/2022-06/简报.pdf", 1),
    "作战图": ("bulletin/2022-06/作战图.pdf", 1),
    "调度表": ("dispatch/2022-06/调度表.pdf", 1),
    "季度报告": ("report/2022-Q2/季度报告.pdf", 1),
    "提醒函": ("supervise/2022-04/已签发/提醒函2号-*.pdf", 1),
    "督办函": ("supervise/2022-05/已签发/督办函2号-*.pdf", 1),
    "约谈通知书": ("supervise/2022-06/已签发/约谈*2号-*.pdf", 1),
    "运行监测分析": ("analyse/2022-06/分析报告.pdf", 1),
    "问题台账": ("items/问题台账.pdf", 1),
    "任务清单": ("lists/2022/五清单.xlsx", 1),
}
"""Name of a picture → a pattern of the paper below ``outputs/``, and its page, from 1; a workbook is printed first."""
LARGEST = 60_000
"""Bytes of a picture."""
_LONG_SIDE, _SHADES = 900, 16
_WRITTEN = {
    "01-东村镇": ("场地", "集贸市场改造没有完工，摊贩没有固定场所", "请县住建局协调东区先行启用", "逐户登记摊贩", "2022-06-30"),
    "02-普明镇": ("许可证照", "办食品经营许可要到县里跑两趟", "请审批局每周到镇里受理一次", "", "2022-07-10"),
}  # fmt: skip
"""What units fill in of May's dispatch sheet."""
_AGREED = (
    ("集贸市场东区启用", "刘某", "县住建局", "东村镇", "每周报进展", "2022-06-20"),
    ("邮储银行到乡镇对接信用贷款", "王某", "县发改局", "", "", "2022-07-31"),
)
"""What its meeting agrees upon."""


def main() -> None:
    """Make every picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        root, other = Path(folder) / "岚县", Path(folder) / "网页" / "岚县"
        for each in (root, other):
            shutil.copytree(
                ROOT / "examples" / "2022", each, ignore=shutil.ignore_patterns("outputs", "register", "page")
            )
            _settle(each)
        _give_leave(root / "pipeline.toml")
        _run(root, "letters", "--date", "2022-01-04")
        for month in ("2022-01", "2022-02", "2022-03", "2022-04", "2022-05"):
            _run(root, "bulletin", "--month", month)
        for month in ("2022-04", "2022-05"):
            _run(root, "supervise", "--month", month, "--confirm", "all")
        _run(root, "dispatch", "--month", "2022-05", "--today", "2022-06-06")
        _hold_the_meeting(root)
        _run(root, "dispatch", "--month", "2022-05", "--today", "2022-06-10")
        _run(root, "bulletin", "--month", "2022-06", "--today", "2022-07-05")
        _run(root, "dispatch", "--month", "2022-06", "--today", "2022-07-05")
        _run(root, "supervise", "--month", "2022-06", "--confirm", "all")
        _run(root, "analyse", "--month", "2022-06")
        _run(root, "report", "--today", "2022-07-08")
        _run(root, "items", "export", "1")
        _run(root, "lists", "--today", "2022-07-08")
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir()
        for name, (pattern, page) in PAPERS.items():
            [paper] = (root / "outputs").glob(pattern)
            _keep(name, _drawn(_printed(paper, Path(folder)), page))
        page_pictures.draw(other, _keep)


def _run(root: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pipeline", "--root", root, *arguments], check=True, cwd=ROOT)


def _give_leave(settings: Path) -> None:
    """Say that supervision begins in April, by whose leave, and who signs the report; everybody is made up."""
    text = settings.read_text(encoding="utf-8")
    for key, value in (
        ("notice_from", "2022-04"),
        ("authority", "县人民政府"),
        ("approved_by", "张某某（专班组长）"),
        ("signer", "张某某"),
    ):
        text, count = re.subn(rf'^{key} = "[^"]*"', f'{key} = "{value}"', text, flags=re.MULTILINE)
        assert count == 1, key
    settings.write_text(text, encoding="utf-8")


def _hold_the_meeting(root: Path) -> None:
    sheet = root / "outputs" / "dispatch" / "2022-05"
    for name, cells in _WRITTEN.items():
        _fill(sheet / "各单位" / f"{name}.xlsx", root / "inputs" / f"{name}.xlsx", (cells,), -len(cells))
    _fill(sheet / "议定事项.xlsx", root / "inputs" / "议定事项.xlsx", _AGREED, 1)
    _settle(root)


def _fill(form: Path, copy: Path, rows: tuple[tuple[str, ...], ...], first: int) -> None:
    """Fill in a form's rows from the third on.

    :param first: column of the first cell, from 0; below 0 counted from the end.
    """
    book = load_workbook(form)
    table = book.worksheets[0]
    for number, cells in enumerate(rows, 3):
        for place, text in enumerate(cells, first % table.max_column + 1):
            table.cell(number, place).value = text or None
    book.save(copy)


def _settle(root: Path) -> None:
    """As if nobody had touched a table for a minute."""
    then = time.time() - 60
    for path in (root / "inputs").rglob("*"):
        os.utime(path, (then, then))


def _printed(paper: Path, folder: Path) -> Path:
    """A paper's PDF; a workbook is printed as a clerk's LibreOffice does it, with the project's fonts."""
    if paper.suffix == ".pdf":
        return paper
    config = (ROOT / "pipeline" / "fonts.conf").read_text(encoding="utf-8")
    config = config.replace("@fonts@", str(ROOT / "fonts")).replace("@cache@", str(folder / "font-cache"))
    fonts = folder / "fonts.conf"
    fonts.write_text(config, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, paper], check=True, capture_output=True,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
    )  # fmt: skip
    return folder / f"{paper.stem}.pdf"


def _drawn(pdf: Path, page: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page - 1]
        drawn: Image.Image = sheet.render(scale=_LONG_SIDE / max(sheet.get_size())).to_pil()
        return drawn
    finally:
        document.close()


def _keep(name: str, drawn: Image.Image) -> None:
    few = drawn.convert("RGB").quantize(_SHADES, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
