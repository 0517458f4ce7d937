"""Tables of web pages and web archives, as many programs export them under the name of .xls."""

from pipeline.adapters.sheet.html.reading import read, read_archive

__all__ = ["read", "read_archive"]
