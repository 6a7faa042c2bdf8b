"""A connection that is not what its login says is never used (tenancy §3)."""

import psycopg
import pytest
from django.db import connections
from tests.logins import connect, rows, sqlstate

from hlt_platform.cli import parser
from hlt_tenants.families.models import Child
from hlt_tenants.registry.conformance import drift, repair
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.engine.base import DatabaseWrapper, TripwireError
from hlt_tenants.registry.engine.pool import POOL

ROBERTSFORS = Where("2409", "school")


def all_closed() -> None:
    """Let the next question open a connection of its own: one that another test left begins as that one began."""
    connections.close_all()
    POOL.close_all()


@pytest.fixture
def own_path_bent(kommuner: None) -> "object":
    """PostgreSQL lets a login change where its own next session begins; it opens no data, but must be seen."""
    all_closed()
    alter = "ALTER ROLE k2409_school IN DATABASE hlt SET search_path = k2480, shared"
    assert sqlstate("k2409_school", "SET default_transaction_read_only = off", alter) is None
    yield
    all_closed()
    repair("2409")


@pytest.mark.usefixtures("own_path_bent")
def test_a_bent_search_path_stops_the_page_before_its_first_question_and_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with inside(ROBERTSFORS), pytest.raises(TripwireError):
        Child.objects.count()
    assert [(one.levelname, "k2409_school" in one.getMessage()) for one in caplog.records] == [("CRITICAL", True)]


@pytest.mark.usefixtures("own_path_bent")
def test_without_the_tripwire_the_same_page_would_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DatabaseWrapper, "_tripwire", lambda _self: None)
    with inside(ROBERTSFORS), connections["default"].cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == ("k2480, shared",)


@pytest.mark.usefixtures("own_path_bent")
def test_the_check_names_a_bent_path_and_repair_lets_the_page_in_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert checked() == 1
    assert "extra: k2409_school begins with search_path=k2480, shared" in capsys.readouterr().out
    assert checked("--repair") == 0
    with inside(ROBERTSFORS), connections["default"].cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == ("k2409, shared",)


def test_a_login_that_locked_its_kommun_out_by_a_new_password_is_let_in_again(kommuner: None) -> None:
    all_closed()
    change = ("SET default_transaction_read_only = off", "ALTER ROLE k2409_social PASSWORD 'x'")
    assert sqlstate("k2409_social", *change) is None
    with pytest.raises(psycopg.OperationalError, match="password"):
        connect("k2409_social")
    assert checked("--repair") == 0
    assert rows("k2409_social", "SELECT 1") == [(1,)]


@pytest.mark.parametrize("scope", ["", "IN DATABASE hlt "])
def test_what_a_login_adds_to_its_own_beginnings_is_named_and_taken_away(kommuner: None, scope: str) -> None:
    add = f"ALTER ROLE k2409_social {scope}SET plan_cache_mode = force_custom_plan"
    assert sqlstate("k2409_social", "SET default_transaction_read_only = off", add) is None
    assert drift("2409") == ["extra: k2409_social begins with plan_cache_mode=force_custom_plan"]
    assert checked("--repair") == 0


def checked(*words: str) -> int:
    """Run `hlt kommun check 2409`; give its exit code."""
    arguments = parser().parse_args(["kommun", "check", "2409", *words])
    return int(arguments.run(arguments))
