"""What the supervisor is handed: each part's command, its environment and what it waits for."""

import json
import os
import shlex
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import behind
import keycloak_server
import outside
from supervisor import Part

if TYPE_CHECKING:
    from stack import Stack

MARK = "HLT_STARTED_BY"  # in the environment of every part: whose it is
# What would turn a part into another, and secrets that only the installation needs.
NOT_INHERITED = {
    *("DJANGO_SETTINGS_MODULE", "HLT_KEYRING", "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET"),
    *("HLT_MASTER_KEY", "HLT_SUPERUSER_URL", "HLT_KEYCLOAK_ADMIN_SECRET", "HLT_DATABASE_URL", "HLT_BROKER_URL"),
}


def write(stack: "Stack", env: dict[str, str]) -> Path:
    """Write the plan for its owner's eyes only, and give its file."""
    file = stack.folder / "plan"
    file.touch(mode=0o600)
    told = {"parts": [asdict(part) for part in parts(stack, env)], "told": str(stack.ended)}
    file.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return file


def parts(stack: "Stack", env: dict[str, str]) -> Iterator[Part]:
    """Give the parts that are ours to run; what is installed later waits for the databases."""
    common = {key: text for key, text in os.environ.items() if key not in NOT_INHERITED}
    common |= {MARK: str(stack.folder), "HLT_STACK": stack.name}
    if not outside.has("postgres"):
        command = [sys.executable, str(Path(__file__).parent / "postgres.py"), str(stack.server.folder)]
        log = str(stack.part_log("postgres"))
        yield Part("postgres", command, common, log, end_by=signal.SIGINT, is_last=True)
    if not outside.has("keycloak"):
        bootstrap = {
            "KC_BOOTSTRAP_ADMIN_CLIENT_ID": env["HLT_KEYCLOAK_ADMIN_CLIENT"],
            "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET": env["HLT_KEYCLOAK_ADMIN_SECRET"],
        }
        java = {key: text for key, text in keycloak_server.environment().items() if key not in NOT_INHERITED}
        home = {**java, **common, **bootstrap}
        yield Part("keycloak", keycloak_command(stack, env), home, str(stack.part_log("keycloak")))
    after = str(stack.installed)
    web = {**common, **behind.environment(stack.folder, "web")}
    yield Part("web", web_command(env), web, str(stack.part_log("web")), after)
    for part in behind.PARTS:
        own = {**common, **behind.environment(stack.folder, part)}
        yield Part(part, behind.command(part), own, str(stack.part_log(part)), after)


def web_command(env: dict[str, str]) -> list[str]:
    """Give granian's command; a child that dies is replaced, as a worker's is."""
    granian = str(Path(sys.executable).parent / "granian")
    words = "--interface wsgi --host 127.0.0.1 --workers 1 --blocking-threads 4 --no-ws"
    healing = "--respawn-failed-workers --respawn-interval 0.5"
    port = f"--port {env['HLT_WEB_PORT']}"
    return [granian, *shlex.split(f"{words} {healing} {port}"), "hlt_platform.wsgi:application"]


def keycloak_command(stack: "Stack", env: dict[str, str]) -> list[str]:
    return keycloak_server.command(
        keycloak_server.prepare(stack.state),
        port=int(env["HLT_KEYCLOAK_PORT"]),
        management_port=int(env["HLT_KEYCLOAK_MANAGEMENT_PORT"]),
        public_url=env["HLT_KEYCLOAK_PUBLIC_URL"],
    )
