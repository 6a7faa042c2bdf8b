"""The figures of all finished years: counted, let go, built, approved by a second person and published."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID, uuid5

from hlt_graphql.disclosure.periods import BLOCK_YEARS, FIRST_BLOCK, quarters_of
from hlt_graphql.releases.actions import approve_release, publish_release
from hlt_graphql.releases.candidates import candidate_of
from hlt_graphql.releases.reads import chain
from hlt_graphql.releases.signing import make_key
from hlt_identity.door import Actor, Assignment
from hlt_identity.roles import RoleCode
from hlt_platform.demo.acting import acting
from hlt_platform.demo.people import NAMES, person_id
from hlt_platform.wiring.publication import build, freeze, let_counts_go, send_counts
from hlt_tenants.registry.provision import known_kommuner
from hlt_tenants.reporting.rules import bounds

LAG = timedelta(days=45)
Tell = Callable[[str], None]


def publish_finished(first_year: int, today: date, tell: Tell) -> list[UUID]:
    """Publish every period that is over and not yet published, oldest first; give the releases that were made.

    Goes on where it was interrupted. Raises what a step refuses; a release with a finding stops the rest.
    """
    make_key()
    published = {link.period for link in chain()}
    due = [period for period in finished(first_year, today) if period not in published]
    return [_publish(period, today, tell) for period in due]


def finished(first_year: int, today: date) -> Iterator[str]:
    """Give the periods whose lag has passed, each after everything inside it: quarters, their year, a block's third."""
    for year in range(first_year, today.year + 1):
        named = [*quarters_of(str(year)), str(year)]
        if (year - FIRST_BLOCK) % BLOCK_YEARS == BLOCK_YEARS - 1 and year - BLOCK_YEARS + 1 >= first_year:
            named.append(f"{year - BLOCK_YEARS + 1}/{year}")
        yield from (period for period in named if bounds(period)[1] + LAG <= today)


def _publish(period: str, today: date, tell: Tell) -> UUID:
    for facts in known_kommuner():
        batch = freeze(facts.kommunkod, period, today=today)
        let_counts_go(facts.kommunkod, period, seen_digest=batch.digest, by=_manager(facts.kommunkod))
        send_counts(facts.kommunkod)
    candidate = build(period, by=_regional("rut", RoleCode.REGION_COORDINATOR))
    pia = _regional("pia", RoleCode.PUBLISHER)
    digest = candidate_of(candidate, by=pia)[0].digest
    approve_release(candidate=candidate, expected_digest=digest, by=pia)
    release = publish_release(candidate=candidate, expected_digest=digest, by=pia)
    tell(f"{period}: published")
    return release


def _manager(kommunkod: str) -> Actor:
    person = uuid5(NAMES, f"figures-manager/{kommunkod}")
    hat = Assignment(uuid5(person, "hat"), person, "school", "Kommunledning", RoleCode.MANAGER, "Chef", False)
    return acting(hat, kommunkod)


def _regional(user: str, role: RoleCode) -> Actor:
    person = person_id(user)
    hat = Assignment(uuid5(person, "region"), person, None, None, role, user, True)
    return acting(hat, "region")
