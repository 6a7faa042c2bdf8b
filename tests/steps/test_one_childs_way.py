"""Elsa's way from a signal to the end, by the people who take each step; each promise is seen to run (domain §5)."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from tests.cast import actor
from tests.elsa import LOCAL, START, closure, fields_of, next_of, promises, reviewed, state
from tests.story import (
    CLOCK,
    HEALTH,
    KARIN,
    NURSE,
    answered,
    as_played,
    asked,
    granted,
    held,
    met,
    new_signal,
    planned,
    refs,
    unknown,
)

from hlt_identity.errors import Invalid, NotFound
from hlt_tenants.audit import instant
from hlt_tenants.casework.actions.consents import lapse
from hlt_tenants.casework.actions.meetings import book_meeting, give_feedback, hold_meeting, postpone_meeting
from hlt_tenants.casework.actions.signals import answer_signal, raise_signal, take_up
from hlt_tenants.casework.codes import (
    FeedbackWay,
    PostponeReason,
    ReceiptKind,
    SectorGap,
    SignalAnswer,
)
from hlt_tenants.casework.errors import AlreadyTakenUp, NotTheLead, OnlyTheClock, TooEarly
from hlt_tenants.casework.models import Feedback
from hlt_tenants.casework.reads.case import case_view
from hlt_tenants.casework.reads.day import my_day
from hlt_tenants.casework.reads.meetings import meeting_list
from hlt_tenants.casework.reads.signals import own_receipts, signal_view
from hlt_tenants.casework.rules import State, Step
from hlt_tenants.casework.subject import subject_of
from hlt_tenants.followup.actions.closing import begin_close, close
from hlt_tenants.followup.actions.reviews import fall_due
from hlt_tenants.followup.codes import CloseReason
from hlt_tenants.registry.context import inside


def test_from_signal_to_end_with_every_promise_on_the_way(day: None) -> None:
    case = granted()
    assert (state(case), promises(case), next_of(case)) == ("listed", {"MEETING": "2026-12-26"}, Step.BOOK_MEETING)
    met(case)
    assert promises(case) == {"FEEDBACK": "2026-12-02", "PLAN": "2026-12-09"}
    assert (state(case), next_of(case)) == ("mapping", Step.GIVE_FEEDBACK)
    answered(case)
    assert (promises(case), next_of(case)) == ({"PLAN": "2026-12-09"}, Step.AGREE_PLAN)
    assert planned(case) == ("region_health", "social")
    assert (state(case), promises(case), next_of(case)) == ("active", {"FOLLOW_UP": "2027-01-06"}, None)
    with instant.at(START + timedelta(days=42)):
        with inside(NURSE):
            fall_due(case=case, **CLOCK)
        assert (state(case), next_of(case)) == ("follow_up_due", Step.REVIEW)
        reviewed(case)
        assert (state(case), promises(case)) == ("active", {"FOLLOW_UP": "2027-02-17"})
        with inside(NURSE):
            begin_close(case=case, reason=CloseReason.GOALS_REACHED, **KARIN)
        assert (state(case), next_of(case)) == ("closing", Step.CLOSE)
        with inside(NURSE):
            close(case=case, closure=closure(case), **KARIN)
        assert (state(case), promises(case)) == ("closed", {"ECHO": "2027-07-07"})


def test_a_booking_without_three_sectors_says_why_and_a_postponed_one_goes_back_to_the_list(day: None) -> None:
    case = granted(asked(("social",)))
    starts, why = START + timedelta(days=9), SectorGap.NOT_NEEDED
    with inside(NURSE):
        with pytest.raises(Invalid) as refusal:
            book_meeting(case=case, starts_at=starts, place="Rum 2", **KARIN)
        assert "sectors_missing_why" in fields_of(refusal.value)
        book_meeting(case=case, starts_at=starts, place="Rum 2", sectors_missing_why=why, **KARIN)
        postpone_meeting(case=case, reason=PostponeReason.FAMILY_ASKED, **KARIN)
    assert (state(case), promises(case)) == ("listed", {"MEETING": "2026-12-26"})


def test_the_coordinator_books_a_child_without_knowing_who_it_is(day: None) -> None:
    case = granted()
    where, ylva, basis = as_played("ylva")
    with inside(where):
        book_meeting(case=case, starts_at=START + timedelta(days=9), place="Rum 2", by=ylva, basis=basis)
        listed = [place for meeting in meeting_list(by=ylva, basis=basis) for place in meeting.places]
        shown = case_view(case, by=ylva, basis=basis)
        with pytest.raises(NotFound):
            hold_meeting(case=case, held=held(), by=ylva, basis=basis)
    (place,) = [place for place in listed if place.case_id == case]
    assert (shown.subject, shown.signals, shown.guardians, place.name) == (None, (), (), "")
    assert place.has_three_sectors


def test_samira_sees_her_quarters_and_a_pause_for_the_child_she_is_not_told_of(day: None) -> None:
    hers, not_hers = granted(), granted(asked(("region_health",)))
    starts = START + timedelta(days=300)
    for slot, case in enumerate((not_hers, hers)):
        with inside(NURSE):
            book_meeting(
                case=case,
                starts_at=starts,
                place="Rum 9",
                slot=slot,
                sectors_missing_why=SectorGap.NOT_IN_CONSENT,
                **KARIN,
            )
    where, samira, basis = as_played("samira")
    with inside(where):
        (meeting,) = [one for one in meeting_list(by=samira, basis=basis) if one.starts_at == starts]
    assert [(place.slot, place.case_id, place.name) for place in meeting.places] == [
        (0, None, ""),
        (1, hers, "Elsa Provsson"),
    ]


def test_I09_the_answer_is_given_to_each_guardian_once_and_the_clock_stops_with_the_last(day: None) -> None:
    case = granted()
    met(case)
    eva, jonas = refs(case)
    with inside(NURSE):
        for _twice in range(2):
            give_feedback(case=case, guardian=eva, way=FeedbackWay.TALK, **KARIN)
        assert "FEEDBACK" in promises(case)
        give_feedback(case=case, guardian=jonas, way=FeedbackWay.DECLINED, **KARIN)
        assert "FEEDBACK" not in promises(case)
        with pytest.raises(NotFound):
            give_feedback(case=case, guardian=unknown(), way=FeedbackWay.TALK, **KARIN)
        assert Feedback.objects.filter(case_id=case).count() == 2


def test_guardians_stand_by_name_whatever_their_ids(day: None) -> None:
    cases = [granted() for _ in range(6)]
    with inside(NURSE):
        told = {tuple(name.split()[0] for _ref, name in subject_of(case).guardians) for case in cases}
    assert told == {("Eva", "Jonas")}


@pytest.mark.parametrize(
    ("held_on", "due"),
    [
        (datetime(2026, 12, 28, 23, 30, tzinfo=LOCAL), "2027-01-04"),
        (datetime(2027, 3, 25, 14, 0, tzinfo=LOCAL), "2027-04-01"),
        (datetime(2026, 10, 22, 23, 59, tzinfo=LOCAL), "2026-10-29"),
    ],
)
def test_the_family_is_answered_within_seven_days_over_new_year_and_changed_clocks(
    team: UUID, held_on: datetime, due: str
) -> None:
    with instant.at(held_on):
        case = granted()
        met(case)
        assert promises(case)["FEEDBACK"] == due


def test_karins_day_says_what_waits_with_the_overdue_first(day: None) -> None:
    child = replace(new_signal().child, name="Bo Provsson")
    case = granted(asked(child=child))
    with inside(NURSE):
        signal = raise_signal(new_signal(), **KARIN)
    with instant.at(START + timedelta(days=40)):
        where, karin, basis = as_played("karin")
        with inside(where):
            shown = my_day(by=karin, basis=basis)
    (task,) = [task for task in shown.cases if task.case_id == case]
    assert (task.name, task.is_overdue, task.next_step.step) == ("Bo Provsson", True, Step.BOOK_MEETING)
    (waiting,) = [task for task in shown.signals if task.signal_id == signal]
    assert (waiting.clock, waiting.is_overdue) == ("Svara på signalen", True)
    assert [task.due_on for task in shown.cases] == sorted(task.due_on for task in shown.cases if task.due_on)
    assert shown.shells == ()


def test_a_signal_is_taken_up_once_and_answered_with_a_receipt(day: None) -> None:
    with inside(NURSE):
        signal = raise_signal(new_signal(), **KARIN)
        take_up(signal=signal, **KARIN)
        take_up(signal=signal, **KARIN)
        colleague = replace(actor("karin"), person_id=unknown())
        with pytest.raises(AlreadyTakenUp):
            take_up(signal=signal, by=colleague, basis=HEALTH)
        with pytest.raises(NotTheLead):
            answer_signal(signal=signal, answer=SignalAnswer.ADVICE, by=colleague, basis=HEALTH)
        answer_signal(signal=signal, answer=SignalAnswer.ADVICE, **KARIN)
        shown = signal_view(signal, **KARIN)
        kinds = {receipt.kind for receipt in own_receipts(by=actor("karin"))}
    assert (shown.state, shown.next_step.why_not) == (State.DECLINED, "Det blev inget HLT-ärende.")
    assert ReceiptKind.ANSWERED in kinds


def test_a_question_that_nobody_answers_lapses_after_thirty_days_and_not_before(day: None) -> None:
    signal = asked()
    with instant.at(START + timedelta(days=30)), inside(NURSE), pytest.raises(TooEarly):
        lapse(signal=signal, **CLOCK)
    with instant.at(START + timedelta(days=31)), inside(NURSE):
        with pytest.raises(OnlyTheClock):
            lapse(signal=signal, **KARIN)
        lapse(signal=signal, **CLOCK)
        assert signal_view(signal, **KARIN).state is State.DECLINED
