"""kombu's pgmq transport, woken by the sender instead of asking fifteen empty queues twenty times a second.

Asking every 50 ms cost 6 % of a core in an idle worker and 7 % in its server connection; asking rarely made a task
wait. A knock (NOTIFY without a word) does neither, and if it is lost the queues are asked once a second (ADR 0011).
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty
from typing import Any, ClassVar

import psycopg
from kombu.transport import pgmq

from hlt_platform.background.ears import Ears

KNOCK = "hlt_sent"
IDLE_SECONDS = 1.0
BUSY_SECONDS = 0.01
STANDS_SECONDS = 60.0  # a consumer asks anew every other second, also while every slot is taken
# Names of queues are ours and checked when they are made: letters, digits, underscores.
VISIBLE = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM pgmq.q_{0} WHERE vt <= clock_timestamp())"


class Channel(pgmq.Channel):
    """Knocks after each message, and reads only from queues that have one."""

    def _put(self, queue: str, message: dict[str, Any], **kwargs: Any) -> None:
        super()._put(queue, message, **kwargs)  # type: ignore[no-untyped-call]
        self.pgmq._execute("SELECT pg_notify(%s, '')", (KNOCK,))

    def _get_bulk(self, queue: str, *args: Any, **kwargs: Any) -> None:
        transport: Any = self.connection
        if queue not in transport.ready:
            raise Empty
        super()._get_bulk(queue, *args, **kwargs)  # type: ignore[no-untyped-call]

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        with self._freed(delivery_tag):
            super().basic_ack(delivery_tag, multiple)  # type: ignore[no-untyped-call]

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        with self._freed(delivery_tag):
            super().basic_reject(delivery_tag, requeue)  # type: ignore[no-untyped-call]

    @contextmanager
    def _freed(self, delivery_tag: str) -> Iterator[None]:
        """Free a message's slot even when the broker cannot be told; the message comes back and its row is skipped.

        A slot that stays taken is never given back: Celery only writes the error down, and the worker stands for good.
        """
        try:
            yield
        except psycopg.Error:
            self.qos.ack(delivery_tag)
            raise

    def visible(self) -> set[str]:
        """Give the queues that have a message to read now: one question instead of one per queue."""
        asked = " UNION ALL ".join(VISIBLE.format(queue) for queue in self._active_queues)
        return {name for (name,) in self.pgmq._execute_with_result(asked)} if asked else set()


class Transport(pgmq.Transport):
    """Waits for a knock while nothing is in work, and looks often while a slot may become free."""

    Channel = Channel
    ears: Ears | None = None
    ready: frozenset[str] = frozenset()
    # When the process's only consumer last asked, in seconds of the monotonic clock; None without a connection.
    turned: ClassVar[float | None] = None

    @classmethod
    def stands(cls, now: float) -> bool:
        """Tell whether the consumer is connected and has not asked for a minute: it will take nothing any more."""
        return cls.turned is not None and now - cls.turned > STANDS_SECONDS

    def drain_events(self, connection: Any, timeout: float | None = None, **_kwargs: Any) -> None:
        """Deliver what there is; raise socket.timeout when nothing came in time, as kombu's consumers expect."""
        Transport.turned = time.monotonic()
        limit = time.monotonic() + (timeout or IDLE_SECONDS)
        cycle: Any = self.cycle
        while True:
            self.ready = frozenset().union(*(channel.visible() for channel in self._consuming()))
            try:
                cycle.get(self._deliver, timeout=timeout)
            except Empty:
                left = limit - time.monotonic()
                if left <= 0:
                    raise socket.timeout from None  # noqa: UP041
                self._pause(left)
            else:
                return

    def close_connection(self, connection: Any) -> None:
        Transport.turned = None
        super().close_connection(connection)
        if self.ears is not None:
            self.ears.close()

    def _consuming(self) -> list[Any]:
        """Give the channels with a slot to fill; while there is none, nothing is asked."""
        return [channel for channel in self.channels or () if channel._consumers and channel.qos.can_consume()]

    def _pause(self, left: float) -> None:
        if any(channel.qos._delivered for channel in self.channels or ()):
            time.sleep(min(BUSY_SECONDS, left))
            return
        if self.ears is None:
            self.ears = Ears(knocked_at(self.client), KNOCK)
        self.ears.wait(min(IDLE_SECONDS, left))


def knocked_at(client: Any) -> str:
    """Give the address of the queues' own database, as the settings named it."""
    return str(client.transport_options["conn_string"])
