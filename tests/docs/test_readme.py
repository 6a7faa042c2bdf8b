"""The README is true: its folders are the tree's, its commands exist, what it links to is there."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from hlt_platform.cli import parser

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\w*\n(.*?)^```", README, re.M | re.S)
LINES = [line.partition("#")[0].strip() for block in BLOCKS for line in block.splitlines()]
COMMANDS = sorted({line for line in LINES if line.startswith(("make ", "hlt "))})
LOCAL = {"status", "psql", "logs", "token", "up", "down"}


def tracked() -> set[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return set(listed.splitlines())


def test_the_folders_it_names_are_those_of_the_tree() -> None:
    named = set(re.findall(r"^\| `([a-z_/]+)` \|", README, re.M))
    there = {str(Path(path).parent) for path in tracked()}
    assert named
    assert not {folder for folder in named if not any(one.startswith(folder) for one in there)}
    tops = {path.split("/")[0] for path in tracked() if "/" in path} - {".ci"}
    assert {folder.split("/")[0] for folder in named} == tops


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_it_names_exists(line: str) -> None:
    words = shlex.split(line)
    if words[0] == "make":
        targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
        assert {word for word in words[1:] if "=" not in word} <= targets
    elif words[1] == "local":
        assert words[2] in LOCAL
    else:
        assert parser().parse_args(words[1:]).group == words[1]


def test_every_setting_it_names_is_read_somewhere() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("platform", "infra/local", "infra/chart", "tests", "identity")
        for path in (ROOT / folder).rglob("*.py")
        if path != Path(__file__)
    )
    assert not [name for name in set(re.findall(r"HLT_[A-Z_]+", README)) if name not in code]


@pytest.mark.parametrize("page", ["README.md", "helm/hlt/README.md", "infra/handbook/layout.md", "SECURITY.md"])
def test_what_a_page_links_to_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
    assert not [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]
