"""A story lived: each deed by the act that a page would call, as the lead, on its own day (domain §5.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from hlt_identity.door import Actor
from hlt_platform.demo.acting import acting, assignment_of
from hlt_platform.demo.stories import Deed, Story
from hlt_platform.demo.words import closure_of, plan_of, review_of, seen_of
from hlt_tenants.audit import instant
from hlt_tenants.audit.instant import LOCAL
from hlt_tenants.audit.rules import Basis, own_basis
from hlt_tenants.casework.actions.consents import ask_consent, grant, record_answer
from hlt_tenants.casework.actions.disclosing import disclose
from hlt_tenants.casework.actions.meetings import Held, book_meeting, give_feedback, hold_meeting
from hlt_tenants.casework.actions.signals import NewSignal, answer_signal, raise_signal
from hlt_tenants.casework.codes import Decision, FeedbackWay, SectorGap, SignalAnswer, ToldWay
from hlt_tenants.casework.giving import Wish
from hlt_tenants.casework.reads.case import case_view
from hlt_tenants.consent.reads import answers_about
from hlt_tenants.consent.rules import Answer, NewAnswer
from hlt_tenants.followup.actions.closing import begin_close, close
from hlt_tenants.followup.actions.reviews import review
from hlt_tenants.followup.codes import CloseReason
from hlt_tenants.plans.actions.plans import agree_plan
from hlt_tenants.plans.reads import ShownPlan
from hlt_tenants.plans.reads import plan as plan_in_force
from hlt_tenants.registry.context import Where, inside

SHARED = ("C0", "C1", "C2", "C3", "C4", "C5", "C6")
AT_WORK = time(9)


@dataclass(slots=True)
class Life:
    """How far a story has come: the ids its acts gave, and who acts on which ground today."""

    story: Story
    by: Actor
    basis: Basis
    signal: UUID
    case: UUID


NOTHING = UUID(int=0)


def live(story: Story, today: date) -> None:
    """Do every deed up to today, each in its own transaction as the lead's branch login."""
    lead = story.lead
    branch = lead.hat.branch
    with inside(Where(lead.kommunkod, branch)):
        life: Life | None = None
        for deed, day in story.deeds:
            if day > today:
                return
            with instant.at(datetime.combine(day, AT_WORK, LOCAL)):
                by = acting(assignment_of(lead), lead.kommunkod)
                life = life or Life(story, by, own_basis(branch), NOTHING, NOTHING)
                life.by = by
                DEEDS[deed](life)


def _raise(life: Life) -> None:
    story, told_on = life.story, instant.today() - timedelta(days=1)
    seen, works = seen_of(story.concern)
    new = NewSignal(story.child, story.concern, seen, works, told_on, ToldWay.TALK)
    life.signal = raise_signal(new, by=life.by, basis=life.basis)


def _answer(life: Life) -> None:
    answer_signal(signal=life.signal, answer=SignalAnswer.ADVICE, by=life.by, basis=life.basis)


def _ask(life: Life) -> None:
    branches = life.story.others
    ask_consent(signal=life.signal, to_branches=branches, categories=SHARED, by=life.by, basis=life.basis)


def _refuse(life: Life) -> None:
    guardian = answers_about(life.signal)[0].guardian_id
    no = NewAnswer(Answer.NO, "paper")
    record_answer(signal=life.signal, guardian=guardian, answer=no, by=life.by, basis=life.basis)


def _consent(life: Life) -> None:
    for asked in answers_about(life.signal):
        yes = NewAnswer(Answer.YES, "paper", instant.today() + timedelta(days=365))
        record_answer(signal=life.signal, guardian=asked.guardian_id, answer=yes, by=life.by, basis=life.basis)
    life.case = grant(signal=life.signal, by=life.by, basis=life.basis)


def _disclose(life: Life) -> None:
    wish = Wish(life.story.others[0], "consent", "Behövs inför mötet.")
    disclose(case=life.case, kind="signal", source=life.signal, wish=wish, by=life.by, basis=Basis.CONSENT)


def _book(life: Life) -> None:
    starts_at = instant.now() + timedelta(days=7)
    gap = SectorGap.NOT_NEEDED
    book_meeting(
        case=life.case, starts_at=starts_at, place="Rum 2", sectors_missing_why=gap, by=life.by, basis=life.basis
    )


def _hold(life: Life) -> None:
    decision = Decision.JOINT_SUPPORT if life.story.has_support else Decision.OWN_SERVICE
    present = frozenset({life.by.own_branch, *life.story.others})
    held = Held(decision, "Vi gör det här tillsammans.", present, True, SectorGap.NOT_NEEDED)
    hold_meeting(case=life.case, held=held, by=life.by, basis=life.basis)


def _feedback(life: Life) -> None:
    for guardian in case_view(life.case, by=life.by, basis=life.basis).guardians:
        ref = guardian.guardian_ref
        give_feedback(case=life.case, guardian=ref, way=FeedbackWay.TALK, by=life.by, basis=life.basis)


def _plan(life: Life) -> None:
    plan = plan_of(life.story.concern, life.by, instant.today())
    agree_plan(case=life.case, plan=plan, by=life.by, basis=life.basis)


def _review(life: Life) -> None:
    plan = plan_in_force(life.case, by=life.by, basis=life.basis)
    if plan is not None:
        review(case=life.case, review=review_of(plan, instant.today()), by=life.by, basis=life.basis)


def _begin_close(life: Life) -> None:
    begin_close(case=life.case, reason=_reason(life), by=life.by, basis=life.basis)


def _close(life: Life) -> None:
    plan: ShownPlan | None = plan_in_force(life.case, by=life.by, basis=life.basis)
    close(case=life.case, closure=closure_of(plan, _reason(life)), by=life.by, basis=life.basis)


def _reason(life: Life) -> CloseReason:
    return CloseReason.GOALS_REACHED if life.story.has_support else CloseReason.OWN_SERVICE


DEEDS: dict[Deed, Callable[[Life], None]] = {
    Deed.RAISE: _raise,
    Deed.ANSWER: _answer,
    Deed.ASK: _ask,
    Deed.REFUSE: _refuse,
    Deed.CONSENT: _consent,
    Deed.DISCLOSE: _disclose,
    Deed.BOOK: _book,
    Deed.HOLD: _hold,
    Deed.FEEDBACK: _feedback,
    Deed.PLAN: _plan,
    Deed.REVIEW: _review,
    Deed.BEGIN_CLOSE: _begin_close,
    Deed.CLOSE: _close,
}
