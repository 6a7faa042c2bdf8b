"""Nothing crosses a branch before consent, exactly the disclosed items after it, nothing more after withdrawal."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.cast import UMEA, actor
from tests.story import (
    HEALTH,
    NURSE,
    SCHOOL,
    SOCIAL,
    answered,
    asked,
    give_signal,
    granted,
    met,
    new_signal,
    planned,
    say_yes,
)

from hlt_identity.errors import HltError, NotFound, Refused
from hlt_tenants.audit import instant
from hlt_tenants.audit.rules import Basis
from hlt_tenants.casework.actions.consents import grant, withdraw
from hlt_tenants.casework.actions.signals import raise_signal
from hlt_tenants.casework.errors import FamilyNotTold
from hlt_tenants.casework.models import CaseSeat, Clock, HltCase, Signal
from hlt_tenants.consent.reads import Copy, answers_about, asked_about, copies_of
from hlt_tenants.families.models import Child
from hlt_tenants.registry.context import Where, inside

SEEN = "Oro: Mående och oro\nVad vi sett: Elsa sover dåligt och är ofta ledsen.\nVad som fungerar bra: Har en nära vän."


@pytest.fixture
def signal(team: UUID) -> UUID:
    """Karin's signal; both guardians are asked about sharing with social services."""
    return asked(("social",), ("C0", "C1"))


def give(signal: UUID) -> None:
    with inside(NURSE):
        case = Signal.objects.get(id=signal).case_id
    assert case is not None
    give_signal(case, signal)


def seen_by_samira(case: UUID) -> tuple[Copy, ...]:
    with inside(SOCIAL):
        return copies_of(case, by=actor("samira"), basis=Basis.SOCIAL_MEASURES)


def codes(refusal: "pytest.ExceptionInfo[Refused]") -> tuple[str, ...]:
    return tuple(str(code) for code in refusal.value.codes)


def test_L02_before_consent_a_colleague_in_social_services_sees_nothing(signal: UUID) -> None:
    with inside(NURSE):
        assert Signal.objects.filter(id=signal).exists()
        child = Signal.objects.get(id=signal).child_id
    with inside(SOCIAL):
        assert not Signal.objects.filter(id=signal).exists()
        assert not Child.objects.filter(id=child).exists()
        assert answers_about(signal) == ()


def test_L06_one_yes_of_two_opens_nothing(signal: UUID) -> None:
    say_yes(signal, 0)
    with inside(NURSE), pytest.raises(Refused) as refusal:
        grant(signal=signal, by=actor("karin"), basis=HEALTH)
    assert codes(refusal) == ("consent_waits",)
    with inside(NURSE):
        assert Signal.objects.get(id=signal).case_id is None


def test_after_both_have_said_yes_both_branches_see_a_shell_without_a_name(signal: UUID) -> None:
    case = granted(signal)
    with inside(SOCIAL):
        shell = HltCase.objects.get(id=case)
        assert (shell.state, shell.seen_by, shell.lead_branch) == (
            "listed",
            ["pupil_health", "school_medical", "social"],  # Ylva coordinates the team
            "school_medical",
        )
        assert {seat.branch for seat in CaseSeat.objects.filter(case_id=case)} == {"school_medical", "social"}
        assert set(Clock.objects.filter(case_id=case).values_list("code", flat=True)) == {"MEETING", "CONSENT_END"}
    with inside(SCHOOL):
        assert not HltCase.objects.filter(id=case).exists()
        assert not CaseSeat.objects.filter(case_id=case).exists()


def test_a_grant_gives_the_name_and_whom_to_ring_and_nothing_else(signal: UUID) -> None:
    (copy,) = seen_by_samira(granted(signal))
    assert (copy.from_branch, copy.category) == ("school_medical", "C0")
    assert "Elsa Provsson, född 2017-05-04" in copy.content
    assert "sover" not in copy.content


def test_exactly_the_disclosed_item_crosses(signal: UUID) -> None:
    case = granted(signal)
    give(signal)
    _coordination, copy = seen_by_samira(case)
    assert (copy.from_branch, copy.category, copy.content) == ("school_medical", "C1", SEEN)
    with inside(SOCIAL):
        assert not Signal.objects.filter(id=signal).exists()


def test_a_branch_without_a_seat_gets_nothing_on_any_ground(signal: UUID) -> None:
    case = granted(signal)
    with pytest.raises(Refused) as refusal:
        give_signal(case, signal, "region_health", "osl_25_12", "Behövs för stödet")
    assert codes(refusal) == ("out_of_scope",)


def test_a_copy_stays_as_it_was_when_the_source_changes(signal: UUID) -> None:
    from hlt_tenants.audit.changing import writing

    case = granted(signal)
    give(signal)
    with inside(NURSE), writing():
        Signal.objects.filter(id=signal).update(seen="Ändrad text")
    assert seen_by_samira(case)[1].content == SEEN


def test_L05_withdrawal_stops_the_next_disclosure_at_once_and_leaves_the_copy(signal: UUID) -> None:
    case = granted(signal)
    give(signal)
    with inside(NURSE):
        withdraw(consent=asked_about(signal)[0].consent_id, by=actor("karin"), basis=HEALTH)
    with pytest.raises(Refused) as refusal:
        give(signal)
    assert codes(refusal) == ("consent_withdrawn", "out_of_scope")
    assert [copy.category for copy in seen_by_samira(case)] == ["C0", "C1"]


def test_L05_samira_cannot_withdraw_or_answer_for_a_family_she_was_not_told_of(signal: UUID) -> None:
    with inside(NURSE):
        eva = asked_about(signal)[0].consent_id
    with inside(SOCIAL), pytest.raises(NotFound):
        withdraw(consent=eva, by=actor("samira"), basis=Basis.SOCIAL_MEASURES)


@pytest.mark.parametrize("unknown", [False, True])
def test_a_neighbour_in_umea_meets_a_signal_of_lycksele_as_if_it_were_not(signal: UUID, unknown: bool) -> None:
    wanted = UUID(int=99) if unknown else signal
    with inside(Where(UMEA, "school_medical")), pytest.raises(NotFound) as answer:
        grant(signal=wanted, by=actor("nils"), basis=HEALTH)
    assert (answer.value.code, answer.value.sentence, dict(answer.value.data)) == (
        "NOT_FOUND",
        HltError.__subclasses__()[0].sentence,
        {},
    )


@pytest.mark.parametrize("told", [None, instant.today() + timedelta(days=1)])
def test_a_signal_is_not_raised_behind_the_familys_back(kommuner: None, told: date | None) -> None:
    with inside(NURSE):
        before = Signal.objects.count()
        with pytest.raises(FamilyNotTold):
            raise_signal(replace(new_signal(), family_told_on=told), by=actor("karin"), basis=HEALTH)
        assert Signal.objects.count() == before


@pytest.mark.parametrize(("asked_for", "crosses"), [(("C0", "C5"), False), (("C0", "C5", "C6"), True)])
def test_the_childs_own_words_in_a_plan_cross_only_when_the_family_said_so(
    team: UUID, asked_for: tuple[str, ...], crosses: bool
) -> None:
    case = granted(asked(("social",), asked_for))
    met(case)
    answered(case)
    planned(case)
    copies = seen_by_samira(case)
    assert "plan" in {copy.item_kind for copy in copies}
    assert any("Jag vill sova hos mamma." in copy.content for copy in copies) is crosses
    assert {copy.category for copy in copies if "mamma" in copy.content} <= {"C6"}
