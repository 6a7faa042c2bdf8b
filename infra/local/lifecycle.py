"""A stack's life: started part by part, looked at, and ended so that nothing is left (operations §2)."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

import behind
import outside
import plan
from plan import MARK
from postgres import CannotRun
from stack import PARTS, ROOT, Stack, write_env

READY_SECONDS = {"postgres": 30, "keycloak": 120, "web": 60, **dict.fromkeys(behind.PARTS, 60)}
END_SECONDS = 15
MISFIT = 3  # what `hlt install` leaves with when another version made the databases


def supervisor(file: Path) -> list[str]:
    """Give the command that holds every part: in a PID namespace of its own, so that no kill leaves an orphan."""
    holder = [sys.executable, str(Path(__file__).parent / "supervisor.py"), str(file)]
    own = ["unshare", "--fork", "--pid", "--kill-child=SIGKILL", "--mount-proc"]
    if os.geteuid() != 0:
        own += ["--user", "--map-current-user"]
    probe = [*own, sys.executable, "-c", ""]
    works = shutil.which("unshare") and subprocess.run(probe, capture_output=True, check=False).returncode == 0
    return [*own, *holder] if works and not os.environ.get("HLT_PLAIN_SUPERVISOR") else holder


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


def processes(stack: Stack) -> list[psutil.Process]:
    """Give every process of a stack, also what a killed supervisor left where namespaces are not to be had."""
    holder = running(stack)
    if holder is None:
        return leftovers(stack)
    with contextlib.suppress(psutil.NoSuchProcess):
        return holder.children(recursive=True)
    return []


@contextlib.contextmanager
def alone(stack: Stack) -> Iterator[None]:
    """Be the only one who starts a stack; raise CannotRun while another does, whose work a second start would end."""
    stack.folder.mkdir(parents=True, exist_ok=True)
    with (stack.folder / "starting").open("w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun("Another `make up` starts this stack: wait for it, then see `make status`.") from None
        yield


def start(stack: Stack, tell: Callable[[str], None]) -> None:
    """Bring every part up; raise CannotRun with the log's last lines when one does not answer in time."""
    began = time.monotonic()

    def told(line: str) -> None:
        tell(f"{time.monotonic() - began:6.1f} s  {line}")

    launch(stack, prepared(stack, told))
    for part in PARTS:
        wait(stack, part)
        told(f"{part}: ready")
        for line in AFTER.get(part, nothing)(stack):
            told(line)
    if demo() == "region":
        told("invented Västerbotten: filled where it is empty (the first time takes some minutes)")
        hlt_aloud(stack, told, "demo", "region")
    stack.ready.touch()


def prepared(stack: Stack, told: Callable[[str], None]) -> Path:
    """Make folders, settings, key rings and the plan; give the plan's file."""
    for folder in (stack.folder, stack.logs):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    for flag in (stack.installed, stack.ready, stack.ended):
        flag.unlink(missing_ok=True)
    put_aside_logs(stack)
    env = write_env(stack)
    behind.write_rings(stack.folder, env)
    behind.forget_heartbeats(stack.folder)
    if not outside.has("keycloak"):
        told("Keycloak: fetched and built (the first time takes about a minute)")
    return plan.write(stack, env)


def put_aside_logs(stack: Stack) -> None:
    """Begin each log anew; the last life's stays beside it as `<part>.before`."""
    for part in ("supervisor", *PARTS):
        file = stack.part_log(part)
        if file.is_file():
            file.replace(file.with_name(f"{part}.before"))


def demo() -> str:
    """Give how much is invented: `region` (people, cases, figures), `people` (who can sign in), or 0 (nothing)."""
    return os.environ.get("HLT_DEMO", "region")


