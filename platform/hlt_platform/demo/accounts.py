"""The cast can sign in: known at their demo provider, in realm `hlt` by a real first sign-in, and by our own rows."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid5

import requests
from django.db import IntegrityError

from hlt_identity.door import Actor, Assignment, Place, Standing, enter
from hlt_identity.oidc.endpoints import callback_url, public
from hlt_identity.provisioning.accounts import (
    RegionHat,
    account_of,
    end_sessions,
    join,
    write_person,
    write_region_hat,
)
from hlt_identity.provisioning.demo_realms import Invented, make_demo_realms
from hlt_identity.provisioning.raw import Realm, connect
from hlt_identity.roles import RoleCode
from hlt_platform.demo.browsing import Browser
from hlt_platform.demo.people import CAST, NAMES, Hat, Player, assignment_id, person_id
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.provision import known_kommuner
from hlt_tenants.teams.actions import give_hat, make_team
from hlt_tenants.teams.rules import NewHat, Profession

SINCE = date(2025, 8, 18)


def make_accounts() -> int:
    """Make what is missing of the cast, at the providers, in the realm and in our rows; give how much: 0 next time."""
    made, realm = make_demo_realms(invented()), connect()
    for player in CAST:
        account, is_new = _account(realm, player)
        kommuner = [hat.kommun for hat in player.hats if hat.kommun]
        if player.idp == "region":
            made += join(realm, account, [slug_of(kommunkod) for kommunkod in kommuner])
        made += is_new + write_person(person_id(player.user), account, kommuner) + sum(_region_rows(player))
    return made + sum(_team_rows(facts.kommunkod, facts.name) for facts in known_kommuner())


def invented() -> dict[str, list[Invented]]:
    """Give who is known to the demo provider of each slug."""
    told: dict[str, list[Invented]] = {}
    for player in CAST:
        first, _, last = player.name.partition(" ")
        person = Invented(person_id(player.user), player.user, first, last, player.password)
        told.setdefault(player.idp, []).append(person)
    return told


def slug_of(kommunkod: str) -> str:
    return next(facts.slug for facts in known_kommuner() if facts.kommunkod == kommunkod)


def _account(realm: Realm, player: Player) -> tuple[str, bool]:
    """Give the player's account; who has none signs in once, since only that makes a managed member (identity §19)."""
    idp, sub = f"idp-{player.idp}", str(person_id(player.user))
    found = account_of(realm, idp, sub)
    if found is not None:
        return found, False
    answer = Browser().sign_in(_link(player.idp), player.user, player.password, until=callback_url(player.idp))
    made = account_of(realm, idp, sub)
    if made is None:
        raise requests.HTTPError(f"{player.user} got no account", response=answer)
    end_sessions(realm, made)
    return made, True


def _link(slug: str) -> str:
    """Give a sign-in link whose code nobody will redeem."""
    asked = {
        "client_id": f"hlt-web-{slug}",
        "response_type": "code",
        "scope": f"openid organization:{slug}",
        "redirect_uri": callback_url(slug),
        "code_challenge": "0" * 43,
        "code_challenge_method": "S256",
        "kc_idp_hint": f"idp-{slug}",
    }
    return f"{public('auth')}?{urlencode(asked)}"


def _region_rows(player: Player) -> Iterator[int]:
    for hat in player.hats:
        if hat.kommun is None:
            row = RegionHat(assignment_id(player.user, None), player.name, hat.unit, hat.role, SINCE)
            yield write_region_hat(person_id(player.user), row)


def _team_rows(kommunkod: str, name: str) -> int:
    """Write the team and the cast's hats of one kommun as its administration; a row that is there stays as it is."""
    team, by = uuid5(NAMES, f"team/{kommunkod}"), administrator(kommunkod)
    written = 0
    with inside(Where(kommunkod, "admin")):
        with suppress(IntegrityError):
            make_team(team=team, name=f"HLT {name}", phone="", meets_every="", by=by)
            written += 1
        for player, hat in _hats(kommunkod):
            with suppress(IntegrityError):
                row, worn = assignment_id(player.user, kommunkod), _new_hat(player, hat)
                give_hat(team=team, person=person_id(player.user), hat=worn, by=by, assignment=row)
                written += 1
    return written


def _hats(kommunkod: str) -> Iterator[tuple[Player, Hat]]:
    return ((player, hat) for player in CAST for hat in player.hats if hat.kommun == kommunkod)


def _new_hat(player: Player, hat: Hat) -> NewHat:
    return NewHat(
        name=player.name,
        branch=hat.branch or "",
        unit=hat.unit,
        profession=Profession(hat.profession),
        role=RoleCode(hat.role),
        starts_on=SINCE,
        ends_on=datetime.now(UTC).date() - timedelta(days=7) if hat.ended else None,
        is_regional=player.idp == "region",
    )


def administrator(kommunkod: str) -> Actor:
    """Come in by the door as the invented administrator of a kommun, in whose name the demo's rows are written."""
    person, hat = person_id("administrator"), uuid5(NAMES, f"administrator/{kommunkod}")
    worn = Assignment(hat, person, "school", "Kommunledning", RoleCode.TENANT_ADMIN, "Demo", is_regional=False)
    standing = Standing(
        person_id=person,
        kommunkod=kommunkod,
        assignment_id=hat,
        organisations={"demo": "demo"},
        idp="demo",
        level=3,
        auth_time=time.time(),
        session_id=UUID(int=0),
        is_live=True,
        assignments=[worn],
    )
    return enter(standing, Place(kommunkod, "demo", frozenset({"demo"})))[0]
