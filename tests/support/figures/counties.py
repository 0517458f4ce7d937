"""Made-up counties and the ``figures.json`` that they send; places and numbers are invented."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.adapters.sealed import seal_of, sealed
from pipeline.domain.model import Unit
from pipeline.domain.period import Month
from pipeline.domain.rollup.city import CityMonth, city_month, counties_of
from pipeline.domain.rollup.reporting import Rules, due_day, reported
from pipeline.domain.rollup.sent import CountyMonth, Sent, read_sent
from pipeline.domain.statistics.figures import MonthFigures, Yardstick
from pipeline.settings import Rollup

COUNTIES = {"01": "东阳县", "02": "西川县", "03": "南陵市", "04": "北河县", "05": "云台开发区"}
CITY = Rollup(counties=dict(COUNTIES))
JUNE = Month(2022, 6)


def secret_of(code: str) -> bytes:
    """Of a county's office."""
    return f"secret of {code}".ljust(32, "-").encode()


def figures(
    code: str, month: int = 6, new: int = 60, cancelled: int = 10, target: int = 100, **more: Any
) -> dict[str, Any]:
    """What a county's bulletin says; all of the month's is a tenth of the year's, and a tenth of all is nobody's.

    :param more: takes the place of what is there.
    """
    nobody = _tally(0, 0, new // 10, 0)
    unit = _tally(new // 10, cancelled // 10, new - new // 10, cancelled)
    county = {name: unit[name] + nobody[name] for name in unit}
    return {
        "month": f"2022-{month:02d}", "as_of": f"2022-{month:02d}-30", "issue_number": month, "pace": month / 12,
        "county": {"target": target, **county, "completion_rate": county["net"] / target if target else None, "lead": None},
        "units": [{"code": "01", "name": "城关镇", "group": "乡镇", "target": target, **unit, "completion_rate": None, "lead": None,
                   "rank": None, "band": "先进"}],
        "unattributed": nobody,
        "place": {"code": code, "name": COUNTIES.get(code, "外县")}, "month_end": 0, "definitions": 1, "revision": 1,
    } | more  # fmt: skip


def _tally(new_month: int, cancelled_month: int, new: int, cancelled: int) -> dict[str, int]:
    return {
        "new_month": new_month, "cancelled_month": cancelled_month, "net_month": new_month - cancelled_month, "new": new,
        "cancelled": cancelled, "net": new - cancelled,
    }  # fmt: skip


def file_of(content: Mapping[str, Any], secret: bytes = b"") -> bytes:
    """A county's file, sealed by its own office if by no other."""
    own = secret or secret_of(content["place"]["code"])
    return json.dumps(sealed(content, own), ensure_ascii=False, indent=1).encode()


def sent(
    content: Mapping[str, Any] | None, on: str = "2022-07-03", file: str = "", secret: bytes = b""
) -> tuple[Sent, Mapping[str, Any] | None]:
    """The same as received, and what it holds."""
    if content is None:
        return Sent(file or "数据.json", date.fromisoformat(on), None, ""), None
    held = json.loads(file_of(content, secret))
    name = file or f"{content['place']['name']}{content['month']}-{content['revision']}.json"
    return Sent(name, date.fromisoformat(on), *seal_of(held)), held


def county(code: str, month: int = 6, on: str = "2022-07-03", file: str = "", **more: Any) -> CountyMonth:
    """A county's month as read."""
    found = read_sent(*sent(figures(code, month, **more), on, file))
    assert isinstance(found, CountyMonth), found
    return found


def city(
    *sent: CountyMonth,
    inside: Sequence[str] = (),
    roster: Sequence[Unit] = (),
    previous: MonthFigures | None = None,
    month: Month = JUNE,
    month_end: int = 0,
) -> CityMonth:
    """Their city's month."""
    counties = counties_of(CITY, roster)
    told = reported(counties, {each.code: each for each in sent}, due_day(month, 5), Rules(month_end, 1))
    return city_month(told, inside, month, Yardstick(month_end=month_end), previous)
