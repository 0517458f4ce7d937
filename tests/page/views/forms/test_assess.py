"""考核 on the page: the office's steps are commands, a unit sees its own score alone and hands in its self-assessment."""

import html
import json
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from support.desk import settle
from support.page import UNITS, Site
from support.page.samples import SAMPLES, scored, step

from pipeline.cli.assess import assess_group
from pipeline.domain.assessment.course import FEED_BACK
from pipeline.domain.records.assessment.self_scores import SELF_SCORES
from pipeline.intake import read_inputs
from pipeline.page import runs
from pipeline.page.access import Role
from pipeline.page.models import Access
from pipeline.workspace import open_workspace

FILE = "单位/01/自评表-2022.xlsx"


@pytest.fixture
def settled(site: Site) -> Site:
    """The scheme is settled."""
    SAMPLES["assess-unit unit"](site)
    for table in (site.desk.root / "inputs").iterdir():
        settle(table)
    return site


@pytest.fixture
def fed_back(settled: Site) -> Site:
    """Results were told the units, and the papers made that say so."""
    step(settled, FEED_BACK, {"last": "2099-01-01", "conclusions_last": "", "totals": {}})
    scored(settled, {"process": {"fed_back": {"on": "2026-01-01"}}})
    return settled


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], str]]:
    """Command and unit of each run that was asked for, none of which is started."""
    told: list[tuple[list[str], str]] = []

    def start(arguments: Any, title: str, visitor: Any, unit: str = "", given: Any = ()) -> Any:
        told.append((list(arguments), unit))
        return runs.Run.objects.create(title=title, arguments=list(arguments), unit=unit)

    monkeypatch.setattr(runs, "start", start)
    return told


def told(answer: Any) -> str:
    """What a page says, tags and white space left out."""
    main = answer.content.decode().partition("<main")[2]
    return html.unescape("".join(re.sub("<[^>]*>", " ", main).split()))


def hand_in(client: Client, **said: Any) -> Any:
    page = client.get("/assess/01/").content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    return client.post("/assess/01/self/", {"seen": seen[1], **said}, follow=True)


def lines(site: Site) -> dict[str, tuple[str, str, str]]:
    """What the command would find: item → score, remark, evidence."""
    intake = read_inputs(open_workspace(site.desk.root), date(2023, 1, 20), (SELF_SCORES,))
    return {each.item: (str(each.score), each.remark, each.evidence) for each in intake.said(SELF_SCORES)}


# ---- the office


@pytest.mark.parametrize(
    "act, form, command",
    [
        ("settle", {}, "assess settle"),
        ("settle", {"by": "王某", "reason": "放宽", "today": "2022-12-05"}, "assess settle --by=王某 --reason=放宽 --today=2022-12-05"),
        ("feedback", {"by": "李某", "reason": "x"}, "assess feedback --by=李某"),
        ("approve", {"by": "--reason"}, "assess approve --by=--reason"),
        ("answer", {"unit": "01", "by": "孙某", "reason": "属实", "value": "80", "item": "政策兑现"}, "assess answer 01 --by=孙某 --reason=属实 --value=80 --item=政策兑现"),
    ],
)  # fmt: skip
def test_a_step_is_a_command(
    site: Site, asked: list[tuple[list[str], str]], act: str, form: dict[str, str], command: str
) -> None:
    assert site.client().get(f"/assess/do/{act}/").status_code == 405
    assert site.client().post(f"/assess/do/{act}/", form).status_code == 302
    assert [" ".join(arguments) for arguments, _ in asked] == [command]
    assert understood(asked) == [act]


def understood(asked: list[tuple[list[str], str]]) -> list[str]:
    """The steps that Click makes of what was asked for, with what every run adds."""
    for (_, act, *words), _ in asked:
        assess_group.commands[act].make_context(act, [*words, "--json"])
    return [arguments[1] for arguments, _ in asked]


def test_an_answer_to_nobody_starts_nothing(site: Site, asked: list[tuple[list[str], str]]) -> None:
    for unit in ("--help", "99", ""):
        assert site.client().post("/assess/do/answer/", {"unit": unit, "by": "孙某"}).status_code == 404
    assert asked == []


