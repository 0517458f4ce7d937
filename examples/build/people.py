"""Made-up people and businesses: names drawn by chance, numbers that are well formed and can be nobody's.

ID numbers and unified codes carry the region 999999, which no place in China has; phones begin with 154, which no
carrier has been given.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SURNAMES = (
    *"王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏",
    "欧阳",
    "司马",
    "尉迟",
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红玲建国春梅志文晓东海燕永生爱福贵喜旺玥旻镕"
TRADES = {
    "综合便利店": "日用百货、预包装食品、烟草制品零售",
    "小吃店": "小吃服务",
    "土豆批发部": "土豆、小杂粮批发零售",
    "五金建材经营部": "五金交电、建筑材料零售",
    "理发店": "理发服务",
    "农家乐": "餐饮服务、住宿服务",
    "手机维修部": "手机及配件销售、维修",
    "粮油店": "粮油、散装食品零售",
    "服装店": "服装鞋帽、针纺织品零售",
    "汽车修理部": "机动车维修、汽车装饰",
    "饭店": "餐饮服务（含酒类）",
    "小杂粮加工坊": "小杂粮加工、销售",
    "电动车行": "电动车销售、维修",
    "打印部": "复印打印、广告设计",
    "货运部": "道路普通货物运输",
    "建筑工程队": "农村自建房施工、砌筑、抹灰",
    "家政服务部": "家政服务、清扫保洁",
    "农资经营部": "化肥、农膜、农机具零售",
    "沙棘饮料厂": "沙棘饮料加工、销售",
    "24小时便利店": "日用百货、乳制品（含婴幼儿配方乳粉）零售",
}
"""What a shop is called by → what it deals in."""
STREETS = ("文明街", "向阳路", "滨河北路", "人民东路", "北大街", "新建西街", "209国道旁", "振兴街", "岚漪路")
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Of a unified code (GB 32100-2015)."""


@dataclass(frozen=True)
class Person:
    """Somebody who wants to open a shop, and the shop."""

    name: str
    id_no: str
    phone: str
    business: str
    scope: str
    address: str


class Maker:
    """Draws people and numbers; the same seed draws the same ones."""

    def __init__(self, seed: int, county: str = "岚县", streets: Sequence[str] = STREETS) -> None:
        self._county, self._streets = county, streets
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self._names: set[str] = set()
        self._drawn = 0

    def person(self, place: str, trade: str | None = None) -> Person:
        """A new person of a town, 18 to 74 years old in 2022, with a business name that nobody else has."""
        name = self._name()
        trade = trade or self.chance.choice(list(TRADES))
        business = f"{self._county}{place}{name[-2:]}{trade}"
        while business in self._names:
            name = self._name()
            business = f"{self._county}{place}{name}{trade}"
        self._names.add(business)
        return Person(name, self.id_no(), self.phone(), business, TRADES[trade], self._address(place))

    def _name(self) -> str:
        surname: str = self.chance.choice(SURNAMES)
        return surname + "".join(self.chance.choices(GIVEN, k=self.chance.choice((1, 2, 2, 2))))

    def _address(self, place: str) -> str:
        street = self.chance.choice(self._streets)
        return f"{self._county}{place}{street}{self.chance.randrange(1, 300)}号{self.chance.choice(('', '', '（农贸市场内）', '商铺A3'))}"

    def id_no(self, born: date | None = None) -> str:
        """A citizen's number that nobody has."""
        born = born or date(1955, 1, 1) + timedelta(self.chance.randrange(17_500))
        number = "000"
        while number.endswith("000"):  # as if typed as a number and its last digits lost
            self._drawn += 1
            number = id_number(f"999999{born:%Y%m%d}{1 + self._drawn * 7 % 999:03d}")
        return number

    def phone(self) -> str:
        """A mobile number that nobody has."""
        return f"1540000{self.chance.randrange(10_000):04d}"

    def code(self, kind: str = "92") -> str:
        """A unified code that nobody has.

        :param kind: ``92`` for an individual business, ``91`` a company, ``93`` a cooperative.
        """
        return credit_code(f"{kind}999999MA0{''.join(self.chance.choices(SIGNS, k=5))}")


def id_number(digits: str) -> str:
    """17 digits with their check sign (GB 11643-1999)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return digits + "10X98765432"[rest]


def credit_code(signs: str) -> str:
    """16 signs with the check sign of the organisation (GB 11714-1997) and that of the whole (GB 32100-2015)."""
    rest = (
        11
        - sum(
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(sign) * weight
            for sign, weight in zip(signs[8:], (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
        )
        % 11
    )
    signs += {10: "X", 11: "0"}.get(rest, str(rest))
    total = sum(SIGNS.index(sign) * 3**place for place, sign in enumerate(signs))
    return signs + SIGNS[-total % 31]
