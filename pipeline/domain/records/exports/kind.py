"""How a registration export (登记数据) is told, and what its columns are called.

Words and code headers are those of the registries' own systems.
"""

from pipeline.domain.records.exports.classed import HEADERS
from pipeline.domain.tables.kinds import ADDRESS, ID_NO, PHONE, SCOPE, UNIT, Kind

KIND = Kind(
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
            "名称", "字号名称", "字号", "个体工商户名称", "市场主体名称", "经营主体名称", "主体名称", "企业名称", "企业(机构)名称", "商户名称",
            "店名", "entname", "traname", "mc",
        ),
        "operator": (
            "经营者", "经营者姓名", "负责人", "法定代表人", "法人", "法定代表人(负责人/经营者)", "户主", "姓名", "申请人",
            "name", "lerep", "jyz_xm",
        ),
        "id_no": ID_NO,
        "id_type": ("证件类型", "证件种类", "certype"),
        "entity_type": (
            "市场主体类型", "经营主体类型", "主体类型", "企业类型", "企业(机构)类型", "enttype_cn", "enttype",
        ),
        "form": ("组成形式", "经营形式", "个人/家庭", "compform"),
        "scope": SCOPE,
        "address": ADDRESS,
        "authority": ("登记机关", "登记机构", "发照机关", "regorg", "djjg"),
        "est_date": (
            "成立日期", "注册日期", "设立日期", "登记日期", "开业日期", "成立时间", "注册时间", "estdate", "regdate", "esdate",
        ),
        "appr_date": ("核准日期", "核准时间", "审核日期", "发照日期", "apprdate", "hz_rq", "issblicdate"),
        "cancel_date": ("注销日期", "注销时间", "注销核准日期", "candate"),
        "revoke_date": ("吊销日期", "revdate"),
        "strike_date": ("撤销日期", "撤销登记日期", "撤销时间", "撤销登记时间"),
        "status": (
            "登记状态", "经营状态", "企业状态", "主体状态", "状态", "个体户状态", "regstate", "opstate", "gtgsh_zt",
        ),
        "biz_type": ("业务类型", "办理类型", "登记类型"),
        "industry": ("行业门类", "行业", "所属行业", "行业类别", "industryphy", "sshy"),
        "industry_code": ("行业代码", "industryco"),
        "station": (
            "管辖单位", "所属监管所", "属地监管所", "市场监管所", "属地监管工商所", "管辖所", "localadm", "sdjggss",
        ),
        "phone": PHONE,
        "town": ("乡镇", "所属乡镇", "所在乡镇", "街道"),
        **HEADERS,
        "letter_no": ("介绍信编号", "介绍信号", "介绍信", "信号"),
        "number": ("编号",),
        "unit": UNIT,
    },
    (("uscc", "regno", "id_no"), ("est_date", "appr_date", "cancel_date")),
    printed=("name", "operator", "unit"),
    is_list=True,
    weighed=("uscc", "regno", "id_no", "est_date", "cancel_date", "revoke_date", "strike_date", "status", "letter_no", "unit"),
    stops=False,
)  # fmt: skip
