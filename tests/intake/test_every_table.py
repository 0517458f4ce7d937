"""Whatever is done to a table, in whatever make of file: what comes out is what was written, or is told at its place."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.inputs.draft import Disturbance, Draft, drafted
from support.inputs.messes import MESSES
from support.inputs.slips import SLIPS
from support.inputs.truth import KEYS
from support.inputs.written import EVERY

DISTURBANCES: tuple[Disturbance, ...] = (*MESSES, *SLIPS)
CASES = [
    pytest.param(disturbance, kind, make, id=f"{disturbance.__name__} {kind} {make}")
    for disturbance in DISTURBANCES
    for kind in disturbance.kinds
    for make in disturbance.makes
]


def check(draft: Draft, *disturbances: Disturbance) -> None:
    verdict = draft.verdict()
    assert verdict.unsaid == ()
    if all(disturbance.harmless for disturbance in disturbances):
        assert verdict.right == len(draft.truth)


@pytest.mark.parametrize("disturbance, kind, make", CASES)
def test_one_disturbance_leaves_nothing_wrong_in_silence(
    disturbance: Disturbance, kind: str, make: str
) -> None:
    for seed in range(2):
        chance = random.Random(f"{seed} {make}")
        draft = drafted(chance, kind, make)
        disturbance(chance, draft)
        check(draft, disturbance)


@settings(max_examples=120)
@given(
    st.randoms(use_true_random=False),
    st.sampled_from(sorted(KEYS)),
    st.sampled_from(sorted(EVERY)),
    st.data(),
)
def test_several_disturbances_at_once_leave_nothing_wrong_in_silence(
    chance: random.Random, kind: str, make: str, data: st.DataObject
) -> None:
    fitting = [one for one in DISTURBANCES if kind in one.kinds and make in one.makes]
    chosen = data.draw(st.lists(st.sampled_from(fitting), max_size=3, unique=True))
    draft = drafted(chance, kind, make)
    for disturbance in chosen:
        disturbance(chance, draft)
    check(draft, *chosen)
