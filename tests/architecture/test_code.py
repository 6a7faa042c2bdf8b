"""What imports cannot show: names looked up by hand, clocks in rules, doors beside the door (style §6, A5, A6)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for component in ("platform", "tenants", "graphql", "identity")
    for path in sorted((ROOT / component).rglob("*.py"))
    if "migrations" not in path.parts
]
# The task base turns every fault into a code in the errand's row; a worker has nobody to show a page to.
CATCHERS = {"identity/hlt_identity/errands/base.py"}
# Where a question to the tables may stand: everywhere but in what only shows, asks, decides or carries.
NO_TABLES = {"views.py", "forms.py", "tasks.py", "urls.py", "rules.py", "errors.py", "context.py", "menu.py"}
BY_NAME = {"get_model", "get_app_config", "model_class", "import_module", "import_string", "__import__"}


def names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def faults(path: Path, text: str) -> list[str]:
    """Give what a source file does that it may not; `path` is relative to the root."""
    tree = ast.parse(text)
    called = set(names(tree))
    checks = (
        (bool(called & BY_NAME) and path.name != "cli.py", "reached by name"),
        ("Actor" in called and path.name != "door.py", "an Actor made outside the door"),
        ("ReceivedCopy" in called and path.parts[-2:] != ("consent", "giving.py"), "a copy written past the engine"),
        (path.name == "rules.py" and bool(called & {"now", "today"}), "a clock in rules"),
        (any(isinstance(node, ast.AsyncFunctionDef) for node in ast.walk(tree)), "async code"),
        (tells_time(path, tree), "a clock of its own"),
        ("mark_safe" in called and path.parts[-3:-1] != ("shell", "svg"), "unescaped text"),
        (path.name in NO_TABLES and asks_tables(tree), "a question to the tables in the wrong place"),
        (bool(called & {"set_schema", "set_tenant", "schema_context", "tenant_context"}), "a schema set by hand"),
        (str(path) not in CATCHERS and any(caught(node) for node in ast.walk(tree)), "a caught Exception"),
    )
    return [fault for holds, fault in checks if holds]


def asks_tables(tree: ast.AST) -> bool:
    """Tell whether `Model.objects` is used, or a cursor opened."""
    return any(isinstance(node, ast.Attribute) and node.attr in ("objects", "cursor") for node in ast.walk(tree))


def tells_time(path: Path, tree: ast.AST) -> bool:
    """Find who asks the machine for the day inside a kommun, or moves the one clock that may be asked there."""
    if path.parts[0] != "tenants" or path.parts[-2:] == ("audit", "instant.py") or "registry" in path.parts:
        return False
    asked = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return bool(asked & {"datetime.now", "date.today", "timezone.now", "datetime.utcnow", "instant.at"})


def caught(node: ast.AST) -> bool:
    return isinstance(node, ast.ExceptHandler) and (node.type is None or getattr(node.type, "id", "") == "Exception")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_source_file_takes_no_side_door(path: Path) -> None:
    assert faults(path.relative_to(ROOT), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("place", "line", "fault"),
    [
        ("a/reads.py", "apps.get_app_config('x').get_model('Y')", "reached by name"),
        ("a/reads.py", "importlib.import_module('x')", "reached by name"),
        ("a/views.py", "Actor(1)", "an Actor made outside the door"),
        ("casework/actions.py", "ReceivedCopy(id=1)", "a copy written past the engine"),
        ("a/rules.py", "date.today()", "a clock in rules"),
        ("tenants/a/actions.py", "datetime.now(UTC)", "a clock of its own"),
        ("tenants/a/views.py", "instant.at(x)", "a clock of its own"),
        ("a/reads.py", "async def f(): pass", "async code"),
        ("a/views.py", "mark_safe('x')", "unescaped text"),
        ("a/views.py", "HltCase.objects.all()", "a question to the tables in the wrong place"),
        ("a/forms.py", "connections['x'].cursor()", "a question to the tables in the wrong place"),
        ("a/tasks.py", "rows = Case.objects", "a question to the tables in the wrong place"),
        ("a/reads.py", "connection.set_schema('k2480')", "a schema set by hand"),
        ("a/reads.py", "schema_context('k2480')", "a schema set by hand"),
        ("a/actions.py", "try:\n    x()\nexcept Exception:\n    y()", "a caught Exception"),
        ("a/actions.py", "try:\n    x()\nexcept:\n    y()", "a caught Exception"),
    ],
)
def test_each_side_door_is_seen_when_planted(place: str, line: str, fault: str) -> None:
    assert faults(Path(place), line) == [fault]
