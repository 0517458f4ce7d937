"""``examples/qingyuan-2024``: a made-up district with eight streets (街道), one group of units, in a later plan year.

No such district exists. Its plan, roster and letter template are its own, so that nothing of the county's can be in its papers.
"""

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from examples.build.county import ROOT
from examples.build.files import Sheet, xlsx
from examples.build.people import Maker, Person
from examples.build.texts import csv_text
from examples.build.workspace import Workspace

NAME, YEAR = "清源区", 2024
PLAN = """# 编造的一个区：八个街道，只有一类单位。没写的设置按默认值。

[plan]
county = "清源区"
code = "999901"                   # 编造的代码
year = 2024
office = "清源区个体工商户服务专班办公室"

[letters]
serial = "清源个服〔{year}〕{unit}-{number:04d}"
book_size = 10

[bulletin]
name = "清源区个体工商户发展服务简报"
basis = "《清源区促进个体工商户高质量发展工作方案》（清源政办发〔2024〕6号）"
requirement = "按月通报"
system = "月通报、季会商"
report_office = "专班办公室（设在区市场监督管理局）"
report_to = "区委、区政府"
send_to = "区人大、区政协"
issue_to = "各街道办事处"
copies = 30

[bulletin.campaigns]
"夜市摊点入驻规范专项行动" = ["夜市摊点", "夜市"]
"社区便民网点培育专项行动" = ["社区便民网点", "便民网点"]

[inputs]
other_units = ["区市场监督管理局", "区税务局"]
"""
LETTER = ("--office", "区市场监督管理局", "--serial", f"清源个服〔{YEAR}〕01-0001")
"""How its letter's template differs."""
STREETS = ("青杨", "白桦", "丹枫", "翠柏", "金桂", "银杏", "玉兰", "紫荆")
TARGETS = (8, 7, 6, 5, 5, 4, 3, 2)
GAINED = (3, 2, 2, 1, 0, 1, 1, 0)
"""Businesses that each registered from January to March."""
ROADS = ("和平路", "中兴大道", "迎春路", "书院巷", "新华南路")
NUMBERS = Counter({"01": 4, "03": 2})
"""Unit code → applicants on its list."""
HEADER = (
    "统一社会信用代码", "名称", "经营者", "身份证号", "经营范围", "经营场所", "成立日期", "登记状态", "注销日期", "联系电话",
    "介绍信编号", "引荐单位",
)  # fmt: skip
CLASSED = ("分型", "名特优新", "个转企")
"""Columns of what the authorities have classed a business as, which March's export has."""


@dataclass(frozen=True)
class Shop:
    """An individual business."""

    who: Person
    code: str
    established: date
    unit: str = ""
    """Code of the street that it counts for; empty for none."""
    letter: str = ""
    cancelled: date | None = None


def make_district(folder: Path) -> None:
    """Make it; its figures are counted from what was made up."""
    workspace, maker = Workspace(folder), Maker(YEAR, NAME, ROADS)
    workspace.begin(PLAN)
    letter = [
        ROOT / "templates" / "build" / "letter.py",
        "--to",
        folder / "templates" / "letter.docx",
        *LETTER,
    ]
    subprocess.run([sys.executable, *letter], check=True)
    _write_plan(workspace)
    listed = {code: [maker.person(street(code)) for _ in range(count)] for code, count in NUMBERS.items()}
    _write_list(workspace, listed)
    shops = list(_shops(maker, listed))
    for month in (1, 2, 3):
        _write_export(workspace, shops, month)
    _write_notes(workspace)
    workspace.finish(
        applicants=dict(NUMBERS),
        figures={f"{YEAR}-{month:02d}": figures(shops, month) for month in (1, 2, 3)},
    )


def street(code: str) -> str:
    """A street's short name."""
    return f"{STREETS[int(code) - 1]}街道"


def _write_plan(workspace: Workspace) -> None:
    roster = Sheet("名录")
    roster.add("编号", "单位名称", "全称", "类别", "别名")
    targets = Sheet("任务分解")
    targets.title(f"{NAME}{YEAR}年个体工商户净增任务分解表", 3)
    targets.add("序号", "街道", "净增任务数")
    for number, (name, target) in enumerate(zip(STREETS, TARGETS, strict=True), 1):
        full = f"{NAME}人民政府{name}街道办事处"
        roster.record(f"{number:02}", f"{name}街道", full, "街道", f"{name}街道办、{name}办事处")
        targets.record(number, f"{name}街道", target)
    targets.add("全区合计", None, sum(TARGETS))
    workspace.put("单位名录.xlsx", xlsx(roster), roster, kind="roster")
    workspace.put("任务分解表.xlsx", xlsx(targets), targets, kind="targets")


