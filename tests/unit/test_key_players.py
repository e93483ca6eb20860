"""Whom to win (C2.1, D1): equal to brute force over all groups, known answers, and what is not known is said."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain import key_players
from graphcrm.domain.key_players import whom_to_win
from graphcrm.domain.key_players_question import LIKELY, Question, Requirement, Wish
from graphcrm.domain.power_parts import decision_shares
from graphcrm.domain.structure import ROLES, SUPPORTS, InfluenceTie, PowerStructure, Stakeholder
from graphcrm.errors import InvalidInput
from tests.unit.test_power_krackhardt import managers

TODAY = date(2026, 11, 23)


def person(
    name: str, *roles: str, support: str = "neutral", confidence: float | None = 1, **more: object
) -> Stakeholder:
    return Stakeholder(name, name.title(), roles=frozenset(roles), support=support, confidence=confidence, **more)  # type: ignore[arg-type]


def sways(source: str, target: str, strength: float | None, confidence: float | None = 1) -> InfluenceTie:
    return InfluenceTie(f"{source}-{target}", source, target, strength=strength, confidence=confidence)


def client(*people: Stakeholder, ties: tuple[InfluenceTie, ...] = ()) -> PowerStructure:
    return PowerStructure("c", TODAY, people, influences=ties)


def asked(structure: PowerStructure, **options: object) -> Question:
    return Question(structure, np.random.default_rng(1), Wish(**options))  # type: ignore[arg-type]


stakeholders = st.lists(
    st.builds(
        person,
        st.sampled_from("abcdefg"),
        st.sampled_from(ROLES),
        support=st.sampled_from(SUPPORTS),
        confidence=st.sampled_from([0.5, 1.0]),
    ),
    min_size=2,
    max_size=7,
    unique_by=lambda one: one.id,
)
ties = st.lists(
    st.builds(sways, st.sampled_from("abcdefg"), st.sampled_from("abcdefg"), st.integers(1, 10)),
    max_size=9,
    unique_by=lambda tie: tie.id,
)


def enough(question: Question, group: frozenset[str], wanted: float, waived: set[Requirement]) -> bool:
    return question.worth(group) >= wanted - 1e-9 and set(question.unmet(group)) <= waived


@given(stakeholders, ties, st.sampled_from([0.3, 0.6, 0.9]))
@settings(max_examples=150, deadline=None)
def test_it_equals_brute_force_over_all_groups(people: list, found_ties: list, wanted: float) -> None:
    """Same size and reach as the best of all groups; the greedy answer never beats it and keeps within its bound."""
    structure = client(*people, ties=tuple(found_ties))
    question = asked(structure, share=wanted)
    result = whom_to_win(question)
    if not decision_shares(structure):
        assert result.status == "no_decider"
        return
    everybody = frozenset(one.id for one in people) - question.backing
    waived = set(question.unmet(everybody))
    needed = min(wanted, key_players.NEARLY * question.worth(everybody))
    sizes = (
        [
            group
            for group in map(frozenset, combinations(sorted(everybody), size))
            if enough(question, group, needed, waived)
        ]
        for size in range(len(everybody) + 1)
    )
    smallest = next(groups for groups in sizes if groups)
    if smallest == [frozenset()]:
        assert result.sets == ()
        assert (result.status == "enough_already") == enough(question, frozenset(), wanted, set())
        return
    best = max(question.worth(group) for group in smallest)
    assert result.is_exact
    assert len(result.sets[0].members) == len(smallest[0])
    assert result.sets[0].score.value == pytest.approx(best)
    assert all(frozenset(one.members) in smallest for one in result.sets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_players, "MAX_EXACT", 0)
        greedy = whom_to_win(asked(structure, share=wanted))
    assert not greedy.is_exact
    assert enough(question, frozenset(greedy.sets[0].members), needed, waived)
    assert greedy.least_size <= len(smallest[0]) <= len(greedy.sets[0].members)
    if len(greedy.sets[0].members) == len(smallest[0]):
        assert greedy.bound is not None
        assert greedy.sets[0].score.value - 1e-9 <= best <= greedy.bound + 1e-9


def test_the_number_adds_up_from_its_reasons() -> None:
    """Those who back us first, then each member's gain; each names the ties it rests on."""
    structure = client(
        person("boss", "economic_buyer"),
        person("payer", "payment_decider"),
        person("friend", "user", support="supporter", stakeholder_id="s-friend"),
        person("deputy", "influencer"),
        ties=(sways("deputy", "boss", 9), sways("deputy", "payer", 7), sways("friend", "boss", 2)),
    )
    result = whom_to_win(asked(structure))
    best = result.sets[0]
    assert best.members == ("deputy",)
    assert [reason.code for reason in best.score.reasons] == ["win_backing", "win_sways"]
    assert sum(reason.contribution for reason in best.score.reasons) == pytest.approx(best.score.value)
    # The boss holds 0.75 + 0.25 * 0.5 of a say, the payer 0.25; the friend's 0.2 leaves 0.8 of the boss to win.
    boss, payer = 0.875, 0.25
    assert best.score.value == pytest.approx((boss * (1 - 0.1 * 0.8) + payer * 0.7) / (boss + payer))
    assert {fact.id for fact in best.score.facts} >= {"deputy-boss", "deputy-payer", "s-friend"}


