"""A roster and a target table with faults in them, and sound ones for a county of five units."""

from examples.build.county import Unit, units
from examples.build.files import Sheet, xlsx
from examples.build.people import Maker
from examples.build.workspace import Workspace

ROSTER = ("编号", "单位名称", "全称", "类别", "别名")
TARGETS = ("序号", "单位名称", "任务数/户", "备注")
FEW = {"01": 12, "02": 10, "15": 15, "25": 5}
"""Unit code → its target in the small county; 26 is in the roster only."""


def write_sound(workspace: Workspace) -> None:
    """Tables with which letters can be numbered; there is only something to be told of them."""
    roster = Sheet("单位名录")
    roster.add(*ROSTER)
    for code in (*FEW, "26"):
        roster.record(*_unit(units()[code]))
    former = Sheet("2021年", is_hidden=True)
    former.add("停用的名录")
    former.of_all("hidden-sheet", "notice")
    workspace.put("单位名录.xlsx", xlsx(roster, former), roster, former, kind="roster")
    targets = Sheet("附件1")
    targets.title("任务分解表", len(TARGETS))
    targets.add(*TARGETS)
    targets.notice("unlisted-unit")
    for number, (code, target) in enumerate(FEW.items(), 1):
        targets.record(number, units()[code].name, target)
    targets.hidden_rows.add(targets.row)
    targets.of_all("hidden-rows", "notice")
    targets.add("合计", None, sum(FEW.values()))
    workspace.put("任务分解表.xlsx", xlsx(targets), targets, kind="targets")


def write_faulty(workspace: Workspace, maker: Maker) -> None:
    """Tables of which nothing can be numbered, and a list in which nothing is wrong."""
    roster, targets = _faulty_roster(), _faulty_targets()
    workspace.put("单位名录.xlsx", xlsx(roster), roster, kind="roster")
    workspace.put("任务分解表.xlsx", xlsx(targets), targets, kind="targets")
    people = Sheet("名单")
    people.add("姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
    for _ in range(5):
        who = maker.person("东村镇")
        people.record(who.name, who.id_no, who.phone, who.business, who.scope, who.address, "东村镇")
    workspace.put("名单.xlsx", xlsx(people), people, kind="applicants")


def _unit(unit: Unit) -> tuple[str, str, str, str, str]:
    group = "乡镇" if unit.name.endswith(("镇", "乡")) else "县直"
    return unit.code, unit.name, unit.names[1], group, "、".join(unit.names[2:])


def _faulty_roster() -> Sheet:
    sheet = Sheet("单位名录")
    sheet.title("单位名录", len(ROSTER))
    sheet.add(*ROSTER)
    faults = {
        "02": ("编号", "O2", "unit-code"),
        "03": ("类别", None, "unit-group"),
        "04": ("全称", None, "empty-cell"),
        "05": ("单位名称", "上明\n乡", "control-character"),
        "07": ("编号", "100", "unit-code"),
        "08": ("单位名称", None, "empty-cell"),
    }
    for code in ("01", "02", "03", "04", "05", "06", "07", "08", "10"):
        values: dict[str, str | None] = dict(zip(ROSTER, _unit(units()[code]), strict=True))
        column, wrong, found = faults.get(code, ("", None, ""))
        if column:
            values[column] = wrong
        if code == "06":
            values["类别"] = "乡鎮"
        sheet.record(*values.values())
        if code == "06":
            sheet.notice("unit-group", "类别")
        if column:
            sheet.fault(found, column)
    sheet.record("11", "县工信局", "岚县工业和信息化局", "县直", "市监局、工信局")
    sheet.fault("duplicate-unit", "单位名称")
    sheet.add("注：编过号以后编号不要改")
    return sheet


def _faulty_targets() -> Sheet:
    sheet = Sheet("任务分解表")
    sheet.add(*TARGETS)
    faults = (
        ("东村镇", 180, None, None),
        ("普明镇", "一百四", "bad-target", "任务数/户"),
        ("岚城镇", None, "empty-cell", "任务数/户"),
        ("界河口镇", -5, "bad-target", "任务数/户"),
        ("上明乡", 99.5, "bad-target", "任务数/户"),
        ("东林镇", 20, "unknown-unit", "单位名称"),
        ("东村镇", 30, "duplicate-unit", "单位名称"),
        (None, 40, "empty-cell", "单位名称"),
    )
    for number, (name, target, code, column) in enumerate(faults, 1):
        sheet.record(number, name, target)
        if code:
            sheet.fault(code, column)
    sheet.add("小计", None, 999)
    sheet.fault("wrong-total", "任务数/户")
    sheet.record(9, "县市场监管局", "２９０户")
    sheet.add("合计", None, 2300)
    sheet.fault("wrong-total", "任务数/户")
    sheet.add("填报人：示例")
    return sheet
