"""The job ``supervise``: what is entered, when, and what is refused; papers are not printed here."""

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from support.desk import ROOT
from support.figures.months import freeze, published
from support.figures.supervised import AT, NETS, UNITS, months

from pipeline.adapters.register import exists, open_register
from pipeline.domain.journal import Act
from pipeline.domain.outcome import Outcome
from pipeline.domain.period import Month
from pipeline.errors import ConversionFault, Edition, ExitCode, RegisterFault, Remedy
from pipeline.jobs import supervise
from pipeline.reports.supervision.content import Content
from pipeline.workspace import Workspace, open_workspace


class Press:
    """Stands in for printing: takes down what would be printed, and lets it be kept."""

    def __init__(self) -> None:
        self.content: Content | None = None
        self.kept: Mapping[str, bytes] = {}
        self.meanwhile: Callable[[], None] = lambda: None
        self.afterwards: Callable[[], None] = lambda: None

    def __call__(
        self, _renderer: object, _report: object, content: Content, kept: Mapping[str, bytes], keep: Callable[[], None]
    ) -> str:  # fmt: skip
        self.content, self.kept = content, kept
        self.meanwhile()
        keep()
        self.afterwards()
        return "outputs/supervise"

    def say(self, text: str) -> None:
        """Nobody listens."""

    def expect(self, text: str, pages: int) -> None:
        """Nor to this."""

    def advance(self, pages: int) -> None:
        """Nor to this."""

    def state(self, state: str) -> list[str]:
        assert self.content
        return [each.name for each in self.content.papers[state]]


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    made = Press()
    monkeypatch.setattr(supervise, "publish", made)
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Three months published, everybody agreed."""
    plan = (ROOT / "pipeline.toml").read_text(encoding="utf-8")
    for name, value in (("notice_from", "2022-01"), ("authority", "县人民政府"), ("approved_by", "张某某")):
        head, found, rest = plan.partition(f"\n{name} = ")
        assert found
        plan = f'{head}{found}"{value}"\n{rest.partition(chr(10))[2]}'
    (tmp_path / "pipeline.toml").write_text(plan, encoding="utf-8")
    shutil.copytree(ROOT / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("build"))
    opened = open_workspace(tmp_path)
    for figures in months():
        freeze(opened, figures)
    return opened


def run(workspace: Workspace, press: Press, month: int = 0, **asked: Any) -> Outcome:
    request = supervise.Request(Month(2022, month) if month else None, **asked)
    return supervise.run(open_workspace(workspace.root), request, AT, press)


def entries(workspace: Workspace) -> list[tuple[str, int, str, str]]:
    with open_register(workspace.register) as register:
        return [(each.series, each.number, each.act, each.unit) for each in register.entered(2022).entries]


def reword(path: Path, old: str, new: str) -> None:
    """Change a template's words."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    assert old in body
    parts["word/document.xml"] = body.replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_a_proposal_enters_nothing_and_makes_no_register(workspace: Workspace, press: Press) -> None:
    outcome = run(workspace, press)
    assert press.state("proposed") == ["约谈通知书-东村镇", "提醒函-普明镇"]
    assert outcome.exit_code == ExitCode.DONE and outcome.remedy is Remedy.CONFIRM_PAPERS
    assert (
        outcome.closing == "2022年3月督查文书已出：已签发0件，拟发2件。建议表扬1个单位，建议通报批评1个单位。"
    )
    assert not exists(workspace.register)


def test_a_month_without_a_bulletin_has_no_papers(workspace: Workspace, press: Press, tmp_path: Path) -> None:
    outcome = run(workspace, press, 4, confirm=("all",))
    assert (outcome.exit_code, outcome.remedy) == (ExitCode.DATA, Remedy.MAKE_BULLETIN)
    assert [each.code for each in outcome.problems] == ["missing-bulletin"] and press.content is None
    shutil.rmtree(workspace.publications)
    assert run(workspace, press).problems[0].advice.startswith("简报还没有印发")


