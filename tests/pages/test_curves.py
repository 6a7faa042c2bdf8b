"""A curve over many periods can be read on a phone: no number stands on another, and none is cut off."""

import re
from dataclasses import dataclass
from itertools import pairwise

import pytest

from hlt_platform.shell.svg.line import time_line

LETTER = 8  # as wide as a figure of 12.5 px bold at most


@dataclass(frozen=True)
class Quarter:
    """A cell of a table of the whole region."""

    period: str
    value: int | None = 144
    place: str = "24"
    place_name: str = "Västerbotten"
    status: str = "SHOWN"
    low: int | None = None
    high: int | None = None
    text: str = "144"


def texts(drawing: str, kind: str) -> list[tuple[float, str]]:
    return [
        (float(x), words) for x, words in re.findall(rf'<text class="{kind}" x="(\d+)" y="\d+">([^<]+)</text>', drawing)
    ]


@pytest.mark.parametrize("which", [0, 1])
def test_22_quarters_have_room_on_a_wide_and_on_a_narrow_screen(which: int) -> None:
    quarters = [Quarter(f"{2021 + number // 4}-Q{number % 4 + 1}") for number in range(22)]
    drawing = re.findall(r"<svg.*?</svg>", time_line(quarters, "Kurva", "Ärenden", "k"), re.S)[which]
    width = int(re.search(r'viewBox="0 0 (\d+)', drawing)[1])  # type: ignore[index]
    for kind in ("hlt-l-value", "hlt-l-text"):
        found = texts(drawing, kind)
        assert len(found) > 2
        for (x, words), (after, _words) in pairwise(found):
            assert after - x >= LETTER * len(words), (kind, words)
        x, words = found[-1]
        assert x + LETTER * len(words) / 2 <= width, (kind, words)
    assert texts(drawing, "hlt-l-value")[-1][0] == float(re.findall(r'cx="(\d+)"', drawing)[-1])
