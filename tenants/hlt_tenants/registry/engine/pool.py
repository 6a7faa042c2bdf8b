"""Idle connections by login, without threads: one budget per process, newest first, least recently used out first."""

import os
import random
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import OperationalError
from psycopg import Connection
from psycopg import Error as PsycopgError
from psycopg.pq import TransactionStatus

IDLE_SECONDS = 60.0
CHECK_AFTER_SECONDS = 5.0
LIFETIME_SECONDS = 30 * 60.0

Key = tuple[str, ...]
AnyConnection = Connection[Any]


@dataclass(frozen=True, slots=True)
class Idle:
    connection: AnyConnection
    since: float


@dataclass
class Pool:
    """Connections of this process. `budget` counts those in use and those idle together."""

    budget: int
    idle: "OrderedDict[Key, list[Idle]]" = field(default_factory=OrderedDict)
    dies_at: "WeakKeyDictionary[AnyConnection, float]" = field(default_factory=WeakKeyDictionary)
    takes: int = 0
    evictions: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    inherited: list[Any] = field(default_factory=list)

    def take(self, key: Key) -> AnyConnection | None:
        """Give a usable idle connection of that login, or None: then open one and `register` it."""
        with self.lock:
            self.takes += 1
            self._close_stale()
            while found := self._pop(key):
                if self._usable(found):
                    return found.connection
                found.connection.close()
            self._make_room()
            return None

    def register(self, connection: AnyConnection) -> None:
        """Count a connection just opened; its end is drawn so that not all end at once."""
        dies_at = time.monotonic() + LIFETIME_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311
        # Under the lock: another thread may be counting.
        with self.lock:
            self.dies_at[connection] = dies_at

    def give(self, key: Key, connection: AnyConnection) -> None:
        """Take a connection back, or close it when it is broken, in a transaction or too old."""
        with self.lock:
            if connection not in self.dies_at:
                self.inherited.append(connection)
            elif connection.closed or not self._at_rest(connection):
                connection.close()
            else:
                self.idle.setdefault(key, []).append(Idle(connection, time.monotonic()))
                self.idle.move_to_end(key)
            self._close_stale()

    def forget(self) -> None:
        """After a fork: what was inherited belongs to the parent, so keep it unclosed and begin anew."""
        self.inherited.append((self.idle, list(self.dies_at)))
        self.idle, self.dies_at = OrderedDict(), WeakKeyDictionary()
        self.lock = threading.Lock()

    def close_all(self) -> None:
        """Close every idle connection (shutting down, tests)."""
        with self.lock:
            for _key, kept in self.idle.items():
                for one in kept:
                    one.connection.close()
            self.idle.clear()

    def open_count(self) -> int:
        return sum(not connection.closed for connection in self.dies_at)

    def _pop(self, key: Key) -> Idle | None:
        kept = self.idle.get(key)
        return kept.pop() if kept else None

    def _at_rest(self, connection: AnyConnection) -> bool:
        young = self.dies_at[connection] > time.monotonic()
        return young and connection.info.transaction_status == TransactionStatus.IDLE

    def _usable(self, found: Idle) -> bool:
        if found.connection.closed:
            return False
        if time.monotonic() - found.since < CHECK_AFTER_SECONDS:
            return True
        try:
            found.connection.execute("")
        except PsycopgError:
            return False
        return True

    def _make_room(self) -> None:
        while self.open_count() >= self.budget:
            key = next((key for key, kept in self.idle.items() if kept), None)
            if key is None:
                raise OperationalError("every connection of this process is in use (HLT_DB_CONNECTIONS)")
            self.idle[key].pop(0).connection.close()
            self.evictions += 1

    def _close_stale(self) -> None:
        limit = time.monotonic() - IDLE_SECONDS
        for kept in self.idle.values():
            while kept and kept[0].since < limit:
                kept.pop(0).connection.close()


POOL = Pool(budget=settings.HLT_DB_CONNECTIONS)
os.register_at_fork(after_in_child=POOL.forget)
