"""Sheets with number formats and strokes: by hand, by LibreOffice, and as the product reads them."""

import subprocess
from pathlib import Path

from pipeline.adapters.sheet import read_sheets
from pipeline.domain.tables.grid import Grid


def converted(folder: Path, kind: str) -> Path:
    """What LibreOffice makes of 格式.xlsx."""
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", folder, folder / "格式.xlsx"], check=True, timeout=120
    )
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
