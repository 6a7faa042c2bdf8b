"""Who wrote in a form, signed into the form itself: a session may end before it is sent (interface §6)."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.middleware.csrf import get_token

from hlt_identity.door import Actor, writer
from hlt_identity.roles import RoleCode
from hlt_tenants.registry.context import Where, here
from hlt_tenants.registry.requests import StaffRequest

HOLDS_SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class Written:
    """Whose text a form brings, in which form about what, and the login under which it is kept."""

    by: Actor
    form: str
    about: UUID | None
    where: Where


def token_for(request: StaffRequest, form: str, about: UUID | None) -> str:
    """Sign who this form is shown to; worth nothing at another kommun, in another browser, or after twelve hours."""
    by = request.actor
    get_token(request)
    told = {
        "person": str(by.person_id),
        "branch": by.own_branch,
        "role": by.role.value,
        "assignment": str(by.assignment_id),
        "login": here().login,
        "form": form,
        "about": str(about) if about else "",
        "browser": _browser(str(request.META["CSRF_COOKIE"])),
    }
    return signing.dumps(told, salt=_salt(request))


def written_by(request: StaffRequest) -> Written | None:
    """Give whose form came after its session had ended; None for what we did not sign, here, for this browser."""
    cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    try:
        told: dict[str, Any] = signing.loads(
            request.POST.get("draft_token", ""), salt=_salt(request), max_age=HOLDS_SECONDS
        )
    except signing.BadSignature:
        return None
    if told["browser"] != _browser(cookie):
        return None
    kommunkod = request.kommun.kommunkod
    by = writer(
        person=UUID(told["person"]),
        kommunkod=kommunkod,
        branch=told["branch"],
        role=RoleCode(told["role"]),
        assignment=UUID(told["assignment"]),
    )
    about = UUID(told["about"]) if told["about"] else None
    return Written(by, told["form"], about, Where(kommunkod, told["login"]))


def _salt(request: StaffRequest) -> str:
    return f"hlt.drafts.{request.kommun.kommunkod}"


def _browser(cookie: str) -> str:
    return sha256(cookie.encode()).hexdigest()
