"""Candidates as the two persons read them before a release: what would be shown, and the attack's report."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import time
from typing import Any
from uuid import UUID

from hlt_graphql.releases.cells import PublishedCell
from hlt_graphql.releases.errors import CandidateUnknown
from hlt_graphql.releases.models import Candidate
from hlt_graphql.releases.rules import CandidateState
from hlt_identity.door import Actor
from hlt_identity.roles import Permission, check_may

ALIAS = "publisher"
SETTLED = (CandidateState.PUBLISHED, CandidateState.WITHDRAWN, CandidateState.EXPIRED)


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """A built release that is not public; `report` is the attack's, `findings` what it could compute."""

    candidate_id: UUID
    state: CandidateState
    period: str
    digest: str
    findings: int
    report: Mapping[str, Any]
    built_by: UUID
    built_at: datetime
    expires_at: datetime
    approved_by: UUID | None


def waiting_candidates(*, by: Actor) -> tuple[CandidateFacts, ...]:
    """Give what somebody must still decide on, newest first; raises NotAllowed."""
    check_may(by, Permission.RELEASE_BUILD, at_second=time())
    rows = Candidate.objects.using(ALIAS).exclude(state__in=SETTLED).order_by("-built_at")
    return tuple(_facts(row) for row in rows[:50])


def candidate_of(candidate: UUID, *, by: Actor) -> tuple[CandidateFacts, tuple[PublishedCell, ...]]:
    """Give a candidate and every cell as it would be published; raises CandidateUnknown, NotAllowed."""
    check_may(by, Permission.RELEASE_BUILD, at_second=time())
    row = Candidate.objects.using(ALIAS).filter(id=candidate).first()
    if row is None:
        raise CandidateUnknown
    return _facts(row), tuple(PublishedCell(**cell) for cell in json.loads(row.artefact)["cells"])


def _facts(row: Candidate) -> CandidateFacts:
    where = (row.id, CandidateState(row.state), row.period, row.digest, row.findings, row.report)
    return CandidateFacts(*where, row.built_by, row.built_at, row.expires_at, row.approved_by)
