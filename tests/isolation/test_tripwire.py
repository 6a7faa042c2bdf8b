"""A connection that is not what its login says is never used (tenancy §3)."""

import pytest
from django.db import connections
from tests.logins import sqlstate

from hlt_tenants.families.models import Child
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.engine.base import DatabaseWrapper, TripwireError
from hlt_tenants.registry.engine.pool import POOL

ROBERTSFORS = Where("2409", "school")


@pytest.fixture
def own_path_bent(kommuner: None) -> "object":
    """PostgreSQL lets a login change where its own next session begins; it opens no data, but must be seen."""
    POOL.close_all()
    alter = "ALTER ROLE k2409_school IN DATABASE hlt SET search_path = k2480, shared"
    assert sqlstate("k2409_school", "SET default_transaction_read_only = off", alter) is None
    yield
    mend = "ALTER ROLE k2409_school IN DATABASE hlt SET search_path = k2409, shared"
    assert sqlstate("k2409_school", "SET default_transaction_read_only = off", mend) is None


@pytest.mark.usefixtures("own_path_bent")
def test_a_bent_search_path_stops_the_page_before_its_first_question() -> None:
    with inside(ROBERTSFORS), pytest.raises(TripwireError):
        Child.objects.count()
    connections["default"].close()


@pytest.mark.usefixtures("own_path_bent")
def test_without_the_tripwire_the_same_page_would_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DatabaseWrapper, "_tripwire", lambda _self: None)
    with inside(ROBERTSFORS), connections["default"].cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == ("k2480, shared",)
    connections["default"].close()
    POOL.close_all()
