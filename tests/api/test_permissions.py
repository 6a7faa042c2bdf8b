"""One table: every root field, every role. A new field without a row fails (style §12)."""

from uuid import uuid4

import pytest
from tests.asking import ask
from tests.figures_made import released

from hlt_graphql.api.queries import Query
from hlt_graphql.api.schema import Mutation

DIGEST, ID = "a" * 64, str(uuid4())
TABLE = '{ table(input: {indicator: "I03", from: "2025", to: "2025"}) { cellCount } }'
TEAM = (
    'mutation { saveTeam(input: {municipality: "2480", version: 9, name: "Umeå HLT", ageSpan: "0-16", phone: "", '
    'email: "", areas: [], meetsEvery: "", covered: []}) { team } }'
)
# The question, and its answer for a nurse, a principal, a process leader and a publisher: "" = allowed.
NO, NOBODY = "NOT_ALLOWED", "CANDIDATE_UNKNOWN"
ROWS: dict[str, tuple[str, tuple[str, str, str, str]]] = {
    "viewer": ("{ viewer { role permissions } }", ("", "", "", "")),
    "region": ("{ region { areas { code municipalities { code name } } } }", ("", "", "", "")),
    "indicators": ("{ indicators { code tables { code } } }", (NO, NO, "", "")),
    "plan": ("{ plan { digest tables { code place period groupBy } minimumCount } }", (NO, NO, "", "")),
    "release": ("{ release { seq digest } }", (NO, NO, "", "")),
    "releases": ("{ releases { seq } }", (NO, NO, "", "")),
    "table": (TABLE, (NO, NO, "", "")),
    "teams": ("{ teams { name } }", ("", "", "", "")),
    "library": ("{ library { nodes { slug } } }", ("", "", "", "")),
    "library_item": ('{ libraryItem(slug: "finns-inte") { slug } }', ("NOT_FOUND",) * 4),
    "approve_release": (
        f'mutation {{ approveRelease(input: {{candidate: "{ID}", expectedDigest: "{DIGEST}"}}) {{ candidate }} }}',
        (NO, NO, NO, NOBODY),
    ),
    "publish_release": (
        f'mutation {{ publishRelease(input: {{candidate: "{ID}", expectedDigest: "{DIGEST}"}}) '
        "{ release { seq } } }",
        (NO, NO, NO, NOBODY),
    ),
    "withdraw_release": (
        f'mutation {{ withdrawRelease(input: {{release: "{ID}", reason: "x"}}) {{ release {{ seq }} }} }}',
        (NO, NO, NO, NOBODY),
    ),
    "save_team": (TEAM, (NO, NO, "STALE", "STALE")),
}
CAST = ("karin", "olle", "rut", "pia")
CASES = [(field, user, ROWS[field][1][place]) for field in ROWS for place, user in enumerate(CAST)]


def test_every_root_field_has_a_row() -> None:
    assert set(ROWS) == {*Query._meta.fields, *Mutation._meta.fields}


@pytest.mark.parametrize(("field", "user", "expected"), CASES)
def test_a_field_answers_only_those_who_may(kommuner: None, field: str, user: str, expected: str) -> None:
    released()
    told = ask(ROWS[field][0], user=user)
    codes = [error["extensions"]["code"] for error in told.get("errors", [])]
    assert codes == ([expected] if expected else [])


@pytest.mark.parametrize("field", ROWS)
def test_without_a_token_nothing_is_answered(kommuner: None, field: str) -> None:
    told = ask(ROWS[field][0], user=None)
    assert told == {"errors": told["errors"]}
    assert told["errors"][0]["extensions"]["code"] == "NEEDS_LOGIN"
