"""Reads a client's power structure as a rule or for one deal. Shared by the services that judge it; not one itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.stance import WORDS, DealStance, in_deal
from graphcrm.domain.structure import Deal, PowerStructure, Stakeholder, merge_records
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import NotFound
from graphcrm.queries import stance as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._structure import read_structure, structure_asked
from graphcrm.vocabulary import VOCABULARY

Subject = str | tuple[str, str]
"""Of which decision: the id of a client (as a rule), or the ids of a client and of one of its deals."""


def client_of(subject: Subject) -> str:
    """The client's id."""
    return subject if isinstance(subject, str) else subject[0]


def read_structure_of(db: Database, viewer: Viewer, subject: Subject, as_of: date) -> PowerStructure:
    """The power structure of a client, or of one of its deals: see :func:`graphcrm.domain.stance.in_deal`.

    Raises:
        NotFound: there is no such deal at this client.
    """
    structure = read_structure(db, viewer, client_of(subject), as_of)
    if isinstance(subject, str):
        return structure
    deal, stances = deal_stances(db, viewer, subject, as_of)
    return in_deal(structure, deal, stances)


def deal_stances(
    db: Database, viewer: Viewer, subject: tuple[str, str], as_of: date
) -> tuple[Deal, tuple[DealStance, ...]]:
    """The deal, and who stands where in it, without the stakes that the viewer may not see.

    Raises:
        NotFound: there is no such deal at this client.
    """
    client_id, deal_id = subject
    found = queries.deal_of_client(db, client_id=client_id, deal_id=deal_id)
    if found is None:
        raise NotFound("There is no such deal at this client.", mend="Choose one from the list, or look at the rule.")
    rows = viewer.filter(queries.stance_in_deal(db, deal_id=deal_id, as_of=as_of))
    stances: dict[str, DealStance] = {}
    for row in rows:
        own = _stance(viewer, row)
        known = stances.get(row.person_id)
        stances[row.person_id] = own if known is None else _merged(known, own)
    ties = frozenset(row.id for row in rows)
    return Deal(found.id, found.name, ties), tuple(stances.values())


def structure_asked_of(subject: Subject, as_of: date) -> tuple[Asked, ...]:
    """The queries that :func:`read_structure_of` asks, for "How was this computed?"."""
    if isinstance(subject, str):
        return structure_asked(subject, as_of)
    return (*structure_asked(subject[0], as_of), asked(queries.stance_in_deal, deal_id=subject[1], as_of=as_of))


def _merged(one: DealStance, other: DealStance) -> DealStance:
    words = dict((*one.words, *other.words))
    return DealStance(merge_records(one.stake, other.stake), tuple(words.items()))


def _stance(viewer: Viewer, row: queries.StanceInDeal) -> DealStance:
    stake = Stakeholder(
        id=row.person_id,
        name=row.person_name,
        presence=row.presence,
        roles=frozenset(row.roles),
        support=row.support or "unknown",
        political_status=row.political_status or "unknown",
        interest=row.interest,
        stakeholder_id=row.id,
        confidence=row.confidence,
        source=row.source,
        last_verified=row.last_verified,
    )
    return DealStance(stake, tuple(_words(viewer, row)))


def _words(viewer: Viewer, row: queries.StanceInDeal) -> Iterable[tuple[str, str]]:
    properties = VOCABULARY.ties["STAKEHOLDER_IN"].properties
    for name in WORDS:
        text = getattr(row, name)
        if text and viewer.sees(properties[name].sensitivity):
            yield name, text
