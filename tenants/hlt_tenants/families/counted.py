"""What a count may know of a child: sex, birth year, and two ids that only tell the same from another."""

from dataclasses import dataclass
from uuid import UUID

from hlt_identity.errors import NotFound
from hlt_tenants.families.models import Child, Guardian


@dataclass(frozen=True, slots=True)
class CountedChild:
    """`same_child` and `same_family` are raw text for a keyed hash; they never leave the transaction unhashed."""

    sex: str
    birth_year: int
    same_child: str
    same_family: str


def counted_child(child: UUID) -> CountedChild:
    """Give what a count needs; raise NotFound when the branch does not know the child.

    A family is told by its guardians' names and telephones, since siblings must count as one family in every small
    number (regional §5.1); without any guardian the child stands for its family.
    """
    row = Child.objects.filter(id=child).first()
    if row is None:
        raise NotFound
    same_child = bytes(row.number_hash).hex() if row.number_hash else str(row.id)
    guardians = Guardian.objects.filter(child_id=child).order_by("name", "phone").values_list("name", "phone")
    return CountedChild(row.sex, row.birth_date.year, same_child, repr(list(guardians)) if guardians else same_child)
