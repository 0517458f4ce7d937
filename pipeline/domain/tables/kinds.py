"""The kinds of table that clerks drag in, and the words that their columns go by.

Nothing but data: a file's name and suffix say nothing, its header row says everything. A county's own words come in
through ``[headers]`` of ``pipeline.toml``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table and the words its columns go by."""

    name: str
    """``roster``, ``targets``, ``applicants``, ``registrations``, ``notes`` or ``receipts``."""
    title: str
    """What clerks call it."""
    columns: Mapping[str, tuple[str, ...]]
    """Canonical field → header texts, the first being the one we recommend."""
    required: tuple[tuple[str, ...], ...]
    """Fields without which the table is not this kind; of each group one is enough."""
    printed: tuple[str, ...] = ()
    """Fields whose text gets on paper, or is looked up as a clerk reads it: of these, what a cell shows counts."""
    is_list: bool = False
    """Whether a row is a person or a business, so that totals and footers can be told from it by what they lack."""
    weighed: tuple[str, ...] = ()
    """Fields that are numbered, counted or printed: what two columns say of one is held against each other."""


_SEQ = ("序号", "行号", "No.", "编号")
_ID_NO = (
    "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "身份证", "身份证件号码", "居民身份证号", "证件号码", "证件号",
    "经营者证件号码", "经营者身份证号", "经营者身份证号码", "cerno", "idcard",
)  # fmt: skip
_PHONE = (
    "联系方式", "联系电话", "手机号", "手机号码", "手机", "电话", "电话号码", "经营者电话", "经营者联系电话", "tel",
    "dh_hm",
)  # fmt: skip
_UNIT = (
    "引荐单位", "推荐单位", "培育单位", "责任单位", "介绍单位", "申报单位", "所属单位", "单位名称", "单位", "乡镇(单位)",
    "单位(乡镇)", "行业主管部门",
)  # fmt: skip
_SCOPE = (
    "主要经营", "经营范围", "主营", "主营业务", "主营项目", "经营项目", "经营内容", "经营范围及方式", "opscope",
    "opscoandform", "jyfw",
)  # fmt: skip
_ADDRESS = (
    "经营地址", "经营场所", "经营地点", "住所(经营场所)", "住所", "地址", "营业地址", "oploc", "dom", "jycs",
)  # fmt: skip

