"""Names of one person in two spellings (C1.2): a table written by hand, invented names; what blocking rests on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.duplicates_names import SHORTEST_ALIKE, alike, best, near_keys, parse_name, parse_parts

SAME = """Ирина Петровна Сидорова | I. P. Sidorova
Сидорова И.П. | Irina Sidorova
Sidorova, Irina P. | Ирина Сидорова
Григорий Хрущёв | Grigory Khrushchev
Григорий Хрущев | Grigorij Hruŝëv
Юлия Зайцева | Yuliya Zaytseva
Юлия Зайцева | Julija Zajceva
Юлия Зайцева | Iuliia Zaitseva
Пётр Щукин | Petr Shchukin
Пётр Щукин | Pyotr Schukin
Александр Жуков | Саша Жуков
Aleksandr Zhukov | Alexander Žukov
Robert Hale | Bob Hale
William Marsh | Bill Marsh
Elizabeth Crane | Liz Crane
Сергей Смирнов | Serge Smirnoff
Radovan Terzin | Terzin Radovan
Белякова Анна Игоревна | Анна Игоревна Белякова
Анна Белякова | АННА БЕЛЯКОВА
Dr. Hans von Reinholt | Hans Reinholt
Jörg Müller | Joerg Mueller
Søren Kjær | Soren Kjaer
Мария Иванова-Горская | Мария Горская
Артём Ёлкин | Артем Елкин
Евгений Филиппов | Yevgeny Filippov
Дмитрий Воробьёв | Dmitri Vorobyov
Екатерина Орлова | Катя Орлова
Михаил Дорохов | Mikhail Dorohov
Vitaly Gromov | Виталий Громвв
Наталия Ким | Наталья Ким"""
DIFFERENT = """Иван Петрович Сомов | Иван Иванович Сомов
John Harrow Jr | John Harrow Sr
Мария Сидорова | Марина Сидорова
Александр Белов | Александра Белова
И. Сидоров | И. Сидорова
Robert Hale | Roger Hale
Anna Berg | Inna Berg
Anna Berg | Anna Bern
Олег Жуков | Ольга Жукова
Irina Sidorova | Irina Sidorenko
I. P. Sidorova | I. V. Sidorova
А. Громов | Б. Громов
Karl Weber | Karla Weber
Саша Белов | Сергей Белов
Bob Crane | William Crane
Павел Дорохов | Пётр Дорохов
John Paul Marsh | John Peter Marsh
Виктор Орлов | Виктория Орлова
Терзин Радован | Терзин Раде
Ли Вэй | Ли Мэй"""


def pairs(table: str) -> list[tuple[str, str]]:
    return [tuple(part.strip() for part in line.split("|")) for line in table.splitlines()]  # type: ignore[misc]


def agree(one: str, other: str) -> bool:
    likeness = best(parse_name(one), parse_name(other))
    return likeness is not None and likeness.agrees


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_spellings_of_one_name_agree(one: str, other: str) -> None:
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(("one", "other"), pairs(DIFFERENT))
def test_names_of_two_people_do_not_agree(one: str, other: str) -> None:
    assert not agree(one, other)
    assert not agree(other, one)


def test_marks_of_direction_and_decomposed_letters_change_nothing() -> None:
    assert parse_name("\u200fАнна\u200e Ёлкина") == parse_name("Анна Е\u0308лкина") == parse_name("анна елкина")


def test_a_name_without_letters_has_no_reading() -> None:
    assert parse_name("") == parse_name("123 – ?") == () == parse_parts("", "", "")
    assert best((), parse_name("Anna Berg")) is None


@given(st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    for name in parse_name(text):
        assert name.family or name.given


WORDS = st.text(alphabet="abo", min_size=1, max_size=9)


@st.composite
def near_words(draw: st.DrawFn) -> tuple[str, str]:
    """Two words that up to two typing errors part: letters taken out, put in, changed or swapped."""
    one = other = draw(WORDS)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(other)))
        head, tail = other[:at], other[at:]
        errors = [head + tail[1:], head + "b" + tail, head + "o" + tail[1:], head + tail[1::-1] + tail[2:]]
        other = draw(st.sampled_from(errors))
    return one, other


@given(near_words())
def test_blocking_by_near_keys_loses_no_alike_pair(words: tuple[str, str]) -> None:
    one, other = words
    if alike(one, other):
        assert near_keys(one) & near_keys(other)


def one_error_away(word: str) -> set[str]:
    """All words that one typing error makes of ``word``, made by hand: Damerau 1964."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return (
        {head + tail[1:] for head, tail in cuts}
        | {head + letter + tail for head, tail in cuts for letter in "abo"}
        | {head + letter + tail[1:] for head, tail in cuts for letter in "abo" if tail}
        | {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    )


@given(near_words())
def test_alike_is_one_typing_error(words: tuple[str, str]) -> None:
    one, other = words
    if min(len(one), len(other)) >= SHORTEST_ALIKE:
        assert alike(one, other) == (one == other or other in one_error_away(one))
