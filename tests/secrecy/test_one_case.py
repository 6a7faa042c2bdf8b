"""One case seen through every login of the kommun, as SQL: own rows, own copies, the nameless shell (L-02, INV6)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from tests.logins import connect, rows, sqlstate
from tests.story import KARIN, NURSE, Acting, admin, as_played, asked, give_signal, granted, met, planned

from hlt_identity.errors import HltError, NotFound
from hlt_identity.roles import RoleCode
from hlt_tenants.casework.reads.case import case_view
from hlt_tenants.casework.reads.consents import consent_state, disclose_choices
from hlt_tenants.casework.reads.day import my_day
from hlt_tenants.consent.reads import copies_of
from hlt_tenants.plans.actions.mapping import write_cell
from hlt_tenants.plans.codes import CellKind, Domain
from hlt_tenants.plans.reads import mapping, plan
from hlt_tenants.registry.branches import BRANCHES
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.teams.actions import give_hat, make_team
from hlt_tenants.teams.rules import NewHat, Profession

CONTENT = ("signal", "meeting_note", "mapping_cell", "plan_version", "review", "closure", "disclosure")
SHARED = ("case_seat", "live_consent", "clock", "case_step", "meeting", "attendance", "feedback", "baton_offer")
PLAIN = {
    *("id", "case_id", "number", "state", "state_before", "seen_by", "team_id", "first_branch", "receipt", "lead_id"),
    *("lead_branch", "granted_on", "plan_number", "pause_reason", "reviews", "closed_on", "version", "branch"),
    *("opened_at", "ended_at", "guardian_ref", "branches", "categories", "valid_from", "valid_until", "withdrawn_at"),
    *("code", "started_at", "due_on", "stopped_at", "left_days", "step", "at", "kind", "starts_at", "slot", "place"),
    *("sectors_missing_why", "postponed_why", "decision", "has_guardian", "held_at", "meeting_id", "way", "given_at"),
    *("from_person", "to_person", "to_branch", "offered_at", "is_accepted"),
}


@pytest.fixture(scope="module")
def case(team: UUID) -> UUID:
    """A case with content in two branches and a plan, in which social services has a seat and the school has none."""
    signal = asked(("social", "region_health"))
    case = granted(signal)
    give_signal(case, signal)
    with inside(NURSE):
        write_cell(case=case, domain=Domain.HEALTH, kind=CellKind.WORRIES, text="Sover dåligt", version=0, **KARIN)
    where, samira, basis = as_played("samira")
    with inside(where):
        write_cell(
            case=case, domain=Domain.SAFETY, kind=CellKind.STRENGTHS, text="Mormor", version=0, by=samira, basis=basis
        )
    met(case)
    planned(case)
    return case


def seen(branch: str, table: str, case: UUID) -> int:
    return int(rows(f"k2481_{branch}", f'SELECT count(*) FROM "{table}" WHERE case_id = %s', [case])[0][0])


@pytest.mark.parametrize("table", CONTENT)
@pytest.mark.parametrize("branch", BRANCHES)
def test_L02_content_is_read_by_its_owner_alone(case: UUID, branch: str, table: str) -> None:
    owned = rows(
        "hlt_owner", f"SELECT count(*) FROM k2481.{table} WHERE case_id = %s AND owner_branch = %s", [case, branch]
    )
    assert seen(branch, table, case) == owned[0][0]
    assert owned[0][0] == 0 or branch in ("school_medical", "social")


@pytest.mark.parametrize("table", SHARED)
def test_a_branch_without_a_seat_sees_nothing_that_hangs_on_the_shell(case: UUID, table: str) -> None:
    assert seen("school", table, case) == seen("preschool", table, case) == 0
    assert seen("social", table, case) == seen("school_medical", table, case)


def test_copies_are_the_receivers_and_exactly_those_that_were_given(case: UUID) -> None:
    """Names, the plan and the child's own words by consent to both; the signal to social services alone."""
    held = {branch: seen(branch, "received_copy", case) for branch in BRANCHES}
    assert {branch: count for branch, count in held.items() if count} == {"social": 4, "region_health": 3}


