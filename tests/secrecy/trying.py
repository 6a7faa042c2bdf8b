"""One connection per login, on which attacks are tried and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from tests.logins import Row, connect

from hlt_tenants.registry.branches import BRANCHES, SERVICE_LOGINS
from hlt_tenants.registry.logins import REGION_LOGINS

ROOT = "postgres"
BRANCH_LOGINS = tuple(f"k2480_{branch}" for branch in BRANCHES)
SERVICES = tuple(f"k2480_{kind}" for kind in SERVICE_LOGINS)
EVERY = (*BRANCH_LOGINS, *SERVICES, *REGION_LOGINS)
GROUPS = {
    "branches": BRANCH_LOGINS,
    "umea": BRANCH_LOGINS + SERVICES,
    "region": REGION_LOGINS,
    "every": EVERY,
    "all but social": tuple(login for login in EVERY if login != "k2480_social"),
}


class Trying:
    """Keeps its connections until `close`."""

    def __init__(self) -> None:
        self.kept: dict[str, psycopg.Connection[Row]] = {}

    def answer(self, login: str, statements: str) -> str:
        """Run statements (parted by "; ") and take them back; give a SQLSTATE, "0 rows", or "passes"."""
        with self._taken_back(login) as connection:
            count = 0
            for statement in statements.split("; "):
                try:
                    count = connection.execute(statement).rowcount
                except psycopg.Error as refusal:
                    return str(refusal.sqlstate)
        return "0 rows" if count == 0 else "passes"

    @contextmanager
    def _taken_back(self, login: str) -> Iterator[psycopg.Connection[Row]]:
        connection = self._connection(login)
        connection.execute("BEGIN READ WRITE")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")

    def _connection(self, login: str) -> psycopg.Connection[Row]:
        if login not in self.kept:
            root = psycopg.connect(settings.HLT_SUPERUSER_URL, autocommit=True) if login == ROOT else None
            self.kept[login] = root or connect(login)
        return self.kept[login]

    def close(self) -> None:
        for connection in self.kept.values():
            connection.close()
