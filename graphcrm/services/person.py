"""One person, as much of them as the viewer may see (C1.2, C2.1, C2.2, C2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graphcrm.database.connection import Database
from graphcrm.domain.power import KeyFigure, PowerWeights, rank_key_figures
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import person as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.changes import changes_of_entity
from graphcrm.services._change_words import ChangeView, change_view, may_read
from graphcrm.services._dates import next_occurrence
from graphcrm.services._evidence import Evidence, evidence
from graphcrm.services._not_found import no_such_person
from graphcrm.services._sensitivity import date_sensitivity, tie_visible, visible_ties
from graphcrm.services._structure import read_structure, structure_asked
from graphcrm.vocabulary import VOCABULARY, Property

GROUPS = ("", "professional", "personal")
"""The groups of features in the order of the page; "" holds who they are and how to reach them."""
_SHOWN_ELSEWHERE = frozenset({"name", "latin_name", "given_name", "patronymic", "family_name", "presence"})


@dataclass(frozen=True, slots=True)
class Feature:
    """One property of the vocabulary with its stored value; None is not known."""

    property: Property
    value: Any


@dataclass(frozen=True, slots=True)
class Occasion:
    """A useful date of the person. ``on`` is the text of a partial date, ``next_on`` the next day it falls on."""

    id: str
    name: str
    kind: str
    on: str
    next_on: date | None
    interest: str | None


@dataclass(frozen=True, slots=True)
class PowerAt:
    """The person's power at one client, the number of people ranked there, and the names reasons speak of, by id."""

    client_id: str
    client_name: str
    figure: KeyFigure
    people: int
    names: Mapping[str, str]
    evidence: Mapping[str, Evidence]


@dataclass(frozen=True, slots=True)
class PersonView:
    """What the viewer may see of one person. Groups, ties and dates they may not see are absent, not empty.

    Attributes:
        features: by group of the vocabulary, every property the viewer may see, known or not.
        withheld: True when the viewer's role leaves something out of every person.
        power: at each client where the person has a place or a stake.
        asked: the queries, for "How was this computed?".
    """

    id: str
    name: str
    latin_name: str | None
    presence: str
    status: str | None
    labels: frozenset[str]
    features: Mapping[str, tuple[Feature, ...]]
    withheld: bool
    sees_personal: bool
    jobs: tuple[queries.PersonJob, ...]
    units: tuple[queries.PersonUnit, ...]
    stakes: tuple[queries.PersonStake, ...]
    ties: tuple[queries.PersonTie, ...]
    coverage: tuple[queries.PersonCoverage, ...]
    affiliations: tuple[queries.PersonAffiliation, ...]
    interests: tuple[queries.PersonInterest, ...]
    occasions: tuple[Occasion, ...]
    interactions: tuple[queries.PersonInteraction, ...]
    changes: tuple[ChangeView, ...]
    power: tuple[PowerAt, ...]
    asked: tuple[Asked, ...]

    @property
    def is_ours(self) -> bool:
        """True for one of our own staff."""
        return any(job.at_own_firm and job.current for job in self.jobs)

    def ties_of(self, tie_type: str, *, outgoing: bool | None = None) -> list[queries.PersonTie]:
        """The ties of one type, in one direction or both."""
        return [tie for tie in self.ties if tie.type == tie_type and outgoing in (None, tie.outgoing)]


def person(
    db: Database, viewer: Viewer, person_id: str, *, as_of: date, weights: PowerWeights | None = None
) -> PersonView:
    """All that ``viewer`` may see of a person as of a day.

    Raises:
        NotFound: there is no such person, or the viewer may not know of them. The two look the same.
    """
    profile = _profile(db, viewer, person_id)
    on_day = {"person_id": person_id, "as_of": as_of}
    jobs = viewer.filter(queries.person_jobs(db, **on_day))
    stakes = tuple(_stake(viewer, stake) for stake in viewer.filter(queries.person_stakes(db, **on_day)))
    places = _places(jobs, stakes).items()
    found = (_power(read_structure(db, viewer, one, as_of), name, person_id, weights) for one, name in places)
    powers = tuple(power for power in found if power is not None)
    sees_personal, sees_all = viewer.sees("personal"), viewer.sees("personal") and viewer.sees("family")
    return PersonView(
        id=profile.id,
        name=profile.name,
        latin_name=profile.properties.get("latin_name"),
        presence=profile.properties.get("presence") or "known",
        status=profile.properties.get("status"),
        labels=frozenset(profile.labels),
        features=_features(viewer, profile.properties),
        withheld=not sees_all,
        sees_personal=sees_personal,
        jobs=tuple(jobs),
        units=tuple(viewer.filter(queries.person_units(db, **on_day))),
        stakes=stakes,
        ties=_ties(db, viewer, on_day),
        coverage=tuple(viewer.filter(queries.person_coverage(db, **on_day))),
        affiliations=tuple(visible_ties(viewer, queries.person_affiliations(db, **on_day))),
        interests=tuple(_interests(db, viewer, person_id)),
        occasions=_occasions(db, viewer, person_id, as_of),
        interactions=_interactions(db, viewer, on_day),
        # A change tells the old value and the new one in free words: only who may see every kind of fact may read it.
        changes=_changes(db, viewer, person_id),
        power=powers,
        asked=_asked(on_day),
    )


