"""Exactly the rights the models declare, and no others: revoke all, then grant and police (tenancy §4.2, §6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from hlt_tenants.registry.branches import BRANCHES
from hlt_tenants.registry.kommun_model import Border, KommunModel
from hlt_tenants.registry.logins import Connection, kommun_logins

GRANTEES = """
SELECT DISTINCT a.grantee::regrole FROM pg_namespace n
LEFT JOIN pg_class c ON c.relnamespace = n.oid LEFT JOIN pg_attribute t ON t.attrelid = c.oid
LEFT JOIN pg_proc p ON p.pronamespace = n.oid,
LATERAL (SELECT * FROM aclexplode(n.nspacl) UNION ALL SELECT * FROM aclexplode(c.relacl)
         UNION ALL SELECT * FROM aclexplode(t.attacl) UNION ALL SELECT * FROM aclexplode(p.proacl)) a
WHERE n.nspname = %(schema)s AND a.grantee NOT IN (0, n.nspowner)
"""
# Values that ANALYZE sampled of a table whose rows not every reader sees: the planner's guesses tell them past row
# security, since `=` and `<` are leakproof (PostgreSQL, "Statistics Used by the Planner" and "Row Security Policies").
SAMPLED = """
SELECT quote_ident(attname), pg_clear_attribute_stats(%(schema)s, %(table)s, attname, false)
FROM pg_attribute WHERE attrelid = format('%%I.%%I', %(schema)s::text, %(table)s::text)::regclass
AND attnum > 0 AND NOT attisdropped AND attstattarget IS DISTINCT FROM 0
"""
ON_SHELL = "EXISTS (SELECT 1 FROM {schema}.hlt_case c WHERE c.id = case_id)"


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy for one login: command, what is seen, what may be written."""

    command: str
    using: str | None
    check: str | None


@dataclass(frozen=True, slots=True)
class Right:
    """What one login gets on one table."""

    login: str
    privileges: str
    policies: tuple[Policy, ...]


EVERY_ROW = (Policy("ALL", "true", "true"),)
UNCHANGED = (Policy("SELECT", "true", None), Policy("UPDATE", "true", "true"), Policy("DELETE", "true", None))


def inserting(check: str | None) -> tuple[Policy, ...]:
    """Give the policies of a login that sees every row; with a check it may insert only such rows."""
    return EVERY_ROW if check is None else (*UNCHANGED, Policy("INSERT", None, check))


def branch_right(model: type[KommunModel], schema: str, login: str, branch: str) -> Right:
    """Derive a branch login's right from the table's class; the predicate is a constant, never a setting."""
    own = f"owner_branch = '{branch}'"
    seen = f"seen_by @> '{{{branch}}}'"
    hang = ON_SHELL.format(schema=schema)
    delete = ", DELETE" if model.may_delete else ""
    rights: dict[Border, tuple[str, tuple[Policy, ...]]] = {
        Border.BRANCH: (f"SELECT, INSERT, UPDATE{delete}", (Policy("ALL", own, own),)),
        Border.COPY: (
            "SELECT, INSERT",
            (
                Policy("SELECT", own, None),
                Policy("INSERT", None, f"from_branch = '{branch}' AND owner_branch <> '{branch}'"),
            ),
        ),
        Border.SHELL: (
            "SELECT, INSERT, UPDATE",
            (Policy("SELECT", seen, None), Policy("INSERT", None, seen), Policy("UPDATE", seen, "true")),
        ),
        Border.HANG: (f"SELECT, INSERT, UPDATE{delete}", (Policy("ALL", hang, hang),)),
        Border.COMMON: ("SELECT", (Policy("SELECT", "true", None),)),
        Border.QUEUE: ("INSERT", (Policy("INSERT", None, model.insert_checks.get("branches", "true")),)),
        Border.AUDIT: (
            "SELECT, INSERT",
            (Policy("SELECT", own, None), Policy("INSERT", None, f"{own} AND controller = '{branch}'")),
        ),
        Border.RECEIPT: ("SELECT, INSERT", (Policy("SELECT", own, None), Policy("INSERT", None, "true"))),
        Border.FACT: ("INSERT", (Policy("INSERT", None, "true"),)),
    }
    privileges, policies = rights[model.border]
    return Right(login, privileges, policies)


def kommun_rights(model: type[KommunModel], kommunkod: str) -> Iterator[Right]:
    """Give every login's right on one kommun table; who is not named has none."""
    logins = kommun_logins(kommunkod)
    for branch in () if model.border is Border.SERVICE else BRANCHES:
        yield branch_right(model, f"k{kommunkod}", logins[branch], branch)
    for kind, privileges in model.service_rights.items():
        yield Right(logins[kind], privileges, inserting(model.insert_checks.get(kind)))


