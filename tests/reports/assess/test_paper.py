"""The report to the leading group: its sentences, situation by situation, without a process."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from support.figures.months import EAST, FINANCE, WEST, published
from support.figures.supervised import NOTHING
from support.settings import SETTINGS

from pipeline.domain.assessment.reading import assessment_from
from pipeline.domain.assessment.steps import Steps
from pipeline.domain.documents import PaperPerUnit
from pipeline.domain.journal import Journal
from pipeline.domain.period import Year
from pipeline.domain.statistics.published import Published
from pipeline.errors import RegisterFault
from pipeline.intake import gathered
from pipeline.publishing.report import Facts, Issue, IssueNumber
from pipeline.reports.assess import ASSESSMENT
from pipeline.reports.assess.acts import Wish, acts_of, enters
from pipeline.reports.assess.compose import compose, contradicted, redone
from pipeline.reports.assess.documents import documents

UNITS = (EAST, WEST, FINANCE)
AT = datetime(2023, 2, 1, 9, tzinfo=UTC)
TODAY = date(2023, 2, 1)
ITEMS: dict[str, Any] = {
    "top_share": 1,
    "items": [
        {"name": "服务", "weight": 60, "target": 100, "values": {"01": 95, "02": 20, "14": 85}},
        {"name": "宣传", "weight": 40, "target": 100, "values": {"01": 90, "02": 30}},
    ],
}


def facts_of(rules: dict[str, Any], journal: Journal = NOTHING, today: date = TODAY, **more: Any) -> Facts:
    intake = gathered((), SETTINGS, today, ASSESSMENT.reads)
    printed = {12: Published(published(12, (45, 20, 10), UNITS), {})}
    return Facts(SETTINGS, today, intake, printed, {}, journal, rules=rules, **more)


def report(rules: dict[str, Any], journal: Journal = NOTHING, **more: Any) -> list[str]:
    """All paragraphs."""
    issue = Issue(Year(2022), AT, IssueNumber(1, 1), 1, "", {}, (), b"")
    content = compose(facts_of(rules, journal, **more), issue)
    return [text for section in content.report["各节"] for text in section["各段"]]


def taken(journal: Journal, rules: dict[str, Any], wish: Wish, day: date) -> Journal:
    """The journal after a step."""
    facts = facts_of(rules, journal, day)
    return journal.after(acts_of(wish, facts, assessment_from(rules, UNITS), journal), AT)


def approved(rules: dict[str, Any] = ITEMS) -> Journal:
    journal = taken(NOTHING, rules, Wish("settle"), date(2022, 11, 1))
    journal = taken(journal, rules, Wish("feedback", "李某"), date(2023, 1, 10))
    return taken(journal, rules, Wish("approve", "王某某、张某某"), date(2023, 1, 18))


def test_what_is_weak_comes_first_and_groups_apart() -> None:
    told = report(ITEMS)
    assert told[:4] == [
        "考核方案没有办理定版登记，以审定时的方案为准。",
        "没有单位报送自评；没有收到佐证材料。考核的各项数字取自12月印发的简报、挂账销号台账等已经存档的材料，没有数的项目不计分，权重按比例分摊。",
        "考核结果尚待审定。",
        "乡镇2个，平均58.50分，最高93.00分（东村镇），最低24.00分（普明镇）。优秀1个：东村镇；不合格1个：普明镇。",
    ]  # fmt: skip
    assert told[4:] == [
        "县直单位1个，平均85.00分。良好1个：县财政局。",
        "一是宣传平均得分率60.0%，不到60%的有1个：普明镇；二是服务平均得分率66.7%，不到60%的有1个：普明镇。",
        "不合格的1个：普明镇。",
    ]


def test_nobody_objected() -> None:
    told = report(ITEMS, approved())
    assert "异议期内没有单位提出申诉。" in told
    assert "考核结果2023年1月18日由王某某、张某某审定。" in told
    assert "2023年1月10日将初评结果反馈各单位，异议期到2023年1月17日为止。" in told


def test_growth_is_told_with_its_law_in_the_report_too() -> None:
    [law] = [text for text in report({"preset": "plan-2022"}) if "第三十二条" in text]
    assert law.endswith("是否属于这类指标，由审定人把关。")


def test_nothing_that_can_be_scored() -> None:
    told = report({"items": [{"name": "服务", "weight": 100, "target": 100}]})
    assert "乡镇2个，都没有可以计分的项目，不定等次。" in told
    assert "服务没有可以计分的单位，应当补齐数据来源。" in told


def test_what_was_approved_stays_whatever_comes_and_is_told_in_the_next_year() -> None:
    journal = approved()
    other = {
        **ITEMS,
        "items": [{**ITEMS["items"][0], "values": {"01": 10, "02": 20, "14": 85}}, ITEMS["items"][1]],
    }
    acts = enters(facts_of(other, journal), journal)
    assert [(each.act, each.details) for each in acts] == [
        ("late", {"facts": ["东村镇的服务，审定时95/100，现在10/100"]})
    ]
    after = journal.after(acts, AT)
    assert enters(facts_of(other, after), after) == []
    told = report(other, after)
    assert told[4].startswith("乡镇2个，平均58.50分")
    late = "审定以后才到的情况1件，不改本年度的结果，列入下一年度：东村镇的服务，审定时95/100，现在10/100。"
    assert told[-1] == late
    carried = "上一年度审定以后才到、列入本年度的情况1件：东村镇的服务，审定时95/100，现在10/100。"
    assert report(ITEMS, journal_before=after)[-1] == carried


def test_who_is_approved_again_counts_anew_with_a_reason() -> None:
    other = {
        **ITEMS,
        "items": [{**ITEMS["items"][0], "values": {"01": 10, "02": 20, "14": 85}}, ITEMS["items"][1]],
    }
    journal = approved()
    with pytest.raises(RegisterFault, match="已经审定。要更正的，请写明原因"):
        taken(journal, other, Wish("approve", "王某某"), date(2023, 1, 20))
    journal = taken(journal, other, Wish("approve", "王某某", "简报更正"), date(2023, 1, 20))
    told = report(other, journal)
    assert "考核结果2023年1月20日由王某某审定（再次审定，原因：简报更正）。" in told
    assert any(text.startswith("乡镇2个，平均33.00分") for text in told)


def test_days_of_objection_are_longer_where_papers_of_supervision_cost_points() -> None:
    rules = {**ITEMS, "paper_deductions": True}
    journal = taken(NOTHING, rules, Wish("settle"), date(2022, 11, 1))
    journal = taken(journal, rules, Wish("feedback"), date(2023, 1, 10))
    objected = taken(journal, rules, Wish("object", "", "没有收到", EAST, "督办函"), date(2023, 2, 9))
    assert len(Steps(objected).course.open_objections) == 1
    with pytest.raises(RegisterFault, match="对督查结论的到2023年2月9日为止"):
        taken(journal, rules, Wish("object", "", "没有收到", EAST, "服务"), date(2023, 2, 9))
    with pytest.raises(RegisterFault, match="异议期到2023年2月9日为止，过了这一天才能审定"):
        taken(journal, rules, Wish("approve", "王某某"), date(2023, 2, 9))


def test_another_scheme_than_the_settled_one_gives_no_paper() -> None:
    other = {**ITEMS, "grades": [95, 80, 60], "items": ITEMS["items"][:1]}
    journal = taken(NOTHING, ITEMS, Wish("settle"), date(2022, 11, 1))
    told = r"（grades 原为\[90, 80, 60\]，现为\[95, 80, 60\]；少了“宣传”（权重40）），没有出。请改回去；确实要改的，请重新定版"
    with pytest.raises(RegisterFault, match=told):
        report(other, journal)


@pytest.mark.parametrize(
    "changed, told",
    [
        ({"grades": [95, 80, 60]}, r"grades 原为\[90, 80, 60\]，现为\[95, 80, 60\]"),
        (
            {"items": [{**ITEMS["items"][0], "weight": 30}, ITEMS["items"][1]]},
            "“服务”的weight 原为60，现为30",
        ),
        ({"items": ITEMS["items"][::-1]}, "各项的先后"),
        ({"items": [*ITEMS["items"], {"name": "创新", "form": "bonus", "limit": 5}]}, "多了“创新”"),
        ({"veto": True}, "veto 原为false，现为true"),
    ],
)
def test_no_paper_tells_another_scheme_than_its_approved_scores_were_worked_out_by(
    changed: dict[str, Any], told: str
) -> None:
    journal, other = approved(), {**ITEMS, **changed}
    with pytest.raises(RegisterFault, match=f"{told}.*已经审定，方案不能再改"):
        report(other, journal)
    with pytest.raises(RegisterFault, match="没有出"):
        taken(journal, other, Wish("approve", "王某某", "更正"), date(2023, 1, 20))
    with pytest.raises(RegisterFault, match="已经审定，不能再改"):
        taken(journal, other, Wish("settle", "王某某", "改动"), date(2023, 1, 20))
    assert enters(facts_of(other, journal), journal) == []  # so that what was published can be made again


@pytest.mark.parametrize("wish", [Wish("feedback", "李某"), Wish("object", "张某", "漏计", EAST)])
def test_after_the_approval_no_step_but_another_approval_is_taken(wish: Wish) -> None:
    with pytest.raises(RegisterFault, match="已经审定，不能再改"):
        taken(approved(), ITEMS, wish, date(2023, 1, 19))


@pytest.mark.parametrize(
    "shares, kept",
    [
        (1, ("服务", "宣传")),  # the page as it is, its workings beside
        (2, ("服务",)),  # what is not scored goes
        (3, ("合计",)),
    ],
)
def test_a_unit_s_page_has_shorter_versions_with_the_workings_in_a_workbook(
    shares: int, kept: tuple[str, ...]
) -> None:
    rules = {"items": [ITEMS["items"][0], {"name": "宣传", "weight": 40, "target": 100}]}
    issue = Issue(Year(2022), AT, IssueNumber(1, 1), 1, "", {}, (), b"")
    [pages] = [each for each in documents(compose(facts_of(rules), issue)) if isinstance(each, PaperPerUnit)]
    version = pages.pages[0].versions[shares - 1]
    rows: Any = version.fields["各项"]
    assert tuple(row["项目"] for row in rows) == kept
    assert rows[0]["得分"] == "95.00" and (rows[0]["计算"] == "见附表") == (shares > 1)
    assert [sheet.name for sheet in version.annex] == ["计算过程"] * (shares > 1)


def test_whoever_approves_and_the_unit_itself_hear_by_how_little_it_was_judged() -> None:
    rules = {**ITEMS, "items": [{**ITEMS["items"][0], "weight": 40}, {**ITEMS["items"][1], "weight": 60}]}
    issue = Issue(Year(2022), AT, IssueNumber(1, 1), 1, "", {}, (), b"")
    content = compose(facts_of(rules), issue)
    few = "计分的项目不到权重一半的有1个单位：县财政局，名次、等次只供参考。"
    assert few in report(rules) and few in content.sheet["各说明"] and few in content.notices
    said = {page["单位全称"]: page["结果"] for page in content.pages}
    told = "总分85.00分，在1个县直单位中列第1名，等次为良好。计分的项目只占权重的40.0%，名次、等次只供参考。"
    assert said[FINANCE.full_name] == told and "参考" not in said[EAST.full_name]
    assert [each["scored"] for each in content.figures["units"]] == [1, 1, 0.4]
    assert not any("只供参考" in text for text in report(ITEMS))


def test_another_approval_after_the_publication_is_told() -> None:
    journal = approved()
    issue = Issue(Year(2022), AT, IssueNumber(1, 1), 1, "", {}, (), b"")
    content = compose(facts_of(ITEMS, journal), issue)
    assert redone(content, journal) == ""
    again = taken(journal, ITEMS, Wish("approve", "王某某", "简报更正"), date(2023, 1, 20))
    assert redone(content, again) == "2023年1月20日又由王某某审定过"
    unsettled = compose(facts_of({**ITEMS, "approved_by": "张某某"}), issue)
    assert redone(unsettled, NOTHING) == "" and redone(unsettled, journal)


@pytest.mark.parametrize(
    "name, told", [("张某某", ""), (" 张某某 ", ""), ("王某某", "改成了王某某"), ("", "改成了空的")]
)
def test_another_name_in_the_rules_after_the_publication_is_told(name: str, told: str) -> None:
    issue = Issue(Year(2022), AT, IssueNumber(1, 1), 1, "", {}, (), b"")
    content = compose(facts_of({**ITEMS, "approved_by": "张某某"}), issue)
    said = contradicted(content, {**ITEMS, "approved_by": name})
    assert said == (f"assessment.toml 的审定人（approved_by）由张某某{told}" if told else "")
    by_steps = compose(facts_of(ITEMS, approved()), issue)
    assert contradicted(by_steps, {**ITEMS, "approved_by": name}) == "", (
        "the step counts, whatever stands there"
    )
