"""Other numbers that would give the same release: one warm linear program per view (regional §5.4)."""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from hlt_graphql.disclosure.views import Need, View

Vector = NDArray[np.float64]
FURTHEST = 400.0
OPTIONS: dict[str, bool | int | str] = {
    "output_flag": False,
    "presolve": "off",
    "solver": "simplex",
    "simplex_strategy": 4,
    "threads": 1,
}


@dataclass(frozen=True, slots=True)
class Cut:
    """A sum over hidden cells that must reach `amount`, or the cell of a need cannot move far enough."""

    weights: Vector
    amount: float


class Worlds:
    """Every world y ≥ 0 that one view cannot tell from the true one, by how far y lies from it."""

    def __init__(self, view: View, matrix: csc_matrix) -> None:
        self.view = view
        self.matrix = matrix
        self.down = np.array(view.rest, dtype=float)
        self.unknown = np.array([index not in view.knows for index in range(len(view.rest))], dtype=float)
        self.solver = _solver(matrix)
        self.seen: dict[Need, Vector] = {}
        self.free = np.zeros(len(view.rest))

    def hide(self, hidden: Vector) -> None:
        """Take a pattern: what is shown, or known to this view, cannot move."""
        self.free = hidden * self.unknown
        columns = np.arange(len(hidden), dtype=np.int32)
        self.solver.changeColsBounds(len(hidden), columns, -self.down * self.free, FURTHEST * self.free)

    def cut(self, need: Need) -> Cut | None:
        """Give None when the need is met under this pattern, else a cut that no safe pattern breaks."""
        known = self.seen.get(need)
        if known is not None and not np.any((np.abs(known) > 1e-9) & (self.free < 0.5)):
            return None
        moved, prices = self._furthest(need)
        if need.way * moved[need.cell] >= need.amount - 1e-6:
            self.seen[need] = moved
            return None
        return self._cut(need, prices)

    def _furthest(self, need: Need) -> tuple[Vector, Vector]:
        self.solver.changeColCost(need.cell, -float(need.way))
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError("an attacker's program did not end")
        found = self.solver.getSolution()
        self.solver.changeColCost(need.cell, 0.0)
        return np.array(found.col_value), np.array(found.row_dual)

    def _cut(self, need: Need, prices: Vector) -> Cut:
        """Weak duality: whatever the prices of the sums, no world moves further than this weighted sum of hidden cells.

        So a wrong sign or a solver's rounding could make a cut weak, never wrong.
        """
        gain = self.matrix.T @ prices
        gain[need.cell] += need.way
        worth = FURTHEST * np.maximum(gain, 0) + self.down * np.maximum(-gain, 0)
        worth[worth < 1e-7] = 0
        return Cut(np.minimum(worth, need.amount) * self.unknown, need.amount)


def _solver(matrix: csc_matrix) -> highspy.Highs:
    rows, columns = matrix.shape
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = columns, rows
    program.col_cost_ = np.zeros(columns)
    program.col_lower_ = program.col_upper_ = np.zeros(columns)
    program.row_lower_ = program.row_upper_ = np.zeros(rows)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_, program.a_matrix_.index_ = matrix.indptr, matrix.indices
    program.a_matrix_.value_ = matrix.data
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in OPTIONS.items():
        solver.setOptionValue(name, value)
    solver.passModel(program)
    return solver
