"""The base of every task, line by line: one transaction, one effect, and nobody's context left behind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from celery.exceptions import Reject
from django.db import NotSupportedError, connections
from tests.cast import LYCKSELE, UMEA
from tests.logins import rows, sqlstate
from tests.operations.errands.delivering import deliver
from tests.operations.errands.running import ask, states

from hlt_identity.errands.homes import Errand
from hlt_identity.errors import NoKommun
from hlt_platform.celery_app import configured
from hlt_tenants.audit.changing import writing
from hlt_tenants.registry.context import Where, here, inside
from hlt_tenants.registry.outbox.home import kommun_task
from hlt_tenants.registry.outbox.queueing import queue

seen: list[tuple[str, str, UUID]] = []


@kommun_task("here.note")
def note(errand: Errand) -> None:
    where = here()
    with writing():
        seen.append((where.kommunkod, str(where.login), errand.event))


@kommun_task("here.twice")
def twice(errand: Errand) -> None:
    note(errand)
    note(errand)


@kommun_task("here.as_branch", login=None)
def as_branch(errand: Errand) -> None:
    note(errand)


@kommun_task("here.nobody", login="no such login")
def nobody(errand: Errand) -> None:
    note(errand)


APP = configured()


def times(event: UUID) -> int:
    return sum(one == event for _code, _login, one in seen)


def code_of(event: UUID) -> str:
    return str(rows("k2480_relay", "SELECT last_code FROM k2480.outbox WHERE id = %s", [event])[0][0])


def test_a_task_runs_inside_its_kommun_as_jobs_and_leaves_no_context(kommuner: None) -> None:
    (event,) = ask(UMEA, "here.note")
    deliver(APP, UMEA, event, "here.note", queue="hlt_k2480")
    assert (UMEA, "jobs", event) in seen
    assert states(UMEA, [event]) == {"done": 1}
    with pytest.raises(NoKommun):
        here()


def test_a_second_delivery_finds_it_done(kommuner: None) -> None:
    (event,) = ask(UMEA, "here.note")
    for _ in range(2):
        deliver(APP, UMEA, event, "here.note", queue="hlt_k2480")
    assert times(event) == 1


def test_a_worker_that_died_after_the_effect_is_not_repeated(kommuner: None) -> None:
    (event,) = ask(UMEA, "here.note")
    deliver(APP, UMEA, event, "here.note", queue="hlt_k2480")
    rows("hlt_owner", "UPDATE k2480.outbox SET state = 'running' WHERE id = %s", [event])
    deliver(APP, UMEA, event, "here.note", queue="hlt_k2480", read_before=True)
    assert (times(event), states(UMEA, [event])) == (1, {"done": 1})


def test_two_transactions_in_one_task_are_refused_and_the_first_alone_stands(kommuner: None) -> None:
    (event,) = ask(UMEA, "here.twice")
    deliver(APP, UMEA, event, "here.twice", queue="hlt_k2480")
    assert (times(event), code_of(event)) == (1, "RuntimeError")


def test_a_task_for_a_branch_works_as_that_branch(kommuner: None) -> None:
    (event,) = ask(UMEA, "here.as_branch")
    rows("hlt_owner", "UPDATE k2480.outbox SET branch = 'social' WHERE id = %s", [event])
    deliver(APP, UMEA, event, "here.as_branch", queue="hlt_k2480")
    assert (UMEA, "social", event) in seen


def test_a_login_that_cannot_be_entered_runs_nothing_and_is_written_down(kommuner: None) -> None:
    (event,) = ask(UMEA, "here.nobody")
    deliver(APP, UMEA, event, "here.nobody", queue="hlt_k2480")
    assert (times(event), states(UMEA, [event])) == (0, {"waiting": 1})
    with pytest.raises(NoKommun):
        here()


def test_300_mixed_tasks_in_a_thread_pool_each_run_in_their_own_kommun(kommuner: None) -> None:
    asked = [(code, event) for code in (UMEA, LYCKSELE, "2401") for event in ask(code, "here.note", 100)]

    def one(work: tuple[str, UUID]) -> None:
        try:
            deliver(APP, *work, "here.note", queue=f"hlt_k{work[0]}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, sorted(asked, key=lambda work: str(work[1]))))
    ran = [(code, event) for code, _login, event in seen if (code, event) in set(asked)]
    assert sorted(ran) == sorted(asked)


def test_the_wrong_queue_is_rejected_in_this_process_too(kommuner: None) -> None:
    (event,) = ask(UMEA, "here.note")
    with pytest.raises(Reject):
        deliver(APP, UMEA, event, "here.note", queue="hlt_k2481")
    assert times(event) == 0


def test_nobody_asks_for_umeas_work_inside_lyckseles_transaction(kommuner: None) -> None:
    with inside(Where(LYCKSELE, "school")), writing(), pytest.raises(NotSupportedError), inside(Where(UMEA, "school")):
        queue("here.note", ref_id=uuid4(), branch=None, now=datetime.now(UTC))


COLUMNS = "(id, task, period, created_at, not_before, state, attempts, starts)"
VALUES = "(gen_random_uuid(), 'here.note', {period}, now(), now(), 'waiting', 0, 0)"


@pytest.mark.parametrize(
    ("login", "period"),
    [("k2480_relay", "NULL"), ("k2480_school", "'2026-11-25'"), ("k2480_jobs", "'2026-11-25'"), ("hlt_region", "NULL")],
)
def test_only_beat_plants_the_calendars_rows_and_beat_plants_nothing_else(
    login: str, period: str, kommuner: None
) -> None:
    insert = f"INSERT INTO k2480.outbox {COLUMNS} VALUES {VALUES.format(period=period)}"
    assert sqlstate(login, "BEGIN READ WRITE", insert) == "42501"


@pytest.mark.parametrize("login", ["k2480_relay", "k2480_jobs"])
@pytest.mark.parametrize("column", ["task = 'x'", "ref_id = gen_random_uuid()", "branch = 'social'", "period = 'x'"])
def test_who_carries_an_errand_cannot_change_what_it_asks(login: str, column: str, kommuner: None) -> None:
    assert sqlstate(login, "BEGIN READ WRITE", f"UPDATE k2480.outbox SET {column}") == "42501"


@pytest.mark.parametrize(
    ("table", "login"),
    [("region.region_outbox", "hlt_relay"), ("shared.identity_outbox", "hlt_relay")],
)
def test_the_relay_plants_only_the_calendars_rows_in_the_region_and_in_identity(
    table: str, login: str, kommuner: None
) -> None:
    plain, planned = (f"INSERT INTO {table} {COLUMNS} VALUES {VALUES.format(period=p)}" for p in ("NULL", "'t-1'"))
    assert sqlstate(login, plain) == "42501"
    assert sqlstate(login, "BEGIN", planned, "ROLLBACK") is None
    assert sqlstate(login, f"UPDATE {table} SET task = 'x'") == "42501"
