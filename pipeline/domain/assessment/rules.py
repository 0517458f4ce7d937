"""What a year is judged by: items with their weights and forms, grades, and who has approved.

The forms are those of the rules of other counties and cities (镇江, 南靖, 扬州); which of them holds is the county's to
say, in ``assessment.toml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

BOTH = "both"
"""An item of every group."""
TYPED = "typed"
"""The source of an item whose figures the office types in."""
COMPLETION, ON_TIME, RETURNS = "completion_rate", "on_time_rate", "returns"
REMINDERS, SUPERVISIONS, INTERVIEWS = "reminders", "supervisions", "interviews"
QUALITY, MEASURES, SURVIVAL = "data_quality", "measures", "letter_survival"
POLICIES, CAMPAIGNS = "policies", "campaigns"
COMPUTED = {
    COMPLETION: "累计净增户数比任务数", ON_TIME: "按期销号的事项比到期的事项", RETURNS: "申请销号被退回的次数",
    REMINDERS: "提醒函件数", SUPERVISIONS: "督办函件数", INTERVIEWS: "约谈通知书件数", QUALITY: "没有疑点的户比计入的户",
    MEASURES: "牵头的措施里完成目标的指标比报了完成数的指标", SURVIVAL: "介绍信办照满6个月仍在册的户比满6个月的户",
    POLICIES: "负责兑现的政策各项完成率之和比项数", CAMPAIGNS: "牵头的专项行动各项完成率之和比项数",
}  # fmt: skip
"""Source that the program knows of → what it counts."""
NOTHING = {
    TYPED: "没有填实绩", COMPLETION: "没有任务", ON_TIME: "没有到期的挂账事项", QUALITY: "没有可以核对的登记数据",
    MEASURES: "没有牵头而又报了完成数的指标", SURVIVAL: "没有满6个月的户或者没有出12月的运行监测分析",
    POLICIES: "没有报政策兑现数，也没有填实绩", CAMPAIGNS: "没有报专项行动数，也没有填实绩",
}  # fmt: skip
"""Source → why a unit may have no figure of it; of the others everybody has one."""
TYPEABLE = (TYPED, MEASURES, SURVIVAL, POLICIES, CAMPAIGNS)
"""Sources whose figures may be typed in; of the others the program knows better."""
OF_SUPERVISION = (REMINDERS, SUPERVISIONS, INTERVIEWS)
"""Sources that are conclusions of supervision (督查结论): a unit has 30 days to object, by 《政府督查工作条例》."""
CONCLUSION_DAYS = 30
RATIO, STEP, THRESHOLD, RANK, DEDUCT, BONUS = "ratio", "step", "threshold", "rank", "deduct", "bonus"
FORMS = (RATIO, STEP, THRESHOLD, RANK, DEDUCT, BONUS)
BESIDE = (DEDUCT, BONUS)
"""Forms that have no weight: taken from, or added to, what the others make."""
EXCELLENT, GOOD, PASSED, FAILED = "优秀", "良好", "合格", "不合格"
GRADES = (EXCELLENT, GOOD, PASSED, FAILED)
"""From the best to the worst."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a unit gets points for, or loses them."""

    name: str
    """What it is called on paper."""
    group: str = BOTH
    """The group (类别) of the roster that it is for, or :data:`BOTH`."""
    weight: Fraction = Fraction(0)
    """Points that it is worth; 0 for a deduction and a bonus."""
    source: str = TYPED
    """Where its figures come from: :data:`TYPED`, or one of :data:`COMPUTED`."""
    form: str = RATIO
    """One of :data:`FORMS`."""
    cap: Fraction = Fraction(1)
    """Of a ratio: the most that counts, 1 for all of the target."""
    floor: Fraction = Fraction(0)
    """Of a ratio: below it there is nothing."""
    target: Fraction | None = None
    """What a typed figure is held against; a computed one has its own."""
    points: Fraction = Fraction(1)
    """Points for each unit of difference, place or event."""
    limit: Fraction | None = None
    """The most points that a step moves, a deduction takes, a bonus gives."""
    values: Mapping[str, Fraction] = field(default_factory=dict)
    """Code of a unit → its figure as typed in; they count before what was computed."""
    asked: Mapping[str, int] = field(default_factory=dict)
    """Code of a unit → how many people a survey has asked there."""
    asked_min: int = 0
    """People below whom a survey says nothing; 0 where it is no survey."""

    @property
    def is_conclusion(self) -> bool:
        """Whether it goes by conclusions of supervision (督查结论)."""
        return self.source in OF_SUPERVISION


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """``assessment.toml``."""

    preset: str
    """Name of the set of items that it begins from."""
    items: tuple[Item, ...]
    """What is judged, in the order of the papers."""
    approved_by: str = ""
    """Who has approved the result; empty: it is a draft (送审稿) and is not kept."""
    report_to: str = ""
    """Whom the report goes to (主送); empty: the leading group whose office this is."""
    grades: tuple[Fraction, Fraction, Fraction] = (Fraction(90), Fraction(80), Fraction(60))
    """Points from which on it is 优秀, 良好, 合格."""
    top_share: Fraction = Fraction(3, 10)
    """The most of a group that may be 优秀, rounded down to whole units."""
    appeal_days: int = 5
    """Working days within which a unit may object to its result."""
    veto: bool = False
    """Whether who has been proven to have made things up (弄虚作假) cannot be 优秀."""
    fabrication: Mapping[str, str] = field(default_factory=dict)
    """Code of such a unit → how it was proven; empty without a veto."""

    @property
    def scheme(self) -> dict[str, object]:
        """What is settled before the year is over (方案), as JSON values; who approves and what is typed in is not of it."""
        return {
            "preset": self.preset,
            "grades": list(map(str, self.grades)),
            "top_share": str(self.top_share),
            "appeal_days": self.appeal_days,
            "veto": self.veto,
            "items": [
                {
                    "name": each.name, "group": each.group, "weight": str(each.weight), "source": each.source,
                    "form": each.form, "cap": str(each.cap), "floor": str(each.floor),
                    "target": None if each.target is None else str(each.target), "points": str(each.points),
                    "limit": None if each.limit is None else str(each.limit), "asked_min": each.asked_min,
                }
                for each in self.items
            ],
        }  # fmt: skip

    @property
    def growth(self) -> tuple[Item, ...]:
        """Items that judge by growth in numbers, which 《促进个体工商户发展条例》 art. 32 has its doubts about."""
        return tuple(each for each in self.items if each.source == COMPLETION or "增长率" in each.name)
