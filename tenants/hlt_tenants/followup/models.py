"""Reviews and the end of a case, in the lead's branch."""

from typing import ClassVar

from django.db import models

from hlt_tenants.registry.kommun_model import BranchModel


class Review(BranchModel):
    """One look at the plan on one day; the goals' levels and the measures' status stand beside them."""

    case_id = models.UUIDField()
    plan_number = models.PositiveSmallIntegerField()
    on = models.DateField()
    next_on = models.DateField()
    line = models.TextField(blank=True)
    content = models.TextField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        db_table = "review"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner_branch", "case_id"], name="reviews_of_a_case")
        ]


class Closure(BranchModel):
    """Why and how a case ended; the reason stays in the lead's branch, the shell says only that it ended."""

    case_id = models.UUIDField()
    reason = models.CharField(max_length=20)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    voice_state = models.CharField(max_length=20, blank=True)
    voice_words = models.TextField(blank=True)
    voice_why_not = models.TextField(blank=True)
    survey = models.CharField(max_length=20, blank=True)
    survey_why_not = models.TextField(blank=True)
    written_by = models.UUIDField()

    class Meta:
        db_table = "closure"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner_branch", "case_id"], name="closure_once")
        ]
