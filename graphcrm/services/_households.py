"""Who shares a purse with whom, read from the graph: what a gift to one of them means for the others. Shared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.family import is_minor
from graphcrm.domain.kinship import FamilyTie, households
from graphcrm.queries import family as queries
from graphcrm.services._family_ties import has_ended, is_over


def read_households(
    db: Database, person_ids: Iterable[str], as_of: date
) -> tuple[list[frozenset[str]], list[FamilyTie]]:
    """(the households round some people, the family ties that were followed); both empty if no tie is known."""
    known: dict[str, queries.FamilyTieRow] = {}
    people = set(person_ids)
    new = set(people)
    for _round in range(3):  # the spouse, the spouse's children, and who else is their parent
        if not new:
            break
        rows = queries.family_ties(db, person_ids=sorted(new), as_of=as_of)
        known |= {row.id: row for row in rows if row.type == "SPOUSE_OF" or not is_over(row, as_of)}
        ends = {end for row in rows for end in (row.start_id, row.end_id)}
        new, people = ends - people, people | ends
    if not known:
        return [], []
    born = queries.family_people(db, person_ids=sorted(people), as_of=as_of)
    minors = [one.id for one in born if is_minor(one.birth_date, as_of)]
    ties = [FamilyTie(row.id, row.type, row.start_id, row.end_id, has_ended(row, as_of)) for row in known.values()]
    return households(people, ties, minors=minors), ties
