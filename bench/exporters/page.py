"""The outcomes as a page of the documents."""

from collections import Counter
from collections.abc import Sequence

from bench.exporters import reading
from bench.exporters.pins import LIES, ZONE
from bench.exporters.reading import Outcome

WORDS = (reading.RIGHT, reading.TOLD, reading.REFUSED, reading.WRONG, reading.LIE, reading.NOT_MADE)
HEAD = """# 各种导出程序的表，读得对不对

各系统、各网页导出的表，多半是下面这些程序写的。让每一个都写出同样的 12 户登记、12 名培育对象（都是编造的人：姓名写明编造，身份证号、
代码用全国没有的行政区划 999999），再让本程序读，逐格核对。登记的日期专挑月初、月末、年初和夏令时期间的，差一天就会算进别的月份。

- **读对**：24 行全对，什么也没有说。**读对，有提示**：24 行全对，另有提示。
- **拒绝并说明**：有的行没有读，或与写的不一样，每一处都说了。
- **读错**：有一处与写的不一样而没有说。这是本程序的错，请报告。
- **文件写错**：文件里存的就不是给它的内容，谁也看不出来：{lies}。用它的系统导出的表，请与系统里的核对。

导出时的时区是 {zone}。日期按各程序自己的日期类型给，电话给数字，身份证号、统一社会信用代码给文字；网页上的表给文字。
“说了什么”是问题和提示的代号，见[操作手册](操作手册.md)。

这一页由 `make exporters` 重新写出：它把下列各版本的软件包装进一个临时文件夹，要能上网，要有 npm。

{summary}

| 程序 | 版本 | 文件 | 用法 | 登记 | 日期 | 培育对象 | 结果 | 说了什么 |
|---|---|---|---|---|---|---|---|---|
"""


def page(outcomes: Sequence[Outcome]) -> str:
    """The whole page."""
    counted = Counter(outcome.word for outcome in outcomes)
    summary = "、".join(f"{word} {counted[word]}" for word in WORDS if counted[word])
    lies = "；".join(f"{by} {what}" for by, what in LIES.items())
    rows = "".join(map(_row, outcomes))
    return HEAD.format(lies=lies, zone=ZONE, summary=f"共 {len(outcomes)} 种：{summary}。") + rows


def _row(outcome: Outcome) -> str:
    made = outcome.made
    counts = [f"{count}/12" for count in (outcome.registrations, outcome.days, outcome.applicants)]
    codes = "、".join(f"`{code}`" for code in outcome.codes) or "–"
    word = f"**{outcome.word}**" if outcome.word in {reading.WRONG, reading.NOT_MADE} else outcome.word
    cells = [made.by, made.version or "–", f".{made.suffix}", made.how or "–", *counts, word, codes]
    return f"| {' | '.join(cells)} |\n"
