"""What each unit is asked (函询): which of its letters nobody has used, and which registrations it may explain.

A letter of inquiry is one page, so it names as much as there is room for and counts the rest. It leaves the office: there
is no number of a person in it, and of a name the first character only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.domain.letters.model import DEAD, Letter, Serial
from pipeline.domain.model import Unit
from pipeline.domain.values.identity import masked_name
from pipeline.domain.wording import chinese_date
from pipeline.reports.reconciliation.findings import NAMED_NONE, WORDS, Finding
from pipeline.reports.reconciliation.outstanding import Outstanding, Whereabouts

ASKED = ("printed", "distributed")
"""States of letters that a unit is asked about; one that was returned lies in the office."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of what there is to ask goes onto the page."""

    runs: int
    """Runs of consecutive numbers."""
    findings: int
    """Registrations."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What one unit is asked."""

    unit: Unit
    """The unit."""
    live: int
    """How many letters it has that are neither void nor lost."""
    used: int
    """How many of them have become a business."""
    outstanding: tuple[Outstanding, ...]
    """Those with which nothing has been done, by number."""
    findings: tuple[Finding, ...]
    """Registrations to be looked into."""
    unnamed: int
    """How many registrations declare it and name no letter."""

    @property
    def unused(self) -> int:
        """How many letters it is asked about."""
        return sum(each.run.count for each in self.outstanding)


def inquiries(
    units: Sequence[Unit],
    letters: Sequence[Letter],
    standings: Mapping[Serial, Whereabouts],
    outstanding: Sequence[Outstanding],
    findings: Sequence[Finding],
) -> tuple[Inquiry, ...]:
    """The units that have something to answer, in roster order.

    :param units: the roster; a unit that is no longer in it is asked nothing.
    :param standings: where each letter was on the day, as are the outstanding ones.
    """
    found = []
    for unit in units:
        own = [
            standings[each.serial].state
            for each in letters
            if each.serial.unit == unit.code and each.serial in standings
        ]
        asked = tuple(each for each in outstanding if each.run.unit_code == unit.code and each.state in ASKED)
        doubtful = tuple(each for each in findings if each.is_doubtful and unit.code in each.units)
        if asked or doubtful:
            unnamed = sum(
                NAMED_NONE in each.codes and each.attribution.business.unit == unit.code for each in findings
            )
            live = sum(state not in DEAD for state in own)
            found.append(Inquiry(unit, live, own.count("used"), asked, doubtful, unnamed))
    return tuple(found)


def outstanding_rows(inquiry: Inquiry, most: int) -> list[dict[str, str]]:
    """The letters by state and day, with their numbers, count, state and age, by the template's names.

    :param most: runs of numbers that are named; the rest is left out.
    """
    rows = []
    named = sorted(inquiry.outstanding[:most], key=lambda each: each.since)
    for (state, since), group in groupby(named, lambda each: (each.state, each.since)):
        runs = sorted(group, key=lambda each: each.run.first.serial)
        year_unit = runs[0].run.first.serial.key.rpartition("-")[0] + "-"
        numbers = runs[0].numbers + "".join(f"、{each.numbers.removeprefix(year_unit)}" for each in runs[1:])
        rows.append(
            {
                "编号": numbers, "份数": str(sum(each.run.count for each in runs)), "天数": str(runs[0].days),
                "情况": f"{chinese_date(since)}{'领用' if state == 'distributed' else '印制，未登记领用'}",
            }
        )  # fmt: skip
    return rows


def finding_row(finding: Finding, names: Mapping[str, str]) -> dict[str, str]:
    """A registration and what is to be explained, by the template's names.

    :param names: unit code → short name.
    """
    business, letter = finding.attribution.business, finding.letter
    told = [WORDS[code] for code in finding.codes if code != NAMED_NONE]
    if letter and business.unit and business.unit != letter.serial.unit:
        told.append(f"发给{letter.unit_name}，申报{names.get(business.unit, '别的单位')}")
    serial = business.letter or (letter.serial if letter else None)
    return {
        "编号": serial.key if serial else "", "名称": business.name, "经营者": masked_name(business.operator),
        "成立日期": str(business.established or ""), "问题": "；".join(told),
    }  # fmt: skip


def left_over(inquiry: Inquiry, room: Room) -> str:
    """What the page has no room for; empty when it names all."""
    letters = sum(each.run.count for each in inquiry.outstanding[room.runs :])
    findings = len(inquiry.findings[room.findings :])
    told = [f"未使用的介绍信{letters}份"] * bool(letters) + [f"需要核实的登记{findings}条"] * bool(findings)
    return f"另有{'、'.join(told)}，见附表。" if told else ""