def test_what_is_confirmed_is_entered_once(workspace: Workspace, press: Press) -> None:
    for month, count in ((1, 2), (2, 4), (3, 7)):
        outcome = run(workspace, press, month, confirm=("all",))
        assert press.state("proposed") == [] and len(entries(workspace)) == count
        assert run(workspace, press, month, confirm=("all",)).closing.count("这次登记") == 0
    assert "已签发2件，拟发0件。这次登记2件。" in outcome.closing and outcome.remedy is None
    assert entries(workspace) == [
        ("提醒", 1, "confirm", "01"), ("提醒", 2, "confirm", "02"), ("督办", 1, "confirm", "01"), ("items", 1, "open", "01"),
        ("约谈", 1, "confirm", "01"), ("提醒", 3, "confirm", "02"), ("items", 1, "again", "01"),
    ]  # fmt: skip
    with open_register(workspace.register) as register:
        assert list(register.faults()) == []


def test_a_paper_is_made_again_with_the_template_that_it_was_set_in(
    workspace: Workspace, press: Press
) -> None:
    path = workspace.template("reminder.docx")
    old = path.read_bytes()
    run(workspace, press, 1, confirm=("东村镇",))
    reword(path, "特此提醒", "现予提醒")
    run(workspace, press, 1, confirm=("普明镇",))
    digests = [hashlib.sha256(data).hexdigest() for data in (old, path.read_bytes())]
    assert press.content is not None
    assert [each.template.version for each in press.content.papers["confirmed"]] == digests
    run(workspace, press, 1)
    assert press.kept == dict(zip(digests, (old, path.read_bytes()), strict=True))


def test_nothing_is_entered_where_printing_fails(workspace: Workspace, press: Press) -> None:
    def fail() -> None:
        raise ConversionFault("印不出来")

    press.meanwhile = fail
    with pytest.raises(ConversionFault):
        run(workspace, press, confirm=("all",))
    assert entries(workspace) == []
    press.meanwhile = lambda: None
    run(workspace, press, confirm=("东村镇",))
    assert entries(workspace)[0] == ("约谈", 1, "confirm", "01")


def test_what_was_entered_before_the_run_died_is_made_by_the_next(workspace: Workspace, press: Press) -> None:
    def die() -> None:
        raise KeyboardInterrupt

    press.afterwards = die
    with pytest.raises(KeyboardInterrupt):
        run(workspace, press, confirm=("东村镇",))
    press.afterwards = lambda: None
    outcome = run(workspace, press, confirm=("东村镇",))
    assert outcome.notices == ("东村镇3月的约谈通知书已按岚个培约函〔2022〕1号签发，没有再编号。",)
    assert press.state("confirmed") == ["约谈通知书1号-东村镇"] and len(entries(workspace)) == 2


@pytest.mark.parametrize("series", ["约谈", "items"])
def test_nothing_is_entered_where_something_else_was_meanwhile(
    workspace: Workspace, press: Press, series: str
) -> None:
    def other() -> None:
        with open_register(workspace.register) as register:
            register.enter(2022, lambda _: [Act(series, None, "x", "02", AT.date(), "", {})], AT)

    press.meanwhile = other
    with pytest.raises(RegisterFault, match="别处也在登记"):
        run(workspace, press, confirm=("东村镇",))
    assert entries(workspace) == [(series, 1, "x", "02")]


