"""What every template knows as `page`: the place, who is here, the menu, the links of the foot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest
from django.urls import reverse

from hlt_identity.roles import ROLES
from hlt_platform.shell.menu import Entry, On, entries

REGION_NAME = "Region Västerbotten"


class Hat(Protocol):
    """What the shell reads of the assignment that sign-in put on the request."""

    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str | None: ...


class OtherPlace(Protocol):
    """A kommun or the region where the same person has a live assignment: one press to go there."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, for the header; `seconds_left` until the idle end, None when nobody said."""

    name: str
    role: str
    unit: str
    seconds_left: int | None
    others: Sequence[OtherPlace]


@dataclass(frozen=True, slots=True)
class Page:
    """The frame around every page; `session` None = nobody is signed in."""

    place: str
    is_region: bool
    menu: tuple[Entry, ...]
    session: Session | None
    login: str
    help: str
    statement: str
    report_fault: str


def page(request: HttpRequest) -> dict[str, Page]:
    """Build the frame from what the middleware set on the request; asks no database."""
    kommun = getattr(request, "kommun", None)
    on = On.REGION if kommun is None else On.KOMMUN
    return {
        "page": Page(
            place=REGION_NAME if kommun is None else kommun.name,
            is_region=kommun is None,
            menu=entries(getattr(request, "actor", None), on, request.path),
            session=_session(request),
            login=f"/logga-in?{_way_back(request)}",
            help=reverse("help", urlconf=on.value),
            statement=reverse("accessibility", urlconf=on.value),
            report_fault=reverse("fault-report", urlconf=on.value),
        )
    }


def _session(request: HttpRequest) -> Session | None:
    actor = getattr(request, "actor", None)
    if actor is None:
        return None
    hat: Hat | None = getattr(request, "hat", None)
    ends_at: float | None = getattr(request, "session_ends_at", None)
    return Session(
        name=hat.name if hat else "",
        role=ROLES[actor.role].name,
        unit=(hat.unit if hat else actor.unit) or "",
        seconds_left=None if ends_at is None else int(ends_at - request.received_at),  # type: ignore[attr-defined]
        others=getattr(request, "other_places", ()),
    )


def _way_back(request: HttpRequest) -> str:
    """Give the address to return to after sign-in: a page one can ask for again, never a query."""
    return f"next={request.path}" if request.method == "GET" and request.path != "/" else ""
