"""`python infra/local <verb>`: the local stack for people and scripts. Works before Django does."""

import argparse
import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

import assets
import behind
import keycloak_server
import lifecycle
import named
from hlt_platform.background.heartbeat import is_silent
from hlt_platform.cli import heard
from hlt_platform.demo.people import cast
from hlt_tenants.registry.secrets import MasterKey
from postgres import CannotRun
from stack import DOMAIN, PARTS, Stack

MARKS = {"postgres": "postgres.py", "keycloak": "quarkus", "web": "granian"} | {
    part: f"hlt_platform {part.replace('_', ' ')}" for part in behind.PARTS
}


CANNOT = (CannotRun, assets.CannotBuild, keycloak_server.CannotRun, named.CannotUse)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def hosts(env: dict[str, str]) -> list[dict[str, str]]:
    """Give one row per kommun: kommunkod, slug, url."""
    with behind.KOMMUNER.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    port = env.get("HLT_WEB_PORT", "")
    return [
        {"kommunkod": row["kommunkod"], "slug": row["slug"], "url": f"http://{row['slug']}.{DOMAIN}:{port}"}
        for row in rows
    ]


def parts(stack: Stack) -> list[dict[str, Any]]:
    """Give one row per part: name, state, address, pid, memory_mb (of the part and all below it)."""
    env = stack.env()
    addresses = {
        "postgres": ":".join(filter(None, (env.get("HLT_DB_HOST", ""), env.get("HLT_DB_PORT", "")))),
        "keycloak": env.get("HLT_KEYCLOAK_PUBLIC_URL", ""),
        "web": f"http://127.0.0.1:{env.get('HLT_WEB_PORT', '')}",
    }
    seen = [found for process in lifecycle.processes(stack) if (found := described(process))]
    state = "running" if lifecycle.running(stack) else "left over"
    rows = [part_row(name, addresses.get(name, ""), [row for row in seen if row[0] == name], state) for name in PARTS]
    elsewhere = env.get("HLT_OUTSIDE", "").split()
    for row in rows:
        if row["name"] in elsewhere:
            row["state"] = "elsewhere"
        elif row["state"] == "running" and is_silent(behind.heartbeats(stack.folder), row["name"]):
            row["state"] = "silent"
    return rows


Seen = tuple[str, int, int]


def part_row(name: str, address: str, mine: list[Seen], state: str) -> dict[str, Any]:
    # The first of a part is its main process; what it starts later has a higher number.
    pid = min((row[1] for row in mine), default=None)
    memory = sum(row[2] for row in mine)
    return {
        "name": name,
        "state": state if mine else "stopped",
        "address": address,
        "pid": pid,
        "memory_mb": memory,
    }


