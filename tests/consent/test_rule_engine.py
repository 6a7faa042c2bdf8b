"""The matrix, the table of rows and the engine say the same (L-03, L-05, L-06)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from hlt_tenants.consent.rules import Answer, Facts, GuardianAnswer, Refusal, Request, consent_gap, decide, legal_rules

TODAY = date(2026, 11, 24)
FROM = ["preschool", "school", "pupil_health", "school_medical", "social", "region_health"]
FROM += ["private_school", "private_health"]
TO = [*FROM, "guardian", "child"]
GROUNDS = sorted({rule.ground for rule in legal_rules()})
LISTED = {(rule.from_branch, rule.to_branch, rule.ground) for rule in legal_rules()}


def yes(number: int, **changed: object) -> GuardianAnswer:
    whole = GuardianAnswer(
        UUID(int=number), Answer.YES, frozenset(TO), frozenset({"C0", "C1"}), date(2026, 11, 1), date(2027, 11, 1)
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


def facts(sender: str, **changed: object) -> Facts:
    return replace(Facts(sender, False, True, 9, (yes(1), yes(2))), **changed)  # type: ignore[arg-type]


def ask(sender: str, receiver: str, ground: str) -> tuple[Refusal, ...]:
    return decide(Request(sender, receiver, ground, "C1", "Behövs för stödet", "2026-17"), facts(sender), TODAY)


def test_L03_of_1040_combinations_exactly_the_143_rows_of_the_table_are_allowed() -> None:
    asked = [(sender, receiver, ground) for sender in FROM for receiver in TO for ground in GROUNDS]
    allowed = {one for one in asked if not ask(*one)}
    assert (len(asked), len(allowed)) == (1040, 143)
    assert allowed == LISTED


def test_L03_social_services_cannot_reach_a_teacher_by_the_paragraph_for_health_care() -> None:
    assert ask("social", "school", "osl_26_9") == (Refusal.NO_RULE,)
    assert ask("social", "school_medical", "osl_26_9") == ()


def test_L03_nobody_gives_what_another_branch_owns() -> None:
    request = Request("social", "school_medical", "osl_26_9", "C1", "Behövs")
    assert decide(request, facts("school"), TODAY) == (Refusal.NOT_OWNER,)


def test_L03_before_the_new_act_no_row_is_in_force() -> None:
    request = Request("social", "school_medical", "osl_26_9", "C1", "Behövs")
    assert decide(request, facts("social"), date(2025, 6, 30)) == (Refusal.NO_RULE,)


def test_L03_a_ground_that_asks_for_a_motive_is_refused_without_one() -> None:
    request = Request("school", "social", "harm_test", "C1", "  ")
    assert decide(request, facts("school"), TODAY) == (Refusal.MOTIVE_MISSING,)


@pytest.mark.parametrize(("age", "codes"), [(17, ()), (18, (Refusal.OVER_18,))])
def test_L03_needed_support_is_for_children_only(age: int, codes: tuple[Refusal, ...]) -> None:
    request = Request("school_medical", "social", "osl_25_12", "C1", "Behövs")
    assert decide(request, facts("school_medical", age=age), TODAY) == codes


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"has_conflict": True}, Refusal.CONFLICT),
        ({"is_protected": True}, Refusal.PROTECTED),
        ({"is_blocked": True}, Refusal.BLOCKED),
        ({"is_care_blocked": True}, Refusal.CARE_BLOCKED),
    ],
)
def test_what_stops_a_person_stops_every_ground(changed: dict[str, bool], code: Refusal) -> None:
    request = Request("school", "social", "consent", "C1")
    assert code in decide(request, facts("school", **changed), TODAY)


@pytest.mark.parametrize(
    ("answers", "gap"),
    [
        ((), Refusal.CONSENT_MISSING),
        ((yes(1), yes(2, answer=Answer.ASKED)), Refusal.CONSENT_WAITS),
        ((yes(1, answer=Answer.ASKED), yes(2, answer=Answer.ASKED)), Refusal.CONSENT_MISSING),
        ((yes(1), yes(2, answer=Answer.NO)), Refusal.CONSENT_MISSING),
        ((yes(1), yes(2, is_withdrawn=True)), Refusal.CONSENT_WITHDRAWN),
        ((yes(1), yes(2, valid_until=TODAY)), Refusal.CONSENT_EXPIRED),
        ((yes(1), yes(2, valid_from=date(2026, 11, 25))), Refusal.CONSENT_EXPIRED),
        ((yes(1), yes(2, to_branches=frozenset({"school"}))), Refusal.OUT_OF_SCOPE),
        ((yes(1), yes(2, categories=frozenset({"C0"}))), Refusal.OUT_OF_SCOPE),
        ((yes(1), yes(2)), None),
    ],
)
def test_L06_every_guardian_must_have_said_yes_to_just_this(
    answers: tuple[GuardianAnswer, ...], gap: Refusal | None
) -> None:
    assert consent_gap(answers, "social", "C1", TODAY) == gap
