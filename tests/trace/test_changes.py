"""Every act leaves one event and one piece of work; a refused one leaves only that it was refused (INV4)."""

from uuid import UUID, uuid4

import pytest
from django.db import InternalError, connection
from tests.cast import LYCKSELE, actor
from tests.logins import connect, rows
from tests.rows import child_in

from hlt_identity.errors import StepNotAllowed
from hlt_tenants.audit.chain import verify_chain
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.errors import BasisNotLegal
from hlt_tenants.audit.models import AuditEvent
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.families.models import Child
from hlt_tenants.registry.context import Where, inside

HERE = Where(LYCKSELE, "school_medical")


def events(about: UUID) -> list[tuple[str, str]]:
    with inside(HERE):
        return list(AuditEvent.objects.filter(object=about).values_list("action", "result"))


def work(about: UUID) -> int:
    return int(rows("k2481_relay", "SELECT count(*) FROM k2481.outbox WHERE ref_id = %s", [about])[0][0])


def test_an_act_leaves_one_event_and_one_piece_of_work(kommuner: None) -> None:
    about = uuid4()
    with inside(HERE), change(Event.SIGNAL_TAKEN_UP, about=about, by=actor("karin"), basis=Basis.HEALTH_CARE):
        pass
    assert (events(about), work(about)) == ([("signal_taken_up", "done")], 1)


def test_a_refused_act_changes_nothing_and_is_logged_as_refused(kommuner: None) -> None:
    child = child_in(LYCKSELE, "school_medical")
    with inside(HERE), pytest.raises(StepNotAllowed):
        with change(Event.SIGNAL_TAKEN_UP, about=child, by=actor("karin"), basis=Basis.HEALTH_CARE):
            Child.objects.filter(id=child).update(name="changed")
            raise StepNotAllowed
    with inside(HERE):
        assert Child.objects.get(id=child).name == "Elsa"
    assert (events(child), work(child)) == ([("signal_taken_up", "refused")], 0)


def test_a_fault_of_ours_leaves_nothing_at_all(kommuner: None) -> None:
    about = uuid4()
    with inside(HERE), pytest.raises(ZeroDivisionError):
        with change(Event.SIGNAL_TAKEN_UP, about=about, by=actor("karin"), basis=Basis.HEALTH_CARE):
            raise ZeroDivisionError
    assert (events(about), work(about)) == ([], 0)


def test_L03_a_school_nurse_cannot_act_on_the_social_services_basis(kommuner: None) -> None:
    about = uuid4()
    with inside(HERE), pytest.raises(BasisNotLegal):
        with change(Event.SIGNAL_TAKEN_UP, about=about, by=actor("karin"), basis=Basis.SOCIAL_MEASURES):
            pass
    assert work(about) == 0


def test_what_forgets_the_door_is_refused_by_the_database(kommuner: None) -> None:
    child = child_in(LYCKSELE, "school_medical")
    with inside(HERE), pytest.raises(InternalError, match="read-only"):
        Child.objects.filter(id=child).update(name="changed")
    with inside(HERE):
        connection.close()


def test_L13_the_chain_holds_and_shows_a_change_made_by_a_superuser(kommuner: None) -> None:
    karin, norsjo = actor("karin"), Where("2417", "school_medical")
    for _ in range(5):
        with inside(norsjo), change(Event.PAGE_OPENED, about=uuid4(), by=karin, basis=Basis.HEALTH_CARE):
            pass
    with inside(norsjo):
        assert verify_chain("school_medical").broken_at is None
    tamper("UPDATE k2417.audit_event SET actor = gen_random_uuid() WHERE seq = 3")
    with inside(norsjo):
        assert verify_chain("school_medical").broken_at == 3


def test_L13_the_owner_of_the_tables_cannot_change_the_log(kommuner: None) -> None:
    import psycopg

    with connect("hlt_owner") as owner, pytest.raises(psycopg.errors.InsufficientPrivilege):
        owner.execute(
            "DELETE FROM k2480.audit_event; UPDATE k2480.audit_event SET detail = 'x'; TRUNCATE k2480.audit_event"
        )


def tamper(statement: str) -> None:
    """Change the log as only a superuser can who switches triggers off."""
    import psycopg
    from django.conf import settings

    with psycopg.connect(settings.HLT_SUPERUSER_URL) as connection_:
        connection_.execute("SET session_replication_role = replica")
        connection_.execute(statement)
