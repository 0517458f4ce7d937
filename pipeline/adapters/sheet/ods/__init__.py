"""OpenDocument spreadsheets (.ods, .fods)."""

from pipeline.adapters.sheet.ods.reading import MIME_TYPE, read, read_flat

__all__ = ["MIME_TYPE", "read", "read_flat"]
