"""The commands that pods run are ones that exist, with the settings that the code reads (operations §12)."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from tests.rendered import CI, ROOT, Object, containers, of_kind, pods, rendered

from hlt_platform import cli
from hlt_platform.background.queues import names
from hlt_platform.background.tasks import HOMES
from hlt_tenants.registry.provision import known_kommuner
from hlt_tenants.registry.waiting import wait

EVERY = [
    (name, tuple(container["command"]))
    for upgrade in (False, True)
    for name, template in pods(rendered(upgrade=upgrade))
    for container in containers(template)
]


def settings_read() -> set[str]:
    """Give each HLT_ name that settings or the command line read from the environment."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "platform").rglob("*.py")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "identity").rglob("*.py")]
    return {name for text in texts for name in re.findall(r'"(HLT_[A-Z_]+)"', text)}


def test_the_queues_of_the_chart_are_those_of_the_code(kommuner: None) -> None:
    in_code = {queue for home in HOMES.values() for queue in names(home, home.every())}
    made = {one["spec"]["name"] for one in of_kind(rendered(), "Queue")}
    assert made == in_code | {f"{queue}_dead" for queue in in_code}


def test_a_queue_that_gives_up_has_a_place_for_what_it_gave_up() -> None:
    specs = {one["spec"]["name"]: one["spec"] for one in of_kind(rendered(), "Queue")}
    for name, spec in specs.items():
        assert name.endswith("_dead") or spec["arguments"]["x-dead-letter-routing-key"] in specs


def workers(objects: tuple[Object, ...]) -> dict[str, list[str]]:
    """Give the command of each worker Deployment."""
    found = {name: containers(template)[-1]["command"] for name, template in pods(objects)}
    return {name: words for name, words in found.items() if words[:2] == ["hlt", "worker"]}


@pytest.mark.parametrize("overlays", [(), (CI / "three-groups.yaml",)], ids=["one", "three"])
def test_every_kommun_is_served_by_exactly_one_group(overlays: Any) -> None:
    lists = [words[-1].split(",") for words in workers(rendered(*overlays)).values() if words[2] == "kommun"]
    assert sorted(code for codes in lists for code in codes) == sorted(place.kommunkod for place in known_kommuner())


def test_every_home_has_a_worker() -> None:
    assert {words[2] for words in workers(rendered()).values()} == set(HOMES)


@pytest.mark.parametrize("upgrade", [False, True])
def test_a_part_is_handed_its_ring_and_only_what_makes_logins_the_master_key(upgrade: bool) -> None:
    for name, template in pods(rendered(upgrade=upgrade)):
        told = {entry["name"] for container in containers(template) for entry in container["env"]}
        makes_logins = name in ("hlt-install", "hlt-migrate")
        assert ("HLT_KEYRING" in told) != makes_logins, name
        assert ("HLT_MASTER_KEY" in told) == makes_logins, name
        assert ("HLT_SECRET_KEY" in told) == (name == "hlt-web"), name
        rings = [volume["secret"]["items"] for volume in template["spec"]["volumes"] if volume["name"] == "ring"]
        own = [] if makes_logins else [name.removeprefix("hlt-")]
        assert [item["key"] for items in rings for item in items] == own


def test_only_relay_and_workers_can_reach_the_queue() -> None:
    told = {
        name: {entry["name"] for container in containers(template) for entry in container["env"]}
        for name, template in pods(rendered())
    }
    with_queue = {name for name, known in told.items() if "HLT_BROKER_URL" in known}
    assert with_queue == {"hlt-relay", *workers(rendered())}


def test_a_pods_settings_are_those_of_its_part() -> None:
    for name, template in pods(rendered()):
        for container in containers(template):
            chosen = {entry["name"]: entry.get("value") for entry in container["env"]}
            part = str(chosen["DJANGO_SETTINGS_MODULE"]).rpartition(".")[2]
            assert (ROOT / "platform" / "hlt_platform" / "settings" / f"{part}.py").is_file(), name
            if container["command"][1] in ("relay", "beat", "worker"):
                assert part == container["command"][1]


def test_the_heartbeat_that_a_probe_asks_for_is_one_that_the_part_gives() -> None:
    for name, template in pods(rendered()):
        container = containers(template)[-1]
        if "exec" in container.get("livenessProbe", {}):
            file = container["livenessProbe"]["exec"]["command"][-1]
            words = container["command"][1:]
            assert file == "/tmp/" + ("_".join(words[:2]) if words[0] == "worker" else words[0]), name  # noqa: S108


@pytest.mark.parametrize(("name", "words"), sorted(set(EVERY)))
def test_a_pods_command_exists(name: str, words: tuple[str, ...]) -> None:
    if words[0] == "hlt":
        assert callable(cli.parser().parse_args(words[1:]).run)
    else:
        module, _, member = next(word for word in words if "hlt_platform" in word).partition(":")
        assert hasattr(import_module(module), member or "app")


def told() -> Iterator[str]:
    for objects in (rendered(), rendered(upgrade=True), rendered(CI / "external.yaml")):
        for settings in of_kind(objects, "ConfigMap"):
            yield from settings["data"]
        for _name, template in pods(objects):
            for container in containers(template):
                yield from (entry["name"] for entry in container["env"])


def test_each_setting_that_a_pod_is_given_is_one_that_the_code_reads() -> None:
    ours = {name for name in told() if name.startswith("HLT_")}
    assert ours
    assert ours <= settings_read()


def test_the_gate_opens_when_nothing_is_missing_and_says_what_is() -> None:
    answers = iter([frozenset({"2480", "2481"}), frozenset({"2481"}), frozenset[str]()])
    assert wait(60, asked=lambda: next(answers)) == frozenset()
    assert wait(0, asked=lambda: frozenset({"2481"})) == {"2481"}
