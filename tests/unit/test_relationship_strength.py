"""The strength of a relation against a table worked by hand (C1.2, D1)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.relationship_strength import (
    GAIN,
    HALF_LIFE_DAYS,
    LEAST_STRENGTH,
    MOOD,
    Contact,
    Stated,
    cools_below,
    half_life_days,
    relationship_strength,
)

DAY = date(2026, 1, 1)


def at(days: int) -> date:
    return DAY + timedelta(days=days)


def points(score) -> float:
    return 10 * score.value


# Worked by hand with the half-life of 180 days of a credible source: the stated strength 8 on day 0.
# What is left = 8 x 2^(-days/180); a warm meeting adds 0.3 x (10 - strength), a neutral call 0.2 x 0.75 x (10 - s).
TABLE = [
    (0, [], 8.0),
    (90, [], 5.656854),  # 8 / sqrt 2
    (180, [], 4.0),
    (360, [], 2.0),
    (540, [], 1.0),
    (180, [(180, "meeting", "warm")], 5.8),  # 4 + 0.3 x 6
    (360, [(180, "meeting", "warm")], 2.9),  # 5.8 / 2
    (180, [(180, "call", "neutral")], 4.9),  # 4 + 0.15 x 6
    (180, [(180, "email", "good")], 4.3),  # 4 + 0.05 x 6
    (180, [(180, "letter", "cool")], 4.15),  # 4 + 0.1 x 0.25 x 6
    (180, [(180, "meeting", "tense")], 4.0),  # adds nothing
    (360, [(180, "meeting", "warm"), (360, "event", "good")], 4.32),  # 2.9 + 0.2 x 7.1
    (180, [(0, "meeting", "warm")], 4.0),  # on the day of the statement: part of it
    (180, [(180, "meeting", "warm"), (180, "email", "good")], 5.8),  # the strongest of a day counts
    (180, [(200, "meeting", "warm")], 4.0),  # after the day asked for
]


@pytest.mark.parametrize(("days", "contacts", "expected"), TABLE)
def test_the_table_worked_by_hand(days, contacts, expected):
    made = [Contact(f"c{place}", at(on), kind, mood) for place, (on, kind, mood) in enumerate(contacts)]
    score = relationship_strength(Stated("tie", 8.0, "credible_source", DAY), made, at(days))
    assert points(score) == pytest.approx(expected, abs=1e-6)
    assert sum(reason.contribution for reason in score.reasons) == pytest.approx(score.value)
    assert not score.is_uncertain


@pytest.mark.parametrize(("level", "days"), [*HALF_LIFE_DAYS.items(), (None, 180)])
def test_half_is_left_after_the_half_life_of_the_level(level, days):
    assert half_life_days(level) == days
    score = relationship_strength(Stated("tie", 6.0, level, DAY), [], at(days))
    assert points(score) == pytest.approx(3.0)


def test_deeper_relations_fade_more_slowly():
    lives = [HALF_LIFE_DAYS[level] for level in LEAST_STRENGTH]
    assert lives == sorted(set(lives))


def test_contacts_alone_begin_the_relation_and_say_so():
    score = relationship_strength(None, [Contact("i1", DAY, "meeting", "good")], at(180))
    assert points(score) == pytest.approx(1.5)  # 3 / 2
    assert [reason.code for reason in score.reasons] == [
        "strength_not_stated",
        "strength_contact",
        "strength_level_unknown",
    ]
    assert [fact.id for fact in score.facts] == ["i1"]


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        (None, "strength_unknown"),
        (Stated("tie", None, "vendor", DAY), "strength_unknown"),
        (Stated("tie", 7.0, "vendor", None), "strength_undated"),
    ],
)
def test_what_is_not_known_has_no_number(stated, code):
    score = relationship_strength(stated, [], at(10))
    assert score.value is None
    assert [reason.code for reason in score.reasons] == [code]


def test_an_unknown_mood_or_level_widens_the_range_and_is_not_zero():
    contact = Contact("i1", at(180), "meeting", None)
    score = relationship_strength(Stated("tie", 8.0, "credible_source", DAY), [contact], at(180))
    assert (10 * score.low, points(score), 10 * score.high) == pytest.approx((4.0, 5.35, 5.8))
    unlevelled = relationship_strength(Stated("tie", 8.0, None, DAY), [], at(180))
    assert (10 * unlevelled.low, points(unlevelled), 10 * unlevelled.high) == pytest.approx((2.0, 4.0, 5.684), abs=1e-3)


@pytest.mark.parametrize(
    ("strength", "floor", "days"),
    [
        (8.0, 4.0, 181),
        (8.0, 2.0, 361),
        (4.0, 4.0, 1),
        (3.0, 4.0, 0),
    ],  # 8 is exactly 4 after 180 days, below on the next
)
def test_the_day_of_cooling_by_hand(strength, floor, days):
    assert cools_below(strength, "credible_source", floor, DAY) == at(days)
    assert cools_below(None, "credible_source", floor, DAY) is None


CONTACTS = st.lists(
    st.builds(
        Contact,
        id=st.uuids().map(str),
        on=st.integers(0, 900).map(at),
        kind=st.sampled_from(list(GAIN)),
        mood=st.sampled_from([*MOOD, None]),
    ),
    max_size=12,
)
STATED = st.none() | st.builds(
    Stated,
    tie_id=st.just("tie"),
    strength=st.none() | st.floats(0, 10),
    level=st.none() | st.sampled_from(list(HALF_LIFE_DAYS)),
    on=st.integers(0, 900).map(at),
)


def brute_force(stated: Stated | None, contacts: list[Contact], end: date) -> float | None:
    """Day by day: halve a little, then meet."""
    begin = stated.strength if stated else None
    life = half_life_days(stated.level if stated else None)
    first = stated.on if stated and begin is not None else DAY
    known, strength, day = begin is not None, begin or 0.0, first
    while day <= end:
        if day > first or not (stated and begin is not None):
            gains = [GAIN[c.kind] * (0.75 if c.mood is None else MOOD[c.mood]) for c in contacts if c.on == day]
            if gains:
                known, strength = True, strength + max(gains) * (10 - strength)
        day += timedelta(days=1)
        if day <= end:
            strength *= 0.5 ** (1 / life)
    return strength if known else None


@given(STATED, CONTACTS)
def test_day_by_day_gives_the_same(stated, contacts):
    end = at(900)
    score = relationship_strength(stated, contacts, end)
    expected = brute_force(stated, contacts, end)
    if expected is None:
        assert score.value is None
    else:
        assert points(score) == pytest.approx(expected, abs=1e-9)
        assert sum(reason.contribution for reason in score.reasons) == pytest.approx(score.value, abs=1e-9)
        assert score.low <= score.value + 1e-9 <= score.high + 2e-9


@given(CONTACTS)
def test_without_contacts_it_only_falls_and_a_good_contact_never_lowers_it(contacts):
    stated = Stated("tie", 5.0, "vendor", DAY)
    before = relationship_strength(stated, contacts, at(900)).value
    more = [*contacts, Contact("new", at(900), "meeting", "warm")]
    assert relationship_strength(stated, more, at(900)).value >= before
    assert relationship_strength(stated, contacts, at(930)).value < before or before == 0
