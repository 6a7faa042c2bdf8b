"""Every table says where it lives and who may touch it, and nothing joins two homes (style §6, A2–A4)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import FileField, ForeignKey, Model
from tests.logins import rows

from hlt_tenants.registry.kommun_model import Border, BranchModel, KommunModel

FOREIGN = {"contenttypes"}  # only there because django-tenants imports it; its table lies nowhere
NOT_BY_BRANCH = {
    "Outbox",
    "Inbox",
    "AuditEvent",
    "Team",
    "TeamMembership",
    "HltCase",
    "CaseSeat",
    "Clock",
    "LiveConsent",
    "CaseStep",
    "Meeting",
    "Attendance",
    "Feedback",
    "BatonOffer",
    "Receipt",
    "CaseFact",
    "FrozenPeriod",
    "FrozenCount",
    "CountApproval",
}


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in FOREIGN]


def relations() -> Iterator[tuple[type[Model], type[Model]]]:
    for model in ours():
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey):
                yield model, field.related_model


@pytest.mark.parametrize("model", ours(), ids=lambda model: model.__name__)
def test_every_model_has_a_home_that_agrees_with_its_schema(model: type[Model], kommuner: None) -> None:
    schemas = settings.APP_SCHEMAS[model._meta.app_label]
    expected = {"KOMMUN": "tmpl", "SHARED": "shared"}.get(model.home) or model.schema  # type: ignore[attr-defined]
    assert ("kommun" if expected == "tmpl" else expected) in schemas
    found = rows(
        "hlt_owner",
        "SELECT table_schema::text FROM information_schema.tables WHERE table_name = %s",
        [model._meta.db_table],
    )
    lies_in = {schema for (schema,) in found}
    assert expected in lies_in
    assert expected != "shared" or lies_in == {"shared"}


def test_no_relation_joins_two_homes() -> None:
    crossing = [(a, b) for a, b in relations() if a.home != b.home]  # type: ignore[attr-defined]
    assert crossing == []


def test_a_table_is_owned_by_a_branch_or_stands_in_the_short_list() -> None:
    kommun = {model for model in ours() if issubclass(model, KommunModel)}
    others = {model.__name__ for model in kommun if model.border not in (Border.BRANCH, Border.COPY)}
    assert others == NOT_BY_BRANCH
    assert all(issubclass(model, BranchModel) for model in kommun if model.__name__ not in NOT_BY_BRANCH)


def test_no_table_name_lies_both_in_a_kommun_and_in_shared(kommuner: None) -> None:
    found = rows("hlt_owner", "SELECT tablename FROM pg_tables WHERE schemaname IN ('tmpl', 'shared')")
    names = [name for (name,) in found]
    assert {name for name in names if names.count(name) > 1} == {"django_migrations"}


def test_every_table_of_every_kommun_has_row_security(kommuner: None) -> None:
    bare = rows(
        "hlt_owner",
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname ~ '^k[0-9]{4}$' AND c.relkind = 'r' AND NOT c.relrowsecurity",
    )
    assert {table for _schema, table in bare} == {"django_migrations"}


def test_no_policy_asks_a_setting_or_who_is_logged_in(kommuner: None) -> None:
    asking = rows(
        "hlt_owner",
        "SELECT policyname FROM pg_policies WHERE coalesce(qual, '') || coalesce(with_check, '') "
        "~ '(current_setting|current_user|session_user)'",
    )
    assert asking == []


def test_nothing_of_a_kommun_is_kept_outside_its_schema() -> None:
    """A cache or a file has no login: what lay there could be read for another kommun (tenancy §3)."""
    files = [field for model in ours() for field in model._meta.get_fields() if isinstance(field, FileField)]
    assert files == []
    folders = [Path(__file__).resolve().parents[2] / name for name in ("platform", "tenants", "graphql", "identity")]
    texts = {path: path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py")}
    keepers = re.compile(r"django\.core\.cache|cache_page|default_storage|from django\.core\.files\.storage")
    assert [str(path) for path, text in texts.items() if keepers.search(text)] == []