@pytest.mark.parametrize("act", ["object", "self", "late", "help"])
def test_what_is_no_step_of_the_office_s_starts_nothing(
    site: Site, asked: list[tuple[list[str], str]], act: str
) -> None:
    assert site.client().post(f"/assess/do/{act}/").status_code == 404 and asked == []


def test_the_steps_come_one_after_another(site: Site) -> None:
    client = site.client()

    def offered() -> list[str]:
        return re.findall(r'action="/assess/do/(\w+)/"', client.get("/assess/").content.decode())

    assert offered() == ["settle"] and "未定版" in told(client.get("/assess/"))
    SAMPLES["assess-unit unit"](site)
    assert offered() == ["feedback", "settle"]
    step(site, FEED_BACK, {"last": "2099-01-01", "conclusions_last": "", "totals": {}})
    assert offered() == ["approve", "settle"] and "异议期到2099年1月1日" in told(client.get("/assess/"))
    step(site, "object", {"item": "", "reason": "漏计2户"}, "01")
    assert offered() == ["answer", "approve", "settle"]
    assert "东村镇的申诉，等复核" in told(client.get("/assess/")) and "漏计2户" in told(
        client.get("/assess/")
    )


def test_the_office_and_the_auditor_see_everybody(fed_back: Site) -> None:
    for name, role in (("office", Role.OFFICE), ("shenji", Role.AUDITOR)):
        client = fed_back.account(name, role)
        page = client.get("/assess/")
        assert "70.00" in told(page) and "72.00" in told(page)
        assert ("/assess/do/" in page.content.decode()) is (role is Role.OFFICE)
        assert "71.00" in told(client.get("/assess/02/"))
    assert client.post("/assess/01/object/", {"reason": "x"}).status_code == 403


# ---- a unit


def test_a_unit_sees_its_own_score_alone(fed_back: Site) -> None:
    client = fed_back.account("dongcun", Role.UNIT, UNITS[0])
    assert client.get("/assess/").headers["Location"] == "/assess/01/"
    page = told(client.get("/assess/01/"))
    assert "总分70.00，合格，第3名" in page and "80÷100×40" in page and "01-东村镇.pdf" in page
    assert "71.00" not in page and "普明镇" not in page
    assert client.get("/assess/02/").status_code == 404
    own = client.get("/files/assess/2022/各单位/01-东村镇.pdf")
    assert own.status_code == 200
    own.close()
    assert client.get("/files/assess/2022/各单位/02-普明镇.pdf").status_code == 404


@pytest.mark.parametrize("more", [{}, {"process": {"fed_back": None}}])
def test_nobody_but_the_county_sees_a_score_before_it_is_fed_back(
    settled: Site, more: dict[str, Any]
) -> None:
    scored(settled, more)
    unit, office = settled.account("dongcun", Role.UNIT, UNITS[0]), settled.account("office", Role.OFFICE)
    assert "70.00" not in told(unit.get("/assess/01/")) and "还没有给本单位的" in told(
        unit.get("/publications/")
    )
    for address in ("files", "picture"):
        assert unit.get(f"/{address}/assess/2022/各单位/01-东村镇.pdf").status_code == 404
    assert "70.00" in told(office.get("/assess/01/")) and "各单位的（3个文件）" in told(
        office.get("/assess/")
    )


def test_what_was_published_without_steps_is_told_too(site: Site) -> None:
    scored(site, {})
    unit = site.account("dongcun", Role.UNIT, UNITS[0])
    assert "70.00" not in told(unit.get("/assess/01/"))
    (site.desk.root / "register" / "bulletins" / "assess-2022-1").mkdir(parents=True)
    assert "70.00" in told(unit.get("/assess/01/"))


