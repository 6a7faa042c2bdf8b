"""Who comes with a request: the session behind the cookie, asked of all four parts of the door, every time (§6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from hlt_identity.door import Actor, Assignment, DoorClosed, MembershipSource, Standing, check_door, enter, hats
from hlt_identity.models import Session
from hlt_identity.sessions.places import SignInHost, host_of
from hlt_identity.sessions.refreshing import kept_alive
from hlt_identity.sessions.rules import IDLE, TOUCH_AFTER, Age, Ending, ending_of
from hlt_identity.sessions.store import end, found, public_id, touch


@dataclass(frozen=True, slots=True)
class Visit:
    """One request's visitor. `actor` None = nobody is signed in; `ending` says why a session opened nothing.

    `session` is there also while it is frozen, or while none of several `choices` (hats) has been chosen.
    """

    session: Session | None = None
    actor: Actor | None = None
    hat: Assignment | None = None
    choices: Sequence[Assignment] = ()
    ending: Ending | None = None

    @property
    def must_choose(self) -> bool:
        return self.actor is None and bool(self.choices)

    def ends_at(self) -> float | None:
        """Give the Unix time at which the session ends if nobody does anything, or None."""
        return None if self.session is None else min(self.session.last_seen + IDLE, self.session.expires_at).timestamp()


NOBODY = Visit()


def visit(kommunkod: str, key: str | None, source: MembershipSource, now: datetime) -> Visit:
    """Open the door of one host for a session key, by rows that are read now; `now` is aware."""
    session = found(kommunkod, key, now) if key else None
    # The second lock: row security has already kept every other host's row from this login.
    if session is None or session.kommunkod != kommunkod:
        return NOBODY
    host = host_of(kommunkod, localdate(now))
    ending = Ending.DOOR if host is None else _ending(session, host, now)
    if host is None or ending is not None:
        return _over(session, ending or Ending.DOOR)
    standing = _standing(session, host, source, now)
    try:
        check_door(standing, host.place)
        choices = hats(standing, host.place)
        actor, hat = (None, None) if session.assignment_id is None else enter(standing, host.place)
    except DoorClosed:
        return _over(session, Ending.DOOR)
    if now - session.last_seen > TOUCH_AFTER:
        touch(session, now)
        session.last_seen = now
    return Visit(session, actor, hat, choices)


def _ending(session: Session, host: SignInHost, now: datetime) -> Ending | None:
    age = Age(session.last_seen, session.expires_at, session.epoch, session.person_epoch)
    if session.is_revoked:
        return Ending.REVOKED
    return ending_of(age, now) or kept_alive(session, host, now)


def _over(session: Session, ending: Ending) -> Visit:
    """Forget a session that is over; a frozen one, or one whose realm is silent, may yet be taken up again."""
    if ending in (Ending.FROZEN, Ending.UNAVAILABLE):
        return Visit(session, ending=ending)
    end(session.key_hash)
    return Visit(ending=ending)


def _standing(session: Session, host: SignInHost, source: MembershipSource, now: datetime) -> Standing:
    return Standing(
        person_id=session.person_id,
        kommunkod=session.kommunkod,
        assignment_id=session.assignment_id,
        organisations={host.slug: session.organisation_id},
        idp=session.idp,
        level=session.level,
        auth_time=float(session.auth_time),
        session_id=public_id(session.key_hash),
        is_live=True,
        assignments=source.live_assignments(session.person_id, localdate(now)),
    )
