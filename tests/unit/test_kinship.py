"""Kinship against a table of relations written by hand in both languages, and properties on random families (C2.3).

The Russian names follow the definitions of explanatory dictionaries (деверь: the husband's brother); cousins are
counted as genealogists count them.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.domain.kinship import SHAPES, Family, FamilyTie, households, relation, relatives
from graphcrm.vocabulary.kinship import kinship_name

MEN = """
Ivan Petr Nikolai Boris Gleb Sergei Kirill Egor Stepan Foma Trofim Lev Denis Timur Ruslan Mark Ilya Roman Osip Viktor
Pavel Artyom Maxim Zakhar Anton Misha Fedya Gosha Yuri Stas Nikita Kolya"""
WOMEN = """
Olga Anna Vera Zoya Rita Lidia Yana Marina Toma Agafya Pelageya Nina Alla Sofia Klara Darya Ulyana Galina Inna
Svetlana Lena Katya Elena Dasha"""
COUPLES = """Ivan Olga : Petr Anna
Nikolai Vera : Ivan Sergei Marina
Sergei Lidia : Kirill Yana
Egor Marina : Toma
Stepan Agafya : Nikolai Lev Klara
Foma Pelageya : Stepan Mark Darya
Lev Nina : Denis Sofia
Denis Alla : Timur
Ruslan Klara :
Viktor Galina : Olga Pavel Svetlana
Pavel Inna : Maxim
Artyom Svetlana :
Petr Katya : Misha
Stas Anna : Dasha
Yuri Elena : Katya
Nikita Dasha :"""
ENDED = ["Nikolai Zoya : Boris", "Gleb Vera : Rita", "Anton Olga : Lena"]
ALONE = "Trofim:Foma Trofim:Osip Mark:Ilya Ilya:Roman Roman:Ulyana Zakhar:Viktor Misha:Fedya Fedya:Gosha"


def built() -> Family:
    ties = []

    def add(kind, start, end, ended=False):
        ties.append(FamilyTie(f"{kind}-{start}-{end}", kind, start, end, ended))

    for line in [*COUPLES.splitlines(), *ENDED]:
        couple, children = (part.split() for part in line.split(":"))
        add("SPOUSE_OF", *couple, line in ENDED)
        for child in children:
            for parent in couple:
                add("PARENT_OF", parent, child)
    for pair in ALONE.split():
        add("PARENT_OF", *pair.split(":"))
    add("GUARDIAN_OF", "Boris", "Kolya")
    return Family(tuple(ties), {**dict.fromkeys(MEN.split(), "male"), **dict.fromkeys(WOMEN.split(), "female")})


FAMILY = built()
TABLE = """
Ivan | Nikolai | father | отец
Ivan | Vera | mother | мать
Ivan | Petr | son | сын
Ivan | Anna | daughter | дочь
Ivan | Sergei | brother | брат
Ivan | Marina | sister | сестра
Ivan | Olga | wife | жена
Olga | Ivan | husband | муж
Ivan | Stepan | grandfather | дед
Ivan | Agafya | grandmother | бабушка
Ivan | Foma | great-grandfather | прадед
Ivan | Pelageya | great-grandmother | прабабушка
Ivan | Trofim | great-great-grandfather | прапрадед
Ivan | Misha | grandson | внук
Ivan | Dasha | granddaughter | внучка
Ivan | Fedya | great-grandson | правнук
Ivan | Gosha | great-great-grandson | праправнук
Ivan | Boris | half-brother | единокровный брат
Ivan | Rita | half-sister | единоутробная сестра
Ivan | Lev | uncle | дядя
Ivan | Klara | aunt | тётя
Ivan | Nina | aunt by marriage | тётя (жена дяди)
Ivan | Ruslan | uncle by marriage | дядя (муж тёти)
Ivan | Denis | first cousin | двоюродный брат
Ivan | Sofia | first cousin | двоюродная сестра
Ivan | Timur | first cousin once removed | двоюродный племянник
Ivan | Alla | first cousin's wife | жена двоюродного брата
Ivan | Mark | great-uncle | двоюродный дед
Ivan | Darya | great-aunt | двоюродная бабушка
Ivan | Osip | great-great-uncle | двоюродный прадед
Ivan | Ilya | first cousin once removed | двоюродный дядя
Ivan | Roman | second cousin | троюродный брат
Ivan | Ulyana | second cousin once removed | троюродная племянница
Ivan | Kirill | nephew | племянник
Ivan | Yana | niece | племянница
Ivan | Lidia | sister-in-law | невестка
Ivan | Egor | brother-in-law | зять
Ivan | Viktor | father-in-law | тесть
Ivan | Galina | mother-in-law | тёща
Ivan | Pavel | brother-in-law | шурин
Ivan | Svetlana | sister-in-law | свояченица
Ivan | Artyom | brother-in-law | свояк
Artyom | Ivan | brother-in-law | свояк
Ivan | Inna | sister-in-law | жена шурина
Ivan | Maxim | nephew by marriage | племянник супруга или супруги
Ivan | Zakhar | wife's grandfather | дед жены
Ivan | Lena | stepdaughter | падчерица
Lena | Ivan | stepfather | отчим
Ivan | Anton | wife's former husband | бывший муж жены
Ivan | Katya | daughter-in-law | невестка
Ivan | Stas | son-in-law | зять
Ivan | Yuri | co-father-in-law | сват
Ivan | Elena | co-mother-in-law | сватья
Ivan | Nikita | grandson-in-law | муж внучки
Olga | Nikolai | father-in-law | свёкор
Olga | Vera | mother-in-law | свекровь
Olga | Sergei | brother-in-law | деверь
Olga | Boris | brother-in-law | деверь
Olga | Marina | sister-in-law | золовка
Olga | Lidia | sister-in-law | жена деверя
Olga | Egor | brother-in-law | муж золовки
Olga | Anton | former husband | бывший муж
Anton | Olga | former wife | бывшая жена
Anton | Galina | former mother-in-law | бывшая тёща
Anton | Ivan | former wife's husband | муж бывшей жены
Zoya | Sergei | former husband's son | сын бывшего мужа
Vera | Boris | stepson | пасынок
Boris | Vera | stepmother | мачеха
Boris | Rita | stepsister | сводная сестра
Rita | Boris | stepbrother | сводный брат
Boris | Kolya | ward | подопечный
Kolya | Boris | guardian | опекун
Misha | Ivan | grandfather | дед
Misha | Toma | first cousin once removed | двоюродная тётя
Misha | Marina | great-aunt | двоюродная бабушка
Marina | Misha | great-nephew | внучатый племянник
Marina | Fedya | great-great-nephew | правнучатый племянник
Kirill | Toma | first cousin | двоюродная сестра
Fedya | Kirill | first cousin twice removed | троюродный дед
Kirill | Fedya | first cousin twice removed | двоюродный внучатый племянник
Kirill | Egor | uncle by marriage | дядя (муж тёти)
Katya | Anna | sister-in-law | золовка
Stas | Petr | brother-in-law | шурин
Stas | Viktor | wife's grandfather | дед жены
Pavel | Ivan | brother-in-law | зять
Sergei | Olga | sister-in-law | невестка
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in TABLE.strip().splitlines()]


