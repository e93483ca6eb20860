"""The family profile of a person (C2.3): stored ties, derived kinship with its chain, and what is to be watched.

Only who may see family facts gets one. Kinship is computed at each call and never stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain import family as judge
from graphcrm.domain.kinship import Family, FamilyTie, Relative, relatives
from graphcrm.domain.viewer import Viewer
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.queries import family as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.family import FamilyPerson, FamilyTieRow
from graphcrm.services._family_ties import has_ended, is_over
from graphcrm.services._not_found import no_such_person
from graphcrm.services._sensitivity import tie_visible
from graphcrm.vocabulary.kinship import kinship_name

__all__ = [
    "FamilyFact",
    "FamilyMember",
    "FamilyProfile",
    "WorkTie",
    "chain_words",
    "family_profile",
    "relation_name",
    "work_words",
]

ROUNDS = 9
"""Steps along stored ties within which relatives are looked for: the longest chain that has a name."""
MOST_PEOPLE = 300
OFFICIAL = frozenset({"public_official", "politically_exposed"})


@dataclass(frozen=True, slots=True)
class WorkTie:
    """Where a relative works, if that is a conflict of interest.

    ``kind``: client, partner, competitor, own_firm, public_body or official (the person is one).
    """

    kind: str
    organization_id: str | None
    organization_name: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """A relative.

    Attributes:
        relative: the chain that proves the kinship; ``kinship_name`` names it.
        age: full years; None when that is not certain. minor: under age, or perhaps so.
        excess: of a child, what is kept beyond given name and year.
        conflicts: work that makes a conflict of interest with our dealings (C2.5).
    """

    relative: Relative
    person: FamilyPerson
    age: int | None
    minor: bool
    excess: tuple[str, ...]
    conflicts: tuple[WorkTie, ...]

    @property
    def id(self) -> str:
        """The person's id."""
        return self.person.id

    @property
    def generation(self) -> int:
        """See :func:`graphcrm.domain.family.generation`."""
        return judge.generation(self.relative)


@dataclass(frozen=True, slots=True)
class FamilyFact:
    """A stored tie with what privacy asks of it: source, date, why it is kept, and whether it is to be reviewed."""

    tie: FamilyTieRow
    ended: bool
    due: bool


@dataclass(frozen=True, slots=True)
class FamilyProfile:
    """A person's family as of a day.

    Attributes:
        members: the closest first.
        names: id -> name of everybody on a chain, the person too.
        facts: every stored tie between the person and the members, the ones to be reviewed first.
        cut: more relatives were found than are shown.
    """

    person_id: str
    names: Mapping[str, str]
    members: tuple[FamilyMember, ...]
    facts: tuple[FamilyFact, ...]
    cut: bool
    asked: tuple[Asked, ...]

    @property
    def conflicts(self) -> tuple[FamilyMember, ...]:
        """Relatives whose work is a conflict of interest."""
        return tuple(member for member in self.members if member.conflicts)


def family_profile(db: Database, viewer: Viewer, person_id: str, *, as_of: date) -> FamilyProfile | None:
    """The family of a person, or None for a viewer who may not know of families.

    Raises:
        NotFound: there is no such person.
    """
    if not viewer.sees("family"):
        return None
    rows, known, cut = _collect(db, viewer, person_id, as_of)
    people = {one.id: one for one in queries.family_people(db, person_ids=sorted(known), as_of=as_of)}
    if person_id not in people:
        raise no_such_person()
    ties = tuple(
        FamilyTie(row.id, row.type, row.start_id, row.end_id, has_ended(row, as_of))
        for row in rows
        if row.type == "SPOUSE_OF" or not is_over(row, as_of)
    )
    found = relatives(Family(ties, {one.id: one.gender or "" for one in people.values()}), person_id)
    members = tuple(_member(relative, people[relative.person_id], viewer, as_of) for relative in found)
    shown = {person_id, *(member.id for member in members)}
    facts = [
        FamilyFact(row, has_ended(row, as_of), judge.review_due(row.review_on, row.last_verified, as_of))
        for row in rows
        if {row.start_id, row.end_id} <= shown and (row.type == "SPOUSE_OF" or not is_over(row, as_of))
    ]
    return FamilyProfile(
        person_id=person_id,
        names={one.id: one.name for one in people.values()},
        members=members,
        facts=tuple(sorted(facts, key=lambda fact: (not fact.due, fact.tie.id))),
        cut=cut,
        asked=(
            asked(queries.family_ties, person_ids=[person_id], as_of=as_of),
            asked(queries.family_people, person_ids=sorted(known), as_of=as_of),
        ),
    )


