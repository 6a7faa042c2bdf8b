"""A new kommun in one transaction: logins, clone of the template, rights, and last the row that routes (tenancy §6)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import psycopg
from django.conf import settings
from psycopg import sql

from hlt_tenants.registry.branches import BRANCHES, KIND_OF_BRANCH
from hlt_tenants.registry.harden import harden_kommun
from hlt_tenants.registry.logins import (
    JOB_LIMITS,
    LIMITS,
    OWNER,
    PROVISIONER,
    Connection,
    kommun_logins,
    make_login,
    set_defaults,
)
from hlt_tenants.registry.swedish import sort_key

PROVISION_LOCK = 7_241_480
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'tmpl' ORDER BY 1"
FOREIGN_KEYS = """
SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c
JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'tmpl' AND c.contype = 'f' ORDER BY 1, 2
"""
FUNCTIONS = """
SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'tmpl'
"""
TRIGGERS = """
SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = r.relnamespace WHERE n.nspname = 'tmpl' AND NOT t.tgisinternal ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class KommunFacts:
    """One row of data/kommuner.csv: official figures (SCB), no invention."""

    kommunkod: str
    name: str
    slug: str
    area: str
    population: int
    children_0_15: int


def known_kommuner() -> tuple[KommunFacts, ...]:
    """Give the 15 kommuner of Västerbotten in the order of their codes."""
    text = files("hlt_tenants.registry").joinpath("data/kommuner.csv").read_text(encoding="utf-8")
    return tuple(
        KommunFacts(
            row["kommunkod"],
            place_name(row["official_name"], row["slug"]),
            row["slug"],
            row["area"],
            int(row["pop_2024"]),
            int(row["age0_15_2023"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


def place_name(official: str, slug: str) -> str:
    """Give the place's own name: "Nordmalings kommun" is Nordmaling, "Vännäs kommun" is Vännäs, as their slugs say."""
    name = official.removesuffix(" kommun")
    return name if slug.endswith("s") else name.removesuffix("s")


def provisioner() -> Connection:
    """Log in as the role that may make roles; everything else it does as owner."""
    place = settings.DATABASES["provisioner"]
    return psycopg.connect(
        host=place["HOST"],
        port=place["PORT"],
        dbname=place["NAME"],
        user=PROVISIONER,
        password=settings.HLT_KEYS.secret(PROVISIONER),
    )


def exists(connection: Connection, schema: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,)).fetchone() is not None


def create(facts: KommunFacts, domain: str) -> bool:
    """Make a kommun that pages can open; a failure leaves nothing, a second call changes nothing and gives False."""
    with provisioner() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (PROVISION_LOCK,))
        if exists(connection, f"k{facts.kommunkod}"):
            return False
        make_logins(connection, facts.kommunkod)
        connection.execute(f"SET LOCAL ROLE {OWNER}")
        clone(connection, f"k{facts.kommunkod}")
        harden_kommun(connection, facts.kommunkod)
        register(connection, facts, domain)
    return True


def make_logins(connection: Connection, kommunkod: str) -> None:
    """Make or mend one login per branch and service: password, beginnings, the way into the database."""
    database = sql.Identifier(connection.info.dbname)
    for login in kommun_logins(kommunkod).values():
        make_login(connection, login)
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(login)))
    set_beginnings(connection, kommunkod)


def set_beginnings(connection: Connection, kommunkod: str) -> None:
    """Fix each login's search_path, and that it is read-only until `change()` says else."""
    for kind, login in kommun_logins(kommunkod).items():
        limits = JOB_LIMITS if kind in ("jobs", "relay") else LIMITS
        set_defaults(connection, login, f"k{kommunkod}, shared", limits=limits)


def clone(connection: Connection, schema: str) -> None:
    """Copy the template's tables, keys, functions, triggers and seed rows; LIKE brings no grants, which is right."""
    connection.execute(f"CREATE SCHEMA {schema}")
    tables = [str(row[0]) for row in connection.execute(TABLES).fetchall()]
    for table in tables:
        connection.execute(f'CREATE TABLE {schema}."{table}" (LIKE tmpl."{table}" INCLUDING ALL)')
    for table in tables:
        connection.execute(f'INSERT INTO {schema}."{table}" OVERRIDING SYSTEM VALUE SELECT * FROM tmpl."{table}"')
    for statement in _keys_and_code(connection):
        connection.execute(statement.replace("tmpl.", f"{schema}."))
    connection.execute(
        f"SELECT setval(pg_get_serial_sequence('{schema}.django_migrations', 'id'), "
        f"(SELECT max(id) FROM {schema}.django_migrations))"
    )


def _keys_and_code(connection: Connection) -> Iterator[str]:
    # With an empty path every name in a definition is written out with its schema, so replacing is exact.
    connection.execute("SET LOCAL search_path = ''")
    for table, name, definition in connection.execute(FOREIGN_KEYS).fetchall():
        yield f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
    for query in (FUNCTIONS, TRIGGERS):
        for (definition,) in connection.execute(query).fetchall():
            yield str(definition)


def register(connection: Connection, facts: KommunFacts, domain: str) -> None:
    """Write the rows that make the kommun known: branches, the kommun itself, and last the host that routes."""
    for code in BRANCHES:
        connection.execute(
            "INSERT INTO shared.branch (kommunkod, code, kind, legal_form) VALUES (%s, %s, %s, 'public')",
            (facts.kommunkod, code, KIND_OF_BRANCH[code]),
        )
    connection.execute(
        "INSERT INTO shared.kommun (schema_name, kommunkod, name, slug, area, sort_key, state, population, "
        "children_0_15, opened_at) VALUES (%s, %s, %s, %s, %s, %s, 'open', %s, %s, now())",
        (
            f"k{facts.kommunkod}",
            facts.kommunkod,
            facts.name,
            facts.slug,
            facts.area,
            sort_key(facts.name),
            facts.population,
            facts.children_0_15,
        ),
    )
    connection.execute(
        "INSERT INTO shared.host (domain, is_primary, tenant_id) VALUES (%s, true, %s)",
        (f"{facts.slug}.{domain}", facts.kommunkod),
    )
