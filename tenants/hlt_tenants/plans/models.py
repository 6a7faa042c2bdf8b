"""Mapping cells and plan versions, each in the branch of who wrote it."""

from typing import ClassVar

from django.db import models

from hlt_tenants.registry.kommun_model import BranchModel, SameOwnerKey, owned_parent


class MappingCell(BranchModel):
    """What one branch has to say on one question of one domain; `version` guards against two editors."""

    case_id = models.UUIDField()
    domain = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        db_table = "mapping_cell"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner_branch", "case_id", "domain", "kind"], name="mapping_cell_once")
        ]


class PlanVersion(BranchModel):
    """A plan as it was agreed on one day; a change is a new version, never an edit."""

    case_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    agreed_with = models.CharField(max_length=120)
    review_on = models.DateField()
    voice_state = models.CharField(max_length=20)
    voice_words = models.TextField(blank=True)
    voice_why_not = models.TextField(blank=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        db_table = "plan_version"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            owned_parent("plan_version_owned"),
            models.UniqueConstraint(fields=["owner_branch", "case_id", "number"], name="plan_number_once"),
        ]


class Goal(BranchModel):
    """One goal of a version, in the family's words; 0 on its scale is what they hope for."""

    plan_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    domain = models.CharField(max_length=10)
    words = models.TextField()
    start_text = models.TextField()
    hoped_text = models.TextField()

    class Meta:
        db_table = "goal"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            owned_parent("goal_owned"),
            SameOwnerKey(name="goal_of_own_plan", column="plan_id", table="plan_version"),
        ]


class Measure(BranchModel):
    """One piece of support (insats) towards a goal, with one owner and a day."""

    goal_id = models.UUIDField()
    type = models.CharField(max_length=20)
    text = models.TextField()
    owner_kind = models.CharField(max_length=10)
    owner_name = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    due_on = models.DateField()
    status = models.CharField(max_length=10, default="ongoing")
    status_line = models.TextField(blank=True)
    status_on = models.DateField(null=True)

    class Meta:
        db_table = "measure"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            owned_parent("measure_owned"),
            SameOwnerKey(name="measure_of_own_goal", column="goal_id", table="goal"),
        ]


class Rating(BranchModel):
    """How one person saw one domain (0–10), at the plan or at the end."""

    case_id = models.UUIDField()
    moment = models.CharField(max_length=10)
    domain = models.CharField(max_length=10)
    rater = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField()
    on = models.DateField()

    class Meta:
        db_table = "rating"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(level__lte=10), name="rating_to_ten")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner_branch", "case_id"], name="ratings_of_a_case")
        ]


class GoalRating(BranchModel):
    """Where one person placed a goal on its scale (−2…+2)."""

    goal_id = models.UUIDField()
    moment = models.CharField(max_length=10)
    rater = models.CharField(max_length=10)
    level = models.SmallIntegerField()
    on = models.DateField()

    class Meta:
        db_table = "goal_rating"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            SameOwnerKey(name="goal_rating_of_own_goal", column="goal_id", table="goal"),
            models.CheckConstraint(condition=models.Q(level__gte=-2, level__lte=2), name="goal_rating_on_scale"),
        ]
