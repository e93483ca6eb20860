"""What breaks at a client, and what would mend it (C1.8, C2.1, D1): scenarios thought through, never written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.access import names_of_all
from graphcrm.domain.power import PowerWeights
from graphcrm.domain.scenario import Change, Kind
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.domain.what_if import Move, Side, WhatIf
from graphcrm.domain.what_if import what_if as compare
from graphcrm.errors import InvalidInput
from graphcrm.i18n import translate as _
from graphcrm.queries import client as client_queries
from graphcrm.queries import editing as editing_queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._evidence import Evidence, evidence
from graphcrm.services._stance import Subject, client_of, read_structure_of, structure_asked_of
from graphcrm.services._structure import known_client
from graphcrm.services._wording import day, number, percent, value_name

SEED = 2006
"""Where states of the network have to be drawn they are the same every time, so that the answer is too."""
SHOWN_MATCHES = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be taken away, or one of ours who could make a contact. ``note``: title, firm, or the tie."""

    kind: Kind
    id: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class WhatIfAtClient:
    """The comparison for one client as of a day.

    Attributes:
        names: of everybody on either side, of theirs, outside and ours, by id.
        choices: what could be taken away: people of theirs, of ours, outsiders, partners.
        ours: our people who could make a contact.
        evidence: every tie that a reason may name, by id; those of the scenario too.
        asked: the queries.
    """

    client_id: str
    client_name: str
    changes: tuple[Change, ...]
    result: WhatIf
    names: Mapping[str, str]
    choices: tuple[Choice, ...]
    ours: tuple[Choice, ...]
    evidence: Mapping[str, Evidence]
    asked: tuple[Asked, ...]

    @property
    def structure(self) -> PowerStructure:
        """The structure as it is."""
        return self.result.before.structure


def what_if(
    db: Database,
    viewer: Viewer,
    subject: Subject,
    *,
    as_of: date,
    changes: Sequence[Change] = (),
    weights: PowerWeights | None = None,
) -> WhatIfAtClient:
    """Compare a client's power structure with what it would be after some changes. Nothing is written.

    Raises:
        NotFound: there is no such client, or no such deal there.
    """
    client_id = client_of(subject)
    facts = known_client(db, client_id)
    structure = read_structure_of(db, viewer, subject, as_of)
    ours = tuple(Choice("employee", row.id, row.name) for row in editing_queries.list_of_kind(db, label="Employee"))
    known = {one.id: one.name for one in ours}
    named = tuple(_named(one, known) for one in changes)
    result = compare(structure, named, seed=SEED, weights=weights)
    proof = evidence(structure, facts.name) | evidence(result.after.structure, facts.name)
    return WhatIfAtClient(
        client_id=client_id,
        client_name=facts.name,
        changes=named,
        result=result,
        names={**known, **names_of_all(result.after.structure), **names_of_all(structure)},
        choices=_choices(structure),
        ours=ours,
        evidence=proof,
        asked=(
            asked(client_queries.client_facts, client_id=client_id),
            *structure_asked_of(subject, as_of),
            asked(editing_queries.list_of_kind, label="Employee"),
        ),
    )


def tie_choices(found: WhatIfAtClient) -> tuple[Choice, ...]:
    """The ties that can be taken away: influences and contacts, by the names of their ends."""
    structure = found.structure
    wanted = {tie.id for tie in (*structure.influences, *structure.coverage)}
    ties = (tie for tie in found.evidence.values() if tie.id in wanted)
    choices = (Choice("tie", tie.id, f"{tie.source_name} → {tie.target_name}", tie.type) for tie in ties)
    return tuple(sorted(choices, key=lambda choice: (choice.name, choice.id)))


def leavers(found: WhatIfAtClient) -> tuple[Choice, ...]:
    """Everybody of whom it is known that they leave, theirs and ours; the note is their last day."""
    structure = found.structure
    theirs = [Choice("person", one.id, one.name, day(one.leaves_on)) for one in structure.people if one.leaves_on]
    ours = [
        Choice("employee", tie.employee_id, tie.employee_name, day(tie.employee_leaves_on))
        for tie in structure.coverage
        if tie.employee_leaves_on
    ]
    return tuple(dict.fromkeys((*theirs, *ours)))


