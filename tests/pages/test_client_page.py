"""The client page in AppTest: nothing chosen, unknown, empty, one person, hostile names, both languages, every tab."""

import pytest
from streamlit.testing.v1 import AppTest

from graphcrm.ui.state import KEY, UiState
from tests.small_graph import TODAY, build, node, orion, tie

HOSTILE = "<img src=x onerror=alert(1)></script>{{constructor}}[a](javascript:alert(1)) **b** $x$ :red[y]"
TABS = ("Power map", "Base analysis", "Key figures", "Gaps", "Whom to win", "What if")


def draw():
    from graphcrm.ui.pages.client import page

    page()


@pytest.fixture
def open_client(page_environment):
    """``open_client("c-orion", tab="Key figures", language="ru")``: the page after one run."""

    def open_(client_id=None, *, tab=None, language="en"):
        at = AppTest.from_function(draw, default_timeout=60)
        at.session_state[KEY] = UiState(language=language, as_of=TODAY)
        if client_id is not None:
            at.query_params["client"] = client_id
        if tab:
            at.session_state["client-tab"] = tab
        at.run()
        assert not at.exception, at.exception
        return at

    return open_


def texts(at):
    """All that the page says, as one text."""
    kinds = ("markdown", "title", "subheader", "caption", "info", "warning", "error", "html")
    return "\n".join(str(element.proto) for kind in kinds for element in at.get(kind))


def blocks(block):
    """Every block below ``block``."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield child
            yield from blocks(child)


def test_nothing_chosen(open_client):
    """No id in the address: a calm sentence and the way to the list."""
    at = open_client()
    assert [one.value for one in at.info] == ["No client is chosen. Choose one from the list."]
    assert at.get("page_link")


def test_unknown_client(open_client):
    """An id that is not there: a sentence, a way back, no traceback."""
    at = open_client("no-such")
    assert "There is no such client" in at.info[0].value
    assert at.get("page_link")


def test_the_head_says_what_matters(open_client, database):
    """C1.2, A1.3: lead, last contact, next date, deals, share of our sales."""
    orion(database)
    said = texts(open_client("c-orion", tab="Base analysis"))
    for fact in ("Orion Werke", "Kai Brandt", "10 Nov 2026", "25 Nov 2026", "25%", "1 of 3"):
        assert fact in said, fact


def test_base_analysis_answers_every_question(open_client, database):
    """C1.1-C1.8: eight questions; an answer that is not known says who could find out."""
    orion(database)
    at = open_client("c-orion", tab="Base analysis")
    said = texts(at)
    assert at.button(key="answer-C1.2").label == "Log a contact", "each answer can be added where it is read"
    for number in range(1, 9):
        assert f"C1.{number}" in said
    assert "Who decides the purchase?" in said
    assert "confidence 90% · source: Talk at the fair · verified 1 Oct 2026" in said
    assert "Could find out" in said


def test_key_figures_opened_to_their_ties(open_client, database):
    """C2.1: rank, the chart's rank, and the first figure's reasons with their ties and proof."""
    orion(database)
    said = texts(open_client("c-orion", tab="Key figures"))
    assert "by the chart: 4" in said
    assert "3 places above the chart" in said
    assert "Lev Sorokin · influences · Greta Holm · strength 9 of 10 · Expertise" in said
    assert "confidence 100% · source: Talk at the fair · verified 30 Sept 2026" in said


def test_sliders_change_the_ranks_at_once_and_back(open_client, database):
    """C2.1: only formal rank counts -> Greta leads, the change is told; the button brings the shipped weights back."""
    orion(database)
    at = open_client("c-orion", tab="Key figures")
    for name in ("reach", "purchase", "payment", "brokerage", "veto"):
        at.slider(key=f"weight-{name}").set_value(0)
    at.run()
    assert at.session_state[KEY].weights["reach"] == 0
    assert "1 place by your weights" in texts(at)
    next(button for button in at.button if "shipped" in button.label).click()
    at.run()
    assert at.session_state[KEY].weights == {}
    assert "by your weights" not in texts(at)
    assert at.slider(key="weight-reach").value > 0


def test_weights_of_zero_are_met_with_a_sentence(open_client, database):
    """Nothing to weigh: the shipped weights hold and the page says so."""
    orion(database)
    at = open_client("c-orion", tab="Key figures")
    for name in ("reach", "purchase", "payment", "formal", "brokerage", "veto", "structural_holes"):
        at.slider(key=f"weight-{name}").set_value(0)
    at.run()
    assert not at.exception
    assert any("shipped weights are used" in one.value for one in at.warning)


def test_whom_to_win_names_the_smallest_group_and_tries_ones_own(open_client, database):
    """C2.1, D1: the deputy alone is enough; two rows of the table are a group of one's own."""
    orion(database)
    assert "Those who back us already reach 88%" in texts(open_client("c-orion", tab="Whom to win"))
    database.write("MATCH (:Person {id: 'p-lev'})-[stake:STAKEHOLDER_IN]->() SET stake.support = 'unknown'")
    at = open_client("c-orion", tab="Whom to win")
    said = texts(at).replace("\\", "")
    assert "To win: 1 person." in said
    assert "Best group" in said
    at.session_state["win-people-c-orion"] = {"selection": {"rows": [0, 1], "columns": [], "cells": []}}
    at.run()
    assert "Your own group" in texts(at)
    at.multiselect(key="win-without-c-orion").set_value(["p-lev"])
    at.run()
    assert not at.exception
    assert "To win: 2 people." in texts(at).replace("\\", "")


