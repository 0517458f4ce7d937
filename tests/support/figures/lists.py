"""The lists of a few measures of a plan, and what stands in their cells; nobody here exists."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from pipeline.domain.documents import Workbook, Worksheet
from pipeline.domain.items.book import items_on
from pipeline.domain.model import Source, Unit
from pipeline.domain.period import Year
from pipeline.domain.records.lists.measures import COLUMNS, Measure
from pipeline.domain.records.lists.policies import COLUMNS as POLICY_COLUMNS
from pipeline.domain.records.lists.policies import Policy
from pipeline.domain.statistics.attribution import Attribution
from pipeline.domain.statistics.figures import Yardstick
from pipeline.reports.lists.content import Content, Entered
from pipeline.reports.lists.documents import documents
from pipeline.settings import Items
from support.figures.months import published
from support.figures.shops import business
from support.items import ABOUT, empty_book, entered

EAST = Unit("01", "东村镇", "岚县东村镇人民政府", "乡镇", target=60)
WEST = Unit("02", "普明镇", "岚县普明镇人民政府", "乡镇", target=20)
WORKS = Unit("16", "县住建局", "岚县住房和城乡建设管理局", "县直", target=30)
ROW, DAY = Source("清单素材.xlsx", "措施", 3), date(2022, 7, 1)
PHONE = "13800000000"


def measure(key: str, title: str, units: str, **more: Any) -> Measure:
    """A measure with one amount."""
    texts = dict.fromkeys(COLUMNS, "") | more.pop("texts", {})
    amounts: dict[str, Any] = {
        "indicator": "", "unit_of_measure": "", "target": None, "actual": None, "source": "", "day": None, "policy": "",
        "start": None, "deadline": None, "nodes": (),
    }  # fmt: skip
    return Measure(ROW, key, title, tuple(units.split("、")), **amounts | more, texts=texts)


TRAINING = measure(
    "C6-2", "开展辅导培训", "县住建局、各乡镇人民政府", indicator="培训", unit_of_measure="人", target=Fraction(2380),
    actual=Fraction(1320), source="县人社局", day=date(2022, 6, 30), deadline=date(2022, 12, 31),
    texts={"leader": "王某", "person": "张某", "phone": PHONE, "progress": f"已联系{PHONE}"},
)  # fmt: skip
MEASURES = (
    measure("C1-1", "提升准入准营便利度", "县行政审批局"),
    measure(
        "C3-4", "降低制度性成本", "东村镇、县住建局", indicator="补助户数", unit_of_measure="户", actual=Fraction(312),
        source="财政", day=DAY, policy="创业补助",
    ),
    measure(
        "C3-4", "降低制度性成本", "东村镇、县住建局", indicator="补助金额", unit_of_measure="万元", policy="创业补助",
        actual=Fraction(624, 10), source="财政", day=DAY,
    ),
    measure(
        "C3-4", "降低制度性成本", "东村镇、县住建局", indicator="现金补助", unit_of_measure="元", policy="创业补助",
        actual=Fraction(6000), source="财政", day=DAY,
    ),
    measure(
        "C3-4", "降低制度性成本", "东村镇、县住建局", indicator="免租户数", unit_of_measure="户", policy="免租",
        target=Fraction(20), deadline=date(2022, 6, 30),
    ),
    TRAINING,
    replace(TRAINING, indicator="其中：创业培训", target=Fraction(180), actual=None, source="", day=None),
)  # fmt: skip


def policy(name: str, until: date | None = None, **texts: str) -> Policy:
    """A policy."""
    return Policy(ROW, name, ("县财政局",), until, dict.fromkeys(POLICY_COLUMNS, "") | {"name": name} | texts)


def content(**changed: Any) -> Content:
    """The lists on 1 July, after June's bulletin."""
    book = empty_book(Items())
    book.open(replace(ABOUT, kind="政策未兑现", source="C3-4", problem="补助没有到位"), date(2022, 6, 1))
    book.open(replace(ABOUT, source="第6期简报"), date(2022, 6, 1))
    given: dict[str, Any] = {
        "period": Year(2022), "county": "岚县", "office": "岚县专班办公室", "at": datetime(2022, 7, 1, 9, tzinfo=UTC),
        "day": DAY, "units": (EAST, WEST, WORKS), "measures": MEASURES,
        "policies": (policy("创业补助"), policy("免租", date(2022, 6, 30)), policy("贷款")), "plans": {},
        "yardstick": Yardstick(), "figures": published(6, (36, 5, 15), (EAST, WEST, WORKS)),
        "items": items_on(entered(book), DAY, Items()), "ledger": (),
    }  # fmt: skip
    return Content(**given | changed)


def sheets(given: Content) -> Mapping[str, Worksheet]:
    """Every sheet of the three workbooks by its name."""
    books = [each for each in documents(given) if isinstance(each, Workbook) and not each.folder]
    assert [each.name for each in books] == ["五清单", "六定表", "一台账"]
    return {sheet.name: replace(sheet, rows=list(sheet.rows)) for book in books for sheet in book.sheets}


def column(sheet: Worksheet, header: str) -> list[object]:
    """A column's cells."""
    place = [each.header for each in sheet.columns].index(header)
    return [row[place] for row in sheet.rows]


def shop(
    number: int, unit: str | None, established: str = "2019-01-01", doubts: int = 0, **more: Any
) -> Entered:
    """A business in the ledger."""
    return Entered(
        Attribution(business(number, established, **more), unit, "介绍信" if unit else None), doubts, "东村镇"
    )
