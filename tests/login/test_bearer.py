"""Machines at the regional API: only a token for this audience, from a listed client, that nobody took back (§12)."""

import argparse
import re
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils.timezone import localdate
from django.utils.timezone import now as instant
from joserfc import jwt
from tests.login.issuer import Realm, new_key

from hlt_identity.bearer import challenge
from hlt_identity.door import DoorClosed, MachineStanding, Part, Place, enter_as_machine
from hlt_identity.errors import NeedsStrongerLogin
from hlt_identity.models import Machine, RealmLink, Revoked
from hlt_identity.oidc.client_keys import key_file, make_key
from hlt_identity.oidc.endpoints import issuer
from hlt_identity.oidc.tokens import BadToken
from hlt_identity.provisioning.commands import run_token
from hlt_identity.provisioning.raw import PROVISIONER
from hlt_identity.roles import RoleCode
from hlt_identity.sessions.store import hashed
from hlt_platform.cli import parser

ASKED = {"query": "{ viewer { role } indicators { code } }"}
CLIENT = "svc-test"
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def machine(realm: Realm) -> Iterator[Machine]:
    """A machine of the region that is on the list from the beginning of the year."""
    row = Machine(client_id=CLIENT, owner="region", role="member", starts_on=date(2026, 1, 1))
    row.save(force_insert=True)
    yield row
    row.delete()


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    good = {
        "iss": issuer(),
        "aud": "hlt-regional",
        "azp": CLIENT,
        "sub": "service-account",
        "jti": str(uuid4()),
        "typ": "Bearer",
        "iat": now,
        "exp": now + 300,
        **changes,
    }
    return {key: value for key, value in good.items() if value is not None}


def ask(token: str | None, host: str = "region", **headers: str) -> HttpResponse:
    sent = {"Authorization": f"Bearer {token}"} if token else {}
    client = Client(headers={"Host": f"{host}.hlt.localhost", **sent, **headers})
    return client.post("/graphql", ASKED, content_type="application/json")  # type: ignore[return-value]


def test_a_listed_machine_reads_what_was_released(realm: Realm, machine: Machine) -> None:
    answer = ask(realm.signed(claims()))
    assert answer.status_code == 200
    assert "errors" not in answer.json()  # type: ignore[attr-defined]
    assert not answer.cookies


HOSTILE: dict[str, Callable[[Realm], str]] = {
    "another audience": lambda realm: realm.signed(claims(aud="hlt-web-region")),
    "two audiences": lambda realm: realm.signed(claims(aud=["hlt-regional", "account"])),
    "no audience": lambda realm: realm.signed(claims(aud=None)),
    "a client that nobody listed": lambda realm: realm.signed(claims(azp="svc-stranger")),
    "no client": lambda realm: realm.signed(claims(azp=None)),
    "an ID token": lambda realm: realm.signed(claims(typ="ID")),
    "a refresh token": lambda realm: realm.signed(claims(typ="Refresh")),
    "another issuer": lambda realm: realm.signed(claims(iss="http://id.evil.example/realms/hlt")),
    "expired": lambda realm: realm.signed(claims(iat=int(time.time()) - 400, exp=int(time.time()) - 100)),
    "without end": lambda realm: realm.signed(claims(exp=None)),
    "a strange key with our kid": lambda _realm: jwt.encode(
        {"alg": "ES256", "kid": "k1"}, claims(), new_key("k1"), algorithms=["ES256"]
    ),
    "bound to another organisation": lambda realm: realm.signed(claims(organization={"umea": {"id": "org-umea"}})),
    "bound to two": lambda realm: realm.signed(
        claims(organization={"region": {"id": "org-region"}, "umea": {"id": "org-umea"}})
    ),
    "nobody": lambda realm: realm.signed(claims(sub=None)),
    "no id": lambda realm: realm.signed(claims(jti=None)),
    "far too long": lambda realm: realm.signed(claims(more="x" * 9000)),
    "not a token": lambda _realm: "a.b",
}


@pytest.mark.threat(9)
@pytest.mark.threat(20)
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_token_opens_nothing(hostile: Callable[[Realm], str], realm: Realm, machine: Machine) -> None:
    token = hostile(realm)
    answer = ask(token)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="hlt-regional", error="invalid_token"'
    assert "data" not in answer.json()  # type: ignore[attr-defined]
    assert token not in answer.content.decode()


def test_without_a_token_the_answer_says_only_which_kind_is_wanted(realm: Realm, machine: Machine) -> None:
    answer = ask(None)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="hlt-regional"')


@pytest.mark.parametrize("kind", ["sub", "jti", "sid"])
def test_what_was_taken_back_opens_nothing_at_once(kind: str, realm: Realm, machine: Machine) -> None:
    told = claims(sub=str(uuid4()), sid=str(uuid4()))
    assert ask(realm.signed(told)).status_code == 200
    Revoked(kind=kind, value_hash=hashed(told[kind]), until=instant() + timedelta(minutes=5)).save(force_insert=True)
    assert ask(realm.signed(told)).status_code == 401


