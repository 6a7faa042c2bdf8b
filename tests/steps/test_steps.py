"""A case moves only by allowed steps (domain §5, INV9, INV11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hlt_tenants.casework.errors import FamilyNotTold, NotTheLead, WrongState
from hlt_tenants.casework.rules import (
    BEFORE,
    LABEL,
    OPEN,
    SAME,
    SEEN_STEP,
    STEPS,
    State,
    Step,
    after,
    check_is_lead,
    checked_told_on,
    may_step,
)

PAIRS = [(step, state) for step in Step for state in State]
ENDS = {State.CLOSED, State.DECLINED, State.DISPOSED}


def reached_from(start: State) -> set[State]:
    found, new = {start}, {start}
    while new:
        ends = {end for state in new for step in STEPS.values() if state in step for end in [step[state]]}
        new = {State(end) for end in ends if end not in (SAME, BEFORE)} - found
        found |= new
    return found


def test_all_490_pairs_have_an_answer_and_119_are_yes() -> None:
    assert (len(PAIRS), sum(may_step(*pair) for pair in PAIRS)) == (490, 119)


@pytest.mark.parametrize(("step", "state"), [pair for pair in PAIRS if not may_step(*pair)])
def test_a_step_not_in_the_dict_is_refused(step: Step, state: State) -> None:
    with pytest.raises(WrongState):
        after(step, state, before=State.ACTIVE)


def test_no_state_is_out_of_reach_and_none_is_a_dead_end() -> None:
    assert reached_from(State.SIGNALLED) == set(State)
    assert all(State.DISPOSED in reached_from(state) for state in State)


def test_every_state_has_a_label_and_a_step_that_people_see() -> None:
    assert set(LABEL) == set(SEEN_STEP) == set(State)
    assert set(STEPS) == set(Step)
    assert set(SEEN_STEP.values()) == set(range(1, 8))


def test_every_open_state_can_end_without_help_from_a_clock() -> None:
    assert all(reached_from(state) & ENDS for state in OPEN)


def test_a_frozen_case_goes_back_to_where_it_was() -> None:
    assert after(Step.RENEW_CONSENT, State.FROZEN, before=State.PLANNED) is State.PLANNED
    with pytest.raises(WrongState):
        after(Step.RENEW_CONSENT, State.FROZEN)


@given(st.lists(st.sampled_from(list(Step)), max_size=60))
def test_no_walk_leaves_disposed_or_skips_consent(walk: list[Step]) -> None:
    state, granted = State.SIGNALLED, False
    for step in walk:
        if not may_step(step, state):
            continue
        granted = granted or step is Step.GRANT
        before, state = state, after(step, state, before=State.LISTED)
        assert before is not State.DISPOSED
        assert granted or state in {State.SIGNALLED, State.CONSENT_ASKED, State.DECLINED, State.DISPOSED}


def test_only_the_lead_passes_the_leads_check() -> None:
    check_is_lead("karin", "karin")
    with pytest.raises(NotTheLead):
        check_is_lead("anders", "karin")


def test_a_signal_waits_until_somebody_has_talked_with_the_family() -> None:
    from datetime import date

    checked_told_on(date(2026, 11, 24), date(2026, 11, 24))
    for told_on in (None, date(2026, 11, 25)):
        with pytest.raises(FamilyNotTold):
            checked_told_on(told_on, date(2026, 11, 24))
