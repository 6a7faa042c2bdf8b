"""What others call is explained, and no explanation only says the name again (style §11)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FACE = {"rules.py", "reads.py", "actions.py", "door.py"}
FOLDERS = {"rules", "reads", "actions"}
SMALL = set("a an the of to and or is are in for one give tell whether it its".split())
SOURCES = [
    path
    for component in ("platform", "tenants", "graphql", "identity")
    for path in sorted((ROOT / component).rglob("*.py"))
    if "migrations" not in path.parts
]
Function = ast.FunctionDef


def words(text: str) -> set[str]:
    split = re.sub(r"([a-z])([A-Z])", r"\1 \2", text).replace("_", " ").lower()
    return {word.rstrip("s") for word in re.findall(r"[a-zåäö]+", split)} - SMALL


def functions(tree: ast.Module) -> Iterator[tuple[Function, str]]:
    """Give each function with the name of the class around it."""
    for node in ast.walk(tree):
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, Function):
                yield inner, node.name if isinstance(node, ast.ClassDef) else ""


def is_echo(function: Function, around: str) -> bool:
    """Tell whether nothing is left of a docstring when the words of the name and the arguments are taken away."""
    told = ast.get_docstring(function)
    names = " ".join([function.name, around, *(arg.arg for arg in function.args.args + function.args.kwonlyargs)])
    return told is not None and not words(told) - words(names)


def unexplained(path: Path, text: str) -> list[str]:
    """Give the public functions and methods of a file that others call and that say nothing."""
    if path.name not in FACE and not FOLDERS & set(path.parts):
        return []
    tree = ast.parse(text)
    named = [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    bodies = [tree.body, *(home.body for home in named)]
    face = [node for body in bodies for node in body if isinstance(node, Function)]
    return [node.name for node in face if not node.name.startswith("_") and ast.get_docstring(node) is None]


def echoes(text: str) -> list[str]:
    return [function.name for function, around in functions(ast.parse(text)) if is_echo(function, around)]


def test_no_docstring_only_says_the_name_again() -> None:
    found = {str(path.relative_to(ROOT)): echoes(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {path: names for path, names in found.items() if names} == {}


def test_every_module_says_what_it_promises() -> None:
    silent = [path for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert [str(path.relative_to(ROOT)) for path in silent if path.name != "__init__.py"] == []


def test_what_others_call_is_explained() -> None:
    found = {str(path.relative_to(ROOT)): unexplained(path, path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("source", "echoed"),
    [
        ('def give_feedback(case): \n    """Give the feedback of a case."""', ["give_feedback"]),
        ('class Case:\n    def close(self):\n        """Close the case."""', ["close"]),
        ('def close(case): \n    """Stop every clock, so that nobody is reminded."""', []),
        ("def close(case): ...", []),
    ],
)
def test_a_planted_echo_is_seen(source: str, echoed: list[str]) -> None:
    assert echoes(source) == echoed


def test_a_planted_silence_is_seen() -> None:
    assert unexplained(Path("casework/actions.py"), "def close(case): ...\ndef _inner(): ...") == ["close"]
