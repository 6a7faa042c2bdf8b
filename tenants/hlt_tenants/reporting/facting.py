"""Facts written in the transaction of the step that made them true (domain §7)."""

import hmac
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings

from hlt_identity.door import Actor
from hlt_tenants.casework.counted import counted_case
from hlt_tenants.families.counted import counted_child
from hlt_tenants.registry.branches import KIND_OF_BRANCH, SECTOR_OF_KIND
from hlt_tenants.registry.context import here
from hlt_tenants.registry.secrets import fact_name
from hlt_tenants.reporting.models import CaseFact
from hlt_tenants.reporting.rules import FactKind


def note_grant(case: UUID, by: Actor, now: datetime) -> None:
    """Note that a case began; it counts in I03 from the local day of its grant."""
    counted = counted_case(case)
    child = counted_child(counted.child_id)
    CaseFact(
        case_id=case,
        kind=FactKind.GRANTED,
        on=counted.granted_on,
        child_key=keyed(f"child|{child.same_child}"),
        family_key=keyed(f"family|{child.same_family}"),
        sex=child.sex,
        birth_year=child.birth_year,
        sector=SECTOR_OF_KIND[KIND_OF_BRANCH[counted.initiator_branch]],
        domain=counted.concern,
        written_at=now,
    ).save(force_insert=True)


def keyed(text: str) -> bytes:
    """Hash with a key of this kommun alone, so that two kommuner's references never match."""
    key = bytes.fromhex(settings.HLT_KEYS.secret(fact_name(here().kommunkod)))
    return hmac.new(key, text.encode(), sha256).digest()
