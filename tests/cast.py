"""The few people who play in every test; they are the demo's cast, so that a failing test names somebody we know."""

import time
from uuid import uuid5

from hlt_identity.door import Actor
from hlt_identity.roles import RoleCode
from hlt_platform.demo.people import CAST, NAMES, Hat, assignment_id, person_id

LYCKSELE, UMEA, VINDELN = "2481", "2480", "2404"


def as_actor(user: str, hat: Hat) -> Actor:
    return Actor(
        person_id=person_id(user),
        kommunkod=hat.kommun,
        branch=hat.branch,
        unit=hat.unit,
        role=RoleCode(hat.role),
        assignment_id=assignment_id(user, hat.kommun),
        level=3,
        auth_time=time.time(),
        session_id=uuid5(NAMES, f"session/{user}"),
    )


def actor(user: str, kommun: str | None = None) -> Actor:
    """Give a member of the cast in the first hat, or in the one of a kommun."""
    player = next(player for player in CAST if player.user == user)
    hat = next(hat for hat in player.hats if kommun in (None, hat.kommun))
    return as_actor(user, hat)
