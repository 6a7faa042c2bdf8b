"""The outside audits of GraphQL over HTTP, all of them, by the package that defines them (regional §17)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "infra" / "audits"
NODE = Path(sys.executable).parent


@pytest.fixture(scope="module")
def package() -> Path:
    """The audits, installed from their lock once."""
    if not (FOLDER / "node_modules" / "graphql-http").is_dir():
        words = [str(NODE / "npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(words, cwd=FOLDER, check=True, capture_output=True, env=environment())
    return FOLDER


def environment() -> dict[str, str]:
    import os

    return {**os.environ, "PATH": f"{NODE}:{os.environ.get('PATH', '')}"}


def test_all_61_audits_of_graphql_http_pass(package: Path, address: str) -> None:
    words = [str(NODE / "node"), "audit.mjs", address, "rut"]
    run = subprocess.run(words, cwd=package, check=True, capture_output=True, text=True, env=environment())
    audits = [json.loads(line) for line in run.stdout.splitlines()]
    assert [audit for audit in audits if audit["status"] != "ok"] == []
    assert len(audits) == 61
