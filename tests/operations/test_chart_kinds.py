"""Each object is one that Kubernetes and the operators would take, checked without a cluster (operations §13)."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
from tests.operations.custom_kinds import SPECS
from tests.rendered import CI, FULL, Object, named, rendered

from helm_tool import KINDS

VERSIONS = ("1.35", "1.36", "1.37")
OVERLAYS = sorted(path for path in CI.glob("*.yaml") if path != FULL)


def kind_of(found: Object) -> str:
    return f"{found['apiVersion']}/{found['kind']}"


def check(found: Object, version: str) -> None:
    """Raise jsonschema's ValidationError when the object would not be taken."""
    if kind_of(found) in SPECS:
        assert set(found) == {"apiVersion", "kind", "metadata", "spec"}
        jsonschema.validate(found["spec"], SPECS[kind_of(found)])
    else:
        kubernetes_validate.validate(found, version, strict=True)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_object_is_valid_in_three_minor_versions(version: str) -> None:
    for upgrade in (False, True):
        for found in rendered(upgrade=upgrade):
            check(found, version)


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda path: path.stem)
def test_every_set_of_values_gives_valid_objects(overlay: Any) -> None:
    for found in rendered(overlay):
        check(found, VERSIONS[-1])


def test_every_foreign_kind_that_the_chart_makes_has_its_fields_written_down() -> None:
    foreign = {kind_of(found) for found in rendered() if "." in found["apiVersion"].partition("/")[0]}
    foreign -= {kind for kind in foreign if ".k8s.io/" in kind and not kind.startswith("gateway.")}
    assert foreign == set(SPECS)
    assert set(KINDS) <= set(SPECS)


PLANTS: list[tuple[str, str, Callable[[Any], Any]]] = [
    ("Deployment", "hlt-web", lambda spec: spec.update(replicass=3)),
    ("Deployment", "hlt-web", lambda spec: spec["template"]["spec"].update(hostNetwrk=False)),
    ("HorizontalPodAutoscaler", "hlt-web", lambda spec: spec.update(maxReplicas="many")),
    ("Cluster", "hlt-db", lambda spec: spec.update(instnces=3)),
    ("Cluster", "hlt-db", lambda spec: spec["postgresql"]["synchronous"].update(method="some")),
    ("DatabaseRole", "hlt-hlt-owner", lambda spec: spec.update(bypassrls=True)),
    ("ScheduledBackup", "hlt-db", lambda spec: spec.update(schedule="15 1 * * *")),
    ("ObjectStore", "hlt-db", lambda spec: spec["configuration"].update(endpoint="https://objects.invalid")),
    ("RabbitmqCluster", "hlt-mq", lambda spec: spec["tls"].update(disableNonTlsListeners=True)),
    ("Permission", "hlt-mq-worker", lambda spec: spec["permissions"].pop("write")),
    ("Keycloak", "hlt-id", lambda spec: spec["networkPolicy"].pop("http")),
    ("HTTPRoute", "hlt-web", lambda spec: spec["hostnames"].extend(["a.invalid"])),
    ("PodMonitor", "hlt-db", lambda spec: spec["podMetricsEndpoints"][0].update(intervall="30s")),
]


@pytest.mark.parametrize(("kind", "name", "plant"), PLANTS)
def test_a_planted_mistake_is_refused(kind: str, name: str, plant: Callable[[Any], Any]) -> None:
    found = deepcopy(named(rendered(), kind, name))
    plant(found["spec"])
    with pytest.raises(jsonschema.ValidationError):
        check(found, VERSIONS[-1])


def test_postgresql_keeps_each_commit_on_two_servers() -> None:
    for cluster in ("hlt-db", "hlt-keys", "hlt-id-db"):
        spec = named(rendered(), "Cluster", cluster)["spec"]
        assert spec["instances"] == 3
        synchronous = {"method": "any", "number": 1, "dataDurability": "required", "failoverQuorum": True}
        assert spec["postgresql"]["synchronous"] == synchronous


def test_the_database_sorts_as_the_local_one() -> None:
    for name in ("hlt-db", "hlt-keys"):
        spec = named(rendered(), "Database", name)["spec"]
        assert (spec["localeProvider"], spec["builtinLocale"], spec["template"]) == ("builtin", "C.UTF-8", "template0")


def test_who_publishes_cannot_read_and_who_works_cannot_publish() -> None:
    relay, worker = (
        named(rendered(), "Permission", f"hlt-mq-{who}")["spec"]["permissions"] for who in ("relay", "worker")
    )
    assert (relay["read"], relay["configure"]) == ("", "")
    assert (worker["write"], worker["configure"]) == ("", "")
    assert relay["write"]
    assert worker["read"]


def test_the_administrators_pages_of_keycloak_are_not_routed() -> None:
    rules = named(rendered(), "HTTPRoute", "hlt-id")["spec"]["rules"]
    assert [match["path"]["value"] for rule in rules for match in rule["matches"]] == ["/realms/", "/resources/"]
