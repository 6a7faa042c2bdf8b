"""What was asked for is done, and done once, whoever dies in the middle (operations §15.4, §15.5)."""

import os
import random
import re
import signal
import time
from uuid import UUID

import psutil
import psycopg
import pytest
from tests.logins import rows
from tests.operations.errands.forging import empty, left
from tests.operations.errands.running import KOMMUNER, Parts, ask, kill, states, times, until

from hlt_platform.settings.broker import DATABASE
from postgres import Server

UMEA, LYCKSELE = "2480", "2481"
TASKS = 500
KILLS = 12


@pytest.fixture
def both(parts: Parts) -> Parts:
    """A relay and a worker with two processes."""
    parts.start("relay")
    parts.start("worker", "kommun", "--processes", "2")
    return parts


def all_done(events: dict[str, list[UUID]]) -> bool:
    return all(states(code, asked) == {"done": len(asked)} for code, asked in events.items())


def once_each(events: dict[str, list[UUID]]) -> bool:
    return all(times(code, "effect", asked) == [1] * len(asked) for code, asked in events.items())


@pytest.mark.timeout(900)
def test_500_tasks_under_random_kills_are_all_done_and_none_twice(both: Parts) -> None:
    seed = int(os.environ.get("HLT_CHAOS_SEED", random.randrange(10**6)))
    print(f"seed {seed}")  # noqa: T201
    luck = random.Random(seed)
    events = {UMEA: ask(UMEA, "test.add", TASKS * 4 // 5), LYCKSELE: ask(LYCKSELE, "test.add", TASKS // 5)}
    until(lambda: states(UMEA, events[UMEA]).get("done", 0) > 20, "work has begun", both)
    for _ in range(KILLS):
        shoot(both, luck)
        time.sleep(luck.uniform(0.2, 2.0))
    until(lambda: all_done(events), f"all done after seed {seed}", seconds=700)
    assert once_each(events), f"seed {seed}"


def shoot(parts: Parts, luck: random.Random) -> None:
    """Kill a child of the worker, the whole worker, or the relay; what was started is started again."""
    relay, worker = parts.started[-2:] if "relay" in parts.started[-2].args else parts.started[-2:][::-1]  # type: ignore[operator]
    target = luck.choice(("child", "child", "worker", "relay"))
    if target == "child":
        children = psutil.Process(worker.pid).children()
        if children:
            luck.choice(children).send_signal(signal.SIGKILL)
        return
    shot = worker if target == "worker" else relay
    kill(shot)
    parts.started.remove(shot)
    parts.start(*(("relay",) if shot is relay else ("worker", "kommun", "--processes", "2")))


def children(parts: Parts) -> list[psutil.Process]:
    """Give the worker's processes when they have become idle: one of them waits for work, the other for its turn."""
    worker = psutil.Process(parts.started[-1].pid)
    until(lambda: len(worker.children()) == 2, "two processes", parts)
    until(lambda: all(child.status() == psutil.STATUS_SLEEPING for child in worker.children()), "idle", parts)
    time.sleep(1)
    return worker.children()


def test_idle_processes_that_are_killed_take_nothing_to_their_graves(both: Parts) -> None:
    for child in children(both):
        child.send_signal(signal.SIGKILL)
        time.sleep(1)
    events = ask(UMEA, "test.add", 10)
    until(lambda: states(UMEA, events) == {"done": 10}, "those that came after them work", both)


def test_a_worker_whose_pool_stands_still_has_no_heartbeat(both: Parts) -> None:
    heartbeat = both.folder / "worker_kommun"
    until(heartbeat.exists, "a heartbeat", both)
    for child in children(both):
        child.send_signal(signal.SIGSTOP)
    ask(UMEA, "test.add")
    until(lambda: time.time() - heartbeat.stat().st_mtime > 4, "silence", both)
    # The relay sends again what nobody began, so the worker may hold it twice.
    assert re.search(r"\b[12] tasks should have ended long ago", both.log("worker_kommun"))


def test_a_worker_that_asks_for_no_work_has_no_heartbeat(both: Parts, server: Server) -> None:
    heartbeat = both.folder / "worker_kommun"
    until(heartbeat.exists, "a heartbeat", both)
    with psycopg.connect(server.conninfo(), dbname=DATABASE) as connection:
        connection.execute("LOCK TABLE pgmq.q_hlt_k2480")
        until(lambda: time.time() - heartbeat.stat().st_mtime > 4, "silence", both)
    assert "the consumer asks for no work" in both.log("worker_kommun")
    until(lambda: time.time() - heartbeat.stat().st_mtime < 2, "a heartbeat when it asks again", both)


def test_a_worker_whose_broker_is_away_is_not_begun_anew_for_it(both: Parts, server: Server) -> None:
    heartbeat = both.folder / "worker_kommun"
    until(heartbeat.exists, "a heartbeat", both)
    with psycopg.connect(server.conninfo(), dbname=DATABASE, autocommit=True) as connection:
        connection.execute("ALTER ROLE hlt_broker_take_kommun NOLOGIN")
        try:
            drop(server, both)
            time.sleep(12)
        finally:
            connection.execute("ALTER ROLE hlt_broker_take_kommun LOGIN")
    assert "asks for no work" not in both.log("worker_kommun")
    events = ask(UMEA, "test.add")
    until(lambda: states(UMEA, events) == {"done": 1}, "done when the broker is back", both)


def test_full_slots_and_a_task_begun_anew_after_its_hard_limit_are_work_and_no_standstill(both: Parts) -> None:
    events = ask(UMEA, "test.stubborn", 3)
    until(lambda: states(UMEA, events) == {"dead": 3}, "given up after four starts", both)
    assert "the heartbeat stops" not in both.log("worker_kommun")


def stopped(parts: Parts, events: list[UUID]) -> float:
    """Ask the worker to stop while both of its processes work, begin the next one; give the seconds it took."""
    until(lambda: states(UMEA, events).get("running", 0) == 2, "two in work", parts)
    worker, since = parts.started.pop(), time.monotonic()
    worker.terminate()
    worker.wait(timeout=70)
    took = time.monotonic() - since
    parts.start("worker", "kommun", "--processes", "2")
    until(lambda: states(UMEA, events) == {"done": len(events)}, "the rest by the next worker", parts)
    assert times(UMEA, "effect", events) == [1] * len(events)
    return took


def test_a_worker_told_to_stop_ends_with_its_last_task(both: Parts) -> None:
    events = ask(UMEA, "test.slow", 6)
    assert stopped(both, events) < 15
    assert times(UMEA, "body_ran", events) == [1] * 6


def test_a_task_that_outlasts_the_time_to_stop_is_cut_and_done_by_the_next_worker(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_STOP_SECONDS", "0.5")
    parts.start("relay")
    parts.start("worker", "kommun", "--processes", "2")
    events = ask(UMEA, "test.slow", 4)
    stopped(parts, events)
    assert sorted(times(UMEA, "body_ran", events)) == [1, 1, 2, 2]


def test_a_broker_emptied_in_the_middle_loses_nothing(both: Parts, server: Server) -> None:
    events = {UMEA: ask(UMEA, "test.add", 120)}
    for _ in range(2):
        until(lambda: left(server) > 0 or all_done(events), "something on its way", both)
        empty(server)
        time.sleep(0.3)
    until(lambda: all_done(events), "all done", both)
    assert once_each(events)


def test_a_worker_whose_broker_drops_it_in_the_middle_goes_on(both: Parts, server: Server) -> None:
    events = {UMEA: ask(UMEA, "test.add", 60)}
    until(lambda: states(UMEA, events[UMEA]).get("done", 0) > 5, "work has begun", both)
    until(lambda: "Couldn't ack" in drop(server, both), "a task ended while the broker was away", both)
    until(lambda: all_done(events), "all done", both)
    assert once_each(events)


def drop(server: Server, parts: Parts) -> str:
    """End every connection of the worker to its broker, as a server's restart does; give what the worker said."""
    with psycopg.connect(server.conninfo(), dbname=DATABASE, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'hlt_broker_take_kommun'"
        )
    return parts.log("worker_kommun")


def test_a_task_that_kills_its_process_is_given_up_after_four_starts(both: Parts) -> None:
    events = ask(UMEA, "test.poison")
    until(lambda: states(UMEA, events) == {"dead": 1}, "the poison is given up", both)
    assert times(UMEA, "body_ran", events)[0] <= 4
    assert rows("k2480_relay", "SELECT last_code FROM k2480.outbox WHERE id = %s", events) == [("POISON",)]


def test_a_task_that_fails_is_tried_six_times(both: Parts) -> None:
    events = ask(UMEA, "test.fail")
    until(lambda: states(UMEA, events) == {"dead": 1}, "given up", both)
    assert times(UMEA, "body_ran", events) == [6]
    found = rows("k2480_relay", "SELECT attempts, last_code FROM k2480.outbox WHERE id = %s", events)
    assert found == [(6, "LookupError")]


def test_two_relays_and_two_workers_do_nothing_twice_and_nothing_in_the_other_kommun(both: Parts) -> None:
    both.start("relay")
    both.start("worker", "kommun")
    failing = {code: ask(code, "test.fail") for code in (UMEA, LYCKSELE)}
    events = {code: ask(code, "test.add", 60) for code in (UMEA, LYCKSELE)}
    until(lambda: all_done(events), "all done", both)
    until(lambda: all(states(code, events) == {"dead": 1} for code, events in failing.items()), "all failed", both)
    assert once_each(events)
    assert (times(UMEA, "effect", events[LYCKSELE]), times(LYCKSELE, "effect", events[UMEA])) == ([], [])


def test_a_small_kommun_does_not_wait_for_a_large_ones_flood(both: Parts) -> None:
    flood = ask(UMEA, "test.add", 300)
    few = ask(LYCKSELE, "test.add", 3)
    until(lambda: states(LYCKSELE, few) == {"done": 3}, "the small kommun's work", both)
    assert states(UMEA, flood).get("done", 0) < 150
    assert len(KOMMUNER) == 15
