"""The clerk's own words for the bulletin and the quarterly report (简报素材): text and campaign figures, by section."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from pipeline.domain.model import Problem
from pipeline.domain.records.reading import Known, Reader, Reading, counted
from pipeline.domain.tables.findings import Findings, what_to_do
from pipeline.domain.tables.grid import Row, Table
from pipeline.domain.tables.kinds import SEQ, Kind
from pipeline.domain.values.cell import Unreadable
from pipeline.domain.values.text import one_line, plain, text_of, whole_number
from pipeline.domain.wording import asking, near

EXPERIENCE, PROBLEMS, NEXT_STEPS = "典型经验", "存在问题", "下一步工作"
_WORDS: Mapping[str, Sequence[str]] = {
    EXPERIENCE: ("经验做法", "典型做法", "工作亮点", "亮点"),
    PROBLEMS: ("存在的问题", "问题", "主要问题"),
    NEXT_STEPS: ("下步工作", "下一步打算", "下步要求", "下一步工作要求", "工作要求"),
}
"""Section that every bulletin has → what clerks call it besides; a county's campaigns come to them."""
REGISTRY = "登记机关统计"
"""The section for what the registry itself announced: figures to be compared, no text."""
NEW_MONTH, CANCELLED_MONTH, STOCK = "本月新登记", "本月注销", "期末实有"
_ANNOUNCED = {
    NEW_MONTH: ("本月新增", "本期登记", "本期登记户数"),
    CANCELLED_MONTH: ("本期注销", "本期注销户数"),
    STOCK: ("期末实有户数", "期末在册", "期末在册户数"),
}
"""Figure that the registry announces of a month → what it is called besides."""
_FIGURES = {plain(word): name for name, words in _ANNOUNCED.items() for word in (name, *words)}


BULLETIN, REPORT = "简报", "报告"
"""The papers that a row may be for; where it names none, it is for both, but for what comes next: that speaks to units."""

