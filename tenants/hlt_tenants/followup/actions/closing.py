"""End a case: say that it will end, then end it with what the family and the child have to say (domain §5.2)."""

from datetime import datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.instant import day_of
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.moving import start_clock, stop_clocks
from hlt_tenants.casework.rules import ClockCode, Step
from hlt_tenants.casework.stepping import end, step
from hlt_tenants.followup.codes import CloseReason
from hlt_tenants.followup.models import Closure
from hlt_tenants.followup.rules import NewClosure, check_closure
from hlt_tenants.plans.codes import Moment
from hlt_tenants.plans.reviewing import current_plan, write_levels
from hlt_tenants.plans.writing import write_ratings


def begin_close(*, case: UUID, reason: CloseReason, by: Actor, basis: Basis) -> None:
    """Say that a case is to end and why; CLOSE_UP (14 days) runs. Raises NotFound, NotTheLead, WrongState."""
    with change(Event.CLOSING_BEGUN, about=case, by=by, basis=basis) as now:
        step(Step.BEGIN_CLOSE, case=case, by=by, now=now)
        stop_clocks(case, now, ClockCode.MEETING, ClockCode.PLAN, ClockCode.FOLLOW_UP, ClockCode.PAUSE, ClockCode.THAW)
        start_clock(case, ClockCode.CLOSE_UP, now)
        closure = Closure.objects.filter(case_id=case).first()
        fresh = closure or Closure(owner_branch=by.own_branch, case_id=case, begun_at=now)
        fresh.reason, fresh.written_by = reason, by.person_id
        fresh.save(force_insert=closure is None)


def close(*, case: UUID, closure: NewClosure, by: Actor, basis: Basis) -> None:
    """End a case: seats and consents end, it is read-only from the next request, the initiator gets a receipt.

    Starts ECHO (the family is asked after half a year). Raises Invalid (goals, ratings, voice_…, survey_why_not),
    PlanElsewhere, NotFound, NotTheLead, WrongState. Source: domain §5.2, I15–I21, L-31.
    """
    with change(Event.CASE_CLOSED, about=case, by=by, basis=basis) as now:
        at = step(Step.CLOSE, case=case, by=by, now=now)
        goals = [goal.goal_id for goal in current_plan(at).goals] if at.plan_number else []
        check_closure(closure, goals)
        write_levels(closure.goals, Moment.END, closure.rater, day_of(now))
        write_ratings(case, Moment.END, closure.ratings, by=by, on=day_of(now))
        _write(case, closure, by, now)
        end(case, now)


def _write(case: UUID, closure: NewClosure, by: Actor, now: datetime) -> None:
    known = Closure.objects.filter(case_id=case).first()
    fresh = known or Closure(owner_branch=by.own_branch, case_id=case, begun_at=now)
    fresh.reason, fresh.ended_at, fresh.written_by = closure.reason, now, by.person_id
    fresh.voice_state, fresh.voice_words = closure.voice.state, closure.voice.words
    fresh.voice_why_not = closure.voice.why_not
    fresh.survey, fresh.survey_why_not = closure.survey, closure.survey_why_not
    fresh.save(force_insert=known is None)
