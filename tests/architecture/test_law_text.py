"""What law says stands in dated rows and on pages, never as text in the program (style §11; L-01)."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.architecture.test_code import SOURCES

from hlt_tenants.consent.rules import Request, legal_rules, rule_for

ROOT = Path(__file__).resolve().parents[2]
PARAGRAPH = re.compile(r"\d+ ?(?:[a-z] )?(?:kap\.|§)|\b(?:OSL|SoL|PDL|HSL|FB) \d")
EXPLAINED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def texts(tree: ast.Module) -> Iterator[str]:
    """Give every text of a file but for its docstrings, which name their source."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, EXPLAINED) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def paragraphs(text: str) -> list[str]:
    return [found for found in texts(ast.parse(text)) if PARAGRAPH.search(found)]


def test_L01_no_paragraph_of_law_is_written_into_the_program() -> None:
    found = {str(path.relative_to(ROOT)): paragraphs(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {path: told for path, told in found.items() if told} == {}


def test_L01_a_rule_decides_from_its_day_on_and_not_before() -> None:
    for rule in legal_rules():
        asked = Request(rule.from_branch, rule.to_branch, rule.ground, "C1")
        assert rule_for(asked, rule.valid_from) is not None
        assert rule_for(asked, rule.valid_from - timedelta(days=1)) is None
        assert rule_for(replace(asked, ground="none"), rule.valid_from) is None


@pytest.mark.parametrize("planted", ['x = "OSL 25 kap. 12 §"', 'raise Refused("SoL 19")', 'say("3 kap. 6 §")'])
def test_a_planted_paragraph_is_seen(planted: str) -> None:
    assert paragraphs(planted)
    assert paragraphs(f'"""A docstring may name {planted.count("x")} § of the design."""') == []