def test_an_objection_is_a_command_in_the_unit_s_name(
    fed_back: Site, asked: list[tuple[list[str], str]]
) -> None:
    unit, office = fed_back.account("dongcun", Role.UNIT, UNITS[0]), fed_back.account("office", Role.OFFICE)
    form = {"item": "政策兑现", "reason": "漏计", "by": "赵某", "today": "2023-01-02"}
    files = [SimpleUploadedFile("凭据.pdf", content) for content in (b"1", b"2")]
    unit.post("/assess/01/object/", form | {"evidence": files})
    folder = fed_back.desk.root / "inputs" / "佐证" / "东村镇" / "政策兑现"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "凭据.pdf": b"1",
        "2 凭据.pdf": b"2",
    }
    office.post("/assess/02/object/", form)
    assert unit.post("/assess/02/object/", form).status_code == 404
    assert asked == [
        (["assess", "object", "01", "--item=政策兑现", "--reason=漏计", "--by=赵某"], "01"),
        (["assess", "object", "02", "--item=政策兑现", "--reason=漏计", "--by=赵某", "--today=2023-01-02"], ""),
    ]  # fmt: skip
    assert understood(asked) == ["object", "object"]


def test_the_days_of_objecting_are_over_for_a_unit_and_not_for_what_came_on_paper(settled: Site) -> None:
    step(settled, "feedback", {"last": str(date.today()), "conclusions_last": "", "totals": {}})  # noqa: DTZ011
    unit, office = settled.account("dongcun", Role.UNIT, UNITS[0]), settled.account("office", Role.OFFICE)
    form = 'action="/assess/01/object/"'
    assert form in unit.get("/assess/01/").content.decode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.page.views.forms.assess._today", lambda: date(2099, 1, 1))
        assert form not in unit.get("/assess/01/").content.decode()
        assert form in office.get("/assess/01/").content.decode()


def test_one_objects_once_and_reads_the_answer(fed_back: Site) -> None:
    client = fed_back.account("dongcun", Role.UNIT, UNITS[0])
    assert 'action="/assess/01/object/"' in client.get("/assess/01/").content.decode()
    step(fed_back, "object", {"item": "", "reason": "漏计2户"}, "01")
    page = client.get("/assess/01/")
    assert "漏计2户等复核" in told(page) and 'action="/assess/01/object/"' not in page.content.decode()
    step(fed_back, "answer", {"item": "", "reason": "维持原来的", "value": ""}, "01")
    assert "答复：维持原来的" in told(client.get("/assess/01/"))


def test_a_self_assessment_is_kept_as_the_sheet_with_its_evidence(settled: Site) -> None:
    client = settled.account("dongcun", Role.UNIT, UNITS[0])
    files = [SimpleUploadedFile(f"照片{name}、一.jpg", name.encode()) for name in ("甲", "乙")]
    page = hand_in(client, **{"c0-3": "18.5", "c0-4": "逐项落实", "f0": files})
    assert "自评交了。" in told(page)
    [(item, said)] = lines(settled).items()
    assert said == ("37/2", "逐项落实", "照片甲-一.jpg、照片乙-一.jpg")
    folder = settled.desk.root / "inputs" / "佐证" / "东村镇" / item
    assert [(folder / f"照片{name}-一.jpg").read_bytes().decode() for name in ("甲", "乙")] == ["甲", "乙"]
    assert list((settled.desk.root / "page" / "incoming").iterdir()) == []

    page = hand_in(client, **{"c0-3": "17", "c0-4": "逐项落实", "c0-5": "照片甲-一.jpg"})
    assert lines(settled)[item] == ("17", "逐项落实", "照片甲-一.jpg")
    assert len(list((settled.desk.root / "inputs").glob("历史/**/自评表-2022.xlsx"))) == 1
    assert 'value="17"' in page.content.decode()


def test_a_dropped_self_assessment_and_the_form_never_take_each_other_s_place_unasked(settled: Site) -> None:
    client = settled.account("dongcun", Role.UNIT, UNITS[0])
    hand_in(client, **{"c0-3": "18", "c0-4": "放入的"})
    (settled.desk.root / "inputs" / FILE).rename(settled.desk.root / "inputs/单位/01/自评.xlsx")
    assert 'value="18"' in client.get("/assess/01/").content.decode()
    asked = told(hand_in(client, **{"c0-3": "17"}))
    assert "还没有交" in asked and "把单位/01/自评.xlsx移到inputs/历史" in asked
    assert [said[0] for said in lines(settled).values()] == ["18"]
    assert "自评交了" in told(hand_in(client, **{"c0-3": "17", "instead": "单位/01/自评.xlsx"}))
    assert [said[0] for said in lines(settled).values()] == ["17"]
    assert len(list((settled.desk.root / "inputs").glob("历史/**/自评.xlsx"))) == 1


