"""What is made of the lists: three workbooks, a ledger for each unit on request, and the figures for other programs."""

from collections.abc import Iterator

from pipeline.domain.documents import Data, Document, Workbook
from pipeline.domain.model import Unit
from pipeline.reports.lists.content import Content
from pipeline.reports.lists.data import lists_object
from pipeline.reports.lists.five import five_lists
from pipeline.reports.lists.ledger import ledger
from pipeline.reports.lists.six import six_tables
from pipeline.reports.lists.upgrades import upgrades

OF_UNITS = "各单位"
"""The folder of the units' own ledgers."""


def documents(content: Content) -> Iterator[Document]:
    """All files of the lists; where they are asked for, each unit's own ledger, be there a business in it or not."""
    yield Workbook("五清单", five_lists(content))
    yield Workbook("六定表", six_tables(content))
    yield _ledger(content, "一台账", content.only)
    for unit in content.units if content.each else ():
        yield _ledger(content, f"{unit.code}-{unit.name}", unit, OF_UNITS)
    yield Data("lists", lists_object(content))


def _ledger(content: Content, name: str, only: Unit | None, folder: str = "") -> Workbook:
    return Workbook(name, (ledger(content, only), *upgrades(content, only)), folder)
