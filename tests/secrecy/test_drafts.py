"""What somebody has not sent is that person's alone: colleagues, other branches and the owner read nothing."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag
from tests.logins import connect, rows
from tests.story import KARIN, NURSE, Acting, as_played, new_signal

from hlt_identity.errors import HltError
from hlt_tenants.audit.following import along
from hlt_tenants.casework.actions.signals import raise_signal
from hlt_tenants.casework.errors import FamilyNotTold
from hlt_tenants.casework.models import Signal
from hlt_tenants.drafts.actions import discard_draft, erasing, save_draft
from hlt_tenants.drafts.errors import AlreadySent, KeyReused
from hlt_tenants.drafts.models import Draft
from hlt_tenants.drafts.once import keeping, taken
from hlt_tenants.drafts.reads import draft, drafts_of
from hlt_tenants.registry.context import inside

WORDS = '{"seen": "Elsa sover dåligt"}'
COLLEAGUE: Acting = {"by": replace(KARIN["by"], person_id=UUID(int=8)), "basis": KARIN["basis"]}


@pytest.fixture
def about(kommuner: None) -> UUID:
    """Karin has begun to write about something."""
    about = uuid4()
    with inside(NURSE):
        save_draft(form="plan-write", about=about, body=WORDS, **KARIN)
    return about


def test_karin_finds_her_words_again_and_the_last_save_counts(about: UUID) -> None:
    with inside(NURSE):
        save_draft(form="plan-write", about=about, body='{"seen": "mer"}', **KARIN)
        kept = draft(form="plan-write", about=about, by=KARIN["by"])
        assert kept is not None
        assert kept.body == '{"seen": "mer"}'
        assert [one.about for one in drafts_of(KARIN["by"])].count(about) == 1


def test_a_colleague_in_the_same_branch_finds_nothing(about: UUID) -> None:
    with inside(NURSE):
        assert draft(form="plan-write", about=about, by=COLLEAGUE["by"]) is None
        assert about not in {one.about for one in drafts_of(COLLEAGUE["by"])}
        discard_draft(form="plan-write", about=about, **COLLEAGUE)
        assert draft(form="plan-write", about=about, by=KARIN["by"]) is not None


def test_another_branch_sees_no_row_and_the_owner_of_the_tables_only_noise(about: UUID) -> None:
    read = "SELECT body FROM k2481.draft WHERE about = %s"
    assert rows("k2481_social", read, [about]) == []
    ((body,),) = rows("hlt_owner", read, [about])
    assert b"Elsa" not in bytes(body)
    assert b"sover" not in bytes(body)


@pytest.mark.parametrize("changed", ["person_id = '00000000-0000-0000-0000-000000000008'", "form = 'review'"])
def test_a_row_moved_to_another_person_or_form_does_not_open(about: UUID, changed: str) -> None:
    who, form = (COLLEAGUE, "plan-write") if "person" in changed else (KARIN, "review")
    with connect("k2481_school_medical") as attacker:
        attacker.execute("SET default_transaction_read_only = off")
        attacker.execute(f"UPDATE draft SET {changed} WHERE about = %s", [about])
        with inside(NURSE), pytest.raises(InvalidTag):
            draft(form=form, about=about, by=who["by"])
        attacker.execute("DELETE FROM draft WHERE about = %s", [about])


def test_what_is_sent_is_erased_with_the_sending_and_kept_when_it_is_refused(about: UUID) -> None:
    with inside(NURSE), along(erasing(form="plan-write", about=about)):
        with pytest.raises(FamilyNotTold):
            raise_signal(replace(new_signal(), family_told_on=None), **KARIN)
        assert Draft.objects.filter(about=about).exists()
        raise_signal(new_signal(), **KARIN)
        assert not Draft.objects.filter(about=about).exists()


def test_a_form_that_is_sent_twice_makes_one_signal(kommuner: None) -> None:
    key, body = uuid4().hex, b"child=Elsa"
    once = keeping(key=key, body=body, status=303, location=lambda about: f"/signal/{about}")
    with inside(NURSE):
        before = Signal.objects.count()
        assert taken(key=key, body=body, by=KARIN["by"]) is None
        with along(once):
            signal = raise_signal(new_signal(), **KARIN)
            with pytest.raises(AlreadySent):
                raise_signal(new_signal(), **KARIN)
        assert Signal.objects.count() == before + 1
        answer = taken(key=key, body=body, by=KARIN["by"])
        assert answer is not None
        assert (answer.status, answer.location) == (303, f"/signal/{signal}")
        with pytest.raises(KeyReused):
            taken(key=key, body=b"child=Bo", by=KARIN["by"])
        assert taken(key=key, body=body, by=COLLEAGUE["by"]) is None


def test_two_presses_at_the_same_moment_make_one_signal(kommuner: None) -> None:
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connections

    key, barrier = uuid4().hex, Barrier(2)
    once = keeping(key=key, body=b"x", status=303, location=str)

    def press(_number: int) -> str:
        where, who, basis = as_played("karin")
        with inside(where), along(once):
            barrier.wait()
            try:
                return str(raise_signal(new_signal(), by=who, basis=basis))
            except HltError as refusal:
                return refusal.code
            finally:
                connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(press, range(2)))
    assert ended.count("ALREADY_SENT") == 1
    with inside(NURSE):
        assert Signal.objects.filter(id=next(one for one in ended if one != "ALREADY_SENT")).exists()
