"""Every task that Celery knows has our base, and Celery's own habits are off (style §6, A9)."""

from hlt_identity.errands.base import FailClosedTask
from hlt_platform.background.tasks import HOMES
from hlt_platform.celery_app import app

ON = ("task_ignore_result", "task_acks_late", "task_reject_on_worker_lost")
OFF = (
    "result_backend",
    "worker_enable_remote_control",
    "task_acks_on_failure_or_timeout",
    "task_create_missing_queues",
)


def test_every_task_that_celery_knows_has_the_base_and_a_home() -> None:
    assert len(app.tasks) > 5
    for task in app.tasks.values():
        assert isinstance(task, FailClosedTask)
        assert task.declared.home in HOMES.values()


def test_celery_has_no_task_of_its_own() -> None:
    assert not [name for name in app.tasks if name.startswith("celery.")]


def test_results_remote_control_and_every_body_but_json_are_off() -> None:
    told = dict(app.conf)
    assert all(told[name] for name in ON)
    assert not any(told[name] for name in OFF)
    assert list(told["accept_content"]) == ["json"]
