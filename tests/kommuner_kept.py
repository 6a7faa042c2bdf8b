"""The 15 kommuner as installed lie in the user's cache: one run of `make check` makes them once and not 40 times.

They are known by a digest of every file that could make them otherwise: after any change they are made anew.
"""

import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from tests.turns import turn

from keycloak_server import cache
from postgres import Server

ROOT = Path(__file__).resolve().parents[1]
MAKERS = ("tenants", "identity", "graphql", "platform", "infra/local", "infra/lock")
KINDS = {".py", ".csv", ".toml", ".txt"}
KEPT = ("password", "data")


def _kept() -> Path:
    made_by = (path for part in MAKERS for path in sorted((ROOT / part).rglob("*")) if path.suffix in KINDS)
    said = b"".join(path.read_bytes() for path in made_by)
    return cache() / f"kommuner-{sha256(str(ROOT).encode()).hexdigest()[:8]}-{sha256(said).hexdigest()[:16]}"


def lay(server: Server, make: Callable[[], None]) -> None:
    """Lay the databases where the server, not yet started, will look: the kept ones, or new ones, made by one run."""
    with turn("kommuner"):
        if _kept().is_dir():
            server.folder.mkdir(parents=True, exist_ok=True)
            _copy(_kept(), server.folder)
            return
        make()
        _keep(server)


def _keep(server: Server) -> None:
    """Keep the databases of a server that has stopped, whole or not at all, and forget this checkout's older ones."""
    kept = _kept()
    scratch = kept.with_name(f"{kept.name}.{server.folder.parent.name}")
    scratch.mkdir(mode=0o700)
    _copy(server.folder, scratch)
    for older in kept.parent.glob(f"{kept.name.rpartition('-')[0]}-*"):
        if older != scratch:
            shutil.rmtree(older, ignore_errors=True)
    scratch.rename(kept)


def _copy(source: Path, target: Path) -> None:
    # Not by shutil: the data folder belongs to the account that runs the server.
    subprocess.run(["cp", "-a", *(str(source / name) for name in KEPT), str(target)], check=True)
