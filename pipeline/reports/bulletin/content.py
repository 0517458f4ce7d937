"""The bulletin (简报) and the wall chart (作战图) as documents: what they say, put into their templates."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.adapters.chart import redraw
from pipeline.adapters.word import WordTemplate
from pipeline.domain.documents import Chart

BULLETIN_FIELDS = (
    "简报名称", "期号", "总期号", "更正说明", "编发单位", "编发日期", "标题", "导语", "各节", "末段", "报送", "印数", "月份",
    "截至日期", "序时进度", "总表", "总表说明", "节", "小节", "段", "行", "方", "占位",
)  # fmt: skip
"""Names that ``templates/bulletin.docx`` uses; those from 节 on belong to its loops."""
WALL_CHART_FIELDS = ("图名", "截至日期", "序时进度", "编制单位")
"""Names that ``templates/wallchart.docx`` uses."""


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A unit's line in a section's table, as it is printed."""

    rank: str
    """排名."""
    unit: str
    """单位名称."""
    target: str
    """任务数."""
    net_month: str
    """本月净增."""
    net: str
    """累计净增."""
    completion_rate: str
    """完成率, one decimal, without %."""
    lead: str
    """Percentage points above or below pace."""
    band: str
    """状态."""

    def fields(self) -> dict[str, object]:
        """By the template's names."""
        return {
            "排名": self.rank, "单位名称": self.unit, "任务数": self.target, "本月净增": self.net_month,
            "累计净增": self.net, "完成率": self.completion_rate, "进度差": self.lead, "状态": self.band,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subsection:
    """A part of a section (（一）…)."""

    heading: str
    """Without its number."""
    paragraphs: tuple[str, ...]
    """Its text."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section (一、…); numbers are given when it is filled in, so one may be left out."""

    heading: str
    """Without its number."""
    paragraphs: tuple[str, ...] = ()
    """Its text."""
    subsections: tuple[Subsection, ...] = ()
    """Its parts, after its text."""
    table_name: str = ""
    """Heading of its table."""
    rows: tuple[StandingRow, ...] = ()
    """Its table, last of all; none: no table."""

    def fields(self, number: int) -> dict[str, object]:
        """By the template's names."""
        parts = [
            {"序号": ordinal(place), "标题": part.heading, "各段": part.paragraphs}
            for place, part in enumerate(self.subsections, 1)
        ]
        return {
            "序号": ordinal(number), "标题": self.heading, "各段": self.paragraphs, "各小节": parts,
            "表名": self.table_name, "各行": [row.fields() for row in self.rows],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A line of annex 1, as it is printed; 「—」 where there is nothing to say."""

    number: str
    """序号; not shown in a line of totals."""
    unit: str
    """单位名称, 小计, 未归属, 合计."""
    target: str
    """年度任务数."""
    new_month: str
    """本月新增."""
    cancelled_month: str
    """本月注销."""
    net_month: str
    """本月净增."""
    new: str
    """累计新增."""
    cancelled: str
    """累计注销."""
    net: str
    """累计净增."""
    completion_rate: str
    """完成率, one decimal, without %."""
    lead: str
    """与序时进度差."""
    rank: str
    """排名."""
    change: str
    """上月排名 and 位次变化: ``5 ↑2``."""
    band: str
    """状态."""
    is_total: bool = False
    """Whether it is a line of totals, which spans number and name."""

    def fields(self) -> dict[str, object]:
        """By the template's names."""
        return {
            "序号": self.number, "单位名称": self.unit, "任务数": self.target, "本月新增": self.new_month,
            "本月注销": self.cancelled_month, "本月净增": self.net_month, "累计新增": self.new,
            "累计注销": self.cancelled, "累计净增": self.net, "完成率": self.completion_rate, "进度差": self.lead,
            "排名": self.rank, "位次变化": self.change, "状态": self.band, "是合计": self.is_total,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bulletin:
    """All that a bulletin says."""

    name: str
    """简报名称 in the masthead."""
    issue_number: int
    """第N期."""
    overall_number: int
    """总第N期."""
    issuer: str
    """编发单位; over 20 characters take two lines."""
    day: str
    """Date of issue, 2022年7月5日."""
    title: tuple[str, ...]
    """Title, line by line, at most 20 characters each."""
    introduction: tuple[str, ...]
    """导语: basis, as-of date, definitions."""
    sections: tuple[Section, ...]
    """In order."""
    recipients: tuple[tuple[str, str], ...]
    """报, 送 or 发, and to whom."""
    copies: int
    """共印N份."""
    month: str
    """2022年6月."""
    as_of: str
    """2022年6月30日."""
    pace: str
    """序时进度 in percent, one decimal, without %."""
    totals: tuple[TotalRow, ...]
    """Annex 1."""
    totals_note: str
    """What stands below annex 1, after 注：."""
    chart: Chart
    """Annex 2; at least one unit."""
    correction: str = ""
    """What is corrected and why (更正); empty for a first edition."""

    def fields(self) -> dict[str, object]:
        """By the template's names; the text's last paragraph apart, since it stays on the page of the foot."""
        sections, last = _parted(self.sections)
        return {
            "简报名称": self.name,
            "期号": self.issue_number,
            "总期号": self.overall_number,
            "更正说明": self.correction,
            "编发单位": self.issuer,
            "编发日期": self.day,
            "标题": self.title,
            "导语": self.introduction,
            "各节": [section.fields(number) for number, section in enumerate(sections, 1)],
            "末段": last,
            "报送": [{"称": role, "单位": names} for role, names in self.recipients],
            "印数": self.copies,
            "月份": self.month,
            "截至日期": self.as_of,
            "序时进度": self.pace,
            "总表": [row.fields() for row in self.totals],
            "总表说明": self.totals_note,
        }


@dataclass(frozen=True, slots=True)
class WallChart:
    """The chart by itself, to be hung up (挂图作战)."""

    title: str
    """图名."""
    as_of: str
    """截至日期."""
    pace: str
    """序时进度 in percent, one decimal, without %."""
    office: str
    """编制单位."""
    chart: Chart
    """The chart."""

    def fields(self) -> dict[str, object]:
        """By the template's names."""
        return {"图名": self.title, "截至日期": self.as_of, "序时进度": self.pace, "编制单位": self.office}


def _parted(sections: tuple[Section, ...]) -> tuple[tuple[Section, ...], str]:
    """Sections without their very last paragraph, and that; the text may also end with a table or a part."""
    last = sections[-1] if sections else Section("")
    if not last.paragraphs or last.subsections or last.rows:
        return sections, ""
    return (*sections[:-1], replace(last, paragraphs=last.paragraphs[:-1])), last.paragraphs[-1]


def write_filled(template: WordTemplate, fields: Mapping[str, object], chart: Chart, path: Path) -> None:
    """A finished document: the template's fields filled, its chart redrawn, nothing to be updated on opening.

    :raises TemplateFault: the template asks for something that is not there, or has no chart.
    """
    template.write(fields, path)
    redraw(path, chart)


def ordinal(number: int) -> str:
    """Number of a heading from 1 to 99: 一, 十, 十二, 二十一."""
    digits = " 一二三四五六七八九"
    tens, ones = divmod(number, 10)
    words = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return words + (digits[ones] if ones else "")
