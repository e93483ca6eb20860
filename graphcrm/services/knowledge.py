"""What we know of a client, area by area, and what we do not (A5.1-A5.5), with who of ours could find it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.could_find_out import CouldFindOut, could_find_out
from graphcrm.domain.knowledge import ClientKnowledge, KnowledgeGap
from graphcrm.domain.power import PowerWeights, rank_key_figures
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import knowledge as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._knowledge import judge, known_facts
from graphcrm.services._stance import Subject, client_of, read_structure_of, structure_asked_of
from graphcrm.services._structure import known_client
from graphcrm.vocabulary.knowledge import knowledge_catalogue


@dataclass(frozen=True, slots=True)
class ClientGaps:
    """What is known of one client as of a day, what is not, and the queries."""

    client_id: str
    client_name: str
    structure: PowerStructure
    knowledge: ClientKnowledge
    asked: tuple[Asked, ...]

    def could_find_out(self, gap: KnowledgeGap) -> tuple[CouldFindOut, ...]:
        """Our employees best placed to close a gap, the best first; empty when nobody has a contact there."""
        about = None if gap.subject_id == self.client_id else gap.subject_id
        return could_find_out(self.structure, knowledge_catalogue().items[gap.item].ask, about)


def client_gaps(
    db: Database, viewer: Viewer, subject: Subject, *, as_of: date, weights: PowerWeights | None = None
) -> ClientGaps:
    """Completeness, freshness and gaps of a client; key figures are those of the deal, if one is named.

    Raises:
        NotFound: there is no such client, or no such deal there.
    """
    client_id = client_of(subject)
    facts = known_client(db, client_id)
    structure = read_structure_of(db, viewer, subject, as_of)
    known = known_facts(db, viewer, [client_id], as_of).get(client_id, ())
    figures = rank_key_figures(structure, weights)
    return ClientGaps(
        client_id=client_id,
        client_name=facts.name,
        structure=structure,
        knowledge=judge(viewer, (client_id, facts.name), structure, figures, known),
        asked=(
            asked(queries.knowledge_facts, client_ids=[client_id], as_of=as_of),
            *structure_asked_of(subject, as_of),
        ),
    )
