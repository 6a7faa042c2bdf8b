"""Which cells to hide, so that every cut holds and as little as possible is lost (regional §5.3)."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from hlt_graphql.disclosure.cube import Fate, TrueCell
from hlt_graphql.disclosure.suppress.worlds import Cut, Vector

SECONDS, GAP, SPREAD = 10.0, 0.005, 0.05


class Infeasible(Exception):
    """No pattern keeps what must be shown and hides what must be hidden."""


def prices(cells: Sequence[TrueCell], seed: int) -> Vector:
    """Give what it costs to hide each cell; a secret factor keeps ties from being foreseen."""
    spread = np.random.default_rng(seed).uniform(1 - SPREAD, 1 + SPREAD, len(cells))
    return np.array([1 + np.sqrt(cell.n) / 3 + cell.weight for cell in cells]) * spread


class Master:
    """The choice of hidden cells; it only ever learns cuts."""

    def __init__(self, cells: Sequence[TrueCell], must: frozenset[int], seed: int) -> None:
        self.prices = prices(cells, seed)
        small = [index in must and cell.fate is not Fate.SHOWN for index, cell in enumerate(cells)]
        shown = [cell.fate in (Fate.SHOWN, Fate.LOCKED) for cell in cells]
        self.least = np.array([cell.fate is Fate.HIDDEN for cell in cells] | np.array(small), dtype=float)
        self.most = np.maximum(1 - np.array(shown, dtype=float), self.least)
        self.cuts: list[Cut] = []

    def keep(self, chosen: Vector) -> None:
        """Let what was chosen once stay chosen, so that the search must end."""
        self.least = np.maximum(self.least, chosen * self.most)

    def choose(self) -> Vector:
        """Give 1 for each cell to hide. Raises Infeasible."""
        if not self.cuts:
            return self.least.copy()
        weights = np.array([cut.weights for cut in self.cuts])
        amounts = np.array([cut.amount for cut in self.cuts])
        self._check(weights, amounts)
        found = milp(
            self.prices,
            constraints=LinearConstraint(weights, amounts - 1e-6, np.inf),
            integrality=np.ones(len(self.prices)),
            bounds=Bounds(self.least, self.most),
            options={"time_limit": SECONDS, "mip_rel_gap": GAP},
        )
        if found.x is None:
            raise Infeasible
        chosen: Vector = np.round(found.x)
        return chosen

    def _check(self, weights: Vector, amounts: Vector) -> None:
        if np.any(weights @ self.most < amounts - 1e-6):
            raise Infeasible
