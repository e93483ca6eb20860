"""Cards set into rows, each as near as can be to where it was: the fast way to part the cards of a large picture.

The same task as putting the cells of a chip into its rows. Each card, from left to right, takes the row where it need
move least (Hill 2002, "Method and System for High Speed Detailed Placement of Cells", the "Tetris" way); then each row
is set out anew with the least sum of squared moves in its order (Spindler, Schlichtmann & Johannes 2008, "Abacus", here
by pooling adjacent violators). Exact, and takes n log n.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np


def set_in_rows(at: np.ndarray, half: np.ndarray) -> np.ndarray:
    """The centres (n x 2) of the cards, none nearer to another than ``half`` (n x 2) of both: half of width and height,
    half of the gap included. Rows are as high as the highest card."""
    step = max(float(half[:, 1].max()) * 2, 1e-9)
    x, half_width = at[:, 0].tolist(), half[:, 0].tolist()
    new = np.empty_like(at)
    for row, cards in _rows(at, half_width, step).items():
        new[cards, 0] = _set_out([x[card] for card in cards], [half_width[card] for card in cards])
        new[cards, 1] = row * step
    return new


def _rows(at: np.ndarray, half_width: Sequence[float], step: float) -> dict[int, list[int]]:
    """The cards of each row, from left to right."""
    x, y = at[:, 0].tolist(), (at[:, 1] / step).tolist()
    used: dict[int, float] = {}
    rows: dict[int, list[int]] = {}
    for card in np.argsort(at[:, 0], kind="stable").tolist():
        left, home = x[card] - half_width[card], round(y[card])
        least, chosen = math.inf, home
        for away in range(len(x) + 1):
            near = [row for row in {home + away, home - away} if abs(row - y[card]) * step < least]
            if away and not near:
                break
            for row in sorted(near):
                cost = math.hypot(max(0.0, used.get(row, -math.inf) - left), (row - y[card]) * step)
                if cost < least:
                    least, chosen = cost, row
        used[chosen] = max(used.get(chosen, -math.inf), left) + 2 * half_width[card]
        rows.setdefault(chosen, []).append(card)
    return rows


def _set_out(wanted: Sequence[float], half_width: Sequence[float]) -> list[float]:
    """Centres in the given order, no two overlapping, with the least sum of squared moves (isotonic regression)."""
    offsets = [0.0]
    for one, other in pairwise(half_width):
        offsets.append(offsets[-1] + one + other)
    blocks: list[tuple[float, int]] = []  # sum of the wanted starts, number of cards
    for centre, offset in zip(wanted, offsets, strict=True):
        total, count = centre - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            more, cards = blocks.pop()
            total, count = total + more, count + cards
        blocks.append((total, count))
    starts = [total / count for total, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
