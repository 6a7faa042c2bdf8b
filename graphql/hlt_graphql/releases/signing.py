"""ES256 over a release's digest: whoever holds the public key can tell that no cell has changed since."""

import os
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

PRIVATE, PUBLIC = "release-key.pem", "release-{}.pub.pem"


def folder() -> Path:
    return Path(settings.HLT_KEYS_DIR)


def make_key() -> str:
    """Make the publisher's key unless there is one, readable by its owner only; give its id."""
    path = folder() / PRIVATE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        key = ec.generate_private_key(ec.SECP256R1())
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key.private_bytes(*form))
        _write_public(key.public_key())
    return key_id(_private().public_key())


def key_id(key: ec.EllipticCurvePublicKey) -> str:
    """Give the SHA-256 of the public key: a release names the key that signed it."""
    return sha256(_spki(key)).hexdigest()


def sign(digest: str) -> tuple[bytes, str]:
    """Sign a digest; give the signature (DER) and the key's id. Raises FileNotFoundError without a key."""
    key = _private()
    return key.sign(digest.encode(), ec.ECDSA(hashes.SHA256())), key_id(key.public_key())


def is_signed(digest: str, signature: bytes, signed_by: str) -> bool:
    """Tell whether the named key, if we know it, signed exactly this digest."""
    path = folder() / PUBLIC.format(signed_by[:16])
    if not path.exists():
        return False
    key = serialization.load_pem_public_key(path.read_bytes())
    if not isinstance(key, ec.EllipticCurvePublicKey) or key_id(key) != signed_by:
        return False
    try:
        key.verify(signature, digest.encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _private() -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key((folder() / PRIVATE).read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the release key is not an EC key")
    return key


def _write_public(key: ec.EllipticCurvePublicKey) -> None:
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (folder() / PUBLIC.format(key_id(key)[:16])).write_bytes(pem)


def _spki(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
