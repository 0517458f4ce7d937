"""一台账 and 个转企: every business with what the exports say of it, a file for each unit, nobody's number."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from support.figures.lists import EAST, ROW, column, content, sheets, shop

from pipeline.domain.documents import Workbook
from pipeline.domain.records.exports.classed import Classed
from pipeline.domain.records.lists.upgrades import AMOUNTS, COLUMNS, DAYS, Upgrade
from pipeline.reports.lists.content import Content
from pipeline.reports.lists.data import lists_object
from pipeline.reports.lists.documents import documents

SHOPS = (
    shop(
        1,
        "01",
        doubts=2,
        classes=Classed("成长型", "特色", "是"),
        id_no="141127199001011234",
        phone="13800000000",
    ),
    shop(2, "02", operator="欧阳某"),
    shop(3, None, "1998-03-02"),
)


def upgrade(number: int, unit: str = "", **more: Any) -> Upgrade:
    texts = dict.fromkeys(COLUMNS, "") | more.pop("texts", {})
    amounts = dict.fromkeys(AMOUNTS) | {
        name: Fraction(value) for name, value in more.pop("amounts", {}).items()
    }
    days = dict.fromkeys(DAYS) | more
    return Upgrade(ROW, f"92{number:016d}", unit, amounts, days, texts)


LISTED = (
    upgrade(
        1, texts={"company_type": "有限责任公司", "operator": "王小明"}, amounts={"staff": 6, "due": 4200, "paid": 1200},
        day=date(2022, 6, 15),
    ),
    upgrade(2, "东村镇", texts={"company_type": "个人独资企业"}, amounts={"due": "3000.5"}),
    upgrade(9),
)  # fmt: skip


def of_units(given: Content) -> dict[str, Workbook]:
    return {each.name: each for each in documents(given) if isinstance(each, Workbook) and each.folder}


def test_classes_and_doubts_stand_there_as_imported_and_blank_where_nothing_is_given() -> None:
    found = sheets(content(ledger=SHOPS))["一台账"]
    assert column(found, "分型") == ["成长型", "", ""] and column(found, "名特优新") == ["特色", "", ""]
    assert column(found, "个转企") == ["是", "", ""] and column(found, "疑点数") == [2, 0, 0]
    assert column(found, "归属单位") == ["东村镇", "普明镇", "未归属"]
    assert column(found, "成立日期") == ["2019-01-01", "2019-01-01", "1998-03-02"]
    assert column(found, "身份证号")[0] == "1411…（18位）" and column(found, "联系电话")[0] == "138…（11位）"
    assert column(found, "经营者")[1] == "欧某某"


def test_each_unit_gets_a_ledger_of_its_own_be_there_a_business_or_not() -> None:
    assert of_units(content(ledger=SHOPS)) == {}
    found = of_units(content(ledger=SHOPS, each=True))
    assert list(found) == ["01-东村镇", "02-普明镇", "16-县住建局"] and {
        each.folder for each in found.values()
    } == {"各单位"}
    for name, book in found.items():
        [sheet] = book.sheets
        assert column(sheet, "归属单位") == [name[3:]] * (name != "16-县住建局") and sheet.title.startswith(
            name[3:]
        )


def test_there_is_no_sheet_of_those_that_grow_without_any() -> None:
    assert "个转企" not in sheets(content(ledger=SHOPS))


def test_who_becomes_a_company_is_told_with_what_was_paid() -> None:
    found = sheets(content(ledger=SHOPS, upgrades=LISTED))["个转企"]
    assert column(found, "归属单位") == ["东村镇", "普明镇", "不在一台账里", ""]
    assert column(found, "奖补应兑（元）") == [4200, Fraction("3000.5"), "", Fraction("7200.5")]
    assert column(found, "奖补已兑（元）") == [1200, "", "", 1200]
    assert column(found, "个体名称") == ["商店1", "商店2", "", "合计3户"]
    assert column(found, "备注")[-1] == "已转型1户，公司制比率50.0%"
    assert column(found, "经营者")[0] == "王某某" and "内部资料" in found.title


def test_a_unit_s_list_has_its_own_and_those_in_its_care() -> None:
    found = sheets(content(ledger=SHOPS, upgrades=LISTED, only=EAST))
    assert column(found["一台账"], "名称") == ["商店1"]
    assert column(found["个转企"], "个体名称") == ["商店1", "商店2", "合计2户"]
    assert column(found["个转企"], "归属单位")[1] == "普明镇"


def test_the_data_count_the_same_and_name_nobody() -> None:
    found: Any = lists_object(content(ledger=SHOPS, upgrades=LISTED))
    assert found["ledger"] == {"only": None, "businesses": 3, "unattributed": 1, "doubts": 2}
    assert found["upgrades"] == {
        "listed": 3, "upgraded": 1, "company_share": 0.5, "staff": 6, "due": 7200.5, "paid": 1200,
    }  # fmt: skip
    assert [each["businesses"] for each in found["nodes"]] == [1, 1, 0]


@pytest.mark.parametrize("only", [None, EAST])
def test_without_anything_listed_there_is_still_a_ledger(only: Any) -> None:
    assert list(sheets(replace(content(), only=only))["一台账"].rows) == []
