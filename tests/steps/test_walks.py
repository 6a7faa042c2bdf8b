"""Random walks by everybody in the case, on the real database: what always holds (domain §5.4)."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.elsa import START, closure, reviewed
from tests.logins import rows
from tests.story import CLOCK, KARIN, NURSE, Acting, as_played, granted, held, new_plan, refs, yes

from hlt_identity.errors import HltError
from hlt_tenants.audit import instant
from hlt_tenants.audit.models import AuditEvent
from hlt_tenants.casework.actions.batons import accept_baton, offer_baton, pause, resume
from hlt_tenants.casework.actions.consents import narrow_scope, renew_consent, withdraw
from hlt_tenants.casework.actions.meetings import (
    book_meeting,
    give_feedback,
    hold_family_meeting,
    hold_meeting,
    postpone_meeting,
)
from hlt_tenants.casework.actions.seats import end_seats
from hlt_tenants.casework.codes import FeedbackWay, PauseReason, PostponeReason, SectorGap
from hlt_tenants.casework.models import CaseSeat, CaseStep, Clock, HltCase
from hlt_tenants.casework.rules import OPEN, STEPS, State, Step, may_step
from hlt_tenants.followup.actions.closing import begin_close, close
from hlt_tenants.followup.actions.reviews import fall_due
from hlt_tenants.followup.codes import CloseReason
from hlt_tenants.plans.actions.plans import agree_plan, change_plan
from hlt_tenants.registry.context import Where, inside

Act = Callable[[UUID, Acting], object]
GAP = SectorGap.NOT_NEEDED


def feedback(case: UUID, who: Acting) -> None:
    for ref in refs(case):
        give_feedback(case=case, guardian=ref, way=FeedbackWay.TALK, **who)


def renew(case: UUID, who: Acting) -> None:
    renew_consent(case=case, answers=dict.fromkeys(refs(case), yes()), **who)


def fell_due(case: UUID) -> None:
    with inside(NURSE):
        fall_due(case=case, **CLOCK)


ACTS: dict[Step, Act] = {
    Step.BOOK_MEETING: lambda case, who: book_meeting(
        case=case, starts_at=instant.now(), place="", sectors_missing_why=GAP, **who
    ),
    Step.POSTPONE_MEETING: lambda case, who: postpone_meeting(case=case, reason=PostponeReason.OTHER, **who),
    Step.HOLD_MEETING: lambda case, who: hold_meeting(case=case, held=held(), **who),
    Step.HOLD_FAMILY_MEETING: lambda case, who: hold_family_meeting(case=case, line="x", has_guardian=True, **who),
    Step.GIVE_FEEDBACK: feedback,
    Step.AGREE_PLAN: lambda case, who: agree_plan(case=case, plan=new_plan(), **who),
    Step.CHANGE_PLAN: lambda case, who: change_plan(case=case, plan=new_plan(), **who),
    Step.FALL_DUE: lambda case, _who: fell_due(case),
    Step.REVIEW: lambda case, _who: reviewed(case),
    Step.OFFER_BATON: lambda case, who: offer_baton(case=case, to_person=as_played("samira")[1].person_id, **who),
    Step.ACCEPT_BATON: lambda case, who: accept_baton(case=case, **who),
    Step.PAUSE: lambda case, who: pause(case=case, reason=PauseReason.ABSENCE, **who),
    Step.RESUME: lambda case, who: resume(case=case, **who),
    Step.NARROW_SCOPE: lambda case, who: narrow_scope(case=case, branch="region_health", **who),
    Step.LOSE_CONSENT: lambda case, who: withdraw(consent=refs(case)[0], **who),
    Step.RENEW_CONSENT: renew,
    Step.BEGIN_CLOSE: lambda case, who: begin_close(case=case, reason=CloseReason.OTHER, **who),
    Step.CLOSE: lambda case, who: close(case=case, closure=closure(case), **who),
}
WALK = st.lists(
    st.tuples(st.sampled_from(list(ACTS)), st.sampled_from(["karin", "karin", "samira", "britta", "anders", "ylva"])),
    min_size=6,
    max_size=14,
)


def row_of(case: UUID) -> HltCase:
    """Read the shell as its owner would: no branch may be blind to it while it is checked."""
    (found,) = rows("k2481_jobs", "SELECT lead_branch FROM hlt_case WHERE id = %s", [case])
    with inside(Where("2481", found[0])):
        return HltCase.objects.get(id=case)


def run_errands(case: UUID) -> None:
    """Let the kommun's jobs login do what the step asked for."""
    with inside(Where("2481", "jobs")):
        end_seats(case=case)


def holds(case: UUID) -> None:
    """Raise AssertionError unless everything that must always hold of a case holds now."""
    row = row_of(case)
    state = State(row.state)
    with inside(Where("2481", row.lead_branch)):
        seats = set(CaseSeat.objects.filter(case_id=case, ended_at=None).values_list("branch", flat=True))
        steps = list(CaseStep.objects.filter(case_id=case).order_by("number"))
        running = Clock.objects.filter(case_id=case, stopped_at=None).count()
    assert state not in OPEN or row.lead_branch in seats, "INV1: the lead has a seat"
    assert state not in OPEN or running >= 1, "INV2: every open case has a running clock"
    assert State(steps[-1].state) is state, "INV7: the steps end where the case is"
    assert all(may_step(Step(after.step), State(before.state)) for before, after in pairwise(steps))
    assert state is not State.FROZEN or set(row.seen_by) == {row.lead_branch}, "INV5: a frozen case is the lead's alone"


def traces(case: UUID, branch: str) -> tuple[int, int]:
    with inside(Where("2481", branch)):
        events = AuditEvent.objects.filter(object=case, result="done").exclude(action="page_opened").count()
    sent = rows("k2481_relay", "SELECT count(*) FROM outbox WHERE ref_id = %s AND task = 'kommun.noted'", [case])
    return events, int(sent[0][0])


@pytest.mark.timeout(600)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(WALK)
def test_INV2_INV7_INV9_whatever_people_try_the_case_stays_whole(team: UUID, walk: list[tuple[Step, str]]) -> None:
    with instant.at(START):
        case = granted()
        for hour, (step, user) in enumerate(walk):
            with instant.at(START + timedelta(days=hour)):
                try_step(case, step, user)
                run_errands(case)
                holds(case)


def try_step(case: UUID, step: Step, user: str) -> None:
    """Let somebody try a step: it is refused and nothing changes, or the dict allows it from where the case was."""
    where, who, basis = as_played(user)
    before = row_of(case)
    try:
        with inside(where):
            ACTS[step](case, {"by": who, "basis": basis})
    except HltError:
        after = row_of(case)
        assert (after.state, after.version, after.lead_id) == (before.state, before.version, before.lead_id)
        return
    assert row_of(case).version == before.version or State(before.state) in STEPS[step]


def test_INV4_a_step_leaves_one_event_and_one_piece_of_work_and_a_refused_one_neither(day: None) -> None:
    case = granted()
    before = traces(case, "school_medical")
    with inside(NURSE):
        book_meeting(case=case, starts_at=START, place="", sectors_missing_why=GAP, **KARIN)
    assert traces(case, "school_medical") == (before[0] + 1, before[1] + 1)
    with inside(NURSE), pytest.raises(HltError):
        book_meeting(case=case, starts_at=START, place="", sectors_missing_why=GAP, **KARIN)
    assert traces(case, "school_medical") == (before[0] + 1, before[1] + 1)
