"""Each step of a child's way leaves one event and one piece of work, and no client can say what only a step decides."""

import inspect
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.elsa import START, closure, reviewed
from tests.logins import rows
from tests.story import KARIN, NURSE, asked, give_signal, granted, held, new_plan, new_signal, refs, say_yes, yes

from hlt_identity.errors import HltError
from hlt_tenants.casework.actions.batons import accept_baton, offer_baton, pause, resume
from hlt_tenants.casework.actions.consents import ask_consent, grant, renew_consent, withdraw
from hlt_tenants.casework.actions.meetings import (
    book_meeting,
    give_feedback,
    hold_family_meeting,
    hold_meeting,
    move_meeting,
    postpone_meeting,
)
from hlt_tenants.casework.actions.signals import raise_signal, take_up
from hlt_tenants.casework.codes import FeedbackWay, PauseReason, PostponeReason, SectorGap
from hlt_tenants.consent.models import ReceivedCopy
from hlt_tenants.followup.actions.closing import begin_close, close
from hlt_tenants.followup.codes import CloseReason
from hlt_tenants.plans.actions.mapping import write_cell
from hlt_tenants.plans.actions.plans import agree_plan, change_plan
from hlt_tenants.plans.codes import CellKind, Domain
from hlt_tenants.registry.context import inside

DECIDED_BY_STEPS = {
    "state",
    "lead",
    "lead_id",
    "lead_branch",
    "seen_by",
    "due_on",
    "due",
    "clock",
    "now",
    "version_number",
}
GAP = SectorGap.NOT_NEEDED


def left() -> tuple[int, int, int]:
    """Count what lies in Lycksele's log (done, refused) and outbox."""
    counted = "SELECT result, count(*) FROM k2481.audit_event WHERE action <> ALL(%s) GROUP BY 1"
    log: dict[str, int] = dict(rows("hlt_owner", counted, [["page_opened", "copy_opened", "list_shown"]]))
    sent = rows("k2481_relay", "SELECT count(*) FROM outbox")
    return int(log.get("done", 0)), int(log.get("refused", 0)), int(sent[0][0])


def one_step(act: Callable[[], object]) -> object:
    done, refused, sent = left()
    with inside(NURSE):
        given = act()
    assert left() == (done + 1, refused, sent + 1)
    return given


def refused_step(act: Callable[[], object]) -> None:
    done, refused, sent = left()
    with inside(NURSE), pytest.raises(HltError):
        act()
    assert left() == (done, refused + 1, sent)


def test_INV4_every_step_to_the_case(day: None) -> None:
    signal = one_step(lambda: raise_signal(new_signal(), **KARIN))
    assert isinstance(signal, UUID)
    one_step(lambda: take_up(signal=signal, **KARIN))
    refused_step(lambda: grant(signal=signal, **KARIN))
    one_step(lambda: ask_consent(signal=signal, to_branches=["social"], categories=["C1", "C5"], **KARIN))
    refused_step(lambda: ask_consent(signal=signal, to_branches=["social"], categories=["C1"], **KARIN))
    one_step(lambda: say_yes(signal, 0))
    refused_step(lambda: grant(signal=signal, **KARIN))
    one_step(lambda: say_yes(signal, 1))
    one_step(lambda: grant(signal=signal, **KARIN))


def test_INV4_every_step_of_the_case(day: None) -> None:
    signal = asked()
    case = granted(signal)
    both = refs(case)
    one_step(lambda: give_signal(case, signal))
    refused_step(lambda: give_signal(case, signal, "school"))
    one_step(lambda: write_cell(case=case, domain=Domain.HEALTH, kind=CellKind.WORRIES, text="x", version=0, **KARIN))
    one_step(lambda: book_meeting(case=case, starts_at=START, place="", sectors_missing_why=GAP, **KARIN))
    one_step(lambda: postpone_meeting(case=case, reason=PostponeReason.OTHER, **KARIN))
    refused_step(lambda: hold_meeting(case=case, held=held(), **KARIN))
    one_step(lambda: book_meeting(case=case, starts_at=START, place="", sectors_missing_why=GAP, **KARIN))
    later = START + timedelta(days=7)
    moving: dict[str, Any] = {"case": case, "place": "", "reason": PostponeReason.OTHER, "sectors_missing_why": GAP}
    refused_step(lambda: move_meeting(starts_at=START, **moving, **KARIN))
    one_step(lambda: move_meeting(starts_at=later, **moving, **KARIN))
    one_step(lambda: hold_meeting(case=case, held=held(), **KARIN))
    refused_step(lambda: move_meeting(starts_at=later, **moving, **KARIN))
    one_step(lambda: hold_family_meeting(case=case, line="x", has_guardian=True, **KARIN))
    for ref in both:
        one_step(lambda ref=ref: give_feedback(case=case, guardian=ref, way=FeedbackWay.TALK, **KARIN))  # type: ignore[misc]
    one_step(lambda: agree_plan(case=case, plan=new_plan(), **KARIN))
    one_step(lambda: change_plan(case=case, plan=new_plan(), **KARIN))
    one_step(lambda: reviewed(case))
    one_step(lambda: pause(case=case, reason=PauseReason.ABSENCE, **KARIN))
    one_step(lambda: resume(case=case, **KARIN))
    one_step(lambda: withdraw(consent=both[0], **KARIN))
    one_step(lambda: renew_consent(case=case, answers=dict.fromkeys(both, yes()), **KARIN))
    refused_step(lambda: offer_baton(case=case, to_person=UUID(int=1), **KARIN))
    refused_step(lambda: accept_baton(case=case, **KARIN))
    one_step(lambda: begin_close(case=case, reason=CloseReason.OTHER, **KARIN))
    one_step(lambda: close(case=case, closure=closure(case), **KARIN))
    refused_step(lambda: reviewed(case))


def test_a_refused_step_leaves_no_copy_behind(day: None) -> None:
    case = granted()
    refused_step(lambda: agree_plan(case=case, plan=new_plan(), **KARIN))
    with inside(NURSE):
        assert not ReceivedCopy.objects.filter(case_id=case, item_kind="plan").exists()
    assert (
        rows("hlt_owner", "SELECT 1 FROM k2481.received_copy WHERE item_kind = 'plan' AND case_id = %s", [case]) == []
    )


def actions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Give every function of the kommun's action modules that is told who acts."""
    root = Path(__file__).resolve().parents[2] / "tenants"
    for path in sorted((root / "hlt_tenants").glob("**/*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if "actions" not in parts or path.name == "__init__.py":
            continue
        module = import_module(".".join(parts))
        for name, verb in vars(module).items():
            is_own = inspect.isfunction(verb) and verb.__module__ == module.__name__ and not name.startswith("_")
            if is_own and "by" in inspect.signature(verb).parameters:
                yield f"{module.__name__}.{name}", verb


def test_INV8_no_verb_takes_a_state_a_lead_or_a_clock_from_who_asks() -> None:
    verbs = list(actions())
    assert len(verbs) > 30
    taken = {name: set(inspect.signature(verb).parameters) & DECIDED_BY_STEPS for name, verb in verbs}
    assert {name: words for name, words in taken.items() if words} == {}


def test_every_verb_says_who_acts_and_on_which_basis_by_keyword() -> None:
    inner = {"lock_signal", "lock_for_meeting", "check_leads_meeting"}
    for name, verb in actions():
        if name.rsplit(".", 1)[1] in inner:
            continue
        told = inspect.signature(verb).parameters
        assert "basis" in told, name
        assert told["by"].kind is told["basis"].kind is inspect.Parameter.KEYWORD_ONLY, name
