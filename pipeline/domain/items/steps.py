"""The acts on an item: from which states to which, and what each must say."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.domain.items.item import OPEN, State

OPENED, ASSIGNED, WORKING, REVIEW = State.OPENED, State.ASSIGNED, State.WORKING, State.REVIEW
WAYS = ("资料", "现场", "数据")
"""How an item is reviewed (复核方式)."""


@dataclass(frozen=True, slots=True)
class Step:
    """An act."""

    title: str
    """What clerks call it."""
    about: str
    """What it does, for the help."""
    sources: tuple[State, ...]
    """States in which an item can have it done."""
    to: State | None
    """The state in which it then is; None where that follows from the item."""
    needs: tuple[str, ...] = ()
    """What must be said: by, head, evidence, deadline, reason."""


STEPS: Mapping[str, Step] = {
    "open": Step("立账", "记下一个要整改的问题。", (), OPENED),
    "again": Step("再次点名", "同一单位同一类问题又被点名。", OPEN, None),
    "assign": Step("交办", "把事项交给责任单位。", (OPENED,), ASSIGNED),
    "accept": Step("签收", "责任单位收到了。", (ASSIGNED,), WORKING),
    "object": Step("异议", "责任单位认为不该由它办，退回立账。", (ASSIGNED,), OPENED, ("reason",)),
    "progress": Step("反馈", "登记进展、困难和下步措施。", (WORKING,), WORKING, ("reason",)),
    "extend": Step("申请延期", "在到期以前申请延期。", (WORKING,), WORKING, ("deadline", "reason")),
    "grant": Step("同意延期", "同意申请的新时限。", (WORKING,), WORKING),
    "refuse": Step("不同意延期", "时限不变。", (WORKING,), WORKING, ("reason",)),
    "apply": Step(
        "申请销号", "责任单位认为办完了，附佐证申请复核。", (WORKING, REVIEW), REVIEW, ("head", "evidence")
    ),
    "close": Step("销号", "复核通过。", (REVIEW,), State.CLOSED, ("by",)),
    "return": Step("退回", "复核没有通过，写明补充整改要求。", (REVIEW,), WORKING, ("by", "reason")),
    "suspend": Step("中止", "暂停，中止的天数不算。", OPEN[:-1], State.SUSPENDED, ("reason",)),
    "resume": Step("恢复", "接着办，时限顺延中止的天数。", (State.SUSPENDED,), None),
    "withdraw": Step("撤账", "立账有误或并入别的账号。", (OPENED, ASSIGNED), State.WITHDRAWN, ("reason",)),
}
"""By their names in the journal, in the order of an item's life."""
WORDS = {"by": "经办人", "head": "单位负责人", "evidence": "佐证", "deadline": "时限", "reason": "原因或内容"}
"""What must be said → what clerks call it."""
_FIRST = {
    "accept": "要先交办", "object": "要先交办", "progress": "要先交办、签收", "extend": "要先交办、签收",
    "grant": "要先申请延期", "refuse": "要先申请延期", "apply": "要先交办、签收", "close": "要先申请销号",
    "return": "要先申请销号",
}  # fmt: skip
"""Act → what is said where an item has not come so far."""
_PAST = {
    "assign": "已经交办过", "accept": "已经签收", "object": "签收以后不能提出异议", "withdraw": "签收以后不能撤账，办完了的请申请销号",
    "resume": "没有中止",
}  # fmt: skip
"""Act → what is said where an item is beyond it."""
_COURSE = (OPENED, ASSIGNED, WORKING, REVIEW)


def hint(act: str, state: State) -> str:
    """What stands in the way of an act on an item that is open, in Chinese; empty where nothing can be done about it."""
    if state is State.SUSPENDED:
        return "" if act == "suspend" else "要先恢复"
    sources = STEPS[act].sources
    is_early = state in _COURSE and sources[0] in _COURSE and _COURSE.index(state) < _COURSE.index(sources[0])
    return _FIRST.get(act, "") if is_early else _PAST.get(act, "正在复核")
