"""A kommun never reads another, however threads, tasks, exceptions and transactions are mixed (tenancy §16.1)."""

import sys
import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import NotSupportedError, connection, connections, transaction
from tests.cast import LYCKSELE, UMEA
from tests.isolation import peer
from tests.isolation.drawn import PAIRS, WAYS, Pair, by_tasks
from tests.isolation.ours import marked_children, ours

from hlt_identity.errors import NoKommun
from hlt_tenants.families.models import Child
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.engine.base import DatabaseWrapper, TripwireError
from hlt_tenants.registry.engine.pool import POOL


@pytest.fixture(scope="module")
def marked(kommuner: None) -> dict[Pair, UUID]:
    return marked_children()


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tasks on a loop ask the database: the product has no async code, this is the attack."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize("way", WAYS)
def test_pages_read_only_their_own(marked: dict[Pair, UUID], way: str) -> None:
    tally = WAYS[way](ours(marked))
    assert (tally.pages >= 300, tally.wrong, tally.errors) == (True, 0, 0)


def test_the_same_pages_read_wrong_through_the_peers_wrapper(
    marked: dict[Pair, UUID], capsys: pytest.CaptureFixture[str]
) -> None:
    told = peer.numbers("with tenant", marked)
    with capsys.disabled():
        sys.stdout.write(f" [django-tenants, way: pages, wrong, errors: {told}; ours: 0 wrong] ")
    assert set(told) == set(WAYS)
    assert told["tasks on one loop"][1] > 100
    assert told["threads, looking aside"][1] > 100


@pytest.mark.usefixtures("allowed")
def test_without_following_the_context_and_without_the_tripwire_ours_reads_wrong_too(
    marked: dict[Pair, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DatabaseWrapper, "_follow", lambda _self: None)
    with pytest.raises(TripwireError):
        by_tasks(ours(marked))
    monkeypatch.setattr(DatabaseWrapper, "_tripwire", lambda _self: None)
    assert by_tasks(ours(marked)).wrong > 100


def test_without_a_kommun_nothing_answers(kommuner: None) -> None:
    with pytest.raises(NoKommun):
        Child.objects.count()


def test_a_host_without_a_signed_in_branch_reads_no_case_table(kommuner: None) -> None:
    with inside(Where(LYCKSELE)), pytest.raises(NoKommun):
        Child.objects.count()


def test_a_new_thread_starts_outside_every_kommun(kommuner: None) -> None:
    caught: list[BaseException] = []

    def page() -> None:
        try:
            Child.objects.count()
        except NoKommun as refusal:
            caught.append(refusal)

    with inside(Where(LYCKSELE, "school")):
        thread = threading.Thread(target=page)
        thread.start()
        thread.join()
    assert len(caught) == 1


def test_after_an_exception_the_kommun_is_left(kommuner: None) -> None:
    with pytest.raises(ZeroDivisionError), inside(Where(LYCKSELE, "school")):
        Child.objects.count()
        raise ZeroDivisionError
    with pytest.raises(NoKommun):
        Child.objects.count()


@pytest.mark.parametrize("other", [Where(UMEA, "school"), Where(LYCKSELE, "social")])
def test_nobody_changes_kommun_or_branch_inside_a_transaction(kommuner: None, other: Where) -> None:
    with inside(Where(LYCKSELE, "school")), transaction.atomic():
        Child.objects.count()
        with pytest.raises(NotSupportedError), inside(other):
            Child.objects.count()


def test_after_rollback_to_a_savepoint_the_login_is_still_the_same(kommuner: None) -> None:
    with inside(Where(LYCKSELE, "school")), transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user")
            assert cursor.fetchone() == ("k2481_school",)


@pytest.mark.parametrize("switch", ["set_schema", "set_tenant", "set_schema_to_public"])
def test_the_librarys_ways_of_switching_raise(switch: str) -> None:
    call: Callable[[str], None] = getattr(connections["default"], switch)
    with pytest.raises(NotSupportedError):
        call("k2480")


def test_the_pool_keeps_its_budget(marked: dict[Pair, UUID]) -> None:
    for pair in PAIRS:
        with inside(Where(*pair)):
            Child.objects.count()
        connections["default"].close()
    assert POOL.open_count() <= POOL.budget
