"""Elsa's way through HLT in Lycksele, by the people who take each step; every test starts where it likes."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import TypedDict
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError
from tests.cast import LYCKSELE, actor

from hlt_identity.door import Actor, enter_as_clock
from hlt_identity.roles import RoleCode
from hlt_platform.demo.people import CAST, NAMES, Hat, Player, person_id
from hlt_tenants.audit import instant
from hlt_tenants.audit.rules import Basis, own_basis
from hlt_tenants.casework.actions.consents import ask_consent, grant, record_answer
from hlt_tenants.casework.actions.disclosing import disclose
from hlt_tenants.casework.actions.meetings import Held, book_meeting, give_feedback, hold_meeting
from hlt_tenants.casework.actions.signals import NewSignal, raise_signal
from hlt_tenants.casework.codes import Decision, FeedbackWay, SectorGap
from hlt_tenants.casework.giving import Wish
from hlt_tenants.casework.models import LiveConsent
from hlt_tenants.consent.reads import answers_about
from hlt_tenants.consent.rules import Answer, NewAnswer
from hlt_tenants.families.adding import NewChild
from hlt_tenants.plans.actions.plans import agree_plan
from hlt_tenants.plans.codes import Domain, MeasureType, OwnerKind, Rater, VoiceState
from hlt_tenants.plans.rules import NewGoal, NewMeasure, NewPlan, NewRating, Voice
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.teams.actions import give_hat, make_team
from hlt_tenants.teams.rules import NewHat, Profession

NURSE, SOCIAL, SCHOOL = (Where(LYCKSELE, branch) for branch in ("school_medical", "social", "school"))
HEALTH = Basis.HEALTH_CARE
ELSA = NewChild("Elsa Provsson", date(2017, 5, 4), "K", ("Eva Provsson", "Jonas Provsson"))
EVERYTHING = ("C0", "C1", "C2", "C3", "C4", "C5", "C6")
OTHERS = ("social", "region_health")


class Acting(TypedDict):
    """Who acts and on which basis, for `**`."""

    by: Actor
    basis: Basis


KARIN: Acting = {"by": actor("karin"), "basis": HEALTH}
CLOCK: Acting = {"by": enter_as_clock(kommunkod=LYCKSELE, branch="school_medical"), "basis": HEALTH}


def admin() -> Actor:
    """Somebody of the kommun's administration who is not in the cast: nobody gives a hat to themselves."""
    return replace(actor("olle"), role=RoleCode.TENANT_ADMIN, person_id=uuid5(NAMES, "administration"))


def team_in_lycksele() -> UUID:
    """Make the team of Lycksele with the cast's hats, as the kommun's administration; what is there stays. Its id."""
    team = uuid5(NAMES, f"team/{LYCKSELE}")
    with inside(Where(LYCKSELE, "admin")):
        with suppress(IntegrityError):
            make_team(team=team, name="HLT Lycksele", phone="", meets_every="", by=admin())
        for player in CAST:
            for hat in player.hats:
                if hat.kommun == LYCKSELE and not hat.ended:
                    with suppress(IntegrityError):
                        _give(team, player, hat)
    return team


def _give(team: UUID, player: Player, hat: Hat) -> None:
    profession, role = Profession(hat.profession), RoleCode(hat.role)
    regional = player.idp == "region"
    new = NewHat(player.name, hat.branch or "", hat.unit, profession, role, date(2020, 1, 1), None, regional)
    row = uuid5(NAMES, f"{player.user}/{LYCKSELE}")
    give_hat(team=team, person=person_id(player.user), hat=new, by=admin(), assignment=row)


def as_played(user: str) -> tuple[Where, Actor, Basis]:
    """Give where somebody of the cast works in Lycksele, as whom, and on which basis."""
    who = actor(user, LYCKSELE)
    return Where(LYCKSELE, who.own_branch), who, own_basis(who.own_branch)


def new_signal(told: date | None = None, child: NewChild = ELSA) -> NewSignal:
    seen = "Elsa sover dåligt och är ofta ledsen."
    return NewSignal(child, "mood", seen, "Har en nära vän.", told or instant.today(), "talk")


