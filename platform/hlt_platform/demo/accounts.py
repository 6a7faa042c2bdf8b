"""The cast can sign in: known at their demo provider, in realm `hlt` by a real first sign-in, and by our own rows."""

from collections.abc import Iterator
from urllib.parse import urlencode

import requests

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
from hlt_platform.demo.browsing import Browser
from hlt_platform.demo.people import CAST, Player, assignment_id, person_id
from hlt_platform.demo.places import fill_teams
from hlt_platform.demo.staff import BEGAN_ON
from hlt_tenants.registry.provision import known_kommuner


def make_accounts() -> int:
    """Make what is missing of the cast, at the providers, in the realm and in our rows; give how much: 0 next time."""
    made, realm = make_demo_realms(invented()), connect()
    for player in CAST:
        account, is_new = _account(realm, player)
        kommuner = [hat.kommun for hat in player.hats if hat.kommun]
        if player.idp == "region":
            made += join(realm, account, [slug_of(kommunkod) for kommunkod in kommuner])
        made += is_new + write_person(person_id(player.user), account, kommuner) + sum(_region_rows(player))
    return made + fill_teams()


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
            row = RegionHat(assignment_id(player.user, None), player.name, hat.unit, hat.role, BEGAN_ON)
            yield write_region_hat(person_id(player.user), row)