@pytest.mark.parametrize("table", ["hlt_case", *SHARED])
def test_INV6_no_column_that_branches_share_can_hold_a_name_or_a_word(kommuner: None, table: str) -> None:
    columns = rows(
        "hlt_owner",
        "SELECT column_name::text, data_type::text FROM information_schema.columns "
        "WHERE table_schema = 'tmpl' AND table_name = %s",
        [table],
    )
    assert {name for name, _type in columns} <= PLAIN
    assert "text" not in {kind for _name, kind in columns}


@pytest.mark.parametrize("user", ["anders", "ylva"])
def test_who_has_no_seat_meets_the_case_as_if_it_were_not(case: UUID, user: str) -> None:
    where, who, basis = as_played(user)
    refused = []
    with inside(where):
        for wanted in (case, UUID(int=4)):
            for ask in (consent_state, disclose_choices, plan, mapping):
                try:
                    ask(wanted, by=who, basis=basis)
                except HltError as refusal:
                    refused.append((refusal.code, refusal.sentence, refusal.next_step, dict(refusal.data)))
        assert copies_of(case, by=who, basis=basis) == ()
    first, second = refused[: len(refused) // 2], refused[len(refused) // 2 :]
    if user == "anders":
        assert len(first) == 4
        assert first == second
    assert {code for code, *_rest in refused} == {"NOT_FOUND"}


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE mapping_cell SET text = 'x' WHERE case_id = '{0}' RETURNING 1",
        "UPDATE plan_version SET voice_words = 'x' WHERE case_id = '{0}' RETURNING 1",
        "UPDATE consent SET withdrawn_at = NULL WHERE owner_branch = 'school_medical' RETURNING 1",
    ],
)
def test_a_seat_changes_no_row_of_another_branch(case: UUID, attack: str) -> None:
    with connect("k2481_region_health") as attacker:
        attacker.execute("SET default_transaction_read_only = off")
        assert attacker.execute(attack.format(case)).fetchall() == []


@pytest.mark.parametrize(
    "attack",
    [
        "DELETE FROM received_copy",
        "UPDATE received_copy SET content = 'x'",
        "DELETE FROM case_step",
        "DELETE FROM live_consent",
        "UPDATE receipt SET kind = 'x'",
        "DELETE FROM mapping_cell",
        "INSERT INTO goal (id, owner_branch, plan_id, number, domain, words, start_text, hoped_text) VALUES "
        "(gen_random_uuid(), 'school_medical', gen_random_uuid(), 1, 'x', 'x', 'x', 'x')",
    ],
)
def test_a_seat_may_not(case: UUID, attack: str) -> None:
    assert sqlstate("k2481_social", "SET default_transaction_read_only = off", attack) == "42501"


def test_the_coordinator_sees_the_shell_and_not_whose_it_is(case: UUID) -> None:
    where, ylva, basis = as_played("ylva")
    with inside(where):
        shown = case_view(case, by=ylva, basis=basis)
    assert (shown.subject, shown.guardians, shown.signals) == (None, (), ())
    assert {meeting.line for meeting in shown.meetings} == {""}


def test_a_colleague_of_the_same_branch_in_another_team_finds_no_such_case(case: UUID) -> None:
    with inside(Where("2481", "admin")):
        other = make_team(name="HLT Lycksele landsbygd", phone="", meets_every="", by=admin())
        hat = NewHat("Sam Provsson", "social", "Stöd", Profession.SOCIAL_WORKER, RoleCode.TEAM_MEMBER, date(2020, 1, 1))
        row = give_hat(team=other, person=UUID(int=91), hat=hat, by=admin())
    where, samira, basis = as_played("samira")
    sam: Acting = {"by": replace(samira, person_id=UUID(int=91), assignment_id=row), "basis": basis}
    with inside(where):
        with pytest.raises(NotFound):
            case_view(case, **sam)
        with pytest.raises(NotFound):
            write_cell(case=case, domain=Domain.SAFETY, kind=CellKind.WORRIES, text="x", version=0, **sam)
        assert case not in {task.case_id for task in my_day(**sam).cases}
        assert case in {task.case_id for task in my_day(by=samira, basis=basis).cases}


def test_another_kommun_finds_no_such_case(case: UUID) -> None:
    with inside(Where("2480", "school_medical")), pytest.raises(NotFound):
        case_view(case, **KARIN)
