"""With what a part holds it comes in as its own logins and as nobody else (tenancy §2, ADR 0012).

Each part's environment is what the chart renders and what the local stack writes; only the place of the server is ours.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.logins import rows
from tests.rendered import containers, named, pods, rendered

import behind
from hlt_platform.settings import rings
from hlt_platform.settings.environment import parse
from hlt_tenants.registry.provision import known_kommuner
from hlt_tenants.registry.secrets import KeyRing, MasterKey, draft_name, fact_name, secret_of
from postgres import Server

SCRIPT = Path(__file__).with_name("holding.py")
MASTER = MasterKey(bytes.fromhex(os.environ["HLT_MASTER_KEY"]))
KOMMUNER = tuple(facts.kommunkod for facts in known_kommuner())
PAGES = r"k\d{4}_(preschool|school|pupil_health|school_medical|social|region_health"
OWN = {
    "web": PAGES + r"|door|admin|signal)|hlt_(registry|identity|region|publisher)",
    "relay": r"k\d{4}_relay|hlt_(registry|relay|broker_send)",
    "beat": r"k\d{4}_relay|hlt_(registry|relay)",
    "worker_kommun": PAGES + r"|jobs|admin)|hlt_(registry|broker_take_kommun)",
    "worker_region": r"hlt_(disclosure|broker_take_region)",
    "worker_identity": r"hlt_(identity|broker_take_identity)",
    "provision": r"hlt_identity",
    "verify": r"hlt_provisioner",
}
SECRETS = {
    "masterKey": MASTER.master.hex(),
    "secretKey": "ab" * 32,
    "url": "pgmq://",
    "client-id": "hlt",
    "client-secret": "x",
}


@pytest.fixture(scope="module")
def logins(server: Server, kommuner: None) -> list[str]:
    """Everybody who can log in: of two kommuner all, of the others nobody, since theirs follow in the same way."""
    from hlt_platform.background.broker import install_broker

    install_broker()
    found = rows("hlt_owner", r"SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname !~ '^k24(?!80|81)\d\d_'")
    return [str(login) for (login,) in found]


def in_chart(name: str, template: dict[str, Any]) -> dict[str, str]:
    """Give the environment of a pod: its ConfigMap, its entries, and the Secrets that they name."""
    (container,) = template["spec"]["containers"]
    known: dict[str, str] = {}
    for source in container["envFrom"]:
        known |= named(rendered(), "ConfigMap", source["configMapRef"]["name"])["data"]
    for entry in container["env"]:
        known[entry["name"]] = entry.get("value") or SECRETS[entry["valueFrom"]["secretKeyRef"]["key"]]
    return {**known, "RING": rings.ring(name, served(container["command"]), MASTER)}


def served(words: list[str]) -> tuple[str, ...]:
    return tuple(words[-1].split(",")) if "--kommuner" in words else KOMMUNER


def in_local_stack(folder: Path, part: str) -> dict[str, str]:
    """Give the environment of a part of `make up`: what stands before its command."""
    places = dict.fromkeys((*behind.PLACES, *behind.WEB), "somewhere")
    owner = {"HLT_MASTER_KEY": MASTER.master.hex(), "HLT_SUPERUSER_URL": "postgresql://postgres"}
    behind.heartbeats(folder).mkdir(exist_ok=True)
    behind.write_rings(folder, places | owner)
    words = behind.environment(folder, part)
    settings = "local" if part == "web" else part.partition("_")[0]
    own = {"DJANGO_SETTINGS_MODULE": f"hlt_platform.settings.{settings}", "HLT_WORKER_HOME": part.partition("_")[2]}
    return {**words, **own, "RING": Path(words["HLT_KEYRING"]).read_text(encoding="utf-8")}


def told(folder: Path, server: Server, env: dict[str, str], logins: list[str]) -> dict[str, Any]:
    """Run the questions in an environment; give what the process held and where it came in."""
    ring = folder / "ring"
    ring.write_text(env.pop("RING"), encoding="utf-8")
    files = {"HLT_KEYRING": str(ring), "HLT_ENV_FILE": env.get("HLT_ENV_FILE", os.devnull)}
    place = {"HLT_DB_HOST": str(server.sockets), "HLT_DB_PORT": "5432", "HLT_DB_NAME": "hlt", "HLT_BROKER_URL": ""}
    run = subprocess.run(
        [sys.executable, str(SCRIPT), *logins], env=env | files | place, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def check(part: str, answer: dict[str, Any]) -> None:
    own = {login for login in answer["logins"] if re.fullmatch(OWN[part], login)}
    assert own
    assert {login for login, how in answer["logins"].items() if how == "in"} == own
    assert {how for login, how in answer["logins"].items() if login not in own} == {"missing, 28P01"}
    others = set(answer["logins"]) - own
    assert not follows(answer["held"], others) & {MASTER.secret(login) for login in others}


def follows(held: list[str], logins: set[str]) -> set[str]:
    """Give every password that could be made of what a part holds: as it is, as a master key, as a class's key."""
    keys = [bytes.fromhex(one) for one in held]
    as_master = {MasterKey(key).secret(login) for key in keys for login in logins}
    return {*held, *as_master, *(secret_of(login, class_key=key) for key in keys for login in logins)}


