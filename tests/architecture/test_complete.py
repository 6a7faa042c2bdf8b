"""What hangs on a closed list covers the whole list: sets subtracted (style §6, A11; INV11)."""

from collections.abc import Iterator
from enum import Enum, StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from hlt_identity.roles import ROLES, Permission

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ("platform", "tenants", "graphql", "identity")
SKIPPED = {"migrations", "__main__", "wsgi", "settings"}
# Tables that cover a part of their list on purpose: name -> why.
WRITERS = "hlt_identity.provisioning.writers"
STAFF = "hlt_platform.demo.staff"
PARTIAL = {
    f"{STAFF}.REGIONAL": "the region employs three of the twelve professions",
    f"{STAFF}.REGIONAL_UNITS": "the region employs three of the twelve professions",
    "hlt_identity.login.callback.WHY_OF_PART": "who lacks a row is told so; the other parts say nothing more",
    "hlt_tenants.casework.views.disclosures.BASIS": "the other grounds rest on the branch's own work",
    "hlt_tenants.casework.views.shown.NEXT": "only what `next_step` can point at has a page of its own",
    "hlt_identity.provisioning.plan.OWNERS": "most kinds hang on nothing",
    f"{WRITERS}.CREATE": "what Keycloak always has, or what nobody wants, is never made",
    f"{WRITERS}.UPDATE": "the others are removed and made again",
    f"{WRITERS}.REMOVE": "the realm, its profile, default roles and built-in clients are mended, not removed",
}
Table = tuple[str, type[Enum], set[Enum]]


def modules() -> Iterator[ModuleType]:
    for component in COMPONENTS:
        for path in sorted((ROOT / component).rglob("*.py")):
            parts = path.relative_to(ROOT / component).with_suffix("").parts
            if not SKIPPED & set(parts) and not path.name.startswith("test_"):
                yield import_module(".".join(parts).removesuffix(".__init__"))


def tables(module: ModuleType) -> Iterator[Table]:
    """Give (name, list, covered) for each dict of a module whose keys are members of one closed list."""
    for name, value in vars(module).items():
        kinds = {type(key) for key in value} if isinstance(value, dict) else set()
        if len(kinds) == 1 and issubclass(kind := kinds.pop(), Enum) and name.isupper():
            yield f"{module.__name__}.{name}", kind, set(value)


def gaps(found: Iterator[Table]) -> dict[str, set[Enum]]:
    """Give what each table forgets."""
    return {name: set(kind) - covered for name, kind, covered in found if set(kind) - covered}


EVERY = [table for module in modules() for table in tables(module)]


def test_INV11_every_table_on_a_closed_list_is_whole() -> None:
    assert len(EVERY) >= 8
    assert set(gaps(iter(EVERY))) == set(PARTIAL)


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"


def test_a_table_that_forgets_a_member_is_seen() -> None:
    planted = ModuleType("planted")
    planted.LABEL = {Weekday.MONDAY: "måndag"}  # type: ignore[attr-defined]
    assert gaps(tables(planted)) == {"planted.LABEL": {Weekday.TUESDAY}}


def test_every_permission_is_held_by_somebody() -> None:
    held = {permission for role in ROLES.values() for permission in role.permissions}
    assert held == set(Permission)


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_every_role_names_the_decision_that_gave_it_its_rights(role: object) -> None:
    decision = role.adr  # type: ignore[attr-defined]
    assert [path for path in (ROOT / "infra" / "adr").glob(f"{decision}-*.md")]


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [path.name[:4] for path in (ROOT / "infra" / "adr").glob("*.md")]
    assert len(numbers) == len(set(numbers))
