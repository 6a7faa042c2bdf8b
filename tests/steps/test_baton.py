"""Exactly one lead, who stays until somebody has accepted; of two who accept at once, one wins (INV1, T9)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connections
from tests.elsa import START, state
from tests.story import (
    KARIN,
    NURSE,
    SOCIAL,
    Acting,
    as_played,
    asked,
    give_signal,
    granted,
    met,
    new_plan,
    planned,
    unknown,
)

from hlt_identity.errors import HltError, NotFound
from hlt_tenants.audit import instant
from hlt_tenants.casework.actions.batons import accept_baton, offer_baton
from hlt_tenants.casework.actions.disclosing import disclose
from hlt_tenants.casework.actions.meetings import hold_family_meeting
from hlt_tenants.casework.errors import BatonGone, NoSeat, NotTheLead
from hlt_tenants.casework.giving import Wish
from hlt_tenants.casework.models import BatonOffer, HltCase
from hlt_tenants.casework.reads.case import case_view
from hlt_tenants.casework.reads.day import my_day
from hlt_tenants.followup.actions.reviews import review
from hlt_tenants.followup.rules import NewReview
from hlt_tenants.plans.actions.plans import change_plan
from hlt_tenants.plans.codes import Rater
from hlt_tenants.plans.errors import PlanElsewhere
from hlt_tenants.registry.context import Where, inside


def acting(user: str) -> tuple[Where, Acting]:
    where, who, basis = as_played(user)
    return where, {"by": who, "basis": basis}


SAMIRA, BRITTA = acting("samira")[1], acting("britta")[1]


def lead(case: UUID) -> tuple[UUID, str]:
    with inside(NURSE):
        row = HltCase.objects.get(id=case)
        return row.lead_id, row.lead_branch


def offer(case: UUID, *who: Acting) -> None:
    with inside(NURSE):
        for one in who:
            offer_baton(case=case, to_person=one["by"].person_id, **KARIN)


def test_INV1_karin_leads_until_samira_has_accepted(day: None) -> None:
    case = granted()
    offer(case, SAMIRA)
    assert lead(case) == (KARIN["by"].person_id, "school_medical")
    with inside(SOCIAL):
        (task,) = [task for task in my_day(**SAMIRA).cases if task.case_id == case]
        assert (task.baton_offered, task.is_lead, task.name) == (True, False, "Elsa Provsson")
        accept_baton(case=case, **SAMIRA)
        assert case_view(case, **SAMIRA).is_lead
    assert lead(case) == (SAMIRA["by"].person_id, "social")
    with inside(NURSE), pytest.raises(NotTheLead):
        hold_family_meeting(case=case, line="Vi träffades.", has_guardian=True, **KARIN)


def test_INV1_of_two_who_accept_at_the_same_moment_one_wins_and_the_other_is_told(day: None) -> None:
    for _round in range(5):
        case = granted()
        offer(case, SAMIRA, BRITTA)
        barrier = Barrier(2)

        def accept(user: str, barrier: Barrier = barrier, case: UUID = case) -> str:
            where, who = acting(user)
            with instant.at(START), inside(where):
                barrier.wait()
                try:
                    accept_baton(case=case, **who)
                except HltError as refusal:
                    return refusal.code
                finally:
                    connections.close_all()
            return user

        with ThreadPoolExecutor(2) as pool:
            ended = set(pool.map(accept, ("samira", "britta")))
        assert ended in ({"samira", "BATON_GONE"}, {"britta", "BATON_GONE"})
        winner = SAMIRA if "samira" in ended else BRITTA
        assert lead(case) == (winner["by"].person_id, winner["by"].own_branch)
        with inside(NURSE):
            assert BatonOffer.objects.filter(case_id=case, is_accepted=True).count() == 1
            assert not BatonOffer.objects.filter(case_id=case, ended_at=None).exists()


def test_an_offer_to_another_is_not_hers_to_take(day: None) -> None:
    case = granted()
    offer(case, BRITTA)
    with inside(SOCIAL), pytest.raises(BatonGone):
        accept_baton(case=case, **SAMIRA)


def test_only_a_member_of_the_team_whose_branch_has_a_seat_is_asked(day: None) -> None:
    case = granted(asked(("social",)))
    with inside(NURSE):
        with pytest.raises(NoSeat):
            offer_baton(case=case, to_person=BRITTA["by"].person_id, **KARIN)
        with pytest.raises(NotFound):
            offer_baton(case=case, to_person=unknown(), **KARIN)
    with inside(SOCIAL), pytest.raises(NotTheLead):
        offer_baton(case=case, to_person=KARIN["by"].person_id, **SAMIRA)


def test_the_new_lead_writes_a_plan_of_her_own_before_she_follows_it_up(day: None) -> None:
    case = granted()
    met(case)
    planned(case)
    offer(case, SAMIRA)
    seen = NewReview({}, {}, Rater.LEAD, "", START.date().replace(month=12))
    with inside(SOCIAL):
        accept_baton(case=case, **SAMIRA)
        with pytest.raises(PlanElsewhere):
            review(case=case, review=seen, **SAMIRA)
        assert change_plan(case=case, plan=new_plan(), **SAMIRA) == ("region_health", "school_medical")
        assert case_view(case, **SAMIRA).plan_number == 2
    assert state(case) == "active"


def test_the_first_branch_still_gives_its_own_signal_after_the_baton_has_passed(day: None) -> None:
    signal = asked()
    case = granted(signal)
    offer(case, SAMIRA)
    with inside(SOCIAL):
        accept_baton(case=case, **SAMIRA)
    give_signal(case, signal)
    with inside(SOCIAL), pytest.raises(NotFound):
        disclose(case=case, kind="signal", source=signal, wish=Wish("region_health", "consent"), **SAMIRA)
