"""Roles as data that a manager can read, and the declaration every page carries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import wraps
from typing import Any, Protocol, TypeVar

from hlt_identity.errors import NeedsLogin, NeedsStrongerLogin, NotAllowed


class Permission(StrEnum):
    """What a page, field or action asks for; a role is a set of these."""

    SIGNAL_RAISE = "signal_raise"
    OWN_RECEIPTS_VIEW = "own_receipts_view"
    TASKS_VIEW = "tasks_view"
    SIGNAL_HANDLE = "signal_handle"
    CASE_SHELL_VIEW = "case_shell_view"
    CASE_WORK = "case_work"
    CONSENT_HANDLE = "consent_handle"
    DISCLOSE = "disclose"
    MEETING_LEAD = "meeting_lead"
    WELFARE_REPORT_FILE = "welfare_report_file"
    KOMMUN_FIGURES_VIEW = "kommun_figures_view"
    TEAM_ADMINISTER = "team_administer"
    FIGURES_VIEW = "figures_view"
    LIBRARY_VIEW = "library_view"
    LIBRARY_CONTRIBUTE = "library_contribute"
    RELEASE_BUILD = "release_build"
    RELEASE_APPROVE = "release_approve"
    PROFILE_VIEW = "profile_view"


class RoleCode(StrEnum):
    """Codes of law §5 for a kommun, the four scopes of a region member, and the clock, whom nobody can be."""

    TEAM_MEMBER = "team_member"
    ANY_STAFF = "any_staff"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    TENANT_ADMIN = "tenant_admin"
    MEMBER = "member"
    CONTRIBUTOR = "contributor"
    REGION_COORDINATOR = "region_coordinator"
    PUBLISHER = "publisher"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Role:
    """One row of the table in law §5: a Swedish name, why it exists, and its permissions."""

    code: RoleCode
    name: str
    purpose: str
    permissions: frozenset[Permission]
    adr: str


@dataclass(frozen=True, slots=True)
class Assurance:
    """Least level of assurance (0–4) and the oldest accepted sign-in; None = as the session rules say."""

    level: int
    fresh: timedelta | None = None


P = Permission
HOUR = timedelta(minutes=60)
FIVE_MINUTES = timedelta(minutes=5)
EVERYONE = frozenset({P.PROFILE_VIEW, P.LIBRARY_VIEW})
SIGNAL_ONLY = frozenset({P.SIGNAL_RAISE, P.OWN_RECEIPTS_VIEW, P.WELFARE_REPORT_FILE, P.PROFILE_VIEW})
TEAM = (
    EVERYONE
    | SIGNAL_ONLY
    | {P.TASKS_VIEW, P.SIGNAL_HANDLE, P.CASE_SHELL_VIEW, P.CASE_WORK, P.CONSENT_HANDLE, P.DISCLOSE}
)
READER = EVERYONE | {P.FIGURES_VIEW}
CONTRIBUTOR = READER | {P.LIBRARY_CONTRIBUTE}

ROLES: dict[RoleCode, Role] = {
    role.code: role
    for role in (
        Role(RoleCode.TEAM_MEMBER, "Teammedlem", "Arbetar i ärenden i sin egen verksamhet", TEAM, "0003"),
        Role(RoleCode.ANY_STAFF, "Medarbetare", "Lämnar tidig signal och ser egna kvitton", SIGNAL_ONLY, "0003"),
        Role(RoleCode.COORDINATOR, "Samordnare", "Leder listan och mötet", TEAM | {P.MEETING_LEAD}, "0003"),
        Role(
            RoleCode.MANAGER,
            "Chef",
            "Svarar för personal och kommunens siffror, ser inget innehåll",
            EVERYONE | {P.KOMMUN_FIGURES_VIEW, P.WELFARE_REPORT_FILE},
            "0003",
        ),
        Role(
            RoleCode.TENANT_ADMIN, "Administratör", "Sköter team och personer", EVERYONE | {P.TEAM_ADMINISTER}, "0003"
        ),
        Role(RoleCode.MEMBER, "Medlem i regionen", "Läser släppta siffror och biblioteket", READER, "0003"),
        Role(RoleCode.CONTRIBUTOR, "Bidragsgivare", "Skriver i biblioteket", CONTRIBUTOR, "0003"),
        Role(
            RoleCode.REGION_COORDINATOR,
            "Regional samordnare",
            "Utvecklar metoden, följer siffrorna, startar bygge av släpp",
            CONTRIBUTOR | {P.RELEASE_BUILD},
            "0003",
        ),
        Role(
            RoleCode.PUBLISHER,
            "Utgivare",
            "Godkänner och ger ut släpp som någon annan byggt",
            CONTRIBUTOR | {P.RELEASE_BUILD, P.RELEASE_APPROVE},
            "0003",
        ),
        Role(RoleCode.CLOCK, "Klockan", "Tar de steg som en dag ensam utlöser; öppnar ingen sida", frozenset(), "0013"),
    )
}

# Identity §7: LoA 3 for all that names a person or reveals that there is a case; freshness for what opens or moves one.
ASSURANCE: dict[Permission, Assurance] = {
    P.SIGNAL_RAISE: Assurance(3, HOUR),
    P.OWN_RECEIPTS_VIEW: Assurance(3),
    P.TASKS_VIEW: Assurance(3),
    P.SIGNAL_HANDLE: Assurance(3, HOUR),
    P.CASE_SHELL_VIEW: Assurance(3),
    P.CASE_WORK: Assurance(3, HOUR),
    P.CONSENT_HANDLE: Assurance(3, HOUR),
    P.DISCLOSE: Assurance(3, HOUR),
    P.MEETING_LEAD: Assurance(3, HOUR),
    P.WELFARE_REPORT_FILE: Assurance(3, HOUR),
    P.KOMMUN_FIGURES_VIEW: Assurance(3),
    P.TEAM_ADMINISTER: Assurance(3, FIVE_MINUTES),
    P.FIGURES_VIEW: Assurance(2),
    P.LIBRARY_VIEW: Assurance(2),
    P.LIBRARY_CONTRIBUTE: Assurance(2),
    P.RELEASE_BUILD: Assurance(3, HOUR),
    P.RELEASE_APPROVE: Assurance(3, FIVE_MINUTES),
    P.PROFILE_VIEW: Assurance(2),
}


class Wearer(Protocol):
    """What is asked of an Actor here: its role, its level of assurance, and when it signed in (Unix time)."""

    @property
    def role(self) -> RoleCode: ...
    @property
    def level(self) -> int: ...
    @property
    def auth_time(self) -> float: ...


View = TypeVar("View", bound=Callable[..., Any])


def may(actor: "Wearer | None", permission: Permission) -> bool:
    """Tell whether the role holds the permission; level and freshness are not asked (menus, buttons)."""
    return actor is not None and permission in ROLES[actor.role].permissions


def check_may(actor: "Wearer | None", permission: Permission, *, at_second: float) -> None:
    """Raise NeedsLogin, NotAllowed or NeedsStrongerLogin, in that order; `at_second` is now as a Unix time."""
    if actor is None:
        raise NeedsLogin
    if not may(actor, permission):
        raise NotAllowed
    need = ASSURANCE[permission]
    too_old = need.fresh is not None and at_second - actor.auth_time > need.fresh.total_seconds()
    if actor.level < need.level or too_old:
        raise NeedsStrongerLogin(level=need.level, max_age=int(need.fresh.total_seconds()) if need.fresh else None)


def needs(permission: Permission) -> Callable[[View], View]:
    """Declare what a page asks for and refuse everybody else; a page without it fails the build (A7)."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            check_may(request.actor, permission, at_second=request.received_at)
            return view(request, *args, **kwargs)

        guarded.needs = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def open_to_all(reason: str) -> Callable[[View], View]:
    """Declare that a page shows nothing of anybody, and why it must be open."""

    def declare(view: View) -> View:
        view.open_reason = reason  # type: ignore[attr-defined]
        return view

    return declare
