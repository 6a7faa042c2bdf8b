"""May this item go from this branch to that receiver, on this ground, today? (law §3, L-03 to L-06)"""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from uuid import UUID

from hlt_identity.errors import Invalid

FORM_VERSION = "2026-1"
LONGEST_DAYS = 365
AUTHORITY_ONLY = frozenset({"osl_25_12", "osl_26_9", "osl_25_13a", "osl_10_27"})
UNDER_18 = frozenset({"osl_25_12", "osl_26_9"})
NEEDS_REFERENCE = frozenset({"duty_inquiry"})
RULES_FROM = date(2025, 7, 1)
# Consent as a ground is as old as the act on secrecy (OSL 2009:400); everything else waits for the wording we read.
CONSENT_FROM = date(2009, 6, 30)


class Refusal(StrEnum):
    """Why not; each has a Swedish sentence for the page."""

    NO_RULE = "no_rule"
    NOT_AUTHORITY = "not_authority"
    OVER_18 = "over_18"
    CONSENT_MISSING = "consent_missing"
    CONSENT_WAITS = "consent_waits"
    CONSENT_EXPIRED = "consent_expired"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OUT_OF_SCOPE = "out_of_scope"
    MOTIVE_MISSING = "motive_missing"
    REF_MISSING = "ref_missing"
    PROTECTED = "protected"
    BLOCKED = "blocked"
    CARE_BLOCKED = "care_blocked"
    NOT_OWNER = "not_owner"
    CONFLICT = "conflict"


class Answer(StrEnum):
    """A guardian's answer; ASKED until somebody has answered."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class GuardianAnswer:
    """One needed guardian's answer, with what it covers and its half-open period [valid_from, valid_until)."""

    guardian_id: UUID
    answer: Answer
    to_branches: frozenset[str]
    categories: frozenset[str]
    valid_from: date | None = None
    valid_until: date | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer as the form gives it: way paper or oral (then with a witness), form version, language, last day."""

    answer: Answer
    way: str
    valid_until: date | None = None
    witness: str = ""
    language: str = "sv"
    form_version: str = FORM_VERSION


def check_answer(answer: NewAnswer, *, asked_version: str, today: date) -> None:
    """Raise Invalid, with what to write per field, unless the answer can be shown to have been given (L-05).

    A yes needs an end within 365 days; an oral answer somebody who heard it; the form that was put to the family.
    """
    faults = {}
    if answer.way not in ("paper", "oral"):
        faults["way"] = "Välj hur svaret lämnades."
    if answer.way == "oral" and not answer.witness.strip():
        faults["witness"] = "Skriv vem som hörde svaret."
    if answer.form_version != asked_version:
        faults["form_version"] = "Svaret gäller en annan version av blanketten. Fråga igen."
    if answer.answer is Answer.YES and not _is_period(answer.valid_until, today):
        faults["valid_until"] = "Välj en dag efter i dag och högst ett år fram."
    if answer.answer is Answer.ASKED:
        faults["answer"] = "Välj ja eller nej."
    if faults:
        raise Invalid(fields=faults)


def _is_period(until: date | None, today: date) -> bool:
    return until is not None and today < until <= today + timedelta(days=LONGEST_DAYS)


@dataclass(frozen=True, slots=True)
class LegalRule:
    """One dated row of the matrix."""

    from_branch: str
    to_branch: str
    ground: str
    needs_motive: bool
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to give: one item of a category, from whom, to whom, on which ground and why."""

    from_branch: str
    to_branch: str
    ground: str
    category: str
    motive: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when the request is made; nothing in it comes from the asking page."""

    decider_branch: str
    has_conflict: bool
    receiver_is_authority: bool
    age: int
    answers: tuple[GuardianAnswer, ...]
    is_protected: bool = False
    is_blocked: bool = False
    is_care_blocked: bool = False


@cache
def legal_rules() -> tuple[LegalRule, ...]:
    """Give the 143 rows of the matrix: consent in force since OSL, the rest since the social services act of 2025."""
    text = files("hlt_tenants.consent").joinpath("data/disclosure_rules.csv").read_text(encoding="utf-8")
    return tuple(
        LegalRule(
            row["from_branch"],
            row["to_branch"],
            row["ground"],
            row["needs_motive"] == "yes",
            CONSENT_FROM if row["ground"] == "consent" else RULES_FROM,
            row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def rule_code(branch: str) -> str:
    """Give the code that the matrix knows: a private body's own suffix says nothing in law."""
    for kind in ("private_school", "private_health"):
        if branch.startswith(kind):
            return kind
    return branch


