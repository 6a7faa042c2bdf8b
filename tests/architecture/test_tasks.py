"""All background work is declared, has a home and a queue, and is asked for by a row alone (style §6, A9)."""

import ast
from pathlib import Path

import pytest
from tests.architecture.test_code import SOURCES

from hlt_identity.errands.homes import declared
from hlt_platform.background.schedule import SCHEDULE
from hlt_platform.background.tasks import HOMES
from hlt_platform.celery_app import app

ROOT = Path(__file__).resolve().parents[2]
TASKS = [path for path in SOURCES if path.name == "tasks.py" and "background" not in path.parts]
ASKING = {"delay", "apply_async", "send_task", "retry", "on_commit", "shared_task"}
LATER = {"countdown", "eta", "expires", "link", "link_error"}
# The relay alone sends.
SENDERS = {"platform/hlt_platform/background/relay.py"}


def asks(text: str) -> set[str]:
    """Give the words by which a file asks Celery for work past the outbox."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    names = {node.func.attr for node in calls if isinstance(node.func, ast.Attribute)}
    names |= {node.func.id for node in calls if isinstance(node.func, ast.Name)}
    names |= {
        target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        for target in node.decorator_list
    }
    keywords = {str(word.arg) for node in calls for word in node.keywords if isinstance(node.func, ast.Attribute)}
    return (names & ASKING) | (keywords & LATER)


def test_every_task_of_the_worker_is_declared_and_every_declared_task_is_the_workers() -> None:
    # Tests of the base declare tasks of their own, called here.…
    assert set(app.tasks) == {task.name for task in declared() if not task.name.startswith("here.")}


def test_every_module_of_tasks_is_one_that_the_worker_imports() -> None:
    told = (ROOT / "platform" / "hlt_platform" / "background" / "tasks.py").read_text(encoding="utf-8")
    modules = [".".join(path.relative_to(ROOT / path.relative_to(ROOT).parts[0]).parent.parts) for path in TASKS]
    assert modules
    assert [name for name in modules if f"from {name} import tasks" not in told] == []


def test_every_task_has_a_home_and_a_queue_of_that_home() -> None:
    for task in declared():
        scope = "2480" if task.home.code == "kommun" else task.home.code
        assert HOMES[task.home.code] is task.home
        assert task.home.queue_of(scope, task.pace) in task.home.queues(scope)


def test_queues_of_homes_never_meet() -> None:
    queues = [queue for home in HOMES.values() for scope in ("2480", "2481") for queue in set(home.queues(scope))]
    of_kommuner = {queue for queue in queues if queue.startswith("hlt_k")}
    assert of_kommuner == {"hlt_k2480", "hlt_k2481"}
    assert all(queue.replace("_", "").isalnum() and queue.islower() for queue in queues)


def test_the_calendar_asks_for_declared_work_only() -> None:
    assert {planned.task for planned in SCHEDULE} <= {task.name for task in declared()}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_asks_celery_past_the_outbox(path: Path) -> None:
    place = str(path.relative_to(ROOT))
    assert place in SENDERS or asks(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "planted",
    [
        "task.delay()",
        "task.apply_async()",
        "app.send_task('x')",
        "self.retry()",
        "transaction.on_commit(go)",
        "task.start(countdown=5)",
        "task.start(eta=tomorrow)",
        "@shared_task\ndef work(): ...",
    ],
)
def test_a_planted_way_past_the_outbox_is_seen(planted: str) -> None:
    assert asks(planted)
