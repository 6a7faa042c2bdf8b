"""Only all four parts together open the door, and only to the hat that the session was opened for."""

from datetime import date
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hlt_identity.door import Assignment, DoorClosed, Part, Place, Standing, check_door, enter
from hlt_identity.roles import RoleCode
from hlt_identity.trust import TrustRow, level_of

PERSON, HAT, SESSION = UUID(int=1), UUID(int=2), UUID(int=3)
LYCKSELE = Place("2481", "org-lycksele", frozenset({"idp-lycksele", "idp-region"}))
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"


def hat(*, is_regional: bool = False, number: UUID = HAT) -> Assignment:
    branch = "region_health" if is_regional else "school_medical"
    return Assignment(number, PERSON, branch, "Elevhälsan", RoleCode.TEAM_MEMBER, "Karin Lind", is_regional)


def standing(**changes: object) -> Standing:
    good: dict[str, object] = {
        "person_id": PERSON,
        "kommunkod": "2481",
        "assignment_id": HAT,
        "organisations": {"lycksele": "org-lycksele"},
        "idp": "idp-lycksele",
        "level": 3,
        "auth_time": 0.0,
        "session_id": SESSION,
        "is_live": True,
        "assignments": [hat()],
    }
    return Standing(**{**good, **changes})  # type: ignore[arg-type]


BROKEN: dict[Part, dict[str, object]] = {
    Part.SESSION: {"is_live": False},
    Part.ORGANISATION: {"organisations": {"umea": "org-umea"}},
    Part.IDP: {"idp": "idp-umea"},
    Part.ROW: {"assignments": []},
}


@pytest.mark.parametrize("holds", list(product([True, False], repeat=4)))
def test_of_sixteen_combinations_of_the_four_parts_only_the_full_one_opens(holds: tuple[bool, ...]) -> None:
    missing = [part for part, held in zip(Part, holds, strict=True) if not held]
    changes = {key: value for part in missing for key, value in BROKEN[part].items()}
    if not missing:
        actor, worn = enter(standing(), LYCKSELE)
        assert (actor.kommunkod, actor.branch, worn.name) == ("2481", "school_medical", "Karin Lind")
        return
    with pytest.raises(DoorClosed) as closed:
        enter(standing(**changes), LYCKSELE)
    assert closed.value.part == missing[0]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"organisations": {}}, Part.ORGANISATION),
        ({"organisations": {"lycksele": "org-lycksele", "umea": "org-umea"}}, Part.ORGANISATION),
        ({"organisations": {"lycksele": "org-umea"}}, Part.ORGANISATION),
        ({"kommunkod": "2480"}, Part.SESSION),
        ({"idp": "idp-region"}, Part.ROW),
        ({"assignments": [hat(is_regional=True)]}, Part.ROW),
        ({"assignment_id": None}, Part.ROW),
        ({"assignment_id": UUID(int=9)}, Part.ROW),
    ],
    ids=[
        "no claim",
        "two",
        "wrong id",
        "another host",
        "region's idp",
        "regional hat",
        "no hat",
        "other's",
    ],
)
def test_what_nearly_fits_does_not_open(changes: dict[str, object], part: Part) -> None:
    with pytest.raises(DoorClosed) as closed:
        enter(standing(**changes), LYCKSELE)
    assert closed.value.part == part


def test_a_nurse_of_the_region_enters_by_the_regions_provider_with_a_regional_hat() -> None:
    actor, _hat = enter(standing(idp="idp-region", assignments=[hat(is_regional=True)]), LYCKSELE)
    assert actor.branch == "region_health"


def test_a_host_without_a_linked_organisation_opens_for_nobody() -> None:
    with pytest.raises(DoorClosed):
        check_door(standing(), Place("2481", None, LYCKSELE.idps))


@given(
    organisations=st.dictionaries(
        st.sampled_from(["lycksele", "umea", "region"]), st.sampled_from(["org-lycksele", "org-umea", "x", ""])
    ),
    idp=st.sampled_from(["idp-lycksele", "idp-region", "idp-umea", "", "IDP-LYCKSELE"]),
    kommunkod=st.sampled_from(["2481", "2480", "region", ""]),
    is_live=st.booleans(),
    regional=st.booleans(),
)
def test_whatever_a_session_says_the_door_opens_only_for_one_right_organisation_and_provider(
    organisations: dict[str, str], idp: str, kommunkod: str, is_live: bool, regional: bool
) -> None:
    tried = standing(
        organisations=organisations,
        idp=idp,
        kommunkod=kommunkod,
        is_live=is_live,
        assignments=[hat(is_regional=regional)],
    )
    rightful = (
        list(organisations.values()) == ["org-lycksele"]
        and idp == ("idp-region" if regional else "idp-lycksele")
        and kommunkod == "2481"
        and is_live
    )
    try:
        enter(tried, LYCKSELE)
    except DoorClosed:
        assert not rightful
    else:
        assert rightful


TRUST = (
    TrustRow("idp-lycksele", LOA3, 3, date(2026, 1, 1)),
    TrustRow("idp-lycksele", "old", 3, date(2026, 1, 1), date(2026, 6, 1)),
)


@pytest.mark.parametrize("raw", [None, "", 3, [LOA3], {"acr": LOA3}, LOA3.upper(), LOA3 + " ", "loa3", "1"])
def test_a_level_that_was_not_decided_is_nought(raw: object) -> None:
    assert level_of(TRUST, "idp-lycksele", raw, date(2026, 11, 24)) == 0


def test_trust_holds_for_one_provider_and_its_days() -> None:
    assert level_of(TRUST, "idp-lycksele", LOA3, date(2026, 1, 1)) == 3
    assert level_of(TRUST, "idp-lycksele", LOA3, date(2025, 12, 31)) == 0
    assert level_of(TRUST, "idp-umea", LOA3, date(2026, 11, 24)) == 0
    assert level_of(TRUST, "idp-lycksele", "old", date(2026, 5, 31)) == 3
    assert level_of(TRUST, "idp-lycksele", "old", date(2026, 6, 1)) == 0
