"""Siffror: what has been released, as form, map, curve, table and file (interface S9)."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render

from hlt_graphql.pages.asking import Ask
from hlt_graphql.pages.forms import FiguresForm
from hlt_graphql.pages.reads import Figure, figures, published
from hlt_graphql.pages.requests import RegionRequest
from hlt_graphql.pages.rules import UNITS
from hlt_identity.roles import Permission, needs

HEAD = (
    "plats_kod",
    "plats",
    "period",
    "grupp",
    "varde",
    "status",
    "lagst",
    "hogst",
    "visas_varde",
    "visas_for",
    "slapp",
)


@dataclass(frozen=True, slots=True)
class Curve:
    """One place over its periods, with what a reader who does not see it is told."""

    name: str
    title: str
    sentence: str
    cells: tuple[Figure, ...]


@needs(Permission.FIGURES_VIEW)
def figures_page(request: RegionRequest, ask: Ask) -> HttpResponse:
    """Show one table of the plan; what the plan does not publish is not among the choices."""
    known = published(ask, request)
    form = FiguresForm(known, request.GET)
    is_valid = form.is_valid()
    cells = figures(ask, request, form.cleaned_data["indikator"], form.table, form.periods) if _has(form) else ()
    indicator = next((row for row in known.indicators if row.code == form.cleaned_data.get("indikator")), None)
    told = {
        "form": form,
        "known": known,
        "indicator": indicator,
        "unit": UNITS[indicator.unit] if indicator else "",
        "table": form.table,
        "cells": cells,
        "newest": _newest(cells),
        "map_sentence": sentence(_newest(cells)),
        "curves": _curves(form, cells),
        "query": request.GET.urlencode(),
    }
    return render(request, "pages/figures.html", told, status=200 if is_valid else 422)


@needs(Permission.FIGURES_VIEW)
def figures_file(request: RegionRequest, ask: Ask) -> HttpResponse:
    """Give the same cells as a file that a spreadsheet opens: empty value and a status where a number is hidden."""
    form = FiguresForm(published(ask, request), request.GET)
    form.is_valid()
    cells = figures(ask, request, form.cleaned_data["indikator"], form.table, form.periods) if _has(form) else ()
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEAD)
    writer.writerows(_row(cell) for cell in cells)
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="hlt-{form.table.code}.csv"'
    return answer


@needs(Permission.FIGURES_VIEW)
def why_hidden_page(request: RegionRequest, ask: Ask) -> HttpResponse:
    return render(request, "pages/why_hidden.html", {"known": published(ask, request)})


def sentence(cells: Sequence[Figure]) -> str:
    """Give the main finding of one period in one sentence: how many places have a number, the highest, the lowest."""
    shown = [(cell.value, cell.place_name) for cell in cells if cell.value is not None]
    if not shown:
        return f"Inget av {len(cells)} tal får visas för perioden."
    most, least = max(shown), min(shown)
    told = f"{len(shown)} av {len(cells)} tal visas"
    return f"{told}: högst {most[1]} med {most[0]}, lägst {least[1]} med {least[0]}."


def _has(form: FiguresForm) -> bool:
    return form.is_valid() and bool(form.periods)


def _newest(cells: Sequence[Figure]) -> tuple[Figure, ...]:
    last = max((cell.period for cell in cells), default="")
    return tuple(cell for cell in cells if cell.period == last and not cell.group)


def _curves(form: FiguresForm, cells: Sequence[Figure]) -> Iterator[Curve]:
    """Give one curve per place of the coarser tables, when there are two periods or more."""
    if form.table.place == "MUNICIPALITY" or form.table.group_by or len(form.periods) < 2:
        return
    for number, (place, found) in enumerate(groupby(cells, key=lambda cell: cell.place_name)):
        periods = tuple(found)
        told = ", ".join(f"{cell.period_words}: {cell.text}" for cell in periods)
        yield Curve(f"kurva{number}", place, told, periods)


def _row(cell: Figure) -> list[object]:
    number = ["" if part is None else part for part in (cell.value, cell.status, cell.low, cell.high)]
    coarser = ["" if cell.coarser_value is None else cell.coarser_value, cell.coarser]
    return [cell.place, cell.place_name, cell.period, cell.group, *number, *coarser, cell.release]