def test_what_if_shows_what_breaks_and_keeps_a_scenario(open_client, database):
    """C1.8, D1: take the deputy away, see whom we lose and what mends it, keep it, go back to today, open it again."""
    orion(database)
    at = open_client("c-orion", tab="What if")
    assert "Whom we would no longer reach" not in texts(at)
    at.selectbox(key="what-if-goes-c-orion").set_value("p-lev")
    at.run()
    said = texts(at)
    assert "Whom we would no longer reach" in said
    assert "today over Kai Brandt → Ida Moss → Lev Sorokin" in said
    assert "Which new contact would mend most" in said
    at.text_input(key="what-if-name-c-orion").set_value("No deputy")
    next(button for button in at.button if button.label == "Keep it").click()
    at.run()
    next(button for button in at.button if button.label == "Back to today").click()
    at.run()
    assert "Whom we would no longer reach" not in texts(at)
    next(button for button in at.button if button.label == "Open").click()
    at.run()
    assert "Whom we would no longer reach" in texts(at)
    assert not at.exception


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_client_of_whom_nobody_is_known(open_client, database, tab, language):
    """Every tab of an empty client is drawn, in both languages."""
    build(database, [node("c-void", "Organization Client", name="Void")], [])
    assert "Void" in texts(open_client("c-void", tab=tab, language=language))


@pytest.mark.parametrize("tab", TABS)
def test_a_client_with_one_person(open_client, database, tab):
    """One person, nothing else known."""
    build(
        database,
        [node("c-one", "Organization Client", name="One"), node("p-one", "Person", name="Solo")],
        [tie("p-one", "WORKS_AT", "c-one")],
    )
    open_client("c-one", tab=tab)


@pytest.mark.parametrize("tab", TABS)
def test_hostile_names_are_text(open_client, database, tab):
    """Markup in a name never reaches the page as markup."""
    orion(database, c_orion=HOSTILE, p_lev=HOSTILE, p_greta=HOSTILE, e_kai=HOSTILE, s_talk=HOSTILE)
    at = open_client("c-orion", tab=tab)
    for html in at.get("html"):
        assert "<img" not in html.proto.body
        assert "<script" not in html.proto.body
    for link in at.get("page_link"):
        assert "](javascript" not in link.proto.label


@pytest.mark.parametrize("tab", TABS)
def test_russian(open_client, database, tab):
    """Names of the vocabulary and days in Russian."""
    orion(database)
    said = texts(open_client("c-orion", tab=tab, language="ru"))
    assert "Машины и оборудование" in said
    assert "нояб" in said


def test_every_tab_tells_how_it_was_computed(open_client, database):
    """The way to the Cypher stands beside head, base analysis and key figures."""
    orion(database)
    for tab in ("Base analysis", "Key figures"):
        at = open_client("c-orion", tab=tab)
        labels = [getattr(getattr(block.proto, "popover", None), "label", "") for block in blocks(at.main)]
        assert labels.count("How was this computed?") == 2


def test_gaps_are_listed_with_who_could_find_out_and_a_form(database, open_client):
    """A5.1-A5.5: five areas with bars, the gaps by worth, each with a button; a fact not known opens its form."""
    orion(database)
    at = open_client("c-orion", tab="Gaps")
    said = texts(at)
    for row in ("A5.1", "A5.2", "A5.3", "A5.4", "A5.5"):
        assert row in said
    assert "Could find out:" in said
    buttons = [button for button in at.button if button.key and button.key.startswith("learn-")]
    assert len(buttons) == 10
    buttons[0].click().run()
    assert not at.exception
    assert any("What is known of" in str(block.proto) for block in blocks(at._tree))


def test_key_figures_say_how_often_they_stay_among_the_first(database, open_client):
    """C2.1: the ranking shows its own uncertainty; the next best question stands above the gaps."""
    orion(database)
    assert "of 100 resamplings" in texts(open_client("c-orion", tab="Key figures"))
    said = texts(open_client("c-orion", tab="Gaps"))
    assert "The next best question" in said
    assert "changes the first 5 by" in said


def test_the_page_switches_to_a_deal_and_says_what_differs(database, open_client):
    """C1.3-C1.8: a stake in the open deal goes before the standing one, on the map and in the list."""
    orion(database)
    build(
        database, [], [tie("p-nina", "STAKEHOLDER_IN", "deal-open", id="in", roles=["decision_maker"], support="enemy")]
    )
    at = open_client("c-orion", tab="Base analysis")
    (switch,) = [one for one in at.get("button_group") if one.key == "decision-c-orion"]
    switch.set_value("deal-open").run()
    assert not at.exception
    assert any(
        "stand" in str(block.proto) and "otherwise in this deal" in str(block.proto) for block in blocks(at._tree)
    )


def test_head_and_group_to_win_follow_the_deal_each_with_its_own_choices(database, open_client):
    """Who cannot be won in one decision can be in another; a deal that is gone is forgotten."""
    orion(database)
    build(database, [], [tie("p-greta", "STAKEHOLDER_IN", "deal-open", roles=["economic_buyer"], support="neutral")])
    at = open_client("c-orion", tab="Whom to win")
    at.multiselect(key="win-without-c-orion").set_value(["p-lev"]).run()
    (switch,) = [one for one in at.get("button_group") if one.key == "decision-c-orion"]
    switch.set_value("deal-open").run()
    assert not at.exception
    assert "in the deal: New line" in texts(at)
    assert at.multiselect(key="win-without-c-orion-deal-open").value == []
    database.write("MATCH (d:Deal {id: 'deal-open'}) DETACH DELETE d")
    at.run()
    assert not at.exception
    assert "in the deal" not in texts(at)
