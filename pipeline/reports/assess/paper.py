"""考核报告: what the leading group is told of the year's assessment, before and after it approves; an upward 报告."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.domain.assessment.course import Course, State
from pipeline.domain.assessment.grading import Result
from pipeline.domain.assessment.rules import FAILED, GRADES, Assessment
from pipeline.domain.assessment.scoring import points_text
from pipeline.domain.documents import Template
from pipeline.domain.place import noun, whole
from pipeline.domain.sections import Section, numbered
from pipeline.domain.statistics.cells import NONE
from pipeline.domain.wording import chinese_date, counted, itemised, listed, rate_text
from pipeline.publishing.report import Facts, Issue
from pipeline.reports.assess.feedback import outcome_words
from pipeline.reports.assess.standing import Standing
from pipeline.reports.assess.text import DRAFT, LAW, groups_of, ranking, score_cell, settling, thin, vetoes

_FIELDS = (
    "稿", "发文机关", "文号", "签发人", "更正说明", "标题", "主送", "导语", "各节", "附件", "成文日期", "年度", "各行", "节",
    "小节", "段", "行",
)  # fmt: skip
REPORT = Template("assessment_report.docx", _FIELDS, optional=_FIELDS)
"""The report's template; the names from 节 on belong to its loops."""
_WEAK = Fraction(6, 10)
"""Of an item's weight: who has less is weak there."""
_MOST_NAMED = 31
_UNGRADED = "不定"
"""No dash: it would stand right before the page's number."""
ANNEX = "考核结果一览表"


def report_fields(found: Standing, facts: Facts, issue: Issue, carried: Sequence[str]) -> dict[str, object]:
    """All that the report says; the order of the names is kept with it.

    :param carried: what came too late for the year before.
    """
    plan, settings, year = facts.settings.plan, facts.settings.report, issue.period.year
    approved = found.approved_by
    return {
        "稿": "" if approved else DRAFT,
        "发文机关": settings.issuer,
        "文号": f"〔{issue.at.year}〕　号",
        "签发人": settings.signer,
        "更正说明": issue.reason.strip().rstrip("。"),
        "标题": [f"关于{year}年个体工商户培育工作", "年终考核情况的报告"],
        "主送": found.rules.report_to or plan.office.removesuffix("办公室"),
        "导语": (
            f"按照{facts.settings.bulletin.basis or '工作方案'}和{year}年年终考核方案，{plan.office}对{whole(plan.county)}"
            f"{len(found.results)}个单位{year}年个体工商户培育工作进行了考核。现将有关情况报告如下。"
        ),
        "各节": numbered(list(_sections(found, facts, carried))),
        "附件": [ANNEX],
        "成文日期": chinese_date(issue.at.date()) if approved else f"{issue.at.year}年　月　日",
        "年度": issue.period.words,
        "各行": [
            {
                "类别": each.unit.group, "名次": NONE if each.rank is None else str(each.rank), "单位": each.unit.name,
                "总分": score_cell(each.total), "等次": each.grade or _UNGRADED,
            }
            for each in ranking(found.results)
        ],
    }  # fmt: skip


def _sections(found: Standing, facts: Facts, carried: Sequence[str]) -> Iterator[Section]:
    yield Section("考核组织情况", tuple(_process(found, len(facts.evidence))))
    few = filter(None, [thin(found.results, found.rules.items)])
    yield Section("考核结果", (*_by_group(found.results), *few, *vetoes(found.results)))
    yield Section("存在的共性问题", tuple(_common(found.results, found.rules)))
    yield Section("申诉和复核情况", tuple(_objections(found)))
    yield Section("其他需要报告的事项", tuple(_rest(found, carried)))


def _process(found: Standing, evidence: int) -> Iterator[str]:
    course = found.course
    yield "".join(settling(course)) or "考核方案没有办理定版登记，以审定时的方案为准。"
    own = len(course.selves or {})
    proofs = f"收到佐证材料{evidence}份，已逐份登记摘要" if evidence else "没有收到佐证材料"
    told = f"报送自评的单位{own}个" if own else "没有单位报送自评"
    yield f"{told}；{proofs}。考核的各项数字取自12月印发的简报、挂账销号台账等已经存档的材料，没有数的项目不计分，权重按比例分摊。"
    if course.fed_back:
        last = chinese_date(course.fed_back.last)
        conclusions = course.fed_back.conclusions_last
        more = f"，对督查结论的到{chinese_date(conclusions)}为止" if conclusions else ""
        yield f"{chinese_date(course.fed_back.day)}将初评结果反馈各单位，异议期到{last}为止{more}。"
    if found.approved_by:
        day = f"{chinese_date(course.approved.day)}" if course.approved else ""
        again = (
            f"（再次审定，原因：{course.approved.reason.rstrip('。')}）"
            if course.approved and course.approved.reason
            else ""
        )
        yield f"考核结果{day}由{found.approved_by}审定{again}。"
    else:
        yield "考核结果尚待审定。"


