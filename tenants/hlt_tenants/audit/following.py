"""What a higher app writes in the transaction of a step: the step is not told, so it cannot forget or refuse."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit.rules import Event

Follower = Callable[[UUID, Actor, datetime], None]
_followers: dict[Event, tuple[Follower, ...]] = {}
_along: ContextVar[tuple[Follower, ...]] = ContextVar("hlt_along", default=())


def follow(event: Event, follower: Follower) -> None:
    """Name, once at start, what is written whenever the event happens; a second call with the same changes nothing.

    The follower runs as the login of the step, inside its transaction: when it raises, the step has not happened.
    """
    known = _followers.get(event, ())
    _followers[event] = known if follower in known else (*known, follower)


def tell_followers(event: Event, about: UUID, by: Actor, now: datetime) -> None:
    """Run the event's followers in the order they were named; only `change()` calls this."""
    for follower in (*_followers.get(event, ()), *_along.get()):
        follower(about, by, now)


@contextmanager
def along(*followers: Follower) -> Iterator[None]:
    """Let a page add to the transaction of its one action: the draft that is erased, the key that was used."""
    token = _along.set((*_along.get(), *followers))
    try:
        yield
    finally:
        _along.reset(token)
