"""Who may do what with figures, tried as SQL by the login that would do it (regional §2, §20; L-27, L-28)."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import override_settings
from tests.cast import actor
from tests.figures_made import SECRET, built, digest_of, facts_in, let_go, release, released
from tests.logins import connect, rows, sqlstate

from hlt_graphql.releases.actions import approve_release, publish_release, withdraw_release
from hlt_graphql.releases.build import build_release
from hlt_graphql.releases.errors import (
    BuiltOnAnother,
    DigestDiffers,
    ReleaseStepNotAllowed,
    SecondPersonNeeded,
)
from hlt_graphql.releases.joint import jointly
from hlt_graphql.releases.places import municipalities
from hlt_graphql.releases.reads import Question, answer, verify_chain
from hlt_graphql.releases.rules import NEXT, CandidateState, PeriodLevel, PlaceLevel
from hlt_graphql.releases.signing import make_key
from hlt_graphql.trace.reads import verify_trace
from hlt_identity.errors import NotAllowed
from hlt_tenants.registry.provision import known_kommuner

DENIED = "42501"
WRITE = "SET default_transaction_read_only = off"
COUNT = (
    "INSERT INTO intake.count (id, kommunkod, population, period, coordinates, n, persons, families, digest, sent_at)"
    " VALUES (gen_random_uuid(), '{0}', 'NEW', '2019', '', 1, 1, 1, repeat('b', 64), now())"
)


@pytest.fixture(autouse=True)
def chain(kommuner: None) -> dict[str, UUID]:
    return released()


@pytest.mark.parametrize("table", ["intake.count", "region.candidate", "region.manifest", "published.cell"])
def test_the_region_cannot_read(table: str) -> None:
    assert sqlstate("hlt_region", f"SELECT 1 FROM {table}") == DENIED
    reader = "hlt_disclosure"
    assert sqlstate(reader, f"SELECT 1 FROM {table}") is None


@pytest.mark.parametrize("table", ["cell_now", "release", "withdrawal"])
@pytest.mark.parametrize("verb", ["DELETE FROM published.{0}", "TRUNCATE published.{0}"])
def test_the_region_reads_what_is_published_and_changes_nothing(table: str, verb: str) -> None:
    assert sqlstate("hlt_region", f"SELECT 1 FROM published.{table}") is None
    # What cannot be changed at all (a view of two tables) is refused before rights are asked.
    assert sqlstate("hlt_region", verb.format(table)) in ({"55000", "42809"} if table == "cell_now" else {DENIED})


def test_umeas_jobs_login_writes_its_own_counts_and_no_others() -> None:
    assert sqlstate("k2480_jobs", WRITE, COUNT.format("2480")) is None
    for place in municipalities():
        if place.kommunkod != "2480":
            assert sqlstate("k2480_jobs", WRITE, COUNT.format(place.kommunkod)) == DENIED
    rows("hlt_disclosure", "DELETE FROM intake.count")


@pytest.mark.parametrize(
    "attack", ["SELECT 1 FROM intake.count", "UPDATE intake.count SET n = 1", "DELETE FROM intake.count"]
)
def test_a_kommun_neither_reads_nor_changes_the_intake(attack: str) -> None:
    assert sqlstate("k2480_jobs", WRITE, attack) == DENIED


@pytest.mark.parametrize("table", ["frozen_count", "frozen_period", "case_fact"])
def test_no_branch_reads_its_kommuns_small_counts(table: str) -> None:
    assert sqlstate("k2480_jobs", f"SELECT 1 FROM k2480.{table}") is None
    assert sqlstate("k2480_social", f"SELECT 1 FROM k2480.{table}") == DENIED


@pytest.mark.parametrize("branch", ["school", "social", "region_health", "jobs"])
def test_only_the_kommuns_administration_lets_counts_go(branch: str) -> None:
    letting_go = "INSERT INTO k2480.count_approval VALUES (gen_random_uuid(), '2018', repeat('a', 64), now())"
    assert sqlstate("k2480_admin", WRITE, letting_go) is None
    assert sqlstate(f"k2480_{branch}", WRITE, letting_go) == DENIED


def test_no_branch_forges_a_frozen_count() -> None:
    forged = "INSERT INTO k2480.frozen_count VALUES (gen_random_uuid(), 'NEW', '2018', '', 9, 9, 9)"
    assert sqlstate("k2480_school", WRITE, forged) == DENIED


def test_who_built_a_candidate_cannot_approve_it() -> None:
    for place in municipalities():
        let_go(place.kommunkod, "2022-Q3")
    candidate = build_release("2022-Q3", by=actor("pia"), protect=jointly(SECRET))
    with pytest.raises(SecondPersonNeeded):
        approve_release(candidate=candidate, expected_digest=digest_of(candidate), by=actor("pia"))
    assert rows("hlt_publisher", "SELECT state FROM region.candidate WHERE id = %s", [candidate]) == [("ATTACKED",)]


def test_the_database_keeps_the_second_person_even_against_its_owner() -> None:
    candidate = built("2022-Q4")
    approved = f"UPDATE region.candidate SET state = 'APPROVED', approved_by = {{0}} WHERE id = '{candidate}'"
    assert sqlstate("hlt_owner", approved.format("built_by")) == "23514"
    assert sqlstate("hlt_owner", approved.format("NULL")) == "23514"
    assert sqlstate("hlt_publisher", approved.format("gen_random_uuid()")) == DENIED
    assert sqlstate("hlt_region", f"SELECT region.approve_candidate('{candidate}', '', gen_random_uuid())") == DENIED


def test_a_region_coordinator_builds_but_does_not_approve() -> None:
    with pytest.raises(NotAllowed):
        approve_release(candidate=uuid4(), expected_digest="", by=actor("rut"))


def test_an_unapproved_candidate_is_not_published() -> None:
    candidate = built("2023-Q1")
    with pytest.raises(SecondPersonNeeded):
        publish_release(candidate=candidate, expected_digest=digest_of(candidate), by=actor("pia"))


def test_another_digest_than_the_one_looked_at_is_refused() -> None:
    candidate = built("2023-Q2")
    with pytest.raises(DigestDiffers):
        approve_release(candidate=candidate, expected_digest="0" * 64, by=actor("pia"))


def test_a_candidate_is_published_once_and_only_on_the_chain_it_was_built_on() -> None:
    first, second = built("2023-Q3"), built("2023-Q4")
    release(first)
    with pytest.raises(ReleaseStepNotAllowed):
        publish_release(candidate=first, expected_digest=digest_of(first), by=actor("pia"))
    with pytest.raises(BuiltOnAnother):
        release(second)


def test_a_candidate_with_a_finding_is_failed_by_the_database_itself() -> None:
    candidate = built("2024-Q1")
    copy = (
        "INSERT INTO region.candidate (id, state, kind, period, artefact, digest, previous_digest, findings, report, "
        "input_digest, built_by, built_at, expires_at) SELECT gen_random_uuid(), '{0}', kind, period, artefact, "
        "digest, previous_digest, 1, report, repeat('c', 64), built_by, built_at, expires_at "
        f"FROM region.candidate WHERE id = '{candidate}'"
    )
    assert sqlstate("hlt_disclosure", copy.format("ATTACKED")) == "23514"
    assert sqlstate("hlt_disclosure", copy.format("APPROVED")) == "HLT03"
    assert sqlstate("hlt_disclosure", copy.format("FAILED")) is None


def test_the_database_allows_the_steps_of_the_dict_and_no_others() -> None:
    gates = Path(__file__).parents[2] / "graphql/hlt_graphql/releases/migrations/0002_gates.py"
    allowed = gates.read_text(encoding="utf-8").split("(OLD.state, NEW.state) NOT IN (")[1].split("THEN")[0]
    held = {(CandidateState(a), CandidateState(b)) for a, b in re.findall(r"\('(\w+)', '(\w+)'\)", allowed)}
    begun, ended = CandidateState.DRAFT, CandidateState.WITHDRAWN  # never states of a row
    assert held == {(a, b) for a, ends in NEXT.items() for b in ends if a is not begun and b is not ended}


@pytest.mark.parametrize("login", ["hlt_owner", "hlt_publisher", "hlt_disclosure"])
def test_a_published_cell_cannot_be_changed(login: str) -> None:
    assert sqlstate(login, "UPDATE published.cell SET value = 1") == DENIED
    assert sqlstate(login, "DELETE FROM published.cell") == DENIED


def test_a_changed_cell_breaks_the_signature() -> None:
    links, broken = verify_chain()
    assert (links > 2, broken) == (True, None)
    change = (
        "UPDATE published.cell SET value = value + %s WHERE id = (SELECT min(id) FROM published.cell WHERE value > 5)"
    )
    with connect("hlt_owner") as connection:
        connection.execute("ALTER TABLE published.cell DISABLE TRIGGER cell_fixed")
        try:
            connection.execute(change, [1])
            assert verify_chain() == (1, 1)
        finally:
            connection.execute(change, [-1])
            connection.execute("ALTER TABLE published.cell ENABLE TRIGGER cell_fixed")
    assert verify_chain() == (links, None)


@pytest.fixture
def strangers_keys(tmp_path: Path) -> Iterator[None]:
    with override_settings(HLT_KEYS_DIR=str(tmp_path)):
        make_key()
        yield


def test_a_release_signed_by_a_strangers_key_does_not_hold(strangers_keys: None) -> None:
    assert verify_chain()[1] == 1


def test_a_withdrawn_release_hides_its_values_and_keeps_its_rows() -> None:
    for kommunkod, cases in {"2480": 11, "2482": 9}.items():
        facts_in(kommunkod, date(2024, 5, 3), cases)
    made = release(built("2024-Q2"))
    asked = Question("I03", PlaceLevel.REGION, PeriodLevel.QUARTER, (), "2024-Q2", "2024-Q2")
    before = answer(asked).cells
    assert [(found.cell.status, found.cell.value) for found in before] == [("SHOWN", 20)]
    withdraw_release(release=made, reason="Fel period.", by=actor("pia"))
    after = answer(asked).cells
    assert [found.cell.cell_id for found in after] == [found.cell.cell_id for found in before]
    assert {(found.cell.status, found.cell.value, found.cell.low) for found in after} == {("WITHDRAWN", None, None)}


def test_every_act_of_a_publisher_is_in_the_regions_log_and_the_log_holds() -> None:
    said = rows("hlt_region", "SELECT action, result FROM region.trace_event")
    assert {("release_built", "done"), ("release_approved", "done"), ("release_published", "done")} <= set(said)
    assert verify_trace().broken_at is None
    assert sqlstate("hlt_owner", "UPDATE region.trace_event SET role = 'x'") == DENIED
    assert sqlstate("hlt_region", "DELETE FROM region.trace_event") == DENIED


def test_the_regions_places_are_the_registrys() -> None:
    known = {(f.kommunkod, f.name, f.area, f.children_0_15 >= 700) for f in known_kommuner()}
    ours = {(p.kommunkod, p.name, p.area, p.has_years) for p in municipalities()}
    assert known == ours
