"""The two cookies of sign-in. `__Host-` binds each to one host; SameSite does not, as kommuner are same-site (§8)."""

from django.http import HttpRequest, HttpResponse

SESSION = "__Host-hlt"
LOGIN = "__Host-hlt-login"
LOGIN_SECONDS = 300


def session_key(request: HttpRequest) -> str | None:
    return request.COOKIES.get(SESSION)


def set_session(response: HttpResponse, key: str) -> None:
    """Hand the key to the browser until it is closed; the server's own limits end it earlier."""
    response.set_cookie(SESSION, key, secure=True, httponly=True, samesite="Lax", path="/")


def drop_session(response: HttpResponse) -> None:
    # delete_cookie() leaves Secure to the prefix, but not HttpOnly and SameSite: written out, so that browsers agree.
    response.set_cookie(SESSION, "", max_age=0, secure=True, httponly=True, samesite="Lax", path="/")


def browser_secret(request: HttpRequest) -> str | None:
    return request.COOKIES.get(LOGIN)


def set_browser_secret(response: HttpResponse, secret: str) -> None:
    response.set_cookie(LOGIN, secret, max_age=LOGIN_SECONDS, secure=True, httponly=True, samesite="Lax", path="/")
