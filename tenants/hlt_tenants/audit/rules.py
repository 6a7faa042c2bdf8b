"""What may be logged as having happened, and on which ground who may do it (law §6)."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from hlt_tenants.audit.errors import BasisNotLegal


class Basis(StrEnum):
    """The lawful basis of an access or act; the meanings stand in data/basis_codes.csv."""

    SCHOOL_SUPPORT = "P1"
    SOCIAL_MEASURES = "P2"
    HEALTH_CARE = "P3"
    CONSENT = "P4"
    NEEDED_SUPPORT = "P5"
    SCHOOL_MEDICAL_TO_PUPIL_HEALTH = "P6"
    WELFARE_REPORT = "P7"
    OPEN_INQUIRY = "P8"
    COORDINATION = "P9"
    FAMILY = "P10"
    FOLLOW_UP = "P11"
    LOG_CONTROL = "P12"
    DOCUMENT_REQUEST = "P13"
    ARCHIVE = "P14"
    OPERATION = "P15"
    LAW_ENFORCEMENT = "P16"


class Event(StrEnum):
    """One member per act; its value is what the log shows for ever, so it is never renamed."""

    SIGNAL_RAISED = "signal_raised"
    SIGNAL_TAKEN_UP = "signal_taken_up"
    SIGNAL_ANSWERED = "signal_answered"
    CONSENT_ASKED = "consent_asked"
    CONSENT_ANSWERED = "consent_answered"
    CONSENT_REFUSED = "consent_refused"
    CONSENT_GRANTED = "consent_granted"
    CONSENT_LOST = "consent_lost"
    CONSENT_LAPSED = "consent_lapsed"
    CONSENT_EXPIRED = "consent_expired"
    CONSENT_RENEWED = "consent_renewed"
    SCOPE_NARROWED = "scope_narrowed"
    MEETING_BOOKED = "meeting_booked"
    MEETING_HELD = "meeting_held"
    MEETING_MOVED = "meeting_moved"
    MEETING_POSTPONED = "meeting_postponed"
    FAMILY_MET = "family_met"
    FEEDBACK_GIVEN = "feedback_given"
    MAPPING_WRITTEN = "mapping_written"
    PLAN_AGREED = "plan_agreed"
    PLAN_CHANGED = "plan_changed"
    FELL_DUE = "fell_due"
    REVIEWED = "reviewed"
    PAUSED = "paused"
    RESUMED = "resumed"
    CLOSING_BEGUN = "closing_begun"
    CASE_CLOSED = "case_closed"
    BATON_OFFERED = "baton_offered"
    BATON_ACCEPTED = "baton_accepted"
    SEATS_ENDED = "seats_ended"
    PERSON_MARKED = "person_marked"
    CONFLICT_DECLARED = "conflict_declared"
    DISCLOSED = "disclosed"
    COPY_OPENED = "copy_opened"
    PAGE_OPENED = "page_opened"
    LIST_SHOWN = "list_shown"
    DRAFT_SAVED = "draft_saved"
    DRAFT_DISCARDED = "draft_discarded"
    COUNTS_APPROVED = "counts_approved"
    COUNTS_SENT_AGAIN = "counts_sent_again"
    TEAM_MADE = "team_made"
    HAT_GIVEN = "hat_given"
    HAT_ENDED = "hat_ended"
    ERRAND_RETRIED = "errand_retried"
    ERRAND_DROPPED = "errand_dropped"


@dataclass(frozen=True, slots=True)
class BasisRow:
    """Who may rely on a basis: role codes of law §5 and branch codes; no branch named = no content, so any branch."""

    code: Basis
    roles: frozenset[str]
    branches: frozenset[str]


@cache
def basis_rows() -> dict[Basis, BasisRow]:
    """Give the 16 rows by code, read once from the CSV that lawyers read too."""
    text = files("hlt_tenants.audit").joinpath("data/basis_codes.csv").read_text(encoding="utf-8")
    rows = (
        BasisRow(Basis(row["code"]), frozenset(row["roles"].split("|")), _named(row["branches"]))
        for row in csv.DictReader(text.splitlines())
    )
    return {row.code: row for row in rows}


def _named(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split("|")))


def check_basis(role: str, branch: str, basis: Basis) -> None:
    """Raise BasisNotLegal unless law §6 lets this role of this branch rely on the basis."""
    row = basis_rows()[basis]
    if role not in row.roles or (row.branches and branch not in row.branches):
        raise BasisNotLegal


def own_basis(branch: str) -> Basis:
    """Give the basis on which a branch does its own work; disclosures rest on others (law §6)."""
    if branch == "social":
        return Basis.SOCIAL_MEASURES
    health = branch in ("school_medical", "region_health") or branch.startswith("private_health")
    return Basis.HEALTH_CARE if health else Basis.SCHOOL_SUPPORT
