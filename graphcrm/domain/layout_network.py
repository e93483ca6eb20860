"""Where the cards of an influence network go: close ties close together, nothing overlapping.

Stress majorisation (Gansner, Koren & North 2004, "Graph Drawing by Stress Majorization"): the distances on paper come
as near as they can to those along the ties. It starts from classical scaling of the same distances (Torgerson 1952), so
it needs no random numbers and the same network always gives the same picture. All pairs are used for a group of up to
``ALL_PAIRS`` people, so memory and time grow with its square; larger ones are drawn by their pivots
(``layout_sparse``) and parted in rows (``layout_rows``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import rustworkx as rx

from graphcrm.domain.layout_boxes import Place, Size, pull_apart, shelves
from graphcrm.domain.layout_rows import set_in_rows
from graphcrm.domain.layout_sparse import sparse_stress

ALL_PAIRS = 200
"""Largest group whose people are all compared with each other. Measured: 300 people take 1.3 s so, and 0.05 s by pivots
with as few crossings."""
EDGE = 300.0
"""Wanted length of a tie of middling strength, in pixels."""
WIDE_EDGE = 400.0
"""The same in a large group, which is denser: at 300 pixels its cards had to move twice as far to be parted."""
GAP = 46.0
SQUEEZE = 0.72
"""Cards are wider than high and so is a window: the picture is flattened by this share."""


def influence_network(
    ties: Iterable[tuple[str, str, float]], sizes: Mapping[str, Size], window: Size = (1180.0, 680.0)
) -> dict[str, Place]:
    """A place for everybody in ``sizes``, in pixels; the centre of each card.

    Args:
        ties: who is tied to whom and how strongly (0-1); direction does not matter, a stronger tie is drawn shorter.
        window: width and height the picture should roughly have the shape of.

    Groups without a tie between them are drawn on their own and packed; people with no tie stand in a grid below.
    """
    cards = list(sizes)
    graph = _graph(ties, cards)
    groups = sorted((sorted(group) for group in rx.connected_components(graph)), key=lambda group: (-len(group), group))
    drawn = [_group(graph.subgraph(group), sizes) for group in groups if len(group) > 1]
    alone = [cards[group[0]] for group in groups if len(group) == 1]
    return _packed(drawn, alone, sizes, window)


def _graph(ties: Iterable[tuple[str, str, float]], cards: Sequence[str]) -> rx.PyGraph:
    """The cards in their order and the wanted lengths of ties, of several between two people the shortest."""
    index = {card: position for position, card in enumerate(cards)}
    lengths: dict[tuple[int, int], float] = {}
    for one, other, strength in ties:
        if one in index and other in index and one != other:
            pair = min(index[one], index[other]), max(index[one], index[other])
            lengths[pair] = min(1.3 - 0.6 * min(max(strength, 0.0), 1.0), lengths.get(pair, 9.0))
    graph: rx.PyGraph = rx.PyGraph()
    graph.add_nodes_from(cards)
    graph.add_edges_from([(one, other, length) for (one, other), length in lengths.items()])
    return graph


def _group(graph: rx.PyGraph, sizes: Mapping[str, Size]) -> dict[str, Place]:
    """One connected group, round its own middle."""
    people: list[str] = graph.nodes()
    if len(people) > ALL_PAIRS:
        at = _turned(sparse_stress(graph)) * (WIDE_EDGE, WIDE_EDGE * SQUEEZE)
        half = (np.array([sizes[card] for card in people], dtype=float) + GAP) / 2
        at = set_in_rows(at, half)
        return {card: Place(x, y) for card, (x, y) in zip(people, at.tolist(), strict=True)}
    at = _stress(_distances(graph)) * (EDGE, EDGE * SQUEEZE)
    raw = {card: Place(x, y) for card, (x, y) in zip(people, at.tolist(), strict=True)}
    return pull_apart(raw, sizes, GAP)


def _distances(graph: rx.PyGraph) -> np.ndarray:
    """Lengths of the shortest ways along ties, each pair."""
    result = np.zeros((graph.num_nodes(), graph.num_nodes()))
    for card, lengths in rx.all_pairs_dijkstra_path_lengths(graph, float).items():
        result[card, list(lengths.keys())] = list(lengths.values())
    return (result + result.T) / 2


def _stress(wanted: np.ndarray) -> np.ndarray:
    """Coordinates (n x 2), longest side flat, with least stress for the wanted distances, weighted by 1 / distance
    squared."""
    at = _scaled_classically(wanted)
    with np.errstate(divide="ignore"):
        weight = np.where(wanted > 0, wanted**-2.0, 0.0)
    total = weight.sum(axis=1)
    for _step in range(200):
        apart = np.maximum(np.hypot(*(at[:, None, k] - at[None, :, k] for k in (0, 1))), 1e-6)
        pull = weight * wanted / apart
        np.fill_diagonal(pull, 0.0)
        # Jacobi step of the majorant: each at the weighted mean of where the others want it.
        new = (weight @ at + at * pull.sum(axis=1)[:, None] - pull @ at) / total[:, None]
        moved = float(np.abs(new - at).max())
        at = new
        if moved < 1e-3:
            break
    return _turned(at)


def _scaled_classically(wanted: np.ndarray) -> np.ndarray:
    """Torgerson's scaling into the plane; signs and twins fixed, so that the result is one and the same everywhere."""
    count = len(wanted)
    centring = np.eye(count) - 1.0 / count
    values, vectors = np.linalg.eigh(-0.5 * centring @ wanted**2 @ centring)
    axes = vectors[:, [-1, -2]] if count > 2 else np.stack([vectors[:, -1], np.zeros(count)], axis=1)
    scale = np.sqrt(np.maximum(values[[-1, -2]] if count > 2 else np.array([values[-1], 0.0]), 0.0))
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    spread = np.arange(count)
    twist = np.stack([np.cos(spread * 2.399963), np.sin(spread * 2.399963)], axis=1)  # the golden angle parts twins
    return axes * scale + twist * 0.05


