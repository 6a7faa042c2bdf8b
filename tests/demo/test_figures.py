"""The demo's figures: every finished period of an invented year, through the same gates as in production."""

from datetime import date

import pytest
from tests.figures_made import fact
from tests.logins import rows

from hlt_graphql.releases.reads import chain
from hlt_platform.demo.figures import finished, publish_finished
from hlt_tenants.audit.changing import writing
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.reporting.models import CaseFact
from invented_cases import cases

YEAR = 2017
TODAY = date(2018, 3, 20)


def live_a_year() -> None:
    """Write the facts of one invented year, of a block that no other test knows."""
    for kommun, told in cases([YEAR], seed=4).items():
        with inside(Where(kommun, "school")), writing():
            made = [
                fact(date(int(quarter[:4]), 3 * int(quarter[-1]), 15), number, sex)
                for number, (quarter, sex, _) in enumerate(told)
            ]
            CaseFact.objects.bulk_create(made)


def test_periods_come_in_the_order_in_which_they_are_over() -> None:
    told = list(finished(2021, date(2024, 2, 15)))
    assert told[:6] == ["2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4", "2021", "2022-Q1"]
    assert told[-3:] == ["2023-Q4", "2023", "2021/2023"]
    assert list(finished(2021, date(2024, 2, 14)))[-1] == "2023-Q3"


@pytest.mark.timeout(240)
def test_every_finished_period_is_built_approved_by_pia_and_published_once(kommuner: None) -> None:
    live_a_year()
    told: list[str] = []
    made = publish_finished(YEAR, TODAY, told.append)
    expected = ["2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4", "2017"]
    assert [line.split(":")[0] for line in told] == expected
    assert [link.period for link in chain() if link.release_id in made] == expected
    shown = rows("hlt_region", "SELECT status FROM published.cell_now WHERE starts_with(period, '2017')")
    assert sum(status == "SHOWN" for (status,) in shown) > len(shown) / 2
    assert publish_finished(YEAR, TODAY, told.append) == []
