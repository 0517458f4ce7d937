"""The clerk's own words for the bulletin (简报素材): text and campaign figures, by section."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.domain.tables.findings import Findings, what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.text import one_line, plain, text_of
from pipeline.domain.wording import near

EXPERIENCE, PROBLEMS, NEXT_STEPS = "典型经验", "存在问题", "下一步工作"
CAMPAIGNS = (
    "无证无照经营清零专项行动",
    "小建筑业企业个体工商户培育专项行动",
    "交通运输个体工商户培育专项行动",
)
"""The three of 岚政办发〔2022〕20号, in its order."""
_WORDS = {
    EXPERIENCE: ("典型经验", "经验做法", "典型做法", "工作亮点", "亮点"),
    PROBLEMS: ("存在问题", "存在的问题", "问题", "主要问题"),
    NEXT_STEPS: ("下一步工作", "下步工作", "下一步打算", "下步要求", "下一步工作要求", "工作要求"),
    CAMPAIGNS[0]: ("无证无照经营清零专项行动", "无证无照经营清零", "无证无照清零", "无证无照", "清零行动"),
    CAMPAIGNS[1]: (
        "小建筑业企业个体工商户培育专项行动",
        "小建筑业",
        "小建企业",
        "小建筑企业",
        "小建筑",
        "建筑业",
    ),
    CAMPAIGNS[2]: ("交通运输个体工商户培育专项行动", "交通运输", "交通运输业", "交通"),
}
"""Section → what clerks call it."""
_SECTIONS = {plain(word): section for section, words in _WORDS.items() for word in words}


@dataclass(slots=True)
class Notes:
    """What the clerk wrote."""

    paragraphs: dict[str, list[str]] = field(default_factory=dict)
    """Section → its paragraphs in the order of the rows."""
    indicators: dict[str, list[str]] = field(default_factory=dict)
    """Section → 「摸排数120户」, in the order of the rows."""
    findings: Findings = field(default_factory=Findings)
    """Notices: ``unknown-section``, ``empty-cell``, an unreadable cell's own."""

    def read(self, table: Table) -> Mapping[str, int]:
        """Read a table; why a row was left out → how many."""
        left_out: Counter[str] = Counter()
        self.findings.notices += table.faults
        for row in table.rows:
            left_out[self._read_row(table, row)] += 1
        del left_out[""]
        return left_out

    def of(self, section: str) -> list[str]:
        """A section's paragraphs: its indicators as one sentence, then its texts."""
        told = "，".join(self.indicators.get(section, ()))
        return [*([f"{told}。"] if told else ()), *self.paragraphs.get(section, ())]

    def _read_row(self, table: Table, row: Row) -> str:
        for name in row.cells:
            value = row.printed(name)
            if isinstance(value, Unreadable):
                advice = what_to_do(value, "格子里没有可读的值，请直接填上。")
                self.findings.notice(table, row, name, value.code, f"没有采用：{advice}")
                return "有问题"
        told = {name: text_of(row.printed(name)) for name in row.cells}
        if not any(told.get(name) for name in ("section", "text", "indicator", "value")):
            return "没有填写"
        section = _SECTIONS.get(plain(re.sub(r"^[一二三四五六七八九十\d]+[、.．]", "", told["section"])))
        if section is None:
            advice = f"没有“{told['section']}”这个栏目{near(told['section'], list(_WORDS))}可写的有：{'、'.join(_WORDS)}。没有采用。"
            self.findings.notice(table, row, "section", "unknown-section", advice)
            return "有问题"
        indicator, text = told.get("indicator", ""), told.get("text", "")
        if indicator and told.get("value"):
            self.indicators.setdefault(section, []).append(one_line(indicator) + one_line(told["value"]))
        elif not text:
            self.findings.notice(table, row, "section", "empty-cell", "有栏目，没有内容，没有采用。请补上。")
            return "有问题"
        for line in filter(None, map(str.strip, text.splitlines())):
            self.paragraphs.setdefault(section, []).append(line if line[-1] in "。！？；" else f"{line}。")
        return ""