def _turned(at: np.ndarray) -> np.ndarray:
    """The picture round its middle, turned so that its longest side lies flat."""
    at = at - at.mean(axis=0)
    if len(at) < 3:
        return at
    _values, vectors = np.linalg.eigh(at.T @ at)
    long_axis = vectors[:, -1]
    if long_axis[np.abs(long_axis).argmax()] < 0:
        long_axis = -long_axis
    rotation = np.array([[long_axis[0], long_axis[1]], [-long_axis[1], long_axis[0]]])
    return at @ rotation.T


def _packed(
    groups: list[dict[str, Place]], alone: list[str], sizes: Mapping[str, Size], window: Size
) -> dict[str, Place]:
    """The groups on shelves, the largest first, and those without a tie in rows below."""
    frames = [_frame(group, sizes) for group in groups]
    extents = [(right - left, bottom - top) for left, top, right, bottom in frames]
    area = sum((width + GAP) * (height + GAP) for width, height in extents)
    limit = max([width for width, _ in extents] + [(area * window[0] / window[1]) ** 0.5])
    corners, size = shelves(extents, limit * 1.02, GAP * 1.5)
    places: dict[str, Place] = {}
    for group, frame, corner in zip(groups, frames, corners, strict=True):
        for card, place in group.items():
            places[card] = Place(place.x - frame[0] + corner.x, place.y - frame[1] + corner.y)
    if alone:
        width = max(size[0], (len(alone) ** 0.5) * max(sizes[card][0] + GAP for card in alone))
        top = size[1] + (GAP * 1.5 if groups else 0.0)
        corners, _size = shelves([sizes[card] for card in alone], width, GAP * 0.6)
        for card, corner in zip(alone, corners, strict=True):
            wide, high = sizes[card]
            places[card] = Place(corner.x + wide / 2, top + corner.y + high / 2)
    return places


def _frame(group: Mapping[str, Place], sizes: Mapping[str, Size]) -> tuple[float, float, float, float]:
    return (
        min(place.x - sizes[card][0] / 2 for card, place in group.items()),
        min(place.y - sizes[card][1] / 2 for card, place in group.items()),
        max(place.x + sizes[card][0] / 2 for card, place in group.items()),
        max(place.y + sizes[card][1] / 2 for card, place in group.items()),
    )
