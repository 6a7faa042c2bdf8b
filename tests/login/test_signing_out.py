"""Out here, out at the realm, out at the provider; and what the realm says of it is believed only when it is true."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now as instant
from joserfc import jwt
from tests.login.issuer import Claims, Realm, new_key
from tests.login.signing import Someone, begin, browser, claims, come_back, signed_in, someone, team_hat

from hlt_identity.login.backchannel import EVENT
from hlt_identity.models import Revoked, Session
from hlt_identity.oidc.endpoints import issuer
from hlt_identity.sessions.store import hashed

BACKCHANNEL = "/logga-ut/bakkanal"


def is_in(client: Client) -> bool:
    return client.get("/session").status_code == 204


@pytest.fixture
def karin(realm: Realm) -> Someone:
    person = someone()
    team_hat(person)
    return person


def test_signing_out_ends_the_session_and_sends_the_browser_on_to_the_realm(realm: Realm, karin: Someone) -> None:
    client = signed_in(realm, karin)
    key = client.cookies["__Host-hlt"].value
    answer = client.post("/logga-ut")
    onward = urlsplit(answer.headers["Refresh"].partition("url=")[2])
    told = parse_qs(onward.query)
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (200, '"cache", "cookies", "storage"')
    assert f"{onward.scheme}://{onward.netloc}{onward.path}" == f"{issuer()}/protocol/openid-connect/logout"
    assert told["post_logout_redirect_uri"] == ["http://lycksele.hlt.localhost:8000/logga-ut/klar"]
    assert told["client_id"] == ["hlt-web-lycksele"]
    assert json.loads(base64.urlsafe_b64decode(told["id_token_hint"][0].split(".")[1] + "=="))["sub"] == karin.sub
    assert "Karin Lind" not in answer.content.decode()
    assert client.cookies["__Host-hlt"].value == ""
    again = browser("lycksele")
    again.cookies["__Host-hlt"] = key
    assert not is_in(again)


def test_signing_out_twice_and_as_nobody_is_no_fault(realm: Realm) -> None:
    answer = browser("lycksele").post("/logga-ut")
    assert (answer.status_code, answer.headers["Refresh"]) == (200, "0; url=/logga-ut/klar")
    assert browser("lycksele").get("/logga-ut/klar").status_code == 200


def test_a_link_signs_nobody_out(realm: Realm, karin: Someone) -> None:
    client = signed_in(realm, karin)
    assert client.get("/logga-ut").status_code == 405
    assert is_in(client)


def logout_claims(**changes: Any) -> Claims:
    now = int(time.time())
    good = {
        "iss": issuer(),
        "aud": "hlt-web-lycksele",
        "iat": now,
        "exp": now + 120,
        "jti": str(uuid4()),
        "events": {EVENT: {}},
        "typ": "Logout",
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def told_by_the_realm(raw: str, host: str = "127.0.0.1:8000") -> int:
    """Call as Keycloak does: to an address, without a cookie, a Sec-Fetch-Site or an Origin."""
    return Client(headers={"Host": host}).post(BACKCHANNEL, {"logout_token": raw}).status_code


def signed(realm: Realm, told: Claims, typ: str = "logout+jwt") -> str:
    return realm.signed(told, typ=typ)


def unsigned(_realm: Realm, told: Claims) -> str:
    parts = (json.dumps({"alg": "none", "typ": "logout+jwt"}), json.dumps(told))
    return ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts) + "."


def by_strange_key(_realm: Realm, told: Claims) -> str:
    header = {"alg": "ES256", "kid": "k1", "typ": "logout+jwt"}
    return jwt.encode(header, told, new_key("k1"), algorithms=["ES256"])


def with_lie(**lie: Any) -> Callable[[Realm, Claims], str]:
    return lambda realm, told: signed(realm, {k: v for k, v in {**told, **lie}.items() if v is not None})


AGO = int(time.time()) - 3600
HOSTILE: dict[str, Callable[[Realm, Claims], str]] = {
    "alg none": unsigned,
    "a strange key": by_strange_key,
    "audience of a stranger": with_lie(aud="somebody-else"),
    "issuer of another realm": with_lie(iss="http://id.evil.example/realms/hlt"),
    "expired": with_lie(iat=AGO, exp=AGO + 120),
    "a nonce": with_lie(nonce="n"),
    "no events": with_lie(events=None),
    "no jti": with_lie(jti=None),
    "issued an hour ago": with_lie(iat=AGO, exp=int(time.time()) + 60),
    "an ID token's type": lambda realm, told: signed(realm, told, "JWT"),
    "two audiences": with_lie(aud=["hlt-web-lycksele", "hlt-web-umea"]),
    "another event": with_lie(events={"http://example.org/other": {}}),
    "nobody": with_lie(sid=None, sub=None),
    "lives ten minutes": with_lie(exp=int(time.time()) + 600),
    "no token": lambda _realm, _told: "",
}


@pytest.mark.threat(15)
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_forged_word_of_the_realm_signs_nobody_out(
    realm: Realm, karin: Someone, hostile: Callable[[Realm, Claims], str]
) -> None:
    client = signed_in(realm, karin, sid="sid-of-karin")
    assert told_by_the_realm(hostile(realm, logout_claims(sid="sid-of-karin", sub=karin.sub))) == 400
    assert is_in(client)


@pytest.mark.threat(15)
def test_a_session_id_ends_that_session_on_every_host_and_no_other_of_the_same_person(realm: Realm) -> None:
    britta = someone("idp-region")
    for kommunkod in ("2481", "2404"):
        team_hat(britta, kommunkod, "region_health", is_regional=True)
    sid = str(uuid4())
    at_work = [signed_in(realm, britta, slug, "region", sid=sid) for slug in ("lycksele", "vindeln")]
    at_home = signed_in(realm, britta, "lycksele", "region")
    assert told_by_the_realm(signed(realm, logout_claims(sid=sid, sub=britta.sub))) == 200
    assert [is_in(client) for client in (*at_work, at_home)] == [False, False, True]


@pytest.mark.threat(15)
def test_a_subject_alone_ends_all_sessions_of_the_person_who_may_sign_in_again(realm: Realm, karin: Someone) -> None:
    clients = [signed_in(realm, karin) for _ in range(2)]
    assert told_by_the_realm(signed(realm, logout_claims(sub=karin.sub))) == 200
    assert [is_in(client) for client in clients] == [False, False]
    assert is_in(signed_in(realm, karin))


@pytest.mark.threat(15)
def test_the_same_word_is_heard_once(realm: Realm, karin: Someone) -> None:
    raw = signed(realm, logout_claims(sub=karin.sub))
    assert told_by_the_realm(raw) == 200
    client = signed_in(realm, karin)
    assert told_by_the_realm(raw) == 400
    assert is_in(client)


@pytest.mark.threat(15)
def test_a_sign_in_that_was_on_its_way_ends_with_its_realm_session(realm: Realm, karin: Someone) -> None:
    client = browser("lycksele")
    asked = begin(client)
    assert told_by_the_realm(signed(realm, logout_claims(sid="sid-on-its-way"))) == 200
    come_back(client, realm, asked, claims(karin, "lycksele", sid="sid-on-its-way"))
    assert not is_in(client)


def test_the_realm_reaches_us_by_address_or_name_and_only_by_post(realm: Realm) -> None:
    raw = signed(realm, logout_claims(sid=str(uuid4())))
    assert told_by_the_realm(raw, "umea.hlt.localhost") == 200
    assert Client(headers={"Host": "127.0.0.1"}).get(BACKCHANNEL).status_code == 405
    realm.is_down = True
    from hlt_identity.oidc.keys import REALM_KEYS

    REALM_KEYS.forget()
    assert told_by_the_realm(signed(realm, logout_claims(sid=str(uuid4())))) == 503


def test_one_of_ten_thousand_sessions_is_ended_by_one_indexed_statement(realm: Realm, karin: Someone) -> None:
    client = signed_in(realm, karin, sid="needle")
    now = instant()
    row = Session.objects.get(sid="needle")
    crowd = [
        Session(
            key_hash=hashed(f"crowd {number}"),
            kommunkod="2481",
            person_id=karin.id,
            sid=f"hay {number}",
            sub="hay",
            idp="idp-lycksele",
            organisation_id="o",
            level=3,
            auth_time=0,
            epoch=row.epoch,
            created_at=now,
            last_seen=now,
            expires_at=now,
            refreshed_at=now,
        )
        for number in range(10_000)
    ]
    Session.objects.bulk_create(crowd, batch_size=2000)
    with CaptureQueriesContext(connections["identity"]) as asked:
        assert told_by_the_realm(signed(realm, logout_claims(sid="needle"))) == 200
    deletes = [query["sql"] for query in asked.captured_queries if 'DELETE FROM "session"' in query["sql"]]
    with connections["identity"].cursor() as cursor:
        cursor.execute("ANALYZE session")
        cursor.execute("EXPLAIN DELETE FROM session WHERE sid = 'needle'")
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert len(deletes) == 1
    assert "Index Scan" in plan
    assert not is_in(client)
    assert Session.objects.filter(sub="hay").delete()[0] == 10_000


def test_what_the_deny_list_no_longer_needs_goes(realm: Realm) -> None:
    old = Revoked(kind="jti", value_hash=hashed(str(uuid4())), until=instant())
    old.save()
    assert told_by_the_realm(signed(realm, logout_claims(sid=str(uuid4())))) == 200
    assert not Revoked.objects.filter(id=old.id).exists()
