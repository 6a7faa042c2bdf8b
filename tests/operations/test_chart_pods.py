"""Every pod is restricted and knows only what it needs; each planted fault is seen (operations §12, §13)."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from tests.rendered import CI, Object, containers, named, of_kind, pods, rendered

from hlt_identity.oidc.client_keys import key_file

DIGEST = re.compile(r"@sha256:[0-9a-f]{64}$")
PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
OWNING = {"hlt-install", "hlt-migrate"}  # the only pods that are told the superuser's password
WHOLE = [{"key": "*"}]
SETS = [(), (CI / "external.yaml",), (CI / "small.yaml",), (CI / "three-groups.yaml",)]


def environment(template: Object) -> set[str]:
    return {entry["name"] for container in containers(template) for entry in container["env"]}


def secret_keys(template: Object) -> set[tuple[str, str]]:
    """Give (Secret, key) of each secret that a pod is told in its environment."""
    entries = [entry for container in containers(template) for entry in container["env"] if "valueFrom" in entry]
    refs = [entry["valueFrom"]["secretKeyRef"] for entry in entries]
    return {(ref["name"], ref["key"]) for ref in refs}


def pod_faults(spec: Object) -> Iterator[str]:
    security = spec.get("securityContext", {})
    if security.get("runAsNonRoot") is not True or security.get("runAsUser", 0) == 0:
        yield "root"
    if security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "no seccomp"
    if spec.get("automountServiceAccountToken") is not False:
        yield "token"
    if any(spec.get(key) for key in ("hostNetwork", "hostPID", "hostIPC")):
        yield "host"
    if any("hostPath" in volume for volume in spec.get("volumes", [])):
        yield "host's files"
    if any("emptyDir" in volume and not volume["emptyDir"].get("sizeLimit") for volume in spec.get("volumes", [])):
        yield "unbounded scratch space"


def container_faults(container: Object) -> Iterator[str]:
    security = container.get("securityContext", {})
    if security.get("allowPrivilegeEscalation") is not False or security.get("privileged"):
        yield "escalation"
    if security.get("readOnlyRootFilesystem") is not True:
        yield "writable root"
    if security.get("capabilities", {}).get("drop") != ["ALL"] or security["capabilities"].get("add"):
        yield "capabilities"
    if not DIGEST.search(container.get("image", "")):
        yield "tag"
    for part in ("requests", "limits"):
        if set(container.get("resources", {}).get(part, {})) != {"cpu", "memory"}:
            yield f"no {part}"


def lasting_faults(spec: Object) -> Iterator[str]:
    """What a pod that stays must have beside."""
    for container in spec["containers"]:
        if not all(probe in container for probe in PROBES):
            yield "probe missing"
    keys = {constraint["topologyKey"] for constraint in spec.get("topologySpreadConstraints", [])}
    if keys != {"kubernetes.io/hostname", "topology.kubernetes.io/zone"}:
        yield "not spread"


def faults(objects: tuple[Object, ...]) -> list[str]:
    """Give every fault as "workload: fault", in the order of the objects."""
    found: list[str] = []
    for name, template in pods(objects):
        spec = template["spec"]
        of_pod = [*pod_faults(spec), *(fault for one in containers(template) for fault in container_faults(one))]
        if spec.get("restartPolicy", "Always") == "Always":
            of_pod += lasting_faults(spec)
        if "PGPASSWORD" in environment(template) and name not in OWNING:
            of_pod.append("superuser's password")
        if name == "hlt-web" and "HLT_BROKER_URL" in environment(template):
            of_pod.append("web reaches the queue")
        found += [f"{name}: {fault}" for fault in of_pod]
    return found + network_faults(objects)


def network_faults(objects: tuple[Object, ...]) -> list[str]:
    closed = [
        policy
        for policy in of_kind(objects, "NetworkPolicy")
        if policy["spec"]["podSelector"] == {} and not {"ingress", "egress"} & set(policy["spec"])
    ]
    found = [] if closed and set(closed[0]["spec"]["policyTypes"]) == {"Ingress", "Egress"} else ["nothing is closed"]
    for policy in of_kind(objects, "NetworkPolicy"):
        rules = [("from", rule) for rule in policy["spec"].get("ingress", [])]
        rules += [("to", rule) for rule in policy["spec"].get("egress", [])]
        wide = [rule for end, rule in rules if not rule.get(end) or {} in rule[end] or not rule.get("ports")]
        found += [f"{policy['metadata']['name']}: open" for _rule in wide]
    return found


@pytest.mark.parametrize("overlays", SETS, ids=lambda paths: "+".join(path.stem for path in paths) or "full")
@pytest.mark.parametrize("upgrade", [False, True], ids=["install", "upgrade"])
def test_no_pod_and_no_policy_has_a_fault(overlays: Any, upgrade: bool) -> None:
    objects = rendered(*overlays, upgrade=upgrade)
    assert len(list(pods(objects))) >= 9
    assert faults(objects) == []


def spec_of(objects: tuple[Object, ...], kind: str = "Deployment", name: str = "hlt-web") -> Any:
    return named(objects, kind, name)["spec"]["template"]["spec"]


def first(objects: tuple[Object, ...]) -> Any:
    return spec_of(objects)["containers"][0]


def add_env(objects: tuple[Object, ...], name: str) -> None:
    first(objects)["env"].append({"name": name, "value": "x"})


def policy(objects: tuple[Object, ...], name: str) -> Any:
    return named(objects, "NetworkPolicy", name)["spec"]


PLANTS: list[tuple[str, Callable[[tuple[Object, ...]], Any]]] = [
    ("hlt-web: root", lambda o: spec_of(o)["securityContext"].update(runAsNonRoot=False)),
    ("hlt-web: root", lambda o: spec_of(o)["securityContext"].update(runAsUser=0)),
    ("hlt-web: no seccomp", lambda o: spec_of(o)["securityContext"].pop("seccompProfile")),
    ("hlt-web: token", lambda o: spec_of(o).pop("automountServiceAccountToken")),
    ("hlt-web: host", lambda o: spec_of(o).update(hostNetwork=True)),
    ("hlt-web: host's files", lambda o: spec_of(o)["volumes"].append({"name": "h", "hostPath": {"path": "/"}})),
    ("hlt-web: unbounded scratch space", lambda o: spec_of(o)["volumes"].append({"name": "t", "emptyDir": {}})),
    ("hlt-web: escalation", lambda o: first(o)["securityContext"].update(allowPrivilegeEscalation=True)),
    ("hlt-web: escalation", lambda o: first(o)["securityContext"].update(privileged=True)),
    ("hlt-web: writable root", lambda o: first(o)["securityContext"].pop("readOnlyRootFilesystem")),
    ("hlt-web: capabilities", lambda o: first(o)["securityContext"]["capabilities"].update(add=["NET_RAW"])),
    ("hlt-web: tag", lambda o: first(o).update(image="images.invalid/hlt:1.0")),
    ("hlt-web: no limits", lambda o: first(o)["resources"].pop("limits")),
    ("hlt-web: no requests", lambda o: first(o)["resources"]["requests"].pop("memory")),
    ("hlt-web: probe missing", lambda o: first(o).pop("readinessProbe")),
    ("hlt-web: not spread", lambda o: spec_of(o)["topologySpreadConstraints"].pop()),
    ("hlt-web: superuser's password", lambda o: add_env(o, "PGPASSWORD")),
    ("hlt-web: web reaches the queue", lambda o: add_env(o, "HLT_BROKER_URL")),
    ("hlt-install: writable root", lambda o: spec_of(o, "Job", "hlt-install")["containers"][0].pop("securityContext")),
    ("hlt-web: open", lambda o: policy(o, "hlt-web")["egress"].append({})),
    ("hlt-web: open", lambda o: policy(o, "hlt-web")["ingress"][0]["from"].append({})),
    ("hlt-web: open", lambda o: policy(o, "hlt-web")["egress"][0].pop("ports")),
    ("nothing is closed", lambda o: policy(o, "hlt-closed").update(podSelector={"matchLabels": {"a": "b"}})),
    ("nothing is closed", lambda o: policy(o, "hlt-closed").update(policyTypes=["Ingress"])),
]


@pytest.mark.parametrize(("fault", "plant"), PLANTS)
def test_a_planted_fault_is_seen(fault: str, plant: Callable[[tuple[Object, ...]], Any]) -> None:
    objects = deepcopy(rendered())
    plant(objects)
    assert fault in faults(objects)


def key_files(template: Object) -> set[tuple[str, str]]:
    """Give (Secret, file) of each file of a key that a pod can open; `*` is a whole Secret."""
    volumes = template["spec"]["volumes"]
    projected = [source for volume in volumes for source in volume.get("projected", {}).get("sources", [])]
    found = [one["secret"] for one in (*volumes, *projected) if "secret" in one]
    files = {(one.get("name", one.get("secretName")), item["key"]) for one in found for item in one.get("items", WHOLE)}
    return {(secret, file) for secret, file in files if secret in ("hlt-client-keys", "hlt-release-keys")}


@pytest.mark.parametrize("upgrade", [False, True], ids=["install", "upgrade"])
@pytest.mark.parametrize(("overlays", "hosts"), [((), 16), ((CI / "one-kommun.yaml",), 2)], ids=["15", "1"])
def test_each_pod_is_given_the_key_files_that_its_part_reads(overlays: Any, hosts: int, upgrade: bool) -> None:
    objects = rendered(*overlays, upgrade=upgrade)
    names = {host.partition(".")[0] for one in of_kind(objects, "HTTPRoute") for host in one["spec"]["hostnames"]}
    own = {("hlt-client-keys", key_file(f"hlt-web-{name}").name) for name in names - {"id"}}
    assert len(own) == hosts
    expected = {"hlt-web": own | {("hlt-release-keys", "*")}, "hlt-provision": {("hlt-client-keys", "*")}}
    for name, template in pods(objects):
        assert key_files(template) == expected.get(name, set()), name
        for container in containers(template):
            assert ("keys" in [mount["name"] for mount in container["volumeMounts"]]) == (name in expected), name


def test_a_job_before_an_upgrade_finds_its_account_and_settings_made_before_it() -> None:
    objects = rendered(upgrade=True)
    job = named(objects, "Job", "hlt-migrate")
    needed = [named(objects, "ServiceAccount", "hlt-migrate"), named(objects, "ConfigMap", "hlt-migrate")]
    weights = [int(one["metadata"]["annotations"]["helm.sh/hook-weight"]) for one in (*needed, job)]
    assert weights == sorted(set(weights))
    hooks = {one["metadata"]["annotations"]["helm.sh/hook"] for one in (*needed, job)}
    assert hooks == {"pre-upgrade"}


def test_the_first_install_is_no_hook_and_pods_wait_for_it() -> None:
    objects = rendered()
    assert "annotations" not in named(objects, "Job", "hlt-install")["metadata"]
    gate = spec_of(objects)["initContainers"][0]
    assert gate["command"][:3] == ["hlt", "kommun", "wait"]
    assert not {"livenessProbe", "ports", "lifecycle"} & set(gate)


def test_only_jobs_that_migrate_get_the_owners_settings() -> None:
    for upgrade in (False, True):
        objects = rendered(upgrade=upgrade)
        owning = {
            one["metadata"]["name"] for one in of_kind(objects, "ConfigMap") if "HLT_SUPERUSER_URL" in one["data"]
        }
        assert owning == {"hlt-migrate" if upgrade else "hlt-install"}


def test_no_settings_map_holds_a_secret() -> None:
    for settings in of_kind(rendered(), "ConfigMap"):
        assert not [key for key in settings["data"] if re.search("SECRET|PASSWORD|MASTER", key)]


def test_every_lasting_pod_has_a_budget_for_when_nodes_are_emptied() -> None:
    objects = rendered()
    budgets = [one["spec"]["selector"]["matchLabels"] for one in of_kind(objects, "PodDisruptionBudget")]
    assert all(one["spec"]["maxUnavailable"] == 1 for one in of_kind(objects, "PodDisruptionBudget"))
    for deployment in of_kind(objects, "Deployment"):
        labels = deployment["spec"]["template"]["metadata"]["labels"].items()
        alone = deployment["spec"].get("strategy", {}).get("type") == "Recreate"
        assert alone or any(budget.items() <= labels for budget in budgets), deployment["metadata"]["name"]