def test_the_table_is_large_enough():
    assert len({row[2:] for row in ROWS}) >= 60


@pytest.mark.parametrize(("one", "other", "english", "russian"), ROWS)
def test_a_relation_is_named_as_people_name_it(one, other, english, russian):
    found = relation(FAMILY, one, other)
    assert found is not None
    assert kinship_name(found.path, "en", half=found.half) == english
    assert kinship_name(found.path, "ru", half=found.half) == russian


@pytest.mark.parametrize(
    ("one", "other"), [("Zoya", "Vera"), ("Ivan", "Yana-nobody"), ("Kolya", "Ivan"), ("Gleb", "Boris")]
)
def test_who_is_no_relative_is_none(one, other):
    found = relation(FAMILY, one, other)
    assert found is None or found.path == "Hw"  # the wife of a former husband is told as such


def test_the_chain_proves_the_relation():
    found = relation(FAMILY, "Ivan", "Sofia")
    assert [step.person_id for step in found.chain] == ["Nikolai", "Lev", "Sofia"]
    assert found.chain[0].tie_ids == ("PARENT_OF-Nikolai-Ivan",)
    # A sibling is derived from the parent whom both have.
    assert set(found.chain[1].tie_ids) in (
        {"PARENT_OF-Stepan-Nikolai", "PARENT_OF-Stepan-Lev"},
        {"PARENT_OF-Agafya-Nikolai", "PARENT_OF-Agafya-Lev"},
    )


