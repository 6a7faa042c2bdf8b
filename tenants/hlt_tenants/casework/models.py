"""The case as rows: a signal inside one branch, then a shell without a name and what hangs on it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hlt_tenants.registry.kommun_model import Border, BranchModel, KommunModel, SameOwnerKey, owned_parent


class HltCase(KommunModel):
    """The shell that branches share: number, state, dates, lead. Never a name, a text or a reason (INV6)."""

    border = Border.SHELL
    service_rights: ClassVar[dict[str, str]] = {"jobs": "SELECT, UPDATE (seen_by)"}

    number = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=20)
    state_before = models.CharField(max_length=20, blank=True)
    seen_by = ArrayField(models.CharField(max_length=40))
    team_id = models.UUIDField(null=True)
    first_branch = models.CharField(max_length=40)
    receipt = models.UUIDField()
    lead_id = models.UUIDField()
    lead_branch = models.CharField(max_length=40)
    granted_on = models.DateField()
    plan_number = models.PositiveSmallIntegerField(default=0)
    pause_reason = models.CharField(max_length=20, blank=True)
    reviews = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "hlt_case"


class CaseSeat(KommunModel):
    """A branch's live place in a case, opened by consent and ended with it."""

    border = Border.HANG

    case = models.ForeignKey(HltCase, on_delete=models.PROTECT)
    branch = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_seat"


class LiveConsent(KommunModel):
    """What one guardian's yes covers, without saying who: every branch of the case decides by it (L-05).

    `guardian_ref` is the consent's id in the branch that asked; `branches` are all that may talk with each other.
    """

    border = Border.HANG

    case = models.ForeignKey(HltCase, on_delete=models.PROTECT)
    guardian_ref = models.UUIDField()
    branches = ArrayField(models.CharField(max_length=40))
    categories = ArrayField(models.CharField(max_length=2))
    valid_from = models.DateField()
    valid_until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "live_consent"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "guardian_ref"], name="live_consent_once")
        ]


class Clock(KommunModel):
    """A running promise: which rule, when it began, the last local day on which it is kept.

    `left_days` is set when a pause or a lost consent stopped it; it goes on with what was left.
    """

    border = Border.HANG

    case = models.ForeignKey(HltCase, on_delete=models.PROTECT)
    code = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    due_on = models.DateField()
    stopped_at = models.DateTimeField(null=True)
    left_days = models.IntegerField(null=True)

    class Meta:
        db_table = "clock"


class CaseStep(KommunModel):
    """One step of a case, as codes: who sees the shell sees the way it went (INV7)."""

    border = Border.HANG

    case = models.ForeignKey(HltCase, on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=30)
    state = models.CharField(max_length=20)
    branch = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        db_table = "case_step"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="case_step_once")
        ]


class Meeting(KommunModel):
    """A date for one child; the month's meeting is all rows of a team at one time (domain §6.1)."""

    border = Border.HANG

    case = models.ForeignKey(HltCase, on_delete=models.PROTECT)
    team_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    starts_at = models.DateTimeField()
    slot = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=80, blank=True)
    sectors_missing_why = models.CharField(max_length=20, blank=True)
    postponed_why = models.CharField(max_length=20, blank=True)
    decision = models.CharField(max_length=20, blank=True)
    has_guardian = models.BooleanField(default=False)
    held_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "meeting"


class Attendance(KommunModel):
    """Whether a branch with a seat sat at the table."""

    border = Border.HANG

    case = models.ForeignKey(HltCase, on_delete=models.PROTECT)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT)
    branch = models.CharField(max_length=40)

    class Meta:
        db_table = "attendance"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "branch"], name="attendance_once")
        ]


class MeetingNote(BranchModel):
    """The one line beside a decision, in the branch of who wrote it; crosses only as a disclosure."""

    case_id = models.UUIDField()
    meeting_id = models.UUIDField()
    line = models.TextField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    class Meta:
        db_table = "meeting_note"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["owner_branch", "case_id"], name="notes_of_case")]


class Feedback(KommunModel):
    """That one guardian got the answer after a meeting, or did not want it (I09)."""

    border = Border.HANG

    case = models.ForeignKey(HltCase, on_delete=models.PROTECT)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT)
    guardian_ref = models.UUIDField()
    way = models.CharField(max_length=20)
    given_at = models.DateTimeField()

    class Meta:
        db_table = "feedback"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "guardian_ref"], name="feedback_once")
        ]


class BatonOffer(KommunModel):
    """The lead asks one person to take over; the old lead stays until somebody has accepted (INV1)."""

    border = Border.HANG

    case = models.ForeignKey(HltCase, on_delete=models.PROTECT)
    from_person = models.UUIDField()
    to_person = models.UUIDField()
    to_branch = models.CharField(max_length=40)
    offered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(default=False)

    class Meta:
        db_table = "baton_offer"


class Signal(BranchModel):
    """The first concern; before consent it lives only here, in the branch of who raised it (domain §0.3)."""

    service_rights: ClassVar[dict[str, str]] = {"signal": "INSERT"}

    child_id = models.UUIDField()
    case = models.ForeignKey(HltCase, on_delete=models.PROTECT, null=True)
    state = models.CharField(max_length=20)
    lead_id = models.UUIDField()
    initiator_id = models.UUIDField()
    receipt = models.UUIDField()
    concern = models.CharField(max_length=40)
    seen = models.TextField()
    works_well = models.TextField(blank=True)
    family_told_on = models.DateField()
    family_told_way = models.CharField(max_length=20)
    raised_at = models.DateTimeField()
    taken_up_at = models.DateTimeField(null=True)
    decide_by = models.DateField()
    wait_until = models.DateField(null=True)
    answer = models.CharField(max_length=20, blank=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "signal"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            owned_parent("signal_owned"),
            SameOwnerKey(name="signal_of_own_child", column="child_id", table="child"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner_branch", "state", "raised_at"], name="signal_open")
        ]


class Receipt(BranchModel):
    """What became of a signal, for who raised it: number, code and day, no child. Never changed, only added to."""

    border = Border.RECEIPT
    service_rights: ClassVar[dict[str, str]] = {"signal": "SELECT, INSERT"}

    signal_ref = models.UUIDField()
    initiator_id = models.UUIDField(null=True)
    number = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=20)
    on = models.DateField()

    class Meta:
        db_table = "receipt"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner_branch", "initiator_id"], name="receipts_of_initiator"),
            models.Index(fields=["owner_branch", "signal_ref"], name="receipts_of_signal"),
        ]
