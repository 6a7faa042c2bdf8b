"""Database roles: who there is, how one is made without its password ever standing in SQL (tenancy §2)."""

from collections.abc import Iterable

import psycopg
from django.conf import settings
from psycopg import sql

from hlt_tenants.registry.branches import BRANCHES, SERVICE_LOGINS
from hlt_tenants.registry.rules import schema_of

Connection = psycopg.Connection[tuple[object, ...]]

REGION_LOGINS = ("hlt_registry", "hlt_identity", "hlt_region", "hlt_disclosure", "hlt_publisher", "hlt_relay")
OWNER = "hlt_owner"
PROVISIONER = "hlt_provisioner"
BROKER = "hlt_broker"
PATHS = {
    "hlt_registry": "shared",
    "hlt_identity": "shared",
    "hlt_region": "published, region, shared",
    "hlt_disclosure": "region, intake, published, shared",
    "hlt_publisher": "published, region, shared",
    "hlt_relay": "region, shared",
}
LIMITS = {
    "statement_timeout": "2s",
    "lock_timeout": "1s",
    "idle_in_transaction_session_timeout": "10s",
}
JOB_LIMITS = {**LIMITS, "statement_timeout": "30s"}


def kommun_logins(kommunkod: str, branches: Iterable[str] = BRANCHES) -> dict[str, str]:
    """Give {login kind: role name} for a kommun: one per branch and one per service."""
    schema = schema_of(kommunkod)
    return {kind: f"{schema}_{kind}" for kind in (*branches, *SERVICE_LOGINS)}


def verifier(connection: Connection, login: str) -> str:
    """Compute the SCRAM verifier on our side, so that no password reaches SQL or a log."""
    password = settings.HLT_KEYS.secret(login)
    return connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()


def make_login(connection: Connection, login: str, *, attributes: str = "") -> None:
    """Make or mend one LOGIN role; attributes may only add CREATEROLE."""
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone()
    statement = f"{'ALTER' if there else 'CREATE'} ROLE {{}} LOGIN NOINHERIT {attributes} PASSWORD {{}}"
    parts = (sql.Identifier(login), sql.Literal(verifier(connection, login)))
    connection.execute(sql.SQL(statement).format(*parts))


def set_defaults(
    connection: Connection, login: str, path: str, *, read_only: bool = True, limits: dict[str, str]
) -> None:
    """Fix what a login begins with: whose tables it finds, that it only reads, and how long it may wait; nothing else.

    PostgreSQL lets a login change its own beginnings, so what it may have added is taken away first.
    """
    role, database = sql.Identifier(login), sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("ALTER ROLE {} RESET ALL").format(role))
    connection.execute(sql.SQL("ALTER ROLE {} IN DATABASE {} RESET ALL").format(role, database))
    settings_ = {"search_path": path, "default_transaction_read_only": "on" if read_only else "off", **limits}
    for key, wanted in settings_.items():
        value = sql.SQL(wanted) if key == "search_path" else sql.Literal(wanted)
        connection.execute(
            sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}").format(role, database, sql.Identifier(key), value)
        )
