"""Where a setting comes from: the process environment, else the env file of the local stack."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hlt_tenants.registry.secrets import KeyRing, Keys, MasterKey

ROOT = Path(__file__).resolve().parents[3]


def parse(text: str) -> dict[str, str]:
    """Read KEY=VALUE lines; blank lines and lines that begin with # say nothing."""
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {key: value for key, _, value in pairs}


@cache
def stack_file() -> Mapping[str, str]:
    """Give the env file of the stack named by HLT_STACK (default main), or nothing when it was never started."""
    path = Path(os.environ.get("HLT_ENV_FILE", ROOT / ".hlt" / os.environ.get("HLT_STACK", "main") / "env"))
    return parse(path.read_text(encoding="utf-8")) if path.is_file() else {}


def value(key: str, default: str = "") -> str:
    """Give one setting; the process environment wins over the stack's file."""
    return os.environ.get(key) or stack_file().get(key, default)


def secret(key: str) -> str:
    """Give a setting that has no default in production; raise KeyError with its name when it is missing."""
    found = value(key)
    if not found:
        raise KeyError(f"{key} is not set: run `make up`, or set it in the environment")
    return found


@cache
def keys() -> Keys:
    """Give what this process was handed: a key ring (HLT_KEYRING, a file), else the master key, else nothing."""
    ring, master = os.environ.get("HLT_KEYRING"), value("HLT_MASTER_KEY")
    if ring or not master:
        return KeyRing(parse(Path(ring).read_text(encoding="utf-8")) if ring else {})
    return MasterKey(bytes.fromhex(master))


def is_handed(name: str) -> bool:
    """Tell whether this process has the secret of a login."""
    try:
        return bool(keys().secret(name))
    except KeyError:
        return False
