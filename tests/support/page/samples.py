"""Something to ask each address for: what belongs to the first unit, where it can belong to one."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import Any

import pypdfium2
from django.utils import timezone

from pipeline.adapters.archive import Archive
from pipeline.adapters.register import open_register
from pipeline.domain.assessment.steps import Steps
from pipeline.domain.journal import Act, Journal
from pipeline.domain.letters.model import Serial
from pipeline.domain.period import Month
from pipeline.jobs import assess
from pipeline.jobs.items.acts import Request, Wish, do, open_item
from pipeline.jobs.items.lookup import items_on
from pipeline.page import runs
from pipeline.page.access import Route
from pipeline.page.forms.assess import of_year
from pipeline.page.models import Run, Waiting
from pipeline.publishing.report import IssueNumber
from pipeline.reports.dispatch import DISPATCH
from pipeline.reports.dispatch.content import Content
from pipeline.workspace import open_workspace
from support.page import UNITS, Site
from support.registers.numbered import reserve

OWN = f"单位/{UNITS[0].code}/名单.xlsx"
"""A table of the first unit's."""
_DAY = date(2022, 7, 5)


def examined(told: Any) -> Run:
    """An examination that has ended."""
    return ended_with(told, 3, "check")


def ended_with(told: Any, code: int, *arguments: str) -> Run:
    """A run that has ended, as its command leaves it behind."""
    run = Run.objects.create(title="检查", arguments=list(arguments))
    folder = runs.folder_of(run)
    folder.mkdir()
    (folder / "out").write_text(json.dumps(told), "utf-8")
    (folder / "exit").write_text(f"{code}", "ascii")
    return run


def _run(_: Site) -> str:
    run = Run.objects.create(account="own", unit=UNITS[0].code, title="检查", arguments=["check"])
    Run.objects.filter(pk=run.pk).update(at=timezone.now().replace(year=2022))
    return str(run.pk)


def _trial(_: Site) -> str:
    unit = {
        "unit": UNITS[0].name,
        "count": 2300,
        "first_serial": "岚个培〔2022〕01-0001",
        "last_serial": "岚个培〔2022〕01-2300",
    }
    told = {
        "exit_code": 0, "closing": "试算：将编号并打印2300份，没有用掉任何编号。", "letters": 2300, "units": [unit],
        "foreseen": "0123456789abcdef",
    }  # fmt: skip
    return str(ended_with(told, 0, "letters", "--dry-run").pk)


def _waiting(site: Site) -> str:
    (site.desk.root / "page" / "incoming" / "waits").write_bytes(b"a")
    made = Waiting.objects.create(file="waits", target=OWN, account="own", unit=UNITS[0].code)
    return str(made.pk)


def _table(site: Site) -> str:
    path = site.desk.root / "inputs" / OWN
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a")
    return OWN


def _faulty(site: Site) -> str:
    copy = site.desk.outputs / "check" / "名单-已标注.xlsx"
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(b"a")
    account = {"file": OWN, "kind": "applicants", "rows": 1, "read": 0, "left_out": {}, "copy": str(copy)}
    examined({"problems": [], "notices": [], "files": [account], "copies": [str(copy)]})
    return OWN


def _paper(site: Site) -> str:
    path = site.desk.outputs / "letters" / "2022-001" / "各单位" / f"{UNITS[0].code}-{UNITS[0].name}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_pdf())
    return path.relative_to(site.desk.outputs).as_posix()


def _month(site: Site) -> str:
    for kind in ("bulletin", "supervise"):
        path = site.desk.outputs / kind / "2022-06" / "简报.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_pdf())
    return "2022-06"


def _item(site: Site) -> str:
    workspace = open_workspace(site.desk.root)
    if not items_on(workspace, _DAY):
        wish = Wish(UNITS[0].name, "诉求", "缺场地", "场地落实", date(2022, 7, 20))
        open_item(workspace, wish, _DAY, datetime(2022, 7, 5, 12).astimezone())
    return items_on(workspace, _DAY)[0].key


def _proof(site: Site) -> str:
    key = _item(site)
    name = f"{key}/照片.pdf"
    path = site.desk.root / "inputs" / "佐证" / name
    if not path.exists():
        path.parent.mkdir(parents=True)
        path.write_bytes(_pdf())
        for act, said, evidence in (
            ("assign", "", ()),
            ("accept", "", ()),
            ("progress", "有了场地", (name,)),
        ):
            asked = Request(key, act, "经办人", {"reason": said}, evidence)
            do(open_workspace(site.desk.root), asked, _DAY, datetime(2022, 7, 5, 12).astimezone())
    return name


@cache
def _pdf() -> bytes:
    """A page with nothing on it."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100).close()
    made = BytesIO()
    document.save(made)
    document.close()
    return made.getvalue()


def _letter(site: Site) -> str:
    with open_register(site.desk.register) as register:
        if register.find(Serial(2022, UNITS[0].code, 1)) is None:
            reserve(register, (UNITS[0], 1))
    return "1"


def _sheet(site: Site) -> str:
    """June's dispatch sheet, issued without printing it."""
    archive = Archive(open_workspace(site.desk.root).publications)
    if archive.latest(DISPATCH.name, "2022-06") is None:
        archive.keep(archive.drafted(DISPATCH.name, "2022-06", dispatch_sheet().to_plain(), {}))
    return UNITS[0].code


