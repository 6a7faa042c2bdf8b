"""The region's and identity's work goes its way through parts that have no login but their own."""

from uuid import UUID, uuid4

import pytest
from tests.operations.errands.running import Parts, connected, until

OUTBOXES = {"region": "region.region_outbox", "identity": "shared.identity_outbox"}


def planned(home: str) -> UUID:
    """Plant the home's daily tidying as beat does: with the relay's login, and once per period."""
    event = uuid4()
    with connected("hlt_relay") as connection:
        connection.execute("SET TRANSACTION READ WRITE")
        connection.execute(
            f"INSERT INTO {OUTBOXES[home]} (id, task, period, created_at, not_before, state, attempts, starts) "
            "VALUES (%s, %s, %s, now(), now(), 'waiting', 0, 0)",
            [event, f"{home}.tidy", str(event)[:18]],
        )
    return event


def state(home: str, event: UUID) -> object:
    with connected("hlt_relay") as connection:
        found = connection.execute(f"SELECT state FROM {OUTBOXES[home]} WHERE id = %s", [event]).fetchone()
    return found and found[0]


@pytest.mark.parametrize("home", OUTBOXES)
def test_what_beat_plants_outside_the_kommuner_is_sent_and_done(parts: Parts, home: str) -> None:
    event = planned(home)
    parts.start("relay")
    parts.start("worker", home)
    until(lambda: state(home, event) == "done", f"{home}.tidy is done", parts)
