"""Celery as this platform uses it: one base for every task, nothing in a message, no results, no remote control.

Rows are the truth and a message only a reminder (operations §4), so everything that Celery would keep or decide by
itself is switched off.
"""

from typing import Any

import django
from celery import Celery
from django.conf import settings

from hlt_identity.errands.base import FailClosedTask
from hlt_identity.errands.homes import Declared, declared
from hlt_platform.background import tasks as _tasks  # noqa: F401
from hlt_tenants.registry.secrets import message_name

django.setup()


def key_of(scope: str) -> str:
    """Give the key that signs a scope's messages; KeyError for a scope that this process was not handed."""
    return settings.HLT_KEYS.secret(message_name(scope))


def options(task: Declared) -> dict[str, Any]:
    """Give what Celery is told of one task."""
    limits = {"soft_time_limit": task.limits.soft, "time_limit": task.limits.hard}
    return {"name": task.name, "base": FailClosedTask, "declared": task, "key_of": staticmethod(key_of), **limits}


def configured() -> Celery:
    """Give the app with every declared task; Celery's own tasks are gone, since a forged message could name them."""
    app = Celery("hlt", fixups=[], set_as_current=True)
    app.conf.update(
        # Without a broker of its own a process talks to nobody.
        broker_url=settings.HLT_BROKER.url if settings.HLT_BROKER else "memory://",
        broker_transport=settings.HLT_BROKER.transport if settings.HLT_BROKER else None,
        broker_transport_options=settings.HLT_BROKER.options if settings.HLT_BROKER else {},
        broker_connection_retry_on_startup=True,
        accept_content=["json"],
        task_serializer="json",
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_acks_on_failure_or_timeout=False,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_create_missing_queues=False,
        task_default_exchange="",
        worker_prefetch_multiplier=1,
        worker_pool="hlt_platform.background.pool:TaskPool",
        worker_consumer="hlt_platform.background.consumer:Consumer",
        worker_detect_quorum_queues=True,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_soft_shutdown_timeout=50,
        worker_hijack_root_logger=False,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        enable_utc=True,
    )
    for task in declared():
        app.task(**options(task))(task.run)
    app.finalize()
    for name in [name for name in app.tasks if name.startswith("celery.")]:
        app.tasks.unregister(name)
    return app


app = configured()
