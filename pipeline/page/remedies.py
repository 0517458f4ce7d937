"""How the page says what to do where a command line would name an option or a command, and where that is done."""

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.errors import Remedy


class Way(NamedTuple):
    """What to do, and where."""

    words: str
    """A sentence of its own."""
    route: str = ""
    """Name of the address where it is done; empty where it is not done in the browser, or on the same page."""


WAYS: Mapping[Remedy, Way] = {
    Remedy.NAME_WORKSPACE: Way("请维护人员核对网页打开的是哪个工作目录。"),
    Remedy.MAKE_BULLETIN: Way("请先出缺的那个月的简报。", "publications"),
    Remedy.REVISE: Way("要更正，请选“更正”，写明原因。", "publications"),
    Remedy.ASSESS_STEPS: Way("考核的各步（定版、反馈、申诉、复核、审定），请维护人员在命令行登记。"),
    Remedy.CONFIRM_PAPERS: Way("看过以后，选好单位签发；签发才编号、立账。", "publications"),
    Remedy.WITHDRAW_PAPERS: Way("要撤回，选好单位，写明原因。", "publications"),
    Remedy.ERASE: Way("真的要删，由维护人员在命令行办。"),
    Remedy.NUMBER_AGAIN: Way("缺的份数，下次编号并排版会补。", "letters"),
    Remedy.FINISH_BATCH: Way("请先编号并排版，把没有印完的那一批补完。", "letters"),
    Remedy.ANY_ENGINE: Way("不要限定排版方式，再试一次。"),
    Remedy.VOID_BY_FORCE: Way("确实要作废，点开那一份，勾上“已经办照，仍要作废”。", "register"),
    Remedy.REPLACE_LETTER: Way("请给那一份换号，并请维护人员在介绍信的模板里补上。", "register"),
    Remedy.NAME_LETTERS: Way("请写编号；要按签收表登记，先把填好的领取签收表放进来。", "register"),
    Remedy.LIST_LETTERS: Way("各份的状态，到台账里看。", "register"),
    Remedy.SHOW_RANGES: Way("已有的批次和各单位的号段，到台账里看。", "register-status"),
    Remedy.CHECK_REGISTER: Way("请核对台账。", "register-status"),
    Remedy.RESTORE_BY_FORCE: Way("现在的台账确实不能用了，才由维护人员从备份恢复，再按签收表、存根查清已经发出的号。"),
    Remedy.MOVE_REGISTER: Way("请维护人员把本机的台账搬进数据库。"),
    Remedy.CONFIRM_DAY: Way("两处日期要写同一天。"),
    Remedy.SET_UP: Way("请维护人员在本机运行一次安装。"),
    Remedy.SET_UP_SERVER: Way("请维护人员在本机装上连接数据库的程序。"),
    Remedy.SET_UP_PAGE: Way("请维护人员在本机装上网页用的程序。"),
}  # fmt: skip
"""For every remedy."""


def way_of(name: object) -> Way | None:
    """What to do about a remedy by the name that a command's JSON has; None where there is none."""
    return WAYS[Remedy[name]] if isinstance(name, str) and name in Remedy.__members__ else None
