"""`make figures`: how long our files and functions are, beside those of projects we learned from; asserts nothing."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ("platform", "tenants", "graphql", "identity")
PUBLIC_FACE = {"rules.py", "reads.py", "actions.py", "door.py"}
FOLDERS = {"rules", "reads", "actions"}
HEAD = ("", "files / LOC", "file med/p90/max", "fn med/p90/max", "docstr", "ret", "test:src", "test lines / words")
# Measured on the projects' sources, migrations and tests left out of the source columns (style §15).
ANCHORS = (
    ("healthchecks", "179 / 16.8k", "42/161/1584", "8/32/181", "9 %", "98 %", "1.40", "8 / 4"),
    ("people (French state)", "90 / 8.5k", "36/304/1155", "12/39/285", "98 %", "6 %", "2.33", "20 / 6"),
    ("docs (French state)", "56 / 9.7k", "56/289/3359", "12/44/143", "94 %", "6 %", "4.13", "–"),
    ("airlock", "58 / 11.6k", "71/574/1488", "8/34/219", "23 %", "20 %", "2.06", "20 / 5"),
    ("job-server", "179 / 21.0k", "72/307/794", "9/33/173", "18 %", "0 %", "1.52", "12 / 4"),
    ("open-zaak", "341 / 46.0k", "59/300/2563", "9/35/258", "14 %", "21 %", "2.15", "22 / 4"),
    ("notifications-api", "186 / 33.5k", "78/416/2890", "9/36/319", "6 %", "8 %", "1.91", "14 / 8"),
    ("pretix", "549 / 161.7k", "108/731/4248", "7/36/583", "8 %", "9 %", "–", "–"),
    ("wagtail", "585 / 87.2k", "66/381/3005", "7/25/449", "19 %", "4 %", "2.00", "13 / 4"),
    ("django-tenants", "45 / 8.1k", "59/237/4634", "7/27/69", "27 %", "4 %", "0.41", "9 / 5"),
)
GOAL = ("our goal", "", "–/≤250/≤600", "≤9/≤30/≤80", "100 % *", "100 %", "≥2.0", "≤15 / ≥8")
Function = ast.FunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One file as its lines and its functions."""

    path: Path
    lines: int
    functions: tuple[Function, ...]


def sources(*folders: str) -> Iterator[Source]:
    """Give what git knows of these folders, migrations left out."""
    listed = subprocess.run(["git", "ls-files", *folders], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        path = ROOT / line
        if path.suffix == ".py" and "migrations" not in path.parts and path.is_file():
            text = path.read_text(encoding="utf-8")
            nodes = tuple(node for node in ast.walk(ast.parse(text)) if isinstance(node, Function))
            yield Source(path, len(text.splitlines()), nodes)


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def three(values: list[int]) -> str:
    """Give median, ninth tenth and largest."""
    ordered = sorted(values)
    return f"{median(ordered):.0f}/{ordered[int(len(ordered) * 0.9)]}/{ordered[-1]}"


def share(parts: list[bool]) -> str:
    return f"{100 * sum(parts) / len(parts):.0f} %" if parts else "–"


def public(found: list[Source]) -> list[Function]:
    """Give the functions that style §11 wants explained: those of rules, reads, actions and the door."""
    face = [source for source in found if source.path.name in PUBLIC_FACE or FOLDERS & set(source.path.parts)]
    return [one for source in face for one in source.functions if not one.name.startswith("_")]


def words(name: str) -> int:
    return len(name.removeprefix("test_").split("_"))


def row(title: str, found: list[Source], tests: list[Source]) -> tuple[str, ...]:
    functions = [one for source in found for one in source.functions]
    stories = [one for source in tests for one in source.functions if one.name.startswith("test_")]
    loc, test_loc = sum(source.lines for source in found), sum(source.lines for source in tests)
    told = f"{median(map(length, stories)):.0f} / {median(words(one.name) for one in stories):.0f}" if stories else "–"
    return (
        title,
        f"{len(found)} / {loc / 1000:.1f}k",
        three([source.lines for source in found]),
        three([length(one) for one in functions]),
        share([ast.get_docstring(one) is not None for one in public(found)]),
        share([one.returns is not None for one in functions]),
        f"{test_loc / loc:.2f}" if tests else "–",
        told,
    )


def longest(found: list[Source]) -> list[str]:
    """Give the longest files and functions, so that a reader knows where to look first."""
    files = sorted(found, key=lambda source: -source.lines)[:3]
    pairs = [(length(one), source, one) for source in found for one in source.functions]
    told = [f"{source.lines:5} lines  {source.path.relative_to(ROOT)}" for source in files]
    for lines, source, one in sorted(pairs, key=lambda pair: -pair[0])[:3]:
        told.append(f"{lines:5} lines  {one.name} in {source.path.relative_to(ROOT)}")
    return told


def table() -> str:
    tests = list(sources("tests"))
    every = list(sources(*COMPONENTS))
    rows = [HEAD, *(row(name, list(sources(name)), []) for name in COMPONENTS)]
    rows += [row("ours", every, tests), GOAL, *ANCHORS]
    widths = [max(len(line[column]) for line in rows) for column in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in rows]
    note = "* public functions of rules, reads, actions and the door; the anchors' column counts all functions"
    return "\n".join([*lines, "", note, "", *longest(every)])


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
