"""The vocabulary holds together and has the words of the design."""

import re

import pytest

from graphcrm.vocabulary import VOCABULARY


def test_the_words_hold_together():
    assert list(VOCABULARY.faults()) == []


def test_every_word_has_both_languages_and_the_russian_one_is_russian():
    words = [
        *VOCABULARY.nodes.values(),
        *VOCABULARY.ties.values(),
        *VOCABULARY.enumerations.values(),
        *(value for enumeration in VOCABULARY.enumerations.values() for value in enumeration.values.values()),
        *(prop for kind in VOCABULARY.nodes.values() for prop in kind.properties.values()),
    ]
    latin_in_russian = {"IBAN"}
    assert [word for word in words if not word.en.strip()] == []
    assert [
        word.ru for word in words if not re.search("[а-яё]", word.ru, re.I) and word.ru not in latin_in_russian
    ] == []


@pytest.mark.parametrize(
    ("enumeration", "codes"),
    [
        (
            "role",
            "economic_buyer decision_maker approver influencer technical_evaluator user payment_decider"
            " payment_influencer gatekeeper champion coach blocker procurement legal",
        ),
        ("political_status", "inner_circle political_structure outside unknown"),
        ("support", "mentor supporter neutral non_supporter enemy unknown"),
        ("coverage", "in_depth multiple brief none unknown"),
        ("relationship_level", "vendor credible_source problem_solver trusted_advisor"),
        ("decision_orientation", "financial technical relationship business"),
        ("adaptability", "innovator visionary pragmatist conservative laggard"),
        (
            "influence_basis",
            "authority expertise budget information access coalition reputation friendship family past_favour",
        ),
        ("action_status", "idea planned needs_approval approved refused prepared done declined returned cancelled"),
        ("use", "open context_only do_not_use"),
        ("sensitivity", "business personal family restricted"),
        ("official_status", "private state_owned public_official politically_exposed unknown"),
        ("quadrant", "key_player keep_satisfied keep_informed monitor"),
        ("map_health", "0 1 2 3"),
    ],
)
def test_enumerations_hold_exactly_the_values_of_the_design(enumeration, codes):
    assert list(VOCABULARY.enumerations[enumeration].values) == codes.split()


def test_the_labels_of_the_design_are_there():
    wanted = (
        "Organization Client Partner OwnFirm Competitor Unit Person Executive DecisionMaker Influencer Payer"
        " TechnicalEvaluator FamilyMember Employee Deal Product Purchase Delivery Invoice SatisfactionScore Plan"
        " Interest Institution UsefulDate"
        " Interaction GoodwillAction Congratulation Gift Invitation JointEvent Offering Event"
        " GiftPolicy Evaluation Meeting Training Slogan Memo Proposal Contest Award Exhibition Source Change"
    )
    assert set(wanted.split()) <= VOCABULARY.labels


def test_every_asserted_tie_carries_its_provenance():
    provenance = {
        "valid_from",
        "valid_to",
        "confidence",
        "source",
        "recorded_by",
        "recorded_at",
        "last_verified_at",
        "sensitivity",
        "use",
    }
    for tie in VOCABULARY.ties.values():
        if tie.file:
            assert provenance <= set(tie.properties), tie.type
