"""`hlt kommun check` finds what somebody changed behind our back (tenancy §16.4)."""

import pytest
from tests.logins import sqlstate

from hlt_tenants.registry.conformance import drift
from hlt_tenants.registry.harden import harden_kommun
from hlt_tenants.registry.install import install_databases
from hlt_tenants.registry.logins import OWNER
from hlt_tenants.registry.provision import provisioner

PLANTED = [
    "GRANT SELECT ON k2425.signal TO k2425_door",
    "GRANT SELECT (name) ON k2425.child TO k2425_jobs",
    "GRANT DELETE ON k2425.child TO k2425_school",
    "GRANT USAGE ON SCHEMA k2425 TO hlt_region",
    "GRANT SELECT ON k2425.child TO PUBLIC",
    "REVOKE SELECT ON k2425.child FROM k2425_school",
    "CREATE POLICY planted ON k2425.child FOR SELECT TO k2425_school USING (true)",
    "DROP POLICY k2425_school_all ON k2425.child",
    "ALTER POLICY k2425_school_all ON k2425.child USING (true)",
    "ALTER TABLE k2425.child ALTER COLUMN name SET STATISTICS 100",
    "ALTER TABLE k2425.child DISABLE ROW LEVEL SECURITY",
    "CREATE VIEW k2425.planted AS SELECT * FROM k2425.child",
]


@pytest.fixture
def dorotea(kommuner: None) -> "object":
    """A kommun that is put right again after the plant."""
    yield
    with provisioner() as connection:
        connection.execute(f"SET LOCAL ROLE {OWNER}")
        connection.execute("DROP VIEW IF EXISTS k2425.planted")
        connection.execute("REVOKE ALL ON SCHEMA k2425 FROM hlt_region")
        harden_kommun(connection, "2425")
    assert drift("2425") == []


def test_a_kommun_as_made_has_no_drift(kommuner: None) -> None:
    assert drift("2425") == []


@pytest.mark.usefixtures("dorotea")
@pytest.mark.parametrize("plant", PLANTED)
def test_planted_drift_is_found(plant: str) -> None:
    assert sqlstate("hlt_owner", plant) is None
    assert drift("2425") != []


def test_a_second_install_changes_no_right(kommuner: None) -> None:
    install_databases(lambda _line: None)
    assert drift("2480") == []