def _by_group(results: Sequence[Result]) -> Iterator[str]:
    for group, own in groups_of(results).items():
        told = [each for each in ranking(own) if each.total is not None]
        if not told:
            yield f"{noun(group)}{len(own)}个，都没有可以计分的项目，不定等次。"
            continue
        totals = [each.total for each in told if each.total is not None]
        mean = points_text(sum(totals, Fraction(0)) / len(totals))
        ends = (
            f"，最高{points_text(max(totals))}分（{_named(told, max(totals))}），最低{points_text(min(totals))}分（{_named(told, min(totals))}）"
            if max(totals) > min(totals)
            else ""
        )
        grades = "；".join(
            f"{grade}{len(names)}个：{listed(names, _MOST_NAMED)}"
            for grade in GRADES
            if (names := [each.unit.name for each in told if each.grade == grade])
        )
        unscored = f"；没有可以计分的项目、不定等次的{len(own) - len(told)}个" if len(told) < len(own) else ""
        yield f"{noun(group)}{len(own)}个，平均{mean}分{ends}。{grades}{unscored}。"


def _named(told: Sequence[Result], total: Fraction) -> str:
    return listed([each.unit.name for each in told if each.total == total], 3)


def _common(results: Sequence[Result], rules: Assessment) -> Iterator[str]:
    """Items in which units are weak, the weakest first; what nobody could be scored for."""
    weak: list[tuple[Fraction, str]] = []
    silent = []
    for item in (each for each in rules.items if each.weight):
        scored = [
            (each, one.score / one.weight)
            for each in results
            for one in each.scores
            if one.name == item.name and one.score is not None and one.weight
        ]
        if not scored:
            silent.append(item.name)
            continue
        mean = sum((share for _, share in scored), Fraction(0)) / len(scored)
        names = [each.unit.name for each, share in scored if share < _WEAK]
        if names:
            weak.append(
                (
                    mean,
                    f"{item.name}平均得分率{rate_text(mean)}，不到60%的有{counted(names, 10)}",
                )
            )
    if weak:
        yield itemised([text for _, text in sorted(weak)][:10])
    else:
        yield "计分的各项，各单位得分率都在60%以上，没有普遍薄弱的项目。"
    if silent:
        yield f"{'、'.join(silent)}{'都' if len(silent) > 1 else ''}没有可以计分的单位，应当补齐数据来源。"
    failed = [each.unit.name for each in results if each.grade == FAILED]
    if failed:
        yield f"不合格的{len(failed)}个：{listed(failed, _MOST_NAMED)}。"


def _objections(found: Standing) -> Iterator[str]:
    course = found.course
    if not course.objections:
        if course.fed_back and course.state is not State.FED_BACK:
            yield "异议期内没有单位提出申诉。"
        elif course.fed_back:
            yield "到报告之日没有单位提出申诉。"
        return
    units = {each.unit.code: each for each in found.results}
    kept = sum(each.answered is not None and each.value is None for each in course.objections)
    changed = sum(each.value is not None for each in course.objections)
    waiting = len(course.open_objections)
    counts = f"复核维持{kept}件、改动{changed}件" + (f"，正在复核{waiting}件" if waiting else "")
    yield f"提出申诉{len(course.objections)}件，{counts}。"
    for each in course.objections:
        result = units.get(each.unit)
        name = result.unit.name if result else each.unit
        told = f"{outcome_words(each)}{_moved(course, result)}" if each.answered else "正在复核"
        yield f"{name}{chinese_date(each.day)}对{each.item or '考核结果'}提出申诉：{each.reason.rstrip('。')}。{told}。"


def _moved(course: Course, result: Result | None) -> str:
    before = course.fed_back.totals.get(result.unit.code) if course.fed_back and result else None
    if before is None or result is None or result.total is None:
        return ""
    now = points_text(result.total)
    return f"，总分{now}分，和初评一样" if before == now else f"，总分由初评的{before}分变为{now}分"


def _rest(found: Standing, carried: Sequence[str]) -> Iterator[str]:
    if found.rules.growth:
        yield LAW.advice
    if carried:
        yield f"上一年度审定以后才到、列入本年度的情况{len(carried)}件：{'；'.join(carried)}。"
    if late := found.course.late:
        yield f"审定以后才到的情况{len(late)}件，不改本年度的结果，列入下一年度：{'；'.join(late)}。"
