"""One real PostgreSQL for the whole run, installed as in production; every test enters it by the login a page uses."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "infra" / "local"), str(ROOT / "infra" / "chart"), str(ROOT / "infra" / "bench")]
FOLDER = Path(tempfile.mkdtemp(prefix="hlt-test-"))

from tests.kommuner_kept import lay  # noqa: E402

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


# Who is told to end stops what it started, as at Ctrl-C.
signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_unconfigure() -> None:
    """Leave nothing behind, also when no test asked for a database."""
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL 18 with the 15 kommuner, made by the same command as in production."""
    FOLDER.chmod(0o711)
    try:
        lay(SERVER, install)
        with running():
            yield SERVER
    finally:
        shutil.rmtree(SERVER.sockets, ignore_errors=True)
        shutil.rmtree(FOLDER)


@contextmanager
def running() -> Iterator[None]:
    child = SERVER.start()
    try:
        yield
    finally:
        stop(child)


def install() -> None:
    """Make the 15 kommuner in the server of this run, and leave it standing still."""
    from django.conf import settings
    from django.db import connections

    from hlt_tenants.registry.engine.pool import POOL
    from hlt_tenants.registry.install import install_databases

    with running():
        settings.HLT_SUPERUSER_URL = SERVER.conninfo()
        install_databases(lambda _line: None)
        connections.close_all()
        POOL.close_all()


@pytest.fixture(scope="session")
def kommuner(server: Server) -> None:
    """The 15 kommuner, for commands that come as the superuser too."""
    from django.conf import settings

    settings.HLT_SUPERUSER_URL = server.conninfo()


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