def _collect(db: Database, viewer: Viewer, person_id: str, as_of: date) -> tuple[list[FamilyTieRow], set[str], bool]:
    """(ties that the viewer may see, everybody on them, whether there are more), round by round from the person."""
    rows: dict[str, FamilyTieRow] = {}
    known, new = {person_id}, {person_id}
    for _round in range(ROUNDS):
        if not new or len(known) > MOST_PEOPLE:
            break
        found = queries.family_ties(db, person_ids=sorted(new), as_of=as_of)
        rows.update((row.id, row) for row in found if tie_visible(viewer, row.type, row.sensitivity))
        ends = {end for row in rows.values() for end in (row.start_id, row.end_id)}
        new = ends - known
        known |= ends
    return sorted(rows.values(), key=lambda row: row.id), known, len(known) > MOST_PEOPLE


def _member(relative: Relative, person: FamilyPerson, viewer: Viewer, as_of: date) -> FamilyMember:
    minor = judge.is_minor(person.birth_date, as_of)
    names = [name for name in ("family_name", "patronymic") if getattr(person, name)]
    return FamilyMember(
        relative=relative,
        person=person,
        age=judge.age(person.birth_date, as_of),
        minor=minor,
        excess=judge.child_excess(person.birth_date, (*names, *person.details)) if minor else (),
        conflicts=tuple(_conflicts(person, [job for job in person.jobs if viewer.sees(job["sensitivity"])])),
    )


def _conflicts(person: FamilyPerson, jobs: Sequence[Mapping[str, Any]]) -> list[WorkTie]:
    kinds = {"client": "client", "partner": "partner", "competitor": "competitor", "ours": "own_firm"}
    found = [
        WorkTie(kind, job["organization_id"], job["organization_name"], job["title"])
        for job in jobs
        for flag, kind in kinds.items()
        if job[flag]
    ]
    found += [
        WorkTie("public_body", job["organization_id"], job["organization_name"], job["title"])
        for job in jobs
        if job["official_status"] in OFFICIAL | {"state_owned"}
    ]
    if person.official_status in OFFICIAL:
        found.append(WorkTie("official", None, None, None))
    return found


def relation_name(member: FamilyMember) -> str:
    """What the relative is to the person."""
    return kinship_name(member.relative.path, language(), half=member.relative.half)


def work_words(tie: WorkTie) -> str:
    """Where a relative works, in words."""
    kinds = {
        "client": _("works at a client"),
        "partner": _("works at a partner of a client"),
        "competitor": _("works at a competitor"),
        "own_firm": _("works with us"),
        "public_body": _("works at a public body or a state-owned firm"),
        "official": _("is an official or a politically exposed person"),
    }
    where = ", ".join(part for part in (tie.title, tie.organization_name) if part)
    return f"{kinds[tie.kind]} ({where})" if where else kinds[tie.kind]


def chain_words(family: FamilyProfile, member: FamilyMember) -> str:
    """``Anna (sister) → Pavel (son)``: each step by what it is to the one before; "" for a step that is stored."""
    steps = member.relative.chain[:-1]
    words = [f"{family.names[step.person_id]} ({kinship_name(step.letter, language())})" for step in steps]
    return " → ".join([*words, kinship_name(member.relative.chain[-1].letter, language())]) if words else ""