def asked(branches: tuple[str, ...] = OTHERS, categories: tuple[str, ...] = EVERYTHING, child: NewChild = ELSA) -> UUID:
    """Karin's signal; both guardians are asked about sharing with these branches."""
    with inside(NURSE):
        signal = raise_signal(new_signal(child=child), by=actor("karin"), basis=HEALTH)
        ask_consent(signal=signal, to_branches=branches, categories=categories, by=actor("karin"), basis=HEALTH)
    return signal


def yes() -> NewAnswer:
    return NewAnswer(Answer.YES, "paper", instant.today() + timedelta(days=365))


def say_yes(signal: UUID, *numbers: int) -> None:
    with inside(NURSE):
        guardians = [answer.guardian_id for answer in answers_about(signal)]
        for number in numbers:
            record_answer(signal=signal, guardian=guardians[number], answer=yes(), by=actor("karin"), basis=HEALTH)


def granted(signal: UUID | None = None) -> UUID:
    """A case that both guardians have said yes to; gives its id."""
    signal = signal or asked()
    say_yes(signal, 0, 1)
    with inside(NURSE):
        return grant(signal=signal, by=actor("karin"), basis=HEALTH)


def refs(case: UUID) -> list[UUID]:
    """Give the guardian_refs of a case in a fixed order."""
    with inside(NURSE):
        rows = LiveConsent.objects.filter(case_id=case).order_by("guardian_ref")
        return list(rows.values_list("guardian_ref", flat=True))


def give_signal(case: UUID, signal: UUID, to_branch: str = "social", ground: str = "consent", motive: str = "") -> None:
    with inside(NURSE):
        wish = Wish(to_branch, ground, motive)
        disclose(case=case, kind="signal", source=signal, wish=wish, by=actor("karin"), basis=Basis.CONSENT)


def held(decision: Decision = Decision.JOINT_SUPPORT) -> Held:
    return Held(decision, "Vi gör en plan.", frozenset({"school_medical", "social", "region_health"}), True)


def met(case: UUID, decision: Decision = Decision.JOINT_SUPPORT) -> UUID:
    """Book and hold the HLT meeting; gives the meeting's id."""
    with inside(NURSE):
        gap = SectorGap.NOT_IN_CONSENT
        starts = instant.now() + timedelta(days=3)
        book_meeting(case=case, starts_at=starts, place="Rum 2", sectors_missing_why=gap, **KARIN)
        outcome = replace(held(decision), sectors_missing_why=gap)
        with_seat = replace(outcome, branches=frozenset({"school_medical", "social"}))
        return hold_meeting(case=case, held=with_seat, **KARIN)


def answered(case: UUID) -> None:
    """Give both guardians the answer after the meeting."""
    for ref in refs(case):
        with inside(NURSE):
            give_feedback(case=case, guardian=ref, way=FeedbackWay.TALK, by=actor("karin"), basis=HEALTH)


def new_plan(**changed: object) -> NewPlan:
    today = instant.today()
    measure = NewMeasure(
        MeasureType.CHILD_TALKS, "Samtal varje vecka", OwnerKind.PERSON, "Karin Lind", today, today + timedelta(days=30)
    )
    goal = NewGoal(Domain.HEALTH, "Elsa sover gott", "Vaknar varje natt", "Sover fem nätter av sju", (measure,))
    ratings = tuple(NewRating(domain, Rater.LEAD, 4) for domain in Domain)
    voice = Voice(VoiceState.GIVEN, "Jag vill sova hos mamma.")
    plan = NewPlan((goal,), voice, ratings, "Eva Provsson", today + timedelta(days=42))
    return replace(plan, **changed)  # type: ignore[arg-type]


def planned(case: UUID) -> tuple[str, ...]:
    """Agree on a plan; gives the branches that got it."""
    with inside(NURSE):
        return agree_plan(case=case, plan=new_plan(), by=actor("karin"), basis=HEALTH)


def unknown() -> UUID:
    return uuid4()
