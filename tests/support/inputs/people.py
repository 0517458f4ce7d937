"""Made-up applicants: nobody here exists. Names, numbers and shops are drawn by chance from the lists below.

ID numbers carry the region code 999999, which no place in China has, so none can belong to anybody.
"""

import random
from collections.abc import Iterator
from datetime import date

from pipeline.domain.letters.model import Letter, Serial
from pipeline.domain.model import Applicant

SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗欧阳司马诸葛尉迟"
GIVEN_NAMES = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红玲建国春梅志文晓东海燕永生"
RARE = "旻堃祎玥珺镕䶮㛃"
PLACES = (
    "东村镇",
    "普明镇",
    "岚城镇",
    "上明乡",
    "王狮乡",
    "顺会乡",
    "界河口镇",
    "社科乡",
    "河口乡",
    "土峪村",
)
TRADES = (
    "日用百货", "预包装食品", "散装食品", "五金交电", "建筑材料", "农副产品", "粮油", "服装鞋帽", "化妆品",
    "文具用品", "家用电器", "手机及配件维修", "餐饮服务", "小吃服务", "烟草制品零售", "土豆种植及加工",
    "沙棘饮料", "小杂粮", "理发服务", "汽车装饰", "LED灯具", "蔬菜水果", "农机具（含配件）", "电动车销售、维修",
    "KTV娱乐服务", "3D打印", "酒类经营", "中药材收购（不含国家管控品种）", "快递服务", "广告设计",
)  # fmt: skip
SHOPS = (
    "综合便利店", "小吃店", "土豆批发部", "五金建材经营部", "理发店", "农家乐", "超市", "手机维修部", "粮油店",
    "服装店", "汽车修理部", "饭店", "副食商行", "小杂粮加工坊", "电动车行", "24小时便利店", "A区16号摊位",
)  # fmt: skip
STREETS = ("文明街", "向阳路", "滨河北路", "人民东路", "北大街", "新建西街", "209国道旁", "振兴街", "岚漪路")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""Of an ID number's first 17 digits, for its last sign (GB 11643)."""
SHOP_LIMIT, SCOPE_LIMIT, ADDRESS_LIMIT = 20, 40, 40


def applicants(count: int, seed: int = 20) -> list[Applicant]:
    """So many made-up people, the same every time."""
    chance = random.Random(seed)
    return [_applicant(chance) for _ in range(count)]


def filled_letters(count: int, seed: int = 20) -> list[Letter]:
    """A letter for each of so many made-up people."""
    return [letter_for(who, number) for number, who in enumerate(applicants(count, seed), 1)]


def letter_for(
    who: Applicant | None, number: int = 1, signature: str = "岚县东村镇人民政府", unit: str = "01"
) -> Letter:
    """A numbered letter for somebody, or a blank one."""
    day = date(2022, number % 12 + 1, number % 28 + 1) if who else None
    printed = f"岚个培〔2022〕{unit}-{number:04d}"
    return Letter(Serial(2022, unit, number), printed, "东村镇", signature, who, day)


def person(
    name: str = "王小明",
    id_no: str = "999999199001011234",
    phone: str = "13800000000",
    business: str = "岚县东村镇小明便利店",
    scope: str = "日用百货、预包装食品、烟草制品零售",
    address: str = "岚县东村镇文明街12号",
) -> Applicant:
    """A made-up person with these words in the slots."""
    return Applicant(name, id_no, phone, business, scope, address)


def _applicant(chance: random.Random) -> Applicant:
    place = chance.choice(PLACES)
    name = _name(chance)
    shop = f"岚县{chance.choice((place, ''))}{name[-2:]}{chance.choice(SHOPS)}"
    return Applicant(
        name=name,
        id_no=_id_number(chance),
        phone="1" + chance.choice("3578") + "".join(chance.choices("0123456789", k=9)),
        business=shop[:SHOP_LIMIT],
        scope=_scope(chance),
        address=_address(chance, place),
    )


def _name(chance: random.Random) -> str:
    surname = chance.choice([*SURNAMES[:20], "欧阳", "司马", "诸葛", "尉迟"])
    given = "".join(chance.choices(GIVEN_NAMES, k=chance.choice((1, 2, 2, 2))))
    if chance.random() < 0.15:
        given = given[:-1] + chance.choice(RARE)
    return surname + given


def _id_number(chance: random.Random) -> str:
    day = date.fromordinal(date(1955, 1, 1).toordinal() + chance.randrange(18000))
    digits = f"999999{day:%Y%m%d}{chance.randrange(1000):03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11
    return digits + "10X98765432"[rest]


def _scope(chance: random.Random) -> str:
    wanted = chance.randrange(4, SCOPE_LIMIT + 1)
    return _joined("、", chance.sample(TRADES, len(TRADES)), wanted)


def _joined(sign: str, words: list[str], limit: int) -> str:
    text = words[0]
    for word in words[1:]:
        if len(text + sign + word) <= limit:
            text += sign + word
    return text


def _address(chance: random.Random, place: str) -> str:
    def parts() -> Iterator[str]:
        yield chance.choice(("山西省吕梁市岚县", "岚县", "岚县", "吕梁市岚县"))
        yield place
        yield chance.choice((*STREETS, "史家庄村", "梁家庄村", "河北村"))
        yield f"{chance.randrange(1, 999)}号"
        if chance.random() < 0.5:
            yield chance.choice(
                (f"{chance.randrange(1, 30)}号楼{chance.randrange(1, 5)}单元{chance.randrange(101, 2000)}室",
                 f"临街商铺{chance.choice('ABC')}{chance.randrange(1, 60)}", "（县医院对面）", "农贸市场内",
                 f"（{chance.randrange(1, 9)}-{chance.randrange(1, 90)}号商铺）")
            )  # fmt: skip

    return "".join(parts())[:ADDRESS_LIMIT]
