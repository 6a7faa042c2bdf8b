"""Migrations, schema by schema: shared and regional ones, the template, then every kommun."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import ProgrammingError, connections
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor

from hlt_tenants.registry.fitting import DoesNotFit, check_known, check_tables
from hlt_tenants.registry.router import migrating
from hlt_tenants.registry.rules import checked_identifier

FIXED_SCHEMAS = ("shared", "intake", "region", "published")
TEMPLATE = "tmpl"


@contextmanager
def owner_in(schema: str) -> Iterator[None]:
    """Log in as owner with that one schema on the path, and let migrations know which one it is."""
    connection = connections["owner"]
    connection.close()
    before = connection.settings_dict["OPTIONS"]["options"]
    connection.settings_dict["OPTIONS"]["options"] = (
        f"-c search_path={checked_identifier(schema)} -c lock_timeout=500ms"
    )
    kind = "kommun" if schema == TEMPLATE or schema.startswith("k2") else schema
    token = migrating.set(kind)
    try:
        yield
    finally:
        migrating.reset(token)
        connection.close()
        connection.settings_dict["OPTIONS"]["options"] = before


def migrate_schema(schema: str) -> int:
    """Bring one schema to the newest migrations; give how many were applied. Raise DoesNotFit when none lead there."""
    with owner_in(schema):
        try:
            executor = MigrationExecutor(connections["owner"])
            check_known(schema, executor)
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
            if plan:
                executor.migrate(executor.loader.graph.leaf_nodes(), plan=plan)
        except (ProgrammingError, InconsistentMigrationHistory) as fault:
            raise DoesNotFit(schema, f"{type(fault.__cause__ or fault).__name__} while migrating") from fault
        check_tables(schema)
        return len(plan)


def migrate_fixed() -> dict[str, int]:
    """Migrate the schemas that are not a kommun's, and the template from which kommuner are made."""
    return {schema: migrate_schema(schema) for schema in (*FIXED_SCHEMAS, TEMPLATE)}
