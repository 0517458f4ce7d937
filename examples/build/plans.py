"""The numbered measures of two plans: their own titles, the units in their brackets, the amounts and policies that they promise.

岚政办发〔2022〕20号 四: 23 measures; 晋市市监〔2022〕67号 三: 20, by the document's own numbers.
"""

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Amount:
    """An amount that a measure promises."""

    indicator: str
    unit: str
    target: int | None = None
    """As the plan names it; None where it names none."""
    policy: str = ""
    """By which it is handed out."""


@dataclass(frozen=True)
class Promise:
    """A measure."""

    key: str
    title: str
    units: str
    """责任单位, as in the brackets."""
    amounts: tuple[Amount, ...] = ()
    deadline: date | None = None


@dataclass(frozen=True)
class Benefit:
    """A policy."""

    name: str
    key: str
    """Of its measure."""
    receivers: str
    benefit: str
    until: date | None = None


@dataclass(frozen=True)
class Plan:
    """A plan."""

    place: str
    year: int
    document: str
    """文号."""
    promises: tuple[Promise, ...]
    benefits: tuple[Benefit, ...]

    def units_of(self, key: str) -> str:
        """责任单位 of a measure."""
        return next(each.units for each in self.promises if each.key == key)


_YEAR_END = date(2022, 12, 31)
_VAT, _SIX_TAXES, _INCOME_TAX = "增值税免征", "“六税两费”减征", "经营所得个人所得税减半"
_SUBSIDY, _RENT, _UPGRADE = "新登记个体工商户创业补助", "承租国有房屋减免租金", "“个转企”奖补"
_SEAL, _BANDWIDTH, _INSPECTION, _LOANS = (
    "印章刻制费用减免",
    "宽带资费优惠",
    "检验检定收费优惠",
    "个体工商户贷款",
)


def _handed_out(policy: str) -> tuple[Amount, Amount]:
    """How many businesses had something of a policy, and how much."""
    return Amount(f"{policy}户数", "户", None, policy), Amount(f"{policy}金额", "万元", None, policy)


_LICENSED = (Amount("引导办照户数", "户"),)
_BUREAUS = "县发改局、县教育科技局、县交通运输局、县农业农村局、县文化和旅游局"

