"""The attack table of the tenancy design, run as SQL through the login a page has (tenancy §12, L-02, L-28)."""

from uuid import UUID

import pytest
from tests.cast import LYCKSELE, UMEA
from tests.logins import rows, sqlstate
from tests.rows import child_in, shell_in, signal_in

from hlt_tenants.registry.branches import BRANCHES
from hlt_tenants.registry.provision import known_kommuner

DENIED = "42501"
WRITE = "SET default_transaction_read_only = off"
SOCIAL, SCHOOL = "k2480_social", "k2480_school"


@pytest.fixture(scope="module")
def social_child(kommuner: None) -> UUID:
    """A child whom only Umeå's social services know."""
    child = child_in(UMEA, "social", "Tage")
    signal_in(UMEA, "social", child)
    return child


def test_the_rightful_login_reads_what_the_attacks_are_after(social_child: UUID) -> None:
    assert rows(SOCIAL, "SELECT id FROM k2480.child WHERE id = %s", [social_child]) == [(social_child,)]


@pytest.mark.parametrize("other", [facts.kommunkod for facts in known_kommuner() if facts.kommunkod != UMEA])
def test_umeas_school_reads_no_other_kommun(kommuner: None, other: str) -> None:
    assert sqlstate(f"k{other}_school", f"SELECT 1 FROM k{other}.child") is None
    assert sqlstate(SCHOOL, f"SELECT 1 FROM k{other}.child") == DENIED


def test_umeas_school_sees_no_row_of_umeas_social_services(social_child: UUID) -> None:
    assert rows(SCHOOL, "SELECT 1 FROM k2480.child WHERE id = %s", [social_child]) == []
    assert rows(SCHOOL, "SELECT count(*) FROM k2480.signal WHERE owner_branch = 'social'") == [(0,)]


@pytest.mark.parametrize("statement", ["UPDATE k2480.child SET name = 'x' WHERE id = '{0}' RETURNING 1"])
def test_a_branch_changes_no_row_of_another(social_child: UUID, statement: str) -> None:
    from tests.logins import connect

    with connect(SCHOOL) as connection:
        connection.execute(WRITE)
        assert connection.execute(statement.format(social_child)).fetchall() == []


@pytest.mark.parametrize(
    "attack",
    [
        "SET ROLE k2480_social",
        "SELECT set_config('role', 'k2480_social', false)",
        "SET SESSION AUTHORIZATION k2480_social",
        "SET ROLE hlt_owner",
        "SELECT set_config('role', 'k2481_school', false)",
    ],
)
def test_a_login_cannot_become_another(kommuner: None, attack: str) -> None:
    assert sqlstate(SCHOOL, attack) == DENIED


def test_reset_role_changes_nothing(social_child: UUID) -> None:
    from tests.logins import connect

    with connect(SCHOOL) as connection:
        connection.execute("RESET ROLE")
        assert connection.execute("SELECT 1 FROM k2480.child WHERE id = %s", [social_child]).fetchall() == []


@pytest.mark.parametrize(
    "attack",
    [
        "ALTER TABLE k2480.child DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON k2480.child FOR ALL TO k2480_school USING (true)",
        "TRUNCATE k2480.child",
        "DELETE FROM k2480.child",
        "CREATE TABLE k2480.mine (id int)",
        "CREATE TABLE shared.mine (id int)",
        "CREATE TEMP TABLE mine (id int)",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DO $$ BEGIN NULL; END $$",
        "COPY k2480.child TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/hostname')",
        "SELECT * FROM pg_authid",
        "SELECT * FROM pg_statistic",
        "INSERT INTO k2480.child (id, owner_branch, name, birth_date, sex, language, sort_key) "
        "VALUES (gen_random_uuid(), 'social', 'x', '2020-01-01', 'K', 'sv', 'x')",
        "UPDATE k2480.team SET name = 'x'",
        "SELECT * FROM k2480.outbox",
        "UPDATE k2480.audit_event SET detail = 'x'",
        "DELETE FROM k2480.audit_event",
        "SELECT * FROM shared.kommun",
    ],
)
def test_a_branch_login_may_not(kommuner: None, attack: str) -> None:
    assert sqlstate(SCHOOL, WRITE, attack) == DENIED


def test_switching_row_security_off_is_refused_not_obeyed(social_child: UUID) -> None:
    assert sqlstate(SCHOOL, "SET row_security = off", "SELECT 1 FROM k2480.child") == DENIED


def test_the_planner_tells_nothing_of_another_branch(social_child: UUID) -> None:
    plan = rows(SCHOOL, "EXPLAIN SELECT 1 FROM k2480.child WHERE owner_branch = 'social'")
    assert "One-Time Filter: false" in " ".join(line for (line,) in plan)


def test_a_foreign_key_does_not_tell_anothers_child_from_no_child(social_child: UUID) -> None:
    guardian = (
        "INSERT INTO k2480.guardian (id, owner_branch, child_id, name, phone, is_blocked) "
        "VALUES (gen_random_uuid(), 'school', '{0}', 'x', '', false)"
    )
    real = sqlstate(SCHOOL, WRITE, guardian.format(social_child))
    invented = sqlstate(SCHOOL, WRITE, guardian.format(UUID(int=7)))
    assert (real, invented) == ("23503", "23503")


