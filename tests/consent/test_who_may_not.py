"""What stops a disclosure whatever the family said: protected identity, a block, jäv, age, receiver (L-03, L-10)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from tests.cast import actor
from tests.story import ELSA, KARIN, NURSE, SOCIAL, Acting, as_played, asked, give_signal, granted, refs, say_yes

from hlt_identity.errors import HltError, Refused
from hlt_tenants.audit.changing import writing
from hlt_tenants.audit.rules import Basis
from hlt_tenants.casework.actions.batons import accept_baton, offer_baton
from hlt_tenants.casework.actions.consents import grant, withdraw
from hlt_tenants.casework.errors import ConflictOfInterest
from hlt_tenants.casework.giving import Wish
from hlt_tenants.casework.models import Signal
from hlt_tenants.casework.reads.case import case_view
from hlt_tenants.casework.reads.consents import disclose_choices, preview, who_sees_what
from hlt_tenants.casework.reads.day import PROTECTED_NAME, my_day
from hlt_tenants.casework.reads.signals import signal_view
from hlt_tenants.consent.reads import answers_about, copies_of
from hlt_tenants.consent.rules import Answer
from hlt_tenants.families.actions import block_child, block_guardian, declare_conflict, mark_protection
from hlt_tenants.families.models import Guardian
from hlt_tenants.families.rules import Protection
from hlt_tenants.registry.context import inside

SAMIRA: Acting = {"by": as_played("samira")[1], "basis": as_played("samira")[2]}
KINDS = [kind for kind in Protection if kind is not Protection.NONE]


def child_of(signal: UUID) -> UUID:
    with inside(NURSE):
        return Signal.objects.get(id=signal).child_id


def codes(refusal: HltError) -> tuple[str, ...]:
    assert isinstance(refusal, Refused)
    return tuple(str(code) for code in refusal.codes)


@pytest.mark.parametrize("kind", KINDS)
def test_L10_nothing_of_a_protected_child_is_given(day: None, kind: Protection) -> None:
    signal = asked()
    case = granted(signal)
    with inside(NURSE):
        mark_protection(child=child_of(signal), protection=kind, **KARIN)
    with pytest.raises(Refused) as refusal:
        give_signal(case, signal)
    assert codes(refusal.value) == ("protected",)


def test_L10_a_protected_childs_case_is_not_shared_at_all(day: None) -> None:
    signal = asked()
    say_yes(signal, 0, 1)
    with inside(NURSE):
        mark_protection(child=child_of(signal), protection=Protection.MARKED, **KARIN)
        with pytest.raises(Refused) as refusal:
            grant(signal=signal, **KARIN)
        names = [task.name for task in my_day(**KARIN).signals if task.signal_id == signal]
    assert codes(refusal.value) == ("protected",)
    assert names == [PROTECTED_NAME]


@pytest.mark.parametrize(("block", "code"), [((True, False), "blocked"), ((False, True), "care_blocked")])
def test_a_childs_block_stops_every_ground(day: None, block: tuple[bool, bool], code: str) -> None:
    signal = asked()
    case = granted(signal)
    with inside(NURSE):
        block_child(child=child_of(signal), is_blocked=block[0], is_care_blocked=block[1], **KARIN)
    for ground in ("consent", "osl_25_12"):
        with pytest.raises(Refused) as refusal:
            give_signal(case, signal, "social", ground, "Behövs")
        assert codes(refusal.value) == (code,)


def test_a_blocked_guardian_is_not_asked(day: None) -> None:
    signal = asked()
    with inside(NURSE):
        jonas = answers_about(signal)[1].guardian_id
        block_guardian(guardian=jonas, is_blocked=True, **KARIN)
        shown = signal_view(signal, **KARIN)
    assert {guardian.guardian_id for guardian in shown.child.with_standing}.isdisjoint({jonas})


def test_L06_a_guardian_who_is_blocked_after_the_question_neither_counts_nor_is_named(day: None) -> None:
    signal = asked()
    say_yes(signal, 0)
    with inside(NURSE):
        silent = next(answer for answer in answers_about(signal) if answer.answer is Answer.ASKED)
        with pytest.raises(Refused):
            grant(signal=signal, **KARIN)
        block_guardian(guardian=silent.guardian_id, is_blocked=True, **KARIN)
        case = grant(signal=signal, **KARIN)
        shown = case_view(case, **KARIN)
    assert len(refs(case)) == len(shown.guardians) == 1
    with inside(SOCIAL):
        told = copies_of(case, **SAMIRA)[0].content
    assert sum(name in told for name in ELSA.guardians) == 1


def test_L06_who_gets_standing_back_after_the_question_is_waited_for(day: None) -> None:
    signal = asked()
    say_yes(signal, 0, 1)
    with inside(NURSE):
        added = Guardian(owner_branch="school_medical", child_id=child_of(signal), name="Tomas Provsson")
        with writing():
            added.save(force_insert=True)
        with pytest.raises(Refused) as refusal:
            grant(signal=signal, **KARIN)
    assert codes(refusal.value) == ("consent_waits",)


def test_L36_who_has_declared_jav_is_refused_on_every_step_and_page(day: None) -> None:
    signal = asked()
    case = granted(signal)
    colleague: Acting = {"by": replace(actor("karin"), person_id=UUID(int=5)), "basis": Basis.HEALTH_CARE}
    with inside(NURSE):
        assert case_view(case, **colleague).case_id == case
        declare_conflict(about=child_of(signal), **colleague)
        for act in (
            lambda: case_view(case, **colleague),
            lambda: signal_view(signal, **colleague),
            lambda: disclose_choices(case, **colleague),
            lambda: withdraw(consent=refs(case)[0], **colleague),
            lambda: accept_baton(case=case, **colleague),
        ):
            with pytest.raises(ConflictOfInterest):
                act()
        assert case not in {task.case_id for task in my_day(**colleague).cases}
        assert case_view(case, **KARIN).case_id == case


def test_L36_samira_declares_jav_about_a_case_and_cannot_take_the_baton(day: None) -> None:
    case = granted()
    with inside(NURSE):
        offer_baton(case=case, to_person=SAMIRA["by"].person_id, **KARIN)
    with inside(SOCIAL):
        declare_conflict(about=case, **SAMIRA)
        with pytest.raises(ConflictOfInterest):
            accept_baton(case=case, **SAMIRA)
        with pytest.raises(ConflictOfInterest):
            preview(case, kind="signal", source=case, wish=Wish("school_medical", "consent"), **SAMIRA)


@pytest.mark.parametrize(("born", "refused"), [(date(2008, 11, 26), ()), (date(2008, 11, 25), ("over_18",))])
def test_L07_needed_support_ends_on_the_eighteenth_birthday(day: None, born: date, refused: tuple[str, ...]) -> None:
    signal = asked(child=replace(ELSA, birth_date=born))
    case = granted(signal)
    with inside(NURSE):
        wish = Wish("social", "osl_25_12", "Behövs för stödet")
        shown = preview(case, kind="signal", source=signal, wish=wish, **KARIN)
    assert tuple(str(code) for code in shown.refusals) == refused


def test_L04_the_preview_is_the_copy_to_the_byte_with_the_receivers_label_beside_it(day: None) -> None:
    signal = asked()
    case = granted(signal)
    with inside(NURSE):
        shown = preview(case, kind="signal", source=signal, wish=Wish("social", "consent"), **KARIN)
    give_signal(case, signal)
    with inside(SOCIAL):
        copy = copies_of(case, **SAMIRA)[-1]
    assert shown.content.encode() == copy.content.encode()
    assert (shown.receiver.strength, shown.refusals) == ("stark sekretess", ())
    assert {ground.value for ground in shown.receiver.grounds} == {"consent", "osl_25_12", "duty_inquiry"}


def test_L04_the_family_is_shown_what_each_branch_would_get_and_that_is_what_it_gets(day: None) -> None:
    signal = asked(("social", "region_health"), ("C0", "C1"))
    case = granted(signal)
    with inside(NURSE):
        shown = who_sees_what(case, **KARIN)
    give_signal(case, signal)
    with inside(SOCIAL):
        got = [copy.content for copy in copies_of(case, **SAMIRA)]
    assert [item.content for item in shown["social"]] == got
    assert set(shown) == {"social", "region_health"}