def _write_list(workspace: Workspace, listed: dict[str, list[Person]]) -> None:
    sheet = Sheet()
    sheet.add("序号", "姓名", "身份证号", "联系方式", "名称", "主要经营", "经营地址", "街道")
    everybody = [(code, who) for code, people in listed.items() for who in people]
    for number, (code, who) in enumerate(everybody, 1):
        sheet.record(
            number, who.name, who.id_no, who.phone, who.business, who.scope, who.address, street(code)
        )
    workspace.put("培育对象名单/各街道名单.csv", csv_text(sheet), sheet, kind="applicants")


def _shops(maker: Maker, listed: dict[str, list[Person]]) -> list[Shop]:
    """Half of each list opened, with its letter; the others are declared; some are nobody's, some closed."""
    found = []
    for number, gained in enumerate(GAINED, 1):
        code = f"{number:02}"
        on_list = listed.get(code, [])[: gained - 1]
        for place in range(gained):
            who = on_list[place] if place < len(on_list) else maker.person(street(code))
            letter = f"{YEAR}-{code}-{place + 1:04d}" if place < len(on_list) else ""
            found.append(Shop(who, maker.code(), _day(maker), code, letter))
    found += [Shop(maker.person("青杨街道"), maker.code(), _day(maker)) for _ in range(3)]
    for _ in range(2):
        old = date(2016, 5, 1) + timedelta(maker.chance.randrange(2000))
        found.append(Shop(maker.person("白桦街道"), maker.code(), old, cancelled=_day(maker)))
    return found


def _day(maker: Maker) -> date:
    """A day from January to March."""
    return date(YEAR, 1, 2) + timedelta(maker.chance.randrange(89))


def _write_export(workspace: Workspace, shops: list[Shop], month: int) -> None:
    sheet = Sheet(f"{month}月")
    is_classed = month == 3
    sheet.add(*HEADER, *CLASSED * is_classed)
    for number, shop in enumerate(sorted(shops, key=lambda shop: (shop.established, shop.code))):
        day = shop.cancelled or shop.established
        if (day.year, day.month) == (YEAR, month):
            who = shop.who
            sheet.record(
                shop.code, who.business, who.name, who.id_no, who.scope, who.address, shop.established,
                "注销" if shop.cancelled else "存续", shop.cancelled, who.phone, shop.letter,
                street(shop.unit) if shop.unit else "", *_classed(number) * is_classed,
            )  # fmt: skip
    workspace.put(f"登记数据/{YEAR}年{month}月.xlsx", xlsx(sheet), sheet, kind="registrations")


def _classed(number: int) -> tuple[str, str, str]:
    """生存型 for most; each fifth 成长型, and each tenth 特色."""
    return "成长型" if number % 5 == 0 else "生存型", "特色" if number % 10 == 0 else "", ""


def _write_notes(workspace: Workspace) -> None:
    sheet = Sheet("简报素材")
    sheet.add("栏目", "内容", "指标", "数值")
    sheet.record("典型经验", "青杨街道在便民服务中心设“一站办”窗口，当天受理、当天领照。", None, None)
    sheet.record("夜市", None, "摸排摊点", "64个")
    sheet.record("便民网点", "白桦街道走访三个社区，帮八户备齐材料。", None, None)
    workspace.put("简报素材.xlsx", xlsx(sheet), sheet, kind="notes")


def figures(shops: list[Shop], month: int) -> dict[str, dict[str, int]]:
    """Unit code, ``county`` and ``unattributed`` → new and cancelled in the month and from January on."""
    names = ("new_month", "cancelled_month", "new", "cancelled")
    codes = [f"{number:02}" for number in range(1, len(STREETS) + 1)]
    found = {code: dict.fromkeys(names, 0) for code in ("county", *codes, "unattributed")}
    for shop in shops:
        for key, day in (("new", shop.established), ("cancelled", shop.cancelled)):
            if day and day.year == YEAR and day.month <= month:
                for whose in ("county", shop.unit or "unattributed"):
                    found[whose][key] += 1
                    found[whose][f"{key}_month"] += day.month == month
    return found
