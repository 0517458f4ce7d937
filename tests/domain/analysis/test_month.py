"""A month's analysis: the whole is the bulletin's, and its parts with what came late add up to it."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from support.figures.shops import TOWNS, UNITS, business

from pipeline.domain.analysis.month import MonthAnalysis, analysed
from pipeline.domain.records.registrations import Registration
from pipeline.domain.statistics.attribution import attribute
from pipeline.domain.statistics.counting import count
from pipeline.domain.statistics.late import counted_now
from pipeline.domain.statistics.measuring import month_figures
from pipeline.domain.statistics.published import Published
from pipeline.domain.values.industry import Industry

AS_OF = date(2022, 6, 30)
SECRET = b"-" * 32


def printed(shops: Sequence[Registration]) -> Published:
    """What June's bulletin said when it knew of these."""
    counted = count(attribute(shops, {}, UNITS, AS_OF), AS_OF)
    return Published(month_figures(counted, UNITS, AS_OF), counted_now(counted, SECRET))


def analysis(
    now: Sequence[Registration], then: Sequence[Registration] | None = None, base: int = 0
) -> MonthAnalysis:
    bulletin = printed(now if then is None else then)
    return analysed(now, UNITS, {}, bulletin, base, (3, 6, 12), SECRET)


def coded(number: int, industry: Industry | None, established: str = "2022-02-01") -> Registration:
    return business(number, established)._replace(industry=industry)


def test_what_came_late_is_in_the_parts_and_not_in_the_whole() -> None:
    then = [business(1, "2022-01-05"), business(2, "2022-02-05", "2022-03-05"), business(3, "2022-02-05")]
    now = [
        then[0],
        then[1],
        business(4, "2022-05-05"),
        business(5, "2020-01-01", "2022-04-01"),
    ]  # 3 is withdrawn
    found = analysis(now, then)
    tally = found.figures.county.tally
    assert (tally.new, tally.cancelled) == (3, 1)
    assert (found.late.new, found.late.cancelled, found.late.withdrawn_new) == (1, 1, 1)
    [(_, flow)] = found.industries
    assert (flow.new, flow.cancelled) == (3, 2) and flow.net == tally.net + found.late.net


def test_industries_come_in_their_order_and_last_what_has_none() -> None:
    some = [Industry("H", 62), Industry("F", 52), None, Industry("A", 5), Industry("A"), Industry("C", 43)]
    found = analysis([coded(number, each) for number, each in enumerate(some)])
    assert [(letter, flow.new) for letter, flow in found.industries] == [
        ("A", 2), ("C", 1), ("F", 1), ("H", 1), (None, 1)
    ]  # fmt: skip
    assert found.structure.counts == (1, 0, 4)
    assert (found.structure.uncoded, found.structure.by_section) == (1, 1)
    assert found.coded.coded_share is not None and found.coded.coded_share * 6 == 5
    assert [(letter, flow.new) for letter, flow in analysis([coded(1, Industry("F"))]).industries] == [
        ("F", 1),
        (None, 0),
    ]


def test_the_structure_is_of_the_stock_where_the_exports_hold_it_and_else_of_the_new() -> None:
    old = [coded(number, Industry("H"), "2019-01-01") for number in range(10)]
    new = [coded(20, Industry("A", 1))]
    assert analysis(old + new).structure.counts == (1, 0, 10)
    assert analysis(new).structure.counts == (1, 0, 0) and not analysis(new).is_whole


@given(
    st.lists(
        st.tuples(
            st.dates(date(2020, 1, 1), AS_OF + timedelta(30)), st.none() | st.integers(0, 700),
            st.sampled_from([None, Industry("F", 52), Industry("A"), Industry("C", 43)]), st.sampled_from(["", *TOWNS]),
            st.sampled_from(["", "注销", "撤销", "迁出"]), st.booleans(), st.booleans(),
        ), max_size=30,
    )
)  # fmt: skip
def test_parts_add_up_to_the_whole_and_what_is_late(made: list[tuple[object, ...]]) -> None:
    shops, then = [], []
    for number, (opened, lasts, industry, town, status, is_struck, was_known) in enumerate(made):
        assert isinstance(opened, date)
        end = opened + timedelta(lasts) if isinstance(lasts, int) else None
        shop = business(number)._replace(
            established=opened, industry=industry, town=town, status=status,
            **{"struck_off" if is_struck else "cancelled": end},
        )  # fmt: skip
        shops.append(shop)
        then += [shop] if was_known else []
    found = analysis(shops, then)
    tally, late = found.figures.county.tally, found.late
    for flows in ([flow for _, flow in found.industries], [part.flow for part in found.places]):
        assert sum(flow.new for flow in flows) == tally.new + late.new - late.withdrawn_new
        assert (
            sum(flow.cancelled for flow in flows)
            == tally.cancelled + late.cancelled - late.withdrawn_cancelled
        )
        assert sum(flow.stock for flow in flows) == found.coded.coded + found.coded.uncoded
        if found.is_whole:
            assert sum(flow.stock for flow in flows) == found.stock.end
            assert sum(flow.before for flow in flows) == found.stock.start_of_year
    assert [part.unit.name for part in found.places if part.unit] == list(TOWNS)