def test_a_machine_is_let_in_between_its_days_only(realm: Realm, machine: Machine) -> None:
    machine.ends_on = localdate()
    machine.save()
    assert ask(realm.signed(claims())).status_code == 401
    machine.starts_on, machine.ends_on = localdate() + timedelta(days=1), None
    machine.save()
    assert ask(realm.signed(claims())).status_code == 401


@pytest.mark.threat(20)
def test_a_kommuns_machine_is_nobody_at_the_region(realm: Realm, machine: Machine) -> None:
    machine.owner = "2481"
    machine.save()
    assert ask(realm.signed(claims())).status_code == 401


@pytest.mark.threat(20)
def test_no_page_is_opened_by_a_machines_token(realm: Realm, machine: Machine) -> None:
    for host in ("lycksele", "region"):
        client = Client(headers={"Host": f"{host}.hlt.localhost", "Authorization": f"Bearer {realm.signed(claims())}"})
        assert "Logga in" in client.get("/", follow=True).content.decode()
    assert ask(realm.signed(claims()), host="lycksele").status_code == 404


def test_a_machine_may_not_change_anything(realm: Realm, machine: Machine) -> None:
    asked = f'approveRelease(input: {{candidate: "{uuid4()}", expectedDigest: "{"0" * 64}"}}) {{ candidate }}'
    told = {"query": f"mutation {{ {asked} }}"}
    client = Client(headers={"Host": "region.hlt.localhost", "Authorization": f"Bearer {realm.signed(claims())}"})
    answer = client.post("/graphql", told, content_type="application/json")
    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == ["NOT_ALLOWED"]


REGION = Place("region", "org-region", frozenset({"idp-region"}))
GOOD = {
    "machine_id": uuid4(),
    "owner": "region",
    "role": RoleCode.MEMBER,
    "organisations": {},
    "issued_at": 0.0,
    "is_live": True,
}


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"is_live": False}, Part.SESSION),
        ({"organisations": {"umea": "org-umea"}}, Part.ORGANISATION),
        ({"owner": "2481"}, Part.IDP),
        *(({"role": role}, Part.ROW) for role in RoleCode if role is not RoleCode.MEMBER),
    ],
)
def test_the_door_opens_for_a_machine_only_as_a_reader_of_its_own_place(changes: dict[str, Any], part: Part) -> None:
    actor = enter_as_machine(MachineStanding(**GOOD), REGION)  # type: ignore[arg-type]
    assert (actor.role, actor.level, actor.kommunkod, actor.branch) == (RoleCode.MEMBER, 2, None, None)
    with pytest.raises(DoorClosed) as closed:
        enter_as_machine(MachineStanding(**{**GOOD, **changes}), REGION)
    assert closed.value.part == part


def test_no_machine_enters_a_kommun() -> None:
    with pytest.raises(DoorClosed):
        enter_as_machine(MachineStanding(**{**GOOD, "owner": "2481"}), Place("2481", "org-x", frozenset()))  # type: ignore[arg-type]


def test_the_challenge_says_what_is_missing_and_nothing_of_the_token() -> None:
    stronger = challenge(NeedsStrongerLogin(level=3, max_age=300))
    assert 'error="insufficient_user_authentication"' in stronger
    assert 'acr_values="http://id.elegnamnden.se/loa/1.0/loa3", max_age="300"' in stronger
    assert challenge(BadToken("signature")) == 'Bearer realm="hlt-regional", error="invalid_token"'


def test_without_a_linked_region_no_machine_is_let_in(realm: Realm, machine: Machine) -> None:
    kept = RealmLink.objects.get(kommunkod="region")
    RealmLink.objects.filter(kommunkod="region").delete()
    try:
        assert ask(realm.signed(claims())).status_code == 401
    finally:
        kept.save(force_insert=True)


def test_a_token_for_an_unknown_client_is_refused_in_one_sentence_that_names_the_known() -> None:
    make_key("svc-region-demo")
    for name in ("nope", "hlt-leavers", "../svc-region-demo"):
        with pytest.raises(SystemExit, match=rf"^{re.escape(name)} is no machine client.*known: svc-region-demo"):
            run_token(argparse.Namespace(client=name))
    key_file("svc-region-demo").unlink()
    with pytest.raises(SystemExit, match="none yet, `hlt identity apply` makes them"):
        run_token(argparse.Namespace(client="svc-region-demo"))


@pytest.mark.parametrize("verb", ["plan", "apply", "check"])
def test_a_keycloak_that_does_not_answer_is_told_in_one_sentence(verb: str, kommuner: None) -> None:
    make_key(PROVISIONER)
    with override_settings(HLT_KEYCLOAK_URL="http://127.0.0.1:9"), pytest.raises(SystemExit) as refusal:
        chosen = parser().parse_args(["identity", verb])
        chosen.run(chosen)
    assert str(refusal.value).startswith("Keycloak does not answer at http://127.0.0.1:9")
