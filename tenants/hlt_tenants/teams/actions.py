"""Make teams and give hats, as the kommun's administration: no branch login can (tenancy §2)."""

from datetime import date
from uuid import UUID, uuid4

from hlt_identity.door import Actor
from hlt_identity.errors import NotAllowed, NotFound
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.teams.errors import HatGivenAlready, HatPeriodWrong, OwnHat
from hlt_tenants.teams.models import Team, TeamMembership
from hlt_tenants.teams.reads import is_worn
from hlt_tenants.teams.rules import NewHat, check_hat


def make_team(
    *, name: str, phone: str, meets_every: str, by: Actor, basis: Basis = Basis.OPERATION, team: UUID | None = None
) -> UUID:
    """Write a team down and give its id; the first thing a kommun needs before anybody can come in."""
    row = uuid4() if team is None else team
    with change(Event.TEAM_MADE, about=row, by=by, basis=basis):
        Team(id=row, name=name, phone=phone, meets_every=meets_every).save(force_insert=True)
    return row


def give_hat(
    *, team: UUID, person: UUID, hat: NewHat, by: Actor, basis: Basis = Basis.OPERATION, assignment: UUID | None = None
) -> UUID:
    """Let a person in, in one branch and role; the door opens on the hat's first day. Gives the assignment's id.

    Raises HatNotKnown, HatPeriodWrong, NotFound (no such team), HatGivenAlready, NotAllowed for a hat of one's own: who
    lets people in does not let themselves in. Source: identity §6 part d.
    """
    check_hat(hat)
    if person == by.person_id:
        raise NotAllowed
    row = uuid4() if assignment is None else assignment
    with change(Event.HAT_GIVEN, about=row, by=by, basis=basis):
        # The team's row is held, so that of two presses at one moment the second sees what the first gave.
        if Team.objects.select_for_update().filter(id=team).first() is None:
            raise NotFound
        if is_worn(person, team, hat, besides=row):
            raise HatGivenAlready
        TeamMembership(
            id=row,
            team_id=team,
            person_id=person,
            name=hat.name,
            branch=hat.branch,
            unit=hat.unit,
            profession=hat.profession,
            role=hat.role,
            is_regional=hat.is_regional,
            starts_on=hat.starts_on,
            ends_on=hat.ends_on,
        ).save(force_insert=True)
    return row


def end_hat(*, assignment: UUID, ends_on: date, by: Actor, basis: Basis = Basis.OPERATION) -> None:
    """End a hat from a day on (exclusive): its session is refused at the next request of that day.

    A second call moves the day. Raises NotFound, OwnHat, HatPeriodWrong. Source: identity §10.
    """
    with change(Event.HAT_ENDED, about=assignment, by=by, basis=basis):
        row = TeamMembership.objects.select_for_update().filter(id=assignment).first()
        if row is None:
            raise NotFound
        if row.person_id == by.person_id:
            raise OwnHat
        if ends_on < row.starts_on:
            raise HatPeriodWrong
        row.ends_on = ends_on
        row.save()
