"""Each import contract stops what it is meant to stop (style §5): one planted import each, in a copy."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

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
    ("graphql/hlt_graphql/disclosure/planted.py", "import django.db", "rules are plain Python"),
    ("graphql/hlt_graphql/disclosure/attack/planted.py", "import hlt_graphql.disclosure.suppress.hiding", "the attack"),
    ("graphql/hlt_graphql/disclosure/suppress/planted.py", "import hlt_graphql.disclosure.attack.findings", "the supp"),
    ("tenants/hlt_tenants/casework/planted.py", "import graphene", "only graphql/ imports"),
    ("platform/hlt_platform/planted.py", "import keycloak", "only identity/ imports"),
    ("tenants/hlt_tenants/audit/planted.py", "import joserfc", "only identity/ imports"),
    ("identity/hlt_identity/roles.py", "import hlt_identity.door", "inside identity"),
    ("identity/hlt_identity/unheard.py", "", "inside identity"),
    ("graphql/hlt_graphql/trace/planted.py", "import hlt_graphql.releases.rules", "inside the region"),
    ("graphql/hlt_graphql/releases/rules.py", "import django.utils.timezone", "rules are plain Python"),
    ("platform/hlt_platform/shell/planted.py", "import hlt_tenants.teams.rules", "the shell knows no subject"),
    ("tenants/hlt_tenants/teams/planted.py", "import django_tenants.utils", "only the registry imports django_tenants"),
    ("identity/hlt_identity/door.py", "import keycloak", "only provisioning and leavers"),
    ("tenants/hlt_tenants/casework/tasks.py", "from celery import shared_task", "no app knows Celery"),
    ("tenants/hlt_tenants/casework/planted.py", "import hlt_tenants.audit.models", "the tables of hlt_tenants.audit "),
    ("platform/hlt_platform/planted.py", "import hlt_tenants.families.models", "the tables of hlt_tenants.families "),
    ("graphql/hlt_graphql/api/planted.py", "import hlt_graphql.intake.models", "the tables of hlt_graphql.intake "),
    (
        "tenants/hlt_tenants/reporting/planted.py",
        "def late() -> None:\n    import hlt_tenants.casework.models\n",
        "the tables of hlt_tenants.casework ",
    ),
    (
        "tenants/hlt_tenants/reporting/planted.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import hlt_tenants.consent.models\n",
        "the tables of hlt_tenants.consent ",
    ),
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
    return [line for line in run.stdout.splitlines() if " BROKEN" in line]


def contracts() -> list[dict[str, Any]]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return found


def apps_with_tables() -> set[str]:
    """Give the dotted name of every package that has tables, but for identity, which is one package."""
    return {
        ".".join(path.relative_to(ROOT / component).parent.parts)
        for component in ("tenants", "graphql")
        for path in (ROOT / component).rglob("models.py")
    }


def unguarded(guarded: list[dict[str, Any]], apps: set[str]) -> set[str]:
    """Give the apps whose tables any other app may import."""
    kept = {name for one in guarded if one["type"] == "protected" for name in one["protected_modules"]}
    return {app for app in apps if f"{app}.models" not in kept}


def test_the_tables_of_every_app_are_private_to_it() -> None:
    """A wildcard does not hold them apart, hence one contract per app (style §5)."""
    assert len(apps_with_tables()) >= 12
    assert unguarded(contracts(), apps_with_tables()) == set()


def test_an_app_without_its_contract_is_seen() -> None:
    assert unguarded(contracts(), {*apps_with_tables(), "hlt_tenants.new"}) == {"hlt_tenants.new"}


def test_only_the_app_itself_is_let_in_but_for_the_log_that_writes_the_inbox() -> None:
    guests = {
        (guest, one["protected_modules"][0])
        for one in contracts()
        if one["type"] == "protected"
        for guest in one["allowed_importers"]
        if f"{guest}.models" != one["protected_modules"][0]
    }
    assert guests == {("hlt_tenants.audit.changing", "hlt_tenants.registry.outbox.models")}


def test_every_contract_has_a_plant() -> None:
    missed = [one["name"] for one in contracts() if not any(part in one["name"] for _p, _l, part in PLANTS)]
    assert [name for name in missed if not name.startswith("the tables of ")] == []


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
