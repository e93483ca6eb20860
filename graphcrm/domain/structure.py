"""The power structure of one client as of one day: who is there, who reports to whom, who sways whom, who covers them.

Plain frozen records, read from the graph by the queries, plus the networkx graphs that the measures of power run on.
Bad data are met, not refused: cycles in reports-to, several heads, two jobs, ties to people who are not listed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

import networkx as nx

from graphcrm.domain.structure_graphs import build_influence_graph, build_reporting_graph, chart_depths, reachable
from graphcrm.domain.structure_ties import InfluenceTie, ReportingLine

Number = TypeVar("Number", int, float)

ROLES = (
    "economic_buyer",
    "decision_maker",
    "approver",
    "influencer",
    "technical_evaluator",
    "user",
    "payment_decider",
    "payment_influencer",
    "gatekeeper",
    "champion",
    "coach",
    "blocker",
    "procurement",
    "legal",
)
SUPPORTS = ("mentor", "supporter", "neutral", "non_supporter", "enemy", "unknown")
POLITICAL_STATUSES = ("inner_circle", "political_structure", "outside", "unknown")
COVERAGES = ("in_depth", "multiple", "brief", "none", "unknown")

UNKNOWN = "unknown"
SUPPORTIVE = frozenset({"mentor", "supporter"})
COVERED = frozenset({"in_depth", "multiple", "brief"})


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A person at the client. Lists and ties that were not found are empty, facts that are not known None or "unknown".

    Attributes:
        level: 1 is the head of the organisation, 2 reports to the head, and so on.
        roles: codes of the enumeration ``role``; empty means that no role is known.
        support: code of ``support``: the stance towards us.
        political_status: code of ``political_status``.
        works_at_id, stakeholder_id: ids of the ties that say so (WORKS_AT, STAKEHOLDER_IN).
        more_tie_ids: ids of the ties of the same kinds merged into this record: a second job, a second stakeholding.
        confidence, source, last_verified: of the STAKEHOLDER_IN tie. 0-1, words, date.
        leaves_on: the last day at the client where it is known: the text of a partial date.
        presence: code of ``presence``: known by name, by function only, or a vacant seat.
        interest: 0-10, the user's own estimate of how much our matter concerns the person.
        open_deal_ids: deals under way in which the person is a stakeholder.
        interactions_last_year: contacts with us in the twelve months before the day; None when nobody counted.
    """

    id: str
    name: str
    title: str | None = None
    level: int | None = None
    unit_id: str | None = None
    unit_name: str | None = None
    roles: frozenset[str] = frozenset()
    support: str = UNKNOWN
    political_status: str = UNKNOWN
    works_at_id: str | None = None
    stakeholder_id: str | None = None
    confidence: float | None = None
    source: str | None = None
    last_verified: date | None = None
    leaves_on: str | None = None
    presence: str = "known"
    interest: float | None = None
    open_deal_ids: tuple[str, ...] = ()
    interactions_last_year: int | None = None
    more_tie_ids: tuple[str, ...] = ()

    @property
    def is_vacant(self) -> bool:
        """True for a seat in which nobody sits."""
        return self.presence == "vacant"

    @property
    def is_supportive(self) -> bool:
        """True for a mentor or a supporter."""
        return self.support in SUPPORTIVE


@dataclass(frozen=True, slots=True)
class Outsider:
    """A person who is not at the client but has a tie to somebody there: an auditor, an owner, a former colleague."""

    id: str
    name: str
    title: str | None = None
    organization_id: str | None = None
    organization_name: str | None = None


@dataclass(frozen=True, slots=True)
class ConflictTie:
    """Two people at odds; the order of the two means nothing."""

    id: str
    source_id: str
    target_id: str
    reason: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class CoverageTie:
    """One of our employees covers a person at the client.

    Attributes:
        coverage: code of ``coverage``.
        level_now, level_wanted: codes of ``relationship_level``.
        strength: 0-10, how strong the relation is; None is not known.
        last_contact: the last day on which the two were in touch.
        employee_leaves_on: the last day of the employee with us where it is known: the text of a partial date.
    """

    id: str
    person_id: str
    employee_id: str
    employee_name: str
    coverage: str = UNKNOWN
    level_now: str | None = None
    level_wanted: str | None = None
    strength: float | None = None
    last_contact: date | None = None
    employee_leaves_on: str | None = None


