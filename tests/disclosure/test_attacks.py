"""Each attack is first shown to succeed against a weaker build, then to fail against ours (A1–A4, A7, A10)."""

from collections.abc import Mapping, Sequence

import pytest

from hlt_graphql.disclosure import cube as cube_module
from hlt_graphql.disclosure.periods import quarters_of
from hlt_graphql.disclosure.suppress import hiding
from hlt_graphql.disclosure.suppress.worlds import Worlds
from hlt_graphql.disclosure.views import OUTSIDER, views_of
from hlt_graphql.releases import cube as build_cube
from hlt_graphql.releases.cells import canonical
from hlt_graphql.releases.joint import protect_jointly, world_in
from hlt_graphql.releases.places import municipalities, municipality
from hlt_graphql.releases.protection import Protection
from invented_cases import Case, Step, cases, periods_of, released_chain
from release import outsider_only, table_by_table, threshold_only

YEAR = periods_of(2024, 2024)
# Cases a quarter; what a test changes is written beside it.
EACH_QUARTER = {
    "2401": 4, "2403": 1, "2404": 3, "2409": 4, "2417": 2, "2418": 2, "2421": 3, "2422": 1,
    "2425": 1, "2460": 6, "2462": 3, "2463": 1, "2480": 70, "2481": 7, "2482": 40,
}  # fmt: skip
Counts = Mapping[tuple[str, str], int]


def told(changed: Counts, girls: int | None = None) -> dict[str, list[Case]]:
    """Give the cases of 2024, a family each; every second of a girl, or only that many in Umeå and none elsewhere."""
    made: dict[str, list[Case]] = {}
    for kommun, usual in EACH_QUARTER.items():
        numbers = [(quarter, changed.get((kommun, quarter), usual)) for quarter in quarters_of("2024")]
        rows = [quarter for quarter, number in numbers for _ in range(number)]
        girls_here = range(0, len(rows), 2) if girls is None else range(girls if kommun == "2480" else 0)
        made[kommun] = [(quarter, "K" if place in girls_here else "M", place) for place, quarter in enumerate(rows)]
    return made


def small_inland_quarter() -> dict[str, list[Case]]:
    """Inlandet has three cases in the fourth quarter."""
    return told({(k, "2024-Q4"): 1 if k in ("2421", "2462", "2481") else 0 for k in inland()})


def inland() -> tuple[str, ...]:
    return ("2417", "2418", "2421", "2422", "2425", "2462", "2463", "2481")


def findings(steps: Sequence[Step]) -> set[tuple[str, str]]:
    """Give (period, view) of everything that was found."""
    return {(s.base.period, view) for s in steps for _, view, _ in s.protection.report["build"]["findings"]}


def ours(made: Mapping[str, Sequence[Case]], periods: Sequence[str] = YEAR) -> list[Step]:
    return list(released_chain(made, periods, protect_jointly))


def test_hiding_what_is_small_and_no_more_is_seen_through_from_outside() -> None:
    made = small_inland_quarter()
    weak = list(released_chain(made, YEAR, threshold_only))
    assert sum(step.protection.report["outsider"] for step in weak) > 0
    assert findings(ours(made)) == set()


def test_protecting_each_table_alone_is_seen_through_from_outside() -> None:
    made = small_inland_quarter()
    weak = list(released_chain(made, YEAR, table_by_table))
    assert sum(step.protection.report["outsider"] for step in weak) > 0


def test_protecting_against_outsiders_only_is_seen_through_by_a_kommun() -> None:
    """Vännäs has nine of the kranskommuner's twelve cases: the area less its own is three."""
    others = {("2401", "2024-Q1"): 1, ("2403", "2024-Q1"): 0, ("2404", "2024-Q1"): 1, ("2409", "2024-Q1"): 1}
    made = told({**others, ("2460", "2024-Q1"): 9})
    weak = list(released_chain(made, YEAR[:1], outsider_only))
    assert (weak[0].protection.report["outsider"], weak[0].protection.report["insiders"] > 0) == (0, True)
    assert findings(ours(made, YEAR[:1])) == set()


def test_without_cuts_the_attack_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worlds, "cut", lambda self, need: None)
    assert findings(ours(small_inland_quarter())) != set()


def test_without_the_kommuners_eyes_a_kommun_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    others = {("2401", "2024-Q1"): 1, ("2403", "2024-Q1"): 0, ("2404", "2024-Q1"): 1, ("2409", "2024-Q1"): 1}
    monkeypatch.setattr(hiding, "views_of", lambda cells, least: views_of(cells, least)[:1])
    found = findings(ours(told({**others, ("2460", "2024-Q1"): 9}), YEAR[:1]))
    assert ("2024-Q1", "2460") in found
    assert OUTSIDER not in {view for _, view in found}


def beside(kommun: str) -> tuple[str, ...]:
    """Give who shares an area with a kommun; for a kommun that is an area by itself, everybody."""
    area = municipality(kommun).area
    others = [place.kommunkod for place in municipalities() if place.kommunkod != kommun]
    return tuple(other for other in others if municipality(other).area == area) or tuple(others)


