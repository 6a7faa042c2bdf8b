"""Plain SQL as a database login: what an attacker has who got SQL into a page of that login."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.conf import settings

Row = tuple[Any, ...]


def connect(login: str) -> psycopg.Connection[Row]:
    place = settings.DATABASES["default"]
    password = settings.HLT_KEYS.secret(login)
    return psycopg.connect(
        host=place["HOST"], port=place["PORT"], dbname=place["NAME"], user=login, password=password, autocommit=True
    )


def rows(login: str, statement: str, values: Sequence[object] = ()) -> list[Row]:
    """Run one statement and give its rows; statements without rows give an empty list."""
    with connect(login) as connection:
        cursor = connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def sqlstate(login: str, *statements: str) -> str | None:
    """Run statements in one session; give the SQLSTATE of the first that is refused, None when all pass."""
    with connect(login) as connection:
        for statement in statements:
            try:
                connection.execute(statement)
            except psycopg.Error as refusal:
                return refusal.sqlstate
    return None
