"""Invented facts of five years' size, and a chain of releases made of them by the same calls as in production."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from uuid import UUID, uuid4

from tests.cast import actor, as_actor
from tests.logins import rows

from hlt_graphql.releases.actions import approve_release, publish_release
from hlt_graphql.releases.build import build_release
from hlt_graphql.releases.cells import PublishedCell
from hlt_graphql.releases.places import municipalities
from hlt_graphql.releases.protection import Protection, TrueCell, hide_every_detail
from hlt_graphql.releases.signing import make_key
from hlt_platform.demo.people import Hat
from hlt_platform.wiring.publication import freeze, let_counts_go, send_counts
from hlt_tenants.audit.changing import writing
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.reporting.models import CaseFact
from hlt_tenants.reporting.rules import FactKind

AFTER = date(2027, 3, 1)
CASES_A_YEAR = {"2480": 40, "2482": 24, "2481": 9, "2460": 7, "2401": 6, "2409": 5, "2462": 4, "2463": 2, "2422": 1}


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
    made = [fact(on, number, "M" if number % 3 == 0 else "K") for number in range(cases)]
    with inside(Where(kommunkod, "school")), writing():
        CaseFact.objects.bulk_create(made)


def let_go(kommunkod: str, period: str) -> None:
    """Freeze a period, let the kommun's manager approve it, and send what is approved."""
    batch = freeze(kommunkod, period, today=AFTER)
    manager = as_actor(f"manager-{kommunkod}", Hat(kommunkod, "school", "Kommunen", "rektor", "manager"))
    let_counts_go(kommunkod, period, seen_digest=batch.digest, by=manager)
    send_counts(kommunkod)


def hide_below_five(truth: Sequence[TrueCell], earlier: Sequence[PublishedCell], period: str) -> Protection:
    """Hide what is small and nothing more: not safe, and only for tests of what comes after protection."""
    small = [cell for cell in truth if cell.period == period and cell.persons < 5]
    return Protection({cell.cell_id: (0, 4) for cell in small}, 0, {"solver": "test", "views": ["outsider"]})


def digest_of(candidate: UUID) -> str:
    return str(rows("hlt_publisher", "SELECT digest FROM region.candidate WHERE id = %s", [candidate])[0][0])


def release(candidate: UUID) -> UUID:
    """Let Pia approve and publish what Rut built."""
    approve_release(candidate=candidate, expected_digest=digest_of(candidate), by=actor("pia"))
    return publish_release(candidate=candidate, expected_digest=digest_of(candidate), by=actor("pia"))


def built(period: str, *kommuner: str, hide_all: bool = False) -> UUID:
    for kommunkod in kommuner or tuple(place.kommunkod for place in municipalities()):
        let_go(kommunkod, period)
    return build_release(period, by=actor("rut"), protect=hide_every_detail if hide_all else hide_below_five)


@cache
def released() -> dict[str, UUID]:
    """Make the chain once in a test run: 2025 by year, its third quarter (Dorotea silent), and the block from 2021."""
    make_key()
    for kommunkod, cases in CASES_A_YEAR.items():
        for year in (2022, 2023, 2025):
            facts_in(kommunkod, date(year, 8, 20), cases)
    silent = [place.kommunkod for place in municipalities() if place.kommunkod != "2425"]
    return {
        "2025": release(built("2025")),
        "2025-Q3": release(built("2025-Q3", *silent)),
        "2021/2023": release(built("2021/2023")),
    }
