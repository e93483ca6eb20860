"""Ties that can be reasoned (A5.4): surely at one place at the same time, worked out by hand; nothing on a guess."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.messages import describe
from graphcrm.domain.reasoned_ties import RULES, Shared, Stay, reasoned_ties, sure_span

TODAY = date(2026, 11, 23)


def shared(own, theirs, *, kind="WORKS_AT", size=None, other="x", place="Versta"):
    return Shared(other, other.upper(), place, place, Stay("own", kind, **own), Stay("theirs", kind, **theirs), size)


def told(*places, warmth=None):
    return [describe(tie.code, tie.params) for tie in reasoned_ties(places, TODAY, warmth or {})]


@pytest.mark.parametrize(
    ("own", "theirs", "sentence"),
    [
        # 2011-04 to today and 2006-09 to 2013-08: together 30 April 2011 to 1 August 2013.
        ({"since": "2011-04"}, {"since": "2006-09", "until": "2013-08"}, "Both worked at Versta, 2011 to 2013."),
        ({"since": "2001"}, {"since": "2010"}, "Both have worked at Versta since 2010."),
        ({}, {}, "Both work at Versta."),
        ({"since": "2001"}, {}, "Both work at Versta."),
        # One left in 2005, the other came in 2005: whether they met is not sure.
        ({"since": "2001", "until": "2005"}, {"since": "2005"}, None),
        ({"since": "2001", "until": "2004"}, {"since": "2006"}, None),
        # No beginning is known of one, and the other has left: nothing is sure.
        ({}, {"since": "2001", "until": "2005"}, None),
        ({"since": "no date"}, {"until": "2005"}, None),
    ],
)
def test_firms(own, theirs, sentence):
    assert told(shared(own, theirs)) == ([sentence] if sentence else [])


def test_a_school_is_left_some_day_though_nobody_wrote_when():
    assert told(shared({"since": "1984"}, {"since": "2001"}, kind="STUDIED_AT")) == []
    assert told(shared({"since": "2000", "until": "2005"}, {"since": "2001", "until": "2006"}, kind="STUDIED_AT")) == [
        "Both studied at Versta, 2001 to 2005."
    ]


def test_two_bodies_of_one_firm_are_two_places():
    board = {"since": "2019", "body": "board"}
    assert told(shared(board, {"since": "2020", "body": "supervisory_board"}, kind="SITS_ON")) == []
    assert told(shared(board, {"since": "2020", "body": "board"}, kind="SITS_ON")) == [
        "Both have sat on one body of Versta since 2020."
    ]


def test_what_would_help_us_most_is_asked_first_and_each_person_once():
    """A small firm before a large one; a person whom ours know before one whom nobody knows."""
    since = {"since": "2010"}
    places = [
        shared(since, since, other="small", size=12),
        shared(since, since, other="large", size=9000),
        shared(since, since, other="known", size=9000),
        shared(since, since, other="known", place="Second", kind="SITS_ON"),
    ]
    found = reasoned_ties(places, TODAY, {"known": 0.5})
    assert [(tie.other_id, tie.rule) for tie in found] == [
        ("known", "SITS_ON"),
        ("small", "WORKS_AT"),
        ("large", "WORKS_AT"),
    ]


def test_every_rule_has_its_sentences():
    since = {"since": "2001"}
    for rule in RULES:
        for own in ({}, since, {"since": "2001", "until": "2010"}):
            for tie in reasoned_ties([shared(own, own, kind=rule)], TODAY, {}):
                assert "Versta" in describe(tie.code, tie.params)


years = st.integers(1980, 2030).map(str)


@given(st.sampled_from(RULES), st.one_of(st.none(), years), st.one_of(st.none(), years))
def test_what_is_sure_lies_within_what_is_written(kind, since, until):
    span = sure_span(Stay("s", kind, since=since, until=until), TODAY)
    if span is None:
        return
    first, last = span
    assert since is not None
    assert date(int(since), 1, 1) <= first <= last <= TODAY
    assert until is None or last <= date(int(until), 12, 31)
    assert kind != "STUDIED_AT" or until is not None or last - first <= timedelta(days=365)
