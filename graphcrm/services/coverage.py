"""Who of ours covers whom, how strongly, and where that is not enough: one client, or all of them (C1.2, D1, D4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from graphcrm.database.connection import Database
from graphcrm.domain.coverage import Finding, Pair, coverage_findings
from graphcrm.domain.map_health import CoverageSummary, coverage_summary
from graphcrm.domain.power import KeyFigure, PowerWeights, rank_key_figures
from graphcrm.domain.structure import PowerStructure
from graphcrm.domain.viewer import Viewer
from graphcrm.queries import clients as clients_queries
from graphcrm.queries.binder import Asked, asked
from graphcrm.services._clientele import Part, read_structures, shown_clients
from graphcrm.services._coverage import pairs_asked, read_pairs
from graphcrm.services._stance import Subject, client_of, read_structure_of, structure_asked_of
from graphcrm.services._structure import known_client


@dataclass(frozen=True, slots=True)
class ClientCoverage:
    """The coverage of one client.

    Attributes:
        figures: every person there, the most powerful first; vacant seats have none.
        summary: single thread and covered key figures, with their reasons.
        pairs: who of ours and who of theirs, by power of theirs and name of ours.
        findings: what is amiss.
    """

    client_id: str
    client_name: str
    structure: PowerStructure
    figures: tuple[KeyFigure, ...]
    summary: CoverageSummary
    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...]
    asked: tuple[Asked, ...] = ()

    def of_kind(self, kind: str) -> list[Finding]:
        """The findings of one kind."""
        return [finding for finding in self.findings if finding.kind == kind]

    @property
    def names(self) -> Mapping[str, str]:
        """Id -> name of theirs and ours."""
        ours = {pair.employee_id: pair.employee_name for pair in self.pairs}
        return {**ours, **self.structure.names}


@dataclass(frozen=True, slots=True)
class ClienteleCoverage:
    """The coverage of the clients, by name: of all, or of a page of a large clientele.

    Attributes:
        total: how many clients there are in the graph.
        more: whether others come after the page.
    """

    clients: tuple[ClientCoverage, ...]
    asked: tuple[Asked, ...]
    total: int
    more: bool = False

    def of_kind(self, kind: str) -> list[tuple[ClientCoverage, Finding]]:
        """The findings of one kind at all clients."""
        return [(one, finding) for one in self.clients for finding in one.of_kind(kind)]


def client_coverage(
    db: Database, viewer: Viewer, subject: Subject, *, as_of: date, weights: PowerWeights | None = None
) -> ClientCoverage:
    """The coverage of one client as of a day; key figures are those of the deal, if one is named.

    Raises:
        NotFound: there is no such client, or no such deal there.
    """
    client_id = client_of(subject)
    facts = known_client(db, client_id)
    structure = read_structure_of(db, viewer, subject, as_of)
    pairs = read_pairs(db, viewer, [client_id], as_of)
    wanted = (*structure_asked_of(subject, as_of), *pairs_asked([client_id], as_of))
    return _judged(facts.name, structure, pairs, weights, wanted)


def clientele_coverage(
    db: Database, viewer: Viewer, *, as_of: date, weights: PowerWeights | None = None, part: Part | None = None
) -> ClienteleCoverage:
    """The coverage of the clients as of a day, in eight queries whatever their number.

    Args:
        part: which clients, when there are too many to judge all at once.
    """
    shown = shown_clients(db, as_of, part)
    structures = read_structures(db, viewer, as_of, shown.ids)
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for pair in read_pairs(db, viewer, shown.ids, as_of):
        pairs[pair.client_id].append(pair)
    judged = tuple(
        _judged(line.name, structures.get(line.id) or PowerStructure(line.id, as_of), pairs[line.id], weights)
        for line in shown.lines
    )
    sources = (clients_queries.clients_people, clients_queries.clients_reporting, clients_queries.clients_influences)
    of_day = (asked(source, client_ids=shown.ids, as_of=as_of) for source in sources)
    wanted = (*shown.asked, *of_day, *pairs_asked(shown.ids, as_of))
    return ClienteleCoverage(judged, wanted, shown.total, shown.more)


def _judged(
    name: str,
    structure: PowerStructure,
    pairs: Iterable[Pair],
    weights: PowerWeights | None,
    wanted: tuple[Asked, ...] = (),
) -> ClientCoverage:
    figures = rank_key_figures(structure, weights)
    summary = coverage_summary(structure, figures)
    order = {figure.person_id: place for place, figure in enumerate(figures)}
    ordered = sorted(pairs, key=lambda pair: (order.get(pair.person_id, len(order)), pair.employee_name))
    findings = tuple(coverage_findings(structure, figures, summary, ordered))
    return ClientCoverage(
        structure.client_id, name, structure, tuple(figures), summary, tuple(ordered), findings, wanted
    )
