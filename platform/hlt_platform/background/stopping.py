"""Celery's worker, whose time to stop is over when its last task has ended.

Celery 5.7 sleeps through `worker_soft_shutdown_timeout` from first to last second when it began with a task in hand
(celery#9505).
"""

import time

from celery.apps import worker
from celery.worker.state import reserved_requests

LOOK_SECONDS = 0.1


class Worker(worker.Worker):
    """Takes nothing new when told to stop, and waits for what it has, no longer than the setting says.

    An event loop (RabbitMQ) hears of no end while it waits, so there the whole time passes as before.
    """

    def wait_for_soft_shutdown(self) -> None:  # type: ignore[override]
        limit = time.monotonic() + self.app.conf.worker_soft_shutdown_timeout
        while reserved_requests and time.monotonic() < limit:
            time.sleep(LOOK_SECONDS)
