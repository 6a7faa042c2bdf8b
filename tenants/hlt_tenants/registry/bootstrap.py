"""The part of a server that only a superuser can prepare, once: logins, schemas, and what PUBLIC must not see."""

import psycopg
from django.conf import settings
from psycopg import sql

from hlt_tenants.registry.logins import (
    BROKER,
    JOB_LIMITS,
    OWNER,
    PATHS,
    PROVISIONER,
    REGION_LOGINS,
    Connection,
    make_login,
    set_defaults,
)

SCHEMAS = ("shared", "intake", "region", "published", "ext", "tmpl")
# Row counters give exact small numbers past all disclosure control (tenancy §5); locks tell whose tables are in use.
COUNTERS = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'pg_catalog' AND p.proname NOT IN ('pg_stat_get_activity', 'pg_stat_get_backend_idset')
  AND (p.proname LIKE 'pg\\_stat\\_get\\_%' OR p.proname = 'pg_lock_status'
       OR p.proname ~ '^pg_.*_size$' AND p.proname <> 'pg_column_size')
"""
# What fills the disk or the log of all from any login; and large objects, which lie outside every schema: what one
# login leaves there, no right on a table keeps from another.
FOR_NOBODY = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'pg_catalog'
  AND (p.proname LIKE 'lo\\_%' OR p.proname IN ('loread', 'lowrite', 'pg_logical_emit_message'))
"""
TEMPORARY = "1GB"
ESTIMATES = ("reltuples", "relpages", "relallvisible", "relallfrozen")
OTHERS = ("hlt_keys", "hlt_broker", "postgres", "template1")
TRUSTED = (OWNER, PROVISIONER, "pg_monitor")


def bootstrap() -> None:
    """Prepare the server named by HLT_SUPERUSER_URL; a second run changes nothing of substance."""
    with psycopg.connect(settings.HLT_SUPERUSER_URL) as connection:
        _logins(connection)
        _ownership(connection)
        _schemas(connection)
        _close_counters(connection)
        _close_public(connection)
        holds_queue = "hlt_broker" in _databases(connection)
    if holds_queue:
        _broker()


def _logins(connection: Connection) -> None:
    make_login(connection, OWNER)
    make_login(connection, PROVISIONER, attributes="CREATEROLE")
    make_login(connection, BROKER)
    for login in REGION_LOGINS:
        make_login(connection, login)
        set_defaults(connection, login, PATHS[login], read_only=False, limits=JOB_LIMITS)
    connection.execute(f"GRANT {OWNER} TO {PROVISIONER} WITH INHERIT FALSE, SET TRUE")
    set_defaults(connection, OWNER, "shared", read_only=False, limits={})
    set_defaults(connection, PROVISIONER, "shared", read_only=False, limits={})


def _ownership(connection: Connection) -> None:
    name = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO hlt_owner").format(name))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for login in (PROVISIONER, *REGION_LOGINS):
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(login)))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {} WITH GRANT OPTION").format(name, sql.Identifier(PROVISIONER))
    )
    for other in _databases(connection):
        connection.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(sql.Identifier(other)))


def _databases(connection: Connection) -> list[str]:
    """Give the other databases that this server holds: keys and queue have servers of their own in a cluster."""
    found = connection.execute("SELECT datname FROM pg_database WHERE datname = ANY(%s)", (list(OTHERS),))
    return [str(name) for (name,) in found.fetchall()]


def _schemas(connection: Connection) -> None:
    for schema in SCHEMAS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {OWNER}")
    connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")


def _close_counters(connection: Connection) -> None:
    columns = connection.execute(
        "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute "
        "WHERE attrelid = 'pg_class'::regclass AND NOT attisdropped AND attnum > 0 AND attname <> ALL(%s)",
        (list(ESTIMATES),),
    ).fetchone()
    connection.execute("REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC")
    connection.execute(f"GRANT SELECT ({columns[0] if columns else 'oid'}) ON pg_catalog.pg_class TO PUBLIC")
    connection.execute(f"GRANT SELECT ON pg_catalog.pg_class TO {', '.join(TRUSTED)}")
    for (function,) in connection.execute(COUNTERS).fetchall():
        connection.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        connection.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {', '.join(TRUSTED)}")


def _close_public(connection: Connection) -> None:
    for (function,) in connection.execute(FOR_NOBODY).fetchall():
        connection.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
    # Only a superuser may set or lift it: one login's sort must not fill the disk of 15 kommuner.
    connection.execute(f"ALTER DATABASE {connection.info.dbname} SET temp_file_limit = '{TEMPORARY}'")
    connection.execute("REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC")
    connection.execute(f"GRANT USAGE ON LANGUAGE plpgsql TO {OWNER}")


def _broker() -> None:
    """The queue lives in a database of its own, which no other login may enter."""
    with psycopg.connect(settings.HLT_SUPERUSER_URL, dbname="hlt_broker", autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE hlt_broker OWNER TO {BROKER}")
        connection.execute(f"GRANT CREATE, USAGE ON SCHEMA public TO {BROKER}")
