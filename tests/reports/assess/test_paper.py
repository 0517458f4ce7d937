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
from pipeline.reports.assess.compose import compose
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
    with pytest.raises(RegisterFault, match="（grades、“宣传”），没有出"):
        report(other, journal)


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
