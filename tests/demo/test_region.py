"""Invented Västerbotten: as many people and children as there really are, and the same ones next time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from tests.logins import rows

from hlt_platform.demo.cases import begun, live_kommun
from hlt_platform.demo.places import fill_kommun
from hlt_platform.demo.staff import seats
from hlt_platform.demo.stories import CHILDREN_A_YEAR, Deed, children_of, stories
from hlt_tenants.registry.provision import known_kommuner
from hlt_tenants.teams.rules import Profession

TODAY = date(2026, 11, 25)
DOROTEA = next(facts for facts in known_kommuner() if facts.slug == "dorotea")


def test_two_hundred_people_of_twelve_professions_work_in_fifteen_kommuner() -> None:
    everybody = [seat for seat in seats(1) if seat.hat.ends_on is None]
    assert len({seat.person for seat in everybody}) == 200
    assert {seat.hat.profession for seat in everybody} == set(Profession)
    assert {seat.kommunkod for seat in everybody} == {facts.kommunkod for facts in known_kommuner()}


def test_the_six_hundred_children_of_a_year_are_shared_as_the_real_children_are() -> None:
    parts = {facts.slug: children_of(facts, CHILDREN_A_YEAR) for facts in known_kommuner()}
    assert sum(parts.values()) == CHILDREN_A_YEAR
    assert (parts["umea"], parts["skelleftea"], parts["dorotea"]) == (288, 163, 4)


def test_the_same_seed_tells_the_same_stories_and_another_seed_others() -> None:
    people = [seat for seat in seats(1) if seat.kommunkod == DOROTEA.kommunkod]
    told = list(stories(1, DOROTEA, people, TODAY, CHILDREN_A_YEAR))
    assert told == list(stories(1, DOROTEA, people, TODAY, CHILDREN_A_YEAR))
    assert told != list(stories(2, DOROTEA, people, TODAY, CHILDREN_A_YEAR))
    granted = Counter(day.year for story in told for deed, day in story.deeds if deed is Deed.CONSENT)
    assert granted == dict.fromkeys(range(2021, 2027), 4)


@pytest.fixture
def facts_before(kommuner: None) -> Iterator[int]:
    """How many facts Dorotea had; those of the stories are taken away again, since other tests count years."""
    before = rows("hlt_owner", "SELECT case_id FROM k2425.case_fact")
    yield len(before)
    kept = [case for (case,) in before]
    rows("hlt_owner", "DELETE FROM k2425.case_fact WHERE NOT case_id = ANY(%s)", [kept])


@pytest.mark.timeout(120)
def test_a_kommuns_stories_are_lived_by_its_own_branches_and_a_second_time_changes_nothing(facts_before: int) -> None:
    fill_kommun(DOROTEA, seats(1))
    before = begun(DOROTEA.kommunkod)
    assert live_kommun(DOROTEA.kommunkod, TODAY, CHILDREN_A_YEAR) > 20
    after = begun(DOROTEA.kommunkod)
    assert after > before
    assert (
        fill_kommun(DOROTEA, seats(1)),
        live_kommun(DOROTEA.kommunkod, TODAY, CHILDREN_A_YEAR),
        begun(DOROTEA.kommunkod),
    ) == (
        0,
        0,
        after,
    )
    states: dict[str, int] = dict(rows("k2425_jobs", "SELECT state, count(*) FROM hlt_case GROUP BY state"))
    assert states["closed"] > 10
    granted = rows("k2425_jobs", "SELECT count(*) FROM case_fact WHERE kind = 'granted'")
    assert granted[0][0] - facts_before >= 20
