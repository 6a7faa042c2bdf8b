"""The pages of signing in and out; Swedish words, and nothing of anybody but the person who signs in."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.timezone import now as instant
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hlt_identity.door import REGION_IDP, Assignment
from hlt_identity.errors import NeedsLogin, NotFound
from hlt_identity.login.attempts import begin, new_secret
from hlt_identity.login.callback import finish
from hlt_identity.login.errors import LoginRefused, Why
from hlt_identity.login.next_path import safe_next
from hlt_identity.login.signing_out import EVERYTHING, sign_out
from hlt_identity.login.starting import level_to_ask, max_age_of, trusted
from hlt_identity.oidc.client import Asked, authorization_url
from hlt_identity.oidc.endpoints import host_url
from hlt_identity.oidc.keys import REALM_KEYS, KeycloakUnavailable
from hlt_identity.roles import ROLES, open_to_all
from hlt_identity.sessions.cookies import browser_secret, drop_session, session_key, set_browser_secret, set_session
from hlt_identity.sessions.places import SignInHost, Surroundings, host_of, kommunkod_of
from hlt_identity.sessions.store import end, hashed, rekeyed
from hlt_identity.sessions.visits import Visit

SILENT = "byt"


def _visit(request: HttpRequest) -> Visit:
    found: Visit = request.visit  # type: ignore[attr-defined]
    return found


def _surroundings(request: HttpRequest) -> Surroundings:
    found: Surroundings = request.surroundings  # type: ignore[attr-defined]
    return found


def _host(request: HttpRequest) -> SignInHost:
    found = host_of(kommunkod_of(request), localdate())
    if found is None:
        raise LoginRefused(Why.UNAVAILABLE)
    return found


@require_GET
@open_to_all("whoever signs in is nobody yet")
def login_start(request: HttpRequest) -> HttpResponse:
    """Offer the ways in, or go one of them at once: `via` names the employer, `next` where to go afterwards."""
    via = request.GET.get("via")
    next_path = safe_next(request.GET.get("next"))
    if via is None:
        return render(request, "identity/login.html", {"ways": _ways(request, next_path), "visit": _visit(request)})
    host = _host(request)
    idp = f"idp-{host.slug}" if via == "kommun" else f"idp-{via}"
    if idp not in host.place.idps:
        raise LoginRefused(Why.IDP)
    session = _visit(request).session
    if session is not None and session.idp != idp:
        return render(request, "identity/other_way.html", status=409)
    return _sent_to_the_realm(request, host, idp, next_path)


def _ways(request: HttpRequest, next_path: str) -> list[tuple[str, str]]:
    """Give address and label of each way in; the region's host lets in the staff of every kommun."""
    named = [("region", "Anställd i regionen")]
    if request.kommun is not None:  # type: ignore[attr-defined]
        named.insert(0, ("kommun", "Anställd i kommunen"))
    else:
        named += [(one.slug, f"Anställd i {one.name}") for one in _surroundings(request).kommuner()]
    onward = {} if next_path == "/" else {"next": next_path}
    return [(f"{request.path}?{urlencode({'via': via, **onward})}", label) for via, label in named]


def _sent_to_the_realm(request: HttpRequest, host: SignInHost, idp: str, next_path: str) -> HttpResponse:
    now, browser = instant(), browser_secret(request) or new_secret()
    wanted = level_to_ask(trusted(idp, localdate(now)))
    asked = Asked(
        state=new_secret(),
        nonce=new_secret(),
        verifier=new_secret(),
        idp=idp,
        # A provider asks its person again when a level is named (§19): a change of host names none, and compares.
        acr=None if SILENT in request.GET else wanted.acr,
        max_age=max_age_of(request.GET.get("max_age")),
    )
    _check_realm_answers()
    begin(host.kommunkod, asked, level=wanted.level, browser=browser, next_path=next_path, now=now)
    answer = HttpResponseRedirect(authorization_url(host.client_id, host.slug, asked))
    set_browser_secret(answer, browser)
    return answer


