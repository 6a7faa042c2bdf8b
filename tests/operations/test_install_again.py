"""A second installation mends what has drifted, migrates what is older, and names what it cannot use in a sentence."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from tests.logins import rows, sqlstate

import lifecycle
from hlt_tenants.registry import commands
from hlt_tenants.registry.fleet import FIXED_SCHEMAS
from hlt_tenants.registry.install import bring_up_to_date
from hlt_tenants.registry.provision import known_kommuner
from postgres import Server
from stack import Stack

BJURHOLM = "2403"


def test_a_login_with_another_password_gets_the_one_that_follows_from_the_key(server: Server, kommuner: None) -> None:
    with psycopg.connect(server.conninfo()) as superuser:
        superuser.execute("ALTER ROLE k2403_school PASSWORD 'of another master key'")
    with pytest.raises(psycopg.OperationalError):
        rows("k2403_school", "SELECT 1")
    bring_up_to_date(BJURHOLM)
    assert rows("k2403_school", "SELECT 1") == [(1,)]


def test_a_right_that_no_model_declares_is_taken_back_also_without_a_migration(kommuner: None) -> None:
    rows("hlt_owner", "GRANT SELECT ON k2403.frozen_count TO k2403_school")
    assert bring_up_to_date(BJURHOLM) == 0
    assert sqlstate("k2403_school", "SELECT 1 FROM k2403.frozen_count") == "42501"


@contextmanager
def changed(there: str, back: str) -> Iterator[None]:
    """Make a schema that of another version, and ours again."""
    rows("hlt_owner", there)
    yield
    rows("hlt_owner", back)


def installed(server: Server, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    settings.HLT_SUPERUSER_URL = server.conninfo()
    code = commands.run_install(Namespace())
    return code, capsys.readouterr().err.strip()


@pytest.mark.parametrize(
    ("there", "back", "sign"),
    [
        (
            "ALTER TABLE k2401.team DROP COLUMN phone",
            "ALTER TABLE k2401.team ADD COLUMN phone varchar(40) NOT NULL DEFAULT ''",
            "Schema k2401 {}: column team.phone is missing.",
        ),
        (
            "ALTER TABLE tmpl.team ADD COLUMN fax text",
            "ALTER TABLE tmpl.team DROP COLUMN fax",
            "Schema tmpl {}: column team.fax is unknown here.",
        ),
        (
            "INSERT INTO shared.django_migrations (app, name, applied) VALUES ('identity', '0999_later', now())",
            "DELETE FROM shared.django_migrations WHERE name = '0999_later'",
            "Schema shared {}: migration identity.0999_later is unknown here.",
        ),
        (
            "DELETE FROM tmpl.django_migrations WHERE app = 'casework'",
            "INSERT INTO tmpl.django_migrations (app, name, applied) VALUES ('casework', '0001_initial', now())",
            "Schema tmpl {}: DuplicateTable while migrating.",
        ),
    ],
    ids=["missing column", "unknown column", "newer", "rewritten"],
)
@pytest.mark.usefixtures("kommuner")
def test_another_version_is_named_in_one_sentence(
    there: str, back: str, sign: str, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    made = "was made by another version of HLT, and no migration leads from there to this one"
    with changed(there, back):
        assert installed(server, capsys) == (commands.MISFIT, sign.format(made))


def test_make_up_says_what_to_do_about_it() -> None:
    assert lifecycle.MISFIT == commands.MISFIT
    assert str(Stack("another").state) in lifecycle.begin_anew(Stack("another"))


LATER = """
from django.db.migrations import Migration as Base, RunSQL

class Migration(Base):
    dependencies = [("teams", "0001_initial")]
    operations = [RunSQL("CREATE INDEX later ON team (name)")]
"""
FIRST = """
from importlib import import_module

Migration = import_module("hlt_tenants.teams.migrations.0001_initial").Migration
"""


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The next version, with one more migration in every kommun."""
    package = tmp_path / "next_version"
    package.mkdir()
    for name, text in (("__init__", ""), ("0001_initial", FIRST), ("0002_later", LATER)):
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(settings, "MIGRATION_MODULES", {"teams": "next_version"}, raising=False)
    yield
    for schema in (*FIXED_SCHEMAS, "tmpl", *schemas()):
        rows("hlt_owner", f"DROP INDEX IF EXISTS {schema}.later")
        rows("hlt_owner", f"DELETE FROM {schema}.django_migrations WHERE name = '0002_later'")


def schemas() -> list[str]:
    return [f"k{facts.kommunkod}" for facts in known_kommuner()]


@pytest.mark.usefixtures("kommuner", "later")
def test_every_kommun_gets_a_new_migration(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert installed(server, capsys) == (0, "")
    found = rows("hlt_owner", "SELECT schemaname FROM pg_indexes WHERE indexname = 'later' ORDER BY 1")
    assert [schema for (schema,) in found] == [*schemas(), "tmpl"]
