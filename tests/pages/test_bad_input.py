"""Every page that answers a question of power, on structures that are not as one would wish them (issue 5, bad input).

A circle in reports-to, a person with two jobs, a vacant seat, people who have left, a client with one person, one with
500, and one of which it is not known who decides: each page stays useful, and says what is missing.
"""

from __future__ import annotations

import random

import pytest

from graphcrm.documents import FORMS
from graphcrm.domain.viewer import OWNER
from graphcrm.services.account_plan import account_plan, plan_document
from graphcrm.services.brief import brief_document, client_brief
from tests.pages.conftest import texts
from tests.small_graph import TODAY, build, node, ours, tie

TABS = (
    "Power map",
    "Base analysis",
    "Key figures",
    "Gaps",
    "Whom to win",
    "What if",
    "Coverage",
    "Contacts",
    "Changes",
    "Account plan",
    "Goodwill plan",
)
GONE = TODAY.replace(year=TODAY.year - 1)


def people(client: str, *names: str, **job):
    """Nodes and jobs of people whose ids begin with the client's."""
    nodes = [node(client, "Organization Client", name=f"Client {client}")]
    nodes += [node(f"{client}-{name}", "Person", name=name.title()) for name in names]
    return nodes, [tie(f"{client}-{name}", "WORKS_AT", client, **job) for name in names]


def decides(client: str, name: str, **stake):
    return tie(f"{client}-{name}", "STAKEHOLDER_IN", client, roles=["decision_maker"], **stake)


def a_circle():
    nodes, ties = people("circle", "ada", "bo", "cy")
    ends = (("ada", "bo"), ("bo", "cy"), ("cy", "ada"), ("ada", "ada"))
    ties += [tie(f"circle-{one}", "REPORTS_TO", f"circle-{boss}", line="solid") for one, boss in ends]
    ties += [tie("circle-ada", "INFLUENCES", "circle-bo"), tie("circle-bo", "INFLUENCES", "circle-ada", strength=5.0)]
    return nodes, [*ties, decides("circle", "cy"), tie("circle-ada", "COVERED_BY", "eva", coverage="brief")]


def two_jobs():
    """Ada works twice at one client, and at another; Bo has stakes in both."""
    nodes, ties = people("jobs", "ada", "bo", title="Buyer", level=3)
    nodes.append(node("other", "Organization Client", name="Client other"))
    ties += [
        tie("jobs-ada", "WORKS_AT", "jobs", id="second", title="Head of works", level=2),
        tie("jobs-ada", "WORKS_AT", "other", title="Adviser"),
        tie("jobs-bo", "STAKEHOLDER_IN", "other", roles=["influencer"]),
        tie("jobs-ada", "STAKEHOLDER_IN", "jobs", id="stake-1", roles=["user"], support="supporter"),
        tie("jobs-ada", "STAKEHOLDER_IN", "jobs", id="stake-2", roles=["decision_maker"], support="neutral"),
    ]
    return nodes, ties


def a_vacant_seat():
    nodes, ties = people("vacant", "ada")
    nodes.append(node("vacant-seat", "Person", name="Head of purchasing", presence="vacant"))
    nodes.append(node("vacant-function", "Person", name="Auditor", presence="function_only"))
    ties += [tie("vacant-seat", "WORKS_AT", "vacant"), tie("vacant-function", "WORKS_AT", "vacant")]
    ties += [
        tie("vacant-ada", "REPORTS_TO", "vacant-seat", line="solid"),
        tie("vacant-ada", "INFLUENCES", "vacant-seat"),
    ]
    return nodes, [*ties, decides("vacant", "seat")]


def all_have_left():
    nodes, ties = people("left", "ada", "bo", valid_to=GONE, until=str(GONE.year))
    ties += [decides("left", "ada", valid_to=GONE), tie("left-bo", "INFLUENCES", "left-ada", valid_to=GONE)]
    return nodes, [*ties, tie("left-ada", "COVERED_BY", "eva", coverage="in_depth", valid_to=GONE)]


def one_person():
    return people("one", "ada")


def five_hundred():
    drawn = random.Random(5)
    names = [f"p{number:03}" for number in range(500)]
    nodes, ties = people("many", *names)
    ties += [
        tie(f"many-{one}", "REPORTS_TO", f"many-{names[(place - 1) // 6]}", line="solid")
        for place, one in enumerate(names)
        if place
    ]
    for one in names[:200]:
        ties.append(tie(f"many-{one}", "INFLUENCES", f"many-{drawn.choice(names[:40])}", strength=6.0))
    ties += [decides("many", name) for name in names[:4]]
    return nodes, [*ties, tie("many-p007", "COVERED_BY", "eva", coverage="multiple")]


def nobody_decides():
    nodes, ties = people("silent", "ada", "bo", "cy")
    ties += [tie("silent-ada", "INFLUENCES", "silent-bo", strength=7.0)]
    ties += [tie(f"silent-{one}", "STAKEHOLDER_IN", "silent", roles=["user"]) for one in ("ada", "bo")]
    return nodes, [*ties, tie("silent-ada", "COVERED_BY", "eva", coverage="multiple")]


CASES = {"circle": a_circle, "jobs": two_jobs, "vacant": a_vacant_seat, "left": all_have_left, "one": one_person,
         "many": five_hundred, "silent": nobody_decides}  # fmt: skip
