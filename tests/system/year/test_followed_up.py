"""A year of following up, figure by figure: bulletin → dispatch → supervision → open items, to the last one closed.

Twelve months of 26 units through the real commands, each on the day on which it would be typed. What the papers say is
read off the papers; what they should say is written down in ``support.figures.scripted``.
"""

import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.desk import ROOT, Desk, settle, write_sheet
from support.figures import printed
from support.figures.scripted import CORRECTED, CORRECTED_IN, TARGETS, Chronicle, Count, papers_of
from support.programs import LATER
from support.seen import assert_sound

Rows = Mapping[str, Sequence[str]]
"""Name → cells, of the bulletin's table of all units."""
Acts = Mapping[int, Sequence[tuple[Any, ...]]]
NAMES = {"提醒": "提醒函", "督办": "督办函", "约谈": "约谈通知书"}
DISPATCHED = (3, 4, 12)
"""Months with a meeting."""
CRITICISED = {6: {"界河口镇"}, 9: {"顺会乡"}, 12: {"梁家庄乡", "县财政局"}}
PROOF = ("--by", "李四", "--head", "王五", "--evidence", "照片.txt")
REVIEWED = ("--by", "赵六")
AGREED = {
    "B3": "市场东区启用", "D3": "县住建局", "G3": "2022-06-20", "B4": "对接信用贷款", "D4": "县发改局", "G4": "2022-07-31",
}  # fmt: skip
ABOUT = ("--problem", "反映的问题", "--standard", "答复到位")
ENTERED: Acts = {
    2: [
        ("2022-03-07", "assign", 1), ("2022-03-07", "assign", 2), ("2022-03-08", "object", 2, "--reason", "不由本单位办"),
        ("2022-03-09", "withdraw", 2, "--reason", "立账有误"), ("2022-03-25", "apply", 1, *PROOF),
        ("2022-03-28", "return", 1, *REVIEWED, "--reason", "名单不全"), ("2022-03-30", "apply", 1, *PROOF),
    ],
    3: [
        ("2022-04-06", "close", 1, *REVIEWED),
        *(("2022-04-07", "assign", number) for number in (3, 4, 5)),
        *(("2022-04-08", "accept", number) for number in (3, 4, 5)),
        ("2022-04-15", "extend", 4, "--deadline", "2022-05-10", "--reason", "场地在修"), ("2022-04-18", "grant", 4),
        ("2022-04-19", "apply", 5, *PROOF), ("2022-04-20", "close", 5, *REVIEWED),
    ],
    4: [
        ("2022-05-09", "assign", 6), ("2022-05-09", "apply", 4, *PROOF),
        ("2022-05-10", "accept", 6), ("2022-05-11", "return", 4, *REVIEWED, "--reason", "没有佐证原件"), ("2022-05-12", "assign", 8),
    ],
    5: [
        ("2022-06-16", "apply", 4, *PROOF), ("2022-06-17", "progress", 6, "--reason", "东区已启用"),
        ("2022-06-18", "close", 4, *REVIEWED), ("2022-06-18", "apply", 6, *PROOF), ("2022-06-19", "close", 6, *REVIEWED),
        ("2022-06-20", "apply", 3, *PROOF), ("2022-06-24", "close", 3, "--by", "赵六、钱七", "--way", "现场"),
    ],
    6: [
        ("2022-07-07", "assign", 9), ("2022-07-08", "accept", 9), ("2022-07-11", "suspend", 9, "--reason", "等县里定办法"),
        ("2022-07-25", "resume", 9), ("2022-07-26", "apply", 9, *PROOF), ("2022-07-27", "close", 9, *REVIEWED),
    ],
    7: [
        ("2022-08-08", "assign", 10), ("2022-08-09", "accept", 10), ("2022-08-10", "apply", 10, *PROOF),
        ("2022-08-11", "close", 10, *REVIEWED),
    ],
    10: [
        ("2022-11-07", "assign", 11), ("2022-11-07", "assign", 12), ("2022-11-14", "apply", 11, *PROOF),
        ("2022-11-14", "apply", 12, *PROOF), ("2022-11-15", "close", 11, *REVIEWED), ("2022-11-15", "close", 12, *REVIEWED),
    ],
}  # fmt: skip
"""Month → day, act, item and options of what is entered once its papers are out."""
REFUSED: Acts = {
    2: [("复核人不能是申请人", "2022-03-31", "close", 1, "--by", "李四"), ("早于上一步", "2022-03-09", "close", 1, *REVIEWED)],
    3: [
        ("签收以后不能撤账", "2022-04-11", "withdraw", 3, "--reason", "不办了"), ("现在是已销号", "2022-04-22", "apply", 5, *PROOF),
        ("时限2022-04-21已过", "2022-04-22", "extend", 3, "--deadline", "2022-05-31", "--reason", "忙"),
        ("已经延期1次", "2022-04-22", "extend", 4, "--deadline", "2022-05-31", "--reason", "忙"),
    ],
    4: [("要先申请销号", "2022-05-11", "close", 4, *REVIEWED)],
    5: [("现在是已销号", "2022-06-25", "progress", 3, "--reason", "又来"), ("要先申请延期", "2022-06-25", "grant", 7)],
    10: [("现在是已销号，不能登记恢复", "2022-11-16", "resume", 11)],
}  # fmt: skip
"""The same of what the rules forbid by then, after the reason that is given."""
AT_LAST = [
    (1, "普明镇", "数据问题", "已销号", None), (2, "县交通运输局", "政策未兑现", "已撤账", None), (3, "界河口镇", "进度滞后", "已销号", None),
    (4, "县人社局", "进度滞后", "已销号", None), (5, "县工信局", "进度滞后", "已销号", None), (6, "县住建局", "议定事项", "已销号", None),
    (7, "县发改局", "议定事项", "已立账", None), (8, "上明乡", "进度滞后", "已撤账", None), (9, "界河口镇", "进度滞后", "已销号", 3),
    (10, "东村镇", "诉求", "已销号", None), (11, "顺会乡", "进度滞后", "已销号", None), (12, "县工信局", "进度滞后", "已销号", 5),
    (13, "梁家庄乡", "进度滞后", "已立账", None),
]  # fmt: skip
"""Every item of the year: number, unit, kind, state, the one before."""


