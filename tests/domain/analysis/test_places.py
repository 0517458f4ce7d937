"""Which township or street a business is in."""

from dataclasses import replace

import pytest
from support.figures.shops import UNITS, business

from pipeline.domain.analysis.places import Places
from pipeline.domain.model import Unit

ROSTER = (
    *UNITS[:9], replace(UNITS[9], aliases=("市场监督管理局", "市场监管局")),
    Unit("27", "岚城开发区", "岚县岚城开发区管理委员会", "开发区"),
)  # fmt: skip
OLD_NAMES = replace(UNITS[0], aliases=("东村", "东村乡", "城关镇"))


@pytest.mark.parametrize(
    "station, town, address, code",
    [
        ("岚县东村市场监督管理所", "普明镇", "岚县岚城镇一街1号", "01"),
        ("岚县市场监督管理局东村所", "", "", "01"),
        ("城关市场监督管理所", "普明镇", "岚县岚城镇一街1号", "02"),
        ("", "普明", "岚县岚城镇一街1号", "02"),
        ("", "", "山西省吕梁市岚县岚城镇一街1号", "03"),
        ("", "", "岚县岚城开发区一路1号", "27"),
        ("", "", "东村饭店对面", None),
        ("", "", "岚县东村镇界河口镇路口", "01"),
        ("县市场监管局", "", "", None),
        ("", "", "", None),
        ("东 村 镇 所", "", "", "01"),
    ],
)
def test_the_office_goes_before_the_township_and_that_before_the_address(
    station: str, town: str, address: str, code: str | None
) -> None:
    shop = business(1, "2022-01-01", station=station, town=town, address=address, unit="05")
    assert Places(ROSTER).of(shop) == code


def test_old_names_of_the_roster_are_known() -> None:
    places = Places([OLD_NAMES, *UNITS[1:]])
    assert places.of(business(1, address="岚县城关镇一街1号")) == "01"
    assert places.of(business(1, address="岚县东村乡某村")) == "01"
    assert places.of(business(1, address="东村对面")) is None


def test_a_name_of_two_places_is_nobody_s() -> None:
    twins = [Unit("01", "城关镇", "城关镇人民政府", "乡镇"), Unit("02", "城关街道", "城关街道办事处", "街道")]
    places = Places(twins)
    assert places.of(business(1, station="城关所")) is None
    assert places.of(business(1, station="城关街道所")) == "02"
    assert places.groups == ("乡镇", "街道")


def test_bureaus_are_no_places() -> None:
    assert [each.code for each in Places(ROSTER).units] == [*(f"0{number}" for number in range(1, 10)), "27"]
    assert Places(UNITS[9:]).of(business(1, station="东村所", address="岚县东村镇")) is None
