"""The person page in AppTest: nothing chosen, unknown, bare, full, hostile, both languages."""

import pytest
from streamlit.testing.v1 import AppTest

from graphcrm.domain.viewer import OWNER
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.ui.state import KEY, UiState
from tests.small_graph import TODAY, build, node, orion

HOSTILE = "<img src=x onerror=alert(1)></script>{{constructor}}[a](javascript:alert(1)) **b** $x$ :red[y]"


def draw():
    from graphcrm.ui.pages.person import page

    page()


@pytest.fixture
def open_person(page_environment):
    """``open_person("p-lev", language="ru")``: the page after one run."""

    def open_(person_id=None, *, language="en"):
        at = AppTest.from_function(draw, default_timeout=60)
        at.session_state[KEY] = UiState(language=language, as_of=TODAY)
        if person_id is not None:
            at.query_params["person"] = person_id
        at.run()
        assert not at.exception, at.exception
        return at

    return open_


def texts(at):
    """All that the page says, as one text."""
    kinds = ("markdown", "title", "subheader", "caption", "info", "warning", "error", "html", "page_link")
    return "\n".join(str(element.proto) for kind in kinds for element in at.get(kind))


def test_nothing_chosen(open_person):
    assert "No person is chosen" in open_person().info[0].value


def test_unknown_person(open_person):
    at = open_person("no-such")
    assert "There is no such person" in at.info[0].value
    assert at.get("page_link")


def test_features_known_and_not_known(open_person, database):
    """C2.2: what is known with its value, what is not known by its name."""
    orion(database)
    said = texts(open_person("p-greta"))
    assert "Decides on one page" in said
    assert "2 of 7 known" in said
    assert "Not known:</strong> education, career, expertise, achievements, adaptability" in said


def test_place_ties_and_power(open_person, database):
    """Boss, unit, ties with proof, power with its rank beside the chart's."""
    orion(database)
    said = texts(open_person("p-lev"))
    assert "Anton Berg" in said
    assert "strength 9 of 10" in said
    assert "strength not known" in said
    assert "by the chart alone: 4" in said
    assert "confidence 100% · source: Talk at the fair · verified 30 Sept 2026" in said


def test_a_person_of_whom_only_the_name_is_known(open_person, database):
    """Everything says that it is not known, and nothing fails."""
    build(database, [node("p-bare", "Person", name="Bare")], [])
    said = texts(open_person("p-bare"))
    assert "no place of work is known" in said
    assert "nobody of ours" in said
    assert "0 of 7 known" in said


def test_one_of_ours(open_person, database):
    orion(database)
    said = texts(open_person("e-kai"))
    assert "Our employee" in said
    assert "2 people" in said


@pytest.mark.parametrize("person_id", ["p-greta", "p-lev", "p-ida", "e-kai", "p-olga"])
def test_hostile_names_are_text(open_person, database, person_id):
    """Markup in any name never reaches the page as markup."""
    ids = (
        "p_greta",
        "p_lev",
        "p_ida",
        "e_kai",
        "p_olga",
        "c_orion",
        "u_lab",
        "s_talk",
        "x_sail",
        "d_birth",
        "deal_open",
    )
    orion(database, **dict.fromkeys(ids, HOSTILE))
    at = open_person(person_id)
    for html in at.get("html"):
        assert "<img" not in html.proto.body
        assert "<script" not in html.proto.body
    for link in at.get("page_link"):
        assert "](javascript" not in link.proto.label


@pytest.mark.parametrize("person_id", ["p-greta", "p-lev", "e-kai"])
def test_russian(open_person, database, person_id):
    """Names of the vocabulary in Russian, days in the Russian form, the hobby by its Russian name."""
    orion(database)
    said = texts(open_person(person_id, language="ru"))
    assert "2026" in said
    if person_id == "p-greta":
        assert "Ориентация в решениях" in said
        assert "Парус" in said
        assert "1 мар" in said


def test_a_changed_attitude_is_drawn_with_its_table(database, open_person):
    """C1.8: the line of how the attitude went, and the same as a table; no line where nothing changed."""
    orion(database)
    database.write("MATCH (:Person {id: 'p-greta'})-[s:STAKEHOLDER_IN]->(:Client) SET s.support = 'neutral'", {})
    database.write("MATCH ()-[s:STAKEHOLDER_IN {id: 'greta-before'}]->() SET s.support = 'enemy'", {})
    at = open_person("p-greta")
    assert at.get("vega_lite_chart")
    assert {"Opponent", "Neutral"} <= set(at.dataframe[0].value["Attitude to us"])
    assert not open_person("p-lev").get("vega_lite_chart")


def test_a_long_change_shows_first_what_it_did_to_the_person(database, open_person):
    """Somebody leaves and a seat is made in one change: of its many lines the person's own stand before the fold."""
    orion(database)
    others = [RowEdit("Person", f"new-{number}", {"name": f"Newcomer {number}"}) for number in range(9)]
    save_edits(database, OWNER, [*others, RowEdit("Person", "p-lev", {"phone": "+49 30 1234"})], key="long")
    (said,) = [str(one.proto) for one in open_person("p-lev").get("html") if "Newcomer 1" in str(one.proto)]
    assert said.index("+49 30 1234") < said.index("Newcomer 0") < said.index("<details") < said.index("Newcomer 8")