def rule_for(request: Request, on: date) -> LegalRule | None:
    """Find the row in force that day, or None: then nothing may go, whatever else holds."""
    wanted = (rule_code(request.from_branch), rule_code(request.to_branch), request.ground)
    rows = [rule for rule in legal_rules() if (rule.from_branch, rule.to_branch, rule.ground) == wanted]
    return next((rule for rule in rows if rule.valid_from <= on), None)


def consent_gap(answers: Collection[GuardianAnswer], to_branch: str, category: str, on: date) -> Refusal | None:
    """Say what is missing until every needed guardian's yes covers this item today; None = nothing (L-05, L-06)."""
    if not answers or any(answer.answer is Answer.NO for answer in answers):
        return Refusal.CONSENT_MISSING
    if any(answer.is_withdrawn for answer in answers):
        return Refusal.CONSENT_WITHDRAWN
    if any(answer.answer is Answer.ASKED for answer in answers):
        anybody = any(answer.answer is Answer.YES for answer in answers)
        return Refusal.CONSENT_WAITS if anybody else Refusal.CONSENT_MISSING
    if not all(_in_period(answer, on) for answer in answers):
        return Refusal.CONSENT_EXPIRED
    covered = all(to_branch in answer.to_branches and category in answer.categories for answer in answers)
    return None if covered else Refusal.OUT_OF_SCOPE


def _in_period(answer: GuardianAnswer, on: date) -> bool:
    begun = answer.valid_from is not None and answer.valid_from <= on
    return begun and answer.valid_until is not None and on < answer.valid_until


def decide(request: Request, facts: Facts, on: date) -> tuple[Refusal, ...]:
    """Give the reasons against, in the order of law §3; an empty tuple means that it may be given."""
    if facts.decider_branch != request.from_branch:
        return (Refusal.NOT_OWNER,)
    rule = rule_for(request, on)
    if rule is None:
        return (Refusal.NO_RULE,)
    found = (*_about_receiver(request, facts), *_about_subject(request, facts, on), *_about_reasons(request, rule))
    return (Refusal.CONFLICT, *found) if facts.has_conflict else found


def _about_receiver(request: Request, facts: Facts) -> tuple[Refusal, ...]:
    closed = request.ground in AUTHORITY_ONLY and not facts.receiver_is_authority
    return (Refusal.NOT_AUTHORITY,) if closed else ()


def _about_subject(request: Request, facts: Facts, on: date) -> tuple[Refusal, ...]:
    grown = request.ground in UNDER_18 and facts.age >= 18
    gap = consent_gap(facts.answers, request.to_branch, request.category, on) if request.ground == "consent" else None
    checks = (
        (grown, Refusal.OVER_18),
        (facts.is_protected, Refusal.PROTECTED),
        (facts.is_blocked, Refusal.BLOCKED),
        (facts.is_care_blocked, Refusal.CARE_BLOCKED),
    )
    return (*((gap,) if gap else ()), *(code for holds, code in checks if holds))


def _about_reasons(request: Request, rule: LegalRule) -> tuple[Refusal, ...]:
    no_motive = rule.needs_motive and not request.motive.strip()
    no_reference = request.ground in NEEDS_REFERENCE and not request.reference.strip()
    checks = ((no_motive, Refusal.MOTIVE_MISSING), (no_reference, Refusal.REF_MISSING))
    return tuple(code for holds, code in checks if holds)
