"""What breaks (C1.8, C2.1, D1): by hand, the repair against brute force, and the facts never touched."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain.messages import describe
from graphcrm.domain.scenario import Change, applied, from_rows, to_rows
from graphcrm.domain.structure import (
    ConflictTie,
    CoverageTie,
    InfluenceTie,
    Outsider,
    PowerStructure,
    ReportingLine,
    Stakeholder,
)
from graphcrm.domain.what_if import what_if
from graphcrm.errors import InvalidInput

TODAY = date(2026, 11, 23)


def person(name: str, *roles: str, **more: object) -> Stakeholder:
    return Stakeholder(name, name.title(), roles=frozenset(roles), confidence=1, **more)  # type: ignore[arg-type]


def one_thread() -> PowerStructure:
    """All contact hangs on Reinholt and Sieglitz, who sways the boss; an auditor sways the payer."""
    return PowerStructure(
        "c",
        TODAY,
        people=(
            person("boss", "economic_buyer"),
            person("engineer", "decision_maker"),
            person("payer", "payment_decider"),
            person("sieglitz", "champion", support="mentor"),
            person("doerfel", "influencer"),
        ),
        reporting=(ReportingLine("r1", "engineer", "boss"), ReportingLine("r2", "doerfel", "engineer")),
        influences=(
            InfluenceTie("i1", "sieglitz", "boss", strength=6, confidence=1),
            InfluenceTie("i2", "doerfel", "engineer", strength=8, confidence=1),
            InfluenceTie("i3", "auditor", "payer", strength=5, confidence=1),
        ),
        conflicts=(ConflictTie("k1", "doerfel", "sieglitz"),),
        coverage=(CoverageTie("c1", "sieglitz", "reinholt", "Reinholt", coverage="in_depth"),),
        outsiders=(Outsider("auditor", "Auditor", organization_id="audit-firm", organization_name="Audit firm"),),
    )


def test_the_one_thread_breaks() -> None:
    """Before: the boss over Sieglitz, 0.6 of 0.875 of all 1.875. After: nobody; a contact with the boss mends most."""
    result = what_if(one_thread(), [Change("person", "sieglitz")], seed=1)
    assert result.before.reach.value == pytest.approx(0.6 * 0.875 / (0.875 + 0.75 + 0.25))
    assert result.after.reach.value == 0.0
    assert result.after.reach.reasons[0].code == "access_none"
    assert dict(result.lost) == {"boss": ("reinholt", "sieglitz", "boss")}
    assert result.gone == ("sieglitz",)
    assert [(one.id, one.is_ours) for one in result.before.access.singles] == [("reinholt", True), ("sieglitz", False)]
    assert (result.before.health.level, result.after.health.level) == (2, 2)
    assert result.repairs[0].person_id == "boss"
    assert result.repairs[0].gain == pytest.approx(0.875 / 1.875)
    assert next(move for move in result.moves if move.person_id == "sieglitz").after is None


def test_taking_away_one_of_ours_a_partner_and_a_tie() -> None:
    everything = [Change("employee", "reinholt"), Change("partner", "audit-firm"), Change("tie", "i2")]
    result = what_if(one_thread(), everything, seed=1)
    assert result.after.access.contacts == {}
    assert [tie.id for tie in result.after.structure.influences] == ["i1"]
    assert result.gone == ("auditor",)
    assert result.missing == ()


def test_what_is_added_counts() -> None:
    """A contact with Dörfel opens the engineer; a new influence opens the payer."""
    changes = [
        Change("contact", source_id="sremac", target_id="doerfel", name="Sremac"),
        Change("influence", source_id="sieglitz", target_id="payer", strength=10),
    ]
    result = what_if(one_thread(), changes, seed=1)
    assert set(result.gained) == {"doerfel", "engineer", "payer"}
    reached = 0.6 * 0.875 + 0.8 * 0.75 + 1.0 * 0.25
    assert result.after.reach.value == pytest.approx(reached / 1.875)
    assert sum(reason.contribution for reason in result.after.reach.reasons) == pytest.approx(reached / 1.875)
    assert {"*contact:sremac:doerfel", "i2"} <= {fact.id for fact in result.after.reach.facts}


@pytest.mark.parametrize(
    "change",
    [
        Change("person", "nobody"),
        Change("employee", "nobody"),
        Change("partner", "no-firm"),
        Change("tie", "no-tie"),
        Change("contact", source_id="reinholt", target_id="nobody"),
        Change("influence", source_id="boss", target_id="boss"),
    ],
)
def test_what_does_not_apply_is_told(change: Change) -> None:
    """Somebody who has left since the scenario was kept, or whom the viewer may not see."""
    structure, missing = applied(one_thread(), [change])
    assert missing == (change,)
    assert structure == one_thread()


def test_every_reason_has_a_sentence() -> None:
    result = what_if(one_thread(), [], seed=1)
    for score in (result.before.reach, result.after.reach):
        for reason in score.reasons:
            assert "Sieglitz" in describe(reason.code, reason.params)
    for repair in result.repairs:
        assert describe(repair.reason.code, repair.reason.params)
    empty = what_if(PowerStructure("c", TODAY), [], seed=1)
    assert empty.after.reach.value is None
    assert describe(empty.after.reach.reasons[0].code)


changes = st.one_of(
    st.builds(
        Change,
        st.sampled_from(["person", "employee", "partner", "tie"]),
        st.sampled_from(
            [
                "boss",
                "engineer",
                "payer",
                "sieglitz",
                "doerfel",
                "auditor",
                "reinholt",
                "audit-firm",
                "i1",
                "r1",
                "c1",
                "k1",
            ]
        ),
    ),
    st.builds(
        Change,
        st.sampled_from(["contact", "influence"]),
        source_id=st.sampled_from(["reinholt", "boss", "auditor"]),
        target_id=st.sampled_from(["doerfel", "payer"]),
        strength=st.sampled_from([None, 0.0, 3.0]),
    ),
)


@given(st.lists(changes, max_size=6))
@settings(max_examples=100, deadline=None)
def test_the_facts_stay_as_they_are(found: list[Change]) -> None:
    """Whatever the scenario: the structure given is the same afterwards, and the scenario survives being kept."""
    structure = one_thread()
    before = deepcopy(structure)
    result = what_if(structure, found, seed=1)
    assert structure == before
    assert list(from_rows(json.loads(json.dumps(to_rows(found))))) == found
    assert set(result.lost).isdisjoint(result.gone)


@given(st.lists(changes, max_size=4))
@settings(max_examples=60, deadline=None)
def test_the_best_repair_is_the_best_of_all_contacts(found: list[Change]) -> None:
    """Each further contact tried as a scenario of its own: none reaches more than the first one named."""
    result = what_if(one_thread(), found, seed=1)
    others = [one.id for one in result.after.structure.people if one.id not in result.after.access.contacts]
    tried = [
        what_if(one_thread(), [*found, Change("contact", source_id="new", target_id=one)], seed=1).after.reach.value
        for one in others
    ]
    now = result.after.reach.value
    if now is None or not tried or max(tried) <= now + 1e-9:
        assert result.repairs == ()
    else:
        assert now + result.repairs[0].gain == pytest.approx(max(tried))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "person"},
        {"kind": "contact", "source_id": "a"},
        {"kind": "storm", "id": "a"},
        {"nonsense": 1},
        {"kind": "influence", "source_id": "a", "target_id": "b", "strength": 11},
    ],
)
def test_what_is_no_scenario(wrong: dict) -> None:
    with pytest.raises(InvalidInput):
        from_rows([wrong])
