"""A city and its counties: who they are, and what happened in them from January to June 2022, which is made up.

Names are those of Jincheng (晋城市), to which 晋市市监〔2022〕67号 is addressed; towns, targets and figures are invented.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from examples.build.people import Maker, Person

NAME, CODE, YEAR = "晋城市", "1405", 2022
MISSING = "06"
"""Who has not sent June's figures."""
CORRECTED = "04"
"""Who corrected June's."""
INSIDE = {"07": "01"}
"""The development zone → the district that counts its businesses too."""
COUNTIES, ZONES = "县（市、区）", "开发区"


@dataclass(frozen=True)
class County:
    """A county, or the development zone."""

    code: str
    name: str
    full_name: str
    group: str
    aliases: str
    target: int
    """As the city set it."""
    own_target: int
    """As the county handed it on to its units."""
    reached: float
    """Share of the target that it registered from January to June."""
    towns: tuple[str, ...]
    """Its units; invented."""

    @property
    def short(self) -> str:
        """Without what kind of place it is."""
        return self.name[:-1] if len(self.name) > 2 else self.name


def _county(
    code: str, name: str, reached: float, target: int, *towns: str, own_target: int | None = None
) -> County:
    full = f"{NAME}{name}人民政府" if name == "城区" else f"{name}人民政府"
    own = target if own_target is None else own_target
    return County(code, name, full, COUNTIES, f"晋城{name}", target, own, reached, towns)


CITY = (
    _county("01", "城区", 0.62, 70, "东街道", "西街道", "区直单位"),
    _county("02", "泽州县", 0.50, 60, "大桥镇", "河滨镇", "县直单位", own_target=66),
    _county("03", "高平市", 0.55, 60, "米山街道", "北关镇", "市直单位"),
    _county("04", "阳城县", 0.36, 50, "凤山镇", "润河镇", "县直单位"),
    _county("05", "陵川县", 0.45, 40, "崇山镇", "礼河镇", "县直单位"),
    _county("06", "沁水县", 0.40, 40, "龙山镇", "端河镇", "县直单位"),
    County("07", "晋城开发区", "晋城经济技术开发区管理委员会", ZONES, "开发区、经开区、开发区管委会", 20, 20, 0.65, ("东园区", "西园区")),
)  # fmt: skip


@dataclass(frozen=True)
class Shop:
    """An individual business."""

    who: Person
    code: str
    """Its unified code."""
    county: County
    town: str
    """The unit that it counts for; empty for none."""
    established: date
    cancelled: date | None
    is_late: bool
    """Whether its county learnt of it only in June (补录)."""

    def is_known(self, month: int) -> bool:
        """Whether the county's bulletin of a month counts it."""
        return not self.is_late or month >= 6


def shops(maker: Maker) -> list[Shop]:
    """All of the city, in the order of the day on which they opened."""
    found = [shop for county in CITY for shop in _shops_of(maker, county)]
    return sorted(found, key=lambda shop: shop.established)


def _shops_of(maker: Maker, county: County) -> Iterator[Shop]:
    for number in range(round(county.target * county.reached)):
        town = "" if number % 9 == 8 else county.towns[number % len(county.towns)]
        day = date(YEAR, 1, 4) + timedelta(maker.chance.randrange(177))
        closed = day + timedelta(40) if number % 16 == 5 and day < date(YEAR, 5, 1) else None
        late = number % 20 == 3 and day < date(YEAR, 5, 1)
        yield Shop(_person(maker, county, town), maker.code(), county, town, day, closed, late)


def _person(maker: Maker, county: County, town: str) -> Person:
    return maker.person(f"{county.name}{town.removesuffix('单位') or '新区'}")


def applicants(maker: Maker, county: County, number: int) -> list[Person]:
    """People whom a county has won over."""
    return [_person(maker, county, county.towns[0]) for _ in range(number)]


def of_county(all_shops: Sequence[Shop], county: County) -> list[Shop]:
    """What a county counts: its own, and those of a zone inside it."""
    zones = {zone for zone, host in INSIDE.items() if host == county.code}
    return [shop for shop in all_shops if shop.county == county or shop.county.code in zones]


def counts(some: Sequence[Shop], month: int) -> dict[str, int]:
    """New and cancelled in a month and from January on, as a bulletin of that month has them."""
    known = [shop for shop in some if shop.is_known(month)]
    new = [shop.established.month for shop in known if shop.established.month <= month]
    gone = [shop.cancelled.month for shop in known if shop.cancelled and shop.cancelled.month <= month]
    return {
        "new_month": new.count(month), "cancelled_month": gone.count(month), "new": len(new), "cancelled": len(gone),
    }  # fmt: skip
