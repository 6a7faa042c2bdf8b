"""A kommun never reads another, however threads, tasks, exceptions and transactions are mixed (tenancy §16.1)."""

import asyncio
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import NotSupportedError, connection, connections, transaction
from tests.cast import LYCKSELE, UMEA
from tests.rows import child_in

from hlt_identity.errors import NoKommun
from hlt_tenants.families.models import Child
from hlt_tenants.registry.branches import BRANCHES
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.engine.pool import POOL
from hlt_tenants.registry.provision import known_kommuner

PAIRS = [(facts.kommunkod, branch) for facts in known_kommuner() for branch in BRANCHES]
SEED = 20261124


@pytest.fixture(scope="module")
def marked(kommuner: None) -> dict[tuple[str, str], UUID]:
    """One child per kommun and branch, whose id tells whose it is."""
    return {(kommun, branch): child_in(kommun, branch, f"{kommun} {branch}") for kommun, branch in PAIRS}


def wrong_reads(pair: tuple[str, str], marked: dict[tuple[str, str], UUID]) -> int:
    """Count what a page of this kommun and branch sees of the marked children of all others."""
    with inside(Where(*pair)):
        seen = set(Child.objects.filter(id__in=list(marked.values())).values_list("id", flat=True))
    connections["default"].close()
    return len(seen ^ {marked[pair]})


def test_six_threads_of_three_hundred_pages_read_only_their_own(marked: dict[tuple[str, str], UUID]) -> None:
    draw = random.Random(SEED)
    asked = [draw.choice(PAIRS) for _ in range(6 * 300)]
    with ThreadPoolExecutor(6) as threads:
        wrong = list(threads.map(lambda pair: wrong_reads(pair, marked), asked))
    assert (len(wrong), sum(wrong)) == (1800, 0)


def test_three_hundred_tasks_on_one_loop_read_only_their_own(
    marked: dict[tuple[str, str], UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    draw = random.Random(SEED)

    async def page(pair: tuple[str, str]) -> int:  # the product has no async code; this is the attack
        with inside(Where(*pair)):
            await asyncio.sleep(draw.random() / 50)
            seen = set(Child.objects.filter(id__in=list(marked.values())).values_list("id", flat=True))
        connections["default"].close()
        return len(seen ^ {marked[pair]})

    async def all_pages() -> list[int]:
        return list(await asyncio.gather(*(page(draw.choice(PAIRS)) for _ in range(300))))

    # In a thread of its own: browser tests keep a loop in this one.
    with ThreadPoolExecutor(1) as pool:
        wrong = pool.submit(asyncio.run, all_pages()).result()
    connections["default"].close()
    assert (len(wrong), sum(wrong)) == (300, 0)


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


def test_the_pool_keeps_its_budget(marked: dict[tuple[str, str], UUID]) -> None:
    for pair in PAIRS:
        wrong_reads(pair, marked)
    assert POOL.open_count() <= POOL.budget
