import pytest

from pipeline.domain.place import addressed, businesses, is_place, noun, stem, whole


@pytest.mark.parametrize(
    "place, text",
    [
        ("岚县", "全县"), ("吕梁市", "全市"), ("清源区", "全区"), ("阿荣旗", "全旗"), ("延边朝鲜族自治州", "全州"),
        ("锡林郭勒盟", "全盟"), ("某某经济开发区", "全区"), ("东村镇", "全镇"), ("示范基地", "全域"), ("", "全域"),
    ],
)  # fmt: skip
def test_all_of_a_place_goes_by_the_last_sign_of_its_name(place: str, text: str) -> None:
    assert whole(place) == text


@pytest.mark.parametrize(
    "group, text",
    [
        ("乡镇", "乡镇"),
        ("县直", "县直单位"),
        ("市直", "市直单位"),
        ("街道", "街道"),
        ("县（市、区）", "县（市、区）"),
        ("开发区", "开发区"),
    ],
)
def test_a_unit_is_called_by_its_group(group: str, text: str) -> None:
    assert noun(group) == text


def test_who_is_asked_is_named_once() -> None:
    assert addressed(("乡镇", "县直", "省直")) == "各乡镇、各有关单位"
    assert addressed(()) == "各单位"


def test_the_state_has_changed_its_word() -> None:
    assert [businesses(year) for year in (2021, 2022, 2023, 2031)] == ["市场主体"] * 2 + ["经营主体"] * 2


@pytest.mark.parametrize(
    "name, full_name, group, is_one",
    [
        ("东村镇", "岚县东村镇人民政府", "乡镇", True), ("东村", "岚县东村镇人民政府", "乡镇", True),
        ("城关街道", "城关街道办事处", "街道", True), ("城关", "清源区城关街道办事处", "街道", True),
        ("高新区", "高新技术产业开发区管理委员会", "开发区", True), ("东阳县", "东阳县人民政府", "县（市、区）", True),
        ("县财政局", "岚县财政局", "县直", False), ("县财政局", "岚县财政局", "部门", False),
        ("某某示范区", "某某示范区管委会", "县直", False),
    ],
)  # fmt: skip
def test_townships_and_streets_are_places_and_offices_are_not(
    name: str, full_name: str, group: str, is_one: bool
) -> None:
    assert is_place(name, full_name, group) is is_one


@pytest.mark.parametrize(
    "name, bare", [("东村镇", "东村"), ("城关街道", "城关"), ("城关街道办事处", "城关"), ("东村", "东村")]
)
def test_a_place_without_its_kind(name: str, bare: str) -> None:
    assert stem(name) == bare
