"""The power map's tab in AppTest: what the map is sent, and what a choice on it shows (C1.2-C1.8, C2.1)."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.services.power_map import forget_places, power_map, save_places, saved_places, with_reasoned
from graphcrm.ui.state import KEY, UiState
from tests.small_graph import TODAY, build, node, orion, tie

MAP = "power-map-c-orion"


def draw():
    from graphcrm.ui.pages.client import page

    page()


@pytest.fixture
def open_map(page_environment):
    """``open_map(**state)``: the tab after one run, with what a user has chosen before."""

    def open_(language="en", **chosen):
        at = AppTest.from_function(draw, default_timeout=60)
        at.session_state[KEY] = UiState(language=language, as_of=TODAY)
        at.query_params["client"] = "c-orion"
        for key, value in chosen.items():
            at.session_state[key.replace("_", "-")] = value
        at.run()
        assert not at.exception, at.exception
        return at

    return open_


def sent(at):
    """What the map was sent."""
    found = [json.loads(one.proto.json) for one in at.get("bidi_component") if one.proto.json]
    return next(data for data in found if data and "nodes" in data)


def said(at):
    """What the main part says."""
    parts = []
    for element in at.main:
        parts += [str(getattr(element, name, "") or "") for name in ("value", "label", "body")]
        parts.append(str(getattr(getattr(element, "proto", None), "body", "") or ""))
    return "\n".join(parts)


def card(data, node_id):
    """All words of a card."""
    found = next(one for one in data["nodes"] if one["id"] == node_id)
    return [shape[3] for shape in found["full"] if shape[0] == "t"]


def test_everybody_is_a_card_with_name_title_role_and_stance(database, open_map):
    """Readable without a click: name, title, role, stance as a word, rank of a key figure."""
    orion(database)
    data = sent(open_map())
    assert {one["id"] for one in data["nodes"]} == {"p-greta", "p-anton", "p-nina", "p-lev", "p-ida"}
    words = card(data, "p-lev")
    assert "Lev Sorokin" in words
    assert "Supporter" in words
    assert "1" in words  # ranked first by power, though fourth by the chart
    assert {edge["kind"] for edge in data["edges"]} >= {"REPORTS_TO", "INFLUENCES"}


def test_the_map_speaks_russian(database, open_map):
    orion(database)
    assert "Сторонник" in card(sent(open_map("ru")), "p-lev")


def test_a_card_chosen_tells_who_covers_and_whom_they_sway(database, open_map):
    orion(database)
    at = open_map(**{"power_map_c_orion": {"selection": {"nodes": ["p-lev"], "edges": []}}})
    words = said(at)
    assert "Greta Holm" in words
    assert "9" in words


def test_a_choice_that_is_gone_is_forgotten(database, open_map):
    """ui.md, trap 4: the selection may name a node that has been deleted."""
    orion(database)
    open_map(**{"power_map_c_orion": {"selection": {"nodes": ["p-gone"], "edges": ["gone"]}}})


def test_filters_and_switches_leave_out(database, open_map):
    orion(database)
    data = sent(open_map(map_role=["payment_decider"], map_ties=["REPORTS_TO"]))
    assert [one["id"] for one in data["nodes"]] == ["p-anton"]
    assert "1" in data["note"]
    assert data["edges"] == []


@pytest.mark.parametrize("layout", ["chart", "network", "quadrant"])
def test_every_layout_draws_everybody(database, open_map, layout):
    orion(database)
    data = sent(open_map(map_layout=layout))
    assert len(data["nodes"]) == 5
    assert data["layout"] == f"c-orion/{layout}"


def test_hostile_names_are_sent_as_text_and_break_nothing(database, open_map):
    orion(database, p_lev="<img src=x onerror=alert(1)></script>{{x}}")
    data = sent(open_map())
    assert any(one["name"].startswith("<img") for one in data["nodes"])


def test_places_are_kept_per_viewer_and_layout_and_can_be_forgotten(database):
    """Dragged cards stay where they were put; nobody else's picture changes."""
    orion(database)
    other = Viewer("v2", "Other", "reader")
    save_places(database, OWNER, "c-orion", "chart", {"p-lev": (10.0, 20.0), "p-ida": (1.0, 2.0)})
    save_places(database, OWNER, "c-orion", "chart", {"p-lev": (30.0, 40.0)})
    assert saved_places(database, OWNER, "c-orion", "chart") == {"p-lev": (30.0, 40.0), "p-ida": (1.0, 2.0)}
    assert saved_places(database, OWNER, "c-orion", "network") == {}
    assert saved_places(database, other, "c-orion", "chart") == {}
    forget_places(database, OWNER, "c-orion", "chart")
    assert saved_places(database, OWNER, "c-orion", "chart") == {}


