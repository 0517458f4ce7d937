"""The measures of both plans, ready to use: each with its title and its units as the documents have them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.desk import ROOT

from examples.build.measures import FILE
from examples.build.plans import JINCHENG, LANXIAN, Plan
from pipeline.domain.records.lists.measures import MEASURES
from pipeline.domain.records.lists.policies import POLICIES
from pipeline.domain.records.lists.unit_plans import UNIT_PLANS
from pipeline.intake import read_inputs
from pipeline.workspace import open_workspace

LAN = (
    ("C1-1", "提升准入准营便利度", 1), ("C1-2", "放宽经营场所限制", 1), ("C1-3", "完善信用修复制度", 3), ("C1-4", "发挥行业协会商会作用", 2),
    ("C2-1", "拓宽创业领域", 8), ("C2-2", "鼓励新业态新经营模式发展", 7), ("C2-3", "推进一刻钟便民生活圈建设", 2),
    ("C3-1", "加大税收优惠和扶持力度", 1), ("C3-2", "推动降低经营成本", 5), ("C3-3", "强化金融政策支持", 4), ("C3-4", "降低制度性成本", 4),
    ("C4-1", "营造公平竞争环境", 2), ("C4-2", "创新监管方式", 2), ("C4-3", "保护个体工商户合法权益", 4), ("C5-1", "开展无证无照经营清零行动", 5),
    ("C5-2", "开展小建企业个体工商户培育专项行动", 3), ("C5-3", "开展交通运输个体工商户培育专项行动", 3), ("C6-1", "建立信息服务平台", 7),
    ("C6-2", "开展辅导培训", 4), ("C6-3", "加大公共服务供给", 5), ("C7-1", "实施“个转企”工程", 7), ("C7-2", "提升市场竞争力", 4),
    ("C7-3", "实施典型带动", 2),
)  # fmt: skip
JIN = (
    ("C1", "拓宽创业领域", 11), ("C2", "鼓励新业态新经营模式发展", 9), ("C3", "进一步提升准入准营便利度", 3), ("C4", "放宽经营场所限制", 1),
    ("C5", "加大税收优惠和扶持力度", 1), ("C6", "推动降低经营成本", 6), ("C7", "强化金融政策支持", 6), ("C8", "持续降低制度性成本", 6),
    ("C9", "推进主体增量升级", 5), ("C10", "选树先进典型", 3), ("C11", "提升市场竞争力", 1), ("C12", "强化品牌建设", 1),
    ("C13", "建立信息服务平台", 9), ("C14", "加大公共服务供给", 7), ("C15", "积极开展培训辅导", 5), ("C16", "营造公平竞争环境", 1),
    ("C17", "推行柔性执法", 3), ("C18", "保护个体工商户合法权益", 2), ("C19", "抓好党建工作", 1), ("C20", "强化运行监测分析", 4),
)  # fmt: skip
"""Number, title and how many units the brackets name, counted by hand in the documents."""


@pytest.mark.parametrize(
    "root, plan, told",
    [(ROOT, LANXIAN, LAN), (ROOT / "examples/2022", LANXIAN, LAN), (ROOT / "examples/jincheng", JINCHENG, JIN)],
    ids=["岚县", "例子", "晋城"],
)  # fmt: skip
def test_a_plan_s_file_has_its_measures_and_every_office_is_known(
    root: Path, plan: Plan, told: Sequence[tuple[str, str, int]]
) -> None:
    sheet = load_workbook(root / "inputs" / FILE)["措施"]
    lines = [row for row in sheet.iter_rows(min_row=3, values_only=True) if row[1]]
    assert [(line[0], line[1]) for line in lines] == [(key, title) for key, title, _ in told]
    intake = read_inputs(open_workspace(root), plan_day(plan), (MEASURES, POLICIES, UNIT_PLANS))
    assert [each for each in intake.problems if each.source.file == FILE] == []
    measures = {each.key: each for each in intake.said(MEASURES)}
    assert [(each.key, each.title, len(each.units)) for each in measures.values()] == list(told)
    assert len(intake.said(POLICIES)) == len(plan.benefits)


def plan_day(plan: Plan) -> date:
    return date(plan.year, 7, 1)