def test_two_who_sway_the_same_one_are_no_group() -> None:
    """The point of a set: the second strongest alone adds next to nothing to the strongest, the payer's friend does."""
    structure = client(
        person("boss", "economic_buyer"),
        person("payer", "payment_decider"),
        person("one"),
        person("two"),
        person("three"),
        ties=(sways("one", "boss", 10), sways("two", "boss", 9), sways("three", "payer", 8)),
    )
    result = whom_to_win(asked(structure, size=2, excluded=frozenset({"boss", "payer"})))
    assert set(result.sets[0].members) == {"one", "three"}


def test_a_veto_against_us_must_be_answered() -> None:
    """By winning the one who has it, or one who more likely than not sways them."""
    people = (
        person("boss", "economic_buyer", "payment_decider"),
        person("lawyer", "legal", support="enemy"),
        person("tutor"),
    )
    alone = whom_to_win(asked(client(*people)))
    assert set(alone.sets[0].members) == {"boss", "lawyer"}
    swayed = whom_to_win(asked(client(*people, ties=(sways("tutor", "lawyer", 6), sways("tutor", "boss", 10)))))
    assert swayed.sets[0].members == ("tutor",)
    weak = whom_to_win(asked(client(*people, ties=(sways("tutor", "lawyer", 4), sways("tutor", "boss", 10)))))
    assert len(weak.sets[0].members) == 2
    assert LIKELY == 0.5


def test_a_veto_whose_holder_is_not_known_to_us_is_told() -> None:
    result = whom_to_win(asked(client(person("boss", "economic_buyer"), person("lawyer", "legal", support="unknown"))))
    assert result.vetoes_unknown == ("lawyer",)


def test_what_is_not_known_is_said() -> None:
    assert whom_to_win(asked(client())).status == "nobody"
    assert whom_to_win(asked(client(person("user", "user")))).status == "no_decider"
    vacant = person("seat", "economic_buyer", presence="vacant")
    assert whom_to_win(asked(client(vacant))).status == "nobody"
    assert whom_to_win(asked(client(person("boss", "economic_buyer", support="mentor")))).status == "enough_already"


def test_an_influence_of_unknown_strength_widens_the_reach() -> None:
    structure = client(
        person("boss", "economic_buyer"), person("friend"), ties=(sways("friend", "boss", None, confidence=None),)
    )
    score = whom_to_win(asked(structure, size=1, excluded=frozenset({"boss"}))).sets[0].score
    assert (score.low, score.value, score.high) == pytest.approx((0.05, 0.375, 1.0))


def test_a_share_out_of_reach_is_told_and_the_most_is_given() -> None:
    structure = client(person("boss", "economic_buyer"), person("friend"), ties=(sways("friend", "boss", 4),))
    result = whom_to_win(asked(structure, share=0.9, excluded=frozenset({"boss"})))
    assert result.is_short
    assert result.possible == pytest.approx(0.4)
    assert result.sets[0].members == ("friend",)
    assert [need.need for need in result.cannot_meet] == ["purchase"]


def test_nobody_who_can_be_won() -> None:
    result = whom_to_win(asked(client(person("boss", "economic_buyer")), excluded=frozenset({"boss"})))
    assert (result.status, result.sets, result.possible) == ("found", (), 0.0)


@pytest.mark.parametrize("options", [{"share": 0}, {"share": 1.5}, {"size": 0}])
def test_what_cannot_be_asked(options: dict) -> None:
    with pytest.raises(InvalidInput):
        asked(client(), **options)


def test_the_high_tech_managers() -> None:
    """Krackhardt's 21: one president decides and asks eight for advice; no two of all 210 pairs reach more of him."""
    question = asked(managers(), size=2, excluded=frozenset({"7"}))
    result = whom_to_win(question)
    pairs = combinations([str(number) for number in range(1, 22) if number != 7], 2)
    assert result.sets[0].score.value == pytest.approx(max(question.worth(frozenset(pair)) for pair in pairs))
    assert set(result.sets[0].members) <= {"2", "6", "11", "12", "14", "17", "18", "21"}


def test_five_hundred_people_get_an_answer_with_its_bound() -> None:
    """Bad input of the kind that happens: everybody of a large client on the map. Deciders: 5."""
    draw = np.random.default_rng(3)
    people = [person(f"p{number:03}", *(["decision_maker"] if number < 5 else ["user"])) for number in range(500)]
    pairs = {(int(one), int(other)) for one, other in draw.integers(0, 500, (1_500, 2)) if one != other}
    found = tuple(sways(f"p{one:03}", f"p{other:03}", 1 + (one + other) % 9) for one, other in sorted(pairs))
    result = whom_to_win(asked(client(*people, ties=found)))
    assert result.status == "found"
    assert result.sets[0].score.value >= 0.6
    if not result.is_exact:
        assert result.bound is not None
        assert result.bound >= result.sets[0].score.value - 1e-9
        assert result.least_size <= len(result.sets[0].members)
