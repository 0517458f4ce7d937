"""Bulletins for tests of the template and the chart: invented figures, real shapes."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.adapters.word import WordTemplate, open_template
from pipeline.domain.documents import Paper
from pipeline.domain.sections import Section, Subsection, section_fields
from pipeline.publishing.making import fill
from pipeline.reports.bulletin.rates import Bar, Rates
from pipeline.reports.bulletin.text import PAPER
from support.desk import ROOT

SHORT, LONG = "县市场监管局", "城乡环卫和市政服务中心"


def band(percent: Decimal) -> str:
    if percent <= 0:
        return "零进展"
    return "先进" if percent >= 50 else "基本达标" if percent >= 40 else "滞后"


def rates(units: int = 26, name: str = SHORT) -> Rates:
    """Rates from above 100 to below 0, the best first."""
    percents = [
        Decimal(1042) / 10 - Decimal(1092 * number // max(units - 1, 1)) / 10 for number in range(units)
    ]
    return Rates(
        tuple(Bar(f"{name}{number}", percent, band(percent)) for number, percent in enumerate(percents, 1)),
        Decimal("50.0"),
    )


def standing_row(
    rank: int, name: str, rate: str = "60.0", lead: str = "10.0", band: str = "先进"
) -> dict[str, str]:
    """A unit's line in a section's table."""
    return {
        "排名": str(rank), "单位名称": name, "任务数": "100", "本月净增": "12", "累计净增": "60", "完成率": rate,
        "进度差": lead, "状态": band,
    }  # fmt: skip


def total_row(
    number: str, name: str, target: str, rate: str, ranks: str | tuple[str, str, str], **more: Any
) -> dict[str, object]:
    """A line of annex 1."""
    rank, change, band = ranks
    return {
        "序号": number, "单位名称": name, "任务数": target, "本月新增": "1", "本月注销": "2", "本月净增": "3",
        "累计新增": "4", "累计注销": "5", "累计净增": "6", "完成率": rate, "进度差": "0.0", "排名": rank, "位次变化": change,
        "状态": band, "是合计": False,
    } | more  # fmt: skip


def bulletin(units: int = 26, unit: str = SHORT, sections: Sequence[Section] = (), **more: object) -> Paper:
    """A bulletin of so many units.

    :param sections: in the place of the usual ones.
    :param more: fields in the place of the usual ones.
    """
    drawn = rates(units, unit)
    rows = [
        total_row(str(n), bar.name, "100", str(bar.percent), ("1", "2 ↑1", bar.band))
        for n, bar in enumerate(drawn.bars, 1)
    ]
    sums = [
        total_row("", name, "2300", "49.8", "———", 进度差="-0.2", 是合计=True) for name in ("未归属", "合计")
    ]
    standings = tuple(
        standing_row(rank, bar.name, str(bar.percent), str(bar.percent - 50), bar.band)
        for rank, bar in enumerate(drawn.bars, 1)
    )
    usual = (
        Section("总体情况", ("截至6月30日，全县净增1146户。",)),
        Section("各单位完成情况", ("居前的是下列单位。",), (), "各单位完成情况表", standings),
        Section("三项专项行动开展情况", (), (Subsection("无证无照经营清零", ("摸排312户。",)),)),
    )
    fields: dict[str, object] = {
        "简报名称": "岚县个体工商户培育工作简报",
        "期号": 2,
        "总期号": 14,
        "更正说明": "",
        "编发单位": "岚县个体工商户培育工作专班办公室",
        "编发日期": "2022年7月5日",
        "标题": ("2022年6月份全县个体工商户", "培育工作进展情况"),
        "导语": ("按照岚政办发〔2022〕20号文件要求，现将有关情况通报如下。",),
        **section_fields(sections or usual),
        "报送": receivers(
            ("报", "县委、县政府"), ("送", "县人大、县政协"), ("发", "各乡镇人民政府，县直各有关单位")
        ),
        "印数": 80,
        "月份": "2022年6月",
        "截至日期": "2022年6月30日",
        "序时进度": "50.0",
        "总表": [*rows, *sums],
        "总表说明": "“—”表示没有任务。",
    }
    return Paper("简报", "简报", PAPER, fields | more, (drawn.chart(),))


def receivers(*told: tuple[str, str]) -> list[dict[str, str]]:
    """报, 送 or 发, and to whom."""
    return [{"称": role, "单位": names} for role, names in told]


def template(name: str = "bulletin.docx") -> WordTemplate:
    return open_template(ROOT / "templates" / name)


def written(path: Path, said: Paper) -> Path:
    fill(template(), said, path)
    return path
