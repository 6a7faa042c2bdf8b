"""Who can talk to whom is computed from the rendered policies and equals the design's list (operations §12)."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from tests.rendered import CI, NAMESPACE, Object, named, of_kind, pods, rendered

# Each line of operations §12: from, to, port. Written by hand; the chart's own data is not read here.
ALLOWED = {
    ("gateway", "web", 8000),
    ("gateway", "identity", 8080),
    ("web", "database", 5432),
    ("web", "keys", 5432),
    ("web", "identity", 8080),
    ("web", "mail", 587),  # what somebody could not use is mailed by the page itself, and kept nowhere
    ("worker", "database", 5432),
    ("worker", "keys", 5432),
    ("worker", "broker", 5671),
    ("worker", "identity", 8080),
    ("worker", "mail", 587),
    ("disclosure", "database", 5432),
    ("disclosure", "broker", 5671),
    ("relay", "database", 5432),
    ("relay", "broker", 5671),
    ("beat", "database", 5432),
    ("install", "database", 5432),
    ("migrate", "database", 5432),
    ("verify", "database", 5432),
    ("provision", "database", 5432),  # it keeps which provider belongs to which kommun
    ("provision", "identity", 8080),
    ("identity", "identityDatabase", 5432),
    ("identity", "web", 8000),
    ("identity", "identityProviders", 443),
    ("identity", "identity", 7800),
    ("identity", "identity", 57800),
    *((cluster, cluster, 5432) for cluster in ("database", "keys", "identityDatabase")),
    *((cluster, "objectStorage", 443) for cluster in ("database", "keys", "identityDatabase")),
    *((cluster, "kubernetesApi", 6443) for cluster in ("database", "keys", "identityDatabase", "broker")),
    *(("operators", cluster, port) for cluster in ("database", "keys", "identityDatabase") for port in (5432, 8000)),
    ("operators", "broker", 15671),
    ("operators", "identity", 9000),
    ("broker", "broker", 4369),
    ("broker", "broker", 25672),
    *(("monitoring", cluster, 9187) for cluster in ("database", "keys", "identityDatabase")),
    ("monitoring", "broker", 15691),
    ("monitoring", "identity", 9000),
}
OWN = ("web", "worker", "disclosure", "relay", "beat", "install", "migrate", "verify", "provision")
OPERATED = {
    "database": {"cnpg.io/cluster": "hlt-db"},
    "keys": {"cnpg.io/cluster": "hlt-keys"},
    "identityDatabase": {"cnpg.io/cluster": "hlt-id-db"},
    "identity": {"app": "keycloak", "app.kubernetes.io/instance": "hlt-id"},
    "broker": {"app.kubernetes.io/name": "hlt-mq", "app.kubernetes.io/component": "rabbitmq"},
}
OUTSIDE = {
    "gateway": ("edge", {"app": "edge"}),
    "operators": ("operators", {"app": "operator"}),
    "stranger": ("elsewhere", {"app": "curious"}),
}
WATCHING = {"monitoring": ("monitoring", {"app": "prometheus"}), "collector": ("monitoring", {"app": "collector"})}
ADDRESSES = {
    "mail": "192.0.2.25",
    "identityProviders": "198.51.100.7",
    "objectStorage": "192.0.2.80",
    "kubernetesApi": "192.0.2.10",
    "internet": "203.0.113.9",
}
INSIDE = {*OWN, *OPERATED}
COLLECTED = {(node, "collector", 4318) for node in INSIDE}
PORTS = sorted({port for _a, _b, port in ALLOWED} | {22, 80, 4318, 5672, 8443, 15672})
Edge = tuple[str, str, int]


@dataclass(frozen=True)
class End:
    """A pod, or an address outside the cluster."""

    name: str
    namespace: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    address: str = ""


def ends() -> list[End]:
    own = {"app.kubernetes.io/name": "hlt", "app.kubernetes.io/instance": "hlt"}
    inside = [End(name, NAMESPACE, {**own, "app.kubernetes.io/component": name}) for name in OWN]
    inside += [End(name, NAMESPACE, labels) for name, labels in OPERATED.items()]
    outside = [End(name, space, labels) for name, (space, labels) in {**OUTSIDE, **WATCHING}.items()]
    return [*inside, *outside, *(End(name, address=address) for name, address in ADDRESSES.items())]


def selects(selector: Object, labels: dict[str, str]) -> bool:
    assert set(selector) <= {"matchLabels"}
    wanted: dict[str, str] = selector.get("matchLabels", {})
    return wanted.items() <= labels.items()


def is_peer(peer: Object, end: End) -> bool:
    """Tell whether a policy's peer means this end; a peer without a namespace means the policy's own."""
    if "ipBlock" in peer:
        return bool(end.address) and ip_address(end.address) in ip_network(peer["ipBlock"]["cidr"])
    if end.address:
        return False
    space = peer.get("namespaceSelector", {"matchLabels": {"kubernetes.io/metadata.name": NAMESPACE}})
    here = selects(space, {"kubernetes.io/metadata.name": end.namespace})
    return here and selects(peer.get("podSelector", {}), end.labels)


def lets(policies: list[Object], way: str, subject: End, other: End, port: int) -> bool:
    """Tell whether the policies over `subject` let `port` through to or from `other`."""
    kind, peers = ("Ingress", "from") if way == "ingress" else ("Egress", "to")
    over = [
        policy["spec"]
        for policy in policies
        if subject.namespace == NAMESPACE and selects(policy["spec"]["podSelector"], subject.labels)
    ]
    if not any(kind in spec["policyTypes"] for spec in over):
        return True
    rules = [rule for spec in over for rule in spec.get(way) or []]
    return any(
        ("ports" not in rule or any(one["port"] == port and one["protocol"] == "TCP" for one in rule["ports"]))
        and (peers not in rule or any(is_peer(peer, other) for peer in rule[peers]))
        for rule in rules
    )


def reach(objects: tuple[Object, ...]) -> set[Edge]:
    """Give every (from, to, port) that the policies allow where at least one end is a pod of this namespace."""
    policies = of_kind(objects, "NetworkPolicy")
    return set(edges(policies))


def edges(policies: list[Object]) -> Iterator[Edge]:
    for source in ends():
        for target in ends():
            if NAMESPACE not in (source.namespace, target.namespace):
                continue
            for port in PORTS:
                out = lets(policies, "egress", source, target, port)
                if out and lets(policies, "ingress", target, source, port):
                    yield source.name, target.name, port


def test_what_the_policies_allow_is_exactly_the_list() -> None:
    assert reach(rendered()) == ALLOWED | COLLECTED


def test_without_monitoring_nothing_scrapes_and_nothing_is_collected() -> None:
    assert reach(rendered(CI / "no-monitoring.yaml")) == {edge for edge in ALLOWED if edge[0] != "monitoring"}


def test_web_has_no_way_to_the_queue_and_nobody_from_outside_to_the_database() -> None:
    found = reach(rendered())
    assert not [edge for edge in found if edge[:2] == ("web", "broker")]
    assert {edge[0] for edge in found if edge[1] == "database"} <= {*OWN, "database", "operators", "monitoring"}
    assert not [edge for edge in found if "stranger" in edge or "internet" in edge]


def test_every_pod_of_the_chart_is_an_end_of_the_graph() -> None:
    components = {
        template["metadata"]["labels"]["app.kubernetes.io/component"]
        for upgrade in (False, True)
        for _name, template in pods(rendered(upgrade=upgrade))
    }
    assert components <= set(OWN)


def test_name_servers_are_open_to_all_pods_and_only_on_their_port() -> None:
    names = named(rendered(), "NetworkPolicy", "hlt-names")["spec"]
    assert names["podSelector"] == {}
    assert {(one["port"], one["protocol"]) for one in names["egress"][0]["ports"]} == {(53, "UDP"), (53, "TCP")}


def test_keycloaks_own_policy_says_the_same_as_ours() -> None:
    """The operator adds a policy of its own; policies add up, so a wider one would open what ours closes."""
    objects = rendered()
    own = named(objects, "Keycloak", "hlt-id")["spec"]["networkPolicy"]
    ours = named(objects, "NetworkPolicy", "hlt-identity")["spec"]["ingress"]
    for port, listed in ((8080, own["http"]), (9000, own["management"])):
        peers = [peer for rule in ours if rule["ports"][0]["port"] == port for peer in rule["from"]]
        assert sorted(map(str, listed)) == sorted(map(str, peers))


def plant(objects: tuple[Object, ...], name: str, way: str, rule: Any) -> None:
    named(objects, "NetworkPolicy", name)["spec"][way].append(rule)


WEB = {"podSelector": {"matchLabels": {"app.kubernetes.io/component": "web"}}}
QUEUE = {"podSelector": {"matchLabels": OPERATED["broker"]}}


@pytest.mark.parametrize(
    ("plants", "more"),
    [
        (
            [("hlt-web", "egress", "to", QUEUE, 5671), ("hlt-broker", "ingress", "from", WEB, 5671)],
            {("web", "broker", 5671)},
        ),
        ([("hlt-web", "egress", "to", {"ipBlock": {"cidr": "203.0.113.0/24"}}, 80)], {("web", "internet", 80)}),
        (
            [("hlt-database", "ingress", "from", {"namespaceSelector": {}, "podSelector": {}}, 5432)],
            {("gateway", "database", 5432), ("stranger", "database", 5432)},
        ),
    ],
)
def test_one_planted_way_more_is_seen(plants: Any, more: set[Edge]) -> None:
    objects = deepcopy(rendered())
    for name, way, end, peer, port in plants:
        plant(objects, name, way, {end: [peer], "ports": [{"port": port, "protocol": "TCP"}]})
    assert more <= reach(objects) - ALLOWED - COLLECTED


def test_one_way_less_is_seen() -> None:
    objects = deepcopy(rendered())
    named(objects, "NetworkPolicy", "hlt-database")["spec"]["ingress"].pop()
    assert reach(objects) < ALLOWED | COLLECTED