def dispatch_sheet(month: str = "2022-06") -> Content:
    """What a dispatch sheet of the small desk's units says."""
    rows = [
        {
            "序号": str(number), "单位名称": unit.name, "任务数": "180", "累计净增": "112", "完成率": "62.2", "进度差": "12.2",
            "距序时差": "-22", "差额": "68", "后续月均": "12", "近三月月均": "26.7", "推算全年": "272", "等次": "先进",
            "位次": f"{number} ↑1", "未销号": "2", "逾期": "0", "挂账": "2/0", "月份": month,
        }
        for number, unit in enumerate(UNITS, 1)
    ]  # fmt: skip
    period, at = Month.read(month), datetime(2022, 7, 5, 9, tzinfo=UTC)
    units = [[unit.code, unit.name] for unit in UNITS]
    number = IssueNumber(period.month, period.month)
    return Content(at, _DAY, "专班办公室", period, number, {"县": "岚县", "各行": rows}, units, {})


def _settled(site: Site) -> str:
    """An assessment whose scheme is settled."""
    workspace = open_workspace(site.desk.root)
    if not of_year(workspace).course.is_begun:
        now = datetime.now().astimezone()
        assess.do(workspace, assess.Request("settle", "王某", "补办"), now.date(), now)
    return UNITS[0].code


def objected(site: Site) -> None:
    """What the settled assessment has come to once its results were told, and the first unit does not agree."""
    told = {"last": "2099-01-01", "conclusions_last": "", "totals": {}}
    step(site, "feedback", told)
    step(site, "object", {"item": "", "reason": "漏计2户"}, UNITS[0].code)
    scored(site, {"process": {"fed_back": {"on": "2026-01-01"}}})


def step(site: Site, act: str, details: dict[str, object], unit: str = "") -> None:
    """A step of the assessment entered as its command does, whatever the year's figures are."""
    now = datetime.now().astimezone()

    def plan(journal: Journal) -> Sequence[Act]:
        steps = Steps(journal)
        steps.do(act, now.date(), "孙某" if act == "answer" else "李某", details, unit)
        return steps.acts

    with open_register(site.desk.register) as register:
        register.enter(2022, plan, now)


def scored(site: Site, more: dict[str, object]) -> None:
    """What the assessment's command leaves behind: 70, 71 and 72 points."""
    folder = site.desk.outputs / "assess" / "2022"
    (folder / "各单位").mkdir(parents=True, exist_ok=True)
    for unit in UNITS:
        (folder / "各单位" / f"{unit.code}-{unit.name}.pdf").write_bytes(_pdf())
    item = {
        "name": "政策兑现",
        "weight": 40,
        "actual": 80,
        "target": 100,
        "score": 32,
        "working": "80÷100×40",
    }
    units = [
        {"code": unit.code, "name": unit.name, "group": unit.group, "total": 70 + place, "grade": "合格", "rank": 3 - place, "items": [item]}
        for place, unit in enumerate(UNITS)
    ]  # fmt: skip
    (folder / "assess.json").write_text(json.dumps({"year": 2022, "units": units, **more}), "utf-8")


def _evidence(site: Site) -> str:
    name = f"{UNITS[0].name}/措施落实/照片.pdf"
    path = site.desk.root / "inputs" / "佐证" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_pdf())
    return name


SAMPLES: Mapping[str, Callable[[Site], str]] = {
    "number": _run,
    "unit": lambda _: UNITS[0].code,
    "key": _item,
    "kind": lambda _: "bulletin",
    "period": _month,
    "letters-number number": _trial,
    "input-answer number": _waiting,
    "input name": _table,
    "input-remove name": _table,
    "verdict-file name": _faulty,
    "verdict-copy name": _faulty,
    "file name": _paper,
    "picture name": _paper,
    "item-evidence name": _proof,
    "item-act name": lambda _: "accept",
    "year": lambda _: "2022",
    "letter": _letter,
    "what": lambda _: "check",
    "dispatch-unit unit": _sheet,
    "dispatch-send unit": _sheet,
    "assess-unit unit": _settled,
    "assess-self unit": _settled,
    "assess-evidence name": _evidence,
    "assess-remove name": _evidence,
    "act": lambda _: "settle",
}
"""A parameter of a path, or of one route's → how to make something that it can name."""


def sample(route: Route, name: str, site: Site) -> str:
    """A value of a path's parameter; one that :data:`SAMPLES` does not know is a fault of the test."""
    make = SAMPLES.get(f"{route.name} {name}") or SAMPLES[name]
    return make(site)


def address(route: Route, site: Site) -> str:
    """An address of the route."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: sample(route, found[1], site), route.path)
