"""Parts of somebody else's: used when they can be, else one sentence that names the variable and holds no secret."""

from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from tests.rendered import named, rendered

import behind
import outside
from hlt_platform.background import rabbit
from hlt_platform.background.consumer import DELAYED, Consumer
from named import CannotUse, checked
from postgres import DATABASES, Server

PLAIN = "secret-of-nobody"


def refused(monkeypatch: pytest.MonkeyPatch, url: str) -> str:
    monkeypatch.setenv("HLT_DATABASE_URL", url)
    with pytest.raises(CannotUse) as told:
        outside.database()
    return str(told.value)


def url(server: Server, user: str, password: str) -> str:
    return f"postgresql://{user}:{password}@/postgres?host={server.sockets}&port=5432"


def test_a_server_of_somebody_else_gets_our_databases(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HLT_DATABASE_URL", url(server, "postgres", server.password))
    told = outside.database()
    assert (told["HLT_DB_HOST"], told["HLT_DB_PORT"]) == (str(server.sockets), "5432")
    assert conninfo_to_dict(told["HLT_SUPERUSER_URL"])["dbname"] == "hlt"
    with psycopg.connect(told["HLT_SUPERUSER_URL"]) as connection:
        asked = "SELECT datname, datlocprovider, datlocale FROM pg_database WHERE datname = ANY(%s) ORDER BY 1"
        found = connection.execute(asked, (list(DATABASES),)).fetchall()
    assert found == [(name, "b", "C.UTF-8") for name in sorted(DATABASES)]


def test_a_server_that_does_not_let_us_in_is_named_without_the_password(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE plain LOGIN PASSWORD '{PLAIN}'")
        connection.execute("GRANT CONNECT ON DATABASE postgres TO plain")
    wrong = refused(monkeypatch, url(server, "postgres", PLAIN))
    away = refused(monkeypatch, f"postgresql://postgres:{PLAIN}@127.0.0.1:1/postgres")
    plain = refused(monkeypatch, url(server, "plain", PLAIN))
    assert "does not let us in: connection failed" in wrong
    assert "password authentication failed" in wrong
    assert "Connection refused" in away
    assert plain == "plain in HLT_DATABASE_URL is no superuser, as making our logins needs."
    assert PLAIN not in wrong + away + plain


@pytest.mark.parametrize("text", ["127.0.0.1", "mysql://a:b@c/d", "postgresql://a:b@c:1/d?sslmode=require"])
def test_an_address_that_is_none_is_answered_by_what_one_looks_like(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(monkeypatch, text).startswith("HLT_DATABASE_URL must be postgresql://")


@pytest.mark.parametrize(
    ("broker", "said"),
    [
        ("redis://127.0.0.1", "HLT_BROKER_URL must be amqp://"),
        (f"amqp://hlt:{PLAIN}@127.0.0.1:1//", "The RabbitMQ that HLT_BROKER_URL names does not answer: "),
    ],
)
def test_a_broker_that_cannot_be_used(broker: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HLT_BROKER_URL", broker)
    with pytest.raises(CannotUse) as told:
        outside.check_broker()
    assert str(told.value).startswith(said)
    assert PLAIN not in str(told.value)


def test_only_who_talks_to_the_broker_is_told_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HLT_BROKER_URL", "amqp://somewhere")
    told = {part for part in behind.PARTS if "HLT_BROKER_URL" in behind.environment(tmp_path, part)}
    assert told == {"relay", "worker_kommun", "worker_region", "worker_identity"}


def test_a_keycloak_needs_its_administrator_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HLT_KEYCLOAK_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("HLT_KEYCLOAK_ADMIN_CLIENT", "someone")
    with pytest.raises(CannotUse, match="HLT_KEYCLOAK_URL needs HLT_KEYCLOAK_ADMIN_SECRET too"):
        outside.keycloak()
    monkeypatch.setenv("HLT_KEYCLOAK_ADMIN_SECRET", PLAIN)
    with pytest.raises(CannotUse, match=r"does not answer: .*refused"):
        outside.keycloak()


def test_queues_on_rabbitmq_are_those_of_the_chart() -> None:
    chart = named(rendered(), "Queue", "hlt-mq-hlt-region")["spec"]
    assert {**chart["arguments"], "x-queue-type": chart["type"]} == rabbit.arguments_of("hlt_region")
    assert named(rendered(), "Queue", "hlt-mq-hlt-region-dead")["spec"]["name"] == rabbit.dead("hlt_region")


def test_a_worker_makes_no_queues_for_late_messages() -> None:
    assert DELAYED in Consumer.__base__.Blueprint.default_steps  # type: ignore[union-attr]
    assert DELAYED not in Consumer.Blueprint.default_steps


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("echo 'openjdk version \"25.0.2\" 2026-01-20' >&2", None),
        ("echo v17.0.15", "which is version 17.0.15; 25 or newer is needed."),
        ("exit 1", "which is no program that tells its version; 25 or newer is needed."),
    ],
)
def test_a_program_named_in_place_of_ours(says: str, told: str | None, tmp_path: Path) -> None:
    program = tmp_path / "java"
    program.write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
    program.chmod(0o700)
    if told is None:
        assert checked("HLT_JAVA_HOME", program, "-version", 25) == program
        return
    with pytest.raises(CannotUse) as refusal:
        checked("HLT_JAVA_HOME", program, "-version", 25)
    assert str(refusal.value) == f"HLT_JAVA_HOME leads to {program}, {told}"
