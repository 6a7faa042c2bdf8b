"""Whether a schema is one that this version can use: made by it, or by one from which its migrations lead here."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connections, router
from django.db.migrations.executor import MigrationExecutor

COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s"
Columns = set[tuple[str, str]]


class DoesNotFit(Exception):
    """A schema was made by another version; the text says which schema and how it shows."""

    def __init__(self, schema: str, sign: str) -> None:
        super().__init__(
            f"Schema {schema} was made by another version of HLT, and no migration leads from there to this one: "
            f"{sign}."
        )


def check_known(schema: str, executor: MigrationExecutor) -> None:
    """Raise DoesNotFit when a migration was applied that this version does not have."""
    unknown = sorted(set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations))
    if unknown:
        raise DoesNotFit(schema, f"migration {'.'.join(unknown[0])} is unknown here")


def check_tables(schema: str) -> None:
    """Raise DoesNotFit when a table lacks a column of its model or has one more: a first migration was rewritten."""
    wanted = set(_declared())
    with connections["owner"].cursor() as cursor:
        cursor.execute(COLUMNS, [schema])
        tables = {table for table, _ in wanted}
        found: Columns = {(table, column) for table, column in cursor.fetchall() if table in tables}
    for different, how in ((wanted - found, "missing"), (found - wanted, "unknown here")):
        if different:
            raise DoesNotFit(schema, f"column {'.'.join(min(different))} is {how}")


def _declared() -> Iterator[tuple[str, str]]:
    """Give table and column of every model that lies in the schema which is being migrated."""
    for model in apps.get_models():
        if model._meta.managed and router.allow_migrate_model("owner", model):
            for field in model._meta.local_concrete_fields:
                yield model._meta.db_table, str(field.column)
