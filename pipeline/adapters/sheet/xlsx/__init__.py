"""Office Open XML workbooks (.xlsx, .xlsm, .et)."""

from pipeline.adapters.sheet.xlsx.book import main_part
from pipeline.adapters.sheet.xlsx.reading import read

__all__ = ["main_part", "read"]