LANXIAN = Plan(
    "岚县", 2022, "岚政办发〔2022〕20号",
    (
        Promise("C1-1", "提升准入准营便利度", "县行政审批局"),
        Promise("C1-2", "放宽经营场所限制", "县行政审批局"),
        Promise("C1-3", "完善信用修复制度", "县发改局、县市场监管局、县行政审批局"),
        Promise("C1-4", "发挥行业协会商会作用", "县民政局、各行业主管部门"),
        Promise("C2-1", "拓宽创业领域", f"{_BUREAUS}、县卫生和健康体育局、县人力资源和社会保障局、各镇人民政府"),
        Promise(
            "C2-2", "鼓励新业态新经营模式发展",
            "县发改局、县交通运输局、县教育科技局、县农业农村局、县文化和旅游局、县人力资源和社会保障局、各镇人民政府",
        ),
        Promise("C2-3", "推进一刻钟便民生活圈建设", "县工信局、县住建局"),
        Promise("C3-1", "加大税收优惠和扶持力度", "县税务局", (*_handed_out(_VAT), *_handed_out(_SIX_TAXES)), _YEAR_END),
        Promise(
            "C3-2", "推动降低经营成本", "县工信局、县发改局、县财政局、县行政审批局、县市场监管局",
            (Amount("宽带平均资费再降", "%", 10, _BANDWIDTH), *_handed_out(_SEAL)),
        ),
        Promise(
            "C3-3", "强化金融政策支持", "县人社局、县财政局、银保监分局岚县监管组、邮政储蓄银行岚县分行",
            (Amount("向个体工商户发放贷款", "万元", 1000, _LOANS),), _YEAR_END,
        ),
        Promise(
            "C3-4", "降低制度性成本", "县人社局、县住建局、县教育科技局、县工信局", (*_handed_out(_SUBSIDY), *_handed_out(_RENT)),
        ),
        Promise("C4-1", "营造公平竞争环境", "县市场监管局、县各公平竞争领导小组成员单位"),
        Promise("C4-2", "创新监管方式", "县市场监管局、县市场监管领域各成员单位"),
        Promise("C4-3", "保护个体工商户合法权益", "县人民法院、县市场监管局、县行政审批局、县司法局"),
        Promise(
            "C5-1", "开展无证无照经营清零行动", "县市场监管局、县行政审批局、县城建执法大队、县公安局、各乡镇人民政府",
            _LICENSED, date(2022, 6, 30),
        ),
        Promise(
            "C5-2", "开展小建企业个体工商户培育专项行动", "县住建局、县审批局、各乡镇", _LICENSED, date(2022, 7, 31),
        ),
        Promise("C5-3", "开展交通运输个体工商户培育专项行动", "县交通局、县审批局、交警队", _LICENSED, date(2022, 7, 31)),
        Promise(
            "C6-1", "建立信息服务平台",
            "县发改局、县交通局、县行政审批局、县税务局、银保监分局岚县监管组、各乡镇人民政府、邮政储蓄岚县分行",
        ),
        Promise(
            "C6-2", "开展辅导培训", "县人社局、县中小企业服务中心、县市场监管局、各乡镇人民政府",
            (
                Amount("职业技能提升培训", "人", 2380), Amount("其中：创业培训", "人", 180),
                Amount("个体工商户培训", "人", 70),
            ),
            _YEAR_END,
        ),
        Promise(
            "C6-3", "加大公共服务供给", "县发改局、县市场监管局、县检验检测中心、县中小企业服务中心、各乡镇人民政府",
            _handed_out(_INSPECTION),
        ),
        Promise(
            "C7-1", "实施“个转企”工程",
            "县中小企业服务中心、县行政审批局、县财政局、县发改局、县工信局、县农业农村局、各乡镇人民政府",
            _handed_out(_UPGRADE),
        ),
        Promise("C7-2", "提升市场竞争力", "县市场监管局、县发改局、县工信局、县农业农村局"),
        Promise("C7-3", "实施典型带动", "县市场监管局、各乡镇人民政府"),
    ),
    (
        Benefit(_VAT, "C3-1", "月销售额15万元以下的增值税小规模纳税人", "免征", _YEAR_END),
        Benefit(_SIX_TAXES, "C3-1", "增值税小规模纳税人、小型微利企业、个体工商户", "减征50%", _YEAR_END),
        Benefit(_BANDWIDTH, "C3-2", "众创空间的创业者", "平均资费再降10%"),
        Benefit(_SEAL, "C3-2", "新设立的个体工商户", "减免"),
        Benefit(_LOANS, "C3-3", "符合条件的个体工商户", "2022年发放1000万元", _YEAR_END),
        Benefit(_SUBSIDY, "C3-4", "新登记的个体工商户", "每户市级500元、县级1500元"),
        Benefit(_RENT, "C3-4", "承租县域内行政事业单位、国有企业房屋的个体工商户", "免收6个月租金"),
        Benefit(_INSPECTION, "C6-3", "送检的个体工商户", "特种设备机电类按60%、承压类按80%收费；食品、工业产品、计量器具免费"),
        Benefit(_UPGRADE, "C7-1", "转为公司的个体工商户", "免刻章费，财务账户补助1200元，一次性奖励3000元"),
    ),
)  # fmt: skip
"""The plan of 岚县."""

_COUNTIES = "各县（区、市）政府、开发区管委会"
_REGULATOR = "市市场监管局"