_KIND = Kind(
    "notes",
    "简报素材",
    {
        "section": ("栏目", "部分", "章节", "简报栏目"),
        "text": ("内容", "文字", "素材", "素材内容"),
        "indicator": ("指标", "指标名称"),
        "value": ("数值", "数量", "完成数"),
        "paper": ("用于", "用在"),
        "seq": SEQ,
    },
    (("section",), ("text", "indicator")),
    printed=("section", "text", "indicator", "value"),
    weighed=("text", "indicator", "value"),
    stops=False,
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the clerk wrote for one paper."""

    paragraphs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Section → its paragraphs in the order of the rows."""
    indicators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Section → 「摸排数120户」, in the order of the rows."""

    def of(self, section: str) -> list[str]:
        """A section's paragraphs: its indicators as one sentence, then its texts."""
        told = "，".join(self.indicators.get(section, ()))
        return [*([f"{told}。"] if told else ()), *self.paragraphs.get(section, ())]


@dataclass(frozen=True, slots=True)
class Notes:
    """What the clerk wrote."""

    bulletin: Words = field(default_factory=Words)
    """For the bulletin."""
    report: Words = field(default_factory=Words)
    """For the quarterly report."""
    requests: tuple[Problem, ...] = ()
    """Where the report would ask for something (code ``request-in-report``); nobody else's concern."""
    announced: Mapping[str, int] = field(default_factory=dict)
    """Figure of the registry's own, as of :data:`NEW_MONTH` and its like → businesses; the last one entered counts."""

    def of(self, section: str) -> list[str]:
        """A section's paragraphs in the bulletin."""
        return self.bulletin.of(section)


def _read(tables: Sequence[Table], known: Known) -> Reading[Notes]:
    """What the rows say, section by section.

    Notices: ``unknown-section``, ``unknown-paper``, ``unknown-indicator``, ``bad-number``, ``no-unit``, ``empty-cell``, an unreadable cell's own, and the
    tables' faults.
    """
    told = _Told({**_WORDS, **known.campaigns, REGISTRY: ("登记机关统计数", "登记机关公布数")})
    reasons = [(row.source.file, told.read(table, row)) for table in tables for row in table.rows]
    bulletin, report = (told.words_of(paper) for paper in (BULLETIN, REPORT))
    notes = Notes(bulletin, report, tuple(told.requests.problems), dict(told.announced))
    faults = chain.from_iterable(table.faults for table in tables)
    return Reading(notes, notices=(*faults, *told.findings.notices), left_out=counted(reasons))


_BARE = re.compile(r"\d+(?:\.\d+)?")
"""A number without what it counts."""
NOTES = Reader(_KIND, _read)
"""简报素材 → :class:`Notes`."""


@dataclass(slots=True)
class _Told:
    """What was read so far."""

    words: Mapping[str, Sequence[str]]
    """Section → what clerks call it besides."""
    paragraphs: defaultdict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """Paper and section → paragraphs."""
    indicators: defaultdict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    announced: dict[str, int] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)
    requests: Findings = field(default_factory=Findings)

    def words_of(self, paper: str) -> Words:
        """What was written for a paper."""
        paragraphs, indicators = (
            {section: tuple(texts) for (other, section), texts in said.items() if other == paper}
            for said in (self.paragraphs, self.indicators)
        )
        return Words(paragraphs, indicators)

    def _section(self, name: str) -> str | None:
        own = (section for section, words in self.words.items() if name in map(plain, (section, *words)))
        return next(own, None)

    def read(self, table: Table, row: Row) -> str:
        """Take a row; why not, where it cannot be taken."""
        for name in row.cells:
            value = row.printed(name)
            if isinstance(value, Unreadable):
                advice = what_to_do(value, "格子里没有可读的值，请直接填上。")
                self.findings.notice(table, row, name, value.code, f"没有采用：{advice}")
                return "有问题"
        told = {name: text_of(row.printed(name)) for name in row.cells}
        if not any(told.get(name) for name in ("section", "text", "indicator", "value")):
            return "没有填写"
        section = self._section(plain(re.sub(r"^[一二三四五六七八九十\d]+[、.．]", "", told["section"])))
        if section == REGISTRY:
            return self._read_announced(table, row, told.get("indicator", ""))
        if section is None:
            advice = f"没有“{told['section']}”这个栏目{near(told['section'], list(self.words))}可写的有：{'、'.join(self.words)}。没有采用。"
            self.findings.notice(table, row, "section", "unknown-section", advice)
            return "有问题"
        return self._take(table, row, section, told)

    def _take(self, table: Table, row: Row, section: str, told: Mapping[str, str]) -> str:
        """Take what a row says of a section; why not, where it cannot be taken."""
        by_default = BULLETIN if section == NEXT_STEPS else BULLETIN + REPORT
        papers = tuple(paper for paper in (BULLETIN, REPORT) if paper in (told.get("paper") or by_default))
        if not papers:
            advice = "“用于”里写“简报”或“报告”，空着是两样都用。没有采用。"
            self.findings.notice(table, row, "paper", "unknown-paper", advice)
            return "有问题"
        indicator, text = told.get("indicator", ""), told.get("text", "")
        if indicator and (value := told.get("value")):
            if _BARE.fullmatch(value):
                advice = f"数值只写了{value}，没有写单位，照这样印。请写成 {value}户 这样。"
                self.findings.notice(table, row, "value", "no-unit", advice)
            for paper in papers:
                self.indicators[paper, section].append(one_line(indicator) + one_line(value))
        elif not text:
            self.findings.notice(table, row, "section", "empty-cell", "有栏目，没有内容，没有采用。请补上。")
            return "有问题"
        for line in filter(None, map(str.strip, text.splitlines())):
            for paper in papers:
                self.paragraphs[paper, section].append(line if line[-1] in "。！？；" else f"{line}。")
        if REPORT in papers and (words := asking(text)):
            self._refuse_request(table, row, words)
        return ""

    def _refuse_request(self, table: Table, row: Row, words: str) -> None:
        advice = (
            f"报告里不能有请示事项，这里写了“{words}”。请改成陈述的话，要请示的另行文；"
            "这一段只给简报用的，加一列“用于”，这一行写“简报”。"
        )
        self.requests.problem(table, row, "text", "request-in-report", advice)

    def _read_announced(self, table: Table, row: Row, indicator: str) -> str:
        figure, number = _FIGURES.get(plain(indicator)), whole_number(row.cells.get("value"))
        if figure is None:
            advice = f"{REGISTRY}里没有“{indicator}”这个指标。可写的有：{'、'.join(_ANNOUNCED)}。没有采用。"
            self.findings.notice(table, row, "indicator", "unknown-indicator", advice)
            return "有问题"
        if number is None:
            advice = f"{REGISTRY}的数值应是户数，如 120 或 120户。没有采用。"
            self.findings.notice(table, row, "value", "bad-number", advice)
            return "有问题"
        self.announced[figure] = number
        return ""
