"""The handbook says what the code says: generated pages are of today, words are the field's, commands are told."""

import re
from enum import Enum
from pathlib import Path

import pytest
from django.apps import apps
from tests.architecture.test_complete import modules

from hlt_platform.cli import parser
from hlt_platform.handbook.commands import PAGES, old
from hlt_platform.handbook.words import below

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "infra" / "handbook" / "glossary.md").read_text(encoding="utf-8")
FIELD = {"teams", "families", "consent", "casework", "plans", "followup", "reporting", "drafts", "audit"}
REGION = {"intake", "releases", "resources", "trace"}
# Closed lists that only the machinery has: nobody in the field speaks of them.
MACHINERY = {"Coded", "Border", "Lean"}


def told() -> set[str]:
    """Give every name in the glossary's second column."""
    rows = [line.split("|") for line in GLOSSARY.splitlines() if line.startswith("| ")]
    return {name for row in rows[1:] for name in re.findall(r"`(\w+)`", row[2])}


def tables() -> set[str]:
    return {model.__name__ for model in apps.get_models() if model._meta.app_label in FIELD | REGION}


def lists() -> set[str]:
    """Give the closed lists that rules of the field and of the region are written in."""
    found = {
        value.__name__
        for module in modules()
        if module.__name__.endswith(".rules") and module.__name__.split(".")[1] in FIELD | REGION
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Enum) and value.__module__ == module.__name__
    }
    return found - MACHINERY


def classes() -> set[str]:
    return {name for module in modules() for name, value in vars(module).items() if isinstance(value, type)}


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_of_today(name: str) -> None:
    assert name not in old(), "run `make fix`"


def test_every_table_and_closed_list_of_the_field_has_a_word() -> None:
    assert sorted((tables() | lists()) - told() - {"RegionOutbox", "RegionInbox"}) == []


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    assert sorted(told() - classes()) == []


def test_a_word_is_told_once() -> None:
    rows = [line.split("|")[2] for line in GLOSSARY.splitlines() if line.startswith("| ")]
    names = re.findall(r"`(\w+)`", "".join(rows))
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_command_has_a_sentence() -> None:
    found = list(below(parser(), "hlt"))
    assert len(found) > 15
    assert [words for words, sentence in found if len(sentence.split()) < 3] == []


def test_every_target_of_make_has_a_sentence_and_is_no_file() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", text, re.M))
    assert targets - set(re.findall(r"^([a-z]+):[^\n]*## \S+ \S+", text, re.M)) == set()
    phony = re.search(r"^\.PHONY: (.+)$", text, re.M)
    assert phony
    assert set(phony[1].split()) == targets
