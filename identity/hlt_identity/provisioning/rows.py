"""The rows by which our own door knows the realm: which organisation a host is, whose word counts, and for how much."""

from collections.abc import Iterator, Mapping
from typing import Any

from hlt_identity.models import REGION, KommunIdp, Machine, RealmLink, Trust
from hlt_identity.oidc.endpoints import issuer
from hlt_identity.provisioning.files import Organisation, organisations, read


def write_rows(organisation_ids: Mapping[str, str]) -> int:
    """Write what is missing or differs, as login hlt_identity; give how many rows: 0 the second time.

    `organisation_ids` maps the alias of an organisation to Keycloak's id. A dated row is never changed or removed.
    """
    rows = organisations()
    written = sum(_link(row, organisation_ids[row.slug]) for row in rows)
    written += sum(_missing(KommunIdp, found) for row in rows for found in _idps(row, rows))
    written += sum(_missing(Trust, found) for row in rows for found in _trust(row))
    return written + sum(_missing(Machine, found) for found in read("trust")["machines"])


def _link(row: Organisation, organisation_id: str) -> bool:
    wanted = {"slug": row.slug, "issuer": issuer(), "kc_org_id": organisation_id, "client_id": row.client_id}
    if RealmLink.objects.filter(kommunkod=row.kommunkod, **wanted).exists():
        return False
    RealmLink.objects.update_or_create(kommunkod=row.kommunkod, defaults=wanted)
    return True


def _idps(row: Organisation, every: tuple[Organisation, ...]) -> Iterator[dict[str, Any]]:
    """A kommun believes its own provider and the region's; the region believes all, since its members work anywhere."""
    believed = {other.idp for other in every} if row.kommunkod == REGION else {row.idp, f"idp-{REGION}"}
    since = read("trust")["providers_valid_from"]
    for idp in sorted(believed):
        yield {"kommunkod": row.kommunkod, "idp": idp, "valid_from": since}


def _trust(row: Organisation) -> Iterator[dict[str, Any]]:
    for told in read("trust")["trust"]:
        if told["idp"] in ("*", row.idp):
            yield {**told, "idp": row.idp}


def _missing(model: Any, wanted: dict[str, Any]) -> bool:
    if model.objects.filter(**wanted).exists():
        return False
    model(**wanted).save(force_insert=True)
    return True
