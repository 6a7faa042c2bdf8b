"""What the broker must know before anybody sends.

The embedded one is pgmq in a database of its own, with logins that send, or take from one home's queues.
"""

import psycopg
from django.conf import settings
from pgmq.install import get_embedded_install_sql

from hlt_identity.errands.homes import Home
from hlt_platform.background import rabbit
from hlt_platform.background.queues import names
from hlt_platform.background.tasks import HOMES
from hlt_platform.settings.broker import DATABASE, outside
from hlt_tenants.registry.logins import BROKER, Connection, make_login

SEND = "hlt_broker_send"


def taker(home: Home) -> str:
    return f"hlt_broker_take_{home.code}"


def install_broker() -> int:
    """Make the queues, and for pgmq its schema and logins; give how many queues. A second run changes nothing."""
    if url := outside():
        return rabbit.declare_queues(url, [name for home in HOMES.values() for name in names(home, home.every())])
    with psycopg.connect(settings.HLT_SUPERUSER_URL) as connection:
        for login in (SEND, *map(taker, HOMES.values())):
            make_login(connection, login)
            connection.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {login}")
    with psycopg.connect(settings.HLT_SUPERUSER_URL, dbname=DATABASE) as connection:
        connection.execute(f"SET ROLE {BROKER}")
        if connection.execute("SELECT to_regnamespace('pgmq')").fetchone() == (None,):
            connection.execute(get_embedded_install_sql())
        return sum(_install_home(connection, home) for home in HOMES.values())


def _install_home(connection: Connection, home: Home) -> int:
    queues = names(home, home.every())
    for login in (SEND, taker(home)):
        connection.execute(f"GRANT USAGE ON SCHEMA pgmq TO {login}")
        connection.execute(f"GRANT SELECT ON pgmq.meta TO {login}")
    for queue in queues:
        if connection.execute("SELECT to_regclass(%s)", (f"pgmq.q_{queue}",)).fetchone() == (None,):
            connection.execute("SELECT pgmq.create(%s)", (queue,))
        # Sending answers with the message's number; the sender may read that column and no message.
        connection.execute(f"GRANT INSERT, SELECT (msg_id) ON pgmq.q_{queue} TO {SEND}")
        connection.execute(f"GRANT SELECT, UPDATE, DELETE ON pgmq.q_{queue} TO {taker(home)}")
    return len(queues)