@pytest.mark.parametrize("kommun", EACH_QUARTER)
def test_each_kommuns_own_eyes_are_needed(kommun: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has nine of twelve cases, or all but three: who knows its own cases sees three in what is left."""
    few = {(other, "2024-Q1"): int(number < 3) for number, other in enumerate(beside(kommun))}
    made = told({**few, (kommun, "2024-Q1"): 9 if len(few) < 14 else EACH_QUARTER[kommun]})
    assert findings(ours(made, YEAR[:1])) == set()
    monkeypatch.setattr(hiding, "views_of", lambda *told: tuple(v for v in views_of(*told) if v.name != kommun))
    assert kommun in {view for _period, view in findings(ours(made, YEAR[:1]))}


def test_without_the_sums_over_time_the_year_gives_back_a_hidden_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    made = small_inland_quarter()
    monkeypatch.setattr(cube_module, "finer", lambda period: ())
    assert ("2024", OUTSIDER) in findings(ours(made))
    monkeypatch.undo()
    assert findings(ours(made)) == set()


def test_without_the_sums_over_places_the_region_gives_back_a_hidden_area(monkeypatch: pytest.MonkeyPatch) -> None:
    made = small_inland_quarter()
    real = cube_module._sums
    monkeypatch.setattr(
        cube_module,
        "_sums",
        lambda plan, places, key: (p for p in real(plan, places, key) if len({part.place for part in p}) == 1),
    )
    assert ("2024-Q4", OUTSIDER) in findings(ours(made))


def test_without_the_sum_over_the_sexes_the_total_gives_back_the_girls(monkeypatch: pytest.MonkeyPatch) -> None:
    made = told({}, girls=3)
    assert findings(ours(made)) == set()
    real = cube_module._sums
    monkeypatch.setattr(
        cube_module,
        "_sums",
        lambda plan, places, key: (p for p in real(plan, places, key) if not p[0].coordinates or key.coordinates),
    )
    assert ("2024", OUTSIDER) in findings(ours(made))


def test_without_the_memory_of_earlier_releases_a_quarter_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    real = build_cube.fates
    monkeypatch.setattr(build_cube, "fates", lambda period, earlier, missing: real(period, (), missing))
    assert ("2024", OUTSIDER) in findings(ours(small_inland_quarter()))


def test_a_late_kommuns_count_is_in_no_later_sum() -> None:
    """Dorotea is silent in the third quarter, then reports: the year less the quarters must not be its count."""
    made = told({})
    steps = list(released_chain(made, YEAR, protect_jointly, silent={"2024-Q3": {"2425"}}))
    assert findings(steps) == set()
    shown = {
        cell.period: cell.value
        for s in steps
        for cell in s.protection.cells
        if cell.place == "24" and not cell.coordinates
    }
    assert shown["2024"] == sum(value or 0 for period, value in shown.items() if "Q" in period)
    assert steps[-1].base.missing == ("2425",)
    assert {kommun for kommun, _, _ in world_in(steps[2].base).atoms} == set(EACH_QUARTER) - {"2425"}


def test_a_late_count_that_is_let_in_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        build_cube, "covered_quarters", lambda counts, period, chain: frozenset((k, q) for _, k, q, _ in counts)
    )
    with pytest.raises(ArithmeticError, match="contradicts itself"):
        list(released_chain(told({}), YEAR, protect_jointly, silent={"2024-Q3": {"2425"}}))


def artefact(step: Step) -> str:
    return canonical({"period": step.base.period}, step.protection.cells)


def public_report(protection: Protection) -> dict[str, object]:
    return {name: part for name, part in protection.report.items() if name != "build"}


def test_which_of_two_hidden_cells_is_the_small_one_cannot_be_told() -> None:
    """Kranskommuner 3 and Inlandet 12, or the other way round: the same bytes, the same public report."""
    crown, inner, quarter = ("2401", "2403", "2404", "2409", "2460"), inland(), "2024-Q1"

    def shared(places: Sequence[str], among: int, each: int) -> dict[tuple[str, str], int]:
        return {(kommun, quarter): each if place < among else 0 for place, kommun in enumerate(places)}

    small_crown = shared(crown, 3, 1) | shared(inner, 6, 2)
    small_inland = shared(crown, 4, 3) | shared(inner, 3, 1)
    one, other = (ours(told(changed), YEAR[:1])[0] for changed in (small_crown, small_inland))
    assert [cell.place for cell in one.protection.cells if cell.status == "PROTECTED"] == ["K", "I"]
    assert artefact(one) == artefact(other)
    assert public_report(one.protection) == public_report(other.protection)


def test_a_child_that_comes_into_an_open_period_changes_no_byte_of_any_release() -> None:
    periods = YEAR[:2]
    before = told({})
    after = {**before, "2425": [*before["2425"], ("2024-Q3", "K", 99)]}
    assert [artefact(step) for step in ours(before, periods)] == [artefact(step) for step in ours(after, periods)]


def test_the_same_input_gives_the_same_release() -> None:
    made = cases([2024], seed=5)
    assert [artefact(step) for step in ours(made)] == [artefact(step) for step in ours(made)]


def test_siblings_are_few_however_many_cases_they_are() -> None:
    """Six cases in Inlandet, all of one family in Lycksele: more than five, and still one home."""
    made = told({(k, "2024-Q1"): 6 if k == "2481" else 0 for k in inland()})
    made["2481"] = [(quarter, sex, 1 if quarter == "2024-Q1" else family) for quarter, sex, family in made["2481"]]
    area = next(c for c in ours(made, YEAR[:1])[0].protection.cells if c.place == "I")
    assert (area.status, area.low) == ("PROTECTED", 0)
