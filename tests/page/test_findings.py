"""An examination, file by file and alike faults together."""

from typing import Any

from pipeline.page.findings import Row, by_file


def fault(
    file: str, row: int | None, code: str = "bad-phone", column: str | None = "联系方式", **more: Any
) -> dict[str, Any]:
    return {
        "file": file, "sheet": "Sheet1", "row": row, "column": column, "value": "", "code": code, "advice": "请改正。",
    } | more  # fmt: skip


def account(file: str, **more: Any) -> dict[str, Any]:
    return {"file": file, "kind": "applicants", "rows": 3, "read": 2, "left_out": {"表头": 1}} | more


def found(*problems: dict[str, Any], files: Any = (), notices: Any = ()) -> dict[str, Any]:
    return {"problems": list(problems), "notices": list(notices), "files": list(files), "copies": []}


def test_files_with_problems_come_first_and_the_rest_in_reading_order() -> None:
    made = by_file(found(fault("丙", 2), files=[account("甲"), account("乙"), account("丙")]))
    assert [each.file for each in made] == ["丙", "甲", "乙"]


def test_a_problem_of_no_table_has_its_own_place() -> None:
    [roster, _] = by_file(found(fault("单位名录", None, "missing-table", None), files=[account("甲")]))
    assert (roster.file, roster.parts, roster.problem_count) == ("单位名录", (), 1)


def test_alike_faults_are_one_group_with_their_rows_as_spans() -> None:
    told = [fault("甲", row) for row in (9, 3, 4, 5, 12)]
    [file] = by_file(found(*told, files=[account("甲")]))
    [alike] = file.problems
    assert (alike.rows, alike.advice, file.problem_count) == ("第3—5、9、12行", "请改正。", 5)


def test_of_many_rows_apart_the_heading_names_the_first() -> None:
    [file] = by_file(found(*(fault("甲", row) for row in range(2, 402, 3)), files=[account("甲")]))
    assert file.problems[0].rows == "第2、5、8、11、14、17、20、23、26、29、32、35等134行"


def test_the_same_code_in_another_column_or_sheet_is_another_group() -> None:
    told = [fault("甲", 3), fault("甲", 3, column="身份证号"), fault("甲", 3, sheet="二"), fault("甲", 4)]
    [file] = by_file(found(*told))
    assert [(each.sheet, each.column, each.rows) for each in file.problems] == [
        ("Sheet1", "联系方式", "第3—4行"), ("Sheet1", "身份证号", "第3行"), ("二", "联系方式", "第3行"),
    ]  # fmt: skip


def test_advice_that_differs_is_told_row_by_row() -> None:
    [file] = by_file(found(fault("甲", 3), fault("甲", 4, advice="请补上。")))
    assert file.problems[0].advice == ""


def test_the_table_s_own_rows_stand_around_a_fault_and_its_cell_is_marked() -> None:
    table = {
        "file": "甲", "sheet": "Sheet1", "header": 1,
        "columns": [{"place": 1, "column": "A", "name": "姓名"}, {"place": 3, "column": "C", "name": ""}],
        "rows": [{"row": 1, "cells": ["姓名", ""]}, {"row": 2, "cells": ["某甲", "1"]}, {"row": 3, "cells": ["某乙", ""]}],
    }  # fmt: skip
    told = found(fault("甲", 3, place=3, around=[1, 2, 3]), files=[account("甲")]) | {"tables": [table]}
    [shown] = by_file(told)[0].problems[0].faults
    assert shown.head == ("姓名", "C列")
    assert shown.around == (
        Row(2, (("某甲", False), ("1", False))), Row(3, (("某乙", False), ("", True))),
    )  # fmt: skip


def test_who_has_his_letter_is_no_notice() -> None:
    told = [fault("甲", row, "already-issued") for row in (3, 4)]
    [file] = by_file(found(notices=[*told, fault("甲", 5)]))
    assert (file.notice_count, file.settled_count) == (1, 2)


def test_notices_are_counted_apart_and_the_marked_copy_is_named() -> None:
    [file] = by_file(found(notices=[fault("甲", 3)], files=[account("甲", copy="甲-已标注.xlsx")]))
    assert (file.problem_count, file.notice_count, file.copy) == (0, 1, "甲-已标注.xlsx")
