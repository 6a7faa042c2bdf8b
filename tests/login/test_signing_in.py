"""From "Logga in" to a page that knows who looks: 2 good sign-ins, 17 hostile ones, and everything in between."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from joserfc import jwt
from tests.login.issuer import Realm, new_key
from tests.login.signing import (
    begin,
    browser,
    claims,
    come_back,
    region_hat,
    signed_in,
    someone,
    team_hat,
    yesterday,
)

from hlt_identity.login.errors import WORDS, Why
from hlt_identity.login.next_path import safe_next
from hlt_identity.models import AccessRequest, LoginAttempt, Session
from hlt_identity.oidc.client_keys import private_key
from hlt_identity.oidc.keys import REALM_KEYS
from hlt_identity.oidc.tokens import half_hash

AGE = timedelta(seconds=301)


def is_in(client: Any) -> bool:
    return int(client.get("/session").status_code) == 204


def refused_for(answer: HttpResponse, why: Why) -> bool:
    text = answer.content.decode()
    return answer.status_code == 403 and WORDS[why][0] in text and not answer.cookies.get("__Host-hlt")


def tried(realm: Realm, told: dict[str, Any] | None = None, **changes: str | None) -> HttpResponse:
    """Let a nurse with a hat in Lycksele sign in there, with something changed on the way."""
    nurse = someone()
    team_hat(nurse)
    client = browser("lycksele")
    answer = come_back(client, realm, begin(client), claims(nurse, "lycksele", **(told or {})), **changes)
    assert is_in(client) == (answer.status_code == 302)
    return answer


def test_a_nurse_with_a_hat_signs_in_and_the_page_knows_her(realm: Realm) -> None:
    nurse = someone()
    team_hat(nurse)
    client = signed_in(realm, nurse)
    page = client.get("/").content.decode()
    assert "Karin Lind" in page
    assert "Elevhälsan" in page


def test_a_key_that_the_realm_has_just_changed_is_known_at_once(realm: Realm) -> None:
    assert tried(realm).status_code == 302
    realm.key = new_key("k2")
    REALM_KEYS.tried_at -= 31
    assert tried(realm).status_code == 302


def test_the_request_asks_for_one_level_one_organisation_one_provider(realm: Realm) -> None:
    asked = begin(browser("lycksele"))
    for part in (
        "client_id=hlt-web-lycksele",
        "scope=openid+organization%3Alycksele",
        "acr_values=http%3A%2F%2Fid.elegnamnden.se%2Floa%2F1.0%2Floa3",
        "max_age=3600",
        "kc_idp_hint=idp-lycksele",
        "code_challenge_method=S256",
        "response_type=code",
        "redirect_uri=http%3A%2F%2Flycksele.hlt.localhost%3A8000%2Flogga-in%2Fklar",
    ):
        assert part in asked
    assert "acr_values" not in begin(browser("lycksele"), "region", byt="1")
    assert "max_age=300" in begin(browser("lycksele"), max_age="300")
    assert "max_age=3600" in begin(browser("lycksele"), max_age="99999")


def unsigned(told: dict[str, Any], _access: str) -> str:
    parts = (json.dumps({"alg": "none"}), json.dumps(told))
    return ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts) + "."


def by_secret(secret: bytes, kid: str, told: dict[str, Any]) -> str:
    parts = (json.dumps({"alg": "HS256", "kid": kid}), json.dumps(told))
    signed = b".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in parts)
    mac = base64.urlsafe_b64encode(hmac.new(secret, signed, "sha256").digest()).rstrip(b"=")
    return f"{signed.decode()}.{mac.decode()}"


FORGED: dict[str, Callable[[Realm], Callable[[dict[str, Any], str], str]]] = {
    "alg none": lambda realm: unsigned,
    "HS256 by the public key": lambda realm: lambda told, _a: by_secret(realm.key.as_pem(private=False), "k1", told),
    "HS256 by our client's key": lambda realm: (
        lambda told, _a: by_secret(private_key("hlt-web-lycksele").as_pem(private=True), "k1", told)
    ),
    "a strange key": lambda realm: (
        lambda told, _a: jwt.encode({"alg": "ES256", "kid": "k1"}, told, new_key("k1"), algorithms=["ES256"])
    ),
    "garbage for a signature": lambda realm: lambda told, _a: realm.signed(told).rpartition(".")[0] + ".AAAA",
}
LIES: dict[str, dict[str, Any]] = {
    "audience of another host": {"aud": "hlt-web-umea"},
    "authorised party of another host": {"azp": "hlt-web-umea"},
    "issuer of another realm": {"iss": "http://id.evil.example/realms/hlt"},
    "expired": {"iat": int(time.time()) - 900, "exp": int(time.time()) - 600},
    "no expiry": {"exp": None},
    "wrong nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "wrong at_hash": {"at_hash": half_hash("another")},
    "no session id": {"sid": None},
    "no time of sign-in": {"auth_time": None},
}


@pytest.mark.threat(6)
@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_forged_token_opens_nothing(realm: Realm, forge: Callable[[Realm], Any]) -> None:
    realm.forge = forge(realm)
    assert refused_for(tried(realm), Why.TOKEN)


@pytest.mark.threat(2)
@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_token_that_is_not_for_us_now_opens_nothing(realm: Realm, lie: dict[str, Any]) -> None:
    assert refused_for(tried(realm, lie), Why.TOKEN)


@pytest.mark.threat(5)
@pytest.mark.parametrize("told", ["http://id.evil.example/realms/hlt", None, ""], ids=["wrong", "missing", "empty"])
def test_an_answer_that_does_not_name_our_issuer_is_refused_before_its_code_is_used(
    realm: Realm, told: str | None
) -> None:
    assert refused_for(tried(realm, iss=told), Why.ISSUER)
    assert realm.assertions == []


@pytest.mark.threat(11)
@pytest.mark.parametrize(
    "said",
    ["http://id.elegnamnden.se/loa/1.0/loa2", "", None, 3, ["http://id.elegnamnden.se/loa/1.0/loa3"], "none"],
    ids=["lower", "empty", "absent", "number", "list", "reset"],
)
def test_a_level_below_the_one_asked_for_is_refused(realm: Realm, said: object) -> None:
    assert refused_for(tried(realm, {"idp_acr": said, "acr": "3"}), Why.LEVEL)


@pytest.mark.threat(11)
@pytest.mark.parametrize(("seconds", "accepted"), [(3600, True), (3640, False)], ids=["an hour", "more"])
def test_a_sign_in_older_than_the_one_asked_for_is_refused(realm: Realm, seconds: int, accepted: bool) -> None:
    answer = tried(realm, {"auth_time": int(time.time()) - seconds})
    assert answer.status_code == 302 if accepted else refused_for(answer, Why.FRESHNESS)


@pytest.mark.threat(11)
def test_who_strips_the_age_from_the_address_gains_nothing(realm: Realm) -> None:
    nurse = someone()
    team_hat(nurse)
    client = browser("lycksele")
    asked = begin(client, max_age="300").replace("max_age=300", "")
    told = claims(nurse, "lycksele", auth_time=int(time.time()) - 1800)
    assert refused_for(come_back(client, realm, asked, told), Why.FRESHNESS)


@pytest.mark.threat(12)
@pytest.mark.parametrize(
    "said",
    [
        None,
        {},
        {"umea": {"id": "org-umea"}},
        {"lycksele": {"id": "org-umea"}},
        {"lycksele": {"id": "org-lycksele"}, "umea": {"id": "org-umea"}},
        {"lycksele": {}},
        ["lycksele"],
        "lycksele",
    ],
    ids=["absent", "empty", "other", "id of another", "two", "no id", "list", "text"],
)
def test_only_exactly_this_hosts_organisation_opens(realm: Realm, said: object) -> None:
    assert refused_for(tried(realm, {"organization": said}), Why.ORGANISATION)


@pytest.mark.parametrize("said", ["idp-umea", "", None, "IDP-LYCKSELE"], ids=["umea", "empty", "absent", "case"])
def test_a_provider_that_this_host_does_not_believe_is_refused(realm: Realm, said: object) -> None:
    assert refused_for(tried(realm, {"idp": said}), Why.IDP)


@pytest.mark.threat(3)
def test_an_answer_counts_once_on_its_host_in_its_browser_within_five_minutes(realm: Realm) -> None:
    nurse = someone()
    team_hat(nurse)
    told = claims(nurse, "lycksele")
    client = browser("lycksele")
    asked = begin(client)
    assert refused_for(come_back(browser("lycksele"), realm, asked, told), Why.CONTEXT)
    assert refused_for(come_back(client, realm, asked, told), Why.CONTEXT)

    asked = begin(client)
    elsewhere = browser("umea")
    elsewhere.cookies = client.cookies
    assert refused_for(come_back(elsewhere, realm, asked, told), Why.CONTEXT)

    asked = begin(client)
    LoginAttempt.objects.update(created_at=LoginAttempt.objects.latest("created_at").created_at - AGE)
    assert refused_for(come_back(client, realm, asked, told), Why.CONTEXT)

    asked = begin(client)
    assert come_back(client, realm, asked, told).status_code == 302
    assert refused_for(come_back(client, realm, asked, told), Why.CONTEXT)
    assert refused_for(come_back(client, realm, asked, told, state="invented"), Why.CONTEXT)


@pytest.mark.threat(2)
def test_a_code_made_for_another_hosts_client_is_worth_nothing_here(realm: Realm) -> None:
    nurse = someone()
    team_hat(nurse)
    here, there = browser("lycksele"), browser("umea")
    asked, other = begin(here), begin(there)
    code = realm.code_for(other, claims(nurse, "lycksele"))
    assert refused_for(come_back(here, realm, asked, claims(nurse, "lycksele"), code=code), Why.TOKEN)


@pytest.mark.threat(4)
@pytest.mark.parametrize(
    "told",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://umea.hlt.localhost:8000/",
        "/\tok",
        "/ok\r\nSet-Cookie: a=b",
        "///evil.example",
        "/logga-ut",
        "/" + "a" * 600,
        "",
        None,
    ],
)
def test_after_sign_in_one_lands_on_this_host(told: str | None) -> None:
    assert safe_next(told) == "/"


def test_after_sign_in_one_lands_on_the_page_one_asked_for(realm: Realm) -> None:
    nurse = someone()
    team_hat(nurse)
    client = browser("lycksele")
    answer = come_back(client, realm, begin(client, next="/session?flik=2"), claims(nurse, "lycksele"))
    assert answer["Location"] == "/session?flik=2"


def test_a_stranger_waits_and_leaves_one_request_that_the_administration_sees(realm: Realm) -> None:
    stranger = someone()
    for _twice in range(2):
        client = browser("lycksele")
        answer = come_back(client, realm, begin(client), claims(stranger, "lycksele", given_name="K\u202eari\nn"))
        assert refused_for(answer, Why.NO_ROW)
    request = AccessRequest.objects.get(person_id=stranger.id)
    assert (request.kommunkod, request.name, request.employee_id) == ("2481", "Karin Lind", "")


@pytest.mark.threat(10)
def test_a_teacher_whose_assignment_ended_yesterday_is_told_so(realm: Realm) -> None:
    sixten = someone()
    team_hat(sixten, branch="school", ends_on=yesterday())
    client = browser("lycksele")
    assert refused_for(come_back(client, realm, begin(client), claims(sixten, "lycksele")), Why.ENDED)
    assert not AccessRequest.objects.filter(person_id=sixten.id).exists()


@pytest.mark.threat(2)
def test_a_nurse_of_umea_does_not_come_in_at_lycksele(realm: Realm) -> None:
    nils = someone("idp-umea")
    team_hat(nils, "2480")
    client = browser("lycksele")
    assert refused_for(come_back(client, realm, begin(client), claims(nils, "umea")), Why.ORGANISATION)
    assert refused_for(come_back(client, realm, begin(client), claims(nils, "lycksele")), Why.IDP)


def test_a_kommuns_own_hat_does_not_open_for_who_comes_by_the_regions_provider(realm: Realm) -> None:
    nurse = someone("idp-region")
    team_hat(nurse)
    client = browser("lycksele")
    answer = come_back(client, realm, begin(client, "region"), claims(nurse, "lycksele"))
    assert refused_for(answer, Why.NO_ROW)


def test_a_process_leader_signs_in_at_the_region_and_not_without_a_hat_there(realm: Realm) -> None:
    rut, nils = someone("idp-region"), someone("idp-umea")
    region_hat(rut)
    assert is_in(signed_in(realm, rut, "region", "region"))
    client = browser("region")
    assert refused_for(come_back(client, realm, begin(client, "umea"), claims(nils, "region")), Why.NO_ROW)


def test_who_has_two_assignments_chooses_one_and_the_key_changes(realm: Realm) -> None:
    nurse = someone()
    first, second = team_hat(nurse), team_hat(nurse, branch="pupil_health")
    client = browser("lycksele")
    answer = come_back(client, realm, begin(client), claims(nurse, "lycksele"))
    assert answer["Location"] == "/uppdrag"
    assert not is_in(client)
    key = client.cookies["__Host-hlt"].value
    page = client.get("/uppdrag").content.decode()
    assert "Du har flera uppdrag här." in page
    assert str(first) in page
    assert "Elevhälsan, Teammedlem, Skolhälsovård</button>" in page
    assert "Elevhälsan, Teammedlem, Elevhälsa</button>" in page
    assert client.post("/uppdrag", {"assignment": str(second)}).status_code == 302
    assert is_in(client)
    assert client.cookies["__Host-hlt"].value != key
    assert Session.objects.get(person_id=nurse.id).assignment_id == second
    stranger = someone()
    assert client.post("/uppdrag", {"assignment": str(team_hat(stranger))}).status_code == 404


def test_signing_in_again_ends_the_session_of_before(realm: Realm) -> None:
    nurse = someone()
    team_hat(nurse)
    client = signed_in(realm, nurse)
    old = client.cookies["__Host-hlt"].value
    assert come_back(client, realm, begin(client), claims(nurse, "lycksele")).status_code == 302
    assert client.cookies["__Host-hlt"].value != old
    assert Session.objects.filter(person_id=nurse.id).count() == 1


def test_a_realm_that_does_not_answer_is_said_and_an_unlinked_way_is_refused(realm: Realm) -> None:
    assert refused_for(browser("lycksele").get("/logga-in?via=umea"), Why.IDP)  # type: ignore[arg-type]
    realm.is_down = True
    REALM_KEYS.forget()
    assert refused_for(browser("lycksele").get("/logga-in?via=kommun"), Why.UNAVAILABLE)  # type: ignore[arg-type]


def test_the_realms_own_refusals_are_told_in_swedish(realm: Realm) -> None:
    assert refused_for(tried(realm, code=None, error="invalid_scope"), Why.ORGANISATION)
    assert refused_for(tried(realm, code=None, error="temporarily_unavailable"), Why.UNAVAILABLE)
    assert refused_for(tried(realm, code=None, error="access_denied"), Why.CONTEXT)


def test_every_refusal_has_a_sentence_and_a_way_on() -> None:
    assert set(WORDS) == set(Why)
    assert all(sentence and next_step for sentence, next_step in WORDS.values())