ROSTER = Kind(
    "roster",
    "单位名录",
    {
        "code": ("编号", "单位编号", "代码", "单位代码", "序号"),
        "unit": ("单位名称", "简称", "单位简称", "单位"),
        "full_name": ("全称", "单位全称", "落款", "落款名称"),
        "group": ("类别", "分组", "单位类别"),
        "aliases": ("别名", "其他名称", "又名"),
    },
    (("code",), ("unit",), ("full_name",), ("group",)),
    printed=("unit", "full_name", "group", "aliases"),
    weighed=("code", "unit", "full_name", "group"),
)
TARGETS = Kind(
    "targets",
    "任务分解表",
    {
        "seq": ("序号", "编号"),
        "unit": ("单位名称", "单位", "责任单位", "乡镇(单位)", "单位(乡镇)", "乡镇/单位"),
        "target": (
            "任务数/户", "任务数", "年度任务数", "目标任务", "目标任务数", "目标数", "净增任务数", "调整后任务数", "任务数(调整后)",
            "调整任务数", "任务数(调整)", "任务",
        ),
        "note": ("备注", "说明"),
    },
    (("unit",), ("target",)),
    printed=("unit",),
    weighed=("unit", "target"),
)  # fmt: skip
REGISTRATIONS = Kind(
    "registrations",
    "登记数据",
    {
        "seq": ("序号", "行号", "No."),
        "uscc": (
            "统一社会信用代码", "社会信用代码", "信用代码", "统一代码", "统一社会信用代码/注册号", "uniscid", "unicode",
            "creditcode",
        ),
        "regno": ("注册号", "工商注册号", "营业执照号", "执照号", "营业执照注册号", "regno", "zch"),
        "name": (
            "名称", "字号名称", "字号", "个体工商户名称", "市场主体名称", "主体名称", "企业名称", "企业(机构)名称", "商户名称",
            "店名", "entname", "traname", "mc",
        ),
        "operator": (
            "经营者", "经营者姓名", "负责人", "法定代表人", "法人", "法定代表人(负责人/经营者)", "户主", "姓名", "申请人",
            "name", "lerep", "jyz_xm",
        ),
        "id_no": _ID_NO,
        "id_type": ("证件类型", "证件种类", "certype"),
        "form": ("组成形式", "经营形式", "个人/家庭", "compform"),
        "scope": _SCOPE,
        "address": _ADDRESS,
        "authority": ("登记机关", "登记机构", "发照机关", "regorg", "djjg"),
        "est_date": (
            "成立日期", "注册日期", "设立日期", "登记日期", "开业日期", "成立时间", "注册时间", "estdate", "regdate", "esdate",
        ),
        "appr_date": ("核准日期", "核准时间", "审核日期", "发照日期", "apprdate", "hz_rq", "issblicdate"),
        "cancel_date": ("注销日期", "注销时间", "注销核准日期", "candate"),
        "revoke_date": ("吊销日期", "revdate"),
        "status": (
            "登记状态", "经营状态", "企业状态", "主体状态", "状态", "个体户状态", "regstate", "opstate", "gtgsh_zt",
        ),
        "biz_type": ("业务类型", "办理类型", "登记类型"),
        "industry": ("行业门类", "行业", "所属行业", "行业类别", "industryphy", "sshy"),
        "station": (
            "管辖单位", "所属监管所", "属地监管所", "市场监管所", "属地监管工商所", "管辖所", "localadm", "sdjggss",
        ),
        "phone": _PHONE,
        "town": ("乡镇", "所属乡镇", "所在乡镇", "街道"),
        "letter_no": ("介绍信编号", "介绍信号", "介绍信", "信号"),
        "number": ("编号",),
        "unit": _UNIT,
    },
    (("uscc", "regno", "id_no"), ("est_date", "appr_date", "cancel_date")),
    printed=("name", "operator", "unit"),
    is_list=True,
    weighed=("uscc", "regno", "id_no", "est_date", "cancel_date", "revoke_date", "status", "letter_no", "unit"),
)  # fmt: skip
APPLICANTS = Kind(
    "applicants",
    "培育对象名单",
    {
        "seq": _SEQ,
        "operator": ("姓名", "培育对象姓名", "培育对象", "经营者姓名", "经营者", "申请人", "申请人姓名", "负责人", "户主"),
        "id_no": _ID_NO,
        "phone": _PHONE,
        "name": (
            "名称", "拟用名称", "拟办名称", "字号名称", "字号", "个体工商户名称", "拟注册名称", "商户名称", "店名", "店铺名称",
        ),
        "scope": _SCOPE,
        "address": _ADDRESS,
        "unit": (*_UNIT, "乡镇", "所属乡镇"),
    },
    (("operator",), ("id_no",), ("phone",), ("name",), ("scope",), ("address",)),
    printed=("operator", "id_no", "phone", "name", "scope", "address", "unit"),
    is_list=True,
    weighed=("operator", "id_no", "phone", "name", "scope", "address", "unit"),
)  # fmt: skip
NOTES = Kind(
    "notes",
    "简报素材",
    {
        "section": ("栏目", "部分", "章节", "简报栏目"),
        "text": ("内容", "文字", "素材", "素材内容"),
        "indicator": ("指标", "指标名称"),
        "value": ("数值", "数量", "完成数"),
        "seq": _SEQ,
    },
    (("section",), ("text", "indicator")),
    printed=("section", "text", "indicator", "value"),
    weighed=("text", "indicator", "value"),
)
RECEIPTS = Kind(
    "receipts",
    "领取签收表",
    {
        "seq": _SEQ,
        "unit": ("领用单位", "领取单位", "单位名称", "单位"),
        "first": ("起始号", "起始编号", "起号", "开始号"),
        "last": ("终止号", "终止编号", "止号", "截止号", "结束号"),
        "count": ("份数",),
        "capital": ("份数(大写)", "份数大写", "大写份数"),
        "books": ("本数",),
        "date": ("领用日期", "领取日期", "签收日期", "发放日期", "日期"),
        "receiver": (
            "领用人(签字)", "领用人", "领用人签字", "领取人", "领取人(签字)", "签收人", "签收人(签字)", "签领人",
        ),
        "phone": _PHONE,
        "giver": ("发放人", "经办人"),
        "note": ("备注", "说明"),
    },
    (("first",), ("last",), ("date",), ("receiver",)),
    printed=("unit", "receiver"),
    weighed=("unit", "first", "last", "count", "date", "receiver"),
)  # fmt: skip
VAGUE = frozenset((
    "序号", "行号", "No.", "代码", "单位代码", "简称", "单位简称", "单位名称", "所属单位", "申报单位", "行业主管部门", "乡镇",
    "所属乡镇", "分组", "任务", "身份证", "负责人", "户主", "申请人", "申请人姓名", "培育对象", "字号", "字号名称", "商户名称", "店名",
    "店铺名称", "住所", "地址", "dom", "登记日期", "开业日期", "介绍信", "信号", "素材", "说明", "数量", "完成数", "日期", "发放日期", *_SCOPE,
))  # fmt: skip
"""Header texts that often mean something else where a better one stands beside them: 负责人 of the unit beside 姓名."""
KINDS = (ROSTER, TARGETS, REGISTRATIONS, APPLICANTS, NOTES, RECEIPTS)
"""Every kind; of two that fit equally well the earlier one is taken."""


def with_words(words: Mapping[str, Sequence[str]]) -> tuple[Kind, ...]:
    """The kinds with a county's own header texts besides ours.

    :param words: the recommended header text of a column (``联系方式``) → other texts for it.
    :raises KeyError: no column goes by that word.
    """
    known = {synonyms[0] for kind in KINDS for synonyms in kind.columns.values()}
    for word in words:
        if word not in known:
            raise KeyError(word)
    return tuple(
        replace(
            kind,
            columns={
                field: (*synonyms, *words.get(synonyms[0], ())) for field, synonyms in kind.columns.items()
            },
        )
        for kind in KINDS
    )
