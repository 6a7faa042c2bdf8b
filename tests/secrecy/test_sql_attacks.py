"""The attack table (tenancy §12), and of its attacks those that are not one statement of SQL (L-02, L-28)."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from tests.cast import UMEA
from tests.logins import connect, rows, sqlstate
from tests.rows import child_in, shell_in
from tests.secrecy.planted import planted, session_in
from tests.secrecy.trying import BRANCH_LOGINS, EVERY, GROUPS, ROOT, SERVICES, Trying

from hlt_tenants.registry.bootstrap import COUNTERS, ESTIMATES, FOR_NOBODY
from hlt_tenants.registry.branches import BRANCHES
from hlt_tenants.registry.harden import kommun_models
from hlt_tenants.registry.logins import REGION_LOGINS
from hlt_tenants.registry.provision import known_kommuner
from postgres import Server

DENIED, NO_PARENT, NO_ROWS = "42501", "23503", "0 rows"
SOCIAL, SCHOOL = "k2480_social", "k2480_school"
TABLE = Path(__file__).with_name("attacks.md")
OTHER_KOMMUNER = tuple(facts.kommunkod for facts in known_kommuner() if facts.kommunkod != UMEA)
# What a service login may read whole; single columns are declared on the models.
READS = {
    "k2480_door": {"team", "team_membership"},
    "k2480_admin": {"team", "team_membership", "inbox", "count_approval", "frozen_count", "frozen_period"},
    "k2480_jobs": {"hlt_case", "case_fact", "inbox", "outbox", "count_approval", "frozen_count", "frozen_period"},
    "k2480_relay": {"outbox"},
    "k2480_signal": {"receipt", "draft", "once"},
}


class Attack(NamedTuple):
    """One line of the table."""

    border: str
    attempt: str
    by: str
    sql: str
    rightful: str
    answer: str


def table() -> list[Attack]:
    lines = TABLE.read_text(encoding="utf-8").split("| border |")[2].splitlines()[2:]
    return [Attack(*(cell.strip() for cell in line.strip("| ").split(" | "))) for line in lines]


@pytest.fixture(scope="module")
def words(kommuner: None) -> dict[str, str]:
    return planted()


@pytest.fixture(scope="module")
def trying(kommuner: None) -> Iterator[Trying]:
    trying = Trying()
    yield trying
    trying.close()


@pytest.mark.parametrize("attack", table(), ids=lambda attack: f"{attack.border}: {attack.attempt}")
def test_L02_an_attack_succeeds_for_whom_it_is_right_and_for_nobody_else(
    attack: Attack, words: dict[str, str], trying: Trying
) -> None:
    sql = attack.sql.format(**words)
    if attack.rightful != "-":
        assert trying.answer(attack.rightful, sql) in {"passes"} | ({NO_ROWS} if attack.answer != NO_ROWS else set())
    logins = set(GROUPS.get(attack.by, (attack.by,))) - {attack.rightful}
    answers = {login: trying.answer(login, sql) for login in logins}
    assert answers == dict.fromkeys(logins, attack.answer)


def test_the_table_has_every_border_of_the_design() -> None:
    assert {attack.border for attack in table()} == {"kommun", "login", "branch", "region", "server"}


@pytest.mark.parametrize("kommun", OTHER_KOMMUNER)
def test_L28_no_login_of_umea_or_of_the_region_reads_another_kommun(trying: Trying, kommun: str) -> None:
    question = f"SELECT 1 FROM k{kommun}.child"
    assert trying.answer(f"k{kommun}_school", question) in {"passes", NO_ROWS}
    assert {trying.answer(login, question) for login in EVERY} == {DENIED}


def test_L28_no_right_on_any_table_reaches_into_another_kommun(kommuner: None) -> None:
    reaching = (
        "SELECT login, c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "CROSS JOIN unnest(%s::text[]) login WHERE n.nspname ~ '^(k[0-9]{4}|tmpl)$' AND n.nspname <> ALL(%s) "
        "AND c.relkind = 'r' AND has_table_privilege(login, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')"
    )
    assert len(rows("hlt_owner", reaching, [["k2480_school"], ["k2481"]])) > 20
    assert rows("hlt_owner", reaching, [list(EVERY), ["k2480"]]) == []


@pytest.mark.parametrize("login", REGION_LOGINS)
def test_L28_no_regional_login_reads_a_table_of_umea(trying: Trying, login: str) -> None:
    read = {m._meta.db_table for m in kommun_models() if trying.answer(login, _all_of(m._meta.db_table)) != DENIED}
    assert read == set()


@pytest.mark.parametrize("login", SERVICES)
def test_a_service_login_reads_exactly_its_tables(trying: Trying, login: str) -> None:
    read = {m._meta.db_table for m in kommun_models() if trying.answer(login, _all_of(m._meta.db_table)) != DENIED}
    assert read == READS[login]


def _all_of(name: str) -> str:
    return f'SELECT * FROM k2480."{name}"'


@pytest.mark.parametrize("login", [*REGION_LOGINS, "k2481_school", "k2481_jobs", "k2480_jobs", "k2480_door"])
def test_a_wrong_grant_still_shows_no_row(words: dict[str, str], login: str) -> None:
    grant = (f"GRANT USAGE ON SCHEMA k2480 TO {login}", f"GRANT SELECT ON k2480.child TO {login}")
    assert sqlstate("hlt_owner", *grant) is None
    try:
        assert rows(login, "SELECT count(*) FROM k2480.child") == [(0,)]
    finally:
        stays = "" if login.startswith("k2480") else f"REVOKE USAGE ON SCHEMA k2480 FROM {login}"
        assert sqlstate("hlt_owner", f"REVOKE SELECT ON k2480.child FROM {login}", *filter(None, [stays])) is None


def test_every_counter_is_closed_to_every_login(trying: Trying, kommuner: None) -> None:
    with connect("hlt_owner") as connection:
        counters, large = (
            [str(name) for (name,) in connection.execute(functions).fetchall()] for functions in (COUNTERS, FOR_NOBODY)
        )
    assert (len(counters) > 100, len(large) > 15) == (True, True)
    may = "SELECT f FROM unnest(%s::text[]) f WHERE has_function_privilege(%s, f, 'EXECUTE')"
    for login in EVERY:
        assert rows("hlt_owner", may, [counters + large, login]) == []
    assert {trying.answer(login, f"SELECT {name} FROM pg_class") for login in EVERY for name in ESTIMATES} == {DENIED}
    assert len(rows("hlt_owner", may, [counters, "hlt_owner"])) == len(counters)


def test_the_planner_tells_nothing_of_another_branch(words: dict[str, str]) -> None:
    question = "EXPLAIN SELECT 1 FROM k2480.child WHERE owner_branch = 'social'"
    assert "One-Time Filter: false" not in str(rows(SOCIAL, question))
    for login in set(BRANCH_LOGINS) - {SOCIAL}:
        assert "One-Time Filter: false" in str(rows(login, question))


def guesses(login: str, where: str) -> tuple[str, ...]:
    """Give what the planner thinks that a login's question will find, to the sixth digit."""
    told = rows(login, f"EXPLAIN SELECT 1 FROM k2480.child c LEFT JOIN generate_series(1, 1000000) ON {where}")
    return tuple(re.findall(r" rows=(\d+)", str(told)))


