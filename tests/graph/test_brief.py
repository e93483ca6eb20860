"""``graphcrm brief``: base analysis, key figures with reasons and gaps as text, in both languages."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import NotFound
from graphcrm.i18n import language
from graphcrm.services.brief import brief_document, brief_text, client_brief
from tests.small_graph import TODAY, build, node, orion, tie


def brief(db, spoken="en", viewer=OWNER):
    return brief_text(client_brief(db, viewer, "c-orion", as_of=TODAY), spoken)


def test_the_brief_says_who_decides_who_sways_who_pays(database):
    """C1.3, C1.4, C1.6, C2.1."""
    orion(database)
    text = brief(database)
    lines = text.splitlines()
    assert lines[0] == "Orion Werke: brief as of 23 Nov 2026"
    questions = {line.split(" ")[0]: index for index, line in enumerate(lines) if line.startswith("C1.")}
    assert list(questions) == [f"C1.{number}" for number in range(1, 9)]
    assert lines[questions["C1.3"] + 1].startswith(
        "      - Greta Holm, Managing director; Decision maker, Economic buyer"
    )
    assert lines[questions["C1.6"] + 1].startswith("      - Anton Berg, Finance director; Decides payment")
    assert "; contact made by " in lines[questions["C1.1"] + 1], "who made the first contact need not keep it"
    first = next(line for line in lines if line.startswith("1. "))
    assert first.startswith("1. Lev Sorokin, Deputy for special projects: ")
    assert "by the chart: 4" in first
    assert "Lev Sorokin · influences · Greta Holm; strength 9 of 10; Expertise (confidence 100%" in text
    assert "- Anton Berg: The attitude to us is not known. Nobody of ours is in contact." in lines


def test_the_brief_says_what_was_said_last_and_what_is_ahead(database):
    """C1.2, C2.4, D1: the newest contact first, what was agreed; six weeks ahead; relatives only to who may know."""
    orion(database)
    near, far = (f"--{TODAY + timedelta(days=days):%m-%d}" for days in (20, 60))
    build(
        database,
        [
            node("i-old", "Interaction", kind="call", date=TODAY - timedelta(days=9), summary="Asked for the drawings"),
            node("i-new", "Interaction", kind="meeting", date=TODAY - timedelta(days=2), summary="Wants three offers",
                 mood="cool", next_step="Send the offers", next_step_due=TODAY + timedelta(days=5)),
            node("d-near", "UsefulDate", name="Birthday", kind="birthday", date=near),
            node("d-far", "UsefulDate", name="Jubilee", kind="foundation", date=far),
        ],
        [tie("i-old", "FOR_CLIENT", "c-orion"), tie("i-new", "FOR_CLIENT", "c-orion"), tie("i-new", "WITH", "p-olga"),
         tie("i-new", "WITH", "p-greta"), tie("d-near", "DATE_OF", "p-greta"), tie("d-far", "DATE_OF", "c-orion")],
    )  # fmt: skip
    text = brief(database)
    said = text.index("Wants three offers")
    assert text.index("Last contacts") < said < text.index("Asked for the drawings") < text.index("Base analysis")
    assert "next: Send the offers (by 28 Nov 2026)" in text
    assert "28 Nov 2026: next step: Send the offers" in text
    assert "13 Dec 2026: Birthday: Greta Holm" in text
    assert "Jubilee" not in text
    assert "MARK-family" in text
    assert "MARK-family" not in brief(database, viewer=Viewer("a", "A", "analyst"))


def test_the_brief_in_russian(database):
    """Names of the vocabulary and days in the language's form; the caller's own language stays as it was."""
    orion(database)
    text = brief(database, "ru")
    assert "23 нояб. 2026" in text
    assert "Распорядитель бюджета" in text
    assert "Машины и оборудование" in text
    assert language() == "en"


def test_the_brief_leaves_out_what_the_viewer_may_not_see(database):
    """Friendship is personal."""
    orion(database)
    assert "Friendship" in brief(database)
    assert "Friendship" not in brief(database, viewer=Viewer("r", "R", "reader"))


def test_a_relative_who_sways_is_a_family_fact(database):
    """A spouse's influence is told to who may know of families, and is neither named nor counted for others."""
    orion(database)
    build(database, [], [tie("p-olga", "INFLUENCES", "p-greta", strength=10.0, basis="family", confidence=1.0)])
    assert "MARK-family Olga" in brief(database)
    assert "MARK-family" not in brief(database, viewer=Viewer("a", "A", "analyst"))


def test_the_brief_holds_the_power_map(database):
    """C1.8, C2.1: the chart as a picture, and the same in words."""
    orion(database)
    document = brief_document(client_brief(database, OWNER, "c-orion", as_of=TODAY), "ru")
    (line,) = [one for one in document.lines if one.style == "picture"]
    root = ElementTree.fromstring(line.drawing.svg)
    words = {"".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Greta Holm", "Lev Sorokin", "Anton Berg", "Распорядитель бюджета"} <= words
    depths = {text.split(",")[0].split(";")[0]: depth for depth, text in line.drawing.words}
    assert depths["Greta Holm"] == 0
    assert depths["Anton Berg"] == 1
    assert len(depths) == len(line.drawing.words), "everybody is told once"
    assert language() == "en"


def test_the_picture_leaves_out_what_the_viewer_may_not_see(database):
    """A relative known only as such is a family fact."""
    orion(database)
    build(database, [], [tie("p-olga", "INFLUENCES", "p-greta", strength=10.0, basis="family", confidence=1.0)])
    owner, analyst = (
        next(line for line in brief_document(client_brief(database, viewer, "c-orion", as_of=TODAY), "en").lines
             if line.style == "picture").drawing
        for viewer in (OWNER, Viewer("a", "A", "analyst"))
    )  # fmt: skip
    assert "MARK-family" in owner.svg
    assert "MARK-family" not in analyst.svg
    assert not [text for _depth, text in analyst.words if "MARK-family" in text]


def test_a_circle_of_bosses_is_told_to_its_end(database):
    orion(database)
    build(database, [], [tie("p-greta", "REPORTS_TO", "p-anton", line="solid")])
    (line,) = [
        one
        for one in brief_document(client_brief(database, OWNER, "c-orion", as_of=TODAY), "en").lines
        if one.style == "picture"
    ]
    assert len([text for _depth, text in line.drawing.words if text.startswith(("Greta", "Anton"))]) == 2


def test_a_name_cannot_forge_a_line_or_talk_to_the_terminal(database):
    """Names are text: no new line, no escape code."""
    orion(database, p_lev="Lev\n9. Forged\x1b[31m\u202e", c_orion="Orion\r\nForged")
    text = brief(database)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert not any(line.startswith(("9. Forged", "Forged")) for line in text.splitlines())


def test_no_such_client(database):
    with pytest.raises(NotFound):
        client_brief(database, OWNER, "no-such", as_of=TODAY)
