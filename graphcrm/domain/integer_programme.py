"""Integer programmes of yes-or-no questions, solved by HiGHS (Huangfu & Hall 2018): exact, or with how far off.

Why HiGHS: docs/decisions/solver.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np

INFINITY = float("inf")


class _Quiet(highspy.Highs):
    """Turning on callbacks, of which none is used here, would print a banner before any option could forbid it."""

    def enableCallbacks(self) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in time.

    Attributes:
        values: yes or no for each column; None when nothing was found.
        bound: no answer is worth more. exact: none is worth more than this one.
    """

    values: tuple[bool, ...] | None
    bound: float
    exact: bool


@dataclass
class Programme:
    """The greatest sum of gains of the columns that are answered with yes, within the rows."""

    gain: list[float] = field(default_factory=list)
    rows: list[tuple[Mapping[int, float], float, float]] = field(default_factory=list)
    yes: set[int] = field(default_factory=set)

    def column(self, gain: float = 0.0) -> int:
        """A new question; its number."""
        self.gain.append(gain)
        return len(self.gain) - 1

    def at_most(self, row: Mapping[int, float], most: float) -> None:
        """The sum of the factors of the columns with yes is at most this."""
        self.rows.append((row, -INFINITY, most))

    def exactly(self, row: Mapping[int, float], value: float) -> None:
        """... is this."""
        self.rows.append((row, value, value))

    def solve(self, seconds: float) -> Answer:
        """The best answer, or the best that is found in time."""
        if not self.gain:
            return Answer((), 0.0, True)
        solver = _Quiet()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("time_limit", seconds)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("threads", 1)
        solver.passModel(self._model())
        solver.run()
        told, status = solver.getInfo(), solver.getModelStatus()
        exact = status == highspy.HighsModelStatus.kOptimal
        if told.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Answer(None, INFINITY if status != highspy.HighsModelStatus.kInfeasible else -INFINITY, False)
        values = tuple(value > 0.5 for value in solver.getSolution().col_value)
        return Answer(values, told.objective_function_value if exact else told.mip_dual_bound, exact)

    def _model(self) -> highspy.HighsLp:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.gain), len(self.rows)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_ = np.array(self.gain)
        model.col_lower_ = np.array([float(column in self.yes) for column in range(len(self.gain))])
        model.col_upper_ = np.ones(len(self.gain))
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.gain)
        model.row_lower_ = np.array([low for _row, low, _high in self.rows])
        model.row_upper_ = np.array([high for _row, _low, high in self.rows])
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(row) for row, _low, _high in self.rows)])
        matrix.index_ = np.array([column for row, _low, _high in self.rows for column in row], dtype=np.int32)
        matrix.value_ = np.array([value for row, _low, _high in self.rows for value in row.values()], dtype=float)
        return model
