"""What the table of scores says beside its figures: by what was judged, who did how well, what could not be scored."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.domain.assessment.course import Course
from pipeline.domain.assessment.grading import Result, is_thin
from pipeline.domain.assessment.rules import BESIDE, BOTH, DEDUCT, EXCELLENT, GRADES, Assessment, Item
from pipeline.domain.assessment.scoring import number_text, points_text
from pipeline.domain.documents import Template
from pipeline.domain.model import Problem, Source
from pipeline.domain.place import noun
from pipeline.domain.statistics.cells import NONE
from pipeline.domain.wording import chinese_date, counted, listed
from pipeline.publishing.report import Issue
from pipeline.settings import Plan

_FIELDS = (
    "县", "年度", "送审稿", "更正说明", "综述", "各说明", "说明", "各行", "行", "表注", "审定", "编制单位", "制表日期",
)  # fmt: skip
SHEET = Template("assessment.docx", _FIELDS, optional=_FIELDS)
"""The template of the table of scores; 说明 is one of 各说明, 行 one of 各行."""
DRAFT = "送审稿"
LAW = Problem(
    Source("assessment.toml"), "source", "completion_rate", "assessment-law",
    "《促进个体工商户发展条例》（2022年11月1日起施行）第三十二条规定，不得把个体工商户数量增长率、年度报告率等作为绩效考核评价指标。"
    "本方案按净增户数或增长率计分，是否属于这类指标，由审定人把关。",
)  # fmt: skip
"""What is told where growth in numbers is judged by."""


def notices(rules: Assessment) -> list[str]:
    """What the clerk should know before it is approved, each with its code where it has one."""
    told = [f"{LAW.advice}（{LAW.code}）"] if rules.growth else []
    for group, weight in _weights(rules).items():
        if weight != 100:
            whose = "" if group == BOTH else f"{noun(group)}的"
            told.append(
                f"assessment.toml 里{whose}各项权重合计{number_text(weight)}，不是100；等次仍按总分划分。"
            )
    return told


def thin(results: Sequence[Result], items: Sequence[Item]) -> str:
    """Which units are judged by less than half of their weights; empty where none is."""
    few = [each.unit.name for each in ranking(results) if is_thin(each, items)]
    return f"计分的项目不到权重一半的有{counted(few, 10, '个单位')}，名次、等次只供参考。" if few else ""


def _weights(rules: Assessment) -> dict[str, Fraction]:
    """Sum of the weights of each group that has items of its own; of :data:`BOTH` where none has."""
    groups = dict.fromkeys(each.group for each in rules.items if each.group != BOTH) or {BOTH: None}
    return {
        group: sum((each.weight for each in rules.items if each.group in {BOTH, group}), Fraction(0))
        for group in groups
    }


def sheet_fields(
    results: Sequence[Result], rules: Assessment, course: Course, plan: Plan, issue: Issue
) -> dict[str, object]:
    """All that the table of scores says."""
    return {
        "县": plan.county,
        "年度": issue.period.words,
        "送审稿": "" if rules.approved_by else DRAFT,
        "更正说明": issue.reason,
        "综述": _summary(results),
        "各说明": [
            _items(rules.items),
            *settling(course),
            *_unscored(results, rules.items),
            *filter(None, [thin(results, rules.items)]),
            *vetoes(results),
            *([LAW.advice] if rules.growth else []),
        ],
        "各行": [_row(each) for each in ranking(results)],
        "表注": _note(rules),
        "审定": rules.approved_by,
        "编制单位": plan.office,
        "制表日期": chinese_date(issue.at.date()),
    }


def settling(course: Course) -> Iterator[str]:
    """When the scheme was settled, and why and by whom it was settled or changed after the free time."""
    for place, each in enumerate(course.settled):
        if place and not each.reason and each is not course.settled[-1]:
            continue  # changed again before December
        what = "改动" if place else "定版"
        approved = f"，经{each.who}批准，原因：{each.reason.rstrip('。')}" if each.reason and each.who else ""
        yield f"考核方案{chinese_date(each.day)}{what}{approved}。"


def vetoes(results: Sequence[Result]) -> Iterator[str]:
    """Who cannot be 优秀, and why."""
    told = [f"{each.unit.name}（{each.veto}）" for each in results if each.veto]
    if told:
        yield f"查实弄虚作假，不评优秀的：{'、'.join(told)}。"


def veto_words(result: Result) -> str:
    """The same on a unit's own page."""
    return f"查实弄虚作假，不评优秀：{result.veto}"


