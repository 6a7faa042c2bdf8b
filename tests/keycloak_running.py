"""A real Keycloak for the whole run, its realm made by the product's own commands; without one the tests fail.

The realm as it was made lies in the user's cache, under a digest of all that makes it: the next run starts from there
and `apply` finds nothing to write. Ports are part of a realm's addresses, so a kept realm has its own.
"""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import requests
from django.conf import settings
from tests.turns import turn

import keycloak_server
from hlt_identity.models import RealmLink
from hlt_identity.oidc.keys import REALM_KEYS
from hlt_identity.provisioning.converge import apply
from hlt_platform.demo.accounts import make_accounts
from stack import free_ports, is_free

ROOT = Path(__file__).resolve().parents[1]
MAKERS = (
    "infra/realm/*.yaml",
    "identity/hlt_identity/provisioning/*.py",
    "identity/hlt_identity/oidc/endpoints.py",
    "platform/hlt_platform/demo/[ap]*.py",
)
READY_SECONDS = 240
KEPT = ("keycloak/data", "keycloak-admin", "keys", "ports.json")


def digest() -> str:
    """Give the name under which a realm is kept: this checkout's, until anything that makes it changes."""
    made_by = [path for pattern in MAKERS for path in sorted(ROOT.glob(pattern))]
    said = b"".join(path.read_bytes() for path in made_by) + f"{ROOT} {keycloak_server.VERSION}".encode()
    return sha256(said).hexdigest()[:16]


class Server:
    """One Keycloak of this run. Ports: its own, its management's, and the one where our hosts are to be served."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "keycloak.log"
        self.kept = keycloak_server.cache() / f"realm-{digest()}"
        self.ports = self._taken_up() or free_ports(3)

    def _taken_up(self) -> list[int] | None:
        if not (self.kept / "ports.json").is_file():
            return None
        ports: list[int] = json.loads((self.kept / "ports.json").read_text())
        if not all(map(is_free, ports)):
            return None
        shutil.copytree(self.kept, self.folder, dirs_exist_ok=True)
        return ports

    def keep(self) -> None:
        """Lay the realm of a server that has stopped in the cache, whole or not at all."""
        (self.folder / "ports.json").write_text(json.dumps(self.ports))
        scratch = self.kept.with_name(f"{self.kept.name}.{self.ports[0]}")
        for name in KEPT:
            copy = shutil.copytree if (self.folder / name).is_dir() else shutil.copy2
            (scratch / name).parent.mkdir(parents=True, exist_ok=True)
            copy(self.folder / name, scratch / name)
        if self.kept.exists():
            shutil.rmtree(scratch)
        else:
            scratch.rename(self.kept)

    def start(self) -> "subprocess.Popen[bytes]":
        secret = keycloak_server.admin_secret(self.folder)
        env = {"KC_BOOTSTRAP_ADMIN_CLIENT_ID": "hlt-bootstrap", "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET": secret}
        command = keycloak_server.command(
            keycloak_server.prepare(self.folder),
            port=self.ports[0],
            management_port=self.ports[1],
            public_url=self.addresses()["HLT_KEYCLOAK_PUBLIC_URL"],
        )
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command, env={**keycloak_server.environment(), **env}, stdout=log, stderr=log, start_new_session=True
            )

    def addresses(self) -> dict[str, str]:
        """Give what the settings must say while this server is meant."""
        return {
            "HLT_KEYCLOAK_URL": f"http://127.0.0.1:{self.ports[0]}",
            "HLT_KEYCLOAK_PUBLIC_URL": f"http://id.hlt.localhost:{self.ports[0]}",
            "HLT_KEYCLOAK_ADMIN_SECRET": keycloak_server.admin_secret(self.folder),
            "HLT_KEYS_DIR": str(self.folder / "keys"),
            "HLT_PUBLIC_PORT": str(self.ports[2]),
            "HLT_BACKCHANNEL_BASE": f"http://127.0.0.1:{self.ports[2]}",
        }

    def wait(self, process: "subprocess.Popen[bytes]") -> None:
        limit = time.monotonic() + READY_SECONDS
        while not self._is_ready():
            if process.poll() is not None or time.monotonic() > limit:
                pytest.fail(f"Keycloak did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.2)

    def _is_ready(self) -> bool:
        try:
            return requests.get(f"http://127.0.0.1:{self.ports[1]}/health/ready", timeout=2).ok
        except requests.RequestException:
            return False


def meant(values: dict[str, Any]) -> dict[str, Any]:
    """Let the settings name another Keycloak; give what they named before."""
    before = {key: getattr(settings, key) for key in values}
    for key, value in values.items():
        setattr(settings, key, value)
    REALM_KEYS.forget()
    return before


@pytest.fixture(scope="session")
def keycloak(kommuner: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running Keycloak with realm `hlt`, 16 demo providers and the cast; the settings do not name it yet."""
    # The kept realm has ports of its own, so those who use it follow one another.
    with turn("realm"):
        server = Server(tmp_path_factory.mktemp("keycloak"))
        process = server.start()
        try:
            server.wait(process)
            before = meant(server.addresses())
            apply(lambda _line: None)
            make_accounts()
            meant(before)
            process = kept_and_running(server, process)
            yield server
        finally:
            stopped(process)


def kept_and_running(server: Server, process: "subprocess.Popen[bytes]") -> "subprocess.Popen[bytes]":
    """Keep a realm that was made just now: its database is whole only while the server stands still."""
    if server.kept.exists():
        return process
    stopped(process)
    server.keep()
    again = server.start()
    server.wait(again)
    return again


def stopped(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait(timeout=60)


@pytest.fixture(scope="module")
def real_realm(keycloak: Server) -> Iterator[Server]:
    """The real realm, meant by settings and by the rows of all hosts, for one module; then all is as before."""
    before, rows = meant(keycloak.addresses()), list(RealmLink.objects.values())
    apply(lambda _line: None)
    yield keycloak
    meant(before)
    for row in rows:
        RealmLink.objects.update_or_create(kommunkod=row["kommunkod"], defaults=row)
