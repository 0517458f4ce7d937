"""Tables → workbooks that a clerk can filter and print, by XlsxWriter.

``tables``     sheets with their headings, widths and heights
``plain_rows`` rows of nothing but texts and whole numbers, many at once
"""

from pipeline.adapters.workbook.tables import write_table, write_tables

__all__ = ["write_table", "write_tables"]
