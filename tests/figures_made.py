"""Invented facts of five years' size, and a chain of releases made of them by the same calls as in production."""

from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from itertools import product
from uuid import UUID, uuid4

from tests.cast import actor, as_actor
from tests.logins import rows

from hlt_graphql.releases.actions import approve_release, publish_release
from hlt_graphql.releases.build import build_release
from hlt_graphql.releases.joint import jointly
from hlt_graphql.releases.places import municipalities
from hlt_graphql.releases.signing import make_key
from hlt_platform.demo.people import Hat
from hlt_platform.wiring.publication import freeze, let_counts_go, send_counts
from hlt_tenants.audit.changing import writing
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.reporting.models import CaseFact
from hlt_tenants.reporting.rules import FactKind

AFTER = date(2027, 3, 1)
SECRET = b"the secret of a test"
CASES_A_QUARTER = {
    "2401": 2, "2403": 1, "2404": 1, "2409": 2, "2417": 1, "2418": 1, "2421": 2, "2422": 1,
    "2425": 1, "2460": 3, "2462": 1, "2463": 1, "2480": 10, "2481": 3, "2482": 8,
}  # fmt: skip
MIDDLES = ((2, 20), (5, 20), (8, 20), (11, 20))


def fact(on: date, number: int, sex: str) -> CaseFact:
    key = sha256(f"{on}|{number}|{uuid4()}".encode()).digest()
    return CaseFact(
        case_id=uuid4(),
        kind=FactKind.GRANTED,
        on=on,
        child_key=key,
        family_key=key,
        sex=sex,
        birth_year=2016,
        sector="SCHOOL",
        domain="learning",
        written_at=datetime.now(UTC),
    )


def facts_in(kommunkod: str, on: date, cases: int) -> None:
    """Write facts as one of the kommun's branches does: every third of a boy."""
    with inside(Where(kommunkod, "school")), writing():
        made = [fact(on, number, "M" if number % 3 == 0 else "K") for number in range(cases)]
        CaseFact.objects.bulk_create(made)


def let_go(kommunkod: str, period: str) -> None:
    """Freeze a period, let the kommun's manager approve it, and send what is approved."""
    batch = freeze(kommunkod, period, today=AFTER)
    manager = as_actor(f"manager-{kommunkod}", Hat(kommunkod, "school", "Kommunen", "rektor", "manager"))
    let_counts_go(kommunkod, period, seen_digest=batch.digest, by=manager)
    send_counts(kommunkod)


def digest_of(candidate: UUID) -> str:
    return str(rows("hlt_publisher", "SELECT digest FROM region.candidate WHERE id = %s", [candidate])[0][0])


def release(candidate: UUID) -> UUID:
    """Let Pia approve and publish what Rut built."""
    approve_release(candidate=candidate, expected_digest=digest_of(candidate), by=actor("pia"))
    return publish_release(candidate=candidate, expected_digest=digest_of(candidate), by=actor("pia"))


def built(period: str, *kommuner: str, silent: str = "") -> UUID:
    """Build a period as Rut with the protector of production; without names all kommuner report but the silent one."""
    for kommunkod in kommuner or tuple(place.kommunkod for place in municipalities()):
        if kommunkod != silent:
            let_go(kommunkod, period)
    return build_release(period, by=actor("rut"), protect=jointly(SECRET))


@cache
def released() -> dict[str, UUID]:
    """Make the chain once in a test run: 2025's third quarter (Dorotea silent), the year, and the block from 2021."""
    make_key()
    for kommunkod, cases in CASES_A_QUARTER.items():
        for year, (month, day) in product((2022, 2023, 2025), MIDDLES):
            facts_in(kommunkod, date(year, month, day), cases)
    return {
        "2025-Q3": release(built("2025-Q3", silent="2425")),
        "2025": release(built("2025")),
        "2021/2023": release(built("2021/2023")),
    }
