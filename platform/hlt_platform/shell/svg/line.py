"""A curve over periods (interface §9): broken where a number is hidden, with a hatched band for what it may be."""

from collections.abc import Iterator, Sequence
from math import ceil

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from hlt_platform.shell.svg.figure import HIDDEN, Cell
from hlt_platform.shell.svg.map import hatch

HEIGHT, TOP, FOOT, LEFT, RIGHT = 250, 24, 46, 40, 28
PERIOD, FIGURE = 62, 9
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


def time_line(cells: Sequence[Cell], title: str, sentence: str, name: str) -> SafeString:
    """Draw one place's periods in order, once for a wide and once for a narrow window."""
    wide = _Paper(cells, 640, f"{name}-w").drawn(title, sentence, "hlt-line hlt-wide-only")
    narrow = _Paper(cells, 320, f"{name}-s").drawn(title, sentence, "hlt-line hlt-narrow-only")
    return mark_safe(wide + narrow)  # noqa: S308


class _Paper:
    """One drawing: where periods stand across and numbers stand upwards."""

    def __init__(self, cells: Sequence[Cell], width: int, name: str) -> None:
        self.cells, self.width, self.name = cells, width, name
        known = [cell.value for cell in cells if cell.value is not None]
        known += [cell.high for cell in cells if cell.high is not None]
        most = max(known, default=1) or 1
        self.step = next((step for step in STEPS if most / step <= 5), STEPS[-1])
        self.top = max(ceil(most / self.step), 1) * self.step

    @property
    def room(self) -> float:
        """Give how wide the place of one period is."""
        return (self.width - LEFT - RIGHT) / max(len(self.cells), 1)

    def x(self, number: int) -> int:
        return round(LEFT + self.room * (number + 0.5))

    def y(self, value: float) -> int:
        return round(HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * value / self.top)

    def has_room(self, number: int, wide: float) -> bool:
        """Tell whether a period may bear a text that wide; the newest always does, and the table has them all."""
        return (len(self.cells) - 1 - number) % max(1, ceil(wide / self.room)) == 0

    def drawn(self, title: str, sentence: str, kind: str) -> str:
        head = (
            f'<svg class="{kind}" viewBox="0 0 {self.width} {HEIGHT}" role="img" '
            f'aria-labelledby="{self.name}-t {self.name}-d"><title id="{self.name}-t">{escape(title)}</title>'
            f'<desc id="{self.name}-d">{escape(sentence)}</desc>{hatch(self.name)}'
        )
        return (
            f"{head}{''.join(self._axis())}{''.join(self._bands())}{''.join(self._runs())}{''.join(self._dots())}</svg>"
        )

    def _axis(self) -> Iterator[str]:
        for value in range(0, self.top + 1, self.step):
            y = self.y(value)
            yield f'<path class="hlt-l-grid" d="M{LEFT} {y}H{self.width - RIGHT}"/>'
            yield f'<text class="hlt-l-text hlt-l-end" x="{LEFT - 6}" y="{y + 4}">{value}</text>'
        for number, cell in enumerate(self.cells):
            if self.has_room(number, PERIOD):
                yield f'<text class="hlt-l-text" x="{self.x(number)}" y="{HEIGHT - 22}">{escape(cell.period)}</text>'

    def _bands(self) -> Iterator[str]:
        """The full height where the high end is open: a lower box would state a bound that nobody knows."""
        half = round(min(self.room * 0.4, 26))
        for number, cell in enumerate(self.cells):
            if cell.status == HIDDEN:
                top, foot = self.y(self.top if cell.high is None else cell.high), self.y(cell.low or 0)
                place = f'x="{self.x(number) - half}" y="{top}" width="{2 * half}" height="{max(foot - top, 2)}"'
                yield f'<rect class="hlt-m-hidden" fill="url(#{self.name}-h)" {place}/>'

    def _runs(self) -> Iterator[str]:
        run: list[str] = []
        for number, cell in enumerate(self.cells):
            if cell.value is not None:
                run.append(f"{self.x(number)} {self.y(cell.value)}")
            else:
                yield _run(run)
                run = []
        yield _run(run)

    def _dots(self) -> Iterator[str]:
        for number, cell in enumerate(self.cells):
            x = self.x(number)
            if cell.value is not None:
                y = self.y(cell.value)
                yield f'<circle class="hlt-l-dot" cx="{x}" cy="{y}" r="4"><title>{escape(cell.period)}</title></circle>'
                if self.has_room(number, FIGURE * len(str(self.top))):
                    yield f'<text class="hlt-l-value" x="{x}" y="{y - 9}">{cell.value}</text>'
            else:
                mark = "⋯" if cell.status == HIDDEN else cell.text
                yield f'<text class="hlt-l-value hlt-l-mark" x="{x}" y="{self.y(0) - 8}">{escape(mark)}</text>'


def _run(points: Sequence[str]) -> str:
    return f'<path class="hlt-l-line" d="M{"L".join(points)}"/>' if len(points) > 1 else ""
