"""Rectangles that must not overlap: what all layouts share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Size = tuple[float, float]
"""Width and height, in pixels at zoom 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point; y grows downwards."""

    x: float
    y: float


def shelves(sizes: Sequence[Size], width: float, gap: float) -> tuple[list[Place], Size]:
    """Rectangles set like words: left to right, a new line when the width is used up.

    Returns:
        the upper left corner of each, and the size of the whole. A rectangle wider than ``width`` has its own line.
    """
    corners: list[Place] = []
    x = y = tallest = widest = 0.0
    for wide, high in sizes:
        if x > 0 and x + wide > width:
            x, y, tallest = 0.0, y + tallest + gap, 0.0
        corners.append(Place(x, y))
        widest, tallest = max(widest, x + wide), max(tallest, high)
        x += wide + gap
    return corners, (widest, y + tallest)


def pull_apart(
    places: Mapping[str, Place], sizes: Mapping[str, Size], gap: float, steps: int = 400
) -> dict[str, Place]:
    """The same picture with no two rectangles nearer than ``gap``.

    Pairs that overlap are pushed apart along the axis where it takes least, over and over; should that not settle, the
    picture is blown up until it has. Deterministic; exact to 0.1 pixel.
    """
    ids = list(places)
    if len(ids) < 2:
        return dict(places)
    at = np.array([(places[card].x, places[card].y) for card in ids], dtype=float)
    half = (np.array([sizes[card] for card in ids], dtype=float) + gap) / 2
    at += np.stack([np.arange(len(ids)) * 1e-3, np.arange(len(ids)) * 7e-4], axis=1)  # twins get a direction
    for step in range(steps):
        one, other = _near(at, half)
        apart = at[one] - at[other]
        overlap = half[one] + half[other] - np.abs(apart)
        clash = (overlap > 0.05).all(axis=1)
        if not clash.any():
            break
        one, other, apart, overlap = one[clash], other[clash], apart[clash], overlap[clash]
        along_x = overlap[:, 0] <= overlap[:, 1]
        shift = np.where(np.stack([along_x, ~along_x], axis=1), overlap * np.sign(apart), 0.0)
        push, counts = np.zeros_like(at), np.zeros(len(ids))
        for card, moves in ((one, shift), (other, -shift)):
            np.add.at(push, card, moves)
            np.add.at(counts, card, 1)
        at += push / (1 + np.maximum(counts, 1)[:, None] ** 0.5) + np.sign(push) * 0.02
        if step % 40 == 39:
            at *= 1.06
    else:
        at = _blown_up(at, half[:, None, :] + half[None, :, :])
    return {card: Place(float(x), float(y)) for card, (x, y) in zip(ids, at, strict=True)}


def _near(at: np.ndarray, half: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pairs that could overlap: no farther from each other, on either axis, than the two largest cards may be."""
    wide, high = 2 * half.max(axis=0)
    order = np.argsort(at[:, 0], kind="stable")
    x = at[order, 0]
    first = np.arange(1, len(x) + 1)
    counts = np.maximum(np.searchsorted(x, x + wide, side="right") - first, 0)
    one = np.repeat(np.arange(len(x)), counts)
    other = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts, counts) + np.repeat(first, counts)
    one, other = order[one], order[other]
    close = np.abs(at[one, 1] - at[other, 1]) <= high
    return one[close], other[close]


def _blown_up(at: np.ndarray, need: np.ndarray) -> np.ndarray:
    """The picture, enlarged just so far that every pair is free on one axis."""
    apart = np.abs(at[:, None, :] - at[None, :, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.nanmin(np.where(apart > 0, need / apart, np.inf), axis=2)
    np.fill_diagonal(factor, 1.0)
    return at * max(1.0, float(factor.max()) + 1e-6)
