"""``examples/jincheng``: a city that numbers letters for its counties, and rolls up what they send.

The counties' files are made with what the product makes them with, and sealed with secrets that anybody can read here.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from examples.build.city import (
    CITY,
    CODE,
    CORRECTED,
    INSIDE,
    MISSING,
    NAME,
    YEAR,
    County,
    Shop,
    applicants,
    counts,
    of_county,
    shops,
)  # fmt: skip
from examples.build.county import ROOT
from examples.build.files import Sheet, xlsx
from examples.build.measures import put_materials
from examples.build.people import Maker
from examples.build.plans import JINCHENG, offices
from examples.build.workspace import Workspace
from pipeline.adapters.sealed import sealed
from pipeline.domain.model import Unit
from pipeline.domain.statistics.figures import MonthFigures, Tally, Yardstick
from pipeline.domain.statistics.measuring import standings
from pipeline.domain.statistics.published import figures_object
from pipeline.settings import Plan

FOLDER = "各县区报来"
HEADER = (
    "统一社会信用代码", "名称", "经营者", "身份证号", "经营范围", "经营场所", "成立日期", "登记状态", "注销日期", "联系电话", "引荐单位",
)  # fmt: skip
PLAN = f"""# 市里的工作方案：示例，人、店铺、数字都是编造的。

[plan]
county = "{NAME}"
code = "{CODE}"
year = {YEAR}
office = "{NAME}扶持个体工商户发展工作专班办公室"

[letters]
serial = "晋个培〔{{year}}〕{{unit}}-{{number:04d}}"

[bulletin]
name = "{NAME}个体工商户发展工作简报"
basis = "《关于支持个体工商户倍增质升的实施方案》（晋市市监〔2022〕67号）"
report_office = "工作专班办公室（设在市市场监管局）"
report_to = "市委、市政府"
issue_to = "各县（市、区）人民政府，开发区管委会，市直各有关单位"

[inputs]
other_units = [{", ".join(f'"{name}"' for name in offices(JINCHENG) if name not in CITY[-1].aliases)}]

[supervise]
addressees = {{ "县（市、区）" = "{{name}}扶持个体工商户发展工作专班" }}   # 市专班的函发给县里的专班，不发给县政府

[rollup]
counties = {{ {", ".join(f'"{each.code}" = "{each.name}"' for each in CITY)} }}
name = "{NAME}个体工商户发展工作汇总简报"
inside = {{ "07" = "01" }}        # 开发区的户数，城区的数里已经有了
"""


LETTER = ("--office", "市行政审批服务管理局", "--serial", f"晋个培〔{YEAR}〕01-0001")
"""How its letter's template differs."""
ROADS = ("泽州路", "凤台东街", "文昌街", "丹河南路", "白水街")


@dataclass(frozen=True)
class Received:
    """A file that a county sent."""

    file: str
    county: County
    month: int
    revision: int
    on: date
    """The day on which it came."""


def make_jincheng(folder: Path) -> None:
    """Make it; what it all comes to is counted from what was made up, past everything that the program does."""
    workspace, maker = Workspace(folder), Maker(1405, NAME, ROADS)
    workspace.begin(PLAN)
    letter = [
        ROOT / "templates" / "build" / "letter.py",
        "--to",
        folder / "templates" / "letter.docx",
        *LETTER,
    ]
    subprocess.run([sys.executable, *letter], check=True)
    _write_plan(workspace)
    _write_list(workspace, maker)
    put_materials(workspace, JINCHENG, [each.name for each in CITY])
    found = shops(maker)
    _write_export(workspace, found)
    for each in received():
        data = figures_file(each, of_county(found, each.county))
        workspace.leave(each.file, data)
        workspace.files.append({"file": each.file, "kind": "county-figures", "rows": 1, "good": 1})
    set_days(folder)
    months = {f"{YEAR}-{month:02d}": month for month in range(1, 7)}
    workspace.finish(
        rollup={name: _expected(found, month) for name, month in months.items()},
        registered={
            name: sum(shop.established.month <= month for shop in found) for name, month in months.items()
        },
    )


def received() -> Iterator[Received]:
    """All files, under the names that clerks gave them."""
    for month in range(1, 7):
        for each in CITY:
            if (each.code, month) == (MISSING, 6):
                continue
            day = date(YEAR, month + 1, 8 if (each.code, month) in {("05", 6), ("02", 3)} else 4)
            name = f"{month}月/{each.name}.json"
            if each.code == "03":
                name = f"高平市/figures ({month}).json" if month > 1 else "高平市/figures.json"
            elif each.code == "07":
                name = f"{month}月/开发区报{month}月数.txt"
            yield Received(f"{FOLDER}/{name}", each, month, 1, day)
            if (each.code, month) == (CORRECTED, 6):
                yield Received(f"{FOLDER}/6月/{each.name}（更正）.json", each, month, 2, date(YEAR, 7, 5))


