"""The contacts with a client, and what the form of a new one offers (C1.2, D1). Saving is that of every edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.coverage import Pair
from graphcrm.domain.structure import COVERED
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import interactions as queries
from graphcrm.queries._contact import ContactRow
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.changes import names_of
from graphcrm.queries.structure import structure_people
from graphcrm.services._ahead import contacts_seen
from graphcrm.services._colleagues import our_people
from graphcrm.services._coverage import read_pairs
from graphcrm.services._rows import RowEdit

MOST = 50


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts with a client, newest first; ``more``: there are older ones."""

    lines: tuple[ContactRow, ...]
    more: bool
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class LogChoices:
    """What the form of a new contact offers.

    Attributes:
        clients: id -> name of the clients in question; the first is the one the contact is for.
        theirs: id -> name of the people there, by name. ours: id -> name of our own, who is in touch there first.
        chosen_theirs, chosen_ours: who is chosen to begin with.
        coverage: (theirs, ours) -> the tie's id and its coverage.
    """

    clients: Mapping[str, str]
    theirs: Mapping[str, str]
    ours: Mapping[str, str]
    chosen_theirs: tuple[str, ...]
    chosen_ours: tuple[str, ...]
    coverage: Mapping[tuple[str, str], tuple[str, str]]

    def uncovered(self, theirs: str, ours: list[str]) -> bool:
        """True when no coverage of a person by any of ``ours`` is recorded, or one that says there is none."""
        codes = [self.coverage[theirs, one][1] for one in ours if (theirs, one) in self.coverage]
        return not any(code in COVERED for code in codes)


def coverage_begun(choices: LogChoices, theirs: Sequence[str], ours: str) -> list[RowEdit]:
    """That one of ours is in touch, briefly, with people with whom nobody of ours was so far."""
    return [_begun(choices, one, ours) for one in theirs]


def _begun(choices: LogChoices, person_id: str, employee_id: str) -> RowEdit:
    ends = {"person_id": person_id, "employee_id": employee_id}
    held = choices.coverage.get((person_id, employee_id))
    if held is None:
        return RowEdit("COVERED_BY", "", {**ends, "coverage": "brief"})
    stored = None if held[1] == "unknown" else held[1]
    return RowEdit("COVERED_BY", held[0], {**ends, "coverage": "brief"}, {"coverage": stored})


def client_contacts(db: Database, viewer: Viewer, client_id: str, *, as_of: date, most: int = MOST) -> Contacts:
    """The contacts with a client up to a day; a relative who took part is named only to who may know of relatives."""
    lines = contacts_seen(db, viewer, client_id, as_of=as_of, most=most + 1)
    wanted = asked(queries.contacts_of_client, client_id=client_id, as_of=as_of, most=most)
    return Contacts(lines[:most], len(lines) > most, (wanted,))


def log_choices(
    db: Database, viewer: Viewer, *, as_of: date, client_id: str | None = None, person_id: str | None = None
) -> LogChoices:
    """Who can be chosen for a contact with a client, or with a person and the colleagues at their clients.

    For a person: they are chosen, and who of ours knows them best. For a client: who of ours is in touch with most
    people there, and theirs if it is only one.
    """
    clients = _clients(db, as_of, client_id, person_id)
    theirs = _theirs(db, as_of, clients, person_id)
    pairs = read_pairs(db, viewer, list(clients), as_of)
    everybody = our_people(db, as_of)
    inside = [pair for pair in pairs if pair.employee_id in everybody]
    touching = Counter(pair.employee_id for pair in inside if pair.in_touch or pair.contacts)
    first = [one for one, _count in touching.most_common()]
    ours = {one: everybody[one] for one in [*first, *(one for one in everybody if one not in touching)]}
    chosen_ours = _chosen_ours(inside, person_id, first)
    known = {pair.person_id for pair in inside if pair.employee_id in chosen_ours and (pair.in_touch or pair.contacts)}
    begin = {person_id} if person_id and person_id in theirs else known if len(known) == 1 else set()
    return LogChoices(
        clients=clients,
        theirs=dict(sorted(theirs.items(), key=lambda item: item[1])),
        ours=ours,
        chosen_theirs=tuple(begin),
        chosen_ours=chosen_ours,
        coverage={(pair.person_id, pair.employee_id): (pair.tie_id, pair.coverage) for pair in pairs if pair.tie_id},
    )


def _clients(db: Database, as_of: date, client_id: str | None, person_id: str | None) -> dict[str, str]:
    if client_id is not None:
        return {client_id: ""}
    if person_id is None:
        return {}
    return {row.id: row.name for row in queries.clients_of_person(db, person_id=person_id, as_of=as_of)}


def _theirs(db: Database, as_of: date, clients: Iterable[str], person_id: str | None) -> dict[str, str]:
    """Id -> name of the people at clients, and of the person, who may be outside all clients: a banker, an auditor."""
    people = (row for one in clients for row in structure_people(db, client_id=one, as_of=as_of))
    found = {row.id: row.name for row in people if row.presence != "vacant"}
    if person_id is not None and person_id not in found:
        found |= {row.id: row.name for row in names_of(db, ids=[person_id])}
    return found


def _chosen_ours(pairs: list[Pair], person_id: str | None, first: list[str]) -> tuple[str, ...]:
    """Who of ours knows the person best; without a person, who covers most there."""
    own = [pair for pair in pairs if pair.person_id == person_id and (pair.in_touch or pair.contacts)]
    if own:
        return (max(own, key=lambda pair: (pair.points or 0.0, pair.contacts, pair.employee_name)).employee_id,)
    return tuple(first[:1])
