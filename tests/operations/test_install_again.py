"""A second installation mends what has drifted: passwords of a new master key, and rights that no model declares."""

import psycopg
import pytest
from tests.logins import rows, sqlstate

from hlt_tenants.registry.install import bring_up_to_date
from postgres import Server

BJURHOLM = "2403"


def test_a_login_with_another_password_gets_the_one_that_follows_from_the_key(server: Server, kommuner: None) -> None:
    with psycopg.connect(server.conninfo()) as superuser:
        superuser.execute("ALTER ROLE k2403_school PASSWORD 'of another master key'")
    with pytest.raises(psycopg.OperationalError):
        rows("k2403_school", "SELECT 1")
    bring_up_to_date(BJURHOLM)
    assert rows("k2403_school", "SELECT 1") == [(1,)]


def test_a_right_that_no_model_declares_is_taken_back_also_without_a_migration(kommuner: None) -> None:
    rows("hlt_owner", "GRANT SELECT ON k2403.frozen_count TO k2403_school")
    assert bring_up_to_date(BJURHOLM) == 0
    assert sqlstate("k2403_school", "SELECT 1 FROM k2403.frozen_count") == "42501"