def set_days(folder: Path) -> None:
    """Let each file be of the day on which it came; git does not keep that."""
    for each in received():
        at = datetime(each.on.year, each.on.month, each.on.day, 10, tzinfo=timezone(timedelta(hours=8)))
        os.utime(folder / "inputs" / each.file, (at.timestamp(), at.timestamp()))


def secret_of(county: County) -> bytes:
    """Of a county's office; in earnest it never leaves that."""
    return f"example secret of {county.code}".encode().ljust(32, b".")


def figures_file(each: Received, own: Sequence[Shop]) -> bytes:
    """What a county's bulletin of a month puts into ``figures.json``."""
    county = each.county
    share, rest = divmod(county.own_target, len(county.towns))
    units = [
        Unit(f"{number:02d}", town, town, "单位", target=share + (rest if number == 1 else 0))
        for number, town in enumerate(county.towns, 1)
    ]
    # What was wrong at first in the one that was corrected: its last business was missing.
    counted = own[:-1] if each.county.code == CORRECTED and each.month == 6 and each.revision == 1 else own
    known = {unit.name for unit in units}
    tallies = {
        unit.code: Tally(**counts([shop for shop in counted if shop.town == unit.name], each.month))
        for unit in units
    }
    nobody = Tally(**counts([shop for shop in counted if shop.town not in known], each.month))
    yardstick = Yardstick()
    figures = MonthFigures(
        YEAR, each.month, yardstick, standings(units, tallies, yardstick, each.month), nobody
    )
    plan = Plan(county.name, county.code, YEAR)
    content = sealed(figures_object(figures, each.month, plan, each.revision), secret_of(county))
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def _expected(found: Sequence[Shop], month: int) -> dict[str, Any]:
    """What a roll-up of a month comes to: all but who is missing, the zone inside a district once."""
    there = [each for each in CITY if (each.code, month) != (MISSING, 6)]
    added = [shop for shop in found if shop.county in there]
    states = {
        each.county.name: "迟报" if each.on.day > 5 else "按时" for each in received() if each.month == month
    }
    corrected = {each.county.name: "更正" for each in received() if each.month == month and each.revision > 1}
    return {
        "target": sum(each.target for each in there if each.code not in INSIDE),
        **counts(added, month),
        "states": {each.name: (states | corrected).get(each.name, "未报") for each in CITY},
    }


def _write_plan(workspace: Workspace) -> None:
    roster, targets = Sheet("单位名录"), Sheet("任务分解表")
    roster.title(f"{NAME}各县（市、区）名录（示例）", 5)
    roster.add("编号", "单位名称", "全称", "类别", "别名")
    targets.title(f"{YEAR}年任务分解表（示例，任务数是编造的）", 4)
    targets.add("序号", "单位名称", "任务数/户", "备注")
    for number, each in enumerate(CITY, 1):
        roster.record(each.code, each.name, each.full_name, each.group, each.aliases)
        targets.record(number, each.name, each.target, "")
    targets.add("合计", None, sum(each.target for each in CITY))
    workspace.put("单位名录.xlsx", xlsx(roster), roster, kind="roster")
    workspace.put("任务分解表.xlsx", xlsx(targets), targets, kind="targets")


def _write_list(workspace: Workspace, maker: Maker) -> None:
    sheet = Sheet("名单")
    sheet.add("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "单位")
    for number, who in enumerate(applicants(maker, CITY[0], 6), 1):
        sheet.record(
            number, who.name, who.id_no, who.phone, who.business, who.scope, who.address, CITY[0].name
        )
    workspace.put("城区培育对象名单.xlsx", xlsx(sheet), sheet, kind="applicants")


def _write_export(workspace: Workspace, found: Sequence[Shop]) -> None:
    """What the city's registry has of all of them."""
    sheet = Sheet("个体工商户登记")
    sheet.add(*HEADER)
    for shop in found:
        who = shop.who
        state = "注销" if shop.cancelled else "存续（在营、开业、在册）"
        sheet.record(
            shop.code, who.business, who.name, who.id_no, who.scope, who.address, shop.established, state, shop.cancelled,
            who.phone, shop.county.name,
        )  # fmt: skip
    workspace.put("登记数据/2022年上半年.xlsx", xlsx(sheet), sheet, kind="registrations")
