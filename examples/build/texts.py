"""Tables as text: .csv, and web pages that call themselves .xls. Each is the same byte for byte every time."""

import csv
import io
from datetime import date
from html import escape
from typing import Any

from examples.build.files import Sheet


class Raw(str):
    """A cell as it stands in the file, with the quotation marks or the markup that it has and no others."""

    __slots__ = ()


def shown(value: Any) -> str:
    """A cell as a text file has it."""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


def csv_text(sheet: Sheet, encoding: str = "gb18030", separator: str = ",") -> bytes:
    """A text file with one record to a line, as Excel and WPS of this country write it.

    A line in which something is :class:`Raw` has no quotation marks but its own.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    for line in sheet.lines:
        texts = [shown(value) for value in line]
        if any(isinstance(value, Raw) for value in line):
            target.write(separator.join(texts) + "\r\n")
        else:
            writer.writerow(texts)
    return target.getvalue().encode(encoding)


def web_page(*sheets: Sheet) -> bytes:
    """A web page with a table for each sheet, as government systems hand it out under the name .xls."""
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>td{border:.5pt solid}</style></head>'
        "<body>{}</body></html>\n"
    )
    return page.replace("{}", "\n".join(map(_table, sheets))).encode()


def _table(sheet: Sheet) -> str:
    wide = {top: right for top, _, _, right in sheet.merged}
    rows = []
    for number, line in enumerate(sheet.lines, 1):
        if number in wide:
            cells = f'<td colspan="{wide[number]}" align="center"><b>{_marked_up(line[0])}</b></td>'
        else:
            cells = "".join(f'<td style="mso-number-format:\\@">{_marked_up(value)}</td>' for value in line)
        hidden = ' style="display:none"' if number in sheet.hidden_rows else ""
        rows.append(f"<tr{hidden}>{cells}</tr>")
    return "<table>\n{}\n</table>".replace("{}", "\n".join(rows))


def _marked_up(value: Any) -> str:
    return value if isinstance(value, Raw) else escape(shown(value))