def resolve(found: WhatIfAtClient, text: str) -> Change:
    """The removal that ``text`` means: an id of a person, partner or tie, or a part of one's name that is unique.

    Raises:
        InvalidInput: nothing at this client fits, or several do.
    """
    choices = (*found.choices, *tie_choices(found))
    exact = [choice for choice in choices if choice.id == text]
    words = text.casefold()
    fitting = exact or [one for one in found.choices if words in one.name.casefold()] if words.strip() else []
    if not fitting:
        raise InvalidInput(
            "Nobody and nothing at this client fits {text}.", mend="Give an id, or a part of a name.", text=repr(text)
        )
    if len(fitting) > 1:
        names = ", ".join(f"{one.name} ({one.id})" for one in fitting[:SHOWN_MATCHES])
        raise InvalidInput("{text} fits several: {names}.", mend="Give the id.", text=repr(text), names=names)
    return Change(fitting[0].kind, fitting[0].id)


def _named(change: Change, ours: Mapping[str, str]) -> Change:
    return replace(change, name=ours.get(change.source_id, change.source_id)) if change.kind == "contact" else change


def _choices(structure: PowerStructure) -> tuple[Choice, ...]:
    people = [Choice("person", one.id, one.name, one.title or "") for one in structure.people]
    ours = {tie.employee_id: Choice("employee", tie.employee_id, tie.employee_name) for tie in structure.coverage}
    outside = [
        Choice("person", one.id, one.name, ", ".join(filter(None, (one.title, one.organization_name))))
        for one in structure.outsiders
    ]
    partners = {
        one.organization_id: Choice("partner", one.organization_id, one.organization_name or one.organization_id)
        for one in structure.outsiders
        if one.organization_id
    }
    return (*people, *ours.values(), *outside, *partners.values())


def change_words(found: WhatIfAtClient, change: Change) -> str:
    """A change in words."""
    names = found.names
    if change.kind == "tie":
        tie = found.evidence.get(change.id)
        return _("without the tie {tie}", tie=f"{tie.source_name} → {tie.target_name}" if tie else change.id)
    if change.kind in ("person", "employee"):
        return _("without {person}", person=names.get(change.id, change.id))
    if change.kind == "partner":
        partner = next((one.name for one in found.choices if one.id == change.id), change.id)
        return _("without the partner {partner}", partner=partner)
    source, target = names.get(change.source_id, change.source_id), names.get(change.target_id, change.target_id)
    if change.kind == "contact":
        return _("with a contact: {employee} and {person}", employee=source, person=target)
    strength = _("not known") if change.strength is None else number(change.strength)
    return _(
        "with an influence of strength {strength}: {source} on {target}",
        strength=strength,
        source=source,
        target=target,
    )


def result_lines(found: WhatIfAtClient) -> Iterator[str]:
    """The comparison in sentences: reach, people, ranking, health, and on whom everything hangs."""
    before, after = found.result.before, found.result.after
    yield _("Share of the decision that we reach: {before}, then {after}.", before=_share(before), after=_share(after))
    yield _(
        "People whom we reach: {before}, then {after}.",
        before=len(before.access.ways),
        after=len(after.access.ways),
    )
    levels = [value_name("map_health", str(side.health.level)) for side in (before, after)]
    yield _("Power map: {before}, then {after}.", before=levels[0], after=levels[1])
    yield hangs_line(found)
    yield _(
        "Pairs of people between whom no influence leads: {before}, then {after}.",
        before=percent(before.fragmentation),
        after=percent(after.fragmentation),
    )


def hangs_line(found: WhatIfAtClient) -> str:
    """On whom our ways to those who decide would hang."""
    after, names = found.result.after, found.names
    if after.access.cut is None:
        return _("It is not known who decides, so it is not known on whom the ways to them hang.")
    if not any(person in after.access.ways for person in after.access.deciders):
        return _("No way of ours leads to anybody who decides.")
    people = ", ".join(
        f"{names.get(one.id, one.id)} ({', '.join(names.get(lost, lost) for lost in one.lost)})"
        for one in after.access.singles
    )
    if people:
        return _("Everything hangs on one person for those in brackets, who decide: {people}.", people=people)
    return _("No way to those who decide hangs on one person alone.")


def rank_words(move: Move) -> str:
    """How somebody's rank changes, in words."""
    if move.after is None:
        return _("rank {rank}, then gone", rank=move.before.rank if move.before else "")
    if move.before is None:
        return _("new, rank {rank}", rank=move.after.rank)
    return _("rank {before}, then {after}", before=move.before.rank, after=move.after.rank)


def _share(side: Side) -> str:
    return _("not known") if side.reach.value is None else percent(side.reach.value)
