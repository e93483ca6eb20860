"""Names are found in either script and in the usual spellings (D1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.name_search import closeness, folded, likeness, matches


@pytest.mark.parametrize(
    "spellings",
    [
        ["Северная верфь", "Severnaya verf", "severnaja werf'", "SEVERNAYA VERF"],
        ["Щукина", "Shchukina", "Schukina", "shchukina"],
        ["Юлия Хованская", "Yuliya Khovanskaya", "Julija Hovanskaja", "Yulia Hovanskaya"],
        ["Müller", "Muller"],
        ["Żółw", "Zolw"],
        ["Çelik", "Celik"],
        ["Ершов", "Yershov", "Ershov"],
        ["Цветков", "Tsvetkov", "Cvetkov"],
    ],
)
def test_spellings_of_one_name_have_one_key(spellings):
    assert len({folded(spelling) for spelling in spellings}) == 1


def test_every_word_must_begin_some_word():
    assert matches("сев вер", ["АО «Северная верфь»"])
    assert matches("verf", [None, "АО «Северная верфь»"])
    assert not matches("severnaya zavod", ["АО «Северная верфь»"])
    assert not matches("ерфь", ["АО «Северная верфь»"]), "the middle of a word is no beginning"
    assert matches("   ", [])


@given(st.text(max_size=60))
def test_a_name_is_found_by_itself_and_folding_twice_changes_nothing(name):
    assert matches(name, [name])
    assert folded(name) == folded(name)


@pytest.mark.parametrize(
    ("search", "name"),
    [("зиглиц", "Jürgen Sieglitz"), ("хальбах", "Hallbach"), ("дейкграф", "Arjan Dijkgraaf"), ("vagner", "Wagner"),
     ("бернард шульц", "Bernhard Schulz"), ("sorokyn", "Лев Сорокин")],
)  # fmt: skip
def test_names_heard_alike_are_alike(search, name):
    assert likeness(search, [name]) > 0.5


@pytest.mark.parametrize(("search", "name"), [("зиглиц", "Tilo Börnert"), ("ли", "Lee"), ("", "Anna"), ("!?", "Anna"),
                                              ("зиглиц бернерт", "Jürgen Sieglitz")])  # fmt: skip
def test_others_are_not(search, name):
    assert likeness(search, [name]) == 0


def test_how_near_a_name_comes_to_a_search():
    nord = ["Nord", "Nord Werft", "Werft Nord", "Werft Nordsee", "Werft"]
    assert [closeness("nord", [name]) for name in nord] == [0, 1, 2, 3, 4]
    assert [closeness("Верфь", ["Severnaya verf"]), closeness("nord", ["Werft", None, "Nord"]), closeness("a", [])] == [
        2, 0, 4]  # fmt: skip
