"""One person or one firm twice (C1.2): against pairs labelled by hand, and blocking against all pairs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.domain.duplicates import (
    MOST_OF_A_KEY,
    SHOWN_FROM,
    PersonRecord,
    all_people,
    likely_people,
    score_people,
)
from graphcrm.domain.duplicates_firms import FirmRecord, all_firms, likely_firms, score_firms
from graphcrm.queries.binder import catalogue
from graphcrm.vocabulary import VOCABULARY
from tests.unit.duplicates_labelled import firms, people


def judged(labelled, score):
    """(precision, recall, the pairs that were judged wrongly)."""
    rows = [(one, (score(a, b).value or 0) >= SHOWN_FROM, a.names[0], b.names[0]) for one, a, b in labelled]
    right = sum(one and shown for one, shown, *_ in rows)
    wrong = [row for row in rows if row[0] != row[1]]
    return right / sum(row[1] for row in rows), right / sum(row[0] for row in rows), wrong


def test_the_lists_are_long_enough_and_hold_both_kinds():
    for labelled, least in ((people(), 60), (firms(), 40)):
        assert len(labelled) >= least
        assert 0.4 <= sum(one for one, *_ in labelled) / len(labelled) <= 0.6


def test_people_are_judged_as_by_hand():
    precision, recall, wrong = judged(people(), score_people)
    assert precision >= 0.96, wrong
    assert recall >= 0.88, wrong


def test_firms_are_judged_as_by_hand():
    precision, recall, wrong = judged(firms(), score_firms)
    assert precision >= 0.9, wrong
    assert recall >= 0.9, wrong


@pytest.mark.parametrize(("labelled", "score"), [(people(), score_people), (firms(), score_firms)])
def test_reasons_sum_up_to_the_score_and_the_order_of_the_two_does_not_matter(labelled, score):
    for _, a, b in labelled:
        there, back = score(a, b), score(b, a)
        assert sum(reason.contribution for reason in there.reasons) == pytest.approx(there.value)
        assert there.value == pytest.approx(back.value)


def test_an_office_mailbox_is_no_sign():
    a, b = (PersonRecord(one, (one,), email="info@verf.example") for one in ("Anna Berg", "Per Lund"))
    assert score_people(a, b).value == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ТД Ромашка, ООО", "Торговый дом «Ромашка»"),
        ("НПП Квант", "Научно-производственное предприятие «Квант»"),
        ("ООО «Ромашка»", "Romashka Ltd"),
    ],
)
def test_usual_first_words_and_forms_may_be_written_out_or_not(one, other):
    assert likely_firms([FirmRecord("a", (one,)), FirmRecord("b", (other,))])


@pytest.mark.parametrize(
    ("cities", "is_shown"),
    [(("Москва", "Moscow"), True), (("Вена", "Wien"), True), (("Москва", "Тула"), False), (("Moscow", "Tula"), False)],
)
def test_the_name_of_a_city_in_another_language_is_no_other_city(cities, is_shown):
    """ООО «Ромашка» in one list, Romashka LLC in the other; firms of one name in two cities are two."""
    pair = [FirmRecord(one, (one,), city=city)
            for one, city in zip(("ООО «Ромашка»", "Romashka LLC"), cities, strict=True)]  # fmt: skip
    assert bool(likely_firms(pair)) == is_shown


def test_those_told_apart_and_those_tied_are_not_shown():
    a = PersonRecord("a", ("Anna Berg",), email="anna@x.example")
    assert likely_people([a, PersonRecord("b", ("Anna Berg",), email="anna@x.example")])
    assert not likely_people([a, PersonRecord("b", ("Anna Berg",), email="anna@x.example", not_same=frozenset("a"))])
    assert not likely_people([a, PersonRecord("b", ("Anna Berg",), email="anna@x.example", tied=frozenset("a"))])


def test_a_name_that_hundreds_share_does_not_compare_each_with_each():
    many = [PersonRecord(f"p{number}", ("Иван Иванов",)) for number in range(MOST_OF_A_KEY + 1)]
    many.append(PersonRecord("x", ("Ivan Ivanov",), email="ivan@x.example"))
    many.append(PersonRecord("y", ("Иван Иванов",), email="ivan@x.example"))
    assert [(pair.one_id, pair.other_id) for pair in likely_people(many)] == [("x", "y")]


NAMES = ["Анна Белова", "Anna Belova", "А. Белова", "Анна Игоревна", "Белова Анна Игоревна", "Анна Орлова", "Belova",
         "Павел Громов", "Pavel Gromow", "П. И. Громвв", "Инна Белова", "Громов", "", "Иванова-Горская"]  # fmt: skip
PERSON = st.builds(
    PersonRecord,
    id=st.uuids().map(str),
    names=st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
    family=st.sampled_from(["", "Белова", "Громов"]),
    given=st.sampled_from(["", "Анна", "П"]),
    second=st.sampled_from(["", "Игоревна", "Иванович"]),
    sex=st.sampled_from([None, "male", "female"]),
    email=st.sampled_from([None, "a@x.example", "info@x.example"]),
    phone=st.sampled_from([None, "+7 495 1", "+74951"]),
    birth_date=st.sampled_from([None, "1970-05-09", "--05-09", "1970", "1971-05-09", "~1970-05-09", "in May"]),
    employers=st.sampled_from([{}, {"v": "Verf"}, {"s": "Stahl"}]),
)
FIRM = st.builds(
    FirmRecord,
    id=st.uuids().map(str),
    names=st.lists(st.sampled_from(["ООО Нордверфт", "Nord Verft AG", "Нордверф", "Nordverft Bank", "Завод 5",
                                    "Завод 7", "ООО"]), max_size=2).map(tuple),
    numbers=st.sampled_from([{}, {"inn": "1"}, {"inn": "2", "vat": "DE1"}]),
    website=st.sampled_from([None, "nord.example", "https://www.nord.example/x", "vk.com/nord", "http://["]),
    country=st.sampled_from([None, "DE", "RU"]),
    city=st.sampled_from([None, "Псков", "Pskov", "Тула"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PERSON, max_size=7, unique_by=lambda one: one.id))
def test_blocking_shows_the_pairs_of_people_that_all_pairs_show(records):
    assert likely_people(records) == all_people(records)


@settings(max_examples=150, deadline=None)
@given(st.lists(FIRM, max_size=7, unique_by=lambda one: one.id))
def test_blocking_shows_the_pairs_of_firms_that_all_pairs_show(records):
    assert likely_firms(records) == all_firms(records)


ANY_TYPE = re.compile(r"-\[\w*(\*[\d.]*)?\]-|\)-->?\(|\)<--\(")
MAY_READ_ALL = {"changes", "ingest", "export", "duplicates", "editing"}


def test_no_map_path_or_count_goes_over_not_same():
    """Only what moves, saves or lists every tie reads ties of any type; nothing else names this one."""
    assert ANY_TYPE.search("(a)-[r]-(b)")
    assert ANY_TYPE.search("(a)-->(b)")
    found = [
        name for name, query in catalogue().items()
        if query.topic not in MAY_READ_ALL and (ANY_TYPE.search(query.text) or "NOT_SAME" in query.text)
    ]  # fmt: skip
    assert found == []
    assert VOCABULARY.ties["NOT_SAME"].draw == "none"
