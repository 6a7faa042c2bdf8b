"""The clock takes the steps that a day alone makes due: real beat rows, relay and workers, each with its own logins."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from tests.logins import rows
from tests.operations.errands.running import Parts, connected, until
from tests.story import answered, asked, granted, met, planned

from hlt_identity.door import CLOCK
from hlt_tenants.audit import instant
from hlt_tenants.casework.tasks import NIGHTLY as LAPSES
from hlt_tenants.followup.tasks import NIGHTLY as FOLLOW_UPS

HELD = "SELECT owner_branch, actor, role, basis_code, result FROM k2481.audit_event WHERE object = %s AND action = %s"
NOTED = "SELECT branch, state FROM k2481.outbox WHERE ref_id = %s AND task = 'kommun.noted' ORDER BY created_at DESC"
PLANT = (
    "INSERT INTO k2481.outbox (id, task, period, branch, ref_id, created_at, not_before, state, attempts, starts) "
    "VALUES (gen_random_uuid(), %s, %s, %s, %s, now(), now(), 'waiting', 0, 0)"
)
BY_CLOCK = ("school_medical", CLOCK, "clock", "P3")


def asked_days_ago(days: int) -> UUID:
    """A question to the guardians, to be answered within 30 days."""
    with instant.at(datetime.now(UTC) - timedelta(days=days)):
        return asked()


def planned_days_ago(days: int) -> UUID:
    """A case whose follow-up was agreed to be 42 days later."""
    with instant.at(datetime.now(UTC) - timedelta(days=days)):
        case = granted()
        met(case)
        answered(case)
        planned(case)
    return case


def night() -> None:
    """Plant a night's rows as beat does, by the relay's login."""
    with connected("k2481_relay") as connection:
        connection.execute("SET TRANSACTION READ WRITE")
        for task in (*LAPSES, *FOLLOW_UPS):
            connection.execute(PLANT, [task, str(uuid4())[:18], None, None])


def ask_again(signal: UUID) -> None:
    """Ask for a step as the branch's clock did, before somebody took another one."""
    with connected("k2481_school_medical") as connection:
        connection.execute("SET TRANSACTION READ WRITE")
        connection.execute(PLANT, ["casework.lapse", None, "school_medical", signal])


def is_quiet() -> bool:
    """Tell whether nothing of the kommun waits or runs."""
    return rows("k2481_relay", "SELECT count(*) FROM k2481.outbox WHERE state NOT IN ('done', 'dead')") == [(0,)]


def given_up() -> object:
    return rows("k2481_relay", "SELECT count(*) FROM k2481.outbox WHERE state = 'dead'")


def states(*signals: UUID) -> list[str]:
    ask = "SELECT state FROM signal WHERE id = %s"
    return [str(rows("k2481_school_medical", ask, [signal])[0][0]) for signal in signals]


def test_what_a_day_makes_due_is_done_once_by_the_clock_of_its_branch(team: UUID, parts: Parts) -> None:
    due, early, ended = asked_days_ago(32), asked_days_ago(29), asked_days_ago(32)
    case, later = planned_days_ago(43), planned_days_ago(41)
    rows("hlt_owner", "UPDATE k2481.signal SET state = 'declined' WHERE id = %s", [ended])
    before = given_up()
    ask_again(ended)
    for words in (("relay",), ("worker", "kommun"), ("worker", "kommun")):
        parts.start(*words)
    for _repeated in range(2):
        night()
        until(is_quiet, "the night's work is done", parts)
    assert states(due, early, ended) == ["declined", "consent_asked", "declined"]
    shells = rows("k2481_school_medical", "SELECT state FROM hlt_case WHERE id = ANY(%s)", [[case, later]])
    assert sorted(shells) == [("active",), ("follow_up_due",)]
    assert rows("hlt_owner", HELD, [due, "consent_lapsed"]) == [(*BY_CLOCK, "done")]
    assert rows("hlt_owner", HELD, [case, "fell_due"]) == [(*BY_CLOCK, "done")]
    assert rows("hlt_owner", HELD, [ended, "consent_lapsed"]) == [(*BY_CLOCK, "refused")]
    assert rows("hlt_owner", HELD, [early, "consent_lapsed"]) + rows("hlt_owner", HELD, [later, "fell_due"]) == []
    assert rows("k2481_relay", NOTED, [due])[0] == ("school_medical", "done")
    assert given_up() == before
