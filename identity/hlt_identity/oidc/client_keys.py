"""The private key by which a client of ours says who it is (private_key_jwt): one file per client, never shared."""

import json
import os
from pathlib import Path

from django.conf import settings
from joserfc.jwk import ECKey

OWNER_ONLY = 0o600
OF_PAGES = "hlt-web-"


def key_file(client_id: str) -> Path:
    """Give where a client's private key lies, a JWK: `<HLT_KEYS_DIR>/<client_id>.json`.

    HLT_SERVICE_KEYS_DIR, where it is set, holds those that pages never sign in with: web need not see them.
    """
    own = settings.HLT_KEYS_DIR if client_id.startswith(OF_PAGES) else settings.HLT_SERVICE_KEYS_DIR
    return Path(own or settings.HLT_KEYS_DIR) / f"{client_id}.json"


def private_key(client_id: str) -> ECKey:
    """Read a client's key; raise FileNotFoundError when the installation made none."""
    return ECKey.import_key(json.loads(key_file(client_id).read_text(encoding="utf-8")))


def make_key(client_id: str) -> ECKey:
    """Give the client's key, made now if there is none; only its owner may read the file."""
    file = key_file(client_id)
    if file.is_file():
        return private_key(client_id)
    key = ECKey.generate_key("P-256", parameters={"use": "sig", "alg": "ES256"}, auto_kid=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        json.dump(key.as_dict(private=True), opened)
    return key


def public_key(client_id: str) -> dict[str, object]:
    """Give what the realm is told of a client: its public JWK."""
    return dict(private_key(client_id).as_dict(private=False))