def test_a_gender_that_is_not_known_is_not_guessed():
    family = Family(FAMILY.ties)
    assert kinship_name(relation(family, "Ivan", "Viktor").path, "ru") == "родитель супруга или супруги"
    assert kinship_name(relation(family, "Ivan", "Denis").path, "en") == "first cousin"
    assert relation(family, "Ivan", "Boris").half == "?"


def test_a_circle_and_a_self_tie_do_no_harm():
    circle = Family((FamilyTie("1", "PARENT_OF", "a", "b"), FamilyTie("2", "PARENT_OF", "b", "a"),
                     FamilyTie("3", "PARENT_OF", "a", "a"), FamilyTie("4", "SPOUSE_OF", "a", "a")))  # fmt: skip
    assert [found.person_id for found in relatives(circle, "a")] == ["b"]


def test_a_marriage_that_was_renewed_holds():
    ties = (FamilyTie("2", "SPOUSE_OF", "a", "b"), FamilyTie("1", "SPOUSE_OF", "a", "b", True))
    assert relation(Family(ties, {"b": "female"}), "a", "b").path == "w"


PEOPLE = st.sampled_from("abcdefgh")
TIES = st.lists(
    st.builds(
        lambda kind, start, end, ended: FamilyTie(f"{kind}{start}{end}{ended}", kind, start, end, ended),
        st.sampled_from(["PARENT_OF", "SPOUSE_OF", "SIBLING_OF"]), PEOPLE, PEOPLE, st.booleans(),
    ),
    max_size=14,
)  # fmt: skip
MIRROR = str.maketrans("UD", "DU")
KINDS = {
    **dict.fromkeys("fmp", "U"),
    **dict.fromkeys("sdc", "D"),
    **dict.fromkeys("bzg", "G"),
    **dict.fromkeys("hwe", "S"),
}


@given(TIES)
def test_whoever_is_a_relative_is_so_both_ways_if_the_mirrored_chain_names_one(ties):
    family = Family(tuple(ties))
    for person in "abcdefgh":
        for found in relatives(family, person):
            kinds = "".join(KINDS[letter.lower()] for letter in found.path)
            assert kinds in SHAPES
            back = relation(family, found.person_id, person)
            if kinds[::-1].translate(MIRROR) in SHAPES:
                assert back is not None
                assert len(back.chain) <= len(found.chain)
            for language in ("en", "ru"):
                assert kinship_name(found.path, language, half=found.half)


@given(TIES)
def test_a_chain_meets_nobody_twice_and_is_made_of_stored_ties(ties):
    family = Family(tuple(ties))
    known = {tie.id for tie in ties}
    for found in relatives(family, "a"):
        met = ["a", *(step.person_id for step in found.chain)]
        assert len(met) == len(set(met))
        assert {tie for step in found.chain for tie in step.tie_ids} <= known


def test_a_household_is_a_couple_with_its_minors():
    people = ["Ivan", "Olga", "Petr", "Anna", "Anton", "Kolya", "Boris"]
    found = households(people, FAMILY.ties, minors=["Anna", "Kolya"])
    assert {frozenset({"Ivan", "Olga", "Anna"}), frozenset({"Petr"}), frozenset({"Anton"}),
            frozenset({"Boris", "Kolya"})} == set(found)  # fmt: skip


def test_nonsense_is_refused():
    for path in ("", "x", "f?"):
        with pytest.raises(ValueError, match="chain"):
            kinship_name(path, "en")