@dataclass
class Office:
    """The desk of the task force, the year as it was lived, and what has been printed so far."""

    desk: Desk
    lived: Chronicle = field(default_factory=Chronicle)
    before: Mapping[str, Count] = field(default_factory=dict)
    """Every unit's count of the month before."""

    def does(self, day: str, *words: str, code: int = 0) -> Any:
        """Type a command on a day; the object that it prints."""
        days = (date.fromisoformat(day) - datetime.now().astimezone().date()).days
        outcome = self.desk.run(str(days), *words, program=LATER)
        assert outcome.code == code, (day, words, outcome)
        return outcome.json if "--json" in words else outcome.said

    def folder(self, kind: str, month: int) -> Path:
        return self.desk.outputs / kind / f"2022-{month:02d}"

    def listed(self, day: str) -> list[dict[str, Any]]:
        """Items as the screen lists them, and as its sentence counts them."""
        told = self.does(day, "items", "list", "--today", day, "--json")
        counted = [item for item in told["items"] if item["state"] != "已撤账"]
        left = [item for item in counted if item["state"] != "已销号"]
        late = sum(item["overdue_days"] > 0 for item in left)
        assert (told["totals"]["open"], told["totals"]["overdue"]) == (len(left), late)
        assert told["totals"]["closed"] == len(counted) - len(left)
        if counted:
            said = told["closing"]
            closed = len(counted) - len(left)
            assert f"挂账事项共{len(counted)}项，" in said and (not closed or f"已销号{closed}项" in said)
            is_late = f"其中逾期{late}项" in said or (late == len(left) and "已逾期" in said)
            assert (bool(left), bool(late)) == ("未销号" in said, is_late)
        found: list[dict[str, Any]] = told["items"]
        return found