@dataclass(frozen=True, slots=True)
class FirstContact:
    """With whom at the client the first sales contact was made, and by whom of ours (FIRST_CONTACT, C1.1).

    ``on`` is the text of a partial date.
    """

    id: str
    person_id: str
    person_name: str
    on: str | None = None
    employee_id: str | None = None
    employee_name: str | None = None
    confidence: float | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal for which a structure was read.

    Attributes:
        tie_ids: the stakes in it. differing: ids of the people of whom it states something else than holds as a rule.
    """

    id: str
    name: str
    tie_ids: frozenset[str] = frozenset()
    differing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PowerStructure:
    """A client's power structure as of a day.

    Two records of one person (two jobs, two stakes) are merged into one; see :func:`merge_records`.
    ``deal`` is None for what holds as a rule.
    The graphs and indexes are computed once and shared: do not change them.
    """

    client_id: str
    as_of: date
    people: tuple[Stakeholder, ...] = ()
    reporting: tuple[ReportingLine, ...] = ()
    influences: tuple[InfluenceTie, ...] = ()
    conflicts: tuple[ConflictTie, ...] = ()
    coverage: tuple[CoverageTie, ...] = ()
    outsiders: tuple[Outsider, ...] = ()
    deal: Deal | None = None

    def __post_init__(self) -> None:
        merged: dict[str, Stakeholder] = {}
        for person in self.people:
            known = merged.get(person.id)
            merged[person.id] = person if known is None else merge_records(known, person)
        object.__setattr__(self, "people", tuple(merged.values()))

    @cached_property
    def by_id(self) -> dict[str, Stakeholder]:
        """The client's people by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def names(self) -> dict[str, str]:
        """Names by id, of the client's people and of the outsiders."""
        return {person.id: person.name for person in (*self.outsiders, *self.people)}

    @cached_property
    def coverage_of(self) -> dict[str, tuple[CoverageTie, ...]]:
        """Coverage ties by the id of the person covered."""
        found: dict[str, tuple[CoverageTie, ...]] = {}
        for tie in self.coverage:
            found[tie.person_id] = (*found.get(tie.person_id, ()), tie)
        return found

    def influence_graph(self) -> nx.DiGraph:
        """Who sways whom; see :func:`~graphcrm.domain.structure_graphs.build_influence_graph`."""
        return self._influence_graph

    def reporting_graph(self) -> nx.DiGraph:
        """Who reports to whom; see :func:`~graphcrm.domain.structure_graphs.build_reporting_graph`."""
        return self._reporting_graph

    def depths(self) -> dict[str, int]:
        """Levels counted down the chart; see :func:`~graphcrm.domain.structure_graphs.chart_depths`."""
        return dict(self._depths)

    def ancestors(self, person_id: str) -> tuple[str, ...]:
        """Bosses, bosses of bosses and so on, nearest first, each once, whatever cycles the chart holds."""
        return reachable(self._reporting_graph, person_id, down=False)

    def descendants(self, person_id: str) -> tuple[str, ...]:
        """All who report to the person directly or over others, nearest first, each once."""
        return reachable(self._reporting_graph, person_id, down=True)

    def reporting_cycles(self) -> tuple[tuple[str, ...], ...]:
        """Groups of people who, by the chart, report to each other in a circle. Ids sorted, groups sorted."""
        groups = (group for group in nx.strongly_connected_components(self._reporting_graph) if len(group) > 1)
        return tuple(sorted(tuple(sorted(group)) for group in groups))

    @cached_property
    def _influence_graph(self) -> nx.DiGraph:
        return build_influence_graph((person.id for person in self.people), self.influences)

    @cached_property
    def _reporting_graph(self) -> nx.DiGraph:
        return build_reporting_graph((person.id for person in self.people), self.reporting)

    @cached_property
    def _depths(self) -> dict[str, int]:
        return chart_depths(self._reporting_graph)


def merge_records(one: Stakeholder, other: Stakeholder) -> Stakeholder:
    """One record out of two of the same person (two jobs, or a standing stake and one in a deal).

    The more senior job is kept; roles are joined; the stance is the one verified last among those that are known, else
    the surer, with its tie, confidence and source; among equals the ids decide, so that it is the same every time. The
    ids of the ties that lost stay in ``more_tie_ids``, as evidence.
    """
    job, second = sorted((one, other), key=_seniority)
    stake, lesser = sorted((one, other), key=_stance_order, reverse=True)
    deals = dict.fromkeys((*one.open_deal_ids, *other.open_deal_ids))
    spare = (second.works_at_id, lesser.stakeholder_id, *one.more_tie_ids, *other.more_tie_ids)
    kept = {job.works_at_id, stake.stakeholder_id, None}
    return replace(
        job,
        roles=one.roles | other.roles,
        support=stake.support,
        political_status=stake.political_status if stake.political_status != UNKNOWN else lesser.political_status,
        stakeholder_id=stake.stakeholder_id,
        confidence=stake.confidence,
        source=stake.source,
        last_verified=stake.last_verified,
        leaves_on=job.leaves_on,
        interest=_greatest(one.interest, other.interest),
        open_deal_ids=tuple(deals),
        interactions_last_year=_greatest(one.interactions_last_year, other.interactions_last_year),
        more_tie_ids=tuple(tie for tie in dict.fromkeys(spare) if tie not in kept),
    )


def _seniority(record: Stakeholder) -> tuple[bool, int, str]:
    return record.level is None, record.level or 0, record.works_at_id or ""


def _stance_order(record: Stakeholder) -> tuple[bool, date, float, str]:
    known = record.support != UNKNOWN
    return known, record.last_verified or date.min, record.confidence or 0.0, record.stakeholder_id or ""


def _greatest(one: Number | None, other: Number | None) -> Number | None:
    return max((value for value in (one, other) if value is not None), default=None)