SAID = {
    ("circle", "Power map"): ["These people report to each other in a circle: Ada, Bo, Cy."],
    ("circle", "Key figures"): ["Cy"],
    ("circle", "Whom to win"): ["To win: 1 person.", "It is not known who decides the payment."],
    ("circle", "What if"): ["No way of ours leads to anybody who decides."],
    ("circle", "Account plan"): ["Key figures whom nobody of ours is in contact with: Cy."],
    ("jobs", "Base analysis"): ["Head of works"],
    ("jobs", "Key figures"): ["Ada", "Head of works"],
    ("jobs", "Whom to win"): ["To win: 1 person."],
    ("jobs", "Changes"): ["Nothing is recorded that changed in this time."],
    ("vacant", "Power map"): ["The seat that decides is vacant: Head of purchasing."],
    ("vacant", "Base analysis"): ["The seat that decides the purchase is vacant."],
    ("vacant", "Key figures"): ["No key figure is known."],
    ("vacant", "Gaps"): ["Which role does Auditor have in the decision?"],
    ("vacant", "Whom to win"): ["The seat that decides is vacant: Head of purchasing."],
    ("vacant", "Coverage"): ["No key figure is known, so coverage cannot be judged."],
    **{("left", tab): ["Nobody is known at this client on 23 Nov 2026.", "an earlier day shows who was there"]
       for tab in ("Power map", "Key figures", "What if", "Coverage")},
    ("left", "Whom to win"): ["Nobody is known at this client"],
    ("left", "Gaps"): ["With fewer than two people known there is no ranking to change."],
    ("one", "Gaps"): ["With fewer than two people known there is no ranking to change."],
    ("one", "Key figures"): ["No key figure is known."],
    ("one", "Coverage"): ["No key figure is known, so coverage cannot be judged."],
    ("one", "Account plan"): ["Nobody of ours is in contact with anybody there."],
    ("one", "Goodwill plan"): ["No key figure is known."],
    ("many", "Power map"): ["1. P000"],
    ("many", "Key figures"): ["of 100 resamplings"],
    ("many", "Gaps"): ["changes the first 5 by"],
    ("many", "Whom to win"): ["To win: 3 people.", "Too many people for an exact answer"],
    ("many", "What if"): ["Everything hangs on one person for those in brackets", "Which new contact would add most"],
    ("many", "Coverage"): ["Key figures nobody covers · 4"],
    **{("silent", tab): ["not known who decides"] for tab in ("Power map", "Whom to win", "What if", "Account plan")},
    ("silent", "Base analysis"): ["As long as it is not known who decides, it cannot be told who influences them."],
    ("silent", "Key figures"): ["Of nobody it is known that they decide"],
}  # fmt: skip
"""Case and tab -> what must be said there."""


@pytest.fixture
def bad_input(page_environment):
    """``bad_input("circle")`` puts that client, and one of ours, into the graph."""

    def put(case: str) -> None:
        build(page_environment, *ours(eva="Eva"))
        build(page_environment, *CASES[case]())

    return put


@pytest.mark.parametrize("case", CASES)
def test_every_tab_of_the_client_says_what_is_known_and_what_is_missing(bad_input, open_page, case):
    bad_input(case)
    at = open_page("client", client=case, as_of=TODAY.isoformat(), timeout=120)
    for tab in TABS:
        at.session_state["client-tab"] = tab
        at.run()
        said = texts(at).replace("\\", "")
        assert not at.exception, (tab, at.exception)
        assert "Something went wrong" not in said, tab
        for wanted in SAID.get((case, tab), ()):
            assert wanted in said, (tab, wanted)


@pytest.mark.parametrize("case", [case for case in CASES if case != "many"])
def test_the_people_there_and_the_pages_of_the_clientele(bad_input, open_page, page_environment, case):
    """How to reach each of them, and week, coverage, list and partners; on the day, and on one before."""
    bad_input(case)
    people = page_environment.read("MATCH (p:Person) WHERE p.id STARTS WITH $case RETURN p.id AS id", {"case": case})
    places = [("person", {"person": row["id"]}) for row in people]
    places += [(address, {}) for address in ("clients", "coverage", "week", "partners")]
    for address, query in places:
        at = open_page(address, as_of=TODAY.isoformat(), **query)
        assert not at.exception, (address, query)
        assert "Something went wrong" not in texts(at), (address, query)
    if case == "left":
        gone = texts(open_page("person", person="left-ada", as_of=TODAY.isoformat()))
        assert "no place of work on this day; at another time: Client left" in gone.replace("\\", "")
        before = texts(open_page("client", client="left", as_of="2024-06-01"))
        assert "1. Ada" in before.replace("\\", ""), "the map of a day on which they were there"


@pytest.mark.parametrize("case", CASES)
def test_brief_and_account_plan_are_written(bad_input, page_environment, case):
    """As files, with the map as a picture where somebody is there."""
    bad_input(case)
    brief = brief_document(client_brief(page_environment, OWNER, case, as_of=TODAY), "en")
    plan = plan_document(account_plan(page_environment, OWNER, case, as_of=TODAY), "en")
    for document in (brief, plan):
        assert f"Client {case}" in FORMS["text"].write(document).decode()
        assert FORMS["pdf"].write(document).startswith(b"%PDF")
