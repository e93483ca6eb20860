"""How far apart ratings are, reckoned by hand (C1.8)."""

from datetime import date

import pytest

from graphcrm.domain.stance_rating import SCALE, StanceRating, latest, spread
from graphcrm.domain.structure import SUPPORTS

DAY = date(2026, 11, 1)


def given(*supports: str) -> list[StanceRating]:
    return [StanceRating(str(place), f"e{place}", f"E{place}", DAY, one) for place, one in enumerate(supports)]


def test_the_scale_holds_every_attitude_but_the_unknown():
    assert {*SCALE} == {*SUPPORTS} - {"unknown"}


@pytest.mark.parametrize(
    ("supports", "ends", "steps", "middle", "raters"),
    [
        (("neutral",), ("neutral", "neutral"), 0, "neutral", 1),
        (("mentor", "enemy", "neutral"), ("enemy", "mentor"), 4, "neutral", 3),
        (("supporter", "neutral", "unknown"), ("neutral", "supporter"), 1, "neutral", 2),
    ],
)
def test_spread(supports, ends, steps, middle, raters):
    found = spread(given(*supports))
    assert ((found.worst, found.best), found.steps, found.middle, found.raters) == (ends, steps, middle, raters)


def test_nobody_can_tell():
    assert spread([]) is None
    assert spread(given("unknown", "unknown")) is None


def test_the_newest_of_each_counts():
    old = StanceRating("1", "e", "E", date(2026, 1, 1), "enemy")
    new = StanceRating("2", "e", "E", DAY, "mentor")
    assert latest([new, old]) == [new]
