"""Working as the kommun's administration: the one login that may let people in, and that sees no content."""

from collections.abc import Iterator
from contextlib import contextmanager

from hlt_identity.door import Actor
from hlt_identity.errors import NotAllowed
from hlt_identity.roles import Permission, may
from hlt_tenants.registry.context import Where, inside


@contextmanager
def as_administration(by: Actor) -> Iterator[None]:
    """Enter one's own kommun as its administration login. Raises NotAllowed for who does not administer teams."""
    if by.kommunkod is None or not may(by, Permission.TEAM_ADMINISTER):
        raise NotAllowed
    with inside(Where(by.kommunkod, "admin")):
        yield
