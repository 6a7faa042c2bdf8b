"""The own branch's mapping and plan of a case, as pages show them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit.rules import Basis
from hlt_tenants.casework.reads.case import open_case
from hlt_tenants.plans.codes import (
    CellKind,
    Domain,
    GoalLevel,
    MeasureStatus,
    MeasureType,
    Moment,
    OwnerKind,
    VoiceState,
)
from hlt_tenants.plans.models import Goal, GoalRating, MappingCell, Measure, PlanVersion
from hlt_tenants.plans.rules import Voice, t_score


@dataclass(frozen=True, slots=True)
class Cell:
    """One question of the mapping; `version` 0 = nothing written yet."""

    domain: Domain
    kind: CellKind
    text: str
    version: int
    cell_id: UUID | None


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """A measure with how it goes."""

    measure_id: UUID
    type: MeasureType
    text: str
    owner_kind: OwnerKind
    owner_name: str
    starts_on: date
    due_on: date
    status: MeasureStatus


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal with its measures and where it stands (None = only the start is known)."""

    goal_id: UUID
    domain: Domain
    words: str
    start_text: str
    hoped_text: str
    level: GoalLevel | None
    measures: tuple[ShownMeasure, ...]


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """The newest version in the own branch."""

    plan_id: UUID
    number: int
    agreed_on: date
    agreed_with: str
    review_on: date
    voice: Voice
    goals: tuple[ShownGoal, ...]

    @property
    def score(self) -> float | None:
        """The T-score of the goals where they stand, equal weights (50 = as hoped); None below two rated goals."""
        levels = [int(goal.level) for goal in self.goals if goal.level is not None]
        return t_score([(1, level) for level in levels]) if len(levels) > 1 else None


def mapping(case: UUID, *, by: Actor, basis: Basis) -> tuple[Cell, ...]:
    """Give all 15 cells in the order of domains and questions, written or not; logged. Raises NotFound."""
    open_case(case, by=by, basis=basis)
    rows = {(row.domain, row.kind): row for row in MappingCell.objects.filter(case_id=case)}
    cells = []
    for domain in Domain:
        for kind in CellKind:
            row = rows.get((domain.value, kind.value))
            cells.append(Cell(domain, kind, row.text, row.version, row.id) if row else Cell(domain, kind, "", 0, None))
    return tuple(cells)


def plan(case: UUID, *, by: Actor, basis: Basis) -> ShownPlan | None:
    """Give the own branch's newest version; None when there is none, or the lead of another branch holds it."""
    open_case(case, by=by, basis=basis)
    return newest_plan(case)


def newest_plan(case: UUID) -> ShownPlan | None:
    """The same inside another read or a step that has logged the opening."""
    row = PlanVersion.objects.filter(case_id=case).order_by("-number").first()
    if row is None:
        return None
    goals = Goal.objects.filter(plan_id=row.id).order_by("number")
    voice = Voice(VoiceState(row.voice_state), row.voice_words, row.voice_why_not)
    return ShownPlan(
        row.id, row.number, row.agreed_on, row.agreed_with, row.review_on, voice, tuple(_goal(goal) for goal in goals)
    )


def _goal(goal: Goal) -> ShownGoal:
    rated = GoalRating.objects.filter(goal_id=goal.id).exclude(moment=Moment.START).order_by("-on").first()
    measures = Measure.objects.filter(goal_id=goal.id).order_by("due_on", "id")
    return ShownGoal(
        goal.id,
        Domain(goal.domain),
        goal.words,
        goal.start_text,
        goal.hoped_text,
        GoalLevel(str(rated.level)) if rated else None,
        tuple(_measure(measure) for measure in measures),
    )


def _measure(row: Measure) -> ShownMeasure:
    return ShownMeasure(
        row.id,
        MeasureType(row.type),
        row.text,
        OwnerKind(row.owner_kind),
        row.owner_name,
        row.starts_on,
        row.due_on,
        MeasureStatus(row.status),
    )