def test_an_expansion_brings_partners_and_leaves_relatives_out_for_who_may_not_know(database):
    """A reader sees the bank, and neither the wife whom Lev knows nor that an influence rests on kinship."""
    orion(database)
    build(
        database,
        [
            node("o-bank", "Organization Partner", name="Bank"),
            node("p-wife", "Person FamilyMember", name="MARK-family Vera"),
        ],
        [
            tie("c-orion", "PARTNER_OF", "o-bank", kind="bank"),
            tie("p-lev", "KNOWS", "p-wife", strength=9),
            tie("p-ida", "INFLUENCES", "p-nina", strength=5, basis="family"),
        ],
    )
    expanded = ("c-orion", "p-lev")
    owner = power_map(database, OWNER, "c-orion", as_of=TODAY, expanded=expanded)
    assert {item.id for item in owner.neighbours} >= {"o-bank", "p-wife"}
    reader = power_map(database, Viewer("r", "Reader", "reader"), "c-orion", as_of=TODAY, expanded=expanded)
    assert "o-bank" in {item.id for item in reader.neighbours}
    assert "MARK-family" not in repr(reader)
    assert all(tie_.basis != "family" for tie_ in reader.structure.influences)


@pytest.fixture
def school(database):
    """Nina and Ida studied together, Anton after them; all three work at Orion, which is no reason."""
    orion(database)
    database.write("MATCH (:Person {id: 'p-nina'})-[t:KNOWS|INFLUENCES]-(:Person {id: 'p-ida'}) DELETE t")
    build(
        database,
        [node("school", "Institution", name="<i>School", kind="university")],
        [
            tie("p-nina", "STUDIED_AT", "school", since="1990", until="1995"),
            tie("p-ida", "STUDIED_AT", "school", since="1991", until="1996"),
            tie("p-anton", "STUDIED_AT", "school", since="1997", until="2001"),
        ],
    )
    return database


def reasoned_lines(at):
    return [one for one in sent(at)["edges"] if one["kind"] == "REASONED"]


def test_a_reasoned_tie_is_drawn_dashed_only_when_it_is_asked_for(school, open_map):
    """A5.4: off at first; the pair that was there at the same time, and no other."""
    assert reasoned_lines(open_map()) == []
    at = open_map(map_ties=["REPORTS_TO", "REASONED"])
    (line,) = reasoned_lines(at)
    assert line["id"] == "reasoned-p-ida-p-nina"
    assert line["dashed"]
    assert "may know each other, not confirmed" in said(at)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_reasoned_tie_opens_to_rule_proof_and_question(school, open_map, language):
    chosen = {MAP: {"selection": {"nodes": [], "edges": ["reasoned-p-ida-p-nina"]}}}
    at = open_map(language=language, map_ties=["REASONED"], **chosen)
    told = said(at)
    assert "&lt;i&gt;School" in told
    assert "1991" in told
    assert "1995" in told
    next(one for one in at.button if one.key == "yes-p-nina").click().run()
    assert not at.exception
    (row,) = school.read("MATCH (:Person {id: 'p-ida'})-[k:KNOWS]-(:Person {id: 'p-nina'}) RETURN k.context AS context")
    assert "School" in row["context"]
    assert reasoned_lines(at) == []
    (line,) = [one for one in sent(at)["edges"] if one["kind"] == "KNOWS"]
    assert {line["from"], line["to"]} == {"p-ida", "p-nina"}
    assert not line["dashed"], "answered by yes: solid"


def test_who_knows_whom_is_drawn_for_who_may_see_it_and_only_when_it_is_asked_for(school, open_map):
    """Nothing of the other layouts moves: acquaintance has no part in where a card lies."""
    build(school, [], [tie("p-nina", "KNOWS", "p-ida", sensitivity="personal"),
                       tie("p-lev", "KNOWS", "p-nina", valid_to=TODAY)])  # fmt: skip
    plain, asked = (sent(open_map(map_layout="network", map_ties=ties)) for ties in (["INFLUENCES"], ["REASONED"]))
    assert not [one for one in plain["edges"] if one["kind"] == "KNOWS"]
    assert [one["from"] for one in asked["edges"] if one["kind"] == "KNOWS"] == ["p-nina"], "the other holds no more"
    assert [(one["x"], one["y"]) for one in plain["nodes"]] == [(one["x"], one["y"]) for one in asked["nodes"]]
    found = power_map(school, Viewer("r", "Reader", "reader"), "c-orion", as_of=TODAY)
    assert with_reasoned(school, Viewer("r", "Reader", "reader"), found).acquaintances == ()