@pytest.fixture
def office(tmp_path: Path, remembering: Path) -> Office:
    """岚县 before the first month: its roster, its targets, everybody agreed."""
    desk = Desk(tmp_path / "岚县", remembering)
    shutil.copytree(ROOT / "templates", desk.root / "templates", ignore=shutil.ignore_patterns("build"))
    shutil.copy(ROOT / "pipeline.toml", desk.root)
    (desk.root / "inputs" / "佐证").mkdir(parents=True)
    (desk.root / "inputs" / "佐证" / "照片.txt").write_text("照片", encoding="utf-8")
    settle(Path(shutil.copy(ROOT / "inputs" / "单位名录.xlsx", desk.root / "inputs")))
    desk.write_targets(list(TARGETS.items()))
    desk.settings('notice_from = "2022-07"', 'notice_from = "2022-02"')
    desk.settings('authority = ""', 'authority = "县人民政府"')
    desk.settings('approved_by = ""', 'approved_by = "张某某（专班组长）"')
    return Office(desk)


@pytest.mark.slow
@pytest.mark.soffice
@pytest.mark.timeout(900)
def test_from_a_figure_to_a_closed_item(office: Office) -> None:
    for month in range(1, 13):
        a_month(office, month)
        assert_sound(office.desk, 0)
    the_year_is_whole(office)


def a_month(office: Office, month: int) -> None:
    """Bulletin, meeting and papers of a month, in the month after it; then what is done about the items."""
    now = office.lived.month(office.desk.root / "inputs" / "登记数据", month)
    rows = the_bulletin(office, month, now)
    if month == 2:
        from_the_bulletin(office)
    if month in DISPATCHED:
        the_meeting(office, month, rows)
    if month != 1:
        the_papers(office, month, rows)
    if month == 6:
        more = ("--unit", "东村镇", "--kind", "诉求", "--source", "第6期简报", "--deadline", "2022-08-31")
        told = office.does(on(6, 7), "items", "open", *more, *ABOUT, "--json")
        assert told["item"]["number"] == "岚个培账〔2022〕0010"
    for day, act, number, *said in ENTERED.get(month, ()):
        office.does(day, "items", act, str(number), *said, "--today", day)
    for reason, day, act, number, *said in REFUSED.get(month, ()):
        assert reason in office.does(day, "items", act, str(number), *said, "--today", day, code=6)
    if month == CORRECTED_IN:
        now = a_correction(office)
    office.before = now


def on(month: int, day: int) -> str:
    """A day of the month after a month."""
    return f"{2022 + month // 12}-{month % 12 + 1:02d}-{day:02d}"


def the_bulletin(office: Office, month: int, now: Mapping[str, Count], *more: str) -> Rows:
    """Every unit's row says what was lived, rounded by hand; its sentence on items what the list says that day."""
    day = on(month, 12 if more else 3)
    office.does(day, "bulletin", "--month", f"2022-{month:02d}", *more)
    folder = office.folder("bulletin", month)
    rows = printed.bulletin(folder)
    lines = printed.lines_of(rows)
    assert list(lines) == list(TARGETS)
    for name, count in now.items():
        then = office.before.get(name, Count(0, 0))
        new, cancelled = count.new - then.new, count.cancelled - then.cancelled
        told = (TARGETS[name], new, cancelled, new - cancelled, count.new, count.cancelled, count.net)
        assert tuple(rows[name][2:9]) == tuple(map(str, told)), (month, name)
        rate = Fraction(count.net, TARGETS[name])
        assert (lines[name].rate, lines[name].lead) == (points(rate), points(rate - Fraction(month, 12)))
    assert rows["合计"][2:9] == [
        str(sum(map(int, column))) for column in zip(*(rows[name][2:9] for name in now), strict=True)
    ]
    pdf = printed.text(folder / "简报.pdf")
    assert all("".join(row[1:]).replace(" ", "") in pdf for row in rows.values()), "the PDF is the docx"
    items = office.listed(day)
    assert printed.items(folder / "简报.pdf") == counted(items)
    chart, (left, late) = printed.text(folder / "作战图.pdf"), of_units(items)
    assert all(re.search(rf"{unit}(提醒|督办|约谈|—){left[unit]}{late[unit]}(?!\d)", chart) for unit in left)
    return rows