def test_the_planner_does_not_tell_a_name_that_another_branch_knows(kommuner: None) -> None:
    for name in ("Hemlig", "Hemlig", *(f"Barn {number}" for number in range(40))):
        child_in(UMEA, "social", name)
    rows("hlt_owner", "ANALYZE k2480.child")
    assert guesses(SOCIAL, "name = 'Hemlig'") == guesses(SOCIAL, "name = 'Okänd'")
    for login in set(BRANCH_LOGINS) - {SOCIAL}:
        assert guesses(login, "name = 'Hemlig'") == guesses(login, "name = 'Okänd'")
        assert guesses(login, "name < 'Barn 20'") == guesses(login, "name < 'Barn 30'")


def passed_over(login: str, where: str) -> list[str]:
    """Give what EXPLAIN ANALYZE says of rows that a question met and may not see, along an index where there is one."""
    with connect(login) as connection:
        connection.execute("SET enable_seqscan = off")
        told = connection.execute(f"EXPLAIN ANALYZE SELECT 1 FROM shared.session WHERE {where}").fetchall()
    return re.findall(r"Rows Removed by Filter: \d+", str(told))


@pytest.mark.parametrize("login", ["k2480_door", "hlt_region"])
def test_what_a_question_passes_over_does_not_tell_who_is_signed_in_elsewhere(
    words: dict[str, str], login: str
) -> None:
    elsewhere, nowhere = session_in("2481"), uuid4()
    for column in ("person_id", "sub"):
        told, nothing = (passed_over(login, f"{column} = '{one}'") for one in (elsewhere, nowhere))
        assert told == nothing


def test_no_table_that_hides_rows_keeps_a_sample_of_its_values(kommuner: None) -> None:
    kept = (
        "SELECT s.starelid::regclass FROM pg_statistic s JOIN pg_class c ON c.oid = s.starelid "
        "JOIN pg_policy p ON p.polrelid = c.oid WHERE pg_get_expr(p.polqual, p.polrelid) <> 'true'"
    )
    rows("hlt_owner", "ANALYZE k2480.child, k2480.signal, k2480.received_copy, k2480.hlt_case, shared.session")
    with psycopg.connect(settings.HLT_SUPERUSER_URL) as root:
        assert root.execute(kept).fetchall() == []