def described(process: psutil.Process) -> Seen | None:
    """Give part, pid and MB of a process; None for what is no part or has just ended."""
    try:
        part = part_of(" ".join(process.cmdline()))
        return (part, process.pid, memory_of(process) // 1_048_576) if part else None
    except psutil.NoSuchProcess:
        return None


def memory_of(process: psutil.Process) -> int:
    """Give a process's bytes, and its part of what it shares: PostgreSQL's buffers are there once."""
    try:
        shared_out: int = process.memory_full_info().pss
    except psutil.AccessDenied:
        return int(process.memory_info().rss)
    return shared_out


def part_of(line: str) -> str | None:
    """Tell which part a process belongs to by what it runs."""
    if "supervisor.py" in line:
        return None
    if line.startswith("postgres:") or "/postgres" in line:
        return "postgres"
    return next((part for part, mark in MARKS.items() if mark in line), None)


def status(stack: Stack) -> dict[str, Any]:
    env = stack.env()
    region = f"http://region.{DOMAIN}:{env.get('HLT_WEB_PORT', '')}"
    return {
        "why": lifecycle.why(stack),
        "parts": parts(stack),
        "hosts": hosts(env),
        "region": {"url": region, "graphql": f"{region}/graphql"},
        "cast": cast(),
    }


def show(stack: Stack) -> None:
    """Print parts and addresses as a person reads them."""
    told = status(stack)
    if told["why"]:
        say(f"{told['why']} `hlt local logs <part>` shows its last words, `make up` starts again.")
    for row in told["parts"]:
        say(f"{row['name']:15} {row['state']:9} {row['pid'] or '-':>8} {row['memory_mb']:>5} MB  {row['address']}")
    say("")
    for host in told["hosts"]:
        say(f"{host['kommunkod']}  {host['url']}")
    say(f"region  {told['region']['url']}")
    say("\nwho can sign in: name, user, password, kommun, role and branch")
    for row in told["cast"]:
        worn = f"{row['role']} {row['branch'] or ''}"
        say(f"{row['name']:15} {row['user']:8} {row['password']:12} {row['kommun']:7} {worn}")
    say(f"\nlogs    {stack.logs}")


def up(stack: Stack, _arguments: argparse.Namespace) -> int:
    """Start what does not run; a start that was broken off is begun again."""
    with lifecycle.alone(stack):
        if not (lifecycle.running(stack) and stack.ready.exists()):
            begin(stack)
    show(stack)
    return 0


def begin(stack: Stack) -> None:
    lifecycle.stop(stack)
    try:
        assets.build()
        assets.collect(anew=True)
        lifecycle.start(stack, say)
    except CANNOT:
        lifecycle.stop(stack)
        raise


def down(stack: Stack, _arguments: argparse.Namespace) -> int:
    lifecycle.stop(stack)
    return 0


def run_status(stack: Stack, arguments: argparse.Namespace) -> int:
    if arguments.json:
        say(json.dumps(status(stack), ensure_ascii=False, indent=2))
    else:
        show(stack)
    return 0


def psql(stack: Stack, arguments: argparse.Namespace) -> int:
    """Hand over to psql as one database login; the password travels in the environment, never on a command line."""
    env = stack.env()
    password = MasterKey(bytes.fromhex(env["HLT_MASTER_KEY"])).secret(arguments.login)
    binary = stack.server.binaries / "psql"
    words = [
        str(binary),
        "-h",
        env["HLT_DB_HOST"],
        "-p",
        env["HLT_DB_PORT"],
        "-U",
        arguments.login,
        "-d",
        env["HLT_DB_NAME"],
        *arguments.words,
    ]
    return subprocess.run(words, env={**os.environ, "PGPASSWORD": password}, check=False).returncode


def token(stack: Stack, arguments: argparse.Namespace) -> int:
    """Print a bearer token of one of our machine clients, for trying the regional API with curl."""
    hlt = [str(Path(sys.executable).parent / "hlt"), "identity", "token", arguments.client]
    return subprocess.run(hlt, env={**os.environ, "HLT_STACK": stack.name}, check=False).returncode


def logs(stack: Stack, arguments: argparse.Namespace) -> int:
    for line in lifecycle.part_log(stack, arguments.part):
        say(line)
    return 0


VERBS: dict[str, Callable[[Stack, argparse.Namespace], int]] = {
    "up": up,
    "down": down,
    "status": run_status,
    "psql": psql,
    "logs": logs,
    "token": token,
}


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="hlt local", description=__doc__)
    verbs = top.add_subparsers(dest="verb", required=True)
    verbs.add_parser("up", help="start every part and return when all answer")
    verbs.add_parser("down", help="stop every part")
    verbs.add_parser("status", help="what runs, where").add_argument("--json", action="store_true")
    asked = verbs.add_parser("psql", help="SQL as a database login, such as k2480_school")
    asked.add_argument("login")
    asked.add_argument("words", nargs=argparse.REMAINDER)
    verbs.add_parser("token", help="a bearer token of a machine client").add_argument("client")
    verbs.add_parser("logs", help="the log of one part").add_argument("part", choices=PARTS)
    return top


def run() -> int:
    chosen = parser().parse_args()
    try:
        return VERBS[chosen.verb](Stack(os.environ.get("HLT_STACK", "main")), chosen)
    except CANNOT as reason:
        say(str(reason))
        return 1


if __name__ == "__main__":
    sys.exit(heard(run))
