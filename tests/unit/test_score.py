"""Scores keep their promises, and every code has its sentence."""

from __future__ import annotations

import ast
import string
from datetime import date
from pathlib import Path

import pytest

import graphcrm.domain
from graphcrm.domain.messages import ENUMERATED, GAPS, MESSAGES, MISSING, describe
from graphcrm.domain.score import Fact, Reason, Score
from graphcrm.formats import with_numbers
from graphcrm.i18n import use_language
from graphcrm.vocabulary import VOCABULARY
from graphcrm.vocabulary.goodwill import goodwill_catalogue

DOMAIN = Path(graphcrm.domain.__file__).parent
CODE_PREFIXES = ("missing_", "knowledge_", "interest_", "map_", "coverage_", "formal_", "reach_", "structural_holes_")


@pytest.mark.parametrize(
    ("value", "low", "high"), [(1.2, None, None), (-0.1, None, None), (0.5, 0.6, 0.7), (0.5, 0.1, 0.4), (0.5, 0.1, 1.1)]
)
def test_a_score_out_of_order_is_refused(value: float, low: float | None, high: float | None) -> None:
    """A bug of ours shows at once."""
    with pytest.raises(ValueError, match="a score must lie"):
        Score(value, low=low, high=high)


def test_bounds_default_to_the_value_and_none_stays_none() -> None:
    """Unknown is not zero."""
    assert (Score(0.3).low, Score(0.3).high, Score(0.3).is_uncertain) == (0.3, 0.3, False)
    assert Score(0.3, low=0.1, high=0.6).is_uncertain
    assert (Score(None).low, Score(None).is_uncertain) == (None, True)


def test_facts_are_gathered_once() -> None:
    """A tie that speaks for two reasons is one tie."""
    one, two = Fact("tie", "t", "influence", {"weight": 0.5}), Fact("node", "t")
    score = Score(0.5, (Reason("a", 0.5, 1, 0.5, (one, two)), Reason("b", 0, 0, 0, (Fact("tie", "t"),))))
    assert score.facts == (one, two)
    assert hash(one) == hash(Fact("tie", "t", "influence", {"weight": 0.9}))


def test_every_code_that_the_domain_writes_has_its_sentence() -> None:
    """Looks for the codes as text in the domain's own source, so that a new one cannot be forgotten."""
    written = set()
    for path in DOMAIN.glob("*.py"):
        if path.name != "messages.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            written |= {
                node.args[0].value
                for node in ast.walk(tree)
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Gap", "Reason", "_rule", "_mean_reason")
                and node.args
                and isinstance(node.args[0], ast.Constant)
            }
            written |= {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value.startswith(CODE_PREFIXES)
                and " " not in node.value
            }
    rights = {f"{part}_{word}" for part in ("purchase", "payment", "veto") for word in ("right", "none", "unknown")}
    known_fields = {"coverage_of", "map_health", "coverage_summary", "interest_line", "missing_"}
    assert (written | rights) - known_fields - MESSAGES.keys() == set()
    assert len(written) > 50


def test_enumerated_fields_name_enumerations_of_the_vocabulary() -> None:
    """So that the app can look every code up."""
    assert set(ENUMERATED.values()) <= set(VOCABULARY.enumerations)


def test_sentences_end_like_sentences_and_their_fields_are_names() -> None:
    """Whole sentences can be translated; the fields survive. Questions ask, and the answers to them are short."""
    assert MESSAGES["goodwill_rule"] == "{goodwill_rule}", "hands on what the rule itself says"
    assert all(text.endswith(".") for rule in goodwill_catalogue().rules.values() for text in (rule.en, rule.ru))
    for code, sentence in MESSAGES.items():
        assert sentence.endswith((".", "?")) or code.startswith("answer_") or code == "goodwill_rule", code
        for _, name, spec, _ in string.Formatter().parse(sentence):
            assert name is None or (name.isidentifier() and not spec), code
    assert GAPS.keys().isdisjoint(MISSING.keys())


def test_describe_fills_translated_sentences() -> None:
    """Lists, shares, enumeration codes and dates, each in its way."""
    text = describe("reach", {"deciders": (("Anna", 0.9), ("Boris", 0.456))})
    assert text == "Sways those who decide: Anna 90%, Boris 46%."
    shown = describe(
        "purchase_right",
        {"roles": ("economic_buyer", "approver")},
        translate=lambda sentence: sentence.replace("Has a say in the purchase as", "Решает о покупке"),
        name_of=lambda enumeration, code: f"{enumeration}:{code}",
    )
    assert shown == "Решает о покупке: role:economic_buyer, role:approver."
    dated = describe("not_verified_for_long", {"date": date(2026, 9, 1)}, show_date=lambda day: f"<{day}>")
    assert dated == "Role and attitude were last verified on <2026-09-01>."
    assert describe("leaves", {"partial_date": "2026-10"}, show_date=lambda day: f"<{day}>").endswith("<2026-10>.")
    assert describe("structural_holes", {"constraint": 0.4}).startswith("Burt's constraint is 0.4;")


def test_a_name_with_braces_stays_text() -> None:
    """Hostile names: fields are filled in once."""
    assert describe("stance", {"person": "{support} {0}", "support": "enemy"}) == "{support} {0}: enemy."


def test_a_sentence_ends_in_one_full_stop_and_numbers_follow_the_language():
    told = describe("cover_person_leaving", {"partial_date": "2026"}, show_date=lambda _day: "2026 г.")
    assert told == "Leaves the client: 2026 г."
    params = {"employee": "Bo", "strength": 1.3, "kept_level": "vendor", "floor": 2.0}
    assert describe("cover_cold", params) == "With Bo: strength 1.3 of 10; vendor asks for 2."
    use_language("ru")
    shown = with_numbers({**params, "share": 0.25}, {"share"})
    assert (shown["strength"], shown["floor"], shown["share"]) == ("1,3", "2", 0.25)
