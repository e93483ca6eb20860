"""The account plan (D1): progress of attitudes, risks that follow from what is known, its document in every form."""

from __future__ import annotations

import io
import json
from datetime import date

import docx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from PIL import Image

from graphcrm.documents import FORMS
from graphcrm.documents.model import Document, flat, table, widths
from graphcrm.documents.pdf import to_pictures
from graphcrm.domain.account_plan import PlanFigure, plan_figures, threats
from graphcrm.domain.key_players_question import Question
from graphcrm.domain.map_health import coverage_summary
from graphcrm.domain.messages import describe
from graphcrm.domain.power import rank_key_figures
from graphcrm.domain.structure import SUPPORTS, CoverageTie, InfluenceTie, PowerStructure, Stakeholder
from tests.unit.test_documents import HOSTILE

TODAY = date(2026, 11, 23)


def client(people: list[Stakeholder], *, contacts: str = "", sways: str = "", leaves: str | None = None):
    """``contacts``: "x-a y-b" (ours - theirs). ``sways``: "a>b" of strength 10. ``leaves``: last day of ours."""
    coverage = tuple(
        CoverageTie(pair, pair[2], pair[0], pair[0].upper(), "brief", employee_leaves_on=leaves)
        for pair in contacts.split()
    )
    ties = tuple(InfluenceTie(pair, pair[0], pair[2], strength=10, confidence=1) for pair in sways.split())
    return PowerStructure("c", TODAY, tuple(people), influences=ties, coverage=coverage)


def codes(structure: PowerStructure) -> dict[str, list[tuple[str, ...]]]:
    summary = coverage_summary(structure, rank_key_figures(structure))
    found: dict[str, list[tuple[str, ...]]] = {}
    for one in threats(structure, summary, Question(structure, np.random.default_rng(1))):
        found.setdefault(one.code, []).append(one.person_ids)
        assert describe(one.code, one.params)  # every field of the sentence is there
    return found


def decides(one: str, **more: object) -> Stakeholder:
    return Stakeholder(one, one.upper(), roles=frozenset({"decision_maker"}), **more)


def test_all_contact_on_one_thread_that_is_about_to_break() -> None:
    """Ours X knows A alone; A sways D, who decides, and leaves; nobody else is known to anybody of ours."""
    structure = client([decides("d"), Stakeholder("a", "A", leaves_on="2026-12-31")], contacts="x-a", sways="a>d")
    found = codes(structure)
    assert found["risk_single_threaded"] == [("x", "a")]
    assert found["risk_theirs_leaving"] == [("a",)]
    assert found["risk_uncovered"] == [("d",)]
    assert "risk_single_way" not in found, "told already: all hangs on these two"


def test_a_way_that_hangs_on_one_man_among_several_contacts() -> None:
    """X and Y know A and B, but only B sways D: without B we no longer reach D."""
    found = codes(client([decides("d"), *(Stakeholder(one, one.upper()) for one in "ab")],
                         contacts="x-a y-b", sways="b>d"))  # fmt: skip
    assert "risk_single_threaded" not in found
    assert sorted(found["risk_single_way"]) == [("b", "d"), ("y", "d")]


def test_ours_who_leaves_names_whom_they_were_in_contact_with() -> None:
    found = codes(client([decides("d"), Stakeholder("a", "A")], contacts="x-a x-d", leaves="2027-01"))
    assert found["risk_ours_leaving"] == [("x", "a", "d")]


@pytest.mark.parametrize(("support", "sways", "unanswered"), [
    ("enemy", "", True),
    ("supporter", "", False),
    ("enemy", "s>v", False),  # a supporter sways them surely
    ("unknown", "", False),  # not against us as far as is known
])  # fmt: skip
def test_a_veto_that_nobody_who_backs_us_answers(support: str, sways: str, unanswered: bool) -> None:
    veto = Stakeholder("v", "V", roles=frozenset({"procurement"}), support=support)
    friend = Stakeholder("s", "S", support="mentor")
    found = codes(client([decides("d", support="supporter"), veto, friend], contacts="x-d y-s", sways=sways))
    assert found.get("risk_veto", []) == ([("v",)] if unanswered else [])


def test_what_is_not_known_is_said() -> None:
    assert set(codes(client([Stakeholder("a", "A")]))) == {"risk_no_decider", "risk_no_contact"}
    assert set(codes(client([]))) == {"risk_no_decider"}


def test_a_safe_client_has_no_risk() -> None:
    people = [decides("d", support="supporter"), decides("e", support="supporter")]
    assert codes(client(people, contacts="x-d y-d x-e y-e")) == {}


@given(st.sampled_from(SUPPORTS), st.sampled_from(SUPPORTS))
def test_progress_is_the_order_of_attitudes(now: str, wanted: str) -> None:
    """The better attitude is reached too; what is not known is neither reached nor missed."""
    one = PlanFigure("a", "A", None, None, now, wanted)
    if "unknown" in (now, wanted):
        assert one.progress == "not_known"
    else:
        order = ["mentor", "supporter", "neutral", "non_supporter", "enemy"]
        assert one.progress == ("reached" if order.index(now) <= order.index(wanted) else "short")


def test_whoever_is_to_be_won_is_listed_beside_the_key_figures() -> None:
    structure = client([decides("d"), Stakeholder("a", "A")], contacts="x-a")
    wishes = {"a": ("A", "supporter", "t1"), "gone": ("Gone", "neutral", "t2")}
    found = plan_figures(structure, rank_key_figures(structure), wishes)
    assert [(one.person_id, one.wanted, one.covered_by) for one in found] == [
        ("d", None, ()),
        ("a", "supporter", ("X",)),
        ("gone", "neutral", ()),
    ]


def with_table(*texts: str) -> Document:
    return Document("Title", "en", TODAY, (table(["Step", "Who"], [[flat(text), ""] for text in texts]),))


def test_a_table_says_the_same_in_each_form() -> None:
    """Hostile cells stay text; an empty cell is a dash."""
    document = with_table(*HOSTILE)
    made = docx.Document(io.BytesIO(FORMS["docx"].write(document)))
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows == [["Step", "Who"], *([flat(text), "–"] for text in HOSTILE)]
    assert json.loads(FORMS["json"].write(document))["lines"][0]["rows"] == rows
    tokens = MarkdownIt("commonmark").enable("table").parse(FORMS["md"].write(document).decode())
    shown = ["".join(leaf.content for leaf in token.children) for token in tokens if token.type == "inline"]
    assert shown[1:] == [cell for row in rows for cell in row]
    assert not [token for token in tokens if token.type == "html_block"]
    assert FORMS["text"].write(document).decode().count("\n- ") == len(HOSTILE)


def test_a_table_with_long_words_stays_on_the_page() -> None:
    picture = Image.open(io.BytesIO(to_pictures(with_table("x" * 2000, "слово" * 200))[0])).convert("L")
    width, height = picture.size
    assert picture.crop((int(width * 0.93), 0, width, height)).getextrema() == (255, 255)


def test_sentences_get_more_room_than_names() -> None:
    narrow, wide, name = widths([["No", "Step", "Who"], ["1", "x" * 200, "Anna Berg"]])
    assert narrow < name < wide
    assert sum((narrow, wide, name)) == pytest.approx(1)
