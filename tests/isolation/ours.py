"""Our borders as the drawn pages meet them, and one marked child per kommun and branch."""

from contextlib import AbstractContextManager
from uuid import UUID

from django.db import connections
from tests.isolation.drawn import PAIRS, Borders, Pair
from tests.rows import child_in

from hlt_tenants.families.models import Child
from hlt_tenants.registry.context import Where, inside


def marked_children() -> dict[Pair, UUID]:
    """Make one child per kommun and branch, whose id tells whose it is."""
    return {(kommun, branch): child_in(kommun, branch, f"{kommun} {branch}") for kommun, branch in PAIRS}


def ours(marked: dict[Pair, UUID]) -> Borders:
    """Nothing but the context says whose rows are meant: the question asks for the children of all."""

    def entered(pair: Pair) -> AbstractContextManager[object]:
        return inside(Where(*pair))

    def seen(pair: Pair) -> set[UUID]:
        return set(Child.objects.filter(id__in=list(marked.values())).values_list("id", flat=True))

    return Borders(entered, seen, lambda: connections["default"].close(), marked)
