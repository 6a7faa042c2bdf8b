"""Out again: our own session first, then the realm's and the provider's, by the browser (identity §9)."""

from urllib.parse import urlencode

from hlt_identity.models import Session
from hlt_identity.oidc.endpoints import public, signed_out_url
from hlt_identity.sessions.places import SignInHost
from hlt_identity.sessions.sealing import unseal
from hlt_identity.sessions.store import end

EVERYTHING = '"cache", "cookies", "storage"'


def sign_out(session: Session, host: SignInHost) -> str:
    """End a session and give the address at which the browser ends the realm's and the provider's."""
    sealed = session.tokens_enc
    end(session.key_hash)
    kept = sealed and unseal(sealed, key_hash=session.key_hash, kommunkod=session.kommunkod)
    hint = {"id_token_hint": kept.id_token} if kept else {}
    told = {"client_id": host.client_id, "post_logout_redirect_uri": signed_out_url(host.slug), **hint}
    return f"{public('logout')}?{urlencode(told)}"
