"""Who comes with a request, and as which database login the rest of it works: the one place where both are decided."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.functional import SimpleLazyObject

from hlt_identity.door import Actor, MembershipSource
from hlt_identity.login.backchannel import backchannel_logout
from hlt_identity.oidc.endpoints import BACKCHANNEL_PATH
from hlt_identity.roles import RoleCode
from hlt_identity.sessions.cookies import session_key
from hlt_identity.sessions.places import kommunkod_of
from hlt_identity.sessions.region import RegionMemberships
from hlt_identity.sessions.visits import NOBODY, Visit, visit
from hlt_platform.wiring.switching import other_places
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.hosts import KommunHost, open_kommuner
from hlt_tenants.teams.reads import TeamMemberships

View = Callable[[HttpRequest], HttpResponse]
# What answers to bearer tokens reads no cookie, so that no other site can make a browser ask for its person.
COOKIELESS_PATHS = frozenset({"/graphql"})
SIGNAL_ONLY = "signal"
END = object()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What sign-in knows of the rest of the platform on this host."""

    memberships: MembershipSource

    def kommuner(self) -> Sequence[KommunHost]:
        return open_kommuner()

    def branch_name(self, branch: str) -> str:
        return branch_name(branch)


def where_of(actor: Actor | None) -> Where | None:
    """Give the login a request works as: the hat's branch, or for who may only signal the login that can do no more."""
    if actor is None or actor.kommunkod is None:
        return None
    return Where(actor.kommunkod, SIGNAL_ONLY if actor.role is RoleCode.ANY_STAFF else actor.own_branch)


class SignInMiddleware:
    """Ask the door, set `request.actor`, and stay inside the kommun as its branch until the last byte is sent."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = _met(request)
        where = where_of(found.actor)
        with nullcontext() if where is None else inside(where):
            answer = self.get_response(request)
        if where is not None and isinstance(answer, StreamingHttpResponse):
            answer.streaming_content = stay_inside(where, answer.streaming_content)
        return answer


def _met(request: HttpRequest) -> Visit:
    """Put on the request what pages read of its visitor."""
    memberships = RegionMemberships() if request.kommun is None else TeamMemberships()  # type: ignore[attr-defined]
    now = datetime.fromtimestamp(request.received_at, UTC)  # type: ignore[attr-defined]
    key = None if request.path in COOKIELESS_PATHS else session_key(request)
    found = visit(kommunkod_of(request), key, memberships, now) if key else NOBODY
    told = {
        "surroundings": Surroundings(memberships),
        "visit": found,
        "actor": found.actor,
        "hat": found.hat,
        "session_ends_at": found.ends_at() if found.actor else None,
        "other_places": SimpleLazyObject(lambda: other_places(found, now)),
    }
    for name, value in told.items():
        setattr(request, name, value)
    return found


def stay_inside(where: Where, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Make each chunk inside the kommun: a streamed answer is iterated after every middleware has left."""
    source = iter(chunks)
    while True:
        with inside(where):
            chunk = next(source, END)
        if chunk is END:
            return
        yield chunk  # type: ignore[misc]


class BackchannelMiddleware:
    """Answer the realm's own call before any host is looked up: it may come to an address, and reads no cookie."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return backchannel_logout(request) if request.path == BACKCHANNEL_PATH else self.get_response(request)
