"""A county's figures.json: what it says, and why it is refused."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from support.figures.counties import figures, secret_of, sent

from pipeline.adapters.sealed import seal_of
from pipeline.domain.model import Problem
from pipeline.domain.period import Month
from pipeline.domain.rollup.sent import CountyMonth, Sent, are_figures, read_sent
from pipeline.domain.statistics.figures import Tally

Received = tuple[Sent, Mapping[str, Any] | None]


def refused(found: Received) -> str:
    problem = read_sent(*found)
    assert isinstance(problem, Problem)
    assert problem.source.file == found[0].file and problem.source.row is None
    return problem.code


def test_a_sound_file_says_the_county_s_month() -> None:
    found = read_sent(*sent(figures("01", 6, new=60, cancelled=10, target=80)))
    assert isinstance(found, CountyMonth)
    assert (found.code, found.name, found.month) == ("01", "东阳县", Month(2022, 6))
    assert (found.target, found.tally) == (80, Tally(6, 1, 60, 10))
    assert (found.revision, found.month_end, found.definitions) == (1, 0, 1)


def edited(**more: Any) -> Received:
    whole, content = sent(figures("01"))
    assert content
    held = {**content, **more}
    return Sent("数据.json", whole.on, *seal_of(held)), held


@pytest.mark.parametrize(
    "found, code",
    [
        (sent(None), "figures-broken"),
        (edited(month="2022-05"), "figures-seal"),
        (edited(county={**figures("01")["county"], "new": 61}), "figures-seal"),
        (edited(revision=2), "figures-seal"),
        (edited(place={"code": "02", "name": "西川县"}), "figures-seal"),
        (sent(figures("01", place={"code": " ", "name": "东阳县"}), secret=secret_of("01")), "figures-place"),
        (sent(figures("01", month_end=None)), "figures-broken"),
        (sent(figures("01", revision=-1)), "figures-broken"),
        (sent(figures("01", revision=True)), "figures-broken"),
        (sent(figures("01") | {"month": "六月"}), "figures-broken"),
        (sent(figures("01", units={})), "figures-sum"),
        (sent(figures("01", units=7)), "figures-broken"),
        (sent(figures("01", unattributed={})), "figures-broken"),
        (sent(figures("01", target=90, units=figures("01")["units"])), "figures-sum"),
        (sent(figures("01", county=figures("01", new=61)["county"])), "figures-sum"),
    ],
)
def test_what_cannot_be_used_is_refused_and_the_file_named(found: Received, code: str) -> None:
    assert refused(found) == code


def test_a_file_of_an_older_program_is_told_to_be_published_anew() -> None:
    whole, content = sent(figures("01"))
    assert content
    bare = {name: value for name, value in content.items() if name != "seal"}
    problem = read_sent(Sent("数据.json", whole.on, None, ""), bare)
    assert isinstance(problem, Problem) and problem.code == "figures-seal" and "旧版程序" in problem.advice


def test_a_file_is_known_by_its_words_whole_or_broken() -> None:
    text = json.dumps(figures("01"))
    assert are_figures(text) and are_figures(text[:400])
    assert not are_figures('{"files": {}, "code": ""}')
