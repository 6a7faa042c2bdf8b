"""What each part is handed, and how those behind the pages are started. Works before Django does."""

import csv
import os
import sys
from pathlib import Path

from hlt_platform.settings import rings
from hlt_tenants.registry.secrets import MasterKey

ROOT = Path(__file__).resolve().parents[2]
KOMMUNER = ROOT / "tenants" / "hlt_tenants" / "registry" / "data" / "kommuner.csv"
PARTS = rings.BEHIND
# What such a part may know of the stack: where things are, and no secret.
PLACES = ("HLT_DOMAIN", "HLT_DB_HOST", "HLT_DB_PORT", "HLT_DB_NAME", "HLT_KEYCLOAK_PUBLIC_URL", "HLT_WEB_PORT")
WEB = (*PLACES, "HLT_KEYCLOAK_URL", "HLT_KEYS_DIR", "HLT_SECRET_KEY")


def command(part: str) -> list[str]:
    """Give the foreground command of a part behind the pages."""
    return [sys.executable, "-m", "hlt_platform", *part.split("_")]


def environment(folder: Path, part: str) -> dict[str, str]:
    """Give where a part finds its settings and secrets; only who talks to the broker is told HLT_BROKER_URL."""
    settings = folder / ("web-settings" if part == "web" else "places")
    own = {"HLT_ENV_FILE": str(settings), "HLT_KEYRING": str(ring_file(folder, part)), "REMAP_SIGTERM": "SIGQUIT"}
    broker = os.environ.get("HLT_BROKER_URL") if part not in ("web", "beat") else None
    return {**own, "HLT_BROKER_URL": broker} if broker else own


def ring_file(folder: Path, part: str) -> Path:
    return folder / f"ring-{part}"


def write_rings(folder: Path, env: dict[str, str]) -> None:
    """Write what each part is handed, for its owner's eyes only; none of them ever sees the master key."""
    keys, codes = MasterKey(bytes.fromhex(env["HLT_MASTER_KEY"])), kommunkoder()
    places = {key: env[key] for key in PLACES} | {"HLT_HEARTBEAT_DIR": str(heartbeats(folder))}
    texts = {ring_file(folder, part): rings.ring(part, codes, keys) for part in ("web", *PARTS)}
    texts[folder / "places"] = lines(places)
    texts[folder / "web-settings"] = lines({key: env[key] for key in WEB})
    for file, text in texts.items():
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8")


def lines(settings: dict[str, str]) -> str:
    return "".join(f"{key}={value}\n" for key, value in settings.items())


def heartbeats(folder: Path) -> Path:
    """Give the folder with one file per part, touched while it works."""
    return folder / "heartbeats"


def forget_heartbeats(folder: Path) -> None:
    heartbeats(folder).mkdir(exist_ok=True)
    for file in heartbeats(folder).iterdir():
        file.unlink()


def kommunkoder() -> list[str]:
    """Give the codes of the table from which the installation makes its kommuner."""
    with KOMMUNER.open(encoding="utf-8") as file:
        return [row["kommunkod"] for row in csv.DictReader(file)]