def power_asked(client_id: str, as_of: date) -> tuple[Asked, ...]:
    """The queries behind the power score at one client."""
    return structure_asked(client_id, as_of)


def _profile(db: Database, viewer: Viewer, person_id: str) -> queries.PersonProfile:
    """The person. One whom we know only as somebody's relative is a family fact: not there for who may not know."""
    profile = queries.person_profile(db, person_id=person_id)
    if profile is None or ("FamilyMember" in profile.labels and not viewer.sees("family")):
        raise no_such_person()
    return profile


def _ties(db: Database, viewer: Viewer, on_day: Mapping[str, Any]) -> tuple[queries.PersonTie, ...]:
    ties = visible_ties(viewer, queries.person_ties(db, **on_day))
    return tuple(tie for tie in ties if viewer.sees("family") or not tie.other_is_family)


def _features(viewer: Viewer, properties: Mapping[str, Any]) -> dict[str, tuple[Feature, ...]]:
    shown = [
        prop
        for name, prop in VOCABULARY.nodes["Person"].properties.items()
        if viewer.sees(prop.sensitivity) and name not in _SHOWN_ELSEWHERE
    ]
    grouped = {
        group: tuple(Feature(prop, properties.get(prop.name)) for prop in shown if prop.group == group)
        for group in GROUPS
    }
    return {group: features for group, features in grouped.items() if features}


def _stake(viewer: Viewer, stake: queries.PersonStake) -> queries.PersonStake:
    hidden = VOCABULARY.ties["STAKEHOLDER_IN"].properties["agenda_personal"].sensitivity
    return stake if viewer.sees(hidden) else replace(stake, agenda_personal=None)


def _interests(db: Database, viewer: Viewer, person_id: str) -> list[queries.PersonInterest]:
    rows = queries.person_interests(db, person_id=person_id)
    return [row for row in rows if tie_visible(viewer, "INTERESTED_IN", row.sensitivity)]


def _occasions(db: Database, viewer: Viewer, person_id: str, as_of: date) -> tuple[Occasion, ...]:
    """The useful dates the viewer may see, the next one first; those that do not come again last."""
    found = [
        Occasion(row.id, row.name, row.kind, row.on, next_occurrence(row.on, as_of, recurs=row.recurs), row.interest)
        for row in queries.person_dates(db, person_id=person_id)
        if viewer.sees(date_sensitivity(row.kind))
    ]
    return tuple(sorted(found, key=lambda occasion: (occasion.next_on or date.max, occasion.on, occasion.id)))


def _interactions(db: Database, viewer: Viewer, on_day: Mapping[str, Any]) -> tuple[queries.PersonInteraction, ...]:
    """The contacts; a relative who took part is named only to who may know of relatives."""
    rows = queries.person_interactions(db, **on_day)
    seen = viewer.sees("family")
    return tuple(
        replace(row, participants=[other for other in row.participants if seen or not other["family"]]) for row in rows
    )


def _places(jobs: Iterable[queries.PersonJob], stakes: Iterable[queries.PersonStake]) -> dict[str, str]:
    """Names by id of the clients where the person works or has a standing stake."""
    places = {job.organization_id: job.organization_name for job in jobs if job.at_client and job.current}
    standing = (stake for stake in stakes if stake.subject_kind == "client" and stake.current)
    return places | {stake.subject_id: stake.subject_name for stake in standing}


def _power(structure: PowerStructure, client_name: str, person_id: str, weights: PowerWeights | None) -> PowerAt | None:
    figures = rank_key_figures(structure, weights)
    own = next((figure for figure in figures if figure.person_id == person_id), None)
    if own is None:
        return None
    proof = evidence(structure, client_name)
    return PowerAt(structure.client_id, client_name, own, len(figures), structure.names, proof)


def _asked(on_day: Mapping[str, Any]) -> tuple[Asked, ...]:
    person_id = {"person_id": on_day["person_id"]}
    dated = (
        queries.person_jobs,
        queries.person_units,
        queries.person_stakes,
        queries.person_ties,
        queries.person_coverage,
        queries.person_affiliations,
        queries.person_interactions,
    )
    plain = (queries.person_profile, queries.person_interests, queries.person_dates)
    return tuple(asked(query, **person_id) for query in plain) + tuple(asked(query, **on_day) for query in dated)


def _changes(db: Database, viewer: Viewer, person_id: str) -> tuple[ChangeView, ...]:
    """What was changed about the person, newest first; changes that came with a file tell no sensitivity of theirs."""
    records = changes_of_entity(db, entity_id=person_id)
    seen = [one for one in records if may_read(viewer, one, "family")]
    return tuple(change_view(db, viewer, one) for one in seen)
