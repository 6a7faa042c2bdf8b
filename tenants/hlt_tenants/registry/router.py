"""Which alias and which schema a model belongs to; no model may be found through another's login."""

from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db.models import Model

from hlt_tenants.registry.belonging import Belonging, settle

migrating: ContextVar[str | None] = ContextVar("hlt_migrating_schema", default=None)
ALIAS_OF_HOME = {"KOMMUN": "default", "REGION": "regional"}
ALIAS_OF_SHARED_APP = {"identity": "identity", "registry": "registry"}


class HomeRouter:
    """Reads and writes go by the model's home; migrations by the schema that is being migrated."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Raise BelongsElsewhere when a row of one kommun or login is followed, saved or deleted in another."""
        if isinstance(row := hints.get("instance"), Belonging):
            settle(row)
        home = getattr(model, "home", None)
        return ALIAS_OF_SHARED_APP.get(model._meta.app_label) if home == "SHARED" else ALIAS_OF_HOME.get(str(home))

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """Write a row back by the login that read it: a part behind the pages has no other alias of that home."""
        otherwise = self.db_for_read(model, **hints)
        read_by: str | None = hints["instance"]._state.db if "instance" in hints else None
        return read_by or otherwise

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return getattr(one, "home", None) == getattr(other, "home", None)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        schema = migrating.get()
        homes = settings.APP_SCHEMAS.get(app_label, frozenset())
        named = hints.get("schema") or settings.MODEL_SCHEMAS.get(f"{app_label}.{model_name}")
        return schema is not None and (schema == named if named else schema in homes)