def _check_realm_answers() -> None:
    try:
        REALM_KEYS.with_kid(None)
    except KeycloakUnavailable:
        raise LoginRefused(Why.UNAVAILABLE) from None


@require_GET
@open_to_all("the realm's answer, believed only after every check")
def login_callback(request: HttpRequest) -> HttpResponse:
    """Take the realm's answer: a new session under a new key, and the old one of this browser is over."""
    entered = finish(
        request.GET.dict(),
        browser=browser_secret(request),
        host=_host(request),
        source=_surroundings(request).memberships,
        now=instant(),
    )
    old = session_key(request)
    if old:
        end(hashed(old))
    rotate_token(request)
    answer = redirect("assignment-choose") if entered.must_choose else HttpResponseRedirect(entered.next_path)
    set_session(answer, entered.key)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("shows who has just signed in their own assignments on this host, and nobody else anything")
def assignment_choose(request: HttpRequest) -> HttpResponse:
    """Choose one of one's own live assignments; the session goes on under a new key, through the door again."""
    found = _visit(request)
    if found.session is None or not found.choices:
        raise NeedsLogin
    if request.method != "POST":
        told = [(hat, _in_words(hat, _surroundings(request))) for hat in found.choices]
        return render(request, "identity/assignments.html", {"choices": told, "worn": found.hat})
    wanted = request.POST.get("assignment", "")
    chosen: UUID | None = next((hat.assignment_id for hat in found.choices if str(hat.assignment_id) == wanted), None)
    if chosen is None:
        raise NotFound
    rotate_token(request)
    answer = HttpResponseRedirect("/")
    set_session(answer, rekeyed(found.session, chosen))
    return answer


def _in_words(hat: Assignment, around: Surroundings) -> str:
    """Give unit, role and branch: at one school somebody may have two hats."""
    branch = around.branch_name(hat.branch) if hat.branch else ""
    return ", ".join(filter(None, (hat.unit, ROLES[hat.role].name, branch)))


@require_POST
@open_to_all("who is signed in may always sign out")
def logout(request: HttpRequest) -> HttpResponse:
    """End the session here, then send the browser on to end the realm's and the provider's.

    A page that refreshes, not a redirect: browsers apply `form-action` to redirects after a form (identity §9).
    """
    session = _visit(request).session
    onward = "/logga-ut/klar" if session is None else sign_out(session, _host(request))
    # The page is shown to nobody: whoever was signed in is not any more.
    request.actor, request.visit = None, replace(_visit(request), session=None, actor=None, hat=None)  # type: ignore[attr-defined]
    answer = render(request, "identity/signing_out.html", {"onward": onward})
    answer["Refresh"] = f"0; url={onward}"
    answer["Clear-Site-Data"] = EVERYTHING
    drop_session(answer)
    return answer


@require_GET
@open_to_all("says that one is signed out")
def logged_out(request: HttpRequest) -> HttpResponse:
    return render(request, "identity/signed_out.html")


def step_up_url(found: Visit, next_path: str, max_age: int | None) -> str:
    """Give the link that signs the same person in again, stronger or fresher (identity §7)."""
    told = {"via": via_of(found), "next": safe_next(next_path)}
    return f"/logga-in?{urlencode({**told, 'max_age': str(max_age)} if max_age else told)}"


def switch_url(slug: str, found: Visit) -> str:
    """Give the link to another host by the same provider: silent while it knows the person (identity §4)."""
    return f"{host_url(slug)}/logga-in?{urlencode({'via': via_of(found), SILENT: '1'})}"


def via_of(found: Visit) -> str:
    """Give the way by which a session came in."""
    session = found.session
    if session is None:
        return "kommun"
    return "region" if session.idp == REGION_IDP else session.idp.removeprefix("idp-")
