"""The chart as the real helm renders it, as objects that tests can ask."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import yaml

import helm_tool
from helm_tool import KINDS

ROOT = Path(__file__).resolve().parents[1]
Object = dict[str, Any]
NAMESPACE = "hlt"
CI = helm_tool.CHART / "ci"
FULL = CI / "full.yaml"


def asked(
    *overlays: Path, sets: tuple[str, ...] = (), upgrade: bool = False, kinds: tuple[str, ...] = KINDS
) -> CompletedProcess[str]:
    """Ask helm to render: the full set of values, then each overlay, then single values."""
    words = ["template", "hlt", str(helm_tool.CHART), "-n", NAMESPACE, "-f", str(FULL)]
    words += [word for path in overlays for word in ("-f", str(path))]
    words += [word for one in sets for word in ("--set-json", one)]
    words += ["--api-versions", ",".join(kinds)] if kinds else []
    return helm_tool.run(*words, *(["--is-upgrade"] if upgrade else []))


@cache
def rendered(*overlays: Path, sets: tuple[str, ...] = (), upgrade: bool = False) -> tuple[Object, ...]:
    """Give every object; fail with helm's own words when it refuses."""
    run = asked(*overlays, sets=sets, upgrade=upgrade)
    assert run.returncode == 0, run.stderr
    return tuple(found for found in yaml.safe_load_all(run.stdout) if found)


def of_kind(objects: tuple[Object, ...], kind: str) -> list[Object]:
    return [found for found in objects if found["kind"] == kind]


def named(objects: tuple[Object, ...], kind: str, name: str) -> Object:
    """Give the one object of that kind and name."""
    (found,) = (one for one in of_kind(objects, kind) if one["metadata"]["name"] == name)
    return found


def pods(objects: tuple[Object, ...]) -> Iterator[tuple[str, Object]]:
    """Give (name of the workload, its pod template) for all that becomes a pod of ours."""
    for found in objects:
        if found["kind"] in ("Deployment", "Job"):
            yield found["metadata"]["name"], found["spec"]["template"]
        if found["kind"] == "Pod":
            yield found["metadata"]["name"], found


def containers(template: Object) -> list[Object]:
    return [*template["spec"].get("initContainers", []), *template["spec"]["containers"]]
