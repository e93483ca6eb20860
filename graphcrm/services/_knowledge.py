"""Lays what the graph holds of clients beside the catalogue of what we want to know. Shared; not a service itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.knowledge import Catalogue, ClientKnowledge, Known, Subject, client_knowledge
from graphcrm.domain.measures import effective_levels
from graphcrm.domain.power import KeyFigure
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries.knowledge import knowledge_facts
from graphcrm.vocabulary import VOCABULARY
from graphcrm.vocabulary.knowledge import Item, knowledge_catalogue

EXECUTIVE_LEVEL = 2


def known_facts(db: Database, viewer: Viewer, client_ids: Iterable[str], as_of: date) -> dict[str, tuple[Known, ...]]:
    """What is known of each client, without the facts whose sensitivity the viewer does not see."""
    found: dict[str, list[Known]] = {}
    for row in viewer.filter(knowledge_facts(db, client_ids=list(client_ids), as_of=as_of)):
        fact = Known(
            kind=row.kind,
            id=row.id,
            subject_id=row.subject_id,
            properties=frozenset(row.properties),
            codes=frozenset(row.codes),
            verified=row.verified,
            dated=row.dated,
        )
        found.setdefault(row.client_id, []).append(fact)
    return {client: tuple(facts) for client, facts in found.items()}


def judge(
    viewer: Viewer,
    client: tuple[str, str],
    structure: PowerStructure,
    figures: Iterable[KeyFigure],
    facts: Iterable[Known],
) -> ClientKnowledge:
    """Completeness, freshness and gaps of one client (id and name) for a viewer."""
    return client_knowledge(catalogue_for(viewer), _subjects(client, structure, figures), facts, structure.as_of)


def catalogue_for(viewer: Viewer) -> Catalogue:
    """The catalogue without the items whose kind of fact the viewer may not see."""
    whole = knowledge_catalogue()
    items = {code: item for code, item in whole.items.items() if _seen(viewer, item)}
    return Catalogue(items, {code: area.weight for code, area in whole.areas.items()})


def _seen(viewer: Viewer, item: Item) -> bool:
    kind = VOCABULARY.kind(item.kind)
    own = viewer.sees(getattr(kind, "sensitivity", None))
    return own and (not item.any or any(viewer.sees(kind.properties[name].sensitivity) for name in item.any))


def _subjects(client: tuple[str, str], structure: PowerStructure, figures: Iterable[KeyFigure]) -> list[Subject]:
    levels = effective_levels(structure)
    keys = {figure.person_id for figure in figures if figure.is_key}
    found = [Subject(client[0], client[1], frozenset({"client"}))]
    for person in structure.people:
        if person.is_vacant:
            continue
        level = levels.get(person.id)
        tests = {
            "people": True,
            "executives": level is not None and level <= EXECUTIVE_LEVEL,
            "key_figures": person.id in keys,
            "reports": level != 1,
        }
        groups = frozenset(group for group, holds in tests.items() if holds)
        found.append(Subject(person.id, person.name, groups, person.id in keys))
    return found