def launch(stack: Stack, file: Path) -> None:
    """Start the supervisor in the background and remember which process it is."""
    with (stack.logs / "supervisor").open("ab") as log:
        child = subprocess.Popen(
            supervisor(file),
            env={**os.environ, MARK: str(stack.folder)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd=ROOT / "infra" / "local",
        )
    born = psutil.Process(child.pid).create_time()
    (stack.folder / "supervisor").write_text(f"{child.pid} {born}", encoding="ascii")


def install(stack: Stack) -> Iterator[str]:
    """Run the product's own installation, then let web and the parts behind it begin."""
    hlt(stack, "install")
    hlt(stack, "broker", "install")
    stack.installed.touch()
    yield "databases: 15 kommuner"


def provision(stack: Stack) -> Iterator[str]:
    """Make the realm what infra/realm says, with the demo's people unless nobody is wanted."""
    hlt(stack, "identity", "apply") if demo() == "0" else hlt(stack, "demo", "accounts")
    yield "realm: 16 organisations, their providers and clients"


def nothing(_stack: Stack) -> Iterator[str]:
    return iter(())


AFTER = {"postgres": install, "keycloak": provision}


def hlt(stack: Stack, *words: str) -> None:
    """Run a command of the product in this stack; raise CannotRun with its last lines when it fails."""
    line = [str(Path(sys.executable).parent / "hlt"), *words]
    run = subprocess.run(line, env={**os.environ, "HLT_STACK": stack.name}, capture_output=True, text=True, check=False)
    if run.returncode == MISFIT:
        raise CannotRun(f"{run.stderr.strip()} {begin_anew(stack)}")
    if run.returncode:
        raise CannotRun(f"`hlt {' '.join(words)}` failed:\n{run.stdout[-800:]}{run.stderr[-1500:]}")


def begin_anew(stack: Stack) -> str:
    """Say what to do about databases that this version cannot use."""
    if outside.has("postgres"):
        return f"Use that version again, or name an empty server in {outside.VARIABLES['postgres']}."
    return (
        f"Use that version again, or begin anew: `make down`, delete {stack.state} with everything that was ever "
        "entered there, `make up`."
    )


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


def answers(stack: Stack, part: str) -> bool:
    """Tell whether a part can be used; what is not ours to run was asked before anything started."""
    env = stack.env()
    if part in env["HLT_OUTSIDE"].split():
        return True
    if part == "postgres":
        return answers_postgres(stack)
    if part == "keycloak":
        return answers_http(f"http://127.0.0.1:{env['HLT_KEYCLOAK_MANAGEMENT_PORT']}/health/ready")
    if part == "web":
        return answers_http(f"http://127.0.0.1:{env['HLT_WEB_PORT']}/readyz")
    return (behind.heartbeats(stack.folder) / part).is_file()


def answers_postgres(stack: Stack) -> bool:
    if not (stack.server.sockets / ".s.PGSQL.5432").exists():
        return False
    stack.server.wait()
    return True


def answers_http(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def wait(stack: Stack, part: str) -> None:
    limit = time.monotonic() + READY_SECONDS[part]
    while not answers(stack, part):
        if running(stack) is None or time.monotonic() > limit:
            tail = "\n".join(part_log(stack, part)[-25:])
            raise CannotRun(f"{part} did not become ready. {why(stack)}\nThe last lines of its log:\n{tail}")
        time.sleep(0.1)


def part_log(stack: Stack, part: str) -> list[str]:
    """Give the lines that one part has written; none when it never ran."""
    file = stack.part_log(part)
    return file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else []


def why(stack: Stack) -> str:
    """Give the supervisor's sentence on why everything was stopped; empty when it was told to, or still runs."""
    return stack.ended.read_text(encoding="utf-8") if stack.ended.is_file() else ""


def stop(stack: Stack) -> None:
    """End every part in order; what does not end in time is killed, also what a killed supervisor left behind."""
    holder = running(stack)
    if holder is not None:
        every = [holder, *processes(stack)]
        with contextlib.suppress(psutil.NoSuchProcess):
            asked_to_stop(holder).terminate()
        psutil.wait_procs(every, timeout=END_SECONDS)
    left = leftovers(stack)
    for process in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, timeout=END_SECONDS)
    for file in (stack.folder / "supervisor", stack.ended):
        file.unlink(missing_ok=True)


def asked_to_stop(holder: psutil.Process) -> psutil.Process:
    """Give the supervisor itself: in a namespace of its own it is the only child of the process that made that."""
    children = holder.children()
    return children[0] if "unshare" in holder.name() and children else holder


def leftovers(stack: Stack) -> list[psutil.Process]:
    """Give what carries this stack's mark: only where namespaces are not to be had can anything be left."""
    return [process for process in psutil.process_iter() if mark_of(process) == str(stack.folder)]


def mark_of(process: psutil.Process) -> str | None:
    """Give the stack that started a process; None for other people's processes and those that just ended."""
    try:
        return process.environ().get(MARK)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
