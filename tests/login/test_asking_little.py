"""Who comes with a page is asked of the database in three questions, each time anew: more would cost every page."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from tests.login.issuer import Realm
from tests.login.signing import region_hat, signed_in, someone, team_hat

Asked = list[tuple[str, str]]
TABLES = {"2481": ["session", "realm_link", "team_membership"], "region": ["session", "realm_link", "region_member"]}


@contextmanager
def listening() -> Iterator[Asked]:
    """Give every statement of the block as (alias, SQL), in the order in which they were sent."""
    asked: Asked = []

    def by(alias: str) -> Callable[..., Any]:
        def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            asked.append((alias, sql))
            return execute(sql, params, many, context)

        return note

    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(by(alias)))
        yield asked


def nurse_of_lycksele(realm: Realm) -> Client:
    karin = someone()
    team_hat(karin)
    return signed_in(realm, karin)


def member_of_the_region(realm: Realm) -> Client:
    rut = someone("idp-region")
    region_hat(rut)
    return signed_in(realm, rut, "region", "region")


WHO = {"2481": (nurse_of_lycksele, "door"), "region": (member_of_the_region, "regional")}


@pytest.mark.parametrize("kommunkod", WHO)
def test_who_comes_is_asked_in_three_questions_by_the_hosts_own_login(realm: Realm, kommunkod: str) -> None:
    sign_in, own = WHO[kommunkod]
    client = sign_in(realm)
    client.get("/session")
    for _time in range(2):
        with listening() as asked:
            assert client.get("/session").status_code == 204
        assert [alias for alias, _sql in asked] == [own] * 3
        assert all(
            f"FROM {table} " in sql.replace('"', "") for table, (_, sql) in zip(TABLES[kommunkod], asked, strict=True)
        )


def test_the_first_page_of_a_kommun_asks_its_door_no_more_than_that(realm: Realm) -> None:
    client = nurse_of_lycksele(realm)
    client.get("/")
    with listening() as asked:
        assert client.get("/").status_code == 200
    assert [alias for alias, _sql in asked].count("door") == 3
    assert {alias for alias, _sql in asked} == {"door", "default", "regional"}
