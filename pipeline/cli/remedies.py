"""How a command line says what to do: the options and commands that the jobs below know nothing of."""

from collections.abc import Mapping

from pipeline.domain.period import read_period
from pipeline.errors import Edition, Remedy

REMEDIES: Mapping[Remedy, str] = {
    Remedy.NAME_WORKSPACE: "请用 --root 指明工作目录。",
    Remedy.MAKE_BULLETIN: "先出简报：make {edition}。",
    Remedy.REVISE: "要更正：make {edition} ARGS='--revise --reason 原因'。",
    Remedy.ASSESS_STEPS: (
        "各步这样登记：pipeline assess settle（定版）、feedback（反馈）、object（申诉）、answer（复核）、approve（审定），"
        "--reason 写原因，--by 写人，--today 写日期。"
    ),
    Remedy.CONFIRM_PAPERS: (
        "看过以后，用 make {edition} ARGS='--confirm 单位名称' 签发（可写几个，全部写 all）；签发才编号、立账。"
    ),
    Remedy.WITHDRAW_PAPERS: "撤回：make {edition} ARGS='--withdraw 单位名称 --reason 原因'。",
    Remedy.ERASE: "真的要删，请加上 --confirm，把 --before 的日期再写一遍。",
    Remedy.SKIP_ROWS: "先出其余的：原来的命令后面加上 --skip-bad-rows，或者 make letters ARGS=--skip-bad-rows。",
    Remedy.NUMBER_AGAIN: "缺的份数下次 make letters 会补。",
    Remedy.FINISH_BATCH: "请先运行 make letters 补完。",
    Remedy.ANY_ENGINE: "去掉 --engine form 再试。",
    Remedy.VOID_BY_FORCE: "确实要作废，请加 --force。",
    Remedy.REPLACE_LETTER: "请用 register replace 换一个新号，并在 templates/letter.docx 里补上。",
    Remedy.NAME_LETTERS: (
        "请写编号，或者用 --unit、--batch 指明哪些；要按签收表登记，把填好的 领取签收表.xlsx 放进 inputs 再运行。"
    ),
    Remedy.LIST_LETTERS: "用 pipeline register list 查看各份的状态。",
    Remedy.SHOW_RANGES: "用 pipeline register status 查看已有批次和各单位的号段。",
    Remedy.CHECK_REGISTER: "请运行 pipeline register check 核对。",
    Remedy.RESTORE_BY_FORCE: "现在的台账确实不能用了，才加 --force，然后按签收表、存根查清已经发出的号。",
    Remedy.MOVE_REGISTER: "搬进数据库：make register ARGS='restore register/register.db'。",
    Remedy.CONFIRM_DAY: "请在 --before 和 --confirm 写同一天。",
    Remedy.SET_UP: "也可以运行 make setup。",
    Remedy.SET_UP_SERVER: "请在本程序的文件夹里运行：make setup POSTGRESQL=1。",
    Remedy.SET_UP_CLUSTER: "请在本程序的文件夹里运行：make setup CLUSTER=1。",
    Remedy.SET_UP_PAGE: "请在本程序的文件夹里运行：make setup PAGE=1。",
}
"""Each a sentence of its own; ``{edition}`` is how the paper is made that it is for: ``report QUARTER=2022-Q2``."""


def with_remedy(message: str, remedy: Remedy | None, edition: Edition | None = None) -> str:
    """A message and, after it, what to do.

    :param edition: the paper that the remedy is for; None for none.
    """
    return message if remedy is None else message + REMEDIES[remedy].replace("{edition}", _typed(edition))


def _typed(edition: Edition | None) -> str:
    if edition is None or not edition.period:
        return edition.kind if edition else ""
    return f"{edition.kind} {read_period(edition.period).option.upper()}={edition.period}"
