"""How a registry codes what the made-up shops do (GB/T 4754-2017), and whether one person or a family runs them.

Drawn from a shop's code and not by chance, so that all else stays as it was drawn before.
"""

from examples.build.people import TRADES
from examples.build.story import Business

HEADER = ("行业门类", "行业代码", "组成形式")
CODES = ("INDUSTRYPHY", "INDUSTRYCO", "COMPFORM")
INDUSTRIES = {
    "综合便利店": "F5213", "小吃店": "H6291", "土豆批发部": "F5123", "五金建材经营部": "F5271", "理发店": "O8040", "农家乐": "H6130",
    "手机维修部": "O8122", "粮油店": "F5221", "服装店": "F5232", "汽车修理部": "O8111", "饭店": "H6210", "小杂粮加工坊": "C1314",
    "电动车行": "F5238", "打印部": "L7293", "货运部": "G5431", "建筑工程队": "E4710", "家政服务部": "O8010", "农资经营部": "F5166",
    "沙棘饮料厂": "C1523", "24小时便利店": "F5213",
}  # fmt: skip
"""Trade → section and class."""
_BY_SCOPE = {TRADES[trade]: code for trade, code in INDUSTRIES.items()}
_BLANK, _FAMILIES = 50, 6
"""One in so many is not coded, one in so many is a family's."""


def coded(business: Business) -> tuple[str | None, str | None, str | None]:
    """行业门类, 行业代码 and 组成形式 of a business; a company has no form, and a few have no industry."""
    if not business.counts:
        return None, None, None
    drawn = sum(map(ord, business.code))
    form = "个人经营" if drawn % _FAMILIES else "家庭经营"
    code = _BY_SCOPE[business.who.scope] if drawn % _BLANK else ""
    return code[:1] or None, code[1:] or None, form
