"""Completeness and freshness of what we know of a client, reckoned by hand (A5.1-A5.5)."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.could_find_out import could_find_out
from graphcrm.domain.knowledge import Catalogue, Known, Subject, client_knowledge, item_freshness
from graphcrm.domain.structure import CoverageTie, PowerStructure, ReportingLine, Stakeholder
from graphcrm.vocabulary import VOCABULARY
from graphcrm.vocabulary.knowledge import knowledge_catalogue

TODAY = date(2026, 11, 23)


@dataclass
class Item:
    area: str
    of: str
    kind: str
    any: tuple = ()
    only: tuple = ()
    weight: float = 1.0
    stale: int = 100
    ask: tuple = field(default=())


CATALOGUE = Catalogue(
    {
        "role": Item("power", "people", "STAKEHOLDER_IN", any=("roles",), weight=3.0),
        "decider": Item("power", "client", "STAKEHOLDER_IN", only=("decision_maker",), weight=1.0),
        "bank": Item("partners", "client", "PARTNER_OF", only=("bank",)),
    },
    {"power": 3.0, "partners": 1.0},
)
FIRM = Subject("c", "Firm", frozenset({"client"}))
ANN = Subject("a", "Ann", frozenset({"people"}), is_key=True)
BEN = Subject("b", "Ben", frozenset({"people"}))


def stake(subject: str, *codes: str, age: int | None = 0, properties=("roles",)) -> Known:
    verified = None if age is None else TODAY - timedelta(days=age)
    return Known("STAKEHOLDER_IN", f"t-{subject}", subject, frozenset(properties), frozenset(codes), verified)


def test_the_shipped_catalogue_holds_together():
    catalogue = knowledge_catalogue()
    assert catalogue.faults(VOCABULARY) == []
    assert [area.id for area in catalogue.areas.values()] == ["A5.1", "A5.2", "A5.3", "A5.4", "A5.5"]
    assert {item.area for item in catalogue.items.values()} == set(catalogue.areas)


def test_completeness_by_hand():
    """Ann (a key figure, so three parts of four) has a role, Ben none, nobody decides: 3/4 × 3/4 of the power area."""
    found = client_knowledge(CATALOGUE, [FIRM, ANN, BEN], [stake("a", "influencer")], TODAY)
    power, partners = found.areas
    assert power.completeness.value == pytest.approx(0.75 * 0.75)
    assert partners.completeness.value == 0
    assert found.overall == pytest.approx((3 * 0.5625 + 0) / 4)
    assert [(gap.item, gap.subject_id) for gap in found.gaps] == [("bank", "c"), ("decider", "c"), ("role", "b")]
    assert [gap.value for gap in found.gaps] == pytest.approx([1 / 4, 3 / 4 / 4, 0.75 / 4 * 3 / 4])


def test_closing_a_gap_raises_the_whole_by_its_value():
    before = client_knowledge(CATALOGUE, [FIRM, ANN, BEN], [], TODAY)
    gap = next(gap for gap in before.gaps if gap.subject_id == "a")
    after = client_knowledge(CATALOGUE, [FIRM, ANN, BEN], [stake("a")], TODAY)
    assert after.overall - before.overall == pytest.approx(gap.value)


def test_unknown_is_not_zero():
    """Nobody on the map: the area cannot be judged. No day of verification: freshness is not known."""
    people = Catalogue({"role": CATALOGUE.items["role"]}, {"power": 1.0})
    assert client_knowledge(people, [FIRM], [], TODAY).overall is None
    found = client_knowledge(people, [ANN], [stake("a", age=None)], TODAY)
    assert found.areas[0].freshness is None
    assert found.areas[0].undated == 1
    assert found.freshness is None


@pytest.mark.parametrize(("age", "fresh"), [(0, 1.0), (100, 1.0), (150, 0.5), (200, 0.0), (900, 0.0)])
def test_freshness_falls_from_the_day_a_fact_is_stale(age: int, fresh: float):
    assert item_freshness(TODAY - timedelta(days=age), TODAY, 100) == pytest.approx(fresh)


def test_a_stale_fact_is_a_gap_worth_half():
    fresh, stale = (client_knowledge(CATALOGUE, [FIRM, ANN, BEN], [stake("a", age=age)], TODAY) for age in (100, 101))
    assert not any(gap.subject_id == "a" for gap in fresh.gaps)
    (gap,) = (gap for gap in stale.gaps if gap.subject_id == "a")
    missing = next(g for g in client_knowledge(CATALOGUE, [FIRM, ANN, BEN], [], TODAY).gaps if g.subject_id == "a")
    assert gap.is_stale
    assert gap.fact_id == "t-a"
    assert gap.value == pytest.approx(missing.value / 2)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 400)), max_size=12))
def test_more_facts_never_make_us_know_less(facts):
    known = [stake(subject, "decision_maker", age=age) for subject, age in facts]
    subjects = [FIRM, ANN, BEN]
    values = [client_knowledge(CATALOGUE, subjects, known[:n], TODAY).overall for n in range(len(known) + 1)]
    assert values == sorted(values)
    whole = client_knowledge(CATALOGUE, subjects, known, TODAY)
    missing = sum(gap.value for gap in whole.gaps if not gap.is_stale)
    assert whole.overall + missing == pytest.approx(1.0)


def test_the_nearest_friendly_contact_could_find_out_best():
    """Two of ours have equal contacts; of whom Ann reports to, the one in touch with her boss knows more."""
    structure = PowerStructure(
        "c",
        TODAY,
        people=tuple(Stakeholder(one, one.title(), level=2) for one in ("ann", "boss", "far")),
        reporting=(ReportingLine("r", "ann", "boss"),),
        coverage=(
            CoverageTie("1", "boss", "e-near", "Near", "in_depth", strength=8, last_contact=TODAY),
            CoverageTie("2", "far", "e-far", "Far", "in_depth", strength=8, last_contact=TODAY),
            CoverageTie("3", "ann", "e-none", "None", "none", strength=8, last_contact=TODAY),
        ),
    )
    assert [one.employee_id for one in could_find_out(structure, (), "ann")] == ["e-near", "e-far"]
    assert could_find_out(PowerStructure("c", TODAY), (), "ann") == ()
