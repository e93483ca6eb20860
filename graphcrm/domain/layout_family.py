"""Where the people of a family tree are drawn: generations in rows, couples side by side, children below their parents.

Rows are ordered by the barycentre heuristic of layered drawing (Sugiyama, Tagawa & Toda 1981); a couple is one block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

SWEEPS = 8


def family_places(
    generations: Mapping[str, int],
    couples: Iterable[tuple[str, str]],
    parents: Iterable[tuple[str, str]],
    step: tuple[float, float],
) -> dict[str, tuple[float, float]]:
    """Centres by person.

    Args:
        generations: 0 for the one asked about, 1 for the parents' generation, -1 for the children's.
        couples: pairs who are or were married. parents: (parent, child).
        step: distance between neighbours in a row, and between rows, in pixels.
    """
    blocks = _blocks(generations, couples)
    kin = nx.Graph()
    kin.add_nodes_from(generations)
    kin.add_edges_from((one, other) for one, other in parents if one in generations and other in generations)
    at = {person: float(place) for row in blocks.values() for place, person in enumerate(_flat(row))}
    order = sorted(blocks, reverse=True)
    for sweep in range(SWEEPS):
        for generation in order if sweep % 2 == 0 else reversed(order):
            _arrange(blocks[generation], kin, at)
    return {person: (x * step[0], -generations[person] * step[1]) for person, x in at.items()}


def _blocks(generations: Mapping[str, int], couples: Iterable[tuple[str, str]]) -> dict[int, list[list[str]]]:
    """Generation -> blocks: people tied by marriages within it, each block a walk along them."""
    married = nx.Graph()
    married.add_nodes_from(generations)
    married.add_edges_from(
        (one, other) for one, other in couples if generations.get(one, 0.5) == generations.get(other, 1.5)
    )
    rows: dict[int, list[list[str]]] = {}
    for group in nx.connected_components(married):
        # Begin with one who has a single spouse, so that who married twice stands between the two.
        first = min(group, key=lambda person: (married.degree(person), person))
        rows.setdefault(generations[first], []).append(list(nx.dfs_preorder_nodes(married, first)))
    return {generation: sorted(row) for generation, row in rows.items()}


def _flat(row: Iterable[Sequence[str]]) -> list[str]:
    return [person for block in row for person in block]


def _arrange(row: list[list[str]], kin: nx.Graph, at: dict[str, float]) -> None:
    """Sort the blocks of a row by where their kin are, and set them out one step apart, as near to it as can be."""
    wanted = {tuple(block): _wanted(block, kin, at) for block in row}
    row.sort(key=lambda block: (wanted[tuple(block)], block))
    free = float("-inf")
    for block in row:
        start = max(wanted[tuple(block)] - (len(block) - 1) / 2, free)
        for place, person in enumerate(block):
            at[person] = start + place
        free = start + len(block)
    # Setting out goes from left to right only; what that pushed aside is shared evenly.
    drift = sum(wanted[tuple(block)] - sum(at[person] for person in block) / len(block) for block in row) / len(row)
    for person in _flat(row):
        at[person] += drift


def _wanted(block: Sequence[str], kin: nx.Graph, at: Mapping[str, float]) -> float:
    """The middle of the kin in other rows; where there are none, where the block is."""
    near = [at[other] for person in block for other in kin.adj[person]]
    return sum(near) / len(near) if near else sum(at[person] for person in block) / len(block)
