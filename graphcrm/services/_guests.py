"""Who could be invited to an event, with all that speaks for and against it. Shared; not a service itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.coverage import Pair, coverage_findings
from graphcrm.domain.goodwill_rules import Verdict
from graphcrm.domain.guests import GAPS, Candidate
from graphcrm.domain.map_health import coverage_summary
from graphcrm.domain.power import KeyFigure, PowerWeights, rank_key_figures
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import events as queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.queries.events import EventCandidate, EventFacts
from graphcrm.services._clientele import read_structures
from graphcrm.services._coverage import pairs_asked, read_pairs
from graphcrm.services._event_rules import read_rules


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who could be invited.

    Attributes:
        people: one for each person, at the client where they have most power.
        verdicts: what the rules of goodwill say of each.
        clients: id -> name.
    """

    people: tuple[Candidate, ...]
    verdicts: Mapping[str, Verdict]
    clients: Mapping[str, str]
    asked: tuple[Asked, ...]


def read_candidates(
    db: Database,
    viewer: Viewer,
    facts: EventFacts,
    invited: Mapping[str, str],
    as_of: date,
    client_ids: list[str] | None = None,
) -> Candidates:
    """Everybody of theirs at some clients, or at all of them, with why they can or cannot be invited.

    Args:
        invited: id of each person who is on the list already -> id of the invitation.
    """
    rows = queries.event_candidates(db, as_of=as_of, client_ids=client_ids)
    rows = [row for row in rows if viewer.sees("family") or not row.is_family]
    clients = {row.client_id: row.client_name for row in rows}
    structures = read_structures(db, viewer, as_of, list(clients))
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for pair in read_pairs(db, viewer, list(clients), as_of):
        pairs[pair.client_id].append(pair)
    judged = {one: _at_client(structures[one], pairs[one]) for one in clients if one in structures}
    rules = read_rules(db, facts, {row.person_id for row in rows}, invited, as_of)
    found: dict[str, Candidate] = {}
    verdicts: dict[str, Verdict] = {}
    for row in rows:
        figure, gap = judged.get(row.client_id, ({}, {}))
        verdict = rules.verdict(viewer, row.person_id)
        candidate = _candidate(structures.get(row.client_id), row, figure.get(row.person_id), gap)
        candidate = _barred(candidate, row, facts, verdict, invited)
        held = found.get(row.person_id)
        if held is None or (candidate.power or 0.0) > (held.power or 0.0):
            found[row.person_id], verdicts[row.person_id] = candidate, verdict
    wanted = (asked(queries.event_candidates, as_of=as_of, client_ids=client_ids), *pairs_asked(list(clients), as_of))
    return Candidates(tuple(found.values()), verdicts, clients, wanted)


Gaps = Mapping[str, tuple[str, str]]
"""Id -> key of :data:`GAPS` and the name of ours whom it concerns."""


def _at_client(structure: PowerStructure, pairs: list[Pair]) -> tuple[dict[str, KeyFigure], Gaps]:
    """The power of everybody at a client, and what is amiss with their coverage: the gravest only."""
    figures = rank_key_figures(structure, PowerWeights())
    names = {pair.employee_id: pair.employee_name for pair in pairs}
    gaps: dict[str, tuple[str, str]] = {}
    findings = coverage_findings(structure, figures, coverage_summary(structure, figures), pairs)
    for finding in sorted(findings, key=lambda one: -GAPS.get(one.kind, 0.0)):
        if finding.person_id and finding.kind in GAPS:
            gaps.setdefault(finding.person_id, (finding.kind, names.get(finding.employee_id or "", "")))
    return {figure.person_id: figure for figure in figures}, gaps


def _candidate(
    structure: PowerStructure | None, row: EventCandidate, figure: KeyFigure | None, gaps: Gaps
) -> Candidate:
    person = structure.by_id.get(row.person_id) if structure else None
    gap, employee = gaps.get(row.person_id, ("", ""))
    return Candidate(
        person_id=row.person_id,
        name=row.person_name,
        client_id=row.client_id,
        client_name=row.client_name,
        power=figure.score.value if figure else None,
        is_key=bool(figure and figure.is_key),
        roles=person.roles if person else frozenset(),
        support=person.support if person else "unknown",
        gap=gap,
        gap_with=employee,
    )


def _barred(
    one: Candidate, row: EventCandidate, facts: EventFacts, verdict: Verdict, invited: Collection[str]
) -> Candidate:
    code, params = "", {}
    never = verdict.of("never")
    if row.person_id in invited:
        code = "barred_invited"
    elif row.leaves_on and facts.on and row.leaves_on <= facts.on and row.status == "active":
        code, params = "barred_leaves", {"date": row.leaves_on}
    elif never:
        code, params = never[0].code, dict(never[0].params)
    return replace(one, barred=code, params=params) if code else one
