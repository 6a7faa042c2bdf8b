"""What somebody with all rights on the broker, but no key, can put there; and with the key of one kommun."""

import base64
import json
from typing import Any
from uuid import UUID, uuid4

import psycopg

from hlt_identity.errands.messages import Message
from hlt_platform.celery_app import key_of
from postgres import Server


def signed(scope: str, event: UUID, task: str) -> dict[str, Any]:
    """Give the headers that the relay would send."""
    return dict(Message(scope, event, task).headers(key_of(scope), None))


def put(
    server: Server,
    queue: str,
    task: str,
    headers: dict[str, Any],
    *,
    args: tuple[object, ...] = (),
    embed: dict[str, Any] | None = None,
    raw: bytes | None = None,
    content_type: str = "application/json",
) -> None:
    """Write one message into a queue's table, past every client library."""
    body = raw or json.dumps([list(args), {}, embed or {}]).encode()
    own = {"lang": "py", "task": task, "id": str(uuid4()), "root_id": str(uuid4()), "timelimit": [None, None]}
    payload = {
        "body": base64.b64encode(body).decode(),
        "content-encoding": "utf-8" if raw is None else "binary",
        "content-type": content_type,
        "headers": {**own, **headers},
        "properties": {
            "correlation_id": str(uuid4()),
            "body_encoding": "base64",
            "delivery_tag": str(uuid4()),
            "delivery_mode": 2,
            "priority": 0,
            "delivery_info": {"exchange": "", "routing_key": queue},
        },
    }
    with psycopg.connect(server.conninfo(), dbname="hlt_broker") as connection:
        connection.execute("SELECT pgmq.send(%s, %s::jsonb)", (queue, json.dumps(payload)))
        connection.execute("SELECT pg_notify('hlt_sent', '')")


def left(server: Server) -> int:
    """Give how many messages lie in all queues of kommuner."""
    with psycopg.connect(server.conninfo(), dbname="hlt_broker") as connection:
        queues = connection.execute("SELECT queue_name FROM pgmq.meta WHERE queue_name LIKE 'hlt_k%'").fetchall()
        return sum(_count(connection, str(queue)) for (queue,) in queues)


def _count(connection: psycopg.Connection[tuple[Any, ...]], queue: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM pgmq.q_{queue}").fetchone()
    return int(found[0]) if found else 0


def empty(server: Server) -> None:
    """Wipe the broker: every message of every kommun is gone."""
    with psycopg.connect(server.conninfo(), dbname="hlt_broker") as connection:
        queues = connection.execute("SELECT queue_name FROM pgmq.meta WHERE queue_name LIKE 'hlt_k%'").fetchall()
        for (queue,) in queues:
            connection.execute(f"TRUNCATE pgmq.q_{queue}")
