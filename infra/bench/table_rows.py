"""900 rows of a released table: GraphQL with everything around it, against psycopg and orjson with nothing around."""

import time
from typing import Any
from uuid import UUID, uuid5

import orjson
import psycopg

import ground
from postgres import Server

FIRST, LAST = 1965, 2024
ROWS = """query ($input: TableInput!) { table(input: $input) { cellCount cells {
  municipality { code name } period value status low high } } }"""
COLUMNS = """query ($input: TableInput!) { table(input: $input) { cellCount columns {
  place period value status low high } } }"""
WANTED = {"indicator": "I03", "place": "MUNICIPALITY", "period": "YEAR", "from": str(FIRST), "to": str(LAST)}
FLOOR = """SELECT place, period, value, status, low, high FROM published.cell_now
WHERE table_code = 'new.municipality.year' AND period BETWEEN %s AND %s ORDER BY id"""
NAMES = UUID("7d8c5a1e-4a59-4a0a-9d5a-0d9b7a3f7a10")


def fill(server: Server) -> None:
    """Put one release with 15 kommuner × 60 years there, past all protection: it measures, it tells nothing."""
    from hlt_graphql.releases.places import municipalities

    release = uuid5(NAMES, "release")
    with psycopg.connect(server.conninfo()) as connection:
        connection.execute(
            "INSERT INTO published.release (id, seq, kind, period, plan, frozen_at, coverage, report, digest, "
            "previous_digest, signature, key_id, published_at) VALUES (%s, 1, 'YEAR', '2024', 'bench', '', %s, '{}', "
            "%s, %s, '', '', now())",
            (release, orjson.dumps({"expected": 15, "missing": []}).decode(), "a" * 64, "0" * 64),
        )
        cells = [
            (f"{place.kommunkod}-{year}", place.kommunkod, str(year), *value(number))
            for number, place in enumerate(municipalities())
            for year in range(FIRST, LAST + 1)
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO published.cell (release_id, cell_id, table_code, population, level, place, period, "
                "coordinates, status, value, low, high, note) VALUES "
                "(%s, %s, 'new.municipality.year', 'NEW', 'MUNICIPALITY', %s, %s, '', %s, %s, %s, %s, '')",
                [(release, *cell) for cell in cells],
            )


def value(number: int) -> tuple[str, int | None, int | None, int | None]:
    return ("PROTECTED", None, 0, 4) if number % 3 == 0 else ("SHOWN", 40 + number, None, None)


def asking(query: str) -> Any:
    """Give a call that asks through the real view, as a process leader with a bearer token."""
    from django.test import RequestFactory
    from tests.cast import actor

    from hlt_graphql.api.http import graphql

    body = orjson.dumps({"query": query, "variables": {"input": WANTED}})
    factory, who = RequestFactory(SERVER_NAME="region.hlt.localhost"), actor("rut")

    def call() -> bytes:
        request = factory.post(
            "/graphql", body, content_type="application/json", headers={"Authorization": "Bearer rut"}
        )
        request.bearer, request.received_at = who, time.time()  # type: ignore[attr-defined]
        answer: bytes = graphql(request).content
        return answer

    return call


def floor(connection: psycopg.Connection[Any]) -> Any:
    """Give a call that does the least that could give the same rows."""
    from hlt_graphql.releases.places import municipalities

    names = {place.kommunkod: {"code": place.kommunkod, "name": place.name} for place in municipalities()}
    keys = ("period", "value", "status", "low", "high")

    def call() -> bytes:
        with connection.cursor(binary=True) as cursor:
            rows = cursor.execute(FLOOR, (str(FIRST), str(LAST)), prepare=True).fetchall()
        cells = [{"municipality": names[place], **dict(zip(keys, rest, strict=True))} for place, *rest in rows]
        return orjson.dumps({"data": {"table": {"cellCount": len(cells), "cells": cells}}})

    return call


def run(server: Server) -> None:
    fill(server)
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        least = floor(connection)
        wanted = orjson.loads(least())["data"]["table"]
        asked = orjson.loads(asking(ROWS)())
        if asked["data"]["table"] != wanted:
            raise SystemExit("the two ways do not give the same rows, so comparing them says nothing")
        low = ground.measured(server, least, rounds=7, times=60)
        ways = {"rows": asking(ROWS), "columns": asking(COLUMNS)}
        costs = {name: ground.measured(server, call, rounds=7, times=60) for name, call in ways.items()}
    ground.tell(f"{wanted['cellCount']} rows of a table      own CPU ms  database ms   × floor")
    ground.tell(f"  psycopg + orjson (floor)  {low.own:8.2f}  {low.database:8.2f}     1.00")
    for name, cost in costs.items():
        ratio = cost.both / low.both
        ground.tell(f"  GraphQL, {name:16} {cost.own:8.2f}  {cost.database:8.2f}   {ratio:6.2f}")
