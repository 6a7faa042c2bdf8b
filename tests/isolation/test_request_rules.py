"""Sibling kommuner are one site to a browser; one host's page cannot act on another's all the same (identity §8)."""

import subprocess
import sys

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from hlt_identity.sessions.request_rules import RequestRulesMiddleware, settings_faults

HERE = "lycksele.hlt.localhost"
ASK = "from django.conf import settings as s; print(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_PRELOAD)"


def sent(**headers: str) -> int:
    """Send the form that signs out, with what a browser says of where the form stood."""
    return Client(headers={"Host": HERE, **headers}).post("/logga-ut").status_code


@pytest.mark.threat(3)
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": f"http://{HERE}"}, 403),
        ({"Origin": f"http://{HERE}"}, 200),
        ({"Origin": "http://umea.hlt.localhost"}, 403),
        ({"Origin": f"https://{HERE}"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
    ids=str,
)
def test_a_form_is_taken_only_from_a_page_of_the_same_host(
    kommuner: None, headers: dict[str, str], status: int
) -> None:
    assert sent(**headers) == status


def test_a_form_without_the_pages_own_token_is_refused_too(kommuner: None) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Host": HERE, "Sec-Fetch-Site": "same-origin"})
    assert client.post("/logga-ut").status_code == 403


def test_every_answer_says_that_nobody_may_keep_it(kommuner: None) -> None:
    for path in ("/", "/logga-in", "/finns-inte"):
        answer = Client(headers={"Host": HERE}).get(path)
        told = {name: answer.headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Content-Type-Options")}
        assert told == {
            "Cache-Control": "no-store",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Permissions-Policy"].startswith("camera=(), microphone=(), geolocation=()")


def test_the_form_cookie_belongs_to_one_host(kommuner: None) -> None:
    client = Client(headers={"Host": HERE, "Sec-Fetch-Site": "same-origin"})
    client.get("/tillganglighet/anmal")
    cookie = client.cookies["__Host-hlt-csrf"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")


@pytest.mark.parametrize(
    "setting",
    [
        {"CSRF_TRUSTED_ORIGINS": ["https://*.hlt.example"]},
        {"SESSION_COOKIE_DOMAIN": ".hlt.example"},
        {"CSRF_COOKIE_DOMAIN": ".hlt.example"},
        {"CSRF_COOKIE_NAME": "csrftoken"},
        {"CSRF_COOKIE_SECURE": False},
        {"INSTALLED_APPS": ["django.contrib.sessions"]},
    ],
    ids=lambda setting: next(iter(setting)),
)
def test_a_setting_that_joins_hosts_stops_the_web_process(setting: dict[str, object]) -> None:
    assert run_checks(include_deployment_checks=False) == []
    with override_settings(**setting):
        assert len(settings_faults()) == 1
        with pytest.raises(ImproperlyConfigured):
            RequestRulesMiddleware(lambda request: None)  # type: ignore[arg-type,return-value]


def test_production_tells_browsers_to_come_by_tls_only() -> None:
    env = {
        "DJANGO_SETTINGS_MODULE": "hlt_platform.settings.production",
        "HLT_SECRET_KEY": "x",
        "HLT_KEYRING": "/dev/null",
    }
    run = subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "63072000 True"
