"""Sessions of 16 hosts lie in one table, and each host's login meets its own rows only (identity §8)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tests.logins import rows, sqlstate

from hlt_identity.models import Person, Session

HOSTS = ("2480", "2481", "region")


@pytest.fixture
def session_ids(kommuner: None) -> Iterator[dict[str, bytes]]:
    """One session of one person on three hosts, written by the only login that may."""
    person = Person(issuer="https://id.example/realms/hlt", sub=str(uuid4()))
    person.save(force_insert=True)
    now = datetime.now(UTC)
    kept = {host: uuid4().bytes + uuid4().bytes for host in HOSTS}
    for host, key_hash in kept.items():
        Session(
            key_hash=key_hash,
            kommunkod=host,
            person=person,
            sid="sid-1",
            sub=person.sub,
            idp="idp-region",
            organisation_id="org",
            level=3,
            auth_time=int(now.timestamp()),
            epoch=1,
            created_at=now,
            last_seen=now,
            expires_at=now + timedelta(hours=10),
            refreshed_at=now,
        ).save(force_insert=True)
    yield kept
    Session.objects.filter(person=person).delete()


@pytest.mark.threat(1)
@pytest.mark.parametrize(("login", "own"), [("k2480_door", "2480"), ("k2481_door", "2481"), ("hlt_region", "region")])
def test_a_host_reads_its_own_sessions_and_no_others(login: str, own: str, session_ids: dict[str, bytes]) -> None:
    assert rows(login, "SELECT DISTINCT kommunkod FROM shared.session") == [(own,)]
    others = [key_hash for host, key_hash in session_ids.items() if host != own]
    assert rows(login, "SELECT 1 FROM shared.session WHERE key_hash = ANY(%s)", [others]) == []


@pytest.mark.parametrize("login", ["k2480_school", "k2480_jobs", "k2480_admin", "hlt_registry", "hlt_publisher"])
def test_no_other_login_reads_a_session(login: str, session_ids: dict[str, bytes]) -> None:
    assert sqlstate(login, "SELECT 1 FROM shared.session") == "42501"


def test_a_door_makes_no_session_and_moves_none(session_ids: dict[str, bytes]) -> None:
    write = "SET default_transaction_read_only = off"
    assert sqlstate("k2480_door", write, "UPDATE shared.session SET last_seen = now()") is None
    assert sqlstate("k2480_door", write, "UPDATE shared.session SET kommunkod = '2481'") == "42501"
    assert sqlstate("k2480_door", write, "INSERT INTO shared.session (key_hash) VALUES ('\\x00')") == "42501"
    kept = "SELECT count(*) FROM shared.session WHERE key_hash = %s"
    assert rows("k2481_door", kept, [session_ids["2481"]]) == [(1,)]


def test_the_login_that_makes_sessions_enters_no_kommun(session_ids: dict[str, bytes]) -> None:
    assert sqlstate("hlt_identity", "SELECT 1 FROM k2480.team_membership") == "42501"
    assert sqlstate("hlt_identity", "SELECT 1 FROM k2480.child") == "42501"


@pytest.mark.parametrize("table", ["login_attempt", "trust", "person_kommun", "region_member"])
def test_a_door_has_no_business_with_the_rest(table: str, session_ids: dict[str, bytes]) -> None:
    assert sqlstate("k2480_door", f"SELECT 1 FROM shared.{table}") == "42501"


def test_one_statement_ends_a_person_everywhere(session_ids: dict[str, bytes]) -> None:
    ended, _by_model = Session.objects.filter(sid="sid-1").delete()
    assert ended == len(HOSTS)
    left = "SELECT 1 FROM shared.session WHERE key_hash = ANY(%s)"
    assert all(rows(login, left, [list(session_ids.values())]) == [] for login in ("k2480_door", "hlt_region"))