def ranking(results: Sequence[Result]) -> list[Result]:
    """By group in the roster's order, then by place; who has none stands last."""
    groups = list(dict.fromkeys(each.unit.group for each in results))
    return sorted(
        results,
        key=lambda each: (groups.index(each.unit.group), each.rank is None, each.rank or 0, each.unit.code),
    )


def groups_of(results: Sequence[Result]) -> dict[str, list[Result]]:
    """Group → its units, in the roster's order."""
    found: dict[str, list[Result]] = {}
    for each in results:
        found.setdefault(each.unit.group, []).append(each)
    return found


def _summary(results: Sequence[Result]) -> str:
    groups = groups_of(results)
    apart = "，各类分别排名、分别定等" if len(groups) > 1 else ""
    told = "".join(_group_summary(group, own) for group, own in groups.items())
    return f"参加考核的单位{len(results)}个{apart}。{told}"


def _group_summary(group: str, own: Sequence[Result]) -> str:
    counted = Counter(each.grade for each in own)
    grades = "、".join(f"{grade}{counted[grade]}个" for grade in GRADES if counted[grade])
    if counted[None]:
        grades += ("、" if grades else "") + f"没有可以计分的项目、不定等次{counted[None]}个"
    best = [each.unit.name for each in ranking(own) if each.grade == EXCELLENT]
    named = f"；优秀的是{listed(best, 30)}" if best else ""
    return f"{noun(group)}{len(own)}个：{grades}{named}。"


def _items(items: Sequence[Item]) -> str:
    """The items in a sentence, with what each is worth."""
    weighted = [
        f"{each.name}{number_text(each.weight)}分{_only(each)}" for each in items if each.form not in BESIDE
    ]
    beside = [
        f"{each.name}每件{'扣' if each.form == DEDUCT else '加'}{number_text(each.points)}分、最多"
        f"{number_text(each.limit or Fraction(0))}分{_only(each)}"
        for each in items
        if each.form in BESIDE
    ]
    return f"考核项目：{'、'.join(weighted)}" + "".join(f"；{each}" for each in beside) + "。"


def _only(item: Item) -> str:
    return "" if item.group == BOTH else f"（限{noun(item.group)}）"


def _unscored(results: Sequence[Result], items: Sequence[Item]) -> Iterator[str]:
    """For each item and reason which units could not be scored, in one sentence; who has no total is told of elsewhere."""
    judged = [result for result in results if result.total is not None]
    told = []
    for item in (each for each in items if each.form not in BESIDE):
        own = [each for result in judged for each in result.scores if each.name == item.name]
        for why, count in Counter(each.why for each in own if each.score is None).items():
            who = "各单位都" if count == len(own) else f"{count}个单位"
            told.append(f"{item.name}，{who}{why}")
    if told:
        yield f"没有计分的：{'；'.join(told)}。没有计分的项目不按0分算，权重按比例分摊到该单位的其他各项。"


def _row(each: Result) -> dict[str, str]:
    return {
        "类别": each.unit.group,
        "名次": NONE if each.rank is None else str(each.rank),
        "单位": each.unit.name,
        "各项": "　".join(
            f"{one.name}{points_text(one.score)}" for one in each.scores if one.score is not None
        )
        or NONE,
        "总分": score_cell(each.total),
        "等次": each.grade or NONE,
    }


def score_cell(score: Fraction | None) -> str:
    """Points as they are printed; a dash where there are none."""
    return NONE if score is None else points_text(score)


def _note(rules: Assessment) -> str:
    excellent, good, passed = map(number_text, rules.grades)
    return (
        "没有列出的项目不计分。各项得分、总分都保留两位小数（四舍五入）；总分按没有取舍的得分相加，和表上各项相加可能差一两个末位。"
        "每一项怎么算的，见考核反馈单。"
        f"总分{excellent}分及以上、且不超过本类单位的{number_text(rules.top_share * 100)}%（不足1个的舍去，同分超出名额的都列为良好）为优秀，"
        f"{good}分及以上为良好，{passed}分及以上为合格，其余为不合格。"
    )
