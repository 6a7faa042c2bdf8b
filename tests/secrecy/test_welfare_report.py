"""An orosanmälan is a way of its own: whoever looks up how it is made leaves nothing behind (L-09, domain INV10)."""

from uuid import UUID

import pytest
from tests.logins import rows
from tests.signed_in import text, visit

TABLES = """
SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables
WHERE schemaname IN ('k2481', 'intake', 'region', 'published') ORDER BY 1
"""


def written() -> dict[str, object]:
    """Give a digest of every table of the kommun and of the region: of what branches, family and figures are made."""
    digest = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
    return {table: rows("hlt_owner", digest.format(table))[0][0] for (table,) in rows("hlt_owner", TABLES)}


@pytest.mark.parametrize("user", ["karin", "anders", "samira", "ylva", "olle"])
def test_INV10_who_looks_up_the_welfare_report_changes_no_byte_for_anybody(team: UUID, user: str) -> None:
    before = written()
    assert len(before) > 40
    assert "Orosanmälan" in text(visit(user).get("/orosanmalan"))
    assert written() == before
