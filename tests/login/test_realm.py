"""What the real Keycloak does with the realm that our files describe (identity §19): the server may change its mind."""

import pytest
from tests.signing_in import Client

from hlt_identity.models import RealmLink

LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
pytestmark = pytest.mark.usefixtures("real_realm")


def test_karin_signs_in_through_her_own_kommuns_provider() -> None:
    told = Client("lycksele").sign_in("karin")
    link = RealmLink.objects.get(kommunkod="2481")
    assert told["organization"] == {"lycksele": {"id": link.kc_org_id}}
    assert (told["idp"], told["idp_acr"], told["idp_org"]) == ("idp-lycksele", LOA3, "none")
    assert (told["given_name"], told["family_name"]) == ("Karin", "Lind")
    assert (told["aud"], told["azp"], told["iss"]) == ("hlt-web-lycksele", "hlt-web-lycksele", link.issuer)
    assert "email" not in told
    assert "preferred_username" not in told