def points(share: Fraction) -> str:
    """A share in percent, one decimal, half away from zero."""
    return str((Decimal(share.numerator * 100) / share.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP))


def counted(items: list[dict[str, Any]]) -> tuple[int, int, int] | None:
    """Open, overdue and closed ones; None where there never was any that counts."""
    told = [item for item in items if item["state"] != "已撤账"]
    left = [item for item in told if item["state"] != "已销号"]
    return (
        (len(left), sum(item["overdue_days"] > 0 for item in left), len(told) - len(left)) if told else None
    )


def of_units(items: list[dict[str, Any]]) -> tuple[Counter[str], Counter[str]]:
    """How many items each unit has open, and how many of them are overdue."""
    left = Counter(item["unit"] for item in items if item["state"] not in {"已销号", "已撤账"})
    return left, Counter(item["unit"] for item in items if item["overdue_days"])


def from_the_bulletin(office: Office) -> None:
    """The office types two things that the month's list of doubts shows; the same sheet again enters nothing."""
    header = ("类别", "来源", "问题描述", "责任单位", "验收标准", "立账日", "原时限")
    source, days = "第2期简报", ("2022-03-04", "2022-03-31")
    rows = [
        ("数据问题", source, "注销的户没有核准日期", "普明镇", "逐户核实", *days),
        ("政策未兑现", source, "补贴没有到户", "县交通运输局", "逐户兑现", *days),
    ]
    write_sheet(office.desk.root / "inputs" / "挂账事项.xlsx", [header, *rows])
    for count in (2, 2):
        office.does(on(2, 4), "items", "import")
        assert len(office.listed(on(2, 4))) == count


def the_meeting(office: Office, month: int, rows: Rows) -> None:
    """The sheet has the bulletin's figures; what the first meeting agrees upon is entered by the next."""
    day, folder = on(month, 5), office.folder("dispatch", month)
    office.does(day, "dispatch", "--month", f"2022-{month:02d}", "--today", day)
    for lines in printed.dispatch_lines(folder):
        assert lines == printed.lines_of(rows)
    items = office.listed(day)
    left, late = of_units(items)
    cells = {row[1]: (int(row[13]), int(row[14])) for row in printed.sheet(folder / "调度表.xlsx") if row[0]}
    assert cells == {name: (left[name], late[name]) for name in TARGETS}
    assert printed.items(folder / "调度表.pdf") == counted(items)
    if month == DISPATCHED[0]:
        book = load_workbook(folder / "议定事项.xlsx")
        for place, value in AGREED.items():
            book.worksheets[0][place] = value
        book.save(path := office.desk.root / "inputs" / "议定事项.xlsx")
        settle(path)
    else:
        assert [item["source"] for item in items if item["kind"] == "议定事项"] == ["第1次调度会"] * 2


def the_papers(office: Office, month: int, rows: Rows) -> None:
    """One for each unit that the ladder names and none else, each with the bulletin's figures."""
    folder, lines = office.folder("supervise", month), printed.lines_of(rows)
    office.does(on(month, 6), "supervise", "--month", f"2022-{month:02d}", "--confirm", "all")
    papers, registry = issued(folder), printed.sheet(folder / "督办登记簿.xlsx")
    assert sorted((unit, level) for level, _, unit in papers) == sorted(papers_of(month).items())
    for (level, number, unit), path in papers.items():
        letter, line, text = printed.letter(path), lines[unit], printed.text(path)
        gap = ceil(Fraction(TARGETS[unit] * month, 12)) - int(line.net)
        assert [letter.new, letter.cancelled, letter.gap] == [*rows[unit][6:8], str(gap)]
        told = (letter.target, letter.net, letter.rate, f"-{letter.lead}", letter.band, letter.rank)
        assert told == astuple(line)
        peers = 9 if unit in list(TARGETS)[:9] else 17
        assert (letter.peers, letter.running) == (str(peers), str(running(unit, month)))
        [row] = [row for row in registry if row[3] == unit and row[2].startswith(f"{month}月份")]
        assert row[0].endswith(f"〔2022〕{number}号") and bool(row[6]) == (level != "提醒")
        assert row[0] in text and row[6] in text
    proposed = printed.text(folder / "督查文书审批单.pdf").partition("建议通报批评")[2]
    assert {unit for unit in TARGETS if unit in proposed} == CRITICISED.get(month, set())


