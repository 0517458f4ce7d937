"""The plan's measures, its policies and a unit's own nodes with faults in them."""

from examples.build.county import units
from examples.build.files import Sheet, xlsx
from examples.build.people import credit_code
from examples.build.workspace import Workspace
from pipeline.domain.records.lists.unit_plans import MONTHS

FOLDER = "清单素材"
MEASURES = (
    "措施编号",
    "工作措施",
    "责任单位",
    "量化指标",
    "计量单位",
    "目标值",
    "完成数",
    "数据来源",
    "数据日期",
    "月度节点",
)
POLICIES = ("政策名称", "对象", "标准", "责任单位", "政策期限")


def write_faulty_measures(workspace: Workspace) -> None:
    """A workbook of each kind."""
    for name, sheet, kind in (
        ("措施", _measures(), "measures"), ("政策", _policies(), "policies"), ("单位六定", _nodes(), "unit-plans"),
        ("个转企", _upgrades(), "upgrades"),
    ):  # fmt: skip
        workspace.put(f"{FOLDER}/{name}.xlsx", xlsx(sheet), sheet, kind=kind)


def _measures() -> Sheet:
    sheet = Sheet("措施")
    sheet.title("清单素材", len(MEASURES))
    sheet.add(*MEASURES)
    training = ("C6-2", "开展辅导培训", "东村镇、县税务局、各乡镇人民政府")
    sheet.record(*training, "培训", "人", 70, 12, "县人社局", "2022-06-30")
    sheet.record(None, None, None, "其中：创业培训", "人", "三十", None, None, None)
    sheet.fault("bad-amount", "目标值")
    sheet.record(*training, "培训", "人", 80, None, None, None)
    sheet.fault("duplicate-measure", "量化指标")
    sheet.record("C6-3", "加大公共服务供给", "县气象台", None, None, None, None, None, None)
    sheet.fault("unknown-unit", "责任单位")
    loans = ("C3-3", "强化金融政策支持", "县税务局")
    sheet.record(*loans, "发放贷款", "万元", 1000, 436.5, None, "2022-06-30")
    sheet.fault("empty-cell", "数据来源")
    sheet.record(*loans, "贷款户数", "户", 60, None, None, None, "6月30、12月60")
    sheet.record(*loans, "首贷户数", "户", 60, None, None, None, "6月30户、年底60户")
    sheet.fault("bad-node", "月度节点")
    sheet.record(*loans, "续贷户数", "户", 60, None, None, None, "6月30，9月20，12月60")
    sheet.fault("falling-node", "月度节点")
    sheet.record(*loans, "信用贷户数", "户", 60, None, None, None, "6月30；12月50")
    sheet.fault("node-not-target", "月度节点")
    return sheet


def _policies() -> Sheet:
    sheet = Sheet("政策")
    sheet.add(*POLICIES)
    sheet.record("创业补助", "新登记的个体工商户", "每户2000元", "县税务局", "2022-12-31")
    sheet.record("创业补助", "新登记的个体工商户", "每户1500元", "县税务局", None)
    sheet.fault("duplicate-policy", "政策名称")
    sheet.record("减免租金", "承租国有房屋的", "6个月", "县税务局", "年底")
    sheet.fault("bad-date", "政策期限")
    return sheet


def _upgrades() -> Sheet:
    sheet = Sheet("个转企")
    sheet.add("个体名称", "统一社会信用代码", "意愿", "奖补已兑（元）", "兑现日期")
    first, second = (credit_code(f"92999999MA0000{sign}0") for sign in "12")
    sheet.record("岚县某某饭店", first, "有", 1200, "2022-06-30")
    sheet.record("岚县某某饭店", first, "有", None, None)
    sheet.fault("duplicate-upgrade", "统一社会信用代码")
    sheet.record("岚县某某粮油店", second, "有", 4200, None)
    sheet.fault("empty-cell", "兑现日期")
    sheet.record("岚县某某理发店", "92999999", "有", None, None)
    sheet.fault("code-length", "统一社会信用代码")
    return sheet


def _nodes() -> Sheet:
    """东村镇 has to gain 12, 普明镇 10, 县交通运输局 15, 县民政局 5."""
    sheet = Sheet("单位六定")
    sheet.add("单位名称", *MONTHS.values())
    names = [units()[code].name for code in ("01", "02", "15", "25")]
    sheet.record(names[0], *range(1, 13))
    sheet.record(names[1], 1, 2, 3, 4, 3, 6, 7, 8, 9, 9, 10, 10)
    sheet.fault("falling-node", "5月节点")
    sheet.record(names[2], *range(1, 13))
    sheet.fault("node-not-target", "12月节点")
    sheet.record(names[3], 0, 0, "一", 1, 2, 2, 3, 3, 4, 4, 5, 5)
    sheet.fault("bad-node", "3月节点")
    return sheet
