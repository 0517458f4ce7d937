"""Lists of two people, read; everybody on them is made up (region 999999)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.domain.letters.number import SerialFormat
from pipeline.domain.model import Applicant, Source, Unit
from pipeline.domain.records.applicants import APPLICANTS
from pipeline.domain.records.reading import Known, Reading
from pipeline.domain.tables.grid import Grid, Table
from pipeline.domain.values.cell import Value
from support.reading.tables import recognise
from support.settings import SETTINGS

UNITS = (
    Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", ("东村",)),
    Unit("10", "县市场监管局", "岚县市场监督管理局", "县直", ("市监局",)),
    Unit("17", "市生态环境局岚县分局", "吕梁市生态环境局岚县分局", "县直", ("生态环境局",)),
    Unit("19", "县农业农村局", "岚县农业农村局", "县直", ("农业局",)),
)
HEADER = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
WANG = ("王小明", "999999199001010118", "13800000000", "小明便利店", "日用百货", "东村镇文明街12号", "东村镇")
LI = ("李芳", "999999198503050015", "13900000001", "李芳理发店", "理发服务", "东村镇向阳路3号", "东村镇")


def checked(digits: str) -> str:
    """An ID number with its check sign."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(digits[:17], weights, strict=True)) % 11
    return digits[:17] + "10X98765432"[rest]


WANG = (WANG[0], checked(WANG[1]), *WANG[2:])
LI = (LI[0], checked(LI[1]), *LI[2:])


def table(*rows: tuple[Value, ...], header: tuple[Value, ...] = HEADER, file: str = "名单.xlsx") -> Table:
    lines = tuple((number, tuple(row)) for number, row in enumerate((header, *rows), 1))
    found = recognise(Grid(Source(file, "Sheet1"), lines))
    assert isinstance(found, Table), found
    return found


def numbered(*people: tuple[Value, ...]) -> list[tuple[Value, ...]]:
    return [(number, *who) for number, who in enumerate(people, 1)]


def read(
    *tables: Table, units: Sequence[Unit] = UNITS, **more: Any
) -> Reading[Mapping[str, Sequence[Applicant]]]:
    return APPLICANTS.read(
        tables, Known(units, SerialFormat(2022, SETTINGS.letters.serial), date(2022, 6, 1), **more)
    )