def test_a_foreign_key_does_not_tell_anothers_child_from_no_child(words: dict[str, str], trying: Trying) -> None:
    guardian = (
        "INSERT INTO k2480.guardian (id, owner_branch, child_id, name, phone, is_blocked) "
        "VALUES (gen_random_uuid(), '{0}', {1}, 'x', '', false)"
    )
    real, invented = words["social_child"], f"'{UUID(int=7)}'"
    assert trying.answer(SOCIAL, guardian.format("social", real)) == "passes"
    for branch in set(BRANCHES) - {"social"}:
        told = {trying.answer(f"k2480_{branch}", guardian.format(branch, child)) for child in (real, invented)}
        assert told == {NO_PARENT}


def test_a_childs_number_that_another_branch_knows_is_taken_as_a_new_one(trying: Trying, kommuner: None) -> None:
    child = (
        "INSERT INTO k2480.child (id, owner_branch, name, birth_date, sex, language, sort_key, number_hash, "
        "protection, is_blocked, is_care_blocked) VALUES (gen_random_uuid(), '{0}', 'x', '2020-01-01', 'K', 'sv', 'x', "
        "sha256('known'), 'none', false, false)"
    )
    skipping = f"{child} ON CONFLICT (owner_branch, number_hash) DO NOTHING"
    assert trying.answer(SOCIAL, f"{child.format('social')}; {child.format('social')}") == "23505"
    assert trying.answer(SOCIAL, f"{child.format('social')}; {skipping.format('social')}") == NO_ROWS
    with connect(SOCIAL) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(child.format("social"))
    for branch in set(BRANCHES) - {"social"}:
        assert trying.answer(f"k2480_{branch}", child.format(branch)) == "passes"
        assert trying.answer(f"k2480_{branch}", skipping.format(branch)) == "passes"


def test_a_shell_is_seen_by_its_branches_only(kommuner: None) -> None:
    shell = shell_in(UMEA, "school", "school", "region_health")
    seen = {
        branch: len(rows(f"k2480_{branch}", "SELECT 1 FROM k2480.hlt_case WHERE id = %s", [shell]))
        for branch in BRANCHES
    }
    assert {branch for branch, count in seen.items() if count} == {"school", "region_health"}


@pytest.mark.parametrize("login", EVERY)
def test_nobody_connects_without_the_own_password(kommuner: None, login: str) -> None:
    other = SOCIAL if login != SOCIAL else SCHOOL
    assert rows(login, "SELECT session_user::text") == [(login,)]
    for password in ("", "wrong", _password(other)):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host=_host(), dbname="hlt", user=login, password=password)


@pytest.mark.parametrize("login", EVERY)
@pytest.mark.parametrize("database", ["hlt_broker", "hlt_keys", "postgres", "template1"])
def test_no_login_enters_another_database(kommuner: None, login: str, database: str) -> None:
    with psycopg.connect(settings.HLT_SUPERUSER_URL, dbname=database) as root:
        assert root.info.dbname == database
    with pytest.raises(psycopg.OperationalError, match="CONNECT"):
        psycopg.connect(host=_host(), dbname=database, user=login, password=_password(login))


@pytest.mark.parametrize(("login", "ends"), [("hlt_owner", 0), (SCHOOL, 1), ("hlt_region", 1), ("k2480_jobs", 1)])
def test_a_dump_is_the_owners(server: Server, words: dict[str, str], login: str, ends: int) -> None:
    command = [str(server.binaries / "pg_dump"), "-h", _host(), "-U", login, "-d", "hlt", "-n", "k2480"]
    env = {**os.environ, "PGPASSWORD": _password(login)}
    run = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (run.returncode, "Tage" in run.stdout) == (ends, ends == 0)
    assert ends == 0 or "permission denied" in run.stderr


@pytest.mark.parametrize("function", ["pg_terminate_backend", "pg_cancel_backend"])
def test_nobody_ends_anothers_work(trying: Trying, function: str) -> None:
    with connect("k2481_school") as theirs:
        for login in EVERY:
            assert trying.answer(login, f"SELECT {function}({theirs.info.backend_pid})") == DENIED
        assert theirs.execute("SELECT 1").fetchone() == (1,)
        assert trying.answer(ROOT, f"SELECT {function}({theirs.info.backend_pid})") == "passes"


def test_a_login_that_only_reads_writes_by_the_one_door(kommuner: None) -> None:
    assert sqlstate("k2481_school", "DELETE FROM k2481.child") == "25006"


def _host() -> str:
    return str(settings.DATABASES["default"]["HOST"])


def _password(login: str) -> str:
    password: str = settings.HLT_KEYS.secret(login)
    return password
