"""The items of a case that this app owns and a branch could give: the signal, and a decision's line."""

from uuid import UUID

from hlt_tenants.casework.codes import Concern, Decision
from hlt_tenants.casework.models import Meeting, MeetingNote, Signal
from hlt_tenants.casework.offers import Offered


def own_items(case: UUID) -> tuple[Offered, ...]:
    """Give the branch's own signals and meeting notes of a case, oldest first."""
    signals = Signal.objects.filter(case_id=case).order_by("raised_at")
    notes = MeetingNote.objects.filter(case_id=case).order_by("written_at")
    return (*(signal_item(row) for row in signals), *(note_item(row) for row in notes))


def signal_item(row: Signal) -> Offered:
    lines = [f"Oro: {Concern(row.concern).label}", f"Vad vi sett: {row.seen}"]
    if row.works_well:
        lines.append(f"Vad som fungerar bra: {row.works_well}")
    return Offered("signal", row.id, "C1", "Tidig signal", "\n".join(lines))


def note_item(row: MeetingNote) -> Offered:
    meeting = Meeting.objects.get(id=row.meeting_id)
    decided = f"Beslut: {Decision(meeting.decision).label}\n" if meeting.decision else ""
    return Offered("decision", row.id, "C5", "Mötets rad", f"{decided}{row.line}")
