"""Who lets people into a kommun: its administration's login, and no branch."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import ProgrammingError
from tests.cast import LYCKSELE, as_actor
from tests.logins import rows

from hlt_identity.errors import NotFound
from hlt_identity.roles import RoleCode
from hlt_platform.demo.people import Hat
from hlt_tenants.audit.errors import BasisNotLegal
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.teams.actions import end_hat, give_hat, make_team
from hlt_tenants.teams.errors import HatNotKnown, HatPeriodWrong
from hlt_tenants.teams.rules import NewHat, Profession

ADMIN = as_actor("administrator", Hat(LYCKSELE, "school", "Kommunledning", "chef", "tenant_admin"))
NURSE = NewHat(
    "Karin Lind", "school_medical", "Elevhälsan", Profession.SCHOOL_NURSE, RoleCode.TEAM_MEMBER, date(2026, 1, 1)
)


def test_the_administration_makes_a_team_and_gives_and_ends_a_hat(kommuner: None) -> None:
    person = uuid4()
    with inside(Where(LYCKSELE, "admin")):
        team = make_team(name="HLT Lycksele", phone="0950-16600", meets_every="första tisdagen", by=ADMIN)
        assignment = give_hat(team=team, person=person, hat=NURSE, by=ADMIN)
        end_hat(assignment=assignment, ends_on=date(2026, 6, 1), by=ADMIN)
    found = rows("k2481_door", "SELECT branch, ends_on FROM team_membership WHERE person_id = %s", [person])
    assert found == [("school_medical", date(2026, 6, 1))]
    actions = rows("k2481_school", "SELECT action FROM audit_event WHERE object = %s ORDER BY seq", [assignment])
    assert actions == [("hat_given",), ("hat_ended",)]


def test_a_branch_login_cannot_give_itself_a_hat(kommuner: None) -> None:
    with inside(Where(LYCKSELE, "admin")):
        team = make_team(name="HLT Lycksele två", phone="", meets_every="", by=ADMIN)
    with inside(Where(LYCKSELE, "school")), pytest.raises(ProgrammingError, match="permission denied"):
        give_hat(team=team, person=uuid4(), hat=NURSE, by=ADMIN)


def test_a_team_member_has_no_ground_for_giving_hats(kommuner: None) -> None:
    member = as_actor("anders", Hat(LYCKSELE, "school", "Tannbergsskolan", "lärare", "team_member"))
    with inside(Where(LYCKSELE, "admin")), pytest.raises(BasisNotLegal):
        make_team(name="Eget team", phone="", meets_every="", by=member)


def test_a_hat_needs_a_known_branch_a_team_and_a_period_that_begins_before_it_ends(kommuner: None) -> None:
    backwards = NewHat(
        "Nn", "school", "Enhet", Profession.TEACHER, RoleCode.TEAM_MEMBER, date(2026, 2, 1), date(2026, 1, 1)
    )
    unknown = NewHat("Nn", "police", "Enhet", Profession.TEACHER, RoleCode.TEAM_MEMBER, date(2026, 2, 1))
    with inside(Where(LYCKSELE, "admin")):
        team = make_team(name="HLT Lycksele tre", phone="", meets_every="", by=ADMIN)
        with pytest.raises(HatPeriodWrong):
            give_hat(team=team, person=uuid4(), hat=backwards, by=ADMIN)
        with pytest.raises(HatNotKnown):
            give_hat(team=team, person=uuid4(), hat=unknown, by=ADMIN)
        with pytest.raises(NotFound):
            give_hat(team=uuid4(), person=uuid4(), hat=NURSE, by=ADMIN)
        with pytest.raises(NotFound):
            end_hat(assignment=uuid4(), ends_on=date(2026, 6, 1), by=ADMIN)
