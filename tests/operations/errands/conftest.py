"""A broker, two kommuner with tables that count effects, and parts that are ended after each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from tests.logins import rows
from tests.operations.errands.running import Parts

from hlt_platform.background.broker import install_broker
from postgres import Server

COUNTED = ("2480", "2481")


@pytest.fixture(scope="session")
def broker(server: Server, kommuner: None) -> None:
    settings.HLT_SUPERUSER_URL = server.conninfo()
    install_broker()


@pytest.fixture
def counted(broker: None) -> Iterator[None]:
    """Tables whose rows show each effect and each run of a body."""
    for code in COUNTED:
        for table in ("effect", "body_ran"):
            rows("hlt_owner", f"CREATE TABLE k{code}.{table} (event uuid NOT NULL)")
        rows("hlt_owner", f"GRANT INSERT ON k{code}.effect TO k{code}_jobs")
    yield
    for code in COUNTED:
        rows("hlt_owner", f"DROP TABLE k{code}.effect, k{code}.body_ran")


@pytest.fixture
def parts(server: Server, counted: None, tmp_path: Path) -> Iterator[Parts]:
    parts = Parts(server, tmp_path)
    yield parts
    parts.end()