@pytest.mark.parametrize(
    "score, advice",
    [("很好", "应是分数，0 或正数"), ("1000", "自评得分超过了这一项最多的"), ("-1", "应是分数")],
)
def test_a_score_is_held_against_the_sheet_s_rules_and_nothing_is_kept(
    settled: Site, score: str, advice: str
) -> None:
    client = settled.account("dongcun", Role.UNIT, UNITS[0])
    page = hand_in(client, **{"c1-3": score, "f1": SimpleUploadedFile("a.jpg", b"a")}).content.decode()
    [at_field] = re.findall(r'id="c1-3-advice">([^<]*)<', page)
    assert advice in html.unescape(at_field) and 'value="a.jpg"' in page
    assert not (settled.desk.root / "inputs" / FILE).exists()


def test_what_two_people_of_a_unit_give_it_at_once_is_not_lost(settled: Site) -> None:
    client = settled.account("dongcun", Role.UNIT, UNITS[0])
    hand_in(client, **{"c0-3": "18", "c0-4": "前一个人"})
    late = client.post("/assess/01/self/", {"seen": "自评表-2022.xlsx ", "c0-3": "17", "c0-4": "后一个人"})
    assert "又交过一次" in told(late) and "18分。前一个人" in told(late) and "后一个人" in told(late)
    assert [said[:2] for said in lines(settled).values()] == [("18", "前一个人")]


def test_after_the_feedback_nothing_more_is_taken(fed_back: Site) -> None:
    client = fed_back.account("dongcun", Role.UNIT, UNITS[0])
    assert 'action="/assess/01/self/"' not in client.get("/assess/01/").content.decode()
    page = client.post("/assess/01/self/", {"seen": "", "c0-3": "1"}, follow=True)
    assert "现在不收自评" in told(page) and not (fed_back.desk.root / "inputs" / FILE).exists()
    name = SAMPLES["assess-evidence name"](fed_back)
    assert "不能再拿出来" in told(client.post(f"/assess/01/remove/{name}", follow=True))
    assert (fed_back.desk.root / "inputs" / "佐证" / name).exists()


def test_evidence_is_handed_out_to_its_unit_and_the_county_and_that_is_recorded(settled: Site) -> None:
    SAMPLES["assess-evidence name"](settled)
    (settled.desk.root / "inputs" / "佐证" / "普明镇").mkdir()
    (settled.desk.root / "inputs" / "佐证" / "普明镇" / "b.pdf").write_bytes(b"b")
    own, name = settled.account("dongcun", Role.UNIT, UNITS[0]), "东村镇/措施落实/照片.pdf"
    answer = own.get(f"/assess/01/evidence/{name}")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    answer.close()
    for other in ("普明镇/b.pdf", "东村镇/../普明镇/b.pdf", "../单位名录.xlsx", "没有.pdf"):
        assert own.get(f"/assess/01/evidence/{other}").status_code == 404
        assert own.post(f"/assess/01/remove/{other}").status_code == 404
    assert [each.shown for each in Access.objects.all()] == ["考核佐证"]
    assert "拿出来了" in told(own.post(f"/assess/01/remove/{name}", follow=True))
    assert "照片.pdf" not in told(own.get("/assess/01/"))
    assert len(list((settled.desk.root / "inputs").glob("历史/**/照片.pdf"))) == 1


def test_a_run_tells_a_unit_of_no_other_s_tables(site: Site) -> None:
    unit = site.account("dongcun", Role.UNIT, UNITS[0])
    run = runs.Run.objects.create(title="考核申诉", arguments=["assess", "object"], unit="01")
    folder = runs.folder_of(run)
    folder.mkdir()
    problems = [
        {"file": file, "sheet": None, "row": 1, "column": "", "value": "", "advice": f"{file}要改"}
        for file in ("单位/01/a.xlsx", "单位/02/b.xlsx", "任务分解表.xlsx")
    ]
    (folder / "out").write_text(json.dumps({"closing": "有3处问题", "problems": problems}), "utf-8")
    (folder / "exit").write_text("3", "ascii")
    page = told(unit.get(f"/runs/{run.pk}/"))
    assert "单位/01/a.xlsx要改" in page and "单位/02" not in page and "任务分解表" not in page
