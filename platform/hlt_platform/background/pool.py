"""Celery's pool of processes with locks that a killed process cannot take to its grave (ADR 0015).

billiard guards the two pipes that its processes share by semaphores. An idle process holds one of them as long as it
waits for work, so whoever kills an idle process, as the kernel does when memory is short, stops the pool for good.
"""

import fcntl
import tempfile
from typing import Any, Self

from billiard.pool import Pool as BlockingPool
from celery.concurrency import prefork


class DeathReleasedLock:
    """A lock between a process and its forks; the kernel lets it go when its holder ends, however it ends.

    It keeps out other processes, not other threads of the same one: POSIX record locks belong to a process.
    """

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()

    def acquire(self) -> None:
        fcntl.lockf(self.file, fcntl.LOCK_EX)

    def release(self) -> None:
        fcntl.lockf(self.file, fcntl.LOCK_UN)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()


class Pool(BlockingPool):
    """Processes that share two pipes. What the parent's threads write is so short that a pipe takes it whole."""

    _inqueue: Any
    _outqueue: Any

    def _setup_queues(self) -> None:
        super()._setup_queues()  # type: ignore[misc]
        self._inqueue._rlock = DeathReleasedLock()
        self._outqueue._wlock = DeathReleasedLock()


class TaskPool(prefork.TaskPool):
    """What a worker without an event loop runs its tasks in; with one (RabbitMQ) each process has pipes of its own."""

    BlockingPool = Pool
