"""The one table of the menu: which page, what it is called, who sees it, on which host."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.urls import reverse

from hlt_identity.roles import Permission, may


class On(Enum):
    """The URL map behind a host; the words are the modules' names."""

    KOMMUN = "hlt_platform.urls_kommun"
    REGION = "hlt_platform.urls_region"


@dataclass(frozen=True, slots=True)
class Row:
    """One page of the menu; `permission` None = everybody who is signed in."""

    name: str
    label: str
    on: On
    permission: Permission | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as one person sees it."""

    url: str
    label: str
    is_current: bool


MENU: tuple[Row, ...] = (
    Row("start", "Start", On.KOMMUN),
    Row("signal-new", "Ny tidig signal", On.KOMMUN, Permission.SIGNAL_RAISE),
    Row("drafts", "Mina utkast", On.KOMMUN, Permission.OWN_RECEIPTS_VIEW),
    Row("team", "Teamet", On.KOMMUN),
    Row("staff", "Personal", On.KOMMUN, Permission.TEAM_ADMINISTER),
    Row("kommun-figures", "Kommunens siffror", On.KOMMUN, Permission.KOMMUN_FIGURES_VIEW),
    Row("start", "Start", On.REGION),
    Row("figures", "Siffror", On.REGION, Permission.FIGURES_VIEW),
    Row("releases", "Släpp", On.REGION, Permission.FIGURES_VIEW),
    Row("library", "Bibliotek", On.REGION, Permission.LIBRARY_VIEW),
    Row("teams", "Team", On.REGION, Permission.LIBRARY_VIEW),
)


def entries(actor: Any, on: On, path: str) -> tuple[Entry, ...]:
    """Give the rows that this person may open on this host, in the table's order; nobody signed in = no menu."""
    return tuple(_entries(actor, on, path)) if actor is not None else ()


def _entries(actor: Any, on: On, path: str) -> Iterator[Entry]:
    for row in MENU:
        if row.on is on and (row.permission is None or may(actor, row.permission)):
            url = reverse(row.name, urlconf=row.on.value)
            yield Entry(url, row.label, path == url or (url != "/" and path.startswith(f"{url}/")))
