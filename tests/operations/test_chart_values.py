"""Which values the chart takes and which it refuses, asked of the real helm (operations §13, test 1)."""

import csv
import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from tests.rendered import CI, FULL, ROOT, asked, of_kind, rendered

import helm_tool
import values_table
from helm_tool import KINDS

OVERLAYS = sorted(path for path in CI.glob("*.yaml") if path != FULL)
KOMMUNER = ROOT / "tenants" / "hlt_tenants" / "registry" / "data" / "kommuner.csv"
OPEN_TO_ALL = '[{"ipBlock": {"cidr": "0.0.0.0/0"}}]'
REFUSED = [
    ('image.tag="1.0"', "additional properties 'tag' not allowed"),
    ('image.digest="latest"', "does not match pattern"),
    ('image.digest=""', "does not match pattern"),
    ('image.repository=""', "does not match pattern"),
    ('database.image.digest=""', "/database/image/digest"),
    ('keys.existingSecret=""', "/keys/existingSecret"),
    ('broker.relaySecret=""', "/broker/relaySecret"),
    ('identity.existingSecret=""', "/identity/existingSecret"),
    ('keys.ringsSecret=""', "/keys/ringsSecret"),
    ("beat.replicas=2", "additional properties 'replicas' not allowed"),
    ("web.replicaCount=3", "additional properties 'replicaCount' not allowed"),
    ("web.replicas=1", "minimum"),
    ("database.maxConnections=300", "leaves room for 280"),
    ("worker.groups.kommun.replicas=40", "smaller pools, or a Pooler"),
    ('kommuner.2480.queueGroup="nowhere"', "there is no worker group nowhere"),
    ('kommuner.2480.queueGroup="region"', "serves region, not kommuner"),
    ("worker.groups.region=null", "no group serves region"),
    ('worker.groups.empty={"serves": "kommun", "replicas": 1, "processes": 1}', "serves no kommun"),
    ('gateway.name=""', "/gateway/name"),
    ('gateway.mode="loadBalancer"', "/gateway/mode"),
    ("networkPolicy.peers.gateway=[]", "/networkPolicy/peers/gateway"),
    (f"networkPolicy.peers.mail={OPEN_TO_ALL}", "/networkPolicy/peers/mail"),
    ("networkPolicy.peers.mail=[{}]", "/networkPolicy/peers/mail"),
    ("networkPolicy.enabled=false", "additional properties 'enabled' not allowed"),
    ("podDisruptionBudget.maxUnavailable=3", "/podDisruptionBudget/maxUnavailable"),
    ('backup.existingSecret=""', "/backup/existingSecret"),
    ("securityContext={}", "additional properties 'securityContext' not allowed"),
    ('domain="localhost"', "/domain"),
    ('kommuner.umea={"slug": "umea", "queueGroup": "kommun"}', "'umea' not allowed"),
]


def test_there_are_at_least_twelve_sets_that_pass_and_twelve_that_do_not() -> None:
    assert len(OVERLAYS) + 1 >= 12
    assert len(REFUSED) >= 12


@pytest.mark.parametrize("overlay", [FULL, *OVERLAYS], ids=lambda path: path.stem)
def test_a_set_of_values_passes_lint_and_renders(overlay: Any) -> None:
    linted = helm_tool.run("lint", "--strict", "--quiet", str(helm_tool.CHART), "-f", str(FULL), "-f", str(overlay))
    # Lint has no --api-versions: it sees a cluster without operators, and says so; nothing else may be wrong.
    complaints = [line for line in linted.stdout.splitlines() if "[ERROR]" in line or "[WARNING]" in line]
    assert not [line for line in complaints if "is not known to this cluster" not in line], linted.stdout
    assert len(rendered(overlay)) > 20


@pytest.mark.parametrize(("single", "told"), REFUSED, ids=[single[:60] for single, _told in REFUSED])
def test_a_wrong_value_is_refused_with_its_reason(single: str, told: str) -> None:
    run = asked(sets=(single,))
    assert run.returncode != 0
    assert told in run.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_a_cluster_without_an_operator_is_told_what_to_install(kind: str) -> None:
    run = asked(kinds=tuple(known for known in KINDS if known != kind))
    assert run.returncode != 0
    assert f"{kind} is not known to this cluster: install" in run.stderr


def test_nothing_renders_without_the_values_that_must_be_given() -> None:
    bare = helm_tool.run("template", "hlt", str(helm_tool.CHART), "--api-versions", ",".join(KINDS))
    assert bare.returncode != 0
    assert {"/domain", "/image/digest", "/keys/existingSecret"} <= {
        part.split("'")[1] for part in bare.stderr.splitlines() if "- at '" in part
    }


def test_the_kommuner_of_the_chart_are_those_of_the_table() -> None:
    values = yaml.safe_load((helm_tool.CHART / "values.yaml").read_text(encoding="utf-8"))
    with KOMMUNER.open(encoding="utf-8") as file:
        table = {row["kommunkod"]: row["slug"] for row in csv.DictReader(file)}
    assert {code: kommun["slug"] for code, kommun in values["kommuner"].items()} == table


def test_every_kommun_and_the_region_has_a_host() -> None:
    hosts = {host for route in of_kind(rendered(), "HTTPRoute") for host in route["spec"]["hostnames"]}
    with KOMMUNER.open(encoding="utf-8") as file:
        slugs = {row["slug"] for row in csv.DictReader(file)}
    assert hosts == {f"{name}.hlt.example.invalid" for name in slugs | {"region", "id"}}


def levels(schema: Any) -> Iterator[dict[str, Any]]:
    """Give every part of a schema that describes an object's properties, but for conditions, which only add."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for key, part in schema.items():
            if key not in ("allOf", "oneOf", "if", "then", "not"):
                yield from levels(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from levels(part)


def test_the_schema_is_closed_at_every_level() -> None:
    schema = json.loads((helm_tool.CHART / "values.schema.json").read_text(encoding="utf-8"))
    found = list(levels(schema))
    assert len(found) > 25
    free = [one for one in found if one.get("additionalProperties", True) is True and one.get("maxProperties") != 0]
    assert free == []


def test_the_table_of_values_in_the_charts_readme_is_the_one_of_today() -> None:
    readme = (helm_tool.CHART / "README.md").read_text(encoding="utf-8")
    assert values_table.written(readme) == readme, "run `make fix`"


def test_a_value_without_a_sentence_does_not_pass() -> None:
    text = (helm_tool.CHART / "values.yaml").read_text(encoding="utf-8")
    with pytest.raises(values_table.Undocumented, match=r"web\.secret"):
        list(values_table.rows(text.replace("web:\n", "web:\n  secret: true\n")))