def test_a_correction_says_which_papers_to_withdraw_and_they_are_withdrawn(
    workspace: Workspace, press: Press
) -> None:
    run(workspace, press, 2, confirm=("all",))
    freeze(workspace, published(2, (9, 9, 6), UNITS))
    outcome = run(workspace, press, 2)
    assert outcome.remedy is Remedy.WITHDRAW_PAPERS
    assert outcome.notices == ("应撤回给东村镇的岚个培督函〔2022〕1号：按现在的简报，该单位2月不再滞后。",)
    later = run(workspace, press, 3)
    assert later.notices == outcome.notices  # whatever month is asked for
    assert later.edition == outcome.edition == Edition("supervise", "2022-02")
    outcome = run(workspace, press, 2, withdraw=("东村镇",), reason="2月简报已更正")
    assert outcome.notices == () and press.state("withdrawn") == ["督办函1号-东村镇"]
    assert entries(workspace)[2:] == [("督办", 1, "withdraw", "01"), ("items", 1, "withdraw", "01")]


def test_a_paper_of_another_month_is_not_withdrawn_by_the_unit_s_name(
    workspace: Workspace, press: Press
) -> None:
    run(workspace, press, 1, confirm=("东村镇",))
    with pytest.raises(RegisterFault, match="东村镇3月没有已签发的督查文书"):
        run(workspace, press, withdraw=("东村镇",), reason="更正")
    assert len(entries(workspace)) == 1


def test_no_words_of_command_to_a_township_without_consent(workspace: Workspace, press: Press) -> None:
    path = workspace.template("reminder.docx")
    reword(path, "特此提醒", "责令限期整改")
    outcome = run(workspace, press, 1, confirm=("all",))
    assert outcome.exit_code == ExitCode.DATA and press.content is None
    [problem] = outcome.problems
    assert (problem.source.file, problem.code, problem.seen) == (
        "templates/reminder.docx",
        "no-authority",
        "责令、限期",
    )
    assert entries(workspace) == []
    reword(path, "责令限期整改", "{{ 同意 }}责令限期整改")  # the paper now says who agreed
    assert run(workspace, press, 1).exit_code == ExitCode.DONE


def test_an_office_of_the_government_may_be_told(workspace: Workspace, press: Press) -> None:
    reword(workspace.template("reminder.docx"), "特此提醒", "务必整改")
    freeze(workspace, published(4, (20, 20, 0), UNITS))
    assert run(workspace, press).exit_code == ExitCode.DONE
    assert press.state("proposed") == ["提醒函-县财政局"]


def test_without_consent_nothing_but_reminders_is_issued(workspace: Workspace, press: Press) -> None:
    plan = workspace.root / "pipeline.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace('"县人民政府"', '""'), encoding="utf-8")
    outcome = run(workspace, press, confirm=("all",))
    assert press.state("confirmed") == ["提醒函1号-普明镇"] and press.state("proposed") == [
        "约谈通知书-东村镇"
    ]
    assert "（其中1件是送审稿：没有写明经谁同意（authority），不能签发）" in outcome.closing
    with pytest.raises(RegisterFault, match="没有写明经谁同意"):
        run(workspace, press, confirm=("东村镇",))
    assert NETS[2][0] == 2


def test_months_that_end_on_other_days_are_never_put_side_by_side(workspace: Workspace, press: Press) -> None:
    plan = workspace.root / "pipeline.toml"
    text = plan.read_text(encoding="utf-8").replace("month_end = 0", "month_end = 25")
    plan.write_text(text, encoding="utf-8")
    outcome = run(workspace, press, confirm=("all",))
    assert outcome.exit_code == ExitCode.DATA and [each.code for each in outcome.problems] == ["other-months"]
    assert press.content is None and "没有出督查文书" in outcome.problems[0].advice


def test_an_act_that_no_run_can_have_entered_is_found_by_the_audit(
    workspace: Workspace, press: Press
) -> None:
    run(workspace, press, 1, confirm=("东村镇",))
    with open_register(workspace.register) as register:
        twice = Act("提醒", 1, "withdraw", "01", AT.date(), "", {"reason": "某"})
        register.enter(2022, lambda _: [twice, twice], AT)
        assert list(register.faults()) == ["提醒 2022-0001 的流水不成立：withdraw之后是 withdraw。"]
