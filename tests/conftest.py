"""One real PostgreSQL for the whole run, installed as in production; every test enters it by the login a page uses."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "infra" / "local"), str(ROOT / "infra" / "chart"), str(ROOT / "infra" / "bench")]
FOLDER = Path(tempfile.mkdtemp(prefix="hlt-test-"))

from postgres import Server, stop  # noqa: E402

SERVER = Server(FOLDER / "postgres", fragile=True)
os.environ.update(
    DJANGO_SETTINGS_MODULE="hlt_platform.settings.test",
    HLT_DB_HOST=str(SERVER.sockets),
    HLT_MASTER_KEY="5e" * 32,
    HLT_DOMAIN="hlt.localhost",
    HLT_ENV_FILE=str(FOLDER / "no-env-file"),
    HLT_KEYS_DIR=str(FOLDER / "keys"),
)

import django  # noqa: E402

django.setup()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL 18 with the three databases, and nothing in them."""
    FOLDER.chmod(0o711)
    child = SERVER.start()
    yield SERVER
    stop(child)
    shutil.rmtree(SERVER.sockets)
    shutil.rmtree(FOLDER)


@pytest.fixture(scope="session")
def kommuner(server: Server) -> None:
    """The 15 kommuner, made by the same command as in production."""
    from django.conf import settings

    from hlt_tenants.registry.install import install_databases

    settings.HLT_SUPERUSER_URL = server.conninfo()
    install_databases(lambda _line: None)


@pytest.fixture(scope="session")
def team(kommuner: None) -> UUID:
    """The team of Lycksele with the cast in it."""
    from tests.story import team_in_lycksele

    return team_in_lycksele()


@pytest.fixture
def day(team: UUID) -> Iterator[None]:
    """A Wednesday in November, on which every story of Elsa begins."""
    from tests.elsa import START

    from hlt_tenants.audit import instant

    with instant.at(START):
        yield


from tests.keycloak_running import keycloak, real_realm  # noqa: E402, F401