def shared_rights(model: type[Model], kommunkoder: tuple[str, ...]) -> Iterator[Right]:
    """Give every login's right on a shared or regional table, row by row where `row_key` says so."""
    grants: dict[str, str] = getattr(model, "grants", {})
    row_key: str | None = getattr(model, "row_key", None)
    checks: dict[str, str] = getattr(model, "insert_checks", {})
    for name, privileges in grants.items():
        if name.startswith("hlt_"):
            own = name == "hlt_region" and row_key is not None
            yield Right(name, privileges, _rows(row_key, "region") if own else inserting(checks.get(name)))
            continue
        for kod in kommunkoder:
            kinds = BRANCHES if name == "branches" else (name,)
            for kind in kinds:
                yield Right(kommun_logins(kod)[kind], privileges, _rows(row_key, kod))


def _rows(row_key: str | None, value: str) -> tuple[Policy, ...]:
    return EVERY_ROW if row_key is None else (Policy("ALL", f"{row_key} = '{value}'", f"{row_key} = '{value}'"),)


def kommun_models() -> list[type[KommunModel]]:
    return [m for m in apps.get_models(include_auto_created=True) if issubclass(m, KommunModel)]


def fixed_models(schema: str) -> list[type[Model]]:
    """Give the models of `shared`, or of one of the region's schemas."""
    return [m for m in apps.get_models(include_auto_created=True) if _schema(m) == schema]


def _schema(model: type[Any]) -> str | None:
    return "shared" if getattr(model, "home", None) == "SHARED" else getattr(model, "schema", None)


def harden_kommun(connection: Connection, kommunkod: str) -> None:
    """Give a kommun's schema exactly its rights; a second run ends in the same catalog."""
    schema = f"k{kommunkod}"
    logins = list(kommun_logins(kommunkod).values())
    _strip(connection, schema)
    for login in logins:
        connection.execute(f"GRANT USAGE ON SCHEMA {schema} TO {login}")
    for model in kommun_models():
        _grant(connection, schema, model._meta.db_table, list(kommun_rights(model, kommunkod)))


def harden_fixed(connection: Connection, schema: str, kommunkoder: tuple[str, ...]) -> None:
    """The same for `shared`, `intake`, `region` and `published`."""
    kommun = [login for kod in kommunkoder for login in kommun_logins(kod).values()]
    _strip(connection, schema)
    users: set[str] = set()
    for model in fixed_models(schema):
        rights = list(shared_rights(model, kommunkoder))
        _grant(connection, schema, model._meta.db_table, rights, is_view=getattr(model, "is_view", False))
        users |= {right.login for right in rights} | _functions(connection, schema, model)
    if schema == "shared":
        users |= set(kommun)
    for login in sorted(users):
        connection.execute(f"GRANT USAGE ON SCHEMA {schema} TO {login}")


def _functions(connection: Connection, schema: str, model: type[Model]) -> set[str]:
    """Let one login call each guarded function that a regional model names; give those logins."""
    functions: dict[str, str] = getattr(model, "functions", {})
    for signature, login in functions.items():
        connection.execute(f"GRANT EXECUTE ON FUNCTION {schema}.{signature} TO {login}")
    return set(functions.values())


def _strip(connection: Connection, schema: str) -> None:
    """Take every right from everybody who has one here, also from those who never should have had it."""
    names = ", ".join(["PUBLIC", *(str(row[0]) for row in connection.execute(GRANTEES, {"schema": schema}).fetchall())])
    connection.execute(f"REVOKE ALL ON SCHEMA {schema} FROM {names}")
    connection.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {names}")
    connection.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {names}")
    connection.execute(f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {schema} FROM {names}")
    found = connection.execute("SELECT tablename, policyname FROM pg_policies WHERE schemaname = %s", (schema,))
    for table, policy in found.fetchall():
        connection.execute(f"DROP POLICY {policy} ON {schema}.{table}")


def _hides_rows(rights: list[Right]) -> bool:
    return any(policy.using not in (None, "true") for right in rights for policy in right.policies)


def _forget_samples(connection: Connection, schema: str, table: str) -> None:
    """Let ANALYZE keep a table's size and no value of it, and throw away what it kept."""
    columns = [row[0] for row in connection.execute(SAMPLED, {"schema": schema, "table": table}).fetchall()]
    if columns:
        actions = ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in columns)
        connection.execute(f'ALTER TABLE {schema}."{table}" {actions}')


def _grant(connection: Connection, schema: str, table: str, rights: list[Right], *, is_view: bool = False) -> None:
    name = f'{schema}."{table}"'
    if _hides_rows(rights) and not is_view:
        _forget_samples(connection, schema, table)
    if not is_view:
        connection.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
    for right in rights:
        connection.execute(f"GRANT {right.privileges} ON {name} TO {right.login}")
        for policy in () if is_view else right.policies:
            using = f" USING ({policy.using})" if policy.using else ""
            check = f" WITH CHECK ({policy.check})" if policy.check else ""
            title = f"{right.login}_{policy.command.lower()}"
            connection.execute(f"CREATE POLICY {title} ON {name} FOR {policy.command} TO {right.login}{using}{check}")
