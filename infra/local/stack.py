"""One stack: its folders, its ports and its env file."""

import hashlib
import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

import behind
import keycloak_server
import outside
from postgres import Server

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = "hlt.localhost"
PARTS = ("postgres", "keycloak", "web", *behind.PARTS)


@dataclass(frozen=True)
class Stack:
    """Named by HLT_STACK, so that tests run one of their own beside a developer's."""

    name: str

    @property
    def folder(self) -> Path:
        """Env file, logs, keys and flags: inside the checkout, ignored by git."""
        return ROOT / ".hlt" / self.name

    @property
    def state(self) -> Path:
        """Databases: outside the checkout, where the server's unprivileged account can reach them."""
        digest = hashlib.sha256(f"{ROOT}/{self.name}".encode()).hexdigest()[:10]
        base = "/var/lib/hlt" if os.geteuid() == 0 else str(Path.home() / ".local" / "state" / "hlt")
        return Path(os.environ.get("HLT_STATE", base)) / digest

    @property
    def env_file(self) -> Path:
        return self.folder / "env"

    @property
    def logs(self) -> Path:
        """One file per part, and the supervisor's own."""
        return self.folder / "logs"

    @property
    def ended(self) -> Path:
        """The supervisor's sentence on why everything was stopped; there is none while it runs."""
        return self.folder / "ended"

    @property
    def server(self) -> Server:
        return Server(self.state / "postgres")

    @property
    def installed(self) -> Path:
        """The flag that web waits for: databases and kommuner are there."""
        return self.folder / "installed"

    @property
    def ready(self) -> Path:
        """The flag that `make up` has come to its end."""
        return self.folder / "ready"

    def part_log(self, part: str) -> Path:
        return self.logs / part

    def env(self) -> dict[str, str]:
        """Read the env file; empty when the stack was never started."""
        if not self.env_file.is_file():
            return {}
        lines = self.env_file.read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if line)


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def write_env(stack: Stack) -> dict[str, str]:
    """Make or keep the settings of a stack; ports stay the same as long as they are free, secrets for ever."""
    env = stack.env()
    ports = ("HLT_WEB_PORT", "HLT_KEYCLOAK_PORT", "HLT_KEYCLOAK_MANAGEMENT_PORT")
    if not env or not all(is_free(int(env[key])) for key in ports):
        env.update(zip(ports, map(str, free_ports(len(ports))), strict=True))
    env.setdefault("HLT_MASTER_KEY", secrets.token_hex(32))
    env.setdefault("HLT_SECRET_KEY", secrets.token_hex(32))
    if outside.has("broker"):
        outside.check_broker()
    env |= {
        "HLT_OUTSIDE": " ".join(outside.named()),
        "HLT_DOMAIN": DOMAIN,
        "HLT_DB_NAME": "hlt",
        **(outside.database() if outside.has("postgres") else own_database(stack)),
        **(outside.keycloak() if outside.has("keycloak") else own_keycloak(stack, env)),
        "HLT_KEYS_DIR": str(stack.folder / "keys"),
        "HLT_LOG_DIR": str(stack.folder),
    }
    stack.env_file.touch(mode=0o600)
    stack.env_file.write_text("".join(f"{key}={value}\n" for key, value in sorted(env.items())), encoding="utf-8")
    return env


def own_database(stack: Stack) -> dict[str, str]:
    """Give where our server listens and how its superuser comes in; its folder is made when there is none."""
    server = stack.server
    server.prepare()
    return {"HLT_DB_HOST": str(server.sockets), "HLT_DB_PORT": "5432", "HLT_SUPERUSER_URL": server.conninfo()}


def own_keycloak(stack: Stack, env: dict[str, str]) -> dict[str, str]:
    """Give where our Keycloak is and how it is administered."""
    return {
        "HLT_KEYCLOAK_PUBLIC_URL": f"http://id.{DOMAIN}:{env['HLT_KEYCLOAK_PORT']}",
        "HLT_KEYCLOAK_URL": f"http://127.0.0.1:{env['HLT_KEYCLOAK_PORT']}",
        "HLT_KEYCLOAK_ADMIN_CLIENT": "hlt-bootstrap",
        "HLT_KEYCLOAK_ADMIN_SECRET": keycloak_server.admin_secret(stack.state),
    }
