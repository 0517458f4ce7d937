"""What a registration export says of a business's state (登记状态)."""

import re
from functools import lru_cache

from pipeline.domain.values.text import plain

_STATUSES = {
    "在册": r"(存续|在营|开业|在册|在业|正常|歇业)(\(.*\)|经营|营业|备案|状态)?|1",
    "吊销": r"已?吊销|吊销[,;、]?未注销|2",
    "注销": r"已?注销(登记)?|吊销[,;、]?已注销|[34]",
    "撤销": r"已?(被)?撤销(设立|开业)?(登记)?(\(.*\))?",
    "迁出": r"已?迁出",
}
CLOSED = frozenset({"注销", "撤销"})
"""What a row's 核准日期 dates: the change by which a business came to its end."""


@lru_cache(maxsize=1024)
def status_of(text: str) -> str:
    """在册, 注销, 吊销, 撤销 or 迁出; any other word as it stands.

    The digits of an official export's REGSTATE are read too: 1 在册, 2 吊销, 3 revoked and then cancelled, 4 注销.
    """
    word = plain(text)
    return next((status for status, pattern in _STATUSES.items() if re.fullmatch(pattern, word)), text)
