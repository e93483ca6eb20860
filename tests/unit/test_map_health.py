"""The health of a power map and the coverage of its key figures (C1.2, C1.8, C2.1)."""

from __future__ import annotations

from datetime import date

import pytest

from graphcrm.domain.map_health import coverage_summary, map_health
from graphcrm.domain.power import rank_key_figures
from graphcrm.domain.structure import CoverageTie, InfluenceTie, PowerStructure, Stakeholder

TODAY = date(2026, 9, 1)


def person(name: str, *roles: str, support: str = "unknown", **more: object) -> Stakeholder:
    return Stakeholder(
        name, name.title(), roles=frozenset(roles), support=support, confidence=1.0, stakeholder_id=f"s-{name}", **more
    )


def client(*people: Stakeholder, coverage: tuple[CoverageTie, ...] = (), **more: object) -> PowerStructure:
    return PowerStructure("c", TODAY, people, coverage=coverage, **more)


def covers(who: str, whom: str, coverage: str = "multiple", **more: object) -> CoverageTie:
    return CoverageTie(f"{who}>{whom}", whom, who, who.title(), coverage, **more)


@pytest.mark.parametrize(
    ("people", "level", "code"),
    [
        ((), 0, "map_empty"),
        ((person("seat", "decision_maker", presence="vacant"),), 0, "map_empty"),
        ((person("a", "user", support="mentor"), person("b", level=1)), 1, "map_no_key_player"),
        ((person("a", "decision_maker"), person("b", "user", support="mentor")), 2, "map_no_supporter"),
        ((person("a", "decision_maker", support="non_supporter"),), 2, "map_no_supporter"),
        ((person("a", "decision_maker", support="supporter"),), 3, "map_supporter"),
        ((person("a", political_status="inner_circle", support="mentor"),), 3, "map_supporter"),
        ((person("a", "payment_decider", support="enemy"), person("b", "economic_buyer", support="mentor")), 3, None),
    ],
)
def test_the_levels_of_map_health(people: tuple[Stakeholder, ...], level: int, code: str | None) -> None:
    """C1.8: 0 empty, 1 no key player, 2 none supportive, 3 a supportive one."""
    health = map_health(client(*people))
    assert health.level == level
    assert code is None or health.reasons[0].code == code


def test_one_who_only_sways_can_be_the_key_player() -> None:
    """C2.1. The supportive deputy without a title makes the map healthy."""
    people = (person("head", "decision_maker", support="enemy"), person("deputy", "influencer", support="mentor"))
    tie = InfluenceTie("t", "deputy", "head", strength=9, confidence=1)
    assert map_health(client(*people)).level == 2
    health = map_health(client(*people, influences=(tie,)))
    assert health.level == 3
    assert health.reasons[0].params["people"] == ("Deputy",)
    assert health.reasons[0].facts[0].id == "s-deputy"


def test_coverage_of_the_key_figures() -> None:
    """C1.2. Two of three covered by two of ours; "none" and "unknown" cover nobody."""
    people = (person("a", "decision_maker"), person("b", "economic_buyer"), person("c", "payment_decider"))
    ties = (covers("x", "a"), covers("y", "b", "brief"), covers("x", "c", "none"), covers("y", "c", "unknown"))
    summary = coverage_summary(client(*people, coverage=ties))
    assert (summary.covered, summary.key_figures) == (2, 3)
    assert summary.share == pytest.approx(2 / 3)
    assert summary.uncovered_ids == ("c",)
    assert summary.employee_ids == ("x", "y")
    assert not summary.single_threaded


def test_access_that_hangs_on_one_about_to_leave() -> None:
    """C1.2. All through one person there, and that person leaves in December."""
    people = (person("a", "decision_maker"), person("door", "user", leaves_on="2026-12"))
    ties = (covers("x", "door", "in_depth"), covers("y", "door", "brief"))
    summary = coverage_summary(client(*people, coverage=ties))
    assert summary.single_threaded
    assert (summary.hangs_on, summary.at_risk) == (("door",), ("door",))
    assert [reason.code for reason in summary.reasons] == ["coverage_missing", "single_threaded", "contact_leaving"]


def test_access_that_hangs_on_one_of_ours() -> None:
    """C1.2."""
    people = (person("a", "decision_maker"), person("b", "user"))
    ties = (covers("x", "a", employee_leaves_on="2026-10-01"), covers("x", "b"), covers("y", "b", "none"))
    summary = coverage_summary(client(*people, coverage=ties))
    assert (summary.hangs_on, summary.at_risk, summary.share) == (("x",), ("x",), 1.0)


def test_no_contact_and_no_key_figure_are_no_error() -> None:
    """C1.2. A share of nothing is not known; ties to people who are not on the map are passed over."""
    summary = coverage_summary(client(person("a", "user"), coverage=(covers("x", "stranger"),)))
    assert (summary.share, summary.single_threaded, summary.employee_ids) == (None, False, ())
    figures = rank_key_figures(client())
    assert coverage_summary(client(), figures).share is None