@pytest.mark.parametrize("part", [part for part in OWN if part not in rings.JOBS])
def test_a_part_of_the_local_stack_comes_in_as_its_own_logins_and_as_nobody_else(
    part: str, tmp_path: Path, server: Server, logins: list[str]
) -> None:
    check(part, told(tmp_path, server, in_local_stack(tmp_path, part), logins))


@pytest.mark.parametrize("part", OWN)
def test_a_pod_of_the_chart_comes_in_as_its_own_logins_and_as_nobody_else(
    part: str, tmp_path: Path, server: Server, logins: list[str]
) -> None:
    templates = {name.removeprefix("hlt-").replace("-", "_"): template for name, template in pods(rendered())}
    check(part, told(tmp_path, server, in_chart(part, templates[part]), logins))


def test_no_pod_is_left_out() -> None:
    named_ = {name.removeprefix("hlt-").replace("-", "_") for name, _template in pods(rendered())}
    assert named_ == {*OWN, "install"}


def test_web_knows_a_kommun_that_was_made_after_it_began() -> None:
    ring = KeyRing(parse(rings.ring("web", (), MASTER)))
    for name in ("k2499_school", "k2499_private_school_2", "k2499_door", draft_name("2499"), fact_name("2499")):
        assert ring.secret(name) == MASTER.secret(name)
    for name in ("k2499_jobs", "k2499_relay", "k2499_message", "k2499_something_new", "hlt_owner"):
        with pytest.raises(KeyError):
            ring.secret(name)


def test_no_class_shares_a_key_with_another() -> None:
    names = {*rings.SERVED, "k*_jobs", "k*_relay", "k*_message", "hlt_owner", "hlt_provisioner", "region_ties"}
    assert len({MASTER.class_key(name) for name in names} | {MASTER.master}) == len(names) + 1


def test_the_gate_of_a_web_pod_opens_with_what_web_holds(tmp_path: Path, server: Server, kommuner: None) -> None:
    ring = tmp_path / "ring"
    ring.write_text(rings.ring("web", (), MASTER), encoding="utf-8")
    env = {"HLT_KEYRING": str(ring), "HLT_ENV_FILE": os.devnull, "HLT_DB_HOST": str(server.sockets)}
    env |= {"DJANGO_SETTINGS_MODULE": "hlt_platform.settings.production", "HLT_SECRET_KEY": "ab" * 32}
    (template,) = (template for name, template in pods(rendered()) if name == "hlt-web")
    gate = containers(template)[0]["command"][1:3]
    words = [sys.executable, "-m", "hlt_platform", *gate, "--seconds", "0"]
    run = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "every kommun is installed\n"), run.stderr
