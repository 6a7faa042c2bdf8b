"""Staff outside the teams raise a signal and see what became of it; the database gives their login nothing else."""

from dataclasses import replace
from uuid import UUID

import pytest
from tests.cast import actor
from tests.logins import rows, sqlstate
from tests.story import KARIN, Acting, asked, granted, met, new_signal

from hlt_identity.errors import NotAllowed
from hlt_identity.roles import RoleCode
from hlt_tenants.audit.rules import Basis
from hlt_tenants.casework.actions.signals import answer_signal, raise_signal, take_up
from hlt_tenants.casework.codes import ReceiptKind, SignalAnswer
from hlt_tenants.casework.models import Signal
from hlt_tenants.casework.reads.signals import own_receipts
from hlt_tenants.drafts.actions import save_draft
from hlt_tenants.drafts.reads import draft
from hlt_tenants.registry.context import Where, inside

TEACHER: Acting = {
    "by": replace(actor("anders"), person_id=UUID(int=77), role=RoleCode.ANY_STAFF),
    "basis": Basis.SCHOOL_SUPPORT,
}
DOOR = Where("2481", "signal")


@pytest.fixture
def signal(team: UUID) -> UUID:
    """A teacher outside the team is worried about Elsa."""
    with inside(DOOR):
        return raise_signal(new_signal(), **TEACHER)


def test_a_teacher_raises_a_signal_that_the_team_seat_of_the_own_branch_takes_up(signal: UUID) -> None:
    with inside(Where("2481", "school")):
        anders: Acting = {"by": actor("anders"), "basis": Basis.SCHOOL_SUPPORT}
        take_up(signal=signal, **anders)
        answer_signal(signal=signal, answer=SignalAnswer.ADVICE, **anders)
    with inside(DOOR):
        latest = {receipt.kind for receipt in own_receipts(by=TEACHER["by"])}
    assert ReceiptKind.ANSWERED in latest
    for branch in ("school_medical", "social"):
        assert rows(f"k2481_{branch}", "SELECT 1 FROM signal WHERE id = %s", [signal]) == []


def test_the_teacher_cannot_take_it_up_herself(signal: UUID) -> None:
    with inside(Where("2481", "school")), pytest.raises(NotAllowed):
        take_up(signal=signal, **TEACHER)


@pytest.mark.parametrize(
    "table", ["signal", "child", "guardian", "hlt_case", "consent", "received_copy", "audit_event", "outbox", "review"]
)
def test_the_signal_login_reads_no_table_with_anybody_in_it(signal: UUID, table: str) -> None:
    assert sqlstate("k2481_signal", f"SELECT 1 FROM k2481.{table}") == "42501"


@pytest.mark.parametrize("change", ["UPDATE k2481.signal SET seen = 'x'", "DELETE FROM k2481.signal"])
def test_the_signal_login_changes_nothing_it_has_sent(signal: UUID, change: str) -> None:
    assert sqlstate("k2481_signal", "SET default_transaction_read_only = off", change) == "42501"


def test_a_receipt_says_that_it_happened_and_not_what_or_about_whom(signal: UUID) -> None:
    columns = rows(
        "hlt_owner",
        "SELECT column_name::text FROM information_schema.columns "
        "WHERE table_name = 'receipt' AND table_schema = 'tmpl'",
    )
    assert {name for (name,) in columns} == {"id", "owner_branch", "signal_ref", "initiator_id", "number", "kind", "on"}


def test_another_branch_does_not_see_that_a_signal_was_raised(signal: UUID) -> None:
    owned = "SELECT count(*) FROM receipt WHERE owner_branch = 'school'"
    assert rows("k2481_social", owned) == [(0,)]
    assert rows("k2481_school", owned)[0][0] >= 1


def test_the_teachers_unsent_words_are_hers(team: UUID) -> None:
    with inside(DOOR):
        save_draft(form="signal-new", about=None, body="{}", **TEACHER)
        kept = draft(form="signal-new", about=None, by=TEACHER["by"])
    assert kept is not None
    assert kept.body == "{}"


def test_I23_karin_is_told_that_the_meeting_was_held_and_which_signal_it_was(day: None) -> None:
    signal = asked()
    met(granted(signal))
    with inside(Where("2481", "school_medical")):
        ref = Signal.objects.get(id=signal).receipt
        numbers = rows(
            "k2481_school_medical", "SELECT number FROM receipt WHERE signal_ref = %s AND number <> ''", [ref]
        )
        shown = {receipt.number: receipt.kind for receipt in own_receipts(by=KARIN["by"])}
    assert shown[numbers[0][0]] is ReceiptKind.MET
