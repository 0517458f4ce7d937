"""How the page says what to do where a command line would name an option or a command, and where that is done."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.domain.period import read_period
from pipeline.errors import Remedy
from pipeline.reports.kinds import REPORTS


class Way(NamedTuple):
    """What to do, and where."""

    words: str
    """A sentence of its own; ``{edition}`` is the paper that it is for."""
    route: str = ""
    """Name of the address where it is done; empty where it is not done in the browser, or on the same page."""
    kind: str = ""
    """Name of the kind of report whose part of that page it is; empty for the whole page."""


WAYS: Mapping[Remedy, Way] = {
    Remedy.NAME_WORKSPACE: Way("请维护人员核对网页打开的是哪个工作目录。"),
    Remedy.MAKE_BULLETIN: Way("请先出{edition}。", "publications"),
    Remedy.REVISE: Way("要更正{edition}，选好是哪一期，点“更正已经出过的”，写明原因。", "publications"),
    Remedy.ASSESS_STEPS: Way("考核的各步（定版、反馈、申诉、复核、审定），在“考核”里登记。", "assess"),
    Remedy.CONFIRM_PAPERS: Way("看过{edition}以后，选好单位签发；签发才编号、立账。", "publications"),
    Remedy.WITHDRAW_PAPERS: Way("要撤回{edition}，选好单位，写明原因。", "publications"),
    Remedy.ERASE: Way("真的要删，由维护人员在命令行办。"),
    Remedy.SKIP_ROWS: Way("先出其余的，在“介绍信”里勾上“名单里有问题的行先不出”。", "letters"),
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
    Remedy.SET_UP_CLUSTER: Way("请维护人员在本机装上和别的机器分工的程序。"),
    Remedy.SET_UP_PAGE: Way("请维护人员在本机装上网页用的程序。"),
}  # fmt: skip
"""For every remedy."""


def way_of(name: object, edition: Mapping[str, str] | None = None) -> Way | None:
    """What to do about a remedy by the name that a command's JSON has; None where there is none.

    :param edition: kind and period of the paper that it is for, by the same JSON.
    """
    if not isinstance(name, str) or name not in Remedy.__members__:
        return None
    way = WAYS[Remedy[name]]
    if not edition:
        return way._replace(words=way.words.replace("{edition}", ""))
    title = next((each.title for each in REPORTS if each.name == edition["kind"]), "")
    period = read_period(edition["period"]).words if edition["period"] else ""
    return way._replace(words=way.words.replace("{edition}", f"{period}{title}"), kind=edition["kind"])


FIELDS: Mapping[str, str] = {
    "unit": "单位", "count": "份数", "date": "日期", "skip-bad-rows": "名单里有问题的行先不出",
    "month": "哪一期", "quarter": "哪一期", "year": "哪一期", "revise": "更正", "leave": "不更正，登记下来", "reason": "原因",
    "confirm": "签发的单位", "withdraw": "撤回的单位",
    "receiver": "领用人", "force": "已经办照，仍要作废", "image": "照片或扫描件",
    "kind": "类别", "problem": "问题描述", "standard": "验收标准", "deadline": "整改时限", "source": "从哪里来的", "person": "责任人",
    "by": "经办人、复核人", "head": "同意的单位负责人", "evidence": "佐证", "way": "复核方式",
    "item": "哪一项", "value": "改按多少计实绩", "today": "哪一天",
}  # fmt: skip
"""Options that the page gives a command, and how the field or button is called by which somebody says that."""


_PLACES = (
    (re.compile(r"放进 inputs(?![/\w])"), "放进来"),
    (re.compile(r"移出 inputs(?![/\w])"), "从“表格”里拿出来"),
    (re.compile(r" ?inputs 里的 ?"), "放入的 "),
    (re.compile(r"inputs 里"), "放入的表格里"),
)
PLACES: Mapping[str, str] = {"inputs": "还缺的表", "templates": "模板"}
"""What stands as a problem's file and is no table, and how it is called among them."""


def in_page(text: str) -> str:
    """What a command says, said of the page: of its fields instead of options, of what was dropped instead of ``inputs/``.

    「--date 写得不对」 becomes 「“日期”写得不对」, 「放进 inputs」 「放进来」; a path below ``inputs/`` stays.
    """
    for words, here in _PLACES:
        text = words.sub(here, text)
    return re.sub(
        r"(?:选项 )?'?--([a-z][a-z-]*)'?\s?", lambda found: f"“{FIELDS.get(found[1], '这一项')}”", text
    )
