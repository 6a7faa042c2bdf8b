"""How a guardian's answer is written down: who heard it, which form, until when; a no ends it (L-05, L-06)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.elsa import fields_of
from tests.story import ELSA, KARIN, NURSE, SCHOOL, as_played, asked, new_signal, say_yes, yes

from hlt_identity.errors import Invalid, NotFound
from hlt_tenants.casework.actions.consents import ask_consent, record_answer
from hlt_tenants.casework.actions.signals import raise_signal
from hlt_tenants.casework.errors import GuardiansMissing, NotTheLead, WrongState
from hlt_tenants.casework.reads.signals import signal_view
from hlt_tenants.casework.rules import State, Step
from hlt_tenants.consent.codes import AnswerWay
from hlt_tenants.consent.reads import answers_about
from hlt_tenants.consent.rules import FORM_VERSION, Answer, NewAnswer, check_answer
from hlt_tenants.registry.context import inside

TODAY = date(2026, 11, 25)
YEAR = TODAY + timedelta(days=365)


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        (NewAnswer(Answer.YES, "paper", YEAR), set()),
        (NewAnswer(Answer.YES, "oral", YEAR, witness="Samira Haddad"), set()),
        (NewAnswer(Answer.NO, "paper"), set()),
        (NewAnswer(Answer.YES, "oral", YEAR, witness="  "), {"witness"}),
        (NewAnswer(Answer.NO, "oral"), {"witness"}),
        (NewAnswer(Answer.YES, "mail", YEAR), {"way"}),
        (NewAnswer(Answer.YES, "paper"), {"valid_until"}),
        (NewAnswer(Answer.YES, "paper", TODAY), {"valid_until"}),
        (NewAnswer(Answer.YES, "paper", YEAR + timedelta(days=1)), {"valid_until"}),
        (NewAnswer(Answer.YES, "paper", YEAR, form_version="2019-1"), {"form_version"}),
        (NewAnswer(Answer.ASKED, "paper", YEAR), {"answer"}),
    ],
)
def test_L05_an_answer_can_be_shown_to_have_been_given(answer: NewAnswer, fields: set[str]) -> None:
    assert faults(answer) == fields


def faults(answer: NewAnswer) -> set[str]:
    """Give the fields that the rule finds wanting."""
    try:
        check_answer(answer, asked_version=FORM_VERSION, today=TODAY)
    except Invalid as refusal:
        return set(fields_of(refusal))
    return set()


def test_every_way_on_the_list_is_one_that_the_rule_knows() -> None:
    for way in AnswerWay:
        assert faults(NewAnswer(Answer.NO, way, witness="Eva")) == set()


def guardian_of(signal: UUID, number: int) -> UUID:
    with inside(NURSE):
        return answers_about(signal)[number].guardian_id


def test_L06_a_no_ends_the_question_even_after_a_yes(day: None) -> None:
    signal = asked()
    say_yes(signal, 0)
    with inside(NURSE):
        no = NewAnswer(Answer.NO, "paper")
        assert record_answer(signal=signal, guardian=guardian_of(signal, 1), answer=no, **KARIN) is State.DECLINED
        with pytest.raises(WrongState):
            record_answer(signal=signal, guardian=guardian_of(signal, 1), answer=yes(), **KARIN)


def test_the_next_step_is_the_missing_answer_and_then_to_open_the_case(day: None) -> None:
    signal = asked()
    for number, step in ((0, Step.RECORD_ANSWER), (1, Step.GRANT)):
        say_yes(signal, number)
        with inside(NURSE):
            assert signal_view(signal, **KARIN).next_step.step is step


def test_only_karin_writes_answers_and_only_of_those_who_were_asked(day: None) -> None:
    signal, other = asked(), asked()
    where, who, basis = as_played("karin")
    with inside(where), pytest.raises(NotFound):
        record_answer(signal=signal, guardian=guardian_of(other, 0), answer=yes(), by=who, basis=basis)
    _where, anders, school = as_played("anders")
    with inside(SCHOOL), pytest.raises(NotFound):
        record_answer(signal=signal, guardian=guardian_of(signal, 0), answer=yes(), by=anders, basis=school)


def test_a_question_names_another_branch_and_goes_to_somebody(day: None) -> None:
    with inside(NURSE):
        signal = raise_signal(new_signal(), **KARIN)
        with pytest.raises(Invalid) as refusal:
            ask_consent(signal=signal, to_branches=["school_medical"], categories=[], **KARIN)
        assert set(fields_of(refusal.value)) == {"to_branches"}
        alone = raise_signal(new_signal(child=replace(ELSA, guardians=())), **KARIN)
        with pytest.raises(GuardiansMissing):
            ask_consent(signal=alone, to_branches=["social"], categories=[], **KARIN)


def test_who_is_not_the_lead_asks_nobody(day: None) -> None:
    with inside(NURSE):
        signal = raise_signal(new_signal(), **KARIN)
        colleague = replace(KARIN["by"], person_id=UUID(int=6))
        with pytest.raises(NotTheLead):
            ask_consent(signal=signal, to_branches=["social"], categories=[], by=colleague, basis=KARIN["basis"])
