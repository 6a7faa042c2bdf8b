"""Every field about a person says what it is for, how long it is kept, what is logged of it (style §6, A13; L-23)."""

import csv
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Field, Model

DATA = Path(__file__).resolve().parents[2] / "tenants" / "hlt_tenants" / "registry" / "data"
# Digests: they tell nothing.
CHAINED = {
    "salt",
    "h",
    "row_hash",
    "sha256",
    "content_sha256",
    "state_hash",
    "browser_hash",
}
LONGEST_CODE = 40
Key = tuple[str, str]


def declared() -> dict[Key, dict[str, str]]:
    with (DATA / "person_fields.csv").open(encoding="utf-8") as file:
        return {(row["table"], row["field"]): row for row in csv.DictReader(file)}


def retention_classes() -> set[str]:
    with (DATA / "retention.csv").open(encoding="utf-8") as file:
        return {row["code"] for row in csv.DictReader(file)}


def about_people() -> list[type[Model]]:
    """Give every table inside a kommun, and identity's."""
    found = apps.get_models()
    return [one for one in found if getattr(one, "home", "") == "KOMMUN" or one._meta.app_label == "identity"]


def tells(field: "Field[object, object]") -> bool:
    """Tell whether a field holds more than an id, a code, a date or a number, which the table's own row covers."""
    if field.name in CHAINED:
        return False
    if isinstance(field, models.TextField | models.JSONField | models.BinaryField):
        return True
    is_long = isinstance(field, models.CharField) and (field.max_length or 0) > LONGEST_CODE
    return is_long or field.name in ("name", "phone", "email")


def wanted(tables: list[type[Model]]) -> set[Key]:
    told = {(one._meta.db_table, field.name) for one in tables for field in one._meta.concrete_fields if tells(field)}
    return told | {(one._meta.db_table, "*") for one in tables}


def test_L23_every_field_that_tells_of_somebody_says_why_how_long_and_what_is_logged() -> None:
    assert sorted(wanted(about_people()) - set(declared())) == []


def test_no_line_is_about_a_field_that_is_gone() -> None:
    assert sorted(set(declared()) - wanted(about_people())) == []


@pytest.mark.parametrize("row", declared().values(), ids=lambda row: f"{row['table']}.{row['field']}")
def test_a_line_is_whole_and_its_retention_is_a_known_class_or_a_time(row: dict[str, str]) -> None:
    assert len(row["purpose"].split()) >= 2
    assert row["logged"].split(":")[0] in ("read and write", "write", "is the log", "none")
    known = row["retention"] in retention_classes()
    assert known or re.match(r"^(\d+ (minutes|hours|days)|while |until )", row["retention"])


def test_what_is_not_logged_says_why() -> None:
    assert [row["table"] for row in declared().values() if row["logged"] == "none"] == []


def test_a_planted_field_is_seen() -> None:
    class Planted(Model):
        """A table that is never made."""

        diagnosis = models.TextField()
        code = models.CharField(max_length=20)

        class Meta:
            app_label = "planted"
            db_table = "planted"
            managed = False

        def __str__(self) -> str:
            return "planted"

    try:
        assert wanted([Planted]) - set(declared()) == {("planted", "*"), ("planted", "diagnosis")}
    finally:
        del apps.all_models["planted"]
        apps.clear_cache()
