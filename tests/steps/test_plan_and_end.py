"""A plan is whole or not agreed on; a case ends with what the child and the family have to say (domain §6.2)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import actor
from tests.elsa import START, closure, fields_of, next_of, promises, state
from tests.story import (
    KARIN,
    NURSE,
    SOCIAL,
    answered,
    as_played,
    granted,
    met,
    new_plan,
    planned,
)

from hlt_identity.errors import Invalid, NotFound, Stale
from hlt_tenants.audit import instant
from hlt_tenants.audit.rules import Basis
from hlt_tenants.casework.actions.batons import accept_baton, pause, resume
from hlt_tenants.casework.codes import (
    Decision,
    PauseReason,
)
from hlt_tenants.casework.reads.case import case_view
from hlt_tenants.casework.rules import Step
from hlt_tenants.consent.reads import copies_of
from hlt_tenants.followup.actions.closing import begin_close, close
from hlt_tenants.followup.codes import CloseReason
from hlt_tenants.plans.actions.mapping import write_cell
from hlt_tenants.plans.actions.plans import agree_plan, change_plan
from hlt_tenants.plans.codes import CellKind, Domain, VoiceState
from hlt_tenants.plans.models import PlanVersion
from hlt_tenants.plans.reads import mapping, plan
from hlt_tenants.plans.rules import Voice
from hlt_tenants.registry.context import inside


def test_the_plan_is_the_own_text_in_the_leads_branch_and_a_copy_in_the_others(day: None) -> None:
    case = granted()
    met(case)
    planned(case)
    with inside(SOCIAL):
        assert plan(case, by=actor("samira"), basis=Basis.SOCIAL_MEASURES) is None
        copies = copies_of(case, by=actor("samira"), basis=Basis.SOCIAL_MEASURES)
    assert [copy.item_kind for copy in copies] == ["coordination", "plan", "voice"]
    assert "Elsa sover gott" in copies[1].content
    assert "Jag vill sova hos mamma." in copies[2].content


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"goals": ()}, "goals"),
        ({"goals": new_plan().goals * 4}, "goals"),
        ({"goals": (replace(new_plan().goals[0], measures=()),)}, "measures_1"),
        ({"voice": Voice(VoiceState.NOT_ASKED)}, "voice_why_not"),
        ({"voice": Voice(VoiceState.GIVEN)}, "voice_words"),
        ({"ratings": ()}, "ratings"),
        ({"agreed_with": " "}, "agreed_with"),
        ({"review_on": START.date()}, "review_on"),
    ],
)
def test_a_plan_that_is_not_whole_is_not_agreed_on(day: None, changed: dict[str, object], field: str) -> None:
    case = granted()
    met(case)
    with inside(NURSE), pytest.raises(Invalid) as refusal:
        agree_plan(case=case, plan=new_plan(**changed), **KARIN)
    assert field in fields_of(refusal.value)
    assert state(case) == "mapping"


def test_a_new_version_leaves_the_old_one_as_it_was(day: None) -> None:
    case = granted()
    met(case)
    planned(case)
    with inside(NURSE):
        change_plan(case=case, plan=new_plan(agreed_with="Jonas Provsson"), **KARIN)
        shown = plan(case, **KARIN)
        assert shown is not None
        assert (shown.number, shown.agreed_with) == (2, "Jonas Provsson")
        assert set(PlanVersion.objects.filter(case_id=case).values_list("agreed_with", flat=True)) == {
            "Eva Provsson",
            "Jonas Provsson",
        }


def test_two_editors_of_a_mapping_lose_nothing(day: None) -> None:
    case = granted()

    def write(text: str, version: int) -> int:
        where = {"case": case, "domain": Domain.HEALTH, "kind": CellKind.WORRIES}
        return write_cell(text=text, version=version, **where, **KARIN)  # type: ignore[arg-type]

    with inside(NURSE):
        assert write("Sover dåligt", 0) == 1
        with pytest.raises(Stale):
            write("Något annat", 0)
        assert write("Sover lite bättre", 1) == 2
        cells = {(cell.domain, cell.kind): cell.text for cell in mapping(case, **KARIN)}
    assert len(cells) == 15
    assert cells[Domain.HEALTH, CellKind.WORRIES] == "Sover lite bättre"


def test_a_paused_case_goes_on_with_the_days_it_had_left(day: None) -> None:
    case = granted()
    met(case)
    answered(case)
    planned(case)
    with inside(NURSE):
        pause(case=case, reason=PauseReason.FAMILY_ASKED, **KARIN)
    assert promises(case) == {"PAUSE": "2027-02-23"}
    with instant.at(START + timedelta(days=20)), inside(NURSE):
        resume(case=case, **KARIN)
    assert (state(case), promises(case)) == ("active", {"FOLLOW_UP": "2027-01-26"})


def test_a_case_that_needs_no_more_can_end_without_a_plan(day: None) -> None:
    case = granted()
    met(case, Decision.ADVICE)
    answered(case)
    assert next_of(case) is Step.BEGIN_CLOSE
    with inside(NURSE):
        begin_close(case=case, reason=CloseReason.ADVICE, **KARIN)
        close(case=case, closure=replace(closure(case), reason=CloseReason.ADVICE, ratings=()), **KARIN)
    assert state(case) == "closed"


def test_L31_the_childs_voice_is_never_left_open_at_the_end(day: None) -> None:
    case = granted()
    with inside(NURSE):
        begin_close(case=case, reason=CloseReason.FAMILY_ENDED, **KARIN)
        silent = replace(closure(case), voice=Voice(VoiceState.NOT_ASKED))
        with pytest.raises(Invalid) as refusal:
            close(case=case, closure=silent, **KARIN)
    assert "voice_why_not" in fields_of(refusal.value)


def test_after_the_end_everybody_who_was_in_it_may_read_and_nobody_may_write(day: None) -> None:
    case = granted()
    with inside(NURSE):
        begin_close(case=case, reason=CloseReason.FAMILY_ENDED, **KARIN)
        close(case=case, closure=closure(case), **KARIN)
        assert case_view(case, **KARIN).label == "Avslutat"
        with pytest.raises(NotFound):
            write_cell(case=case, domain=Domain.HEALTH, kind=CellKind.WORRIES, text="x", version=0, **KARIN)
    where, samira, basis = as_played("samira")
    with inside(where):
        assert case_view(case, by=samira, basis=basis).next_step.why_not == "Ärendet är avslutat."
        with pytest.raises(NotFound):
            accept_baton(case=case, by=samira, basis=basis)
