"""The family's yes and no: asked, answered, granted, taken back, given again (domain §5.2, L-05, L-06)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from hlt_identity.door import Actor
from hlt_identity.errors import Invalid, NotFound, Refused
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.instant import day_of
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.actions.signals import lock_signal, move_signal, new_number
from hlt_tenants.casework.clocks import clock_rules
from hlt_tenants.casework.errors import GuardiansMissing, TooEarly
from hlt_tenants.casework.freezing import end_seat, freeze, open_seats
from hlt_tenants.casework.giving import give_coordination
from hlt_tenants.casework.models import HltCase, LiveConsent, Signal
from hlt_tenants.casework.moving import (
    check_is_clock,
    lock_as_lead,
    lock_case,
    move,
    note_step,
    release_clocks,
    start_clock,
    stop_clocks,
)
from hlt_tenants.casework.rules import LIVE, ClockCode, State, Step, check_is_lead, due_on
from hlt_tenants.consent.answering import renew_answer, take_back, write_answer
from hlt_tenants.consent.asking import ask
from hlt_tenants.consent.reads import answers_about, asked_about
from hlt_tenants.consent.rules import Answer, NewAnswer, Refusal, check_answer, consent_gap
from hlt_tenants.families.reads import known_child
from hlt_tenants.teams.reads import coordinating_branches, team_of

COORDINATION = "C0"


def ask_consent(
    *, signal: UUID, to_branches: Collection[str], categories: Collection[str], by: Actor, basis: Basis
) -> None:
    """Ask every guardian with standing whether these branches may have these categories; C0 is always among them.

    Stops DECISION, starts CONSENT_WAIT. Raises NotFound, NotTheLead, WrongState, GuardiansMissing, and Invalid when no
    other branch is named. Source: domain §5.2, L-06.
    """
    with change(Event.CONSENT_ASKED, about=signal, by=by, basis=basis) as now:
        row = lock_signal(signal, by)
        check_is_lead(by.person_id, row.lead_id)
        move_signal(row, Step.ASK_CONSENT)
        others = set(to_branches) - {row.owner_branch}
        if not others:
            raise Invalid(fields={"to_branches": "Välj minst en annan verksamhet."})
        guardians = [guardian.guardian_id for guardian in known_child(row.child_id).with_standing]
        if not guardians:
            raise GuardiansMissing
        row.wait_until = due_on(clock_rules(), ClockCode.CONSENT_WAIT, now)
        row.save()
        wanted = {COORDINATION, *categories}
        ask(signal=signal, guardians=guardians, to_branches=others, categories=wanted, by=by, now=now)


def record_answer(*, signal: UUID, guardian: UUID, answer: NewAnswer, by: Actor, basis: Basis) -> State:
    """Write down what one guardian answered, on paper or orally; give the state in which the signal then is.

    A yes leaves it waiting: for the other guardian, or for `grant`. A no ends it as declined. Answering again replaces
    the answer. Raises NotFound, NotTheLead, WrongState, Invalid (fields). Source: L-05, L-06.
    """
    says_no = answer.answer is Answer.NO
    event = Event.CONSENT_REFUSED if says_no else Event.CONSENT_ANSWERED
    with change(event, about=signal, by=by, basis=basis) as now:
        row = lock_signal(signal, by)
        check_is_lead(by.person_id, row.lead_id)
        move_signal(row, Step.REFUSE if says_no else Step.RECORD_ANSWER)
        write_answer(signal, guardian, answer, now)
        row.ended_at = now if says_no else None
        row.save()
        return State(row.state)


def lapse(*, signal: UUID, by: Actor, basis: Basis) -> None:
    """End a question that nobody answered in time; only the clock does.

    Raises OnlyTheClock, TooEarly, NotFound, WrongState. Source: domain §5.2.
    """
    with change(Event.CONSENT_LAPSED, about=signal, by=by, basis=basis) as now:
        check_is_clock(by)
        row = lock_signal(signal, by)
        move_signal(row, Step.LAPSE)
        if row.wait_until is None or day_of(now) <= row.wait_until:
            raise TooEarly
        row.ended_at = now
        row.save()


def grant(*, signal: UUID, by: Actor, basis: Basis) -> UUID:
    """Open the shared, nameless case when the last needed yes is there; gives its id.

    Seats for every branch of the scope, a C0 copy for each, the MEETING and CONSENT_END clocks. Raises Refused with
    what is missing (also for a child with protected identity), NotFound, NotTheLead, WrongState. Source: domain §5.2.
    """
    case = uuid4()
    with change(Event.CONSENT_GRANTED, about=case, by=by, basis=basis) as now:
        row = lock_signal(signal, by)
        check_is_lead(by.person_id, row.lead_id)
        move_signal(row, Step.GRANT)
        branches = _granted_branches(row, day_of(now))
        shell = _open_shell(case, row, branches, by, now)
        row.case_id = case
        row.save()
        until = _write_live_consents(shell, row, now)
        start_clock(case, ClockCode.MEETING, now)
        start_clock(case, ClockCode.CONSENT_END, now, due=until)
        give_coordination(shell, by=by, now=now)
    return case


def withdraw(*, consent: UUID, by: Actor, basis: Basis) -> None:
    """Take one guardian's yes back: it holds from this commit, for every later disclosure; copies given stay (L-05).

    `consent` is the `consent_id` of the consent page, or the `guardian_ref` that every branch of the case sees. The
    case freezes in the same transaction. A second call changes nothing. Raises NotFound.
    """
    with change(Event.CONSENT_LOST, about=consent, by=by, basis=basis) as now:
        live = LiveConsent.objects.filter(guardian_ref=consent).first()
        case = lock_case(live.case_id, by) if live else None
        if not take_back(consent, now) and live is None:
            raise NotFound
        LiveConsent.objects.filter(guardian_ref=consent, withdrawn_at=None).update(withdrawn_at=now)
        if case is not None and State(case.state) in LIVE:
            freeze(case, by, now)


def note_expiry(*, case: UUID, by: Actor, basis: Basis) -> None:
    """Let a case rest whose consent has run out, so that the family can be asked again.

    Nothing depends on when it is pressed: from the first day without consent every disclosure is refused (L-05).
    Raises TooEarly, NotFound, NotTheLead, WrongState. Source: domain §5.2 lose_consent.
    """
    with change(Event.CONSENT_EXPIRED, about=case, by=by, basis=basis) as now:
        row = lock_as_lead(case, by)
        if not LiveConsent.objects.filter(case_id=case, valid_until__lte=day_of(now)).exists():
            raise TooEarly
        freeze(row, by, now)


def renew_consent(*, case: UUID, answers: Mapping[UUID, NewAnswer], by: Actor, basis: Basis) -> None:
    """Let a frozen case go on where it was, once every guardian has said yes again; `answers` is by guardian_ref.

    Clocks go on with the days they had left, seats of the scope open again. Raises Refused when a yes is missing,
    NotFound, NotTheLead, WrongState, Invalid. Source: domain §5.2.
    """
    with change(Event.CONSENT_RENEWED, about=case, by=by, basis=basis) as now:
        row = lock_as_lead(case, by)
        move(row, Step.RENEW_CONSENT, by, now)
        rows = list(LiveConsent.objects.select_for_update().filter(case_id=case))
        if any(live.guardian_ref not in answers for live in rows):
            raise Refused(Refusal.CONSENT_WAITS)
        for live in rows:
            _renew_one(live, answers[live.guardian_ref], now)
        row.state_before = ""
        open_seats(row, {branch for live in rows for branch in live.branches}, now)
        release_clocks(case, now)
        stop_clocks(case, now, ClockCode.THAW)
        start_clock(case, ClockCode.CONSENT_END, now, due=min(live.valid_until for live in rows))


def narrow_scope(*, case: UUID, branch: str, by: Actor, basis: Basis) -> None:
    """Take one branch out at the family's wish: its seat ends, nothing more reaches it, what it has it keeps.

    Raises Invalid for the lead's own branch, NotFound, NotTheLead, WrongState. Source: domain §5.2.
    """
    with change(Event.SCOPE_NARROWED, about=case, by=by, basis=basis) as now:
        row = lock_as_lead(case, by)
        move(row, Step.NARROW_SCOPE, by, now)
        if branch == row.lead_branch:
            raise Invalid(fields={"branch": "Lämna över stafettpinnen först."})
        for live in LiveConsent.objects.select_for_update().filter(case_id=case):
            live.branches = [one for one in live.branches if one != branch]
            live.save()
        end_seat(row, branch, by, now)


def _granted_branches(row: Signal, today: date) -> list[str]:
    """Give the branches that every needed guardian's yes covers today; raise Refused with every gap."""
    child = known_child(row.child_id)
    standing = {guardian.guardian_id for guardian in child.with_standing}
    answers = [answer for answer in answers_about(row.id) if answer.guardian_id in standing]
    asked = {branch for answer in answers for branch in answer.to_branches}
    gaps: set[Refusal | None] = {consent_gap(answers, branch, COORDINATION, today) for branch in asked or {""}}
    gaps |= {Refusal.PROTECTED if child.is_protected else None, Refusal.BLOCKED if child.is_blocked else None}
    if {answer.guardian_id for answer in answers} != standing:
        gaps.add(Refusal.CONSENT_WAITS)
    if gaps - {None}:
        raise Refused(*sorted(str(gap) for gap in gaps - {None}))
    return sorted(asked)