def issued(folder: Path) -> dict[tuple[str, int, str], Path]:
    """Level, number and unit of each paper that lies among the issued ones."""
    found = {}
    for path in sorted((folder / "已签发").glob("*.pdf")):
        head, _, unit = path.stem.partition("号-")
        [level] = [level for level, name in NAMES.items() if head.startswith(name)]
        found[level, int(head.removeprefix(NAMES[level])), unit] = path
    return found


def running(unit: str, month: int) -> int:
    """Months without a break for which the ladder has named a unit."""
    months = 0
    while month > months and unit in papers_of(month - months):
        months += 1
    return months


def a_correction(office: Office) -> Mapping[str, Count]:
    """Registrations of a month turn up after its papers are out: the bulletin is corrected, the paper taken back."""
    month = ("--month", f"2022-{CORRECTED_IN:02d}")
    now = office.lived.correction(office.desk.root / "inputs" / "登记数据")
    the_bulletin(office, CORRECTED_IN, now, "--revise", "--reason", "补录")
    told = office.does(on(CORRECTED_IN, 13), "supervise", *month, "--json")
    [notice] = told["notices"]
    assert notice.startswith(f"应撤回给{CORRECTED}的岚个培督函〔2022〕4号") and "不再滞后" in notice
    words = ("supervise", *month, "--withdraw", CORRECTED, "--reason", "简报已更正")
    assert office.does(on(CORRECTED_IN, 13), *words, "--json")["notices"] == []
    folder = office.folder("supervise", CORRECTED_IN)
    assert [unit for _, _, unit in issued(folder)] == ["界河口镇"]
    assert [path.name for path in (folder / "已撤回").glob("*.pdf")] == [f"督办函4号-{CORRECTED}.pdf"]
    [row] = [row for row in printed.sheet(folder / "督办登记簿.xlsx") if row[0].endswith("督函〔2022〕4号")]
    assert "撤回：简报已更正" in row[-1]
    refused = office.does(on(CORRECTED_IN, 14), "supervise", *month, "--confirm", CORRECTED, code=6)
    assert "已撤回，同一个月不再发" in refused
    return now


def the_year_is_whole(office: Office) -> None:
    """Numbers without gap, one paper a unit and month, and the ledgers list what was done, no more and no less."""
    day = "2023-01-09"
    papers = [key for month in range(1, 13) for key in issued(office.folder("supervise", month))]
    numbers = {level: sorted(number for own, number, _ in papers if own == level) for level in NAMES}
    numbers["督办"] = sorted([*numbers["督办"], 4])  # the one that was withdrawn keeps its number
    assert numbers == {level: list(range(1, len(own) + 1)) for level, own in numbers.items()}
    assert sum(map(len, numbers.values())) == 18
    items = office.listed(day)
    serial = "岚个培账〔2022〕{:04d}".format
    assert [(each["number"], each["unit"], each["kind"], each["state"], each["previous"]) for each in items] == [
        (serial(number), *own, serial(before) if before else None) for number, *own, before in AT_LAST
    ]  # fmt: skip
    by_number = dict(enumerate(items, 1))
    assert {n: i["named_again"] for n, i in by_number.items() if i["named_again"]} == {3: 1, 11: 1}
    assert {n: i["returns"] for n, i in by_number.items() if i["returns"]} == {1: 1, 4: 1}
    assert [n for n, i in by_number.items() if i["extended"]] == [4]

    office.does(day, "items", "export", "--today", day)
    folder = office.desk.outputs / "items"
    left, closed = (printed.sheet(folder / f"{name}.xlsx") for name in ("问题台账", "销号台账"))
    assert {row[1] for row in left} == {serial(7), serial(13)}
    assert {row[1] for row in closed} == {serial(n) for n, *_, state, _ in AT_LAST if state == "已销号"}
    for name in ("问题台账", "销号台账"):
        assert printed.items(folder / f"{name}.pdf") == counted(items) == (2, 1, 9)
