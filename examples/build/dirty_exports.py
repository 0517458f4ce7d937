"""Registration exports in which good rows stand between bad ones."""

from datetime import date
from typing import Any

from examples.build.files import Formula, Sheet, xlsx
from examples.build.people import Maker, Person
from examples.build.texts import csv_text, web_page
from examples.build.workspace import Workspace

FOLDER = "登记数据"
HEADER = (
    "统一社会信用代码", "注册号", "名称", "经营者", "身份证号", "成立日期", "核准日期", "业务类型", "登记状态", "注销日期", "联系电话",
    "介绍信编号", "引荐单位",
)  # fmt: skip
CODE, REGNO, NAME, _, ID_NO, OPENED, APPROVED, TYPE, STATUS, CLOSED, PHONE, LETTER, UNIT = HEADER
NOTICE = "notice"


def write_exports(workspace: Workspace, maker: Maker) -> None:
    """Write them."""
    first = Sheet("3月")
    first.title("个体工商户登记情况", len(HEADER))
    first.add(*HEADER)
    for faults in _ROWS:
        _good(first, maker)
        _bad(first, maker, faults)
    _of_several_rows(first, maker)
    first.add("合计", None, "999户")
    first.fault("wrong-total", None, NOTICE)
    workspace.put(f"{FOLDER}/3月.xlsx", xlsx(first), first, kind="registrations")
    again = _downloaded_again(first)
    workspace.put(f"{FOLDER}/3月(1).xlsx", xlsx(again), again, kind="registrations")
    second = _in_another_make(
        maker, ((CODE, "9.29999E+17", "digits-lost", NOTICE), (OPENED, "2022年4月", "bad-date"))
    )
    workspace.put(f"{FOLDER}/4月.csv", csv_text(second), second, kind="registrations")
    third = _in_another_make(
        maker, ((OPENED, "2022-13-01", "bad-date"), (UNIT, "东林镇", "unknown-unit", NOTICE))
    )
    workspace.put(f"{FOLDER}/5月.xls", web_page(third), third, kind="registrations")


_ROWS: tuple[tuple[tuple[Any, ...], ...], ...] = (
    ((OPENED, "2022年3月", "bad-date"),),
    ((OPENED, "2022-02-30", "bad-date"),),
    ((OPENED, "待定", "bad-date"),),
    ((OPENED, date(1966, 5, 1), "bad-date"),),
    ((OPENED, Formula("=DATE(1,2,3)+#N/A", "#VALUE!"), "error-value"),),
    ((CLOSED, Formula("=TODAY()"), "no-cached-value", NOTICE),),
    ((CLOSED, "去年", "bad-date", NOTICE),),
    ((OPENED, None, "bad-date"), (TYPE, "变更", None)),
    ((OPENED, date(2023, 1, 5), "late-date", NOTICE),),
    ((OPENED, None, None), (TYPE, "设立", None), (APPROVED, date(2022, 3, 9), "approval-date", NOTICE)),
    ((CODE, None, "no-identity"), (ID_NO, None, None)),
    ((CODE, "92999999MA0ABC", "code-length", NOTICE),),
    ((CODE, "92999999MA0", "code-length", NOTICE), (ID_NO, None, None), (CODE, "92999999MA0", "no-identity")),
    ((CODE, lambda code: code[:8] + "MAO" + code[11:], "code-character", NOTICE),),
    ((CODE, lambda code: code[:-1] + ("1" if code[-1] != "1" else "2"), "code-checksum", NOTICE),),
    ((CODE, None, None), (REGNO, "99999960000001", "regno-length", NOTICE)),
    ((REGNO, "999999600000012", "regno-checksum", NOTICE),),
    ((REGNO, "999999100000018", "regno-kind", NOTICE),),
    (
        (CODE, None, None),
        (ID_NO, lambda text: text[:17] + ("0" if text[17] != "0" else "1"), "id-checksum", NOTICE),
    ),
    ((ID_NO, lambda text: float(text[:17] + "0"), "digits-lost", NOTICE),),
    ((ID_NO, "", None), (PHONE, "1540000123", "bad-phone", NOTICE)),
    ((UNIT, "东林镇", "unknown-unit", NOTICE),),
    ((UNIT, "县水利局", None),),
    ((LETTER, "看不清", "letter-unreadable", NOTICE),),
    ((UNIT, "", None), (LETTER, "第3号", "letter-unreadable", NOTICE)),
    ((STATUS, "注销", None), (APPROVED, None, None), (CLOSED, None, "cancelled-without-date", NOTICE)),
    ((STATUS, "注销", None), (CLOSED, date(2021, 12, 5), "cancelled-too-early", NOTICE)),
    ((NAME, Formula("=A1", "#REF!"), "error-value", NOTICE),),
    ((STATUS, "注销", None), (APPROVED, date(2022, 3, 30), "cancelled-by-approval", NOTICE)),
    ((STATUS, "撤销", None), (APPROVED, date(2022, 3, 30), "struck-off-by-approval", NOTICE)),
    ((STATUS, "撤销", "struck-off-without-date", NOTICE), (APPROVED, None, None)),
)
"""Of each bad row its changed cells: column, what stands there, what has to be said of it (None: nothing), how loud."""


def business(maker: Maker, who: Person | None = None) -> dict[str, Any]:
    """A row of such an export: column → what stands there."""
    who = who or maker.person("东村镇")
    day = date(2022, 3, maker.chance.randrange(1, 29))
    values = (
        maker.code(),
        "",
        who.business,
        who.name,
        who.id_no,
        day,
        day,
        "设立",
        "存续",
        None,
        who.phone,
        "",
        "东村镇",
    )
    return dict(zip(HEADER, values, strict=True))


def _good(sheet: Sheet, maker: Maker) -> None:
    sheet.record(*business(maker).values())


def _bad(sheet: Sheet, maker: Maker, faults: Any) -> None:
    values = business(maker)
    for column, spoil, *_ in faults:
        values[column] = spoil(values[column]) if callable(spoil) else spoil
    sheet.record(*values.values())
    for column, _, code, *severity in faults:
        if code:
            sheet.fault(code, column, *severity)


def _of_several_rows(sheet: Sheet, maker: Maker) -> None:
    """What is wrong only beside another row."""
    twice = business(maker)
    sheet.record(*twice.values())
    sheet.record(*(twice | {OPENED: date(2022, 3, 30)}).values())
    sheet.notice("changed-date", OPENED)
    who = maker.person("东村镇")
    for _ in range(2):
        sheet.record(*business(maker, who).values())
    sheet.record(*(business(maker, who) | {CODE: None}).values())
    sheet.fault("no-identity", CODE)
    for kind in ("91", "93"):
        sheet.add(*(business(maker) | {CODE: maker.code(kind)}).values())
        sheet.notice("not-individual", CODE)


def _downloaded_again(first: Sheet) -> Sheet:
    """Two of its businesses a second time, one of them with another unit, and a row of totals as Excel puts it."""
    again = Sheet("3月")
    again.add(*HEADER)
    for row, unit in ((3, "普明镇"), (5, "东村镇")):
        again.record(*first.lines[row - 1][:-1], unit)
        if unit != "东村镇":
            again.notice("unit-changed", UNIT)
    again.add("汇总", None, 2)
    return again


def _in_another_make(maker: Maker, faults: Any) -> Sheet:
    sheet = Sheet()
    sheet.add(*HEADER)
    for fault in faults:
        _good(sheet, maker)
        _bad(sheet, maker, (fault,))
    return sheet
