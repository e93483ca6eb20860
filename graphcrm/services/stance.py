"""Where people stand in each deal, against where they stand as a rule (C1.3-C1.8, C2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.stance import StanceDifference, differences
from graphcrm.domain.viewer import Viewer
from graphcrm.queries.binder import Asked
from graphcrm.queries.stance import deal_of_client
from graphcrm.services._stance import deal_stances, structure_asked_of
from graphcrm.services._structure import read_structure


@dataclass(frozen=True, slots=True)
class StanceInDeal:
    """What one deal states otherwise than what holds as a rule, by name of the person."""

    client_id: str
    deal_id: str
    deal_name: str
    differences: tuple[StanceDifference, ...]
    asked: tuple[Asked, ...]


def is_deal_of(db: Database, client_id: str, deal_id: str) -> bool:
    """Whether the client has this deal, open or closed."""
    return deal_of_client(db, client_id=client_id, deal_id=deal_id) is not None


def stance_in_deal(db: Database, viewer: Viewer, client_id: str, deal_id: str, *, as_of: date) -> StanceInDeal:
    """What is otherwise in a deal.

    Raises:
        NotFound: there is no such deal at this client.
    """
    structure = read_structure(db, viewer, client_id, as_of)
    deal, stances = deal_stances(db, viewer, (client_id, deal_id), as_of)
    found = sorted(differences(structure, stances), key=lambda one: (one.person_name, one.person_id))
    return StanceInDeal(client_id, deal_id, deal.name, tuple(found), structure_asked_of((client_id, deal_id), as_of))
