"""`python holding.py <login>…`: run as one part, say what this process holds and which logins it can come in as."""

import json
import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg

from hlt_tenants.registry.secrets import secret_of

SETTINGS = import_module(os.environ["DJANGO_SETTINGS_MODULE"])
SECRET = re.compile(r"[0-9a-f]{64}")


def seen() -> Iterator[str]:
    """Give every text that could be read out of this process: environment, files it was given, its settings."""
    yield from os.environ.values()
    yield from (Path(os.environ[key]).read_text(encoding="utf-8") for key in ("HLT_KEYRING", "HLT_ENV_FILE"))
    yield repr(vars(SETTINGS))


HELD = sorted({found for text in seen() for found in SECRET.findall(text)})


def tried(login: str, password: str) -> str:
    """Give `in`, `28P01` (wrong password), or what else the server said."""
    place: dict[str, Any] = SETTINGS.DATABASES["default"]
    database = "hlt_broker" if login.startswith("hlt_broker") else place["NAME"]
    try:
        psycopg.connect(host=place["HOST"], port=place["PORT"], dbname=database, user=login, password=password).close()
    except psycopg.OperationalError as refusal:
        return "28P01" if "password authentication failed" in str(refusal) else str(refusal)
    return "in"


def asked(login: str) -> str:
    """Come in with what was handed; without it, guess as one would who holds another key."""
    try:
        return tried(login, SETTINGS.HLT_KEYS.secret(login))
    except KeyError:
        return f"missing, {tried(login, secret_of(login, class_key=bytes.fromhex(HELD[0])))}"


if __name__ == "__main__":
    answers = {login: asked(login) for login in sys.argv[1:]}
    sys.stdout.write(json.dumps({"held": HELD, "logins": answers, "aliases": sorted(SETTINGS.DATABASES)}))
