"""Each law, threat, invariant and indicator of the first issue has a test that bears its number (style §6, A12).

A number that waits stands in a list below with the reason. The lists only shrink: a number that has a test and still
waits fails too, so nobody forgets to take it off.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
NAMED = re.compile(r"(?:^|_)(L\d{2}|INV\d{1,2}|I\d{2})(?=_|$)")
LAWS = {f"L{number:02}" for number in range(1, 37)}
THREATS = {f"threat {number}" for number in range(1, 24)}
INVARIANTS = {f"INV{number}" for number in range(1, 12)}
INDICATORS = {f"I{number:02}" for number in range(1, 26)}

# Later issues build what these ask for; the sections that plan them are law §3 and domain §7.
LATER_LAWS = {
    *("L08", "L11", "L12", "L14", "L15", "L16", "L17", "L18", "L19", "L20"),
    *("L21", "L22", "L25", "L26", "L30", "L32", "L33", "L35"),
}
LATER_INDICATORS = INDICATORS - {"I03", "I09", "I23"}
# Of the first issue, and still without a test that bears the number.
OWED: set[str] = {"L24", "threat 13"}


def marks(function: ast.FunctionDef) -> Iterator[str]:
    """Give the threats that a test's decorators name."""
    for node in ast.walk(ast.Module([ast.Expr(one) for one in function.decorator_list], [])):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "threat":
            yield from (f"threat {arg.value!r}" for arg in node.args if isinstance(arg, ast.Constant))


def numbers(text: str) -> set[str]:
    """Give every number that the tests of one file bear."""
    tests = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    by_name = {number for test in tests for number in NAMED.findall(test.name)}
    return by_name | {mark for test in tests for mark in marks(test)}


def borne() -> set[str]:
    files = sorted(TESTS.rglob("test_*.py"))
    return {number for path in files for number in numbers(path.read_text(encoding="utf-8"))}


BORNE = borne()
LATER = LATER_LAWS | LATER_INDICATORS


@pytest.mark.parametrize("wanted", [LAWS, THREATS, INVARIANTS, INDICATORS], ids=["law", "threat", "INV", "indicator"])
def test_every_number_has_a_test_or_says_that_it_waits(wanted: set[str]) -> None:
    assert sorted(wanted - BORNE - LATER) == sorted(OWED & wanted)


def test_a_number_that_has_a_test_no_longer_waits() -> None:
    assert sorted((LATER | OWED) & BORNE) == []


def test_no_test_bears_a_number_that_does_not_exist() -> None:
    assert sorted(BORNE - LAWS - THREATS - INVARIANTS - INDICATORS) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("def test_L13_every_opened_page_leaves_a_row(): ...", {"L13"}),
        ("def test_INV4_one_event_per_step(): ...", {"INV4"}),
        ("def test_I09_the_promise(): ...", {"I09"}),
        ("@pytest.mark.threat(6)\ndef test_a_forged_token(): ...", {"threat 6"}),
        ("def helper_L13_(): ...", set()),
        ("def test_LEVEL3_is_asked(): ...", set()),
    ],
)
def test_a_number_is_found_where_a_test_bears_it(planted: str, found: set[str]) -> None:
    assert numbers(planted) == found
