"""The commands that pods run are ones that exist, with the settings that the code reads (operations §12)."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from tests.rendered import CI, ROOT, containers, of_kind, pods, rendered

from hlt_platform import cli
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
