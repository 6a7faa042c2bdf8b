"""The people of the demo act through the same door as everybody: a standing whose four parts hold."""

from uuid import UUID, uuid5

from hlt_identity.door import REGION_IDP, Actor, Assignment, Place, Standing, enter
from hlt_identity.roles import RoleCode
from hlt_platform.demo.people import NAMES
from hlt_platform.demo.staff import Seat
from hlt_tenants.audit import instant

ORGANISATION = "demo"


def acting(hat: Assignment, kommunkod: str) -> Actor:
    """Give the actor of a hat, signed in at level 3 at this instant; `kommunkod` is "region" on the region's host."""
    idp = REGION_IDP if hat.is_regional else "idp-demo"
    standing = Standing(
        person_id=hat.person_id,
        kommunkod=kommunkod,
        assignment_id=hat.assignment_id,
        organisations={ORGANISATION: ORGANISATION},
        idp=idp,
        level=3,
        auth_time=instant.now().timestamp(),
        session_id=uuid5(NAMES, f"demo-session/{hat.assignment_id}"),
        is_live=True,
        assignments=[hat],
    )
    return enter(standing, Place(kommunkod, ORGANISATION, frozenset({idp})))[0]


def assignment_of(seat: Seat) -> Assignment:
    """Give a seat of the demo as the door knows it."""
    hat = seat.hat
    return Assignment(seat.assignment, seat.person, hat.branch, hat.unit, hat.role, hat.name, hat.is_regional)


def administrator(kommunkod: str) -> Actor:
    """Give the kommun's administrator, who lets the others in and sees no content."""
    person = uuid5(NAMES, f"administrator/{kommunkod}")
    hat = Assignment(_id(kommunkod), person, "school", "Kommunledning", RoleCode.TENANT_ADMIN, "Administratör", False)
    return acting(hat, kommunkod)


def _id(kommunkod: str) -> UUID:
    return uuid5(NAMES, f"administrator-hat/{kommunkod}")
