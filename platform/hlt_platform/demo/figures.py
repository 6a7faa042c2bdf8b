"""Every finished period counted, let go by each manager, built by Rut and released by Pia (regional §3, §6)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID

from hlt_graphql.disclosure.periods import BLOCK_YEARS, quarters_of
from hlt_graphql.releases.actions import approve_release, publish_release
from hlt_graphql.releases.candidates import candidate_of
from hlt_graphql.releases.reads import chain
from hlt_graphql.releases.signing import make_key
from hlt_identity.door import Actor, Assignment
from hlt_identity.roles import RoleCode
from hlt_platform.demo.acting import acting, assignment_of
from hlt_platform.demo.people import CAST, assignment_id, person_id
from hlt_platform.demo.places import SEED
from hlt_platform.demo.staff import seats
from hlt_platform.wiring.publication import build, freeze, let_counts_go, periods_for_manager, send_counts
from hlt_tenants.audit import instant
from hlt_tenants.registry.provision import known_kommuner
from hlt_tenants.reporting.rules import bounds, is_block

LAG = timedelta(days=45)
# Olle of Lycksele has not let the newest period go: visitors do it, and Rut and Pia take it from there.
LATE = "2481"


def finished(first_year: int, today: date) -> Iterator[str]:
    """Give the periods whose lag has passed, each after everything inside it: quarters, their year, a block's third."""
    for year in range(first_year, today.year + 1):
        named = [*quarters_of(str(year)), str(year)]
        if is_block(year - BLOCK_YEARS + 1, year) and year - BLOCK_YEARS + 1 >= first_year:
            named.append(f"{year - BLOCK_YEARS + 1}/{year}")
        yield from (period for period in named if bounds(period)[1] + LAG <= today)


def publish_finished(first_year: int, today: date, tell: Callable[[str], None], but: str = "") -> list[UUID]:
    """Publish every period that is over and not yet published, oldest first; give the releases that were made.

    Goes on where it was interrupted, and leaves one period to the visitors: counted everywhere, let go everywhere but
    in Lycksele. Raises what a step refuses; a release with a finding stops the rest.
    """
    make_key()
    published = {link.period for link in chain()}
    due = [period for period in finished(first_year, today) if period not in published]
    if but in due:
        _let_go(but, late=LATE)
    return [_publish(period, tell) for period in due if period != but]


def newest(today: date) -> str:
    """Give the period that was due last."""
    return list(finished(today.year - 1, today))[-1]


def _publish(period: str, tell: Callable[[str], None]) -> UUID:
    _let_go(period)
    for facts in known_kommuner():
        send_counts(facts.kommunkod)
    candidate, pia = build(period, by=of_region("rut")), of_region("pia")
    digest = candidate_of(candidate, by=pia)[0].digest
    approve_release(candidate=candidate, expected_digest=digest, by=pia)
    release = publish_release(candidate=candidate, expected_digest=digest, by=pia)
    tell(f"{period}: published")
    return release


def _let_go(period: str, late: str = "") -> None:
    for facts in known_kommuner():
        batch, by = freeze(facts.kommunkod, period, today=instant.today()), manager_of(facts.kommunkod)
        waiting = [known for known in periods_for_manager(facts.kommunkod, by=by) if known.approved_at is None]
        if facts.kommunkod != late and period in {known.period for known in waiting}:
            let_counts_go(facts.kommunkod, period, seen_digest=batch.digest, by=by)


def manager_of(kommunkod: str) -> Actor:
    """Give the kommun's first manager: Olle in Lycksele."""
    managers = [seat for seat in seats(SEED) if (seat.kommunkod, seat.hat.role) == (kommunkod, RoleCode.MANAGER)]
    return acting(assignment_of(managers[0]), kommunkod)


def of_region(user: str) -> Actor:
    """Give one of the cast in the hat of the region's host."""
    player = next(player for player in CAST if player.user == user)
    hat = next(hat for hat in player.hats if hat.kommun is None)
    worn = Assignment(
        assignment_id(user, None), person_id(user), None, hat.unit, RoleCode(hat.role), player.name, is_regional=True
    )
    return acting(worn, "region")
