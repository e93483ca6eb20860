"""How to reach a person (C1.2, C1.4, A5.4, D1): the warmest allowed chains, the ties to ask about, the ledger.

Kin, people at odds and what is marked "do not use" bar a way for everybody, also for viewers who may not see why.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.introductions import MAX_TIES, SHOWN, Chain, Circle, Ways, build_network, ways_to
from graphcrm.domain.introductions_warmth import MET, Acquaintance, Standing
from graphcrm.domain.reasoned_ties import ReasonedTie, reasoned_ties
from graphcrm.domain.relationship_strength import Contact
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import introductions as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.introductions import LedgerEntry
from graphcrm.services._introductions import Reach, how_exact, how_far, link_line, link_name, reach_lines
from graphcrm.services._not_found import no_such_person
from graphcrm.services._reasoned import both_visible, shared
from graphcrm.services._sensitivity import tie_visible

__all__ = [
    "Chain",
    "LedgerEntry",
    "Reach",
    "ReasonedTie",
    "Ways",
    "how_exact",
    "how_far",
    "link_line",
    "link_name",
    "reach",
    "reach_lines",
    "reasoned",
]

MOST_TIES = 5_000
"""Of a circle; a larger one is cut off, and the answer says so."""
_DONE = frozenset({"made", "agreed"})


def reach(db: Database, viewer: Viewer, person_id: str, *, as_of: date, most: int = SHOWN) -> Reach:
    """The warmest allowed chains from our own people to a person.

    Raises:
        NotFound: there is no such person, or the viewer may not know of them.
    """
    circle, known, ledger = _circle(db, viewer, person_id, as_of)
    target = known[person_id]
    names = {person.id: person.name for person in known.values()}
    ours = target.is_ours
    ways = Ways((), (), exact=True) if ours else ways_to(circle, names, most=most)
    shown = {one for chain in (*ways.warm, *ways.cold) for one in chain.people} | {person_id}
    asking = {one for chain in (*ways.warm, *ways.cold) for one in chain.go_betweens} | {person_id}
    absent = not _can_be_met(target, viewer)
    lacking = not ways.warm and not ways.cold and not ours and not absent
    return Reach(
        person_id=person_id,
        name=target.name,
        as_of=as_of,
        ours=ours,
        absent=absent,
        ways=ways,
        names=names,
        jobs={one: _job(known[one]) for one in shown if one in known},
        nearest=_nearest(db, viewer, person_id, as_of) if lacking else None,
        ledger=tuple(one for one in ledger if one.introduced_id == person_id or one.introducer_id in asking),
        asked=_asked(person_id, sorted(known), as_of),
    )


def _circle(
    db: Database, viewer: Viewer, person_id: str, as_of: date
) -> tuple[Circle, dict[str, queries.CirclePerson], list[LedgerEntry]]:
    """The circle, all in it who may be spoken of and the person, and the ledger of theirs, newest first."""
    found = queries.introduction_circle(db, person_id=person_id, as_of=as_of, most=MOST_TIES)
    if found is None:
        raise no_such_person()
    ties = [queries.WalkableTie(**one) for one in found.ties]
    met = [queries.Meeting(**one) for one in found.meetings]
    ids = {person_id} | {end for tie in ties for end in (tie.one_id, tie.other_id)}
    ids |= {end for one in met for end in (one.person_id, one.employee_id)}
    around = {row.id: row for row in queries.introduction_people(db, person_ids=sorted(ids), as_of=as_of)}
    target = around.get(person_id)
    if target is None or (target.is_family and not viewer.sees("family")):
        raise no_such_person()
    known = {one.id: one for one in around.values() if one.is_ours or _can_be_met(one, viewer)}
    seen = [
        tie for tie in ties
        if tie_visible(viewer, tie.kind, tie.sensitivity) and {tie.one_id, tie.other_id} <= known.keys()
    ]  # fmt: skip
    ledger = _ledger(viewer, around.values())
    circle = Circle(
        target_id=person_id,
        as_of=as_of,
        ours=frozenset(one.id for one in known.values() if one.is_ours),
        ties=(*(_tie(viewer, tie) for tie in seen), *_met(one for one in met if one.person_id in known)),
        standings=_standings(viewer, (one for one in known.values() if not one.is_ours), met, ledger),
        barred=frozenset(frozenset((one.id, other)) for one in around.values() for other in one.barred_ids),
        whole=found.whole,
    )
    return circle, known | {person_id: target}, ledger


def _ledger(viewer: Viewer, people: Iterable[queries.CirclePerson]) -> list[LedgerEntry]:
    """The introductions of some people that the viewer may know of, newest first."""
    entries = {entry["id"]: LedgerEntry(**entry) for one in people for entry in one.introductions}
    seen = [one for one in entries.values() if viewer.sees("family") or not one.is_family]
    return sorted(seen, key=lambda one: (-(one.asked_on or date.max).toordinal(), one.id))


def _can_be_met(person: queries.CirclePerson, viewer: Viewer) -> bool:
    """A vacant seat and the dead are met by nobody, a mere relative by nobody who may not know of them."""
    alive = person.presence != "vacant" and person.status != "deceased"
    return alive and (viewer.sees("family") or not person.is_family)


def _tie(viewer: Viewer, row: queries.WalkableTie) -> Acquaintance:
    # What a friendship is about is as personal as the friendship.
    told = row.basis != "friendship" or viewer.sees("personal")
    return Acquaintance(
        row.id, row.kind, row.one_id, row.other_id, row.strength, row.confidence, row.last,
        row.about if told else None, row.coverage, row.level, source=row.source,
    )  # fmt: skip


def _met(rows: Iterable[queries.Meeting]) -> list[Acquaintance]:
    """One tie for each of ours and each person whom they were in touch with."""
    found: dict[tuple[str, str], list[queries.Meeting]] = {}
    for row in rows:  # newest first
        found.setdefault((row.employee_id, row.person_id), []).append(row)
    return [
        Acquaintance(met[0].id, MET, *pair, last=met[0].on,
                     contacts=tuple(Contact(one.id, one.on, one.kind, one.mood) for one in met))
        for pair, met in found.items()
    ]  # fmt: skip


def _standings(
    viewer: Viewer,
    people: Iterable[queries.CirclePerson],
    met: Iterable[queries.Meeting],
    ledger: Iterable[LedgerEntry],
) -> dict[str, Standing]:
    moods: dict[str, queries.Meeting] = {}
    for contact in met:  # newest first
        if contact.mood:
            moods.setdefault(contact.person_id, contact)
    entries = list(ledger)
    standings = {}
    for person in people:
        stance = next((support for support, sensitivity in person.stances if viewer.sees(sensitivity)), None)
        mood = moods.get(person.id)
        own = [entry.status for entry in entries if entry.introducer_id == person.id]
        standings[person.id] = Standing(
            person.id,
            stance,
            mood.mood if mood else None,
            mood.on if mood else None,
            sum(status in _DONE for status in own),
            own.count("refused"),
        )
    return standings


def _nearest(db: Database, viewer: Viewer, person_id: str, as_of: date) -> queries.NearestChain | None:
    rows = queries.introduction_nearest(db, person_id=person_id, as_of=as_of)
    longer = (row for row in rows if row.ties > MAX_TIES)
    return next((row for row in longer if all(viewer.sees(one) for one in row.sensitivities)), None)


def _job(person: queries.CirclePerson) -> str:
    job = person.job or {}
    return ", ".join(part for part in (job.get("title"), job.get("name")) if part)


def _asked(person_id: str, everybody: list[str], as_of: date) -> tuple[Asked, ...]:
    return (
        asked(queries.introduction_circle, person_id=person_id, as_of=as_of, most=MOST_TIES),
        asked(queries.introduction_people, person_ids=everybody, as_of=as_of),
        asked(queries.introduction_nearest, person_id=person_id, as_of=as_of),
    )


def reasoned(db: Database, viewer: Viewer, person_id: str, *, as_of: date) -> list[ReasonedTie]:
    """Whom the person may know, with rule and proof; those who would help us most first. They count nowhere."""
    rows = queries.introduction_shared_places(db, person_id=person_id, as_of=as_of)
    places = [shared(row) for row in rows if both_visible(viewer, row)]
    team = {row.other_id: 1.0 for row in rows if row.is_ours}
    others = sorted({place.other_id for place in places} - team.keys())
    touching: dict[str, Any] = {"person_ids": others, "as_of": as_of}
    ties = [_tie(viewer, row) for row in queries.introduction_contacts(db, **touching)
            if tie_visible(viewer, row.kind, row.sensitivity)]  # fmt: skip
    ties += _met(queries.introduction_meetings(db, **touching))
    network = build_network(Circle(person_id, as_of, frozenset(team), tuple(ties)))
    warmth = {one: max(link.warmth.value for link in network[one].values()) for one in network.keys() & set(others)}
    return reasoned_ties(places, as_of, team | warmth)
