"""A kind of report needs nothing but its declaration: kept, made again, revised, numbered, checked and asked for by it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from support.desk import Desk, write_sheet

from pipeline.adapters.archive import Archive
from pipeline.adapters.register import open_register
from pipeline.cli.reports import command_of
from pipeline.domain.documents import Column, Data, Document, Workbook, Worksheet
from pipeline.domain.journal import Act, Journal
from pipeline.domain.model import Problem, Source
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Quarter
from pipeline.domain.records.notes import NOTES
from pipeline.errors import FileFault, RegisterFault, Stop, UsageFault
from pipeline.jobs.report import Request, run
from pipeline.publishing import publish
from pipeline.publishing.manifest import report_differences
from pipeline.publishing.renderer import Renderer
from pipeline.publishing.report import Facts, FrozenReport, Issue, IssueNumber
from pipeline.workspace import open_workspace

NOW = datetime(2022, 8, 1, 9, 0, tzinfo=timezone(timedelta(hours=8)))
FIRST, SECOND = Quarter(2022, 1), Quarter(2022, 2)


@dataclass(frozen=True)
class Roll:
    """The units of the plan: what the report of these tests says."""

    period: Quarter
    number: IssueNumber
    office: str
    at: datetime
    reason: str
    units: tuple[str, ...]

    def to_plain(self) -> dict[str, Any]:
        number = [self.number.number, self.number.overall]
        return {
            "period": self.period.name, "number": number, "office": self.office, "at": self.at.isoformat(),
            "reason": self.reason, "units": self.units,
        }  # fmt: skip

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Roll":
        return cls(
            Quarter.read(plain["period"]), IssueNumber(*plain["number"]), plain["office"],
            datetime.fromisoformat(plain["at"]), plain["reason"], tuple(plain["units"]),
        )  # fmt: skip


def compose(facts: Facts, issue: Issue) -> Roll:
    names = tuple(unit.name for unit in facts.intake.units)
    return Roll(issue.period, issue.number, facts.settings.plan.office, issue.at, issue.reason, names)


def documents(roll: Roll) -> Iterator[Document]:
    rows = [[unit] for unit in roll.units]
    yield Workbook("名册", [Worksheet("名册", roll.period.words, [Column("单位", 20)], rows)])
    for unit in roll.units:
        yield Workbook(unit, [Worksheet("名册", unit, [Column("单位", 20)], [[unit]])], folder="各单位")
    yield Data("roll", {"units": list(roll.units), "number": roll.number.number})


def lacks(facts: Facts, period: Quarter | None) -> tuple[Problem, ...]:
    if period == Quarter(2022, 3):
        return (Problem(Source("inputs"), None, "", "missing-table", "没有这个季度的。"),)
    return ()


ROLL = FrozenReport(
    name="roll", title="名册", about="出名册。", documents=documents, period=Quarter, by_default="第二季度",
    reads=(), templates=(), lacks=lacks, latest=lambda _: SECOND, compose=compose, from_plain=Roll.from_plain,
    counted_in="期",
    number=lambda roll: roll.number, closing=lambda roll: f"{len(roll.units)}个单位。",
)  # fmt: skip


class Silent:
    def say(self, text: str) -> None:
        pass

    def expect(self, text: str, pages: int) -> None:
        pass

    def advance(self, pages: int) -> None:
        pass


def job(desk: Desk, kind: FrozenReport[Any], request: Request, now: datetime = NOW) -> Outcome:
    with Renderer(open_workspace(desk.root)) as renderer:
        return run(renderer, kind, request, now, Silent())


@pytest.fixture
def ask(desk: Desk) -> Callable[..., Outcome]:
    """Run the job, a day later each time."""
    days = iter(range(100))
    return lambda *request, **named: job(desk, ROLL, Request(*request, **named), NOW + timedelta(next(days)))


def there(desk: Desk, quarter: str = "2022-Q2") -> dict[str, bytes]:
    folder = desk.outputs / "roll" / quarter
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def kept(desk: Desk) -> list[tuple[str, int]]:
    return [(one.period, one.revision) for one in Archive(desk.root / "register" / "bulletins").publications]


def test_it_is_published_kept_and_sealed(desk: Desk, ask: Callable[..., Outcome]) -> None:
    outcome = ask()
    assert (outcome.exit_code, outcome.closing) == (0, "2022年第2季度名册已出：第1期，3个单位。")
    assert outcome.folders == (str(desk.outputs / "roll" / "2022-Q2"),)
    names = {
        "名册.xlsx",
        "roll.json",
        "manifest.json",
        *(f"各单位/{unit}.xlsx" for unit in ("东村镇", "普明镇", "县民政局")),
    }
    assert set(there(desk)) == names
    assert (desk.root / "register" / "bulletins" / "roll-2022-Q2-1" / "issue.json").is_file()
    secret = bytes.fromhex((desk.root / "register" / "verify.key").read_text())
    assert list(report_differences("roll", desk.outputs / "roll" / "2022-Q2", secret)) == []


def test_what_was_published_is_made_again_to_the_byte_whatever_has_changed(
    desk: Desk, ask: Callable[..., Outcome]
) -> None:
    ask()
    before = there(desk)
    write_sheet(desk.root / "inputs" / "任务分解表.xlsx", [("这里什么也没有",)])
    for path in (desk.outputs / "roll" / "2022-Q2").glob("*.xlsx"):
        path.write_bytes(b"changed")
    assert ask(SECOND).exit_code == 0 and there(desk) == before and kept(desk) == [("2022-Q2", 1)]


def test_it_is_revised_only_with_a_reason_and_keeps_its_number(
    desk: Desk, ask: Callable[..., Outcome]
) -> None:
    ask(SECOND)
    ask(FIRST)
    desk.write_roster([("01", "东村镇", "岚县东村镇人民政府", "乡镇", "")])
    desk.write_targets([("东村镇", 2)])
    assert "第1期，3个单位" in ask(SECOND).closing
    assert ask(SECOND, reason="撤并").closing == "2022年第2季度名册（更正）已出：第1期，1个单位。"
    assert kept(desk) == [("2022-Q2", 1), ("2022-Q1", 1), ("2022-Q2", 2)]
    assert json.loads(there(desk)["roll.json"]) == {"units": ["东村镇"], "number": 1}
    assert json.loads(there(desk, "2022-Q1")["roll.json"])["number"] == 2


def test_a_number_belongs_to_one_period(ask: Callable[..., Outcome]) -> None:
    assert "第5期" in ask(SECOND, 5).closing
    with pytest.raises(RegisterFault, match="第5期已经是2022年第2季度的名册"):
        ask(FIRST, 5)
    with pytest.raises(RegisterFault, match="2022年第2季度的名册已按第5期印发"):
        ask(SECOND, 6)
    assert "第6期" in ask(FIRST).closing


@pytest.mark.parametrize(
    "request_, fault, words",
    [
        (Request(Quarter(2022, 4)), UsageFault, "2022年第4季度还没有到，不能出名册"),
        (Request(SECOND, reason="错了"), UsageFault, "2022年第2季度的名册还没有印发过"),
    ],
)
def test_what_cannot_be_asked_for(desk: Desk, request_: Request, fault: type[Stop], words: str) -> None:
    with pytest.raises(fault, match=words):
        job(desk, ROLL, request_)
    assert kept(desk) == [] and not (desk.outputs / "roll").exists()


def entering(facts: Facts, journal: Journal) -> Sequence[Act]:
    """An item for each note that was dragged in and has none yet; one of 「拒」 is refused."""
    known = {entry.details["problem"] for entry in journal.of("items")}
    texts = [text for text in facts.intake.said(NOTES).of("存在问题") if text not in known]
    if "拒。" in texts:
        raise RegisterFault("不让记。")
    more = {"kind": "诉求", "standard": "办结", "deadline": "2022-09-30", "unit_name": "东村镇"}
    return [Act("items", None, "open", "01", facts.today, "", {"problem": text, **more}) for text in texts]


@pytest.fixture
def enter(desk: Desk) -> Callable[..., Outcome]:
    """Run the job of a kind that enters something, with these notes in ``inputs``."""
    kind = replace(ROLL, reads=(NOTES,), enters=entering)

    def run_with(*notes: str, **named: Any) -> Outcome:
        rows = [("存在问题", note) for note in notes]
        write_sheet(desk.root / "inputs" / "简报素材.xlsx", [("栏目", "内容"), *rows])
        return job(desk, kind, Request(SECOND, **named))

    return run_with


def entered(desk: Desk) -> list[tuple[int, date]]:
    with open_register(desk.register) as register:
        return [(entry.number, entry.day) for entry in register.journal("items", 2022)]


def test_what_its_tables_ask_to_be_entered_is_entered_once_whether_it_is_new_or_made_again(
    desk: Desk, enter: Callable[..., Outcome]
) -> None:
    day = date(2022, 7, 9)
    assert enter("甲", "乙", today=day).closing == "台账记入2项。2022年第2季度名册已出：第1期，3个单位。"
    before = there(desk)
    assert enter("甲", "乙", today=day).closing.startswith("2022年第2季度名册已出")
    assert enter("甲", "乙", "丙").closing.startswith("台账记入1项。2022年第2季度名册已出")
    assert there(desk) == before and kept(desk) == [("2022-Q2", 1)]
    assert entered(desk) == [(1, day), (2, day), (3, NOW.date())]


def test_what_the_register_refuses_or_the_tables_have_wrong_enters_and_publishes_nothing(
    desk: Desk, enter: Callable[..., Outcome]
) -> None:
    with pytest.raises(RegisterFault, match="不让记"):
        enter("甲", "拒")
    desk.write_targets([("东村镇", "二")])
    assert enter("甲").exit_code == 3
    assert kept(desk) == [] and not desk.register.exists()


def test_a_run_that_dies_between_entering_and_publishing_doubles_nothing(
    desk: Desk, enter: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dead:
        dead.setattr(publish, "write_tables", dying)
        with pytest.raises(KeyboardInterrupt):
            enter("甲", "乙")
    assert len(entered(desk)) == 2 and kept(desk) == []
    assert enter("甲", "乙").closing.startswith("2022年第2季度名册已出：第1期")
    assert len(entered(desk)) == 2 and kept(desk) == [("2022-Q2", 1)]


def test_one_that_enters_is_made_again_whatever_has_changed_where_nothing_was_dragged_in(
    desk: Desk, enter: Callable[..., Outcome]
) -> None:
    enter("甲")
    before = there(desk)
    (desk.root / "inputs" / "简报素材.xlsx").unlink()
    write_sheet(desk.root / "inputs" / "任务分解表.xlsx", [("这里什么也没有",)])
    kind = replace(ROLL, reads=(NOTES,), enters=entering)
    assert job(desk, kind, Request(SECOND)).exit_code == 0
    assert there(desk) == before


def test_what_it_lacks_and_what_is_wrong_in_its_tables_stop_it(
    desk: Desk, ask: Callable[..., Outcome]
) -> None:
    outcome = ask(Quarter(2022, 3))
    assert (outcome.exit_code, [each.advice for each in outcome.problems]) == (3, ["没有这个季度的。"])
    desk.write_targets([("东村镇", "二")])
    assert ask().exit_code == 3 and kept(desk) == []


def test_what_could_not_be_made_is_not_kept(
    desk: Desk, ask: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(publish, "write_tables", refusing)
        with pytest.raises(FileFault):
            ask()
    assert kept(desk) == [] and not (desk.outputs / "roll").exists()
    with monkeypatch.context() as full:
        full.setattr(publish, "replace_folder", refusing)
        with pytest.raises(FileFault):
            ask()
    assert kept(desk) == [("2022-Q2", 1)], "kept before its files appear"
    assert "第1期" in ask().closing and there(desk)


def test_its_command_follows_from_it(desk: Desk) -> None:
    said = CliRunner().invoke(command_of(ROLL), ["--help"], obj=desk.root).output
    assert "出名册。" in said and "--quarter 年-Q季" in said and "如 2022-Q2；不写，出第二季度。" in said

    def asked(*arguments: str) -> Any:
        return CliRunner().invoke(command_of(ROLL), arguments, obj=Path(desk.root), standalone_mode=False)

    for wrong in (("--quarter", "2022-06"), ("--quarter", "2021-Q1"), ("--revise",), ("--issue-number", "0")):
        assert isinstance(asked(*wrong).exception, click.UsageError), wrong
    done = asked("--quarter", "2022-Q1", "--json")
    assert done.return_value == 0 and json.loads(done.stdout)["folders"] == [
        str(desk.outputs / "roll" / "2022-Q1")
    ]
