"""A child and its guardians, written in the transaction of the step that first names them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.families.models import Child, Guardian
from hlt_tenants.registry.swedish import sort_key


@dataclass(frozen=True, slots=True)
class NewChild:
    """A child as the first form asks for it."""

    name: str
    birth_date: date
    sex: str
    guardians: tuple[str, ...]


def add_child(child: NewChild, *, by: Actor) -> tuple[UUID, Collection[UUID]]:
    """Write a child and its guardians for the actor's branch; call inside `change()`. Gives their ids."""
    row = Child(
        owner_branch=by.own_branch,
        name=child.name,
        birth_date=child.birth_date,
        sex=child.sex,
        sort_key=sort_key(child.name),
    )
    row.save(force_insert=True)
    guardians = [Guardian(owner_branch=by.own_branch, child_id=row.id, name=name) for name in child.guardians]
    for guardian in guardians:
        guardian.save(force_insert=True)
    return row.id, [guardian.id for guardian in guardians]
