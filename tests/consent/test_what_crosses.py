"""Nothing crosses a branch before consent, exactly the disclosed items after it, nothing more after withdrawal."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from tests.cast import LYCKSELE, UMEA, actor

from hlt_identity.errors import HltError, NotFound, Refused
from hlt_tenants.audit.rules import Basis
from hlt_tenants.casework.actions import NewSignal, ask_consent, disclose_signal, grant, raise_signal
from hlt_tenants.casework.errors import FamilyNotTold
from hlt_tenants.casework.models import CaseSeat, Clock, HltCase, Signal
from hlt_tenants.consent.actions import record_answer, withdraw
from hlt_tenants.consent.reads import Copy, answers_about, copies_of
from hlt_tenants.consent.rules import Answer
from hlt_tenants.families.adding import NewChild
from hlt_tenants.families.models import Child
from hlt_tenants.registry.context import Where, inside

NURSE, SOCIAL = Where(LYCKSELE, "school_medical"), Where(LYCKSELE, "social")
HEALTH = Basis.HEALTH_CARE
TODAY = datetime.now(UTC).date()
ELSA = NewChild("Elsa Provsson", date(2017, 5, 4), "K", ("Eva Provsson", "Jonas Provsson"))


def new_signal(told: date | None = TODAY) -> NewSignal:
    return NewSignal(ELSA, "mood", "Elsa sover dåligt och är ofta ledsen.", "Har en nära vän.", told, "talk")


@pytest.fixture
def signal(kommuner: None) -> UUID:
    """Karin's signal; both guardians are asked about sharing with social services."""
    with inside(NURSE):
        raised = raise_signal(new_signal(), by=actor("karin"), basis=HEALTH)
        ask_consent(signal=raised, to_branches=["social"], categories=["C0", "C1"], by=actor("karin"), basis=HEALTH)
    return raised


def say_yes(signal: UUID, *numbers: int) -> None:
    with inside(NURSE):
        guardians = [answer.guardian_id for answer in answers_about(signal)]
        for number in numbers:
            record_answer(
                signal=signal,
                guardian=guardians[number],
                answer=Answer.YES,
                valid_until=TODAY + timedelta(days=365),
                way="paper",
                by=actor("karin"),
                basis=HEALTH,
            )


def give(signal: UUID) -> None:
    with inside(NURSE):
        disclose_signal(
            signal=signal, to_branch="social", ground="consent", motive="", by=actor("karin"), basis=Basis.CONSENT
        )


def granted(signal: UUID) -> UUID:
    say_yes(signal, 0, 1)
    with inside(NURSE):
        return grant(signal=signal, by=actor("karin"), basis=HEALTH)


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
            ["school_medical", "social"],
            "school_medical",
        )
        assert {seat.branch for seat in CaseSeat.objects.filter(case_id=case)} == {"school_medical", "social"}
        assert Clock.objects.get(case_id=case).code == "MEETING"
    with inside(Where(LYCKSELE, "school")):
        assert not HltCase.objects.filter(id=case).exists()
        assert not CaseSeat.objects.filter(case_id=case).exists()


def test_a_grant_alone_gives_no_content(signal: UUID) -> None:
    assert seen_by_samira(granted(signal)) == ()


def test_exactly_the_disclosed_item_crosses(signal: UUID) -> None:
    case = granted(signal)
    give(signal)
    assert seen_by_samira(case) == (Copy("school_medical", "C1", "Elsa sover dåligt och är ofta ledsen."),)
    with inside(SOCIAL):
        assert not Signal.objects.filter(id=signal).exists()


def test_a_branch_without_a_seat_gets_nothing_on_any_ground(signal: UUID) -> None:
    granted(signal)
    with inside(NURSE), pytest.raises(Refused) as refusal:
        disclose_signal(
            signal=signal,
            to_branch="region_health",
            ground="osl_25_12",
            motive="Behövs för stödet",
            by=actor("karin"),
            basis=Basis.NEEDED_SUPPORT,
        )
    assert codes(refusal) == ("out_of_scope",)


def test_a_copy_stays_as_it_was_when_the_source_changes(signal: UUID) -> None:
    from hlt_tenants.audit.changing import writing

    case = granted(signal)
    give(signal)
    with inside(NURSE), writing():
        Signal.objects.filter(id=signal).update(seen="Ändrad text")
    assert [copy.content for copy in seen_by_samira(case)] == ["Elsa sover dåligt och är ofta ledsen."]


def test_L05_withdrawal_stops_the_next_disclosure_at_once_and_leaves_the_copy(signal: UUID) -> None:
    case = granted(signal)
    give(signal)
    with inside(NURSE):
        eva = answers_about(signal)[0].guardian_id
        withdraw(signal=signal, guardian=eva, by=actor("karin"), basis=HEALTH)
    with pytest.raises(Refused) as refusal:
        give(signal)
    assert codes(refusal) == ("consent_withdrawn",)
    assert len(seen_by_samira(case)) == 1


def test_L05_samira_cannot_withdraw_or_answer_for_a_family_she_was_not_told_of(signal: UUID) -> None:
    with inside(NURSE):
        eva = answers_about(signal)[0].guardian_id
    with inside(SOCIAL), pytest.raises(NotFound):
        withdraw(signal=signal, guardian=eva, by=actor("samira"), basis=Basis.SOCIAL_MEASURES)


@pytest.mark.parametrize("unknown", [False, True])
def test_a_neighbour_in_umea_meets_a_signal_of_lycksele_as_if_it_were_not(signal: UUID, unknown: bool) -> None:
    asked = UUID(int=99) if unknown else signal
    with inside(Where(UMEA, "school_medical")), pytest.raises(NotFound) as answer:
        grant(signal=asked, by=actor("nils"), basis=HEALTH)
    assert (answer.value.code, answer.value.sentence, dict(answer.value.data)) == (
        "NOT_FOUND",
        HltError.__subclasses__()[0].sentence,
        {},
    )


@pytest.mark.parametrize("told", [None, TODAY + timedelta(days=1)])
def test_a_signal_is_not_raised_behind_the_familys_back(kommuner: None, told: date | None) -> None:
    with inside(NURSE):
        before = Signal.objects.count()
        with pytest.raises(FamilyNotTold):
            raise_signal(new_signal(told), by=actor("karin"), basis=HEALTH)
        assert Signal.objects.count() == before
