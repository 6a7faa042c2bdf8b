"""A Chromium for browser tests (interface §12): the one named, one on PATH, or the one in the locked npm package."""

import os
import shutil
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli

import assets
from keycloak_server import cache
from named import checked

CHROMIUM = 105
WAYS = (
    "No Chromium starts here. Three ways: let HLT_CHROMIUM name one, install chromium or google-chrome, "
    "or run `make assets` where the npm registry can be reached."
)
# Python 3.11.0 to 3.11.3 know no filters; the archive is held by its hash in any case.
GUARDED: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str:
    """Give the path of a browser; raise RuntimeError with the three ways, CannotUse for a wrong one named."""
    if own := os.environ.get("HLT_CHROMIUM"):
        return str(checked("HLT_CHROMIUM", Path(own), "--version", CHROMIUM))
    named = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        return named or str(unpacked())
    except assets.CannotBuild as reason:
        raise RuntimeError(f"{WAYS}\n{reason}") from reason


def unpacked() -> Path:
    """Unpack the npm package's browser into the cache, once per version."""
    package = assets.packages() / "@sparticuz" / "chromium"
    version = (package / "package.json").read_text(encoding="utf-8").split('"version": "')[1].split('"')[0]
    folder = cache() / f"chromium-{version}"
    if not (folder / "chromium").is_file():
        _unpack(package / "bin", folder)
    return folder / "chromium"


def _unpack(packed: Path, folder: Path) -> None:
    scratch = folder.with_name(f"{folder.name}.{os.getpid()}")
    scratch.mkdir()
    for name in ("swiftshader.tar.br", "fonts.tar.br"):
        content = brotli.decompress((packed / name).read_bytes())
        with tarfile.open(fileobj=BytesIO(content)) as archive:
            archive.extractall(scratch, **GUARDED)  # noqa: S202
    (scratch / "chromium").write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    (scratch / "chromium").chmod(0o755)
    if folder.exists():
        shutil.rmtree(scratch)
    else:
        scratch.rename(folder)
