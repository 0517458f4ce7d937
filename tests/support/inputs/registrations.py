"""Exports of registrations, as the bureau gives them; no business in them exists."""

from stdnum.cn import uscc

HEADER = (
    "统一社会信用代码",
    "名称",
    "经营者",
    "身份证号",
    "成立日期",
    "登记状态",
    "注销日期",
    "介绍信编号",
    "引荐单位",
)


def code(number: int) -> str:
    """A unified code with its check sign, of a place that does not exist."""
    body = f"92999999MA{number:07d}"
    return body + uscc.calc_check_digit(body)
