"""compose.yaml says the same as the local stack and the code; no engine runs here, so only the file is read."""

import re
from importlib import import_module
from typing import Any

import pytest
import yaml
from django.test import override_settings
from tests.operations.test_chart_commands import settings_read
from tests.rendered import ROOT

import keycloak_server
import stack
from hlt_identity.oidc.client_keys import key_file
from hlt_identity.provisioning.files import organisations
from hlt_identity.provisioning.wanted import our_clients
from hlt_platform import cli
from hlt_platform.settings import rings

TEXT = (ROOT / "infra" / "local" / "compose.yaml").read_text(encoding="utf-8")
FILE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
FOREIGN = {"postgres", "keycloak"}
ONCE = {"install", "broker", "provision"}
OURS = sorted(set(SERVICES) - FOREIGN)


def test_the_parts_are_those_of_the_local_stack() -> None:
    assert set(SERVICES) - ONCE == set(stack.PARTS)


def test_every_image_is_given_by_the_environment_and_asks_for_a_digest() -> None:
    assert {service["image"] for service in SERVICES.values()} == set(
        re.findall(r"\$\{HLT_[A-Z_]*IMAGE:\?name@sha256:digest[^}]*\}", TEXT)
    )


def test_the_versions_it_asks_for_are_those_of_the_local_stack() -> None:
    assert keycloak_server.VERSION in SERVICES["keycloak"]["image"]
    assert "PostgreSQL 18.6" in SERVICES["postgres"]["image"]


@pytest.mark.parametrize("name", OURS)
def test_our_parts_are_closed_as_in_the_cluster(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] == "10001:10001"


@pytest.mark.parametrize("name", OURS)
def test_a_services_command_exists(name: str) -> None:
    words = SERVICES[name]["command"]
    if words[0] == "hlt":
        assert callable(cli.parser().parse_args(words[1:]).run)
    else:
        module, _, member = words[-1].partition(":")
        assert hasattr(import_module(module), member)


@pytest.mark.parametrize("name", OURS)
def test_each_setting_is_one_that_the_code_reads(name: str) -> None:
    assert {key for key in SERVICES[name]["environment"] if key.startswith("HLT_")} <= settings_read()


@pytest.mark.parametrize("name", ["web", "provision", *rings.BEHIND])
def test_a_part_knows_its_ring_and_not_the_master_key(name: str) -> None:
    service = SERVICES[name]
    assert service["environment"]["HLT_KEYRING"] == f"/run/secrets/{name}"
    assert service["secrets"] == [name]
    assert ("HLT_SECRET_KEY" in service["environment"]) == (name == "web")


def test_only_what_makes_logins_knows_the_master_key() -> None:
    knows = {name for name, service in SERVICES.items() if "HLT_MASTER_KEY" in str(service)}
    assert knows == {"install", "broker"}


def test_only_provisioning_holds_the_keys_of_services_and_web_those_of_its_pages() -> None:
    folders = SERVICES["provision"]["environment"]
    places = {key: folders[key] for key in ("HLT_KEYS_DIR", "HLT_SERVICE_KEYS_DIR")}
    with override_settings(**places):
        files = {client: str(key_file(client).parent) for client in our_clients()}
    shown = {name: mounted(service) & set(places.values()) for name, service in SERVICES.items()}
    assert {name: kept for name, kept in shown.items() if kept} == {
        "web": {places["HLT_KEYS_DIR"]},
        "provision": set(places.values()),
    }
    assert {client for client, folder in files.items() if folder in shown["web"]} == {
        row.client_id for row in organisations()
    }


def mounted(service: dict[str, Any]) -> set[str]:
    """Give the folders of volumes that a service sees."""
    return {volume.split(":")[1] for volume in service.get("volumes", [])}


@pytest.mark.parametrize("name", rings.BEHIND)
def test_a_part_behind_the_pages_shows_that_it_lives(name: str) -> None:
    assert f"'/tmp/{name}'" in SERVICES[name]["healthcheck"]["test"][-1]


def test_only_pages_and_sign_in_are_published_and_only_to_this_machine() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert set(published) == {"web", "keycloak"}
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)
    assert FILE["networks"]["database"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == ["database"]
