"""Signing members of the cast in against the programmable realm, through the very pages that people use."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate
from tests.cast import as_actor
from tests.login.issuer import LOA3, Realm

from hlt_identity.models import Person, RegionMember
from hlt_identity.oidc.client_keys import make_key
from hlt_identity.oidc.endpoints import issuer
from hlt_identity.provisioning.rows import write_rows
from hlt_identity.roles import RoleCode
from hlt_platform.demo.people import Hat
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.provision import known_kommuner
from hlt_tenants.teams.actions import give_hat, make_team
from hlt_tenants.teams.rules import NewHat, Profession

BEGAN = date(2026, 1, 1)
SLUGS = {facts.kommunkod: facts.slug for facts in known_kommuner()}


def link_hosts() -> None:
    """Do what provisioning does for the 16 hosts, with invented organisation ids: a key per client, and our rows."""
    for slug in (*SLUGS.values(), "region"):
        make_key(f"hlt-web-{slug}")
    write_rows({slug: f"org-{slug}" for slug in (*SLUGS.values(), "region")})


@dataclass(frozen=True)
class Someone:
    """A person with a subject in the realm and, as a rule, a provider."""

    id: UUID
    sub: str
    idp: str


def someone(idp: str = "idp-lycksele") -> Someone:
    """Make somebody new, known by subject."""
    sub = str(uuid4())
    person = Person(issuer=issuer(), sub=sub)
    person.save(force_insert=True)
    return Someone(person.id, sub, idp)


def team_hat(
    person: Someone,
    kommunkod: str = "2481",
    branch: str = "school_medical",
    *,
    ends_on: date | None = None,
    is_regional: bool = False,
    role: RoleCode = RoleCode.TEAM_MEMBER,
) -> UUID:
    """Give a hat as the kommun's administration does."""
    admin = as_actor("administrator", Hat(kommunkod, "school", "Kommunledning", "chef", "tenant_admin"))
    hat = NewHat(
        "Karin Lind",
        branch,
        "Elevhälsan",
        Profession.SCHOOL_NURSE,
        role,
        BEGAN,
        ends_on,
        is_regional,
    )
    with inside(Where(kommunkod, "admin")):
        team = make_team(name=f"HLT {uuid4().hex[:6]}", phone="", meets_every="", by=admin)
        return give_hat(team=team, person=person.id, hat=hat, by=admin)


def region_hat(person: Someone, *, ends_on: date | None = None) -> UUID:
    row = RegionMember(
        person_id=person.id, name="Rut", unit="HLT-stöd", role="region_coordinator", starts_on=BEGAN, ends_on=ends_on
    )
    row.save(force_insert=True)
    return row.id


def yesterday() -> date:
    return localdate() - timedelta(days=1)


def claims(person: Someone, slug: str, **changes: Any) -> dict[str, Any]:
    """Give what the realm says of somebody who signed in rightly at one host; None takes a claim away."""
    good = {
        "sub": person.sub,
        "sid": str(uuid4()),
        "organization": {slug: {"id": f"org-{slug}"}},
        "idp": person.idp,
        "idp_acr": LOA3,
        "idp_org": "none",
        "employeeHsaId": "none",
        "given_name": "Karin",
        "family_name": "Lind",
    }
    return {**good, **changes}


def browser(slug: str, **headers: str) -> Client:
    """Give a browser whose every request goes to one host; it says, as browsers do, that forms come from there."""
    return Client(headers={"Host": f"{slug}.hlt.localhost", "Sec-Fetch-Site": "same-origin", **headers})


def begin(client: Client, via: str = "kommun", **more: str) -> str:
    """Press a way in; give the realm's address to which the browser is sent."""
    answer = client.get(f"/logga-in?{urlencode({'via': via, **more})}")
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def come_back(client: Client, realm: Realm, asked: str, told: dict[str, Any], **changes: str | None) -> HttpResponse:
    """Return from the realm with its answer; `changes` replace or take away parameters."""
    state = asked.partition("state=")[2].partition("&")[0]
    good: dict[str, str | None] = {"code": realm.code_for(asked, told), "state": state, "iss": issuer()}
    sent = {name: value for name, value in {**good, **changes}.items() if value is not None}
    answer: HttpResponse = client.get(f"/logga-in/klar?{urlencode(sent)}")  # type: ignore[assignment]
    return answer


def signed_in(realm: Realm, person: Someone, slug: str = "lycksele", via: str = "kommun", **changes: Any) -> Client:
    """Sign somebody in and give the browser; fail when the door does not open."""
    client = browser(slug)
    answer = come_back(client, realm, begin(client, via), claims(person, slug, **changes))
    assert answer.status_code == 302, answer.content.decode()
    return client
