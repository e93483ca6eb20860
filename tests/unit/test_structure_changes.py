"""What changed between two days (C1.8, D1): each by hand, none where nothing changed, none lost on the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.cli.structure_changes import begin_of
from graphcrm.domain.messages import describe
from graphcrm.domain.structure import (
    POLITICAL_STATUSES,
    ROLES,
    SUPPORTS,
    ConflictTie,
    CoverageTie,
    InfluenceTie,
    PowerStructure,
    ReportingLine,
    Stakeholder,
)
from graphcrm.domain.structure_changes import KINDS, Stance, structure_changes, turns
from graphcrm.domain.structure_changes_words import STRUCTURE_CHANGES
from graphcrm.errors import InvalidInput

OLD, NEW = date(2026, 1, 1), date(2026, 11, 23)


def structure(as_of, *people, **ties):
    return PowerStructure("c", as_of, people, **ties)


def ida(**more):
    return Stakeholder("i", "Ida", **more)


LEV, KAI = Stakeholder("l", "Lev"), Stakeholder("k", "Kai")


def told(before, now, stances=()):
    return [describe(one.code, one.params) for one in structure_changes(before, now, stances)]


def test_two_attitudes_beside_each_other_are_no_turn():
    """Two sources say different things at the same time: nobody has turned. One that began and ended in between has."""
    held = [Stance("1", "i", "supporter", None, None), Stance("2", "i", "neutral", None, None)]
    now = ida(support="neutral")
    assert told(structure(OLD, now), structure(NEW, now), held) == []
    held.append(Stance("3", "i", "enemy", date(2026, 3, 1), date(2026, 4, 1)))
    assert told(structure(OLD, now), structure(NEW, now), held) == [
        "Ida turned and turned back: in between enemy, now neutral again."
    ]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"support": "neutral"}, {"support": "mentor"}, ["Ida turned towards us: from neutral to mentor."]),
        ({"support": "supporter"}, {"support": "enemy"}, ["Ida turned away from us: from supporter to enemy."]),
        ({"support": "unknown"}, {"support": "enemy"}, ["Ida: the attitude to us became known: enemy."]),
        ({"support": "enemy"}, {"support": "unknown"}, ["Ida: the attitude to us is no longer known; before: enemy."]),
        ({"title": "CTO"}, {"title": "CEO"}, ["Ida is now CEO; before: CTO."]),
        ({"title": None}, {"title": "CEO"}, []),
        ({"roles": frozenset({"user"})}, {"roles": frozenset({"legal"})},
         ["Ida has a new say as: legal.", "Ida no longer has a say as: user."]),
        ({"political_status": "inner_circle"}, {"political_status": "outside"},
         ["Ida: political status from inner_circle to outside."]),
        ({"political_status": "unknown"}, {"political_status": "outside"}, []),
    ],
)  # fmt: skip
def test_one_person(before, now, said):
    assert told(structure(OLD, ida(**before)), structure(NEW, ida(**now))) == said


def test_who_came_and_who_left():
    before, now = structure(OLD, LEV), structure(NEW, ida(title="CEO"))
    assert told(before, now) == ["Ida came: CEO.", "Lev left."]


def test_whether_it_is_good_for_us():
    def good(before, now):
        (one,) = structure_changes(structure(OLD, ida(support=before)), structure(NEW, ida(support=now)))
        return one.good

    assert (good("neutral", "supporter"), good("neutral", "enemy")) == (True, False)
    assert (good("unknown", "mentor"), good("unknown", "enemy"), good("unknown", "neutral")) == (True, False, None)


def test_lines():
    """A tie that was closed and opened anew with another strength is one change."""
    before = structure(
        OLD, ida(), LEV, KAI,
        reporting=(ReportingLine("r1", "i", "l"), ReportingLine("r2", "k", "l")),
        influences=(InfluenceTie("n1", "i", "l", 3), InfluenceTie("n2", "k", "l", 5)),
        conflicts=(ConflictTie("x1", "i", "k"),),
    )  # fmt: skip
    now = structure(
        NEW, ida(), LEV, KAI,
        reporting=(ReportingLine("r3", "i", "k"), ReportingLine("r4", "l", "k")),
        influences=(InfluenceTie("n3", "i", "l", 8), InfluenceTie("n4", "l", "i", 5)),
        conflicts=(ConflictTie("x2", "k", "i"), ConflictTie("x3", "l", "k")),
    )  # fmt: skip
    assert sorted(told(before, now)) == sorted([
        "Ida now reports to Kai; before: Lev.",
        "Kai no longer reports to Lev.",
        "Lev now reports to Kai.",
        "Ida influences Lev more: from 3 to 8 of 10.",
        "Kai no longer influences Lev.",
        "Lev has begun to influence Ida.",
        "Kai and Lev are at odds.",
    ])  # fmt: skip
    (stronger,) = [one for one in structure_changes(before, now) if one.code == "change_influence_stronger"]
    assert stronger.tie_ids == ("n1", "n3")


def test_contacts():
    def tie(own_id, coverage="in_depth", level=None, employee="e"):
        return CoverageTie(own_id, "i", employee, employee.upper(), coverage, level)

    before = structure(OLD, ida(), coverage=(tie("c1", level="vendor"), tie("c2", "none", employee="f"),
                                             tie("c3", employee="g")))  # fmt: skip
    now = structure(NEW, ida(), coverage=(tie("c1", level="problem_solver"), tie("c4", "brief", employee="f")))
    assert told(before, now) == [
        "F is now in touch with Ida.",
        "G is no longer in touch with Ida.",
        "E and Ida: from vendor to problem_solver.",
    ]


def test_who_turned_and_turned_back():
    stances = [
        Stance("s1", "i", "supporter", None, date(2026, 3, 1)),
        Stance("s2", "i", "enemy", date(2026, 3, 1), date(2026, 6, 1)),
        Stance("s3", "i", "supporter", date(2026, 6, 1), None),
        Stance("s0", "l", "enemy", None, None),
    ]
    before, now = structure(OLD, ida(support="supporter")), structure(NEW, ida(support="supporter"))
    assert told(before, now, stances) == ["Ida turned and turned back: in between enemy, now supporter again."]
    assert [one.tie_id for one in turns("i", stances, OLD, NEW)] == ["s1", "s2", "s3"]
    assert [one.tie_id for one in turns("i", stances, date(2026, 6, 1), NEW)] == ["s3"]


ids = st.sampled_from(["a", "b", "c", "d"])
people = st.lists(
    st.builds(
        Stakeholder, ids, st.just("N"), title=st.sampled_from(["CEO", "CTO"]), support=st.sampled_from(SUPPORTS),
        political_status=st.sampled_from(POLITICAL_STATUSES), roles=st.frozensets(st.sampled_from(ROLES[:4])),
    ),
    unique_by=lambda person: person.id,
).map(tuple)  # fmt: skip
pairs = st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1])


def ties(make):
    pair = st.lists(pairs, max_size=4, unique=True)
    return pair.map(lambda found: tuple(make(f"{one}-{other}", one, other) for one, other in found))


structures = st.builds(
    PowerStructure, st.just("c"), st.just(OLD), people,
    reporting=ties(ReportingLine),
    influences=ties(lambda own, one, other: InfluenceTie(own, one, other, len(own) + ord(one) % 3)),
    conflicts=ties(ConflictTie),
    coverage=ties(lambda own, one, other: CoverageTie(own, one, other, "E", "brief", "vendor")),
)  # fmt: skip
OPPOSITE = {
    "change_came": "change_left",
    "change_roles_gained": "change_roles_lost",
    "change_turned_to_us": "change_turned_from_us",
    "change_stance_known": "change_stance_unknown",
    "change_boss_new": "change_boss_gone",
    "change_influence_began": "change_influence_ended",
    "change_conflict_began": "change_conflict_ended",
    "change_contact_began": "change_contact_ended",
}
OPPOSITE |= {other: one for one, other in OPPOSITE.items()}


@settings(max_examples=150, deadline=None)
@given(structures)
def test_nothing_changed_where_nothing_changed(one):
    assert structure_changes(one, replace(one, as_of=NEW)) == []


@settings(max_examples=200, deadline=None)
@given(structures, structures)
def test_the_way_back_undoes_every_change(one, other):
    """Backwards the same changes are found, each as its opposite; every sentence can be told."""
    forth = structure_changes(one, replace(other, as_of=NEW))
    back = structure_changes(other, replace(one, as_of=NEW))
    assert sorted((OPPOSITE.get(c.code, c.code), c.person_ids) for c in forth) == sorted(
        (c.code, c.person_ids) for c in back
    )
    for change in forth:
        assert change.code in STRUCTURE_CHANGES
        assert change.kind in KINDS
        assert describe(change.code, change.params)


@pytest.mark.parametrize(
    ("text", "day"),
    [("7d", date(2026, 11, 16)), ("2 w", date(2026, 11, 9)), ("1M", date(2026, 10, 24)), ("1y", date(2025, 11, 23)),
     ("2026-02-28", date(2026, 2, 28))],
)  # fmt: skip
def test_a_span_or_a_day(text, day):
    assert begin_of(text, NEW) == day


@pytest.mark.parametrize("text", ["yesterday", "7", "-7d", "9999y", "2026-02-30", ""])
def test_no_span_and_no_day(text):
    with pytest.raises(InvalidInput):
        begin_of(text, NEW)
