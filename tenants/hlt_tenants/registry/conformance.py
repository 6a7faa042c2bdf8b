"""Is every right in the database one that a model declares, and is none missing? (tenancy §6, `hlt kommun check`)"""

from hlt_tenants.registry.harden import harden_kommun
from hlt_tenants.registry.logins import OWNER, Connection
from hlt_tenants.registry.provision import make_logins, provisioner, set_beginnings

GRANTS = """
SELECT format('%%s may %%s on %%s', a.grantee::regrole, a.privilege_type, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
WHERE n.nspname = %(schema)s AND a.grantee <> c.relowner
"""
COLUMN_GRANTS = """
SELECT format('%%s may %%s on %%s.%%s', a.grantee::regrole, a.privilege_type, c.relname, t.attname)
FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
aclexplode(t.attacl) a WHERE n.nspname = %(schema)s
"""
SCHEMA_GRANTS = """
SELECT format('%%s may %%s on the schema', a.grantee::regrole, a.privilege_type)
FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = %(schema)s AND a.grantee <> n.nspowner
"""
POLICIES = """
SELECT
 format('policy %%s on %%s for %%s to %%s using %%s check %%s',
 policyname, tablename, cmd, roles, qual, with_check)
FROM pg_policies WHERE schemaname = %(schema)s
"""
FLAGS = """
SELECT format('%%s is a %%s of %%s, row security %%s', c.relname, c.relkind, c.relowner::regrole, c.relrowsecurity)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %(schema)s
AND c.relkind IN ('r', 'v', 'm')
"""
FUNCTIONS = """
SELECT format('function %%s definer %%s settings %%s', p.proname, p.prosecdef, p.proconfig)
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = %(schema)s
"""
SAMPLES = """
SELECT format('values of %%s.%%s are sampled', c.relname, a.attname)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %(schema)s AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
AND a.attstattarget IS DISTINCT FROM 0
"""
MEMBERSHIPS = """
SELECT format('%%s is a member of %%s', m.member::regrole, m.roleid::regrole) FROM pg_auth_members m
WHERE m.member::regrole::text LIKE %(schema)s || '\\_%%'
"""
BEGINNINGS = """
SELECT format('%%s begins with %%s', s.setrole::regrole, setting)
FROM pg_db_role_setting s, unnest(s.setconfig) setting WHERE s.setrole::regrole::text LIKE %(schema)s || '\\_%%'
"""
PARTS = (BEGINNINGS, GRANTS, COLUMN_GRANTS, SCHEMA_GRANTS, POLICIES, FLAGS, FUNCTIONS, SAMPLES)


def snapshot(connection: Connection, schema: str) -> set[str]:
    """Give every right and policy of a schema as sentences."""
    rows = (connection.execute(part, {"schema": schema}).fetchall() for part in PARTS)
    return {str(row[0]) for found in rows for row in found}


def drift(kommunkod: str) -> list[str]:
    """Say what `harden` would change, without changing it: lines that begin with `extra` or `missing`.

    What it leaves untouched (row security switched off is switched on again, views, owners, memberships) is compared
    with the template. The transaction is rolled back, so a check holds locks for the moment only.
    """
    schema = f"k{kommunkod}"
    with provisioner() as connection:
        before = snapshot(connection, schema) | unexpected(connection, schema)
        set_beginnings(connection, kommunkod)
        connection.execute(f"SET LOCAL ROLE {OWNER}")
        harden_kommun(connection, kommunkod)
        after = snapshot(connection, schema)
        connection.rollback()
    return [f"extra: {line}" for line in sorted(before - after)] + [
        f"missing: {line}" for line in sorted(after - before)
    ]


def repair(kommunkod: str) -> None:
    """Give a kommun's logins their passwords and beginnings again: the part that a login can change by itself."""
    with provisioner() as connection:
        make_logins(connection, kommunkod)


def unexpected(connection: Connection, schema: str) -> set[str]:
    """Give what may never be there, whatever `harden` does: views, memberships of a kommun's login."""
    views = connection.execute("SELECT 'view ' || viewname FROM pg_views WHERE schemaname = %s", (schema,)).fetchall()
    members = connection.execute(MEMBERSHIPS, {"schema": schema}).fetchall()
    return {str(row[0]) for row in (*views, *members)}
