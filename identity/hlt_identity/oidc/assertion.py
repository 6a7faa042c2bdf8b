"""How a client of ours proves itself at the realm: a statement it signs, good once and for a minute (§3, §19)."""

import time
from uuid import uuid4

from joserfc import jwt

from hlt_identity.oidc.client_keys import private_key
from hlt_identity.oidc.endpoints import issuer

SECONDS = 60
TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def assertion(client_id: str) -> dict[str, str]:
    """Give the form fields that authenticate a client; Keycloak refuses a second use of the same."""
    now, key = int(time.time()), private_key(client_id)
    claims = {"iss": client_id, "sub": client_id, "aud": issuer(), "jti": str(uuid4()), "iat": now}
    signed = jwt.encode({"alg": "ES256", "kid": key.kid}, {**claims, "exp": now + SECONDS}, key, algorithms=["ES256"])
    return {"client_id": client_id, "client_assertion_type": TYPE, "client_assertion": signed}
