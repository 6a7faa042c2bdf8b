"""One stack: its folders, its ports, its env file, and the one supervisor under which all its parts live and die."""

import contextlib
import hashlib
import os
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

import behind
import keycloak_server
from postgres import CannotRun, Server

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = "hlt.localhost"
MARK = "HLT_STARTED_BY"  # in the environment of every part: whose it is
PARTS = ("postgres", "keycloak", "web", *behind.PARTS)
WSGI = "hlt_platform.wsgi:application"
ADMIN = "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET"
NOT_FOR_PARTS = {
    *("DJANGO_SETTINGS_MODULE", "HLT_KEYRING", ADMIN),
    *("HLT_MASTER_KEY", "HLT_SUPERUSER_URL", "HLT_KEYCLOAK_ADMIN_SECRET"),
}
READY_SECONDS = {"postgres": 30, "keycloak": 120, "web": 60, **dict.fromkeys(behind.PARTS, 60)}


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
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def server(self) -> Server:
        return Server(self.state / "postgres")

    @property
    def installed(self) -> Path:
        """The flag that web waits for: databases and kommuner are there."""
        return self.folder / "installed"

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
    server = stack.server
    server.prepare()
    env |= {
        "HLT_DOMAIN": DOMAIN,
        "HLT_DB_HOST": str(server.sockets),
        "HLT_DB_PORT": "5432",
        "HLT_DB_NAME": "hlt",
        "HLT_SUPERUSER_URL": server.conninfo(),
        **keycloak_settings(stack, env),
        "HLT_KEYS_DIR": str(stack.folder / "keys"),
        "HLT_LOG_DIR": str(stack.folder),
    }
    stack.env_file.touch(mode=0o600)
    stack.env_file.write_text("".join(f"{key}={value}\n" for key, value in sorted(env.items())), encoding="utf-8")
    return env


def keycloak_settings(stack: Stack, env: dict[str, str]) -> dict[str, str]:
    """Give where Keycloak is and how it is administered: ours, or the one that HLT_KEYCLOAK_URL names."""
    if is_outside():
        outside = os.environ["HLT_KEYCLOAK_URL"]
        named = ("HLT_KEYCLOAK_ADMIN_CLIENT", "HLT_KEYCLOAK_ADMIN_SECRET")
        public = os.environ.get("HLT_KEYCLOAK_PUBLIC_URL", outside)
        told = {key: os.environ[key] for key in named if key in os.environ}
        return {"HLT_KEYCLOAK_URL": outside, "HLT_KEYCLOAK_PUBLIC_URL": public, **told}
    return {
        "HLT_KEYCLOAK_PUBLIC_URL": f"http://id.{DOMAIN}:{env['HLT_KEYCLOAK_PORT']}",
        "HLT_KEYCLOAK_URL": f"http://127.0.0.1:{env['HLT_KEYCLOAK_PORT']}",
        "HLT_KEYCLOAK_ADMIN_CLIENT": "hlt-bootstrap",
        "HLT_KEYCLOAK_ADMIN_SECRET": keycloak_server.admin_secret(stack.state),
    }


