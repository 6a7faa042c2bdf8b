"""The items of a case that this app owns and a branch could give: mapping cells and plan versions."""

from uuid import UUID

from hlt_tenants.casework.offers import Offered
from hlt_tenants.plans.codes import CellKind, Domain, MeasureType, OwnerKind, VoiceState
from hlt_tenants.plans.models import Goal, MappingCell, Measure, PlanVersion
from hlt_tenants.plans.rules import category_of


def own_items(case: UUID) -> tuple[Offered, ...]:
    """Give the branch's own written cells and plan versions of a case, newest version first."""
    cells = MappingCell.objects.filter(case_id=case).exclude(text="").order_by("domain", "kind")
    plans = PlanVersion.objects.filter(case_id=case).order_by("-number")
    return (*(cell_item(row) for row in cells), *(plan_item(row) for row in plans))


def cell_item(row: MappingCell) -> Offered:
    domain, kind = Domain(row.domain), CellKind(row.kind)
    title = f"Kartläggning, {domain.label.lower()}: {kind.label.lower()}"
    return Offered("mapping", row.id, category_of(domain, kind), title, f"{title}\n{row.text}")


def plan_item(row: PlanVersion) -> Offered:
    """Write a version as the text that goes to the other branches and to the family (L-04)."""
    heard = row.voice_state == VoiceState.GIVEN
    lines = [
        f"Plan, version {row.number}, {row.agreed_on.isoformat()}",
        f"Överenskommen med: {row.agreed_with}",
        f"Barnets röst: {row.voice_words if heard else 'inte tillfrågat: ' + row.voice_why_not}",
    ]
    for goal in Goal.objects.filter(plan_id=row.id).order_by("number"):
        lines += _goal_lines(goal)
    lines.append(f"Uppföljning: {row.review_on.isoformat()}")
    return Offered("plan", row.id, "C5", f"Plan, version {row.number}", "\n".join(lines))


def _goal_lines(goal: Goal) -> list[str]:
    lines = [
        f"Mål {goal.number} ({Domain(goal.domain).label.lower()}): {goal.words}",
        f"  Nu: {goal.start_text}",
        f"  Vi hoppas: {goal.hoped_text}",
    ]
    for measure in Measure.objects.filter(goal_id=goal.id).order_by("due_on", "id"):
        who = "familjen" if measure.owner_kind == OwnerKind.FAMILY else measure.owner_name
        kind = MeasureType(measure.type).label.lower()
        lines.append(f"  Insats: {measure.text} ({kind}). Ansvarig: {who}. Klart senast {measure.due_on.isoformat()}")
    return lines
