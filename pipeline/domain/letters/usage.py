"""The usage ledger (使用登记台账): its columns, and a letter's row in it."""

from pipeline.domain.documents import Column
from pipeline.domain.letters.model import Letter

USAGE_COLUMNS = (
    Column("编号", 24), Column("开具日期", 13), Column("姓名", 10), Column("身份证号", 21), Column("联系方式", 14),
    Column("拟用名称", 26), Column("主要经营", 24), Column("经营地址", 28), Column("开具单位", 20), Column("经办人", 9),
    Column("审批人", 9), Column("领信人签字", 11), Column("状态", 9), Column("统一社会信用代码", 21),
    Column("核准/成立日期", 14), Column("备注", 12),
)  # fmt: skip
"""The usage ledger (使用登记台账)."""


def usage_row(letter: Letter, state: str = "", code: str = "", day: str = "", remark: str = "") -> list[str]:
    """A letter's row in the usage ledger; what is not known is left to be written by hand.

    :param code: unified code of the business that was registered with it.
    :param day: when that was.
    """
    who = letter.applicant
    return [
        f"{letter.printed}号", letter.day.isoformat() if letter.day else "",
        *((who.name, who.id_no, who.phone, who.business, who.scope, who.address) if who else ("",) * 6),
        letter.unit_name, "", "", "", state, code, day, remark,
    ]  # fmt: skip