def _open_shell(case: UUID, signal: Signal, branches: list[str], by: Actor, now: datetime) -> HltCase:
    team = team_of(by.assignment_id)
    seated = {signal.owner_branch, *branches}
    shell = HltCase(
        id=case,
        number=new_number(),
        state=State.LISTED,
        seen_by=sorted(seated | set(coordinating_branches(team, day_of(now)))),
        team_id=team,
        first_branch=signal.owner_branch,
        receipt=signal.receipt,
        lead_id=signal.lead_id,
        lead_branch=signal.owner_branch,
        granted_on=day_of(now),
    )
    shell.save(force_insert=True)
    note_step(shell, Step.GRANT, by.own_branch, now)
    open_seats(shell, seated, now)
    return shell


def _write_live_consents(shell: HltCase, signal: Signal, now: datetime) -> date:
    """Write each yes without a name, for all branches of the case; give the first day on which one no longer holds.

    A guardian who was blocked after the question has no standing: the answer neither counts nor holds anything up.
    """
    standing = {guardian.guardian_id for guardian in known_child(signal.child_id).with_standing}
    rows = [
        LiveConsent(
            case_id=shell.id,
            guardian_ref=asked.consent_id,
            branches=sorted({signal.owner_branch, *asked.to_branches}),
            categories=list(asked.categories),
            valid_from=day_of(now),
            valid_until=asked.valid_until or day_of(now),
        )
        for asked in asked_about(signal.id)
        if asked.guardian_id in standing
    ]
    for row in rows:
        row.save(force_insert=True)
    return min(row.valid_until for row in rows)


def _renew_one(live: LiveConsent, answer: NewAnswer, now: datetime) -> None:
    check_answer(answer, asked_version=answer.form_version, today=day_of(now))
    if answer.answer is not Answer.YES or answer.valid_until is None:
        raise Refused(Refusal.CONSENT_MISSING)
    renew_answer(live.guardian_ref, answer, now)
    live.valid_from, live.valid_until, live.withdrawn_at = day_of(now), answer.valid_until, None
    live.save()
