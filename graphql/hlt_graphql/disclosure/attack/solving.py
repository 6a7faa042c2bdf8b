"""How low and how high a hidden sum can be: linear first, whole numbers where the answer is no whole number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_matrix

Vector = NDArray[np.float64]
CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Known:
    """A sum over atoms that an attacker knows: between `low` and `high` (None = open)."""

    atoms: frozenset[int]
    low: int
    high: int | None


class Solver:
    """All worlds that agree with what is known: whole numbers from 0 up, one per atom. Counts its programs."""

    def __init__(self, size: int, known: Sequence[Known]) -> None:
        self.size = size
        self.low = np.array([row.low for row in known], dtype=float)
        self.high = np.array([np.inf if row.high is None else row.high for row in known], dtype=float)
        self.matrix = matrix_of(size, [row.atoms for row in known])
        self.linear = _linear(self.matrix, self.low, self.high)
        self.programs = 0

    def extreme(self, atoms: Collection[int], way: int) -> tuple[float, Vector | None]:
        """Give the least (−1) or most (+1) a sum can be and a world where it is; inf and None when it is open."""
        self.programs += 1
        columns = np.array(sorted(atoms), dtype=np.int32)
        self.linear.changeColsCost(len(columns), columns, np.full(len(columns), -float(way)))
        self.linear.run()
        status = self.linear.getModelStatus()
        found = np.array(self.linear.getSolution().col_value)
        self.linear.changeColsCost(len(columns), columns, np.zeros(len(columns)))
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return np.inf, None
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError("the release contradicts itself")
        return float(found[columns].sum()), found

    def whole_extreme(self, atoms: Collection[int], way: int) -> tuple[float, Vector]:
        """Give the same over whole numbers only, for a sum that is not open."""
        self.programs += 1
        cost = np.zeros(self.size)
        cost[sorted(atoms)] = -way
        found = milp(
            cost,
            constraints=LinearConstraint(self.matrix, self.low, self.high),
            integrality=np.ones(self.size),
            bounds=Bounds(0, np.inf),
        )
        if found.x is None:
            raise ArithmeticError("no world of whole numbers was found")
        world = np.round(found.x)
        return float(world[sorted(atoms)].sum()), world


def is_whole(world: Vector) -> bool:
    """Tell whether a world holds whole numbers only."""
    return bool(np.all(np.abs(world - np.round(world)) < CLOSE))


def matrix_of(size: int, sums: Sequence[Collection[int]]) -> csc_matrix:
    """Give one row of ones and zeros per sum."""
    rows = [row for row, atoms in enumerate(sums) for _ in atoms]
    columns = [atom for atoms in sums for atom in sorted(atoms)]
    return csc_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(sums), size))


def _linear(matrix: csc_matrix, low: Vector, high: Vector) -> highspy.Highs:
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_ = np.zeros(matrix.shape[1])
    program.col_lower_, program.col_upper_ = np.zeros(matrix.shape[1]), np.full(matrix.shape[1], np.inf)
    program.row_lower_, program.row_upper_ = low, high
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_, program.a_matrix_.index_, program.a_matrix_.value_ = (
        matrix.indptr,
        matrix.indices,
        matrix.data,
    )
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    settings: Mapping[str, bool | int | str] = {
        "output_flag": False,
        "presolve": "off",
        "solver": "simplex",
        "simplex_strategy": 4,
        "threads": 1,
    }
    for name, value in settings.items():
        solver.setOptionValue(name, value)
    solver.passModel(program)
    return solver
