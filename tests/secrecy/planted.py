"""What the attack table speaks of: rows in Umeå and Lycksele, and statements too long for a line of it."""

from uuid import UUID, uuid4

from tests.cast import LYCKSELE, UMEA
from tests.logins import connect, rows
from tests.rows import child_in, shell_in, signal_in

CHILD = (
    "INSERT INTO k2480.child (id, owner_branch, name, birth_date, sex, language, sort_key, protection, is_blocked, "
    "is_care_blocked) VALUES (gen_random_uuid(), 'social', 'x', '2020-01-01', 'K', 'sv', 'x', 'none', false, false)"
)
COPY = (
    "INSERT INTO k2480.received_copy (id, owner_branch, from_branch, disclosure_id, case_id, item_kind, category, "
    "brief_subject, content, sha256, received_at) VALUES ('{id}', '{owner}', '{sender}', '{decision}', "
    "gen_random_uuid(), 'signal', 'C1', 'x', 'x', '', now())"
)
DECISION = (
    "INSERT INTO k2480.disclosure (id, owner_branch, case_id, item_kind, source_id, to_branch, ground, category, "
    "need_motive, reference, decided_by, decided_at, content_sha256) VALUES ('{id}', 'social', gen_random_uuid(), "
    "'signal', gen_random_uuid(), 'region_health', 'CONSENT', 'C1', '', '', gen_random_uuid(), now(), '')"
)
DRAFT = (
    "INSERT INTO k2480.draft (id, owner_branch, person_id, form, about, body, saved_at) "
    "VALUES ('{id}', 'social', gen_random_uuid(), 'x', NULL, '', now())"
)
EVENT = (
    "INSERT INTO k2480.audit_event (id, owner_branch, controller, seq, at, actor, assignment, role, action, "
    "basis_code, result, salt, row_hash, h) VALUES (gen_random_uuid(), '{owner}', '{chain}', 0, now(), "
    "gen_random_uuid(), gen_random_uuid(), 'x', 'x', 'P15', 'done', '', '', '')"
)
COUNT = (
    "INSERT INTO intake.count (id, kommunkod, population, period, coordinates, n, persons, families, digest, sent_at) "
    "VALUES (gen_random_uuid(), '2481', 'NEW', '2019', '', 1, 1, 1, repeat('b', 64), now())"
)
SEAT = "INSERT INTO k2480.case_seat (id, branch, opened_at, case_id) VALUES (gen_random_uuid(), 'social', now(), '{0}')"
ERRAND = (
    "INSERT INTO k2480.outbox (id, task, period, created_at, not_before, state, attempts, starts) "
    "VALUES (gen_random_uuid(), 'x', '2019', now(), now(), 'done', 0, 0)"
)
PERSON = "INSERT INTO shared.person (id, issuer, sub, epoch, made_at) VALUES ('{0}', 'x', '{0}', 1, now())"
SESSION = (
    "INSERT INTO shared.session (key_hash, kommunkod, person_id, sid, sub, idp, organisation_id, level, auth_time, "
    "epoch, created_at, last_seen, expires_at, refreshed_at) VALUES (sha256('{0}{1}'), '{0}', '{1}', '{1}', '{1}', "
    "'x', 'x', 3, 0, 1, now(), now(), now(), now())"
)


def planted() -> dict[str, str]:
    """Write the rows as those who may, and give {word of the table: SQL} for `str.format`."""
    child, own, draft = child_in(UMEA, "social", "Tage"), child_in(UMEA, "school", "Selma"), uuid4()
    signal_in(UMEA, "social", child)
    child_in(LYCKSELE, "school", "Elsa")
    _write("k2480_social", DRAFT.format(id=draft))
    session_in("2480", "2481")
    shell, (decision, copy) = shell_in(UMEA, "school", "school"), _copied()
    rows("hlt_owner", "ANALYZE k2480.child, k2481.child, k2481.django_migrations")
    to_health = {"id": uuid4(), "sender": "social", "decision": decision}
    return {
        "social_child": f"'{child}'",
        "school_child": f"'{own}'",
        "social_draft": f"'{draft}'",
        "shell": f"'{shell}'",
        "copy": f"'{copy}'",
        "lyckseles_child_table": str(_oid("k2481.child")),
        "count_of_lycksele": COUNT,
        "child_of_social": CHILD,
        "copy_from_social_to_region_health": COPY.format(owner="region_health", **to_health),
        "copy_from_social_to_social": COPY.format(owner="social", **to_health),
        "copy_without_decision": COPY.format(id=uuid4(), owner="region_health", sender="social", decision=UUID(int=7)),
        "seat_at_the_shell": SEAT.format(shell),
        "event_of_social": EVENT.format(owner="social", chain="social"),
        "event_of_school_in_the_chain_of_social": EVENT.format(owner="school", chain="social"),
        "outbox_row_with_a_period": ERRAND,
    }


def _write(login: str, statement: str) -> None:
    with connect(login) as connection:
        connection.execute("BEGIN READ WRITE")
        connection.execute(statement)
        connection.execute("COMMIT")


def session_in(*hosts: str) -> UUID:
    """Let somebody be signed in at some hosts; gives the person, who stands as sid and sub too."""
    person = uuid4()
    _write("hlt_identity", PERSON.format(person))
    for host in hosts:
        _write("hlt_identity", SESSION.format(host, person))
    return person


def _copied() -> tuple[UUID, UUID]:
    """Let social services decide and send one copy to the region's health care; the decision and the copy."""
    decision, copy = uuid4(), uuid4()
    _write("k2480_social", DECISION.format(id=decision))
    _write("k2480_social", COPY.format(id=copy, owner="region_health", sender="social", decision=decision))
    return decision, copy


def _oid(table: str) -> int:
    return int(rows("hlt_owner", "SELECT %s::regclass::oid::int8", [table])[0][0])
