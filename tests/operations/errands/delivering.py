"""Handing a message to a task in this process, as a worker's child does it."""

from uuid import UUID

from celery import Celery
from tests.operations.errands.forging import signed


def deliver(app: Celery, scope: str, event: UUID, task: str, *, queue: str, read_before: bool = False) -> None:
    """Run the task's base for one message; raise what it raises."""
    found = app.tasks[task]
    noted = {"pgmq_queue": queue, "pgmq_message": {"read_ct": 2 if read_before else 1}}
    found.push_request(properties={"delivery_info": noted}, args=[], kwargs={}, **signed(scope, event, task))
    try:
        found()
    finally:
        found.pop_request()
