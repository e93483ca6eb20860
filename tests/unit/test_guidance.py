"""Guided questions: what the answers suggest (Miller Heiman, MEDDPICC, target account selling; C1.3-C1.7, C2.1)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.guidance import advise
from graphcrm.vocabulary import VOCABULARY

GUIDES = VOCABULARY.guides


def suggested(name: str, yes: str = "", no: str = "") -> list[str]:
    answers = dict.fromkeys(yes.split(), "yes") | dict.fromkeys(no.split(), "no")
    return [one.value for one in advise(GUIDES[name], answers).suggestions]


def test_every_role_stance_and_status_can_be_found_by_questions():
    """Three to five questions each; every value but "not known" is within reach, and is reached by some answers."""
    for enumeration in ("role", "support", "political_status"):
        guides = [guide for guide in GUIDES.values() if guide.enumeration == enumeration]
        reached = {
            one.value
            for guide in guides
            for said in product(("yes", "no", "unknown"), repeat=len(guide.questions))
            for one in advise(guide, dict(zip(guide.questions, said, strict=True))).suggestions
        }
        assert reached == set(VOCABULARY.enumerations[enumeration].values) - {"unknown"}
        assert {3, 4, 5} >= {len(guide.questions) for guide in guides}
        assert all(guide.ru != guide.en for guide in guides)


@pytest.mark.parametrize(
    ("guide", "yes", "no", "values"),
    [
        # Miller Heiman: the economic buyer can release money that was not planned.
        ("purchase", "last_word money", "", ["decision_maker", "economic_buyer"]),
        ("purchase", "money", "", ["economic_buyer"]),
        ("purchase", "signs heard", "last_word", ["approver", "influencer"]),
        ("technical", "judges works", "", ["technical_evaluator", "user"]),
        ("payment", "accepts", "pays", ["payment_influencer"]),
        # MEDDPICC: a champion has weight and sells for us; without weight there is no champion.
        ("access", "speaks weight", "", ["champion"]),
        ("access", "speaks", "weight", []),
        ("access", "tells", "", ["coach"]),
        ("access", "stops gate", "speaks", ["gatekeeper", "blocker"]),
        ("support", "helps prefers_us", "", ["mentor"]),
        ("support", "prefers_us", "helps", ["supporter"]),
        ("support", "", "helps prefers_us prefers_other against", ["neutral"]),
        ("support", "prefers_other", "against", ["non_supporter"]),
        ("support", "prefers_other against", "", ["enemy"]),
        ("political_status", "shapes bends", "", ["inner_circle"]),
        ("political_status", "early", "shapes", ["political_structure"]),
        ("political_status", "", "shapes bends asked early", ["outside"]),
        ("political_status", "", "shapes bends asked", []),
    ],
)
def test_answers_suggest_what_the_schools_teach(guide, yes, no, values):
    assert suggested(guide, yes, no) == values


def test_who_helps_and_hinders_at_once_is_told_as_a_contradiction():
    answers = {"helps": "yes", "prefers_us": "no", "prefers_other": "no", "against": "yes"}
    advice = advise(GUIDES["support"], answers)
    assert (advice.suggestions, advice.contradictory) == ((), True)


@pytest.mark.parametrize("name", GUIDES)
def test_knowing_nothing_suggests_nothing(name):
    """Unknown is not no: nobody is "neutral" or "outside" because nobody asked."""
    advice = advise(GUIDES[name], {})
    assert (advice.suggestions, advice.contradictory) == ((), False)
    assert advice.unanswered == tuple(GUIDES[name].questions)


@given(st.data())
def test_a_suggestion_rests_on_answers_only(data):
    """Every reason was answered; a list that takes one value is offered one at most."""
    guide = data.draw(st.sampled_from(list(GUIDES.values())))
    answers = {question: data.draw(st.sampled_from(("yes", "no", "unknown"))) for question in guide.questions}
    advice = advise(guide, answers)
    assert all(one.because and all(answers[why] != "unknown" for why in one.because) for one in advice.suggestions)
    assert guide.many or len(advice.suggestions) <= 1
    assert not (advice.contradictory and advice.unanswered)