def procfile(stack: Stack, env: dict[str, str]) -> str:
    """Give honcho's file: every part as one foreground command; web waits until the databases are installed."""
    here = Path(__file__).parent
    python = sys.executable
    granian = [str(Path(python).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
    granian += ["--port", env["HLT_WEB_PORT"], "--workers", "1", "--blocking-threads", "4", "--no-ws"]
    wait = f"until [ -e {shlex.quote(str(stack.installed))} ]; do sleep 0.1; done"
    # exec: the shell must become the part, or a kill would leave the part running behind a dead shell.
    lines = {
        "postgres": "exec " + shlex.join([python, str(here / "postgres.py"), str(stack.server.folder)]),
        "web": f"{wait}; exec {shlex.join([*behind.handed(stack.folder, 'web'), *granian, WSGI])}",
    }
    if not is_outside():
        admin = shlex.quote(str(keycloak_server.admin_file(stack.state)))
        lines["keycloak"] = f"export {ADMIN}=$(cat {admin}); exec {shlex.join(keycloak_command(stack, env))}"
    lines |= {part: f"{wait}; exec {shlex.join(behind.command(stack.folder, part))}" for part in behind.PARTS}
    return "".join(f"{name}: {line}\n" for name, line in lines.items())


def keycloak_command(stack: Stack, env: dict[str, str]) -> list[str]:
    return keycloak_server.command(
        keycloak_server.prepare(stack.state),
        port=int(env["HLT_KEYCLOAK_PORT"]),
        management_port=int(env["HLT_KEYCLOAK_MANAGEMENT_PORT"]),
        public_url=env["HLT_KEYCLOAK_PUBLIC_URL"],
    )


def supervisor(stack: Stack) -> list[str]:
    """Give the command that holds every part: in a PID namespace of its own, so that no kill leaves an orphan."""
    honcho = [str(Path(sys.executable).parent / "honcho"), "-f", str(stack.folder / "Procfile"), "start"]
    own = ["unshare", "--fork", "--pid", "--kill-child=SIGKILL", "--mount-proc"]
    if os.geteuid() != 0:
        own += ["--user", "--map-current-user"]
    probe = [*own, sys.executable, "-c", ""]
    works = shutil.which("unshare") and subprocess.run(probe, capture_output=True, check=False).returncode == 0
    return [*own, *honcho] if works and not os.environ.get("HLT_PLAIN_SUPERVISOR") else honcho


def running(stack: Stack) -> psutil.Process | None:
    """Give the supervisor when it lives; a number that now belongs to somebody else does not count."""
    file = stack.folder / "supervisor"
    if not file.is_file():
        return None
    pid, born = file.read_text(encoding="ascii").split()
    try:
        process = psutil.Process(int(pid))
    except psutil.NoSuchProcess:
        return None
    is_ours = str(process.create_time()) == born and process.is_running()
    return process if is_ours and process.status() != psutil.STATUS_ZOMBIE else None


def below(supervisor: psutil.Process | None) -> list[psutil.Process]:
    """Give every process of a stack; empty when it has ended, also while we look."""
    try:
        return supervisor.children(recursive=True) if supervisor else []
    except psutil.NoSuchProcess:
        return []


def start(stack: Stack, tell: Callable[[str], None]) -> None:
    """Bring every part up; raise CannotRun with the log's last lines when one does not answer in time."""
    began = time.monotonic()

    def told(line: str) -> None:
        tell(f"{time.monotonic() - began:6.1f} s  {line}")

    stack.folder.mkdir(parents=True, exist_ok=True)
    stack.folder.chmod(0o700)
    stack.installed.unlink(missing_ok=True)
    end_leftovers(stack)
    env = write_env(stack)
    told("Keycloak: fetched and built (the first time takes about a minute)")
    behind.write_rings(stack.folder, env)
    behind.forget_heartbeats(stack.folder)
    (stack.folder / "Procfile").write_text(procfile(stack, env), encoding="utf-8")
    launch(stack, env)
    wait(stack, "postgres", lambda: answers_postgres(stack))
    told("postgres: ready")
    install(stack)
    told("databases: 15 kommuner")
    wait(stack, "keycloak", lambda: answers(ready_address(env)))
    told("keycloak: ready")
    hlt(stack, "identity", "apply") if demo() == "0" else hlt(stack, "demo", "accounts")
    told("realm: 16 organisations, their providers and clients")
    wait(stack, "web", lambda: answers(f"http://127.0.0.1:{env['HLT_WEB_PORT']}/readyz"))
    told("web: ready")
    for part in behind.PARTS:
        wait(stack, part, (behind.heartbeats(stack.folder) / part).is_file)
    told("relay, beat and three workers: ready")
    if demo() == "region":
        told("invented Västerbotten: filled where it is empty (the first time takes some minutes)")
        hlt_aloud(stack, told, "demo", "region")


def demo() -> str:
    """Give how much is invented: `region` (people, cases, figures), `people` (who can sign in), or 0 (nothing)."""
    return os.environ.get("HLT_DEMO", "region")


def launch(stack: Stack, env: dict[str, str]) -> None:
    """Start the supervisor in the background and remember which process it is."""
    with stack.log.open("ab") as log:
        child = subprocess.Popen(
            supervisor(stack),
            env={
                **foreign(keycloak_server.environment()),
                "KC_BOOTSTRAP_ADMIN_CLIENT_ID": env.get("HLT_KEYCLOAK_ADMIN_CLIENT", ""),
                MARK: str(stack.state),
                "HLT_STACK": stack.name,
            },
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=ROOT / "infra" / "local",
        )
    born = psutil.Process(child.pid).create_time()
    (stack.folder / "supervisor").write_text(f"{child.pid} {born}", encoding="ascii")


def foreign(environment: Mapping[str, str]) -> dict[str, str]:
    """Leave out what would turn a part into another, its settings module, and what no part may hold."""
    return {key: value for key, value in environment.items() if key not in NOT_FOR_PARTS}


def install(stack: Stack) -> None:
    """Run the product's own installation, then let web begin."""
    hlt(stack, "install")
    hlt(stack, "broker", "install")
    stack.installed.touch()


def hlt(stack: Stack, *words: str) -> None:
    """Run a command of the product in this stack; raise CannotRun with its last lines when it fails."""
    line = [str(Path(sys.executable).parent / "hlt"), *words]
    run = subprocess.run(line, env={**os.environ, "HLT_STACK": stack.name}, capture_output=True, text=True, check=False)
    if run.returncode:
        raise CannotRun(f"`hlt {' '.join(words)}` failed:\n{run.stdout[-800:]}{run.stderr[-1500:]}")


def hlt_aloud(stack: Stack, told: Callable[[str], None], *words: str) -> None:
    """Run a long command of the product and tell each of its lines as it comes; raise CannotRun when it fails."""
    line = [str(Path(sys.executable).parent / "hlt"), *words]
    env = {**os.environ, "HLT_STACK": stack.name}
    with subprocess.Popen(line, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        last = ""
        for last in run.stdout or ():
            told(last.rstrip())
    if run.returncode:
        raise CannotRun(f"`hlt {' '.join(words)}` failed: {last}")


def ready_address(env: dict[str, str]) -> str:
    """Give what answers when Keycloak can be used; one that runs elsewhere shows no management port."""
    if is_outside():
        return f"{env['HLT_KEYCLOAK_URL']}/realms/master"
    return f"http://127.0.0.1:{env['HLT_KEYCLOAK_MANAGEMENT_PORT']}/health/ready"


def is_outside() -> bool:
    """Tell whether HLT_KEYCLOAK_URL names a Keycloak that somebody else runs."""
    return bool(os.environ.get("HLT_KEYCLOAK_URL"))


def answers_postgres(stack: Stack) -> bool:
    if not (stack.server.sockets / ".s.PGSQL.5432").exists():
        return False
    stack.server.wait()
    return True


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def wait(stack: Stack, part: str, is_ready: Callable[[], bool]) -> None:
    limit = time.monotonic() + READY_SECONDS[part]
    while not is_ready():
        if running(stack) is None or time.monotonic() > limit:
            tail = "\n".join(part_log(stack, part)[-25:])
            raise CannotRun(f"{part} did not become ready; the last lines of its log:\n{tail}")
        time.sleep(0.1)


def part_log(stack: Stack, part: str) -> list[str]:
    """Give the lines of the common log that belong to one part."""
    if not stack.log.is_file():
        return []
    lines = stack.log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if f" {part} " in line.partition("|")[0] + " " or f" {part}." in line]


def stop(stack: Stack) -> None:
    """End every part in order; what does not end in time is killed, also what a killed supervisor left behind."""
    process = running(stack)
    if process is not None:
        every = [process, *below(process)]
        with contextlib.suppress(psutil.NoSuchProcess):
            asked_to_stop(process).terminate()
        psutil.wait_procs(every, timeout=15)
    end_leftovers(stack)
    (stack.folder / "supervisor").unlink(missing_ok=True)


def asked_to_stop(supervisor_: psutil.Process) -> psutil.Process:
    """Give honcho itself: in a namespace of its own it is the only child of the process that made the namespace."""
    children = supervisor_.children()
    return children[0] if "unshare" in supervisor_.name() and children else supervisor_


def end_leftovers(stack: Stack) -> None:
    """Kill what carries this stack's mark: only where namespaces are not to be had can anything be left."""
    left = [process for process in psutil.process_iter() if mark_of(process) == str(stack.state)]
    for process in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, timeout=10)


def mark_of(process: psutil.Process) -> str | None:
    """Give the stack that started a process; None for other people's processes and those that just ended."""
    try:
        return process.environ().get(MARK)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
