"""A row and a question are of the kommun and login they were made in, and are used nowhere else (tenancy §3, §12)."""

import pickle
from collections.abc import Callable
from datetime import date
from typing import cast
from uuid import UUID

import pytest
from django.db.models import QuerySet
from tests.cast import LYCKSELE, UMEA
from tests.logins import rows
from tests.rows import child_in, shell_in

from hlt_tenants.audit.changing import writing
from hlt_tenants.casework.models import CaseSeat, HltCase
from hlt_tenants.families.models import Child
from hlt_tenants.registry.belonging import BelongsElsewhere
from hlt_tenants.registry.context import Where, inside

HERE = Where(LYCKSELE, "school")
ELSEWHERE = [Where(UMEA, "school"), Where(LYCKSELE, "social")]
Children = QuerySet[Child]


@pytest.fixture(scope="module")
def elsa(kommuner: None) -> UUID:
    """A child of Lycksele's school."""
    return child_in(LYCKSELE, "school")


def answered(children: Children) -> Children:
    assert len(children) == 1
    return children


def pickled(children: Children) -> Children:
    return cast(Children, pickle.loads(pickle.dumps(children)))  # noqa: S301


QUESTIONS: dict[str, Callable[[Children], object]] = {
    "rows": list,
    "count": lambda children: children.count(),
    "is there one": lambda children: children.exists(),
    "one by one": lambda children: list(children.iterator()),
    "values": lambda children: list(children.values_list("name")),
    "asked further": lambda children: children.filter(name="Elsa").first(),
    "change": lambda children: children.update(name="Elsa"),
    "answer that is there": lambda children: children[0],
}


@pytest.mark.parametrize("there", ELSEWHERE, ids=lambda where: where.db_login)
@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize("kept", [answered, pickled, Children.all], ids=["answered", "pickled", "lazy"])
def test_a_question_put_in_one_place_is_answered_in_no_other(
    elsa: UUID, there: Where, asked: str, kept: Callable[[Children], Children]
) -> None:
    with inside(HERE), writing():
        children = kept(Child.objects.filter(id=elsa))
        QUESTIONS[asked](children)
    with inside(there), writing(), pytest.raises(BelongsElsewhere):
        QUESTIONS[asked](children)


USES: dict[str, Callable[[Child], object]] = {
    "save": lambda child: child.save(),
    "insert": lambda child: child.save(force_insert=True),
    "delete": lambda child: child.delete(),
    "read again": lambda child: child.refresh_from_db(),
    "save many": lambda child: Child.objects.bulk_create([child]),
    "change many": lambda child: Child.objects.bulk_update([child], ["name"]),
}


@pytest.mark.parametrize("there", ELSEWHERE, ids=lambda where: where.db_login)
@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("is_pickled", [False, True])
def test_a_row_of_one_place_is_written_in_no_other(elsa: UUID, there: Where, use: str, is_pickled: bool) -> None:
    with inside(HERE):
        child = Child.objects.get(id=elsa)
    child = pickle.loads(pickle.dumps(child)) if is_pickled else child  # noqa: S301
    with inside(there), writing(), pytest.raises(BelongsElsewhere):
        USES[use](child)
    for login in ("k2480_school", "k2481_social"):
        assert rows(login, "SELECT 1 FROM child WHERE id = %s", [elsa]) == []


def test_a_new_row_is_saved_where_it_was_made(kommuner: None) -> None:
    with inside(HERE):
        case = HltCase()
    with inside(ELSEWHERE[0]), writing(), pytest.raises(BelongsElsewhere):
        case.save(force_insert=True)


def test_a_row_made_outside_every_kommun_is_of_the_first_that_saves_it(kommuner: None) -> None:
    child = Child(owner_branch="school", name="Elsa", birth_date=date(2017, 5, 4), sex="K", sort_key="elsa")
    with inside(HERE), writing():
        child.save(force_insert=True)
    with inside(ELSEWHERE[0]), writing(), pytest.raises(BelongsElsewhere):
        child.save()


@pytest.mark.parametrize("there", ELSEWHERE, ids=lambda where: where.db_login)
def test_what_hangs_on_a_row_is_followed_in_its_own_place_only(kommuner: None, there: Where) -> None:
    shell = shell_in(LYCKSELE, "school", "school")
    with inside(HERE):
        case = HltCase.objects.get(id=shell)
        seat = CaseSeat(case_id=shell)
        assert (case.caseseat_set.count(), seat.case.id) == (0, shell)
        seat = CaseSeat(case_id=shell)
    for follow in (lambda: case.caseseat_set.count(), lambda: seat.case):
        with inside(there), pytest.raises(BelongsElsewhere):
            follow()
