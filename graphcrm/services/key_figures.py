"""The key figures of a client (C2.1): everybody ranked by power, each number with its reasons and their proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.power import KeyFigure, PowerWeights, rank_key_figures
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import client as client_queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._evidence import Evidence, evidence
from graphcrm.services._stance import Subject, client_of, read_structure_of, structure_asked_of
from graphcrm.services._structure import known_client


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The people of one client by power as of a day.

    Attributes:
        figures: the most powerful first; ``is_key`` marks the key figures among them.
        default_ranks: rank by person with the weights graphcrm ships, to show what the user's weights change.
        evidence: every tie that a reason may name, by id.
        asked: the queries.
    """

    client_id: str
    client_name: str
    structure: PowerStructure
    figures: tuple[KeyFigure, ...]
    default_ranks: Mapping[str, int]
    evidence: Mapping[str, Evidence]
    asked: tuple[Asked, ...]

    @property
    def key(self) -> tuple[KeyFigure, ...]:
        """The key figures alone."""
        return tuple(figure for figure in self.figures if figure.is_key)

    def moved(self, figure: KeyFigure) -> int:
        """Places gained (positive) or lost by the user's weights against those that graphcrm ships."""
        return self.default_ranks[figure.person_id] - figure.rank

    def chart_gap(self, figure: KeyFigure) -> int | None:
        """Places by which power ranks a person above (positive) or below the chart; None when the chart is silent."""
        return None if figure.formal_rank is None else figure.formal_rank - figure.rank


def key_figures(
    db: Database, viewer: Viewer, subject: Subject, *, as_of: date, weights: PowerWeights | None = None
) -> KeyFigures:
    """Rank the people of a client by power.

    Raises:
        NotFound: there is no such client, or no such deal there.
    """
    client_id = client_of(subject)
    facts = known_client(db, client_id)
    structure = read_structure_of(db, viewer, subject, as_of)
    figures = rank_key_figures(structure, weights)
    shipped = figures if weights in (None, PowerWeights()) else rank_key_figures(structure)
    return KeyFigures(
        client_id=client_id,
        client_name=facts.name,
        structure=structure,
        figures=tuple(figures),
        default_ranks={figure.person_id: figure.rank for figure in shipped},
        evidence=evidence(structure, facts.name),
        asked=(asked(client_queries.client_facts, client_id=client_id), *structure_asked_of(subject, as_of)),
    )
