"""Kartläggning: each branch writes its own cells, and they cross only one by one as disclosures (T5)."""

from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import Stale
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.rules import State
from hlt_tenants.casework.stepping import held
from hlt_tenants.plans.codes import CellKind, Domain
from hlt_tenants.plans.errors import MappingClosed
from hlt_tenants.plans.models import MappingCell

WRITABLE = frozenset({State.LISTED, State.PLANNED, State.MAPPING, State.ACTIVE, State.FOLLOW_UP_DUE})


def write_cell(*, case: UUID, domain: Domain, kind: CellKind, text: str, version: int, by: Actor, basis: Basis) -> int:
    """Write one cell of the own branch's mapping; `version` is the one the page showed (0 = it was empty).

    Gives the new version. Raises Stale when a colleague saved first (`data["mine"]` is not kept, the page has it),
    MappingClosed, NotFound, ConflictOfInterest. Source: T5.
    """
    with change(Event.MAPPING_WRITTEN, about=case, by=by, basis=basis) as now:
        if held(case, by=by).state not in WRITABLE:
            raise MappingClosed
        cell = MappingCell.objects.select_for_update().filter(case_id=case, domain=domain, kind=kind).first()
        if version != (cell.version if cell else 0):
            raise Stale
        fresh = cell or MappingCell(owner_branch=by.own_branch, case_id=case, domain=domain, kind=kind, version=0)
        fresh.text, fresh.version = text, fresh.version + 1
        fresh.written_by, fresh.written_at = by.person_id, now
        fresh.save(force_insert=cell is None)
        return fresh.version
