"""Sheets with number formats and strokes: by hand, by LibreOffice, and as the product reads them."""

from pathlib import Path

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.tables.grid import Grid
from support.trials import saved_as


def converted(folder: Path, kind: str) -> Path:
    """What LibreOffice makes of 格式.xlsx."""
    saved_as(kind, folder, folder / "格式.xlsx")
    return folder / f"格式.{kind.partition(':')[0]}"


def grids(data: bytes) -> tuple[Grid, ...]:
    found = read_sheets("甲", data)
    assert isinstance(found, tuple), found
    return found


def by_hand(rows: str, styles: str) -> bytes:
    """An XML spreadsheet 2003."""
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()
