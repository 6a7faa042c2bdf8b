"""A yes that is taken back holds from that commit, whoever writes it down; what was given stays (L-05, INV3, INV5)."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.elsa import START, next_of, promises, state
from tests.logins import rows
from tests.story import (
    KARIN,
    NURSE,
    SOCIAL,
    Acting,
    answered,
    as_played,
    asked,
    give_signal,
    granted,
    met,
    planned,
    refs,
    yes,
)

from hlt_identity.errors import NotFound, Refused
from hlt_tenants.audit import instant
from hlt_tenants.casework.actions.consents import narrow_scope, note_expiry, renew_consent, withdraw
from hlt_tenants.casework.actions.meetings import book_meeting
from hlt_tenants.casework.actions.seats import end_seats
from hlt_tenants.casework.codes import SectorGap
from hlt_tenants.casework.errors import TooEarly
from hlt_tenants.casework.models import CaseSeat, HltCase, Meeting
from hlt_tenants.casework.reads.case import case_view
from hlt_tenants.casework.reads.consents import consent_state
from hlt_tenants.casework.reads.day import my_day
from hlt_tenants.casework.reads.meetings import meeting_list
from hlt_tenants.casework.rules import Step
from hlt_tenants.consent.models import ReceivedCopy
from hlt_tenants.registry.context import Where, inside

JOBS = Where("2481", "jobs")
SAMIRA: Acting = {"by": as_played("samira")[1], "basis": as_played("samira")[2]}


def given_to(branch: str, case: UUID) -> int:
    with inside(Where("2481", branch)):
        return ReceivedCopy.objects.filter(case_id=case).count()


def sees_shell(branch: str, case: UUID) -> bool:
    return rows(f"k2481_{branch}", "SELECT 1 FROM hlt_case WHERE id = %s", [case]) != []


def test_INV5_the_lead_writes_it_down_and_the_others_see_no_case_at_the_next_request(day: None) -> None:
    case = granted()
    assert sees_shell("social", case)
    with inside(NURSE):
        withdraw(consent=refs(case)[0], **KARIN)
    assert state(case) == "frozen"
    for user, branch in (("samira", "social"), ("britta", "region_health"), ("ylva", "pupil_health")):
        where, who, basis = as_played(user)
        assert not sees_shell(branch, case)
        with inside(where), pytest.raises(NotFound):
            case_view(case, by=who, basis=basis)
        with inside(where):
            shown = my_day(by=who, basis=basis)
            assert case not in {task.case_id for task in shown.cases} | {shell.case_id for shell in shown.shells}


def test_INV3_after_it_nothing_more_crosses_and_what_was_given_stays(day: None) -> None:
    signal = asked()
    case = granted(signal)
    give_signal(case, signal)
    with inside(NURSE):
        withdraw(consent=refs(case)[1], **KARIN)
    before = given_to("social", case)
    for ground in ("consent", "osl_25_12"):
        with pytest.raises(Refused) as refusal:
            give_signal(case, signal, "social", ground, "Barnet behöver stödet")
        assert "out_of_scope" in refusal.value.codes
    assert given_to("social", case) == before == 2


def test_samira_writes_it_down_when_the_father_tells_her(day: None) -> None:
    case = granted()
    with inside(SOCIAL):
        withdraw(consent=refs(case)[0], **SAMIRA)
        with pytest.raises(NotFound):
            case_view(case, **SAMIRA)
        assert case not in {task.case_id for task in my_day(**SAMIRA).cases}
    assert state(case) == "frozen"
    assert not sees_shell("region_health", case)
    queued = rows("k2481_relay", "SELECT branch FROM outbox WHERE task = 'casework.end_seats' AND ref_id = %s", [case])
    assert queued == [(None,)]
    assert sees_shell("social", case)
    with inside(JOBS):
        end_seats(case=case)
        end_seats(case=case)
    assert not sees_shell("social", case)
    assert sees_shell("school_medical", case)


def test_a_case_that_was_thawed_before_the_errand_ran_keeps_its_branches(day: None) -> None:
    case = granted()
    both = refs(case)
    with inside(SOCIAL):
        withdraw(consent=both[0], **SAMIRA)
    with inside(NURSE):
        renew_consent(case=case, answers=dict.fromkeys(both, yes()), **KARIN)
    with inside(JOBS):
        end_seats(case=case)
    assert sees_shell("social", case)


def test_a_booked_meeting_vanishes_and_the_renewed_case_waits_for_another(day: None) -> None:
    case = granted()
    both = refs(case)
    with inside(NURSE):
        why = SectorGap.NOT_IN_CONSENT
        book_meeting(case=case, starts_at=START + timedelta(days=8), place="", sectors_missing_why=why, **KARIN)
        withdraw(consent=both[0], **KARIN)
        assert Meeting.objects.get(case_id=case).state == "cancelled"
        assert case not in {place.case_id for one in meeting_list(**KARIN) for place in one.places}
    assert (promises(case), next_of(case)) == ({"THAW": "2026-12-25"}, Step.RENEW_CONSENT)
    with instant.at(START + timedelta(days=10)), inside(NURSE):
        renew_consent(case=case, answers=dict.fromkeys(both, yes()), **KARIN)
    assert (state(case), promises(case)) == ("listed", {"MEETING": "2027-01-05"})
    assert sees_shell("social", case)


def test_one_yes_of_two_thaws_nothing(day: None) -> None:
    case = granted()
    both = refs(case)
    with inside(NURSE):
        withdraw(consent=both[0], **KARIN)
        with pytest.raises(Refused):
            renew_consent(case=case, answers={both[0]: yes()}, **KARIN)
    assert state(case) == "frozen"
    assert not sees_shell("social", case)


def test_withdrawing_twice_changes_nothing_more(day: None) -> None:
    case = granted()
    ref = refs(case)[0]
    with inside(NURSE):
        withdraw(consent=ref, **KARIN)
    with instant.at(START + timedelta(days=2)), inside(NURSE):
        withdraw(consent=ref, **KARIN)
        (row,) = [row for row in consent_state(case, **KARIN) if row.guardian_ref == ref]
    assert row.withdrawn_at == START
    assert promises(case) == {"THAW": "2026-12-25"}


def test_support_goes_on_where_it_was_with_the_days_it_had_left(day: None) -> None:
    case = granted()
    met(case)
    answered(case)
    planned(case)
    both = refs(case)
    with instant.at(START + timedelta(days=12)), inside(NURSE):
        withdraw(consent=both[0], **KARIN)
    with instant.at(START + timedelta(days=20)), inside(NURSE):
        renew_consent(case=case, answers=dict.fromkeys(both, yes()), **KARIN)
    assert (state(case), promises(case)) == ("active", {"FOLLOW_UP": "2027-01-14"})


def test_a_branch_that_the_family_takes_out_keeps_what_it_has_and_gets_no_more(day: None) -> None:
    signal = asked()
    case = granted(signal)
    with inside(NURSE):
        narrow_scope(case=case, branch="social", **KARIN)
        seats = set(CaseSeat.objects.filter(case_id=case, ended_at=None).values_list("branch", flat=True))
        assert seats == {"school_medical", "region_health"}
        assert HltCase.objects.get(id=case).state == "listed"
    with pytest.raises(Refused):
        give_signal(case, signal)
    assert not sees_shell("social", case)
    assert given_to("social", case) == 1
    assert sees_shell("pupil_health", case)


def test_L05_a_consent_that_ran_out_gives_nothing_from_its_first_day_and_is_asked_for_again(day: None) -> None:
    signal = asked()
    case = granted(signal)
    both = refs(case)
    with instant.at(START + timedelta(days=364)):
        give_signal(case, signal)
        with inside(NURSE), pytest.raises(TooEarly):
            note_expiry(case=case, **KARIN)
    with instant.at(START + timedelta(days=365)):
        with pytest.raises(Refused) as refusal:
            give_signal(case, signal)
        assert refusal.value.codes == ("consent_expired",)
        assert next_of(case) is Step.LOSE_CONSENT
        with inside(NURSE):
            note_expiry(case=case, **KARIN)
        assert (state(case), next_of(case), sees_shell("social", case)) == ("frozen", Step.RENEW_CONSENT, False)
        with inside(NURSE):
            renew_consent(case=case, answers=dict.fromkeys(both, yes()), **KARIN)
        give_signal(case, signal)
    assert state(case) == "listed"


def test_a_coordinator_whose_branch_was_taken_out_leads_the_list_without_a_name(day: None) -> None:
    case = granted(asked(("social", "pupil_health")))
    where, ylva, basis = as_played("ylva")
    with inside(NURSE):
        why, starts = SectorGap.NOT_IN_CONSENT, START + timedelta(days=21)
        book_meeting(case=case, starts_at=starts, place="", sectors_missing_why=why, **KARIN)
    names = {}
    for taken_out in (False, True):
        if taken_out:
            with inside(NURSE):
                narrow_scope(case=case, branch="pupil_health", **KARIN)
        with inside(where):
            listed = [place for one in meeting_list(by=ylva, basis=basis) for place in one.places]
            shown = case_view(case, by=ylva, basis=basis)
        names[taken_out] = {place.name for place in listed if place.case_id == case}, shown.subject is None
    assert names == {False: ({"Elsa Provsson"}, False), True: ({""}, True)}
