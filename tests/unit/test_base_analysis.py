"""The answers to C1.1-C1.8, what is missing, who could find it out, and the gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graphcrm.domain.base_analysis import FAMILY_OF_QUESTION, base_analysis, gaps
from graphcrm.domain.could_find_out import could_find_out
from graphcrm.domain.gaps import KNOWLEDGE_WEIGHTS, freshness, knowledge
from graphcrm.domain.messages import MESSAGES, QUESTIONS, describe
from graphcrm.domain.structure import (
    CoverageTie,
    FirstContact,
    InfluenceTie,
    Outsider,
    PowerStructure,
    ReportingLine,
    Stakeholder,
)

TODAY = date(2026, 9, 1)
FRESH = date(2026, 8, 1)


def person(name: str, *roles: str, **more: object) -> Stakeholder:
    facts = {"confidence": 0.9, "stakeholder_id": f"s-{name}", "last_verified": FRESH, "support": "neutral", **more}
    return Stakeholder(name, name.title(), roles=frozenset(roles), **facts)


def covers(who: str, whom: str, coverage: str = "in_depth", **more: object) -> CoverageTie:
    return CoverageTie(f"{who}>{whom}", whom, who, who.title(), coverage, **more)


FULL = PowerStructure(
    "c",
    TODAY,
    (
        person("head", "economic_buyer", level=1),
        person("tech", "technical_evaluator", level=2),
        person("money", "payment_decider", level=2),
        person("deputy", "influencer", level=3, support="supporter"),
    ),
    (ReportingLine("r", "tech", "head"),),
    (
        InfluenceTie("i1", "deputy", "head", 8, confidence=0.9, source="Interview", last_verified=FRESH),
        InfluenceTie("i2", "auditor", "deputy", 9, confidence=0.8),
        InfluenceTie("i3", "tech", "money", 6, confidence=0.8),
    ),
    coverage=tuple(covers("anna", who, strength=8, last_contact=FRESH) for who in ("head", "tech", "money", "deputy")),
    outsiders=(Outsider("auditor", "Olga", organization_name="Audit Co"),),
)
FIRST = FirstContact("f", "tech", "Tech", on="2024-03", employee_id="anna", employee_name="Anna", source="Letter")


def test_a_well_known_client_has_every_answer() -> None:
    """C1.1-C1.8, each with names, confidence, source and date."""
    analysis = base_analysis(FULL, (FIRST,))
    assert [answer.question_id for answer in analysis.answers] == list(QUESTIONS)
    assert {answer.question_id: answer.status for answer in analysis.answers} == dict.fromkeys(QUESTIONS, "known")
    assert not any(answer.could_find_out for answer in analysis.answers)
    first = analysis["C1.1"].people[0]
    assert (first.name, first.employee, first.on, first.source, first.tie_id) == (
        "Tech",
        "Anna",
        "2024-03",
        "Letter",
        "f",
    )
    assert [one.id for one in analysis["C1.2"].people] == ["deputy", "head", "money"]
    head = analysis["C1.3"].people[0]
    assert (head.id, head.roles, head.confidence, head.on, head.tie_id) == (
        "head",
        ("economic_buyer",),
        0.9,
        FRESH,
        "s-head",
    )
    assert [one.id for one in analysis["C1.5"].people] == ["tech"]
    assert [one.id for one in analysis["C1.6"].people] == ["money"]
    assert [one.id for one in analysis["C1.7"].people] == ["tech"]


def test_who_influences_is_told_also_over_others_and_from_outside() -> None:
    """C1.4: the deputy directly, the auditor through the deputy; with the very tie."""
    deputy, auditor = base_analysis(FULL)["C1.4"].people
    assert (deputy.id, deputy.roles, deputy.sways, deputy.through) == (
        "deputy",
        ("influencer",),
        (("Head", pytest.approx(0.72)),),
        (),
    )
    assert (deputy.tie_id, deputy.source, deputy.on) == ("i1", "Interview", FRESH)
    assert (auditor.name, auditor.organization, auditor.through) == ("Olga", "Audit Co", ("Deputy",))
    assert auditor.sways[0][1] == pytest.approx(0.72 * 0.5 * 0.72)


def test_an_empty_client_answers_not_known_and_never_raises() -> None:
    """C1.1-C1.8."""
    analysis = base_analysis(PowerStructure("c", TODAY))
    assert {answer.status for answer in analysis.answers} == {"not_known"}
    assert all(answer.missing in MESSAGES for answer in analysis.answers)
    assert analysis["C1.8"].score.value == 0
    assert [gap.code for gap in gaps(PowerStructure("c", TODAY))] == ["nobody_known"]
    with pytest.raises(KeyError):
        analysis["C9.9"]


VACANT = person("a", "decision_maker", presence="vacant")


@pytest.mark.parametrize(
    ("question", "people", "ties", "status", "missing"),
    [
        ("C1.3", (person("a", "approver"),), (), "partly", "missing_purchase_decider_only_signs"),
        ("C1.3", (person("a", "decision_maker", confidence=0.3),), (), "partly", "missing_confidence"),
        ("C1.3", (person("a", "decision_maker", confidence=None),), (), "known", ""),
        ("C1.3", (VACANT,), (), "not_known", "missing_purchase_decider_vacant"),
        ("C1.3", (VACANT, person("b", "decision_maker")), (), "known", ""),
        (
            "C1.6",
            (replace(VACANT, roles=frozenset({"payment_decider"})),),
            (),
            "not_known",
            "missing_payment_decider_vacant",
        ),
        ("C1.4", (person("a", "influencer"),), (), "partly", "missing_decider_first"),
        ("C1.4", (person("a", "decision_maker"), person("b", "user")), (), "not_known", "missing_influence"),
        (
            "C1.4",
            (person("a", "decision_maker"), person("b", "user")),
            (("b", "a", None),),
            "partly",
            "missing_strength",
        ),
        ("C1.4", (person("a", "decision_maker"), person("b", "economic_buyer")), (("b", "a", 9),), "partly", None),
        ("C1.6", (person("a", "economic_buyer"),), (), "partly", "missing_payment_decider_only_budget"),
        ("C1.7", (person("a", "payment_influencer"),), (), "partly", "missing_decider_first"),
    ],
)
def test_what_is_missing_is_said(
    question: str, people: tuple[Stakeholder, ...], ties: tuple, status: str, missing: str | None
) -> None:
    """C1.3-C1.7."""
    influences = tuple(InfluenceTie(f"{a}{b}", a, b, strength, confidence=1.0) for a, b, strength in ties)
    answer = base_analysis(PowerStructure("c", TODAY, people, influences=influences))[question]
    assert answer.status == status
    assert missing is None or answer.missing == missing


def test_contacts_are_known_in_part_while_some_are_not_recorded() -> None:
    """C1.2. "No contact" is knowledge, "unknown" is not."""
    two = (person("a"), person("b"))
    only_a = PowerStructure("c", TODAY, two, coverage=(covers("x", "a"), covers("x", "b", "unknown")))
    assert base_analysis(only_a)["C1.2"].status == "partly"
    both = PowerStructure("c", TODAY, two, coverage=(covers("x", "a"), covers("x", "b", "none")))
    answer = base_analysis(both)["C1.2"]
    assert (answer.status, [one.id for one in answer.people]) == ("known", ["a"])


def test_the_first_contact_without_its_details_is_known_in_part() -> None:
    """C1.1."""
    answer = base_analysis(FULL, (FirstContact("f", "tech", "Tech"),))["C1.1"]
    assert (answer.status, answer.missing) == ("partly", "missing_first_contact_details")


def test_those_best_placed_can_find_out_over_their_best_contact() -> None:
    """C1.3. Depth, strength, freshness, a guide, and a contact whose role touches the question."""
    people = (person("coach", "coach", "procurement"), person("clerk", "user"), person("far", "user"))
    ties = (
        covers("anna", "clerk", "in_depth", strength=8, last_contact=FRESH),
        covers("boris", "coach", "in_depth", strength=8, last_contact=FRESH),
        covers("anna", "coach", "brief"),
        covers("clara", "far", "in_depth", strength=8, last_contact=date(2020, 1, 1)),
        covers("dora", "far", "brief", strength=1),
        covers("egor", "far", "none", strength=10),
    )
    structure = PowerStructure("c", TODAY, people, coverage=ties)
    helpers = could_find_out(structure, FAMILY_OF_QUESTION["C1.3"])
    assert [(one.employee_id, one.person_id) for one in helpers] == [
        ("boris", "coach"),
        ("anna", "clerk"),
        ("clara", "far"),
    ]
    assert helpers[0].guide
    assert helpers[0].tie_id == "boris>coach"
    assert 0 <= min(one.likelihood for one in helpers) <= max(one.likelihood for one in helpers) <= 1
    assert base_analysis(structure)["C1.3"].could_find_out == helpers


def test_how_well_the_structure_is_known_is_the_sum_of_its_reasons() -> None:
    """C1.8. All known is 1 but for confidence; each fact less lowers it and is named."""
    assert sum(KNOWLEDGE_WEIGHTS.values()) == pytest.approx(1)
    full = knowledge(FULL, answered=1.0)
    assert full.value == pytest.approx(1 - 0.1 * KNOWLEDGE_WEIGHTS["knowledge_confidence"])
    vaguer = replace(FULL, people=(*FULL.people[:3], replace(FULL.people[3], roles=frozenset(), support="unknown")))
    less = knowledge(vaguer, answered=1.0)
    quarter = (KNOWLEDGE_WEIGHTS["knowledge_roles"] + KNOWLEDGE_WEIGHTS["knowledge_stance"]) / 4
    assert less.value == pytest.approx(full.value - quarter)
    roles = next(reason for reason in less.reasons if reason.code == "knowledge_roles")
    assert [fact.id for fact in roles.facts] == ["deputy"]
    assert sum(reason.contribution for reason in less.reasons) == pytest.approx(less.value)


@pytest.mark.parametrize(
    ("verified", "expected"),
    [(TODAY, 1.0), (date(2026, 3, 5), 1.0), (date(2025, 6, 3), 0.5), (date(2024, 9, 1), 0.0), (None, 0.0)],
)
def test_knowledge_ages(verified: date | None, expected: float) -> None:
    """C1.8. Fresh for 180 days, worth nothing after 730, a half at 455."""
    assert freshness(verified, TODAY) == pytest.approx(expected)


def test_every_gap_of_a_person_is_found_and_can_be_said() -> None:
    """C1.8, for the badges on the cards."""
    stranger = Stakeholder("x", "X", presence="function_only", leaves_on="2026-12", works_at_id="w")
    stale = person("y", "user", last_verified=date(2025, 8, 1), level=2)
    seat = Stakeholder("z", "Z", presence="vacant")
    lines = (ReportingLine("1", "y", "q"), ReportingLine("2", "q", "y"))
    other = person("q", "user")
    ties = (InfluenceTie("t", "y", "q"),)
    found = gaps(PowerStructure("c", TODAY, (stranger, stale, seat, other), lines, ties))
    by_person: dict[str | None, list[str]] = {}
    for gap in found:
        by_person.setdefault(gap.person_id, []).append(gap.code)
        assert describe(gap.code, gap.params)
    assert by_person[None] == ["no_purchase_decider", "no_payment_decider", "reporting_cycle"]
    assert by_person["x"] == [
        *("name_unknown", "no_role_known", "stance_unknown", "not_covered", "no_influence_known", "level_unknown"),
        *("never_verified", "leaves"),
    ]
    assert by_person["y"] == ["not_covered", "influence_strength_missing", "not_verified_for_long"]
    assert by_person["z"] == ["vacant_seat"]
    assert next(gap for gap in found if gap.code == "influence_strength_missing").tie_ids == ("t",)
    assert next(gap for gap in found if gap.code == "reporting_cycle").tie_ids == ("1", "2")


def test_a_vacant_seat_that_decides_is_told_while_nobody_else_decides() -> None:
    """Bad input of issue 5: a vacant position. It is no use to ask who decides when the seat is known to be empty."""
    people = (VACANT, person("b", "user"), person("c", "payment_decider"))
    found = {gap.code: gap.params for gap in gaps(PowerStructure("c", TODAY, people))}
    assert found["deciding_seat_vacant"] == {"people": ("A",)}
    decided = PowerStructure("c", TODAY, (*people, person("d", "economic_buyer")))
    assert "deciding_seat_vacant" not in {gap.code for gap in gaps(decided)}


def test_a_well_known_client_has_no_gaps() -> None:
    """C1.8."""
    assert gaps(FULL) == []
