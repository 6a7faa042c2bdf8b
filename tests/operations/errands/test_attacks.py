"""The attack list of operations §4: whatever lies in the broker, a body runs for a row of ours, or never."""

import pickle
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.logins import rows
from tests.operations.errands.forging import left, put, signed
from tests.operations.errands.running import Parts, ask, states, times, until

from postgres import Server

UMEA, LYCKSELE = "2480", "2481"
QUEUE = "hlt_k2480"
ADD = "test.add"
Attack = Callable[[Server], UUID]


@pytest.fixture(scope="module")
def worker(server: Server, broker: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """One worker for all attacks, and no relay: nothing runs but what an attack makes run."""
    for code in (UMEA, LYCKSELE):
        rows("hlt_owner", f"CREATE TABLE k{code}.effect (event uuid NOT NULL)")
        rows("hlt_owner", f"CREATE TABLE k{code}.body_ran (event uuid NOT NULL)")
        rows("hlt_owner", f"GRANT INSERT ON k{code}.effect TO k{code}_jobs")
    parts = Parts(server, tmp_path_factory.mktemp("worker"))
    parts.start("worker", "kommun")
    yield parts
    parts.end()
    for code in (UMEA, LYCKSELE):
        rows("hlt_owner", f"DROP TABLE k{code}.effect, k{code}.body_ran")


def row(task: str = ADD, kommunkod: str = UMEA, **changed: object) -> UUID:
    """Write one row that asks for work, and leave it as the columns given say."""
    (event,) = ask(kommunkod, task)
    for column, value in changed.items():
        rows("hlt_owner", f"UPDATE k{kommunkod}.outbox SET {column} = %s WHERE id = %s", [value, event])
    return event


def without_headers(server: Server) -> UUID:
    event = row()
    put(server, QUEUE, ADD, {})
    return event


def of_an_unknown_kommun(server: Server) -> UUID:
    event = row()
    put(server, QUEUE, ADD, {**signed(UMEA, event, ADD), "kommun": "9999"})
    return event


def about_another_kommuns_row(server: Server) -> UUID:
    event = row(kommunkod=LYCKSELE)
    put(server, QUEUE, ADD, signed(UMEA, event, ADD))
    return event


def in_another_kommuns_queue(server: Server) -> UUID:
    event = row()
    put(server, "hlt_k2481", ADD, signed(UMEA, event, ADD))
    return event


def badly_signed(server: Server) -> UUID:
    event = row()
    put(server, QUEUE, ADD, {**signed(UMEA, event, ADD), "sig": "0" * 64})
    return event


def signed_with_another_kommuns_key(server: Server) -> UUID:
    event = row()
    put(server, QUEUE, ADD, {**signed(UMEA, event, ADD), "sig": signed(LYCKSELE, event, ADD)["sig"]})
    return event


def of_what_was_done(server: Server) -> UUID:
    event = row(state="done")
    put(server, QUEUE, ADD, signed(UMEA, event, ADD))
    return event


def of_what_was_dropped(server: Server) -> UUID:
    event = row(state="dropped")
    put(server, QUEUE, ADD, signed(UMEA, event, ADD))
    return event


def of_what_is_dead(server: Server) -> UUID:
    event = row(state="dead")
    put(server, QUEUE, ADD, signed(UMEA, event, ADD))
    return event


def before_it_is_due(server: Server) -> UUID:
    event = row(not_before=datetime(2100, 1, 1, tzinfo=UTC))
    put(server, QUEUE, ADD, signed(UMEA, event, ADD))
    return event


def naming_another_task(server: Server) -> UUID:
    event = row()
    put(server, QUEUE, "test.fail", signed(UMEA, event, ADD))
    put(server, QUEUE, "test.fail", signed(UMEA, event, "test.fail"))
    return event


def of_the_region_in_a_kommuns_queue(server: Server) -> UUID:
    event = row()
    put(server, QUEUE, ADD, {**signed("region", event, ADD)})
    return event


def with_arguments(server: Server) -> UUID:
    event = row()
    put(server, QUEUE, ADD, signed(UMEA, event, ADD), args=("k2481",))
    return event


def with_a_follow_up(server: Server) -> UUID:
    event = row()
    chained = {"chain": [{"task": "test.fail", "args": [], "kwargs": {}, "options": {}}]}
    put(server, QUEUE, ADD, signed(UMEA, event, ADD), embed=chained)
    return event


def with_limits_of_its_own(server: Server) -> UUID:
    event = row()
    put(server, QUEUE, ADD, {**signed(UMEA, event, ADD), "timelimit": [9999, 9999]})
    return event


def as_pickle(server: Server) -> UUID:
    event = row()
    body = pickle.dumps([(), {}, {}])
    put(server, QUEUE, ADD, signed(UMEA, event, ADD), raw=body, content_type="application/x-python-serialize")
    return event


def as_yaml(server: Server) -> UUID:
    event = row()
    put(server, QUEUE, ADD, signed(UMEA, event, ADD), raw=b"[[], {}, {}]", content_type="application/x-yaml")
    return event


def through_celerys_own_map(server: Server) -> UUID:
    event = row()
    put(server, QUEUE, "celery.map", signed(UMEA, event, ADD), args=({"task": ADD}, [1, 2]))
    return event


ATTACKS: tuple[Attack, ...] = (
    without_headers,
    of_an_unknown_kommun,
    about_another_kommuns_row,
    in_another_kommuns_queue,
    badly_signed,
    signed_with_another_kommuns_key,
    of_what_was_done,
    of_what_was_dropped,
    of_what_is_dead,
    before_it_is_due,
    naming_another_task,
    of_the_region_in_a_kommuns_queue,
    with_arguments,
    with_a_follow_up,
    with_limits_of_its_own,
    as_pickle,
    as_yaml,
    through_celerys_own_map,
)


def bodies(event: UUID) -> int:
    return sum(sum(times(code, "body_ran", [event])) for code in (UMEA, LYCKSELE))


def a_good_one_passes(server: Server, worker: Parts) -> None:
    """Show that the worker lives and has emptied its queues: a message that the relay could have sent is done."""
    event = row()
    put(server, QUEUE, ADD, signed(UMEA, event, ADD))
    until(lambda: states(UMEA, [event]) == {"done": 1} and left(server) == 0, "a good message", worker)
    assert (bodies(event), times(UMEA, "effect", [event])) == (1, [1])


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_message_that_no_relay_sent_runs_no_body(attack: Attack, server: Server, worker: Parts) -> None:
    event = attack(server)
    a_good_one_passes(server, worker)
    assert bodies(event) == 0


def test_a_frozen_kommun_has_nothing_done(server: Server, worker: Parts) -> None:
    event = row()
    rows("hlt_owner", "UPDATE shared.kommun SET state = 'frozen' WHERE kommunkod = '2480'")
    try:
        put(server, QUEUE, ADD, signed(UMEA, event, ADD))
        until(lambda: left(server) == 0, "the message is taken", worker)
        assert bodies(event) == 0
    finally:
        rows("hlt_owner", "UPDATE shared.kommun SET state = 'open' WHERE kommunkod = '2480'")
    a_good_one_passes(server, worker)


def test_the_same_message_twenty_times_has_one_effect(server: Server, worker: Parts) -> None:
    event = row()
    for _ in range(20):
        put(server, QUEUE, ADD, signed(UMEA, event, ADD))
    a_good_one_passes(server, worker)
    assert (bodies(event), times(UMEA, "effect", [event])) == (1, [1])


def test_what_a_task_says_when_it_fails_is_written_down_as_a_code_only(server: Server, worker: Parts) -> None:
    event = row("test.fail")
    put(server, QUEUE, "test.fail", signed(UMEA, event, "test.fail"))
    a_good_one_passes(server, worker)
    assert rows("k2480_relay", "SELECT last_code FROM k2480.outbox WHERE id = %s", [event]) == [("LookupError",)]
    assert "Elsa" not in worker.log("worker_kommun")


def test_no_part_has_the_master_key_or_another_parts_secrets(worker: Parts) -> None:
    handed = Path(worker.folder / "ring-worker_kommun").read_text(encoding="utf-8")
    names = {line.partition("=")[0] for line in handed.splitlines()}
    assert "k2480_jobs" in names
    assert not names & {"hlt_owner", "hlt_provisioner", "hlt_region", "hlt_broker_send", "k2480_door", "k2480_relay"}


def test_a_row_is_the_only_thing_that_can_ask(server: Server, worker: Parts) -> None:
    invented: Any = uuid4()
    put(server, QUEUE, ADD, signed(UMEA, invented, ADD))
    a_good_one_passes(server, worker)
    assert bodies(invented) == 0
