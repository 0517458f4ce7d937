"""What the last examination found: to each his own."""

from typing import Any

import pytest
from support.page import UNITS, Site
from support.page.samples import examined

from pipeline.page.access import Role

OWN, OTHER, OFFICES = "单位/01/名单.xlsx", "单位/02/名单.xlsx", "任务分解表.xlsx"


def fault(file: str) -> dict[str, Any]:
    return {
        "file": file, "sheet": "Sheet1", "row": 3, "column": "联系方式", "value": "154…（10位）", "code": "bad-phone",
        "advice": "电话少一位。", "place": 2, "around": [3],
    }  # fmt: skip


def found(site: Site) -> dict[str, Any]:
    copy = site.desk.root / "outputs" / "check" / OWN.replace(".xlsx", "-已标注.xlsx")
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"marked")
    account = {
        "kind": "applicants",
        "rows": 3,
        "read": 1,
        "left_out": {"有问题": 1, "表头": 1},
        "copy": str(copy),
    }
    table = {
        "file": OWN, "sheet": "Sheet1", "header": 1, "columns": [{"place": 2, "column": "B", "name": "联系方式"}],
        "rows": [{"row": 3, "cells": ["154…（10位）"]}],
    }  # fmt: skip
    return {
        "problems": [fault(OWN), fault(OTHER), fault(OFFICES)], "notices": [], "copies": [str(copy)],
        "files": [account | {"file": file} for file in (OWN, OTHER, OFFICES)], "tables": [table],
    }  # fmt: skip


def test_each_file_is_told_with_what_was_taken_of_it(site: Site) -> None:
    examined(found(site))
    shown = site.client().get("/verdict/").content.decode()
    assert "有3处要改" in shown and "培育对象名单" in shown and "有问题1、表头1" in shown
    for file in (OWN, OTHER, OFFICES):
        assert file in shown


def test_a_file_of_several_tables_has_a_row_for_each(site: Site) -> None:
    told = found(site)
    told["files"].insert(1, told["files"][0] | {"kind": "registrations", "rows": 99, "read": 98})
    examined(told)
    shown = site.client().get("/verdict/").content.decode()
    row = "".join(next(row for row in shown.split("<tr") if "登记数据" in row).split("\n"))
    assert '<td class="number" data-name="行数">99</td><td class="number" data-name="采用">98</td>' in row
    assert shown.count(f">{OWN}</a>") == 1 and 'rowspan="2"' in shown


def test_what_is_no_table_has_its_row_too(site: Site) -> None:
    examined(found(site) | {"files": []})
    assert f">{OFFICES}</a>" in site.client().get("/verdict/").content.decode()


def test_a_fault_stands_among_the_rows_of_its_table(site: Site) -> None:
    examined(found(site))
    shown = site.client().get(f"/verdict/file/{OWN}").content.decode()
    assert "电话少一位。" in shown and '<td class="wrong">154…（10位）' in shown


def test_a_unit_is_told_of_its_own_files_alone(site: Site) -> None:
    examined(found(site))
    site.account("东村", Role.UNIT, UNITS[0])
    client = site.client("东村")
    shown = client.get("/verdict/").content.decode()
    assert "有1处要改" in shown and OWN in shown and OTHER not in shown and OFFICES not in shown
    assert client.get(f"/verdict/file/{OWN}").status_code == 200
    assert b"".join(client.get(f"/verdict/copy/{OWN}").streaming_content) == b"marked"  # type: ignore[attr-defined]
    for name in (OTHER, OFFICES, "单位/01/../02/名单.xlsx"):
        assert client.get(f"/verdict/file/{name}").status_code == 404
        assert client.get(f"/verdict/copy/{name}").status_code == 404


@pytest.mark.parametrize(
    "told", ["{", [], {"exit_code": 2, "closing": "错误"}], ids=["half", "list", "refused"]
)
def test_an_examination_that_found_nothing_out_is_not_shown(site: Site, told: Any) -> None:
    examined(found(site))
    examined(told)
    assert "有3处要改" in site.client().get("/verdict/").content.decode()


def test_before_the_first_examination_one_is_sent_to_the_tables(site: Site) -> None:
    assert site.client().get("/verdict/").headers["Location"] == "/inputs/"


def test_a_list_whose_letters_are_out_alarms_nobody(site: Site) -> None:
    told = found(site) | {"problems": []}
    told["files"][0]["left_out"] = {"表头": 1, "已有介绍信": 1}
    told["notices"] = [fault(OWN) | {"code": "already-issued", "advice": "已有介绍信，不再出。"}]
    examined(told)
    client = site.client()
    overview = client.get("/verdict/").content.decode()
    assert "没有要改的。" in overview and "看一看" not in overview and "不用再出的1" in overview
    shown = client.get(f"/verdict/file/{OWN}").content.decode()
    assert (
        "没有问题。" in shown
        and "出过介绍信、不用再办的（1处）" in shown
        and 'class="alike" open' not in shown
    )


def test_a_unit_is_told_nothing_of_where_else_a_person_stands(site: Site) -> None:
    told = found(site)
    told["notices"] = [
        fault(OWN) | {"code": "already-issued", "advice": "已有介绍信 02-0001号（普明镇），不再出。"}
    ]
    examined(told)
    site.account("东村", Role.UNIT, UNITS[0])
    unit = site.client("东村")
    shown = unit.get(f"/verdict/file/{OWN}").content.decode()
    assert "普明镇" not in shown and "02-0001" not in shown and "请找专班办公室核对" in shown
    assert unit.get(f"/verdict/copy/{OWN}").status_code == 404
