"""Invented people with known passwords never come into a region of real ones."""

import pytest
from django.conf import settings
from tests.logins import rows

from hlt_platform.cli import parser


@pytest.mark.parametrize("verb", ["accounts", "cases", "figures", "region"])
def test_a_verb_of_the_demo_is_refused_on_a_real_domain(
    verb: str, kommuner: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "HLT_DOMAIN", "hlt.example")
    before = rows("k2425_door", "SELECT count(*) FROM team_membership")
    chosen = parser().parse_args(["demo", verb])
    with pytest.raises(SystemExit, match="localhost"):
        chosen.run(chosen)
    assert rows("k2425_door", "SELECT count(*) FROM team_membership") == before
