"""The base analysis of a client: the answers to C1.1-C1.8 with their proof, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.base_analysis import BaseAnalysis, base_analysis, gaps
from graphcrm.domain.gaps import Gap
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import structure as structure_queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._evidence import Evidence, evidence
from graphcrm.services._stance import Subject, client_of, read_structure_of, structure_asked_of
from graphcrm.services._structure import known_client, read_first_contacts


@dataclass(frozen=True, slots=True)
class ClientAnalysis:
    """The answers for one client as of a day.

    Attributes:
        analysis: the answers to C1.1-C1.8.
        gaps: what is not known, of the whole first, then person by person.
        evidence: every tie that an answer may name, by id.
        asked: the queries.
    """

    client_id: str
    client_name: str
    structure: PowerStructure
    analysis: BaseAnalysis
    gaps: tuple[Gap, ...]
    evidence: Mapping[str, Evidence]
    asked: tuple[Asked, ...]


def client_analysis(db: Database, viewer: Viewer, subject: Subject, *, as_of: date) -> ClientAnalysis:
    """Answer C1.1-C1.8 for a client.

    Raises:
        NotFound: there is no such client, or no such deal there.
    """
    client_id = client_of(subject)
    facts = known_client(db, client_id)
    structure = read_structure_of(db, viewer, subject, as_of)
    first = read_first_contacts(db, viewer, client_id)
    return ClientAnalysis(
        client_id=client_id,
        client_name=facts.name,
        structure=structure,
        analysis=base_analysis(structure, first),
        gaps=tuple(gaps(structure)),
        evidence=evidence(structure, facts.name),
        asked=(
            asked(structure_queries.structure_first_contacts, client_id=client_id),
            *structure_asked_of(subject, as_of),
        ),
    )
