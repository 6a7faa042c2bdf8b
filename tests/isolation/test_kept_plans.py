"""The borders cost no more than none because a login's plans are kept; that needs values bound by the server."""

from uuid import uuid4

import pytest
from django.db import connections
from tests.cast import LYCKSELE

from hlt_graphql.releases.models import Release
from hlt_tenants.casework.models import Signal
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.teams.models import TeamMembership

ASKED = {"default": Signal, "door": TeamMembership, "regional": Release}


@pytest.mark.parametrize("alias", ASKED)
def test_a_question_asked_again_is_not_planned_again(alias: str, kommuner: None) -> None:
    with inside(Where(LYCKSELE, "school")):
        for _time in range(5):
            list(ASKED[alias]._default_manager.using(alias).filter(pk=uuid4()))
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements")
            kept = [row[0] for row in cursor.fetchall() if ASKED[alias]._meta.db_table in row[0]]
    assert kept
