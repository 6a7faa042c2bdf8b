"""A browser without a screen for the local stack: it follows links, keeps cookies and fills in a sign-in form."""

import http.cookiejar
import socket
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

TIMEOUT = 20
MOST_HOPS = 25


class _SecureContext(http.cookiejar.DefaultCookiePolicy):
    """`*.localhost` is a secure context for a browser, so `Secure` cookies travel over HTTP there (identity §19)."""

    def set_ok(self, cookie: http.cookiejar.Cookie, request: Any) -> bool:
        # Forgotten when it is kept: requests copies its jar for each request and leaves the policy behind.
        cookie.secure = False
        return super().set_ok(cookie, request)


class _Loopback(HTTPConnection):
    """Takes every name to this machine, as a browser does with `*.localhost`; the C library knows no such names."""

    def _new_conn(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port or 80), timeout=TIMEOUT)


class _LoopbackPool(HTTPConnectionPool):
    ConnectionCls = _Loopback


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *words: Any, **more: Any) -> None:
        super().init_poolmanager(*words, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": _LoopbackPool}


class Form(HTMLParser):
    """The first form of a page: where it goes and what it holds already."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action, self.fields = "", dict[str, str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.action:
            self.action = told.get("action", "")
        if tag == "input" and told.get("name"):
            self.fields[told["name"]] = told.get("value", "")


class Browser:
    """One person's browser. `hops` are the addresses of the last walk, in order."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.session.cookies = RequestsCookieJar(policy=_SecureContext())
        self.session.mount("http://", _Adapter())
        self.hops: list[str] = []

    def get(self, url: str, until: str | None = None) -> requests.Response:
        """Follow redirects to a page, or to the redirect whose target begins with `until`, which is not opened."""
        self.hops = [url]
        return self._follow(self._send("GET", url), until)

    def post(self, url: str, fields: dict[str, str], until: str | None = None) -> requests.Response:
        self.hops = [url]
        return self._follow(self._send("POST", url, data=fields), until)

    def fill_in(self, page: requests.Response, until: str | None = None, **fields: str) -> requests.Response:
        """Send the page's form with these fields changed."""
        form = Form(page.text)
        return self.post(urljoin(page.url, form.action), {**form.fields, **fields}, until)

    def sign_in(self, url: str, user: str, password: str, until: str | None = None) -> requests.Response:
        """Open a link; when a provider asks who it is, say so. A live session at the provider is not asked."""
        page = self.get(url, until)
        if "password" in Form(page.text).fields:
            return self.fill_in(page, until, username=user, password=password)
        return page

    def _send(self, method: str, url: str, **words: Any) -> requests.Response:
        return self.session.request(method, url, allow_redirects=False, timeout=TIMEOUT, **words)

    def _follow(self, answer: requests.Response, until: str | None) -> requests.Response:
        for _hop in range(MOST_HOPS):
            if not answer.is_redirect:
                return answer
            target = urljoin(answer.url, answer.headers["Location"])
            self.hops.append(target)
            if until is not None and target.startswith(until):
                return answer
            answer = self._send("GET", target)
        raise requests.TooManyRedirects(response=answer)
