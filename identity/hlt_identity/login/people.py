"""The person behind an issuer's subject, and what someone without a hat leaves behind."""

from datetime import datetime
from uuid import UUID

from hlt_identity.models import AccessRequest, Person, Revoked
from hlt_identity.oidc.tokens import Claims
from hlt_identity.sessions.store import hashed

MOST_CHARACTERS = 120
UNSAID = "none"  # what the realm says when a provider said nothing: its notes are reset at each sign-in (§5)


def known_person(issuer: str, sub: str) -> UUID | None:
    """Give the person of a subject; None when it never came in before."""
    return Person.objects.using("identity").filter(issuer=issuer, sub=sub).values_list("id", flat=True).first()


def person_of(issuer: str, sub: str) -> UUID:
    """Find the person of a subject, or make one; by nothing else, so that no e-mail ever merges two people."""
    person, _is_new = Person.objects.using("identity").get_or_create(issuer=issuer, sub=sub)
    return person.id


def is_blocked(sub: str, now: datetime) -> bool:
    """Tell whether a leaver's subject stands on the deny-list."""
    return Revoked.objects.using("identity").filter(kind="sub", value_hash=hashed(sub), until__gt=now).exists()


def ask_to_be_let_in(kommunkod: str, person: UUID, claims: Claims, *, idp: str, now: datetime) -> None:
    """Leave one request per person and host for the administration; a second call brings it up to date."""
    AccessRequest.objects.using("identity").update_or_create(
        kommunkod=kommunkod,
        person_id=person,
        defaults={
            "name": _text(f"{_text(claims.get('given_name'))} {_text(claims.get('family_name'))}"),
            "employee_id": _text(claims.get("employeeHsaId"))[:60],
            "idp": idp,
            "asked_at": now,
        },
    )


def forget_request(kommunkod: str, person: UUID) -> None:
    AccessRequest.objects.using("identity").filter(kommunkod=kommunkod, person_id=person).delete()


def _text(told: object) -> str:
    """Take a provider's word as plain text: no line breaks, no direction marks, never longer than the column."""
    known = isinstance(told, str) and told != UNSAID
    shown = "".join(mark for mark in str(told) if mark.isprintable()) if known else ""
    return shown.strip()[:MOST_CHARACTERS]
