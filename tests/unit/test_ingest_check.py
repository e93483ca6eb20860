"""Every kind of problem with its exact text, place and mend (issue 3, section 4); all are told, not the first."""

from datetime import date

import pytest

from graphcrm.ingest.problems import MESSAGES
from graphcrm.ingest.snapshot import NodeState, TieState
from tests.ingest_files import BASE, check, person, stored, told

CASES = {
    "unknown id": (
        {"works_at.csv": "person_id,organization_id\np1,verv\n"},
        "works_at.csv:2:organization_id",
        "There is nothing with the id verv, neither in the files nor in the graph. Did you mean verf?",
    ),
    "unknown id with nothing near": (
        {"works_at.csv": "person_id,organization_id\np1,something-else-entirely\n"},
        "works_at.csv:2:organization_id",
        "There is nothing with the id something-else-entirely, neither in the files nor in the graph. "
        "Add it to its file, or correct the id.",
    ),
    "unknown id in a reference column": (
        {"deals.csv": "id,name,stage,client_id\nd1,Pumps,lead,verv\n"},
        "deals.csv:2:client_id",
        "There is nothing with the id verv, neither in the files nor in the graph. Did you mean verf?",
    ),
    "unknown id in a cell that holds many": (
        {"interactions.csv": "id,kind,date,participant_ids,employee_ids\ni1,call,2026-01-02,p1|p9,e1\n"},
        "interactions.csv:2:participant_ids",
        "There is nothing with the id p9, neither in the files nor in the graph. "
        "Add it to its file, or correct the id.",
    ),
    "unknown source of a tie": (
        {"knows.csv": "person_id,other_id,source\np1,p2,verf-talk\n"},
        "knows.csv:2:source",
        "There is nothing with the id verf-talk, neither in the files nor in the graph. Did you mean verf?",
    ),
    "unknown value": (
        {"stakeholders.csv": "person_id,subject_id,support\np1,verf,suporter\n"},
        "stakeholders.csv:2:support",
        "suporter is not one of the values of support. The nearest is supporter. "
        "Known are: mentor, supporter, neutral, non_supporter, enemy, unknown.",
    ),
    "unknown value in a cell that holds many": (
        {"stakeholders.csv": "person_id,subject_id,roles\np1,verf,champion|coch\n"},
        "stakeholders.csv:2:roles",
        "coch is not one of the values of role. The nearest is coach. Known are: economic_buyer, decision_maker, "
        "approver, influencer, technical_evaluator, user, payment_decider, payment_influencer, gatekeeper, champion, "
        "coach, blocker, procurement, legal.",
    ),
    "unknown value near one in the other language": (
        {"stakeholders.csv": "person_id,subject_id,support\np1,verf,Протвник\n"},
        "stakeholders.csv:2:support",
        "Протвник is not one of the values of support. The nearest is enemy. "
        "Known are: mentor, supporter, neutral, non_supporter, enemy, unknown.",
    ),
    "unknown country": (
        {"regions.csv": "id,name,country\nr1,North,RUS\n"},
        "regions.csv:2:country",
        "RUS is not a code of ISO 3166-1. The nearest is RS.",
    ),
    "impossible date": (
        {"knows.csv": "person_id,other_id,valid_from\np1,p2,2023-02-29\n"},
        "knows.csv:2:valid_from",
        "2023-02-29 is not a date that exists. Write it like 2026-05-09.",
    ),
    "part of a date where all of it is needed": (
        {"knows.csv": "person_id,other_id,valid_from\np1,p2,2023-02\n"},
        "knows.csv:2:valid_from",
        "2023-02 is not a whole date. This column needs year, month and day, like 2026-05-09.",
    ),
    "impossible part of a date": (
        {
            "people.csv": BASE["people.csv"]
            .replace("name\n", "name,birth_date\n", 1)
            .replace("Anna", "Anna,--02-30")
            .replace("Boris", "Boris,")
            .replace("Clara", "Clara,")
            .replace("Emil", "Emil,")
        },
        "people.csv:2:birth_date",
        "--02-30 is not a date that exists. "
        "Write 1968, 1968-05, 1968-05-09, --05-09 or --05; put ~ before it for about.",
    ),
    "impossible time": (
        {"knows.csv": "person_id,other_id,recorded_at\np1,p2,yesterday\n"},
        "knows.csv:2:recorded_at",
        "yesterday is not a time that exists. Write it like 2026-05-09T14:30:00Z.",
    ),
    "the end before the start": (
        {"knows.csv": "person_id,other_id,valid_from,valid_to\np1,p2,2026-05-09,2025-05-09\n"},
        "knows.csv:2:valid_to",
        "valid_to (2025-05-09) lies before valid_from (2026-05-09). Correct one of the two.",
    ),
    "a number out of range": (
        {"influences.csv": "person_id,influenced_id,strength\np1,p2,11\n"},
        "influences.csv:2:strength",
        "11 is out of range: it must be 0–10. Correct it.",
    ),
    "a number below its least": (
        {"works_at.csv": "person_id,organization_id,level\np1,verf,0\n"},
        "works_at.csv:2:level",
        "0 is out of range: it must be 1–20. Correct it.",
    ),
    "no number": (
        {"influences.csv": "person_id,influenced_id,strength\np1,p2,strong\n"},
        "influences.csv:2:strength",
        "strong is not a number. Write it like 1234.5.",
    ),
    "a number that could be two": (
        {"products.csv": 'id,name,list_price\npr1,Pump,"1,500"\n'},
        "products.csv:2:list_price",
        "1,500 could be two numbers: is the comma for decimals or for thousands? "
        "Write it with a point for decimals and nothing for thousands.",
    ),
    "no whole number": (
        {"works_at.csv": "person_id,organization_id,level\np1,verf,first\n"},
        "works_at.csv:2:level",
        "first is not a whole number. Write digits only, for example 12.",
    ),
    "neither yes nor no": (
        {"deals.csv": "id,name,stage,tender_open,client_id\nd1,Pumps,lead,perhaps,verf\n"},
        "deals.csv:2:tender_open",
        "perhaps is neither yes nor no. Write true or false.",
    ),
    "an IBAN with wrong check digits": (
        {
            "organizations.csv": "id,name,kinds,iban\nown,Meridian,own_firm,\n"
            "verf,Verf,client,DE89370400440532013001\nbank,B,partner,\n"
        },
        "organizations.csv:3:iban",
        "DE89370400440532013001 has the form of IBAN, but its check digits are wrong. "
        "Check it against the document it was taken from.",
    ),
    "an INN of the wrong form": (
        {
            "organizations.csv": "id,name,kinds,inn\nown,Meridian,own_firm,\n"
            "verf,Verf,client,77070838\nbank,B,partner,\n"
        },
        "organizations.csv:3:inn",
        "77070838 does not have the form of INN. Check it against the document it was taken from.",
    ),
    "a required cell is empty": (
        {"regions.csv": "id,name,country\nr1,,DE\n"},
        "regions.csv:2:name",
        "name must be filled. Fill it in.",
    ),
    "a required column is missing in something new": (
        {"regions.csv": "id,name\nr1,North\n"},
        "regions.csv:2:country",
        "country must be filled. Fill it in.",
    ),
    "a required reference is empty": (
        {"deals.csv": "id,name,stage,client_id\nd1,Pumps,lead,\n"},
        "deals.csv:2:client_id",
        "client_id must be filled. Fill it in.",
    ),
    "no id": (
        {"regions.csv": "id,name,country\n,North,DE\n"},
        "regions.csv:2:id",
        "id must be filled. Fill it in.",
    ),
    "an id with a space": (
        {"regions.csv": "id,name,country\nr 1,North,DE\n"},
        "regions.csv:2:id",
        "r 1 cannot be an id. An id has no spaces and no |, and at most 200 characters.",
    ),
    "a value twice in one cell": (
        {"stakeholders.csv": "person_id,subject_id,roles\np1,verf,coach|champion|coach\n"},
        "stakeholders.csv:2:roles",
        "coach is named twice in one cell. Remove one of the two.",
    ),
    "a text that is too long": (
        {"regions.csv": f"id,name,country\nr1,{'x' * 1001},DE\n"},
        "regions.csv:2:name",
        "The text has 1001 characters; at most 1000 are kept. Shorten it.",
    ),
    "a tie to itself": (
        {"knows.csv": "person_id,other_id\np1,p1\n"},
        "knows.csv:2:other_id",
        "p1 cannot be tied to itself. Correct one of the two ids.",
    ),
    "the wrong kind at an end": (
        {"stakeholders.csv": "person_id,subject_id\np1,p2\n"},
        "stakeholders.csv:2:subject_id",
        "p2 is of the kind Person; this column takes Client / Deal. Name another, or correct its kind.",
    ),
    "an organisation that is no client": (
        {"stakeholders.csv": "person_id,subject_id\np1,bank\n"},
        "stakeholders.csv:2:subject_id",
        "bank is of the kind Organization; this column takes Client / Deal. Name another, or correct its kind.",
    ),
    "a person who is not ours": (
        {"covered_by.csv": "person_id,employee_id\np1,p2\n"},
        "covered_by.csv:2:employee_id",
        "p2 is of the kind Person; this column takes Employee. Name another, or correct its kind.",
    ),
    "one id for two kinds": (
        {"regions.csv": "id,name,country\np1,North,DE\n"},
        "people.csv:2:id",
        "The id p1 is used for something else in regions.csv:2. Choose an id that nothing else has.",
    ),
    "a circle": (
        {"reports_to.csv": "person_id,boss_id\np1,p2\np2,p3\np3,p1\n"},
        "reports_to.csv:2:boss_id",
        "These ties make a circle: Anna → Boris → Clara → Anna. Take out the one that is wrong.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_problem_has_its_place_and_its_sentence(name):
    files, place, sentence = CASES[name]
    assert (place, sentence) in told({**BASE, **files})


@pytest.mark.parametrize("name", [name for name in CASES if name not in ("one id for two kinds", "a circle")])
def test_one_fault_makes_one_problem(name):
    files, _, _ = CASES[name]
    direct = [one for one in check({**BASE, **files}).problems if one.code not in ("bad_target", "wrong_kind")]
    assert len(direct or check({**BASE, **files}).problems) == 1


def test_good_files_have_no_problem():
    assert told(BASE) == []


def test_all_problems_of_a_row_and_of_all_files_are_told_at_once():
    files = {
        "people.csv": "id,name,gender,email\np1,,mail,anna\n",
        "regions.csv": "id,name,country\nr1,North,Germania\n",
    }
    places = [(problem.place, problem.code) for problem in check(files).problems]
    assert sorted(places) == [
        ("people.csv:2:email", "bad_form"),
        ("people.csv:2:gender", "unknown_value"),
        ("people.csv:2:name", "required"),
        ("regions.csv:2:country", "unknown_code"),
    ]


def test_two_rows_that_disagree_are_both_told_and_both_left_out():
    found = check({"people.csv": "id,name,home_city\np1,Anna,Bonn\np1,Anna,Ulm\np2,Boris,\n"})
    assert [problem.describe() for problem in found.problems] == [
        "The id p1 is there twice, and the two rows disagree on home_city (see row 2). Keep the right row.",
        "The id p1 is there twice, and the two rows disagree on home_city (see row 3). Keep the right row.",
    ]
    assert [row.id for row in found.rows] == ["p2"]


def test_two_rows_that_agree_are_one():
    assert [row.id for row in check({"people.csv": "id,name\np1,Anna\np1,Anna\n"}).rows] == ["p1"]


def test_a_tie_without_id_is_told_apart_by_its_key():
    """The vocabulary's key of STAKEHOLDER_IN is valid_from: two stances at two times are two ties."""
    stances = "person_id,subject_id,support,valid_from\np1,verf,enemy,2024-01-01\np1,verf,neutral,2025-01-01\n"
    files = {**BASE, "stakeholders.csv": stances}
    assert told(files) == []
    same = {**BASE, "stakeholders.csv": "person_id,subject_id,support,valid_from\np1,verf,enemy,\np1,verf,neutral,\n"}
    assert told(same)[0][1] == (
        "This tie is there twice, and the two rows disagree on support (see row 3). "
        "Keep the right row, or give each an id of its own."
    )


def test_a_symmetric_tie_is_the_same_from_both_sides():
    both = {**BASE, "knows.csv": "person_id,other_id,strength\np1,p2,5\np2,p1,5\n"}
    rows = [row for row in check(both).rows if row.file == "knows.csv"]
    assert [(row.start, row.end) for row in rows] == [("p1", "p2")]


def test_what_refers_to_a_refused_row_is_refused_with_the_place_of_the_cause():
    files = {
        **BASE,
        "organizations.csv": "id,name,kinds\nown,Meridian,own_firm\nverf,Verf,clent\nbank,Bank,partner\n",
        "works_at.csv": "person_id,organization_id\np1,verf\ne1,own\n",
        "deals.csv": "id,name,stage,client_id\nd1,Pumps,lead,verf\n",
        "stakeholders.csv": "person_id,subject_id\np1,d1\n",
    }
    found = check(files)
    assert sorted((p.place, p.code, p.fields.get("place", "")) for p in found.problems) == [
        ("deals.csv:2:client_id", "bad_target", "organizations.csv:3"),
        ("organizations.csv:3:kinds", "unknown_value", ""),
        ("stakeholders.csv:2:subject_id", "bad_target", "deals.csv:2"),
        ("works_at.csv:2:organization_id", "bad_target", "organizations.csv:3"),
    ]
    assert "verf is refused itself (organizations.csv:3), so this row cannot refer to it. Mend that row first." in [
        problem.describe() for problem in found.problems
    ]
    assert {row.id for row in found.rows if row.kind.file == "people"} == {"p1", "p2", "p3", "e1"}


def test_a_bad_change_of_something_that_exists_does_not_refuse_the_ties_to_it():
    graph = stored(person("p1"), person("p2"))
    found = check({"people.csv": "id,gender\np1,mail\n", "knows.csv": "person_id,other_id\np1,p2\n"}, graph)
    assert [problem.code for problem in found.problems] == ["unknown_value"]
    assert [row.file for row in found.rows] == ["knows.csv"]


def test_a_circle_is_found_together_with_what_is_in_the_graph():
    tie = TieState("t1", "REPORTS_TO", "p1", "p2", {"id": "t1"})
    graph = stored(person("p1", name="Anna"), person("p2", name="Boris"), ties=(tie,))
    assert told({"reports_to.csv": "person_id,boss_id\np2,p1\n"}, graph) == [
        (
            "reports_to.csv:2:boss_id",
            "These ties make a circle: Anna → Boris → Anna. Take out the one that is wrong.",
        )
    ]


def test_a_row_that_turns_a_stored_line_round_makes_no_circle():
    tie = TieState("t1", "REPORTS_TO", "p1", "p2", {"id": "t1"})
    graph = stored(person("p1"), person("p2"), ties=(tie,))
    assert told({"reports_to.csv": "id,person_id,boss_id\nt1,p2,p1\n"}, graph) == []


def test_lines_of_different_years_make_no_circle():
    """Boss and report may change places; only lines that hold on one day can circle."""
    rows = "person_id,boss_id,valid_from,valid_to\np1,p2,2020-01-01,2023-01-01\np2,p1,{begin},\n"
    assert told({**BASE, "reports_to.csv": rows.format(begin="2023-01-01")}) == []
    assert len(told({**BASE, "reports_to.csv": rows.format(begin="2022-12-31")})) == 2


def test_two_circles_that_share_a_person_are_both_told():
    lines = "person_id,boss_id\np1,p2\np2,p1\np2,p3\np3,p2\n"
    circles = {text.split(": ")[1] for _, text in told({**BASE, "reports_to.csv": lines})}
    assert circles == {
        "Anna → Boris → Anna. Take out the one that is wrong.",
        "Boris → Clara → Boris. Take out the one that is wrong.",
    }


def test_somebody_who_left_us_may_still_have_covered_a_client():
    graph = stored(person("p1"), NodeState("old", frozenset({"Entity", "Person"}), {"name": "Old"}, served_us=True))
    assert told({"covered_by.csv": "person_id,employee_id\np1,old\n"}, graph) == []


def test_an_id_in_the_graph_keeps_its_kind():
    graph = stored(person("p1"))
    assert told({"regions.csv": "id,name,country\np1,North,DE\n"}, graph) == [
        ("regions.csv:2:id", "The id p1 belongs to another kind already: Person. Choose an id that nothing else has.")
    ]


def test_a_file_of_a_few_columns_may_change_what_exists():
    assert told({"people.csv": "id,home_city\np1,Bonn\n"}, stored(person("p1"))) == []


def test_the_nearest_id_is_looked_for_in_the_graph_too():
    graph = stored(person("person-anna-ershova"))
    graph.near_ids = {"person-boris-kim"}
    found = told({"knows.csv": "person_id,other_id\nperson-anna-ershova,person-bors-kim\n"}, graph)
    assert found[0][1].endswith("Did you mean person-boris-kim?")


def test_hostile_values_are_shown_on_one_line_and_cut():
    nasty = "<img src=x onerror=alert(1)>\u2028" + "y" * 200
    (problem,) = check({"people.csv": f'id,name,email\np1,Anna,"{nasty}{{0.__class__}}"\n'}).problems
    assert len(problem.value) == 80
    assert problem.describe().startswith("<img src=x onerror=alert(1)> yyy")


def test_every_message_is_used_and_names_only_fields_that_it_is_given():
    import re

    known = {"value", "column", "file", "row"}
    for code, message in MESSAGES.items():
        for name in re.findall(r"{(\w+)}", message.template + message.mend):
            assert name in known | {
                "nearest",
                "known",
                "enumeration",
                "standard",
                "range",
                "limit",
                "count",
                "expected",
                "encoding",
                "place",
                "other",
                "columns",
                "found",
                "wanted",
                "cycle",
                "start",
                "begin",
                "megabytes",
                "reason",
                "name",
                "names",
                "ids",
                "origin",
            }, code


def test_values_arrive_as_the_graph_stores_them():
    stances = "person_id,subject_id,roles,valid_from,confidence\np1,verf,coach|user,2024-01-01,0.5\n"
    files = {**BASE, "stakeholders.csv": stances}
    (row,) = [row for row in check(files).rows if row.file == "stakeholders.csv"]
    assert row.values == {"roles": ["coach", "user"], "valid_from": date(2024, 1, 1), "confidence": 0.5}
