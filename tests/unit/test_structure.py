"""The power structure: merged ties, merged records, the chart with all that can be wrong in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.structure import (
    COVERAGES,
    POLITICAL_STATUSES,
    ROLES,
    SUPPORTS,
    InfluenceTie,
    Outsider,
    PowerStructure,
    ReportingLine,
    Stakeholder,
    merge_records,
)
from graphcrm.domain.structure_graphs import influence_weights
from graphcrm.vocabulary import VOCABULARY

TODAY = date(2026, 9, 1)


def structure(
    ids: str, lines: tuple[ReportingLine, ...] = (), ties: tuple[InfluenceTie, ...] = (), outsiders: str = ""
) -> PowerStructure:
    people = tuple(Stakeholder(one, one.upper()) for one in ids)
    outside = tuple(Outsider(one, one.upper()) for one in outsiders)
    return PowerStructure("c", TODAY, people, lines, ties, outsiders=outside)


@pytest.mark.parametrize(
    ("enumeration", "codes"),
    [("role", ROLES), ("support", SUPPORTS), ("political_status", POLITICAL_STATUSES), ("coverage", COVERAGES)],
)
def test_the_codes_are_those_of_the_vocabulary(enumeration: str, codes: tuple[str, ...]) -> None:
    """The domain reads no files; this holds its codes to the words."""
    assert tuple(VOCABULARY.enumerations[enumeration].values) == codes


def test_parallel_influences_are_merged_by_the_maximum() -> None:
    """C1.4. A second report of one influence is no second influence."""
    ties = (
        InfluenceTie("weak", "a", "b", strength=3, confidence=1.0),
        InfluenceTie("strong", "a", "b", strength=8, confidence=0.5),
        InfluenceTie("vague", "a", "b", confidence=1.0),
    )
    data = structure("ab", ties=ties).influence_graph().edges["a", "b"]
    assert (data["low"], data["weight"], data["high"]) == (0.4, 0.5, 1.0)
    assert data["tie_ids"] == ("vague", "strong", "weak")
    assert data["unknown"]


def test_a_stated_zero_and_a_tie_to_oneself_are_no_influence() -> None:
    """C1.4. Zero is a statement; not known is not zero."""
    ties = (
        InfluenceTie("0", "a", "b", strength=0),
        InfluenceTie("self", "a", "a", strength=9),
        InfluenceTie("?", "b", "a"),
    )
    assert list(structure("ab", ties=ties).influence_graph().edges) == [("b", "a")]


def test_outsiders_take_part_in_the_influence_network() -> None:
    """C1.4. The auditor who has the deputy's ear."""
    whole = structure("a", ties=(InfluenceTie("t", "x", "a", strength=5),), outsiders="x")
    assert list(whole.influence_graph()) == ["a", "x"]
    assert whole.names == {"x": "X", "a": "A"}


@given(st.none() | st.floats(-5, 50), st.none() | st.floats(-1, 3))
def test_influence_weights_are_chances_in_order(strength: float | None, confidence: float | None) -> None:
    """C1.4."""
    low, likely, high = influence_weights(InfluenceTie("t", "a", "b", strength=strength, confidence=confidence))
    assert 0 <= low <= likely <= high <= 1


def test_ancestors_and_descendants_in_a_circle_end() -> None:
    """C2.1. Nobody is their own boss."""
    lines = tuple(ReportingLine(f"{one}{boss}", one, boss) for one, boss in ("ab", "bc", "ca", "da", "dd", "dz"))
    whole = structure("abcd", lines)
    assert whole.ancestors("d") == ("a", "b", "c")
    assert whole.ancestors("a") == ("b", "c")
    assert whole.descendants("b") == ("a", "c", "d")
    assert whole.ancestors("nobody") == ()
    assert whole.reporting_cycles() == (("a", "b", "c"),)
    assert whole.depths() == {"a": 1, "b": 1, "c": 1, "d": 2}


def test_depth_follows_solid_lines_where_there_are_any() -> None:
    """C2.1. A dotted line to the top lifts nobody; it counts for one who has no other."""
    lines = (
        ReportingLine("1", "b", "a"),
        ReportingLine("2", "c", "b"),
        ReportingLine("3", "c", "a", line="dotted"),
        ReportingLine("4", "d", "a", line="dotted"),
    )
    whole = structure("abcd", lines)
    assert whole.depths() == {"a": 1, "b": 2, "c": 3, "d": 2}
    assert whole.reporting_graph().edges["c", "a"]["line"] == "dotted"


def test_two_jobs_become_one_record() -> None:
    """The more senior job, all roles, the stance verified last; the other ties stay as evidence."""
    one = Stakeholder(
        "p",
        "P",
        title="Clerk",
        level=5,
        works_at_id="w1",
        roles=frozenset({"user"}),
        support="enemy",
        stakeholder_id="s1",
        confidence=0.9,
        last_verified=date(2025, 1, 1),
    )
    other = Stakeholder(
        "p",
        "P",
        title="Director",
        level=2,
        works_at_id="w2",
        roles=frozenset({"approver"}),
        support="supporter",
        stakeholder_id="s2",
        confidence=0.4,
        last_verified=date(2026, 1, 1),
        open_deal_ids=("d",),
    )
    merged = merge_records(one, other)
    assert merged == merge_records(other, one)
    assert (merged.title, merged.level, merged.works_at_id) == ("Director", 2, "w2")
    assert merged.roles == {"user", "approver"}
    assert (merged.support, merged.stakeholder_id, merged.confidence) == ("supporter", "s2", 0.4)
    assert set(merged.more_tie_ids) == {"w1", "s1"}
    assert PowerStructure("c", TODAY, (one, other)).people == (merged,)


def test_an_unknown_stance_never_hides_a_known_one() -> None:
    """C1.8."""
    known = Stakeholder("p", "P", support="mentor", stakeholder_id="old", last_verified=date(2020, 1, 1))
    vague = Stakeholder("p", "P", stakeholder_id="new", last_verified=date(2026, 1, 1), political_status="outside")
    merged = merge_records(vague, known)
    assert (merged.support, merged.political_status, merged.stakeholder_id) == ("mentor", "outside", "old")


def test_of_two_stances_that_nobody_verified_the_same_one_counts_every_time() -> None:
    """The database gives ties in no order: the surer counts, among equals the ids decide."""
    one = Stakeholder("p", "P", title="A", level=2, works_at_id="w1", support="supporter", stakeholder_id="s1")
    other = Stakeholder("p", "P", title="B", level=2, works_at_id="w2", support="neutral", stakeholder_id="s2")
    for merged in (merge_records(one, other), merge_records(other, one)):
        assert (merged.title, merged.support) == ("A", "neutral")
    surer = replace(one, confidence=0.6)
    assert merge_records(surer, other).support == merge_records(other, surer).support == "supporter"
