"""Lists in which a table shows something else than its cells hold, or the same thing twice."""

from typing import Any

from examples.build.dirty_lists import FOLDER, HEADER, applicant, numbered
from examples.build.files import Fault, Looks, Sheet, xlsx
from examples.build.people import Maker
from examples.build.workspace import Workspace

EMBEDDED = "\u202c"
"""Says that a text runs on as before; it comes along when something is copied from a page, and nobody sees it."""


def write_seen(workspace: Workspace, maker: Maker) -> None:
    """Write them."""
    sheets = _two_phones(maker), _hidden_phone(maker), _signs(maker), _looks(maker)
    workspace.put(f"{FOLDER}/7 看到的.xlsx", xlsx(*sheets), *sheets, kind="applicants")


def _two_phones(maker: Maker) -> Sheet:
    """A phone in either of two columns, or in both; in one row it is not the same."""
    sheet = Sheet("两列电话")
    sheet.add(*HEADER, "手机号")
    for has_first, other in ((True, None), (True, "same"), (True, maker.phone()), (False, maker.phone())):
        values = applicant(maker)
        phone = values["联系方式"]
        values |= {"联系方式": phone if has_first else None, "手机号": phone if other == "same" else other}
        numbered(sheet, values)
        if has_first and other not in {None, "same"}:
            sheet.fault("two-columns", "联系方式")
    return sheet


def _hidden_phone(maker: Maker) -> Sheet:
    """The old phones were hidden, and new ones are beside them."""
    sheet = Sheet("隐藏的列")
    sheet.add(*HEADER, "手机")
    sheet.hidden_columns.add(1 + HEADER.index("联系方式"))
    for _ in range(2):
        numbered(sheet, applicant(maker) | {"手机": maker.phone()})
    sheet.faults.append(Fault(None, "联系方式", "hidden-column", "notice"))
    return sheet


def _signs(maker: Maker) -> Sheet:
    """Radicals that look like hanzi, and something that cannot be seen."""
    sheet = Sheet("复制来的字")
    sheet.add(*HEADER)
    numbered(sheet, applicant(maker) | {"名称": "岚县东村镇⾼⼭小吃店"})
    sheet.notice("radical-characters", "名称")
    numbered(sheet, applicant(maker, f"东村镇{EMBEDDED}"))
    return sheet


def _looks(maker: Maker) -> Sheet:
    """Cells with formats and struck-out words, most of which are plain all the same."""
    sheet = Sheet("样子")
    sheet.add(*HEADER)
    for changed, *code in _LOOKS:
        numbered(sheet, applicant(maker) | changed)
        for each in code:
            sheet.fault(each, *changed)
    numbered(sheet, applicant(maker))
    sheet.struck_rows.add(sheet.row)
    sheet.of_all("struck-rows", "notice")
    return sheet


_LOOKS: tuple[tuple[Any, ...], ...] = (
    ({"名称": Looks(300000, "0.00E+00")}, "unclear-format"),
    ({"名称": Looks(7, "000")},),
    ({"名称": "岚县东村镇\n两行面馆"},),
    ({"经营地址": Looks("东街1号", '"岚县"@')},),
    ({"经营地址": Looks("岚县东村镇北大街8号", struck="岚县东村镇旧街3号")}, "struck-text"),
)
"""Of each row the cell that looks otherwise than it is, and what has to be said of it, if anything."""
