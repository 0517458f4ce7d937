"""Lists of applicants as a township sends them in; everybody on them is made up."""

from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from pipeline.domain.model import Applicant
from support.desk import Desk, write_sheet
from support.inputs.people import applicants

HEADER = ("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址")
PEOPLE = applicants(7, seed=4)


def write_list(
    desk: Desk, file: str, people: Sequence[Applicant], *below: tuple[object, ...], **changes: object
) -> Path:
    """A list; ``changes`` is put into its last row, by header."""
    rows: list[list[object]] = [[number, *astuple(who)[:6]] for number, who in enumerate(people, 1)]
    for header, value in changes.items():
        rows[-1][HEADER.index(header)] = value
    return write_sheet(desk.root / "inputs" / file, [("培育对象名单",), HEADER, *rows, *below])
