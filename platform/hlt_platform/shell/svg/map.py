"""The 15 kommuner as a map (interface §9): class by shown value, one hatch for all that is hidden."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hlt_platform.shell.svg.figure import HIDDEN, Cell, class_of, classes, range_words

INK = ("dark", "dark", "dark", "light", "light")


@cache
def paper() -> dict[str, Any]:
    """Give the drawn shapes: `w`, `h`, and `m` with name, path and label point by kommunkod."""
    drawn: dict[str, Any] = json.loads(files("hlt_platform.shell.svg").joinpath("map.json").read_text("utf-8"))
    return drawn


def kommun_map(cells: Sequence[Cell], title: str, sentence: str, name: str) -> SafeString:
    """Draw one cell per kommun; `name` makes the ids unique on the page. Legend below, as a list."""
    ranges = classes([cell.value for cell in cells if cell.value is not None])
    by_place = {cell.place: cell for cell in cells}
    shapes = [(shape, by_place.get(code)) for code, shape in paper()["m"].items()]
    body = "".join(_shape(shape, cell, ranges, name) for shape, cell in shapes)
    labels = "".join(_label(shape, cell, ranges) for shape, cell in shapes)
    head = (
        f'<svg class="hlt-map" viewBox="-2 -2 {paper()["w"] + 4} {paper()["h"] + 4}" role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(sentence)}</desc>{hatch(name)}'
    )
    return mark_safe(f"{head}{body}{labels}</svg>{_legend(cells, ranges, name)}")  # noqa: S308


def hatch(name: str) -> str:
    """Give the pattern of what is hidden."""
    return (
        f'<defs><pattern id="{name}-h" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="hlt-m-back" width="7" height="7"/>'
        '<path class="hlt-m-stripe" d="M0 0v7"/></pattern></defs>'
    )


def _fill(cell: Cell | None, ranges: Sequence[tuple[int, int]], name: str) -> str:
    if cell is not None and cell.value is not None:
        return f'class="hlt-m{class_of(cell.value, ranges)}"'
    if cell is not None and cell.status == HIDDEN:
        return f'class="hlt-m-hidden" fill="url(#{name}-h)"'
    return 'class="hlt-m-none"'


def _shape(shape: dict[str, Any], cell: Cell | None, ranges: Sequence[tuple[int, int]], name: str) -> str:
    told = f"{shape['name']}: {cell.text}" if cell else shape["name"]
    return f'<path {_fill(cell, ranges, name)} d="{shape["d"]}"><title>{escape(told)}</title></path>'


def _label(shape: dict[str, Any], cell: Cell | None, ranges: Sequence[tuple[int, int]]) -> str:
    """Write the name and what the table says; what has no number stands on white."""
    x, y, text = shape["cx"], shape["cy"], cell.text if cell else "–"
    ink, box = "dark", ""
    if cell is not None and cell.value is not None:
        ink = INK[class_of(cell.value, ranges)]
    else:
        wide = max(len(shape["name"]) * 7, len(text) * 8) + 10
        box = f'<rect class="hlt-m-box" x="{x - wide // 2}" y="{y - 16}" width="{wide}" height="36" rx="3"/>'
    return (
        f'{box}<text class="hlt-m-{ink}" x="{x}" y="{y}">{escape(shape["name"])}'
        f'<tspan class="hlt-m-value" x="{x}" dy="16">{escape(text)}</tspan></text>'
    )


def _legend(cells: Sequence[Cell], ranges: Sequence[tuple[int, int]], name: str) -> str:
    rows = format_html_join("", "<li>{}{}</li>", _legend_rows(cells, ranges, name))
    return f'<ul class="hlt-legend" aria-label="Teckenförklaring">{rows}</ul>'


def _legend_rows(
    cells: Sequence[Cell], ranges: Sequence[tuple[int, int]], name: str
) -> Iterator[tuple[SafeString, str]]:
    for number, (low, high) in enumerate(ranges):
        yield _swatch(f'class="hlt-m{number}"'), range_words(low, high)
    if any(cell.status == HIDDEN for cell in cells):
        yield _swatch(f'class="hlt-m-hidden" fill="url(#{name}-h)"'), "⋯ skyddat tal"
    if any(cell.text == "." for cell in cells):
        yield _swatch('class="hlt-m-none"'), ". ej tillämplig"
    if any(cell.text == "–" for cell in cells):
        yield _swatch('class="hlt-m-none"'), "– saknas"


def _swatch(fill: str) -> SafeString:
    swatch = (
        f'<svg class="hlt-swatch" viewBox="0 0 20 20" aria-hidden="true"><rect {fill} width="20" height="20"/></svg>'
    )
    return mark_safe(swatch)  # noqa: S308
