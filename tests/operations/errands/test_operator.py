"""What was given up is an operator's to decide: with a reason, on record, and without seeing whom it was about."""

from uuid import UUID

import pytest
from tests.cast import UMEA
from tests.logins import rows
from tests.operations.errands.running import ask, states

from hlt_platform.cli import parser


def given_up() -> UUID:
    (event,) = ask(UMEA, "casework.end_seats")
    rows("hlt_owner", "UPDATE k2480.outbox SET state = 'dead', attempts = 6 WHERE id = %s", [event])
    return event


def run(*words: str) -> int:
    chosen = parser().parse_args(["outbox", *words])
    code: int = chosen.run(chosen)
    return code


def logged(event: UUID) -> list[tuple[str, str, str]]:
    found = rows("hlt_owner", "SELECT action, role, detail FROM k2480.audit_event WHERE object = %s", [event])
    return [(str(action), str(role), str(detail)) for action, role, detail in found]


@pytest.mark.parametrize(("verb", "state"), [("retry", "waiting"), ("drop", "dropped")])
def test_ingrid_decides_about_what_was_given_up(verb: str, state: str, kommuner: None) -> None:
    event = given_up()
    words = (verb, UMEA, str(event), "--reason", "repaired", "--operator", "ingrid")
    assert run(*words) == 0
    assert states(UMEA, [event]) == {state: 1}
    assert [(role, detail) for _action, role, detail in logged(event)] == [("operator", "repaired")]


def test_what_was_not_given_up_is_not_hers_to_decide(kommuner: None, capsys: pytest.CaptureFixture[str]) -> None:
    (event,) = ask(UMEA, "casework.end_seats")
    assert run("drop", UMEA, str(event), "--reason", "not_needed", "--operator", "ingrid") == 1
    assert (states(UMEA, [event]), logged(event)) == ({"waiting": 1}, [])
    assert "inte uppgiven" in capsys.readouterr().err


def test_the_list_names_what_was_given_up_and_says_so_by_its_exit_code(
    kommuner: None, capsys: pytest.CaptureFixture[str]
) -> None:
    event = given_up()
    assert run("list") == 1
    line = next(line for line in capsys.readouterr().out.splitlines() if str(event) in line)
    assert "dead" in line
    assert "6 tries" in line