def test_a_shell_is_seen_by_its_branches_only(kommuner: None) -> None:
    shell = shell_in(UMEA, "school", "school", "region_health")
    seen = {
        branch: len(rows(f"k2480_{branch}", "SELECT 1 FROM k2480.hlt_case WHERE id = %s", [shell]))
        for branch in BRANCHES
    }
    assert {branch for branch, count in seen.items() if count} == {"school", "region_health"}


def test_nobody_adds_their_branch_to_a_foreign_shell(kommuner: None) -> None:
    shell = shell_in(UMEA, "school", "school")
    rows(SOCIAL, f"BEGIN READ WRITE; UPDATE k2480.hlt_case SET seen_by = '{{social}}' WHERE id = '{shell}'; COMMIT")
    assert rows(SCHOOL, "SELECT seen_by FROM k2480.hlt_case WHERE id = %s", [shell]) == [(["school"],)]


@pytest.mark.parametrize("name", ["hlt_region", "hlt_identity", "hlt_registry", "hlt_disclosure", "hlt_publisher"])
@pytest.mark.parametrize("kommun", [facts.kommunkod for facts in known_kommuner()])
def test_L28_no_regional_login_reads_a_kommun(kommuner: None, name: str, kommun: str) -> None:
    assert sqlstate(name, f"SELECT 1 FROM k{kommun}.child") == DENIED


@pytest.mark.parametrize(
    "counter",
    [
        "SELECT reltuples FROM pg_class",
        "SELECT n_live_tup FROM pg_stat_all_tables",
        "SELECT pg_stat_get_live_tuples('pg_class'::regclass)",
        "SELECT pg_total_relation_size('pg_class'::regclass)",
        "SELECT pg_relation_size('pg_class'::regclass)",
        "SELECT * FROM pg_statio_all_tables",
    ],
)
@pytest.mark.parametrize("login", ["hlt_region", SCHOOL])
def test_row_counters_are_closed_to_everyone(kommuner: None, login: str, counter: str) -> None:
    assert sqlstate(login, counter) == DENIED


def test_a_wrong_grant_to_the_region_still_shows_no_row(social_child: UUID) -> None:
    grant = ("GRANT USAGE ON SCHEMA k2480 TO hlt_region", "GRANT SELECT ON k2480.child TO hlt_region")
    assert sqlstate("hlt_owner", *grant) is None
    try:
        assert rows("hlt_region", "SELECT count(*) FROM k2480.child") == [(0,)]
    finally:
        taken = ("REVOKE SELECT ON k2480.child FROM hlt_region", "REVOKE USAGE ON SCHEMA k2480 FROM hlt_region")
        assert sqlstate("hlt_owner", *taken) is None


@pytest.mark.parametrize(
    ("login", "forbidden"),
    [
        ("k2480_door", "SELECT 1 FROM k2480.child"),
        ("k2480_door", "SELECT 1 FROM k2480.hlt_case"),
        ("k2480_admin", "SELECT 1 FROM k2480.child"),
        ("k2480_admin", "SELECT 1 FROM k2480.signal"),
        ("k2480_jobs", "SELECT 1 FROM k2480.child"),
        ("k2480_jobs", "UPDATE k2480.hlt_case SET state = 'closed'"),
        ("k2480_relay", "SELECT 1 FROM k2480.hlt_case"),
        ("k2480_relay", "SELECT 1 FROM k2480.audit_event"),
        ("k2480_signal", "SELECT 1 FROM k2480.signal"),
    ],
)
def test_service_logins_reach_only_their_own_tables(kommuner: None, login: str, forbidden: str) -> None:
    assert sqlstate(login, WRITE, forbidden) == DENIED


def test_a_copy_needs_the_senders_decision_and_is_the_receivers(kommuner: None) -> None:
    copy = (
        "INSERT INTO k2480.received_copy (id, owner_branch, from_branch, disclosure_id, case_id, item_kind, category, "
        "brief_subject, content, sha256, received_at) VALUES (gen_random_uuid(), '{owner}', '{sender}', "
        "gen_random_uuid(), gen_random_uuid(), 'signal', 'C1', 'x', 'x', '', now())"
    )
    assert sqlstate(SCHOOL, WRITE, copy.format(owner="social", sender="school")) == "23503"
    assert sqlstate(SCHOOL, WRITE, copy.format(owner="school", sender="social")) == DENIED
    assert sqlstate(SCHOOL, WRITE, copy.format(owner="school", sender="school")) == DENIED


def test_without_a_password_nobody_connects(kommuner: None) -> None:
    import psycopg
    from django.conf import settings

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=settings.DATABASES["default"]["HOST"], dbname="hlt", user=SCHOOL, password="wrong")


@pytest.mark.parametrize("database", ["hlt_broker", "hlt_keys", "postgres"])
def test_a_branch_login_enters_no_other_database(kommuner: None, database: str) -> None:
    import psycopg
    from django.conf import settings

    password = settings.HLT_KEYS.secret(SCHOOL)
    with pytest.raises(psycopg.OperationalError, match="CONNECT"):
        psycopg.connect(host=settings.DATABASES["default"]["HOST"], dbname=database, user=SCHOOL, password=password)


def test_lycksele_writes_only_through_the_one_door(kommuner: None) -> None:
    assert sqlstate("k2481_school", "DELETE FROM k2481.child") == "25006", LYCKSELE
