"""Sparse stress: places for a network too large to compare every pair of its people.

As Ortmann, Klimenta & Brandes 2017, "A Sparse Stress Model": a few dozen *pivots* far from each other stand for all,
each for the people nearest to it, and a tie is compared at its own length. The start is PivotMDS (Brandes & Pich 2007,
"Eigensolver Methods for Progressive Multidimensional Scaling of Large Data"). No random numbers: the same network
always gives the same picture. Work and memory grow with people times pivots (2,000 people: 0.1 s, 1 MB a table).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import rustworkx as rx

CELLS = 100_000
"""As many pivots as make tables (people x pivots) of about this size ..."""
LEAST_PIVOTS, MOST_PIVOTS = 50, 200
STEPS = 30


@dataclass(frozen=True, slots=True)
class Pivots:
    """``ids`` (k) of the pivots, ``lengths`` (n x k) of the shortest ways to them, ``region`` (n): whose each is."""

    ids: np.ndarray
    lengths: np.ndarray
    region: np.ndarray


def sparse_stress(graph: rx.PyGraph) -> np.ndarray:
    """Coordinates (n x 2) of the nodes of a connected graph, in units of its edges' payload: their length, above 0."""
    pivots = spread_pivots(graph, min(max(CELLS // graph.num_nodes(), LEAST_PIVOTS), MOST_PIVOTS))
    ends = np.array(graph.edge_list())
    ties = np.concatenate([ends, ends[:, ::-1]]), np.tile(np.array(graph.edges(), dtype=float), 2)
    return _majorised(_scaled_by_pivots(pivots), pivots, ties)


def spread_pivots(graph: rx.PyGraph, count: int) -> Pivots:
    """Pivots one after the other, each as far as can be from those before it."""
    size = graph.num_nodes()
    ids: list[int] = []
    lengths = np.zeros((size, min(count, size)))
    region, nearest = np.zeros(size, dtype=int), np.full(size, np.inf)
    for number in range(min(count, size)):
        ids.append(int(nearest.argmax()))
        found = rx.dijkstra_shortest_path_lengths(graph, ids[-1], float)
        lengths[list(found.keys()), number] = list(found.values())
        lengths[ids[-1], number] = 0.0
        closer = lengths[:, number] < nearest
        region[closer], nearest[closer] = number, lengths[closer, number]
    return Pivots(np.array(ids), lengths, region)


def _scaled_by_pivots(pivots: Pivots) -> np.ndarray:
    """PivotMDS, drawn to the scale at which the stress towards the pivots is least."""
    squares = pivots.lengths**2
    centred = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean())
    vectors = np.linalg.eigh(centred.T @ centred)[1][:, [-1, -2]]
    vectors = vectors * np.where(vectors[np.abs(vectors).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    at = centred @ vectors
    drawn = np.hypot(*(at[:, None, axis] - at[None, pivots.ids, axis] for axis in (0, 1)))
    ratio = np.divide(drawn, pivots.lengths, out=np.zeros_like(drawn), where=pivots.lengths > 0)
    golden = np.arange(len(at)) * 2.399963  # the golden angle parts twins
    return at * ratio.sum() / max((ratio**2).sum(), 1e-12) + np.stack([np.cos(golden), np.sin(golden)], axis=1) * 0.05


def _weights(pivots: Pivots) -> np.ndarray:
    """How much each pivot counts for each person: 1 / distance squared, times those it stands for who are no nearer
    to the person than half its own distance."""
    counts = np.zeros_like(pivots.lengths)
    for number in range(len(pivots.ids)):
        inside = np.sort(pivots.lengths[pivots.region == number, number])
        counts[:, number] = np.searchsorted(inside, pivots.lengths[:, number] / 2, side="right")
    return np.divide(counts, pivots.lengths**2, out=np.zeros_like(counts), where=pivots.lengths > 0)


def _majorised(at: np.ndarray, pivots: Pivots, ties: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Jacobi steps of the majorant: each at the weighted mean of where pivots and ties want it.

    Args:
        ties: (2m x 2) ends, each tie in both directions, and (2m) wanted lengths.
    """
    (one, other), wanted = ties[0].T, ties[1]
    weight, of_tie = _weights(pivots), wanted**-2.0
    pull = weight * pivots.lengths
    total = weight.sum(axis=1) + np.bincount(one, of_tie, len(at))
    for _step in range(STEPS):
        across = [at[:, None, axis] - at[None, pivots.ids, axis] for axis in (0, 1)]
        pulled = pull / np.maximum(np.sqrt(across[0] ** 2 + across[1] ** 2), 1e-6)
        along = at[one] - at[other]
        stretch = wanted / np.maximum(np.sqrt((along**2).sum(axis=1)), 1e-6)
        aims = at[other] + along * stretch[:, None]
        new = [
            weight @ at[pivots.ids, axis]
            + np.einsum("ij,ij->i", pulled, across[axis])
            + np.bincount(one, of_tie * aims[:, axis], len(at))
            for axis in (0, 1)
        ]
        at = np.stack(new, axis=1) / total[:, None]
    return at
