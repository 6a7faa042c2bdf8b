"""Each import contract stops what it is meant to stop (style §5): one planted import each, in a copy."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ("platform", "tenants", "graphql", "identity")
PLANTS = [
    ("graphql/hlt_graphql/planted.py", "import hlt_tenants.casework.rules", "region and kommun never meet"),
    ("tenants/hlt_tenants/casework/planted.py", "import hlt_graphql", "region and kommun never meet"),
    ("identity/hlt_identity/errors.py", "import hlt_tenants.registry", "identity knows neither"),
    ("tenants/hlt_tenants/teams/planted.py", "import hlt_platform.cli", "platform wires"),
    ("tenants/hlt_tenants/registry/planted.py", "import hlt_tenants.audit.rules", "a new app must choose its place"),
    ("tenants/hlt_tenants/families/planted.py", "import hlt_tenants.casework.rules", "a new app must choose its place"),
    ("tenants/hlt_tenants/unheard/__init__.py", "", "a new app must choose its place"),
    ("tenants/hlt_tenants/consent/rules.py", "import hlt_tenants.consent.models", "inside every app"),
    ("tenants/hlt_tenants/consent/models.py", "import hlt_tenants.consent.reads", "inside every app"),
    ("tenants/hlt_tenants/casework/views.py", "import hlt_tenants.casework.models", "never touch the tables"),
    ("tenants/hlt_tenants/casework/rules.py", "import django.db", "rules are plain Python"),
    ("tenants/hlt_tenants/casework/planted.py", "import graphene", "only graphql/ imports"),
    ("platform/hlt_platform/planted.py", "import keycloak", "only identity/ imports"),
    ("tenants/hlt_tenants/audit/planted.py", "import joserfc", "only identity/ imports"),
    ("identity/hlt_identity/roles.py", "import hlt_identity.door", "inside identity"),
    ("identity/hlt_identity/unheard.py", "", "inside identity"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in COMPONENTS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def broken(folder: Path) -> list[str]:
    """Give the names of the contracts that a tree breaks."""
    paths = ":".join(str(folder / name) for name in COMPONENTS)
    linter = str(Path(sys.executable).parent / "lint-imports")
    run = subprocess.run(
        [linter, "--no-cache"], cwd=folder, env={"PYTHONPATH": paths}, capture_output=True, text=True, check=False
    )
    return [line for line in run.stdout.splitlines() if line.endswith("BROKEN")]


def test_the_tree_as_it_is_keeps_every_contract(copy: Path) -> None:
    assert broken(copy) == []


@pytest.mark.parametrize(("place", "line", "contract"), PLANTS)
def test_a_planted_import_breaks_its_contract(copy: Path, place: str, line: str, contract: str) -> None:
    file = copy / place
    before = file.read_text(encoding="utf-8") if file.is_file() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{line}\n{before or ''}", encoding="utf-8")
    try:
        assert any(contract in name for name in broken(copy))
    finally:
        file.unlink()
        if before is not None:
            file.write_text(before, encoding="utf-8")
        elif not any(file.parent.iterdir()):
            file.parent.rmdir()
