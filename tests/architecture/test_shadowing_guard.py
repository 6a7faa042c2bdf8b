"""The guard finds each file that would shadow the standard library's platform or graphql-core's graphql (style §4)."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def guard(folder: Path) -> int:
    shutil.copy(ROOT / "Makefile", folder)
    return subprocess.run(["make", "guard"], cwd=folder, capture_output=True, check=False).returncode


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("platform", "tenants", "graphql", "identity"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_a_clean_tree_passes(copy: Path) -> None:
    assert guard(copy) == 0


@pytest.mark.parametrize("name", ["platform", "tenants", "graphql", "identity"])
def test_each_planted_file_stops_the_build(copy: Path, name: str) -> None:
    (copy / name / "__init__.py").touch()
    assert guard(copy) != 0
