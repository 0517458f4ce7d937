"""The clerk's own words for the bulletin (简报素材), sound and with faults."""

from examples.build.files import Formula, Looks, Sheet, xlsx
from examples.build.workspace import Workspace

HEADER = ("序号", "栏目", "内容", "指标", "数值")
_PLENTY = (
    ("典型经验", "东村镇把办照辅导搬到农贸市场，逐户上门代填材料，当场受理、当天领照。", None, None),
    ("典型经验", "县市场监管局设立“个转企”“证照联办”咨询专窗，一次告知、一套材料。", None, None),
    ("一、存在问题", "少数单位进展缓慢，摸排底数不清，引导办照不主动。", None, None),
    ("下一步工作", "各单位对照任务倒排工期，6月底前完成摸排，逐户建立台账。", None, None),
    ("无证无照清零", None, "摸排数", "326户"),
    ("无证无照清零", None, "已办照", "281户"),
    ("无证无照清零", None, "清零率", "86.2%"),
    ("小建筑业", None, "摸排从业者", "142人"),
    ("小建筑业", None, "培训", "3场次"),
    ("交通运输", None, "摸排车辆", "208辆"),
    ("交通运输", "县交通运输局在货运停车场设点办照。", None, None),
)


def write_notes(workspace: Workspace) -> None:
    """Words for every section."""
    sheet = Sheet("简报素材")
    sheet.title("6月份简报素材", len(HEADER))
    sheet.add(*HEADER)
    for number, cells in enumerate(_PLENTY, 1):
        sheet.record(number, *cells)
    workspace.put("简报素材.xlsx", xlsx(sheet), sheet, kind="notes")


def write_faulty_notes(workspace: Workspace) -> None:
    """Words that belong nowhere, a section without words, a word that is not there; a share that is right."""
    sheet = Sheet("简报素材")
    sheet.add(*HEADER)
    sheet.record(1, *_PLENTY[0])
    for cells, column, code in (
        (("领导讲话", "略。"), "栏目", "unknown-section"),
        (("存在问题", None), "栏目", "empty-cell"),
        (("下一步工作", Formula("=VLOOKUP(A1,B:C,2,0)", "#N/A")), "内容", "error-value"),
        (("登记机关统计", None, "本月净增", "12户"), "指标", "unknown-indicator"),
        (("登记机关统计", None, "本月注销", "一些"), "数值", "bad-number"),
    ):
        sheet.add(2, *cells)
        sheet.notice(code, column)
    sheet.record(3, "无证无照清零", None, "清零率", Looks(0.856, "0.0%"))
    sheet.record(4, "无证无照清零", None, "已办照", 281)
    sheet.notice("no-unit", "数值")
    workspace.put("简报素材.xlsx", xlsx(sheet), sheet, kind="notes")
