"""How a part reaches the broker: the relay only sends, a worker only takes, nobody else has a login (operations §1)."""

from dataclasses import dataclass, field
from typing import Any

from psycopg.conninfo import make_conninfo

from hlt_platform.settings.databases import place
from hlt_platform.settings.environment import keys, value

DATABASE = "hlt_broker"
TRANSPORT = "hlt_platform.background.transport:Transport"


@dataclass(frozen=True, slots=True)
class Broker:
    """What Celery is told: an address and the transport's options."""

    url: str
    options: dict[str, Any] = field(default_factory=dict)
    transport: str | None = None


def outside() -> str:
    """Give the address of somebody else's broker; empty for the embedded one."""
    return value("HLT_BROKER_URL")


def broker(login: str, *, visibility_seconds: int) -> Broker:
    """Give the broker of this process: HLT_BROKER_URL where it is set, else pgmq in the same server.

    pgmq's long poll must be off: it blocks on each empty queue in turn. An unread message comes back after the lease.
    """
    if url := outside():
        return Broker(url, {"confirm_publish": True})
    where = place()
    return Broker(
        "pgmq://",
        {
            "conn_string": make_conninfo(
                host=where["HOST"], port=where["PORT"], dbname=DATABASE, user=login, password=keys().secret(login)
            ),
            "init_extension": False,
            "wait_time_seconds": 0,
            "visibility_timeout": visibility_seconds,
            "pool_size": 2,
        },
        TRANSPORT,
    )
