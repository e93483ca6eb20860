"""The power map of a client: who is on it, what ties them, where their cards were put, and what surrounds the client.

Neutral to how it is drawn. What the viewer may not see is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.power import PowerWeights, rank_key_figures
from graphcrm.domain.power_map import Neighbour, NeighbourTie, PowerMap, ReasonedPair
from graphcrm.domain.reasoned_ties import Shared, holds, reasoned_ties
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import person as person_queries
from graphcrm.queries import power_map as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._reasoned import both_visible, shared
from graphcrm.services._sensitivity import mask_basis, tie_visible
from graphcrm.services._stance import Subject, client_of, read_structure_of, structure_asked_of
from graphcrm.services._structure import known_client

MOST_NEIGHBOURS = 60
"""How many ties one expansion brings in at most."""


def power_map(
    db: Database,
    viewer: Viewer,
    subject: Subject,
    *,
    as_of: date,
    weights: PowerWeights | None = None,
    expanded: Sequence[str] = (),
) -> PowerMap:
    """The power map of a client as of a day.

    Args:
        expanded: ids of the client, of firms and of people on the map whose partners, owners and acquaintances are
            shown too; what is unknown or no longer there adds nothing.

    Raises:
        NotFound: there is no such client, or no such deal there.
    """
    client_id = client_of(subject)
    facts = known_client(db, client_id)
    structure = read_structure_of(db, viewer, subject, as_of)
    structure = replace(structure, influences=tuple(mask_basis(viewer, tie) for tie in structure.influences))
    neighbours, ties = _expansion(db, viewer, structure, expanded, (client_id, facts.name))
    shown = PowerMap.of(client_id, facts.name, structure, rank_key_figures(structure, weights))
    return replace(shown, neighbours=neighbours, neighbour_ties=ties)


def with_reasoned(db: Database, viewer: Viewer, found: PowerMap) -> PowerMap:
    """The map with who on it may know whom (A5.4), at one firm, school, board or club at the same time; and who does.

    To work at this client together is no news, so it is no reason here.
    """
    structure = found.structure
    ids = [one.id for one in (*structure.people, *structure.outsiders)]
    places: dict[str, list[Shared]] = {}
    for row in queries.shared_places(db, person_ids=ids, as_of=structure.as_of):
        if both_visible(viewer, row):
            places.setdefault(row.person_id, []).append(shared(row))
    pairs = (
        ReasonedPair(person, tie)
        for person, own in places.items()
        for tie in reasoned_ties(_elsewhere(own, found.client_id, structure.as_of), structure.as_of, {})
    )
    known = [
        NeighbourTie(row.id, row.source_id, row.target_id, "KNOWS", None, row.strength)
        for row in queries.acquaintances(db, person_ids=ids, as_of=structure.as_of)
        if tie_visible(viewer, "KNOWS", row.sensitivity)
    ]
    return replace(found, reasoned=tuple(pairs), acquaintances=tuple(known))


def _elsewhere(places: Sequence[Shared], client_id: str, as_of: date) -> list[Shared]:
    """Without the client itself, unless one of the two has left it."""
    return [one for one in places if one.place_id != client_id or not all(holds(stay, as_of) for stay in one.stays)]


def reasoned_asked(found: PowerMap) -> tuple[Asked, ...]:
    """The queries that :func:`with_reasoned` asks."""
    ids = [one.id for one in (*found.structure.people, *found.structure.outsiders)]
    given = {"person_ids": ids, "as_of": found.structure.as_of}
    return asked(queries.shared_places, **given), asked(queries.acquaintances, **given)


def power_map_asked(subject: Subject, as_of: date) -> tuple[Asked, ...]:
    """The queries that :func:`power_map` asks, for "How was this computed?"."""
    return structure_asked_of(subject, as_of)


def last_contacts(
    db: Database, viewer: Viewer, person_id: str, *, as_of: date, most: int = 3
) -> list[person_queries.PersonInteraction]:
    """The newest contacts with a person; relatives among those present are left out for who may not know of them."""
    rows = person_queries.person_interactions(db, person_id=person_id, as_of=as_of, most=most)
    if viewer.sees("family"):
        return rows
    return [row for row in rows if not any(other.get("family") for other in row.participants)]


def saved_places(db: Database, viewer: Viewer, client_id: str, layout: str) -> dict[str, tuple[float, float]]:
    """Where this viewer has put cards of this layout, by node id; in pixels at zoom 1."""
    found = queries.saved_places(db, layout_id=_layout_id(viewer, client_id, layout))
    return {} if found is None else {node: (x, y) for node, x, y in zip(found.ids, found.xs, found.ys, strict=True)}


def save_places(
    db: Database, viewer: Viewer, client_id: str, layout: str, places: Mapping[str, tuple[float, float]]
) -> None:
    """Keep where this viewer has put some cards. Anybody may: it changes nobody's facts and nobody else's picture."""
    rows: list[dict[str, Any]] = [{"id": node, "x": float(x), "y": float(y)} for node, (x, y) in places.items()]
    if rows:
        queries.save_places(db, layout_id=_layout_id(viewer, client_id, layout), places=rows)


def forget_places(db: Database, viewer: Viewer, client_id: str, layout: str) -> None:
    """Put the cards of this layout back to where the program would put them."""
    queries.forget_places(db, layout_id=_layout_id(viewer, client_id, layout))


def _layout_id(viewer: Viewer, client_id: str, layout: str) -> str:
    return f"map-layout:{viewer.id}:{client_id}:{layout}"


def _expansion(
    db: Database, viewer: Viewer, structure: PowerStructure, expanded: Sequence[str], client: tuple[str, str]
) -> tuple[tuple[Neighbour, ...], tuple[NeighbourTie, ...]]:
    """Firms and people around what was expanded, and the ties to them that the viewer may see."""
    if not expanded:
        return (), ()
    asked_for = {"node_ids": list(expanded), "as_of": structure.as_of, "most": MOST_NEIGHBOURS}
    known = structure.names
    found: dict[str, Neighbour] = {}
    ties: dict[str, NeighbourTie] = {}
    for row in queries.firm_ties(db, **asked_for):
        if tie_visible(viewer, row.kind, row.sensitivity):
            found[row.firm_id] = Neighbour(row.firm_id, row.firm_name, "client" if row.is_client else "firm")
            ties[row.id] = NeighbourTie(row.id, row.source_id, row.target_id, row.kind, row.detail, row.amount)
    drawn = {tie.id for tie in (*structure.influences, *structure.conflicts)}
    for row in queries.person_bonds(db, **asked_for):
        hidden = row.is_family and not viewer.sees("family")
        if row.id not in drawn and not hidden and tie_visible(viewer, row.kind, row.sensitivity):
            ties[row.id] = NeighbourTie(row.id, row.source_id, row.target_id, row.kind, None, row.strength)
            if row.person_id not in known:
                title = ", ".join(filter(None, (row.person_title, row.firm_name)))
                found[row.person_id] = Neighbour(row.person_id, row.person_name, "person", title)
    ends = {end for tie in ties.values() for end in (tie.source_id, tie.target_id)}
    if client[0] in ends:
        found[client[0]] = Neighbour(*client, "client")
    placed = found.keys() | known.keys()
    return tuple(found.values()), tuple(
        tie for tie in ties.values() if tie.source_id in placed and tie.target_id in placed
    )
