"""Waiting without asking: one connection that listens for a knock and sleeps until then."""

import time

import psycopg


class Ears:
    """Listens on one channel of one database; without a connection it only waits the time out."""

    def __init__(self, conninfo: str, channel: str) -> None:
        self.conninfo, self.channel = conninfo, channel
        self.connection: psycopg.Connection[tuple[object, ...]] | None = None

    def wait(self, seconds: float) -> None:
        """Return at the next knock, or when the time is over; a knock since the last call returns at once."""
        try:
            next(self._listening().notifies(timeout=seconds, stop_after=1), None)
        except psycopg.Error:
            self.connection = None
            time.sleep(seconds)

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()

    def _listening(self) -> psycopg.Connection[tuple[object, ...]]:
        if self.connection is None or self.connection.closed:
            self.connection = psycopg.connect(self.conninfo, autocommit=True)
            self.connection.execute(f"LISTEN {self.channel}")
        return self.connection
