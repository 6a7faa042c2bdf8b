"""The root listing is the architecture (style §2, A1)."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"platform", "tenants", "graphql", "identity", "infra", "helm", "tests"}
FILES = {"README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md", "Makefile", "pyproject.toml"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(line) for line in listed.splitlines()]


def test_the_root_holds_the_seven_folders_and_a_few_files() -> None:
    roots = {path.parts[0] for path in tracked()}
    assert roots - {".gitignore", ".ci"} <= FOLDERS | FILES
    assert roots >= FOLDERS


def test_a_component_folder_holds_exactly_its_package() -> None:
    for name in ("platform", "tenants", "graphql", "identity"):
        assert {path.parts[1] for path in tracked() if path.parts[0] == name} == {f"hlt_{name}"}


def test_the_layout_page_says_what_is_there() -> None:
    page = (ROOT / "infra" / "handbook" / "layout.md").read_text(encoding="utf-8")
    told = set(page.split("```")[1].split())
    there = {str(Path(*path.parts[:2])) for path in tracked() if path.parts[0] in FOLDERS and len(path.parts) > 2}
    assert told == there


def test_no_test_folder_is_called_as_a_component() -> None:
    assert not {path.parts[1] for path in tracked() if path.parts[0] == "tests"} & (FOLDERS - {"tests"})


def test_no_lock_names_a_registry_host() -> None:
    locks = [path for path in tracked() if path.parts[:2] == ("infra", "lock")]
    assert len(locks) == 3
    assert not [path for path in locks if "://" in (ROOT / path).read_text(encoding="utf-8")]
