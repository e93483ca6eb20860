"""A client's power structure with all that its map shows: who is key, what is not known, what surrounds the client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphcrm.domain.gaps import Gap, gaps
from graphcrm.domain.power import KeyFigure
from graphcrm.domain.reasoned_ties import ReasonedTie
from graphcrm.domain.structure import PowerStructure


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A firm or an outside person that an expansion put on the map. ``kind`` is "firm", "client" or "person"."""

    id: str
    name: str
    kind: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class NeighbourTie:
    """A tie of an expansion. ``detail`` is the code of a partner link's kind, ``amount`` a percentage or strength."""

    id: str
    source_id: str
    target_id: str
    type: str
    detail: str | None = None
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class ReasonedPair:
    """Two people on the map who may know each other; ``tie`` is read from ``person_id``. It counts nowhere."""

    person_id: str
    tie: ReasonedTie

    @property
    def id(self) -> str:
        """Of the line on the map; no tie of the graph has it."""
        return f"reasoned-{self.person_id}-{self.tie.other_id}"


@dataclass(frozen=True, slots=True)
class PowerMap:
    """A client's power structure with all that the map shows of it.

    Attributes:
        figures: everybody's power, by person id.
        gaps: what is not known of a person, by person id; under "" what is not known of the whole.
        neighbours, neighbour_ties: what was expanded.
        reasoned, acquaintances: who may know whom, and who does, if that was asked for.
    """

    client_id: str
    client_name: str
    structure: PowerStructure
    figures: Mapping[str, KeyFigure]
    gaps: Mapping[str, tuple[Gap, ...]]
    neighbours: tuple[Neighbour, ...] = ()
    neighbour_ties: tuple[NeighbourTie, ...] = ()
    reasoned: tuple[ReasonedPair, ...] = ()
    acquaintances: tuple[NeighbourTie, ...] = ()

    @classmethod
    def of(cls, client_id: str, client_name: str, structure: PowerStructure, figures: Iterable[KeyFigure]) -> PowerMap:
        """The map with nothing expanded."""
        by_person = {figure.person_id: figure for figure in figures}
        return cls(client_id, client_name, structure, by_person, gaps_by_person(structure))


def gaps_by_person(structure: PowerStructure) -> dict[str, tuple[Gap, ...]]:
    """What is not known, by person id; under "" what is not known of the whole."""
    missing: dict[str, tuple[Gap, ...]] = {}
    for gap in gaps(structure):
        missing[gap.person_id or ""] = (*missing.get(gap.person_id or "", ()), gap)
    return missing
