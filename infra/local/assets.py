"""The shell's CSS and JavaScript: built by the locked Node packages when their sources have changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from named import checked

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "infra" / "assets"
BUILT = ROOT / "platform" / "hlt_platform" / "shell" / "static" / "hlt"
STAMP = FOLDER / "build" / "stamp"
SOURCES = ("package-lock.json", "build.mjs", "theme.json", "hlt.css", "hlt.js", "icon.svg", "own/*.css")


NODE = 22


class CannotBuild(Exception):
    """Node or its packages are not to be had; the text is one sentence that says what to do."""


def node(name: str = "node") -> str:
    """Give node, npm or npx: from the folder that HLT_NODE names, else from the wheel beside this Python."""
    folder = Path(os.environ.get("HLT_NODE") or Path(sys.executable).parent)
    if os.environ.get("HLT_NODE"):
        checked("HLT_NODE", folder / "node", "--version", NODE)
    if not (folder / name).exists():
        raise CannotBuild(f"No {name} in {folder}: run `make env`, or let HLT_NODE name a folder that has one.")
    return str(folder / name)


def digest() -> str:
    """Give one number for all sources of the build."""
    files = sorted(path for pattern in SOURCES for path in FOLDER.glob(pattern))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def is_fresh() -> bool:
    return (BUILT / "hlt.css").is_file() and STAMP.is_file() and STAMP.read_text(encoding="ascii") == digest()


def run(*words: str) -> None:
    path = f"{Path(words[0]).parent}:{os.environ.get('PATH', '')}"
    done = subprocess.run(
        words, cwd=FOLDER, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotBuild(f"`{Path(words[0]).name} {words[1]}` failed:\n{done.stdout[-600:]}{done.stderr[-1200:]}")


def packages() -> Path:
    """Install the locked packages once; give their folder."""
    lock, installed = FOLDER / "package-lock.json", FOLDER / "node_modules" / ".hlt-lock"
    now = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not installed.is_file() or installed.read_text(encoding="ascii") != now:
        run(node("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        installed.write_text(now, encoding="ascii")
    return installed.parent


def build() -> None:
    """Make CSS, JavaScript and icon anew unless nothing changed."""
    if is_fresh():
        return
    packages()
    shutil.rmtree(BUILT, ignore_errors=True)
    run(node(), "build.mjs", str(BUILT))
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(digest(), encoding="ascii")


def collect(*, anew: bool = False) -> None:
    """Copy what is served into one folder, under hashed names and compressed.

    What an earlier version served stays, since a running stack still asks for it, unless all is collected anew.
    """
    hlt = [str(Path(sys.executable).parent / "django-admin"), "collectstatic", "--noinput", "-v0"]
    hlt += ["--clear"] * anew
    ignored = [word for name in ("django_htmx", "graphene_django", "rest_framework") for word in ("-i", name)]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "hlt_platform.settings.local"}
    done = subprocess.run([*hlt, *ignored], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBuild(f"collecting static files failed:\n{done.stderr[-1200:]}")


if __name__ == "__main__":
    try:
        build()
        collect()
    except CannotBuild as reason:
        sys.exit(str(reason))