JINCHENG = Plan(
    "晋城市", 2022, "晋市市监〔2022〕67号",
    (
        Promise(
            "C1", "拓宽创业领域",
            f"市发改委、市教育局、市人社局、市商务局、市交通运输局、市农业农村局、市文化和旅游局、市卫健委、市体育局、{_COUNTIES}",
        ),
        Promise(
            "C2", "鼓励新业态新经营模式发展",
            f"市发改委、市商务局、市教育局、市交通运输局、市农业农村局、市文化和旅游局、市体育局、{_COUNTIES}",
        ),
        Promise("C3", "进一步提升准入准营便利度", f"市审批服务管理局、{_COUNTIES}"),
        Promise("C4", "放宽经营场所限制", "市审批服务管理局"),
        Promise(
            "C5", "加大税收优惠和扶持力度", "市税务局", (*_handed_out(_VAT), *_handed_out(_INCOME_TAX)), _YEAR_END
        ),
        Promise(
            "C6", "推动降低经营成本", "市财政局、市工信局、市市场监管局、市审批服务管理局、各县（市、区）政府、开发区管委会",
            (Amount("宽带平均资费再降", "%", 10, _BANDWIDTH), *_handed_out(_SEAL)),
        ),
        Promise(
            "C7", "强化金融政策支持", "市金融办、市发改委、市人社局、市财政局、人民银行晋城中心支行、晋城银保监分局",
        ),
        Promise(
            "C8", "持续降低制度性成本", "市人社局、市工信局、市住建局、市教育局、市发改委、市市场监管局", _handed_out(_RENT),
        ),
        Promise(
            "C9", "推进主体增量升级", f"市审批服务管理局、市市场监管局、市财政局、{_COUNTIES}", _handed_out(_UPGRADE)
        ),
        Promise("C10", "选树先进典型", f"{_REGULATOR}、{_COUNTIES}"),
        Promise("C11", "提升市场竞争力", _REGULATOR),
        Promise("C12", "强化品牌建设", _REGULATOR),
        Promise(
            "C13", "建立信息服务平台",
            "市发改委、市行政审批服务管理局、市交通局、市市场监管局、市税务局、人民银行晋城中心支行、晋城银保监局、" + _COUNTIES,
        ),
        Promise(
            "C14", "加大公共服务供给", f"市发改委、市工信局、市市场监管局、市城市管理局、市中小企业服务中心、{_COUNTIES}"
        ),
        Promise("C15", "积极开展培训辅导", "市市场监管局、市发改委、市人社局、市工信局、市中小企业服务中心"),
        Promise("C16", "营造公平竞争环境", _REGULATOR),
        Promise("C17", "推行柔性执法", "市司法局、市市场监管局、各有关行政执法部门"),
        Promise("C18", "保护个体工商户合法权益", "市人民法院、各有关部门"),
        Promise("C19", "抓好党建工作", _REGULATOR),
        Promise("C20", "强化运行监测分析", f"市市场监管局、市行政审批局、{_COUNTIES}"),
    ),
    (
        Benefit(_VAT, "C5", "月销售额15万元以下（含本数）的增值税小规模纳税人", "免征", _YEAR_END),
        Benefit(
            _INCOME_TAX, "C5", "个体工商户年应纳税所得额不超过100万元的部分", "在现行优惠政策基础上再减半征收", _YEAR_END
        ),
        Benefit(_BANDWIDTH, "C6", "众创空间的创业者", "平均资费再降10%"),
        Benefit(_SEAL, "C6", "新设立的个体工商户", "免除"),
        Benefit(_RENT, "C8", "承租国有房屋的个体工商户", "减免当年3个月租金"),
        Benefit(_UPGRADE, "C9", "转为企业的个体工商户", "免刻章费，财务账户补助1200元，一次性奖励3000元"),
    ),
)  # fmt: skip
"""The plan of 晋城市."""


def offices(plan: Plan) -> tuple[str, ...]:
    """Everybody whom a plan names, but for several together, in its order."""
    named = (name for each in plan.promises for name in re.split(r"、(?![^（]*）)", each.units))
    return tuple(dict.fromkeys(name for name in named if "各" not in name))
