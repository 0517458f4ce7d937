"""The year's letters, filtered, on the screen and in a workbook."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.clerk import DATE, at, listed, lose, now, void
from support.desk import KEYS, Desk
from support.inputs.lists import PEOPLE, write_list

from pipeline.errors import UsageFault
from pipeline.jobs.register import listing


@pytest.fixture
def named_desk(after: Callable[[str, Callable[[Desk], object]], Desk]) -> Desk:
    """东村镇 has two filled letters, the first for a shop whose characters look like others."""

    def named(desk: Desk) -> None:
        people = [replace(PEOPLE[0], business="⾼⼭ＫＴＶ"), PEOPLE[1]]
        write_list(desk, "东村镇培育对象名单.xlsx", people)
        assert desk.run("letters", *DATE).code == 0

    return after("named", named)


def save(desk: Desk, name: str, **wanted: str) -> Path:
    with at(desk) as workspace:
        rows = listing.listing(workspace, listing.Filter(**wanted))  # type: ignore[arg-type]
        return listing.save_listing(workspace, rows, name, now())


def test_a_list_is_filtered_by_unit_state_batch_and_day(printed_desk: Desk) -> None:
    lose(printed_desk, "02-0001", day=date(2022, 7, 1))
    void(printed_desk, "03-0002-0003", day=date(2022, 8, 1))
    assert printed_desk.run("letters").code == 0
    assert len(listed(printed_desk)) == 12
    assert listed(printed_desk, state="void") == ["03-0002", "03-0003"]
    assert listed(printed_desk, unit="普明镇", state="printed") == ["02-0002", "02-0003", "02-0004"]
    assert listed(printed_desk, batch="2022-002") == ["02-0004", "03-0005", "03-0006"]
    assert listed(printed_desk, since=date(2022, 7, 1), until=date(2022, 7, 31)) == ["02-0001"]


def test_a_list_finds_people_by_their_names_and_their_shops(named_desk: Desk) -> None:
    desk = named_desk
    assert listed(desk, name=PEOPLE[0].name) == ["01-0001"]
    assert listed(desk, name=PEOPLE[1].business) == ["01-0002"]
    assert listed(desk, text=PEOPLE[1].name) == listed(desk, text="2022-01-0002") == ["01-0002"]
    assert listed(desk, text="岚个培〔2022〕０１－０００２号") == listed(desk, text="1-0002") == ["01-0002"]
    assert listed(desk, text="0003") == ["02-0003", "03-0003"]
    assert listed(desk, text="没有这个人") == []


def test_a_list_finds_a_name_however_its_characters_are_typed(named_desk: Desk) -> None:
    for typed in ("高山", "⾼⼭", "高\u200b山", "高 山", "ktv"):
        assert listed(named_desk, name=typed) == ["01-0001"], typed
    assert listed(named_desk, name="高川") == []


def test_a_list_is_saved_below_outputs_in_the_columns_of_the_usage_ledger(printed_desk: Desk) -> None:
    void(printed_desk, "01-0001", day=date(2022, 8, 1))
    path = save(printed_desk, "清单", unit="东村镇")
    assert path == printed_desk.outputs / "清单.xlsx" and path.stat().st_mode & 0o077 == 0
    rows = list(load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert rows[0][0] == "编号" and rows[0][-4] == "状态"
    assert [(row[0], row[-4], row[-1]) for row in rows[1:]] == [
        ("岚个培〔2022〕01-0001号", "作废", "2022-08-01，填错"),
        ("岚个培〔2022〕01-0002号", "未发放", None),
    ]
    save(printed_desk, "清单.xlsx")
    assert load_workbook(path).worksheets[0].max_row == 2 + len(KEYS)
    assert sorted(entry.name for entry in printed_desk.outputs.iterdir()) == ["letters", "清单.xlsx"]


def test_a_list_is_saved_nowhere_else(printed_desk: Desk) -> None:
    with pytest.raises(UsageFault):
        save(printed_desk, "../清单.xlsx")
    assert not (printed_desk.root / "清单.xlsx").exists()
