"""The secondary labels of people that rest on ties, for all people at once.

The rules are those of ``queries/ingest/bring_labels_in_step.cypher`` (they stand in ``labels.py``); a test compares
what comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphcrm.ingest.column_graph import ColumnGraph, Numbers, Ties
from graphcrm.ingest.labels import ROLE_LABELS, TOP_LEVEL, not_over
from graphcrm.ingest.rows import SEPARATOR

_ROLES = {label: {role for role, of in ROLE_LABELS.items() if of == label} for label in ROLE_LABELS.values()}
_FAMILY = ("SPOUSE_OF", "PARENT_OF", "SIBLING_OF", "GUARDIAN_OF")
LABELS = ("DecisionMaker", "Payer", "TechnicalEvaluator", "Influencer", "Executive", "Employee", "FamilyMember")


def labels_of_ties(graph: ColumnGraph, ties: Iterable[Ties], today: date) -> dict[str, Numbers]:
    """Label -> true at each node that has it by its ties of that day."""
    found = {label: np.zeros(len(graph.ids), bool) for label in LABELS}
    given = list(ties)
    for some in given:
        if some.type == "STAKEHOLDER_IN":
            now = _current(some, today)
            for label, roles in _ROLES.items():
                chosen = _where(some, "roles", lambda text, roles=roles: not roles.isdisjoint(text.split(SEPARATOR)))
                found[label][some.start[now & chosen]] = True
        elif some.type == "INFLUENCES":
            found["Influencer"][some.start[_current(some, today) & graph.has_any(["Person"])[some.end]]] = True
        elif some.type == "WORKS_AT":
            now = _current(some, today) & _where(some, "until", lambda text: not_over(text, today), absent=True)
            at_client, at_ours = (graph.has_any([label])[some.end] for label in ("Client", "OwnFirm"))
            high = _where(some, "level", lambda text: int(text) <= TOP_LEVEL)
            found["Executive"][some.start[now & at_client & high]] = True
            found["Employee"][some.start[now & at_ours]] = True
    _mark_family(graph, given, found["FamilyMember"])
    people = graph.has_any(["Person"])
    return {label: mask & people for label, mask in found.items()}


def _mark_family(graph: ColumnGraph, ties: list[Ties], family: Numbers) -> None:
    people, firms = graph.has_any(["Person"]), graph.has_any(["Client", "OwnFirm"])
    for some in ties:
        if some.type in _FAMILY:
            family[some.start[people[some.end]]] = True
            family[some.end[people[some.start]]] = True
    for some in ties:
        if some.type == "WORKS_AT":
            family[some.start[firms[some.end]]] = False


def _current(ties: Ties, today: date) -> Numbers:
    day = today.isoformat()
    begun = _where(ties, "valid_from", lambda text: text <= day, absent=True)
    return begun & _where(ties, "valid_to", lambda text: text > day, absent=True)


def _where(ties: Ties, name: str, holds: Callable[[str], bool], *, absent: bool = False) -> Numbers:
    """Where a value fulfils a condition, asked once for each value; ``absent`` where there is none."""
    if name not in ties.values:
        return np.full(len(ties.start), absent)
    coded = ties.values[name].dictionary_encode()
    answers = np.array([*map(holds, coded.dictionary.to_pylist()), absent])
    return answers[pc.fill_null(coded.indices, len(answers) - 1).to_numpy(zero_copy_only=False)]


def label_texts(graph: ColumnGraph, first: str, by_ties: dict[str, Numbers]) -> list[pa.Array]:
    """For each file of nodes the labels of its nodes, ``first`` among them, as the offline import reads them."""
    bits = reduce(np.bitwise_or, (mask.astype(np.int64) << place for place, mask in enumerate(by_ties.values())))
    texts = []
    for some in graph.nodes:
        both = some.codes.astype(np.int64) << len(by_ties) | bits[some.numbers()]
        pairs, codes = np.unique(both, return_inverse=True)
        words = []
        for pair in pairs.tolist():
            gained = [label for place, label in enumerate(by_ties) if pair >> place & 1]
            words.append(SEPARATOR.join([first, *sorted(some.labels[pair >> len(by_ties)]), *gained]))
        texts.append(pa.array(words, pa.string()).take(pa.array(codes)))
    return texts
