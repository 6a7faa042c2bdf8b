"""What stays open is what the handbook says: each residual is done here, by every login that can (tenancy §12)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.secrecy.planted import EVENT, planted
from tests.secrecy.trying import BRANCH_LOGINS, EVERY, SERVICES, Trying

PAGE = Path(__file__).resolve().parents[2] / "infra" / "handbook" / "accepted.md"
TAKEN = "23505"
CASE = (
    "INSERT INTO k2480.hlt_case (id, number, state, state_before, seen_by, first_branch, receipt, lead_id, "
    "lead_branch, granted_on, plan_number, pause_reason, reviews, version) SELECT {0}, 'x', 'listed', '', "
    "ARRAY['social'], 'social', gen_random_uuid(), gen_random_uuid(), 'social', '2026-11-26', 0, '', 0, 1"
)
# name -> (who can, the SQL, what the database answers)
RESIDUALS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "names": (EVERY, "SELECT 1 FROM pg_policies WHERE schemaname = 'k2481' AND tablename = 'child'", "passes"),
    "presence": (EVERY, "SELECT 1 FROM pg_stat_activity WHERE usename = 'hlt_owner'", "passes"),
    "pace": (EVERY, "SELECT pg_current_wal_lsn(), pg_current_xact_id()", "passes"),
    "notices": (EVERY, "LISTEN hlt_outbox; SELECT pg_notify('hlt_outbox', '2480')", "passes"),
    "advisory locks": (EVERY, "SELECT pg_advisory_xact_lock(hashtextextended('k2481/social', 0))", "passes"),
    "own beginnings": (EVERY, "ALTER ROLE CURRENT_USER SET jit = on; ALTER ROLE CURRENT_USER PASSWORD 'x'", "passes"),
    "own limits": (EVERY, "SET statement_timeout = 0; SET lock_timeout = 0; SELECT 1", "passes"),
    "own locks": (BRANCH_LOGINS, "LOCK TABLE k2480.child IN ACCESS EXCLUSIVE MODE", "passes"),
    "own log": (("k2480_school",), EVENT.format(owner="school", chain="school"), "passes"),
    "known ids": (("k2480_social",), CASE.format("{shell}::uuid"), TAKEN),
    "own sizes": (BRANCH_LOGINS, "EXPLAIN SELECT ctid FROM k2480.child", "passes"),
}


@pytest.fixture(scope="module")
def words(kommuner: None) -> dict[str, str]:
    return planted()


@pytest.fixture(scope="module")
def trying(kommuner: None) -> Iterator[Trying]:
    trying = Trying()
    trying.answer("hlt_owner", "SELECT 1")  # somebody whose presence can be seen
    yield trying
    trying.close()


@pytest.mark.parametrize("name", RESIDUALS)
def test_what_is_accepted_can_be_done(name: str, words: dict[str, str], trying: Trying) -> None:
    logins, sql, answer = RESIDUALS[name]
    answers = {login: trying.answer(login, sql.format(**words)) for login in logins}
    assert answers == dict.fromkeys(logins, answer)


def test_the_handbook_names_exactly_these() -> None:
    rows = [line.split("|")[1].strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    assert rows[1:] == list(RESIDUALS)


@pytest.mark.parametrize("what", ["own locks", "own sizes"])
def test_what_is_ones_own_reaches_no_other_kommun(what: str, trying: Trying, kommuner: None) -> None:
    elsewhere = RESIDUALS[what][1].replace("k2480", "k2481")
    assert {trying.answer(login, elsewhere) for login in (*BRANCH_LOGINS, *SERVICES)} == {"42501"}


def test_a_new_id_and_number_are_free(trying: Trying, kommuner: None) -> None:
    assert trying.answer("k2480_social", CASE.format("gen_random_uuid()")) == "passes"
