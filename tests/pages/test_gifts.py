"""The page of gifts and the section of goodwill (C2.5, C3.5): nothing there, hostile names, a role that may not."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from graphcrm.domain.viewer import OWNER
from graphcrm.services.gifts import GiftMove, GiftPlan, move_gift, plan_gift
from graphcrm.services.importing import import_folder
from graphcrm.vocabulary import VOCABULARY
from tests.graph.test_gift_register import household
from tests.pages.conftest import texts
from tests.pages.test_clients import HOSTILE
from tests.small_graph import build, node

TODAY = date.today()


@pytest.fixture
def office(page_environment):
    household(page_environment)
    for place, person in enumerate(("ann", "bob", "ines")):
        page_environment.write(
            "MATCH (n:Person {id: $id}) SET n.name = $name", {"id": person, "name": f"{person} {HOSTILE[place]}"}
        )
    plan = GiftPlan("ann", "gift-18", TODAY + timedelta(days=9), description=HOSTILE[3])
    gift = plan_gift(page_environment, OWNER, plan, "ines", key="plan", today=TODAY).action_id
    move_gift(page_environment, OWNER, GiftMove(gift, "send", note=HOSTILE[1]), "ines", key="send", today=TODAY)
    return page_environment


def test_without_gifts_it_says_what_to_do(page_environment, open_page):
    at = open_page("gifts")
    assert not at.exception
    assert "No gift is under way" in texts(at)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_names_that_try_to_be_more_than_names(office, open_page, language):
    at = open_page("gifts", language=language)
    assert not at.exception
    assert VOCABULARY.value_name("action_status", "needs_approval", language) in texts(at)
    assert not re.search(r"(?<!\\)<img", texts(at)), "hostile text is shown, never drawn"


def test_without_saying_who_acts_nothing_is_done(office, open_page):
    at = open_page("gifts")
    next(one for one in at.button if one.label == "Approve").click().run()
    assert not at.exception
    assert any("as whom you act" in one.value for one in (*at.warning, *at.info))
    assert office.read("MATCH (e:GiftEntry) RETURN count(e) AS n") == [{"n": 2}]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_only_a_file_approved_is_not_offered_to_be_given(office, open_page, tmp_path, language):
    day = TODAY + timedelta(days=400)
    (tmp_path / "goodwill_actions.csv").write_text(
        f"id,kind,status,date,cost,currency,person_id,approver_id\nfile,gift,approved,{day},18,EUR,bob,jan"
    )
    import_folder(office, OWNER, tmp_path)
    at = open_page("gifts", language=language)
    keys = {one.key for one in at.button if (one.key or "").startswith("gifts-file-")}
    assert keys == {f"gifts-file-{step}" for step in ("reschedule", "withdraw", "decline", "cancel")}
    why = {"en": "Take it back, and send it for approval.", "ru": "Верните и отправьте на согласование."}
    assert why[language] in texts(at)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_another_day_is_chosen_on_the_card(office, open_page, language):
    at = open_page("gifts", language=language)
    at.selectbox(key="gifts-acting").select("jan").run()
    gift = next(one.key for one in at.button if (one.key or "").endswith("-reschedule"))
    new = TODAY + timedelta(days=20)
    at.date_input(key=f"{gift}-on").set_value(new).run()
    at.button(key=gift).click().run()
    assert not at.exception
    assert office.read("MATCH (a:Gift) RETURN a.date AS day, a.status AS status") == [
        {"day": new, "status": "planned"}]  # fmt: skip
    assert {"en": "It was planned for", "ru": "Раньше был назначен"}[language] in texts(at)


def test_the_section_at_the_person(office, open_page):
    at = open_page("person", person="ann")
    assert not at.exception
    assert "Goodwill: what is correct, and which gift" in texts(at)
    assert "Goodwill: what is correct" not in texts(open_page("person", person="jan"))


def test_where_no_gift_is_fitting_words_are_started_by_a_click(office, open_page):
    dear = node("dear", "Offering", name=f"Pen {HOSTILE[0]}", kind="souvenir", price=60, currency="EUR")
    build(office, [dear], [])
    at = open_page("person", person="bob")
    at.session_state["goodwill-bob"] = True
    at.session_state["gift-choose-bob"] = True
    at.run()
    assert not at.exception
    assert "No gift is fitting." in texts(at)
    assert re.search(r"\d gifts?: [^<]*Pen ", texts(at)), "under the rule that bars it"
    assert "dear" not in at.multiselect(key="gift-compare-bob").options
    next(one for one in at.button if one.key == "gift-instead-useful").click().run()
    send = next(one for one in at.button if (one.key or "").startswith("gift-send-"))
    send.click().run()
    assert any("as whom you act" in one.value for one in at.warning), "nothing is chosen, nobody either"
    actor = next(one for one in at.selectbox if (one.key or "").startswith("gift-actor-"))
    actor.select("jan").run()
    next(one for one in at.button if one.key == send.key).click().run()
    assert not at.exception
    made = office.read("MATCH (a:Congratulation)-[:DONE_BY]->(e) RETURN a.status AS status, e.id AS who")
    assert made == [{"status": "planned", "who": "jan"}]
