"""Bulletins for tests of the template and the chart: invented figures, real shapes."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.adapters.word import WordTemplate, open_template
from pipeline.domain.documents import Bar, Chart
from pipeline.reports.bulletin.content import (
    Bulletin,
    Section,
    StandingRow,
    Subsection,
    TotalRow,
    write_filled,
)
from support.desk import ROOT

SHORT, LONG = "县市场监管局", "城乡环卫和市政服务中心"


def band(percent: Decimal) -> str:
    if percent <= 0:
        return "零进展"
    return "先进" if percent >= 50 else "基本达标" if percent >= 40 else "滞后"


def chart(units: int = 26, name: str = SHORT) -> Chart:
    """Rates from above 100 to below 0, the best first."""
    percents = [
        Decimal(1042) / 10 - Decimal(1092 * number // max(units - 1, 1)) / 10 for number in range(units)
    ]
    return Chart(
        tuple(Bar(f"{name}{number}", percent, band(percent)) for number, percent in enumerate(percents, 1)),
        Decimal("50.0"),
    )


def bulletin(units: int = 26, unit: str = SHORT, **more: Any) -> Bulletin:
    drawn = chart(units, unit)
    standings = tuple(
        StandingRow(str(rank), bar.name, "100", "12", "60", str(bar.percent), str(bar.percent - 50), bar.band)
        for rank, bar in enumerate(drawn.bars, 1)
    )
    totals = [
        TotalRow(str(number), bar.name, "100", *"123456", str(bar.percent), "0.0", "1", "2 ↑1", bar.band)
        for number, bar in enumerate(drawn.bars, 1)
    ]
    sums = [
        TotalRow("", words, "2300", *"123456", "49.8", "-0.2", *"———", True) for words in ("未归属", "合计")
    ]
    given: dict[str, Any] = {
        "name": "岚县个体工商户培育工作简报",
        "issue_number": 2,
        "overall_number": 14,
        "issuer": "岚县个体工商户培育工作专班办公室",
        "day": "2022年7月5日",
        "title": ("2022年6月份全县个体工商户", "培育工作进展情况"),
        "introduction": ("按照岚政办发〔2022〕20号文件要求，现将有关情况通报如下。",),
        "sections": (
            Section("总体情况", ("截至6月30日，全县净增1146户。",)),
            Section("各单位完成情况", ("居前的是下列单位。",), (), "各单位完成情况表", standings),
            Section("三项专项行动开展情况", (), (Subsection("无证无照经营清零", ("摸排312户。",)),)),
        ),
        "recipients": (
            ("报", "县委、县政府"), ("送", "县人大、县政协"), ("发", "各乡镇人民政府，县直各有关单位"),
        ),
        "copies": 80,
        "month": "2022年6月",
        "as_of": "2022年6月30日",
        "pace": "50.0",
        "totals": (*totals, *sums),
        "totals_note": "“—”表示没有任务。",
        "chart": drawn,
    }  # fmt: skip
    return Bulletin(**given | more)


def template(name: str = "bulletin.docx") -> WordTemplate:
    return open_template(ROOT / "templates" / name)


def written(path: Path, said: Bulletin) -> Path:
    write_filled(template(), said.fields(), said.chart, path)
    return path
