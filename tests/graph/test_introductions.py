"""Introductions on a real graph (C1.2, C1.4, A5.4, D1): what is walked, what bars a way, on a day, for a viewer."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from itertools import pairwise

import networkx as nx
import pytest

from graphcrm.domain.introductions import MAX_TIES
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import GraphcrmError, NotFound
from graphcrm.queries.introductions import (
    introduction_circle,
    introduction_contacts,
    introduction_nearest,
    introduction_people,
    introduction_shared_places,
)
from graphcrm.services import history
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.services.introductions import reach, reach_lines, reasoned
from graphcrm.vocabulary import VOCABULARY
from tests.small_graph import TODAY, build, node, orion, tie

READER = Viewer("r", "Reader", "reader")
ANALYST = Viewer("x", "Analyst", "analyst")
DEPUTY = "person-zaonezhsky-veligzhanin"


@pytest.fixture
def line(database):
    """Kai (ours) knows Ada, Ada knows Tom. Everything else a test adds."""
    build(
        database,
        [
            node("own", "Organization OwnFirm", name="Our firm"),
            node("kai", "Person Employee", name="Kai"),
            *(node(one, "Person", name=one.title()) for one in ("ada", "tom", "eve", "far", "farther")),
        ],
        [
            tie("kai", "WORKS_AT", "own"),
            tie("kai", "KNOWS", "ada", strength=8.0, confidence=1.0, last_verified_at=TODAY),
            tie("ada", "KNOWS", "tom", strength=8.0, confidence=1.0, last_verified_at=TODAY),
        ],
    )
    return database


def ways(db, person_id="tom", *, viewer=OWNER, as_of=TODAY):
    found = reach(db, viewer, person_id, as_of=as_of)
    return [list(chain.people) for chain in (*found.ways.warm, *found.ways.cold)]


def change(db, tie_id, **properties):
    db.write("MATCH ()-[t {id: $id}]->() SET t += $properties", {"id": tie_id, "properties": properties})


def test_over_one_whom_ours_know(line):
    assert ways(line) == [["kai", "ada", "tom"]]
    assert ways(line, "ada") == [["kai", "ada"]]
    assert reach(line, OWNER, "kai", as_of=TODAY).ours


@pytest.mark.parametrize(
    "properties",
    [
        {"use": "do_not_use"},
        {"use": "context_only"},
        {"valid_to": TODAY},
        {"valid_from": date(2027, 1, 1)},
        {"strength": 0.0},
    ],
    ids=str,
)
def test_a_tie_that_is_not_open_or_does_not_hold_is_never_walked(line, properties):
    change(line, "ada-KNOWS-tom", **properties)
    assert ways(line) == []


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("SPOUSE_OF", {}),
        ("SPOUSE_OF", {"valid_to": date(2010, 1, 1)}),
        ("PARENT_OF", {}),
        ("SIBLING_OF", {}),
        ("GUARDIAN_OF", {}),
        ("CONFLICTS_WITH", {}),
        ("INFLUENCES", {"basis": "family", "strength": 9.0}),
        ("MENTOR_OF", {"use": "do_not_use"}),
    ],
)
@pytest.mark.parametrize("way", [("ada", "tom"), ("tom", "ada"), ("kai", "ada")], ids=str)
def test_kin_people_at_odds_and_do_not_use_bar_the_pair(line, kind, properties, way):
    """Whatever else ties the two: nobody is asked to speak for a brother, an enemy, or against our own word."""
    build(line, [], [tie(way[0], kind, way[1], **properties)])
    assert ways(line) == []
    assert ways(line, viewer=READER) == []


def test_in_laws_and_cousins_are_kin_too(line):
    """Ada's sister is married to Tom: she is not asked to speak for her brother-in-law."""
    build(line, [node("sister", "Person", name="Sister")],
          [tie("ada", "SIBLING_OF", "sister"), tie("sister", "SPOUSE_OF", "tom")])  # fmt: skip
    assert ways(line) == []


def test_every_kind_of_kinship_bars_a_pair_and_keeps_a_question_from_being_asked():
    """A kind of kinship that is added to the vocabulary is barred here, too."""
    kinds = {name for name, kind in VOCABULARY.ties.items() if kind.sensitivity == "family" and kind.file}
    assert kinds
    for query in (introduction_people, introduction_shared_places):
        assert kinds <= set(re.findall(r"[A-Z_]+", query.query.text)), query.__name__
    for query in (introduction_circle, introduction_contacts, introduction_nearest):
        assert not kinds & set(re.findall(r"[A-Z_]+", query.query.text)), query.__name__


def test_a_conflict_that_is_over_bars_nothing(line):
    build(line, [], [tie("ada", "CONFLICTS_WITH", "tom", valid_to=date(2020, 1, 1))])
    assert ways(line) == [["kai", "ada", "tom"]]


@pytest.mark.parametrize("friends", [0, 60], ids=["few", "many"])
def test_whose_somebody_is_goes_by_the_job_on_the_day_and_not_by_the_label_of_today(line, friends):
    """Kai has left us and lost the label; Ada came to us later and has it: before, he asked her."""
    crowd = [f"friend-{number}" for number in range(friends)]
    build(line, [node(one, "Person", name=one) for one in crowd], [tie(one, "KNOWS", "tom") for one in crowd])
    change(line, "kai-WORKS_AT-own", valid_to=date(2026, 10, 1))
    build(line, [], [tie("ada", "WORKS_AT", "own", valid_from=date(2026, 10, 1))])
    line.write("MATCH (kai {id: 'kai'}), (ada {id: 'ada'}) REMOVE kai:Employee SET ada:Employee")
    assert ways(line, as_of=date(2026, 9, 1)) == [["kai", "ada", "tom"]]
    assert ways(line) == [["ada", "tom"]]


def test_a_chain_begins_with_the_last_of_ours_on_the_way(line):
    """Kai knows Eve and his colleague Lea, who knows Ada, too: he does not ask Lea, and nobody is asked past him."""
    build(line, [node("lea", "Person Employee", name="Lea")],
          [tie("lea", "WORKS_AT", "own"), tie("kai", "KNOWS", "eve", strength=8.0),
           tie("kai", "KNOWS", "lea", strength=8.0), tie("lea", "KNOWS", "ada", strength=8.0)])  # fmt: skip
    assert ways(line, "eve") == [["kai", "eve"]]
    assert sorted(ways(line)) == [["kai", "ada", "tom"], ["lea", "ada", "tom"]]


def test_kin_alone_is_no_way(line):
    """A wife whom ours know is no way to her husband, and one known as a relative only is not walked over at all."""
    build(line, [node("wife", "Person FamilyMember", name="Wife")],
          [tie("wife", "SPOUSE_OF", "eve"), tie("kai", "KNOWS", "wife", strength=9.0),
           tie("wife", "KNOWS", "far", strength=9.0)])  # fmt: skip
    assert ways(line, "eve") == []
    assert ways(line, "far") == []


@pytest.mark.parametrize("coverage", ["none", "unknown"])
def test_that_nobody_is_in_touch_is_no_tie(line, coverage):
    build(line, [], [tie("eve", "COVERED_BY", "kai", coverage=coverage)])
    assert ways(line, "eve") == []


def test_a_contact_is_a_tie_and_the_past_does_not_know_the_future(line):
    build(line, [node("talk", "Interaction", kind="call", date=date(2026, 6, 1), mood="good")],
          [tie("talk", "WITH", "eve"), tie("talk", "CONDUCTED_BY", "kai"),
           tie("eve", "MENTOR_OF", "far", valid_from=date(2026, 8, 1), confidence=1.0)])  # fmt: skip
    assert ways(line, "eve") == [["kai", "eve"]]
    assert ways(line, "far") == [["kai", "eve", "far"]]
    assert ways(line, "far", as_of=date(2026, 7, 1)) == []
    assert ways(line, "eve", as_of=date(2026, 5, 1)) == []


def test_one_who_is_dead_or_whose_seat_is_vacant_introduces_nobody(line):
    line.write("MATCH (p {id: 'ada'}) SET p.status = 'deceased'")
    assert ways(line) == []
    line.write("MATCH (p {id: 'ada'}) SET p.status = 'left', p.presence = 'vacant'")
    assert ways(line) == []


@pytest.mark.parametrize("properties", [{"presence": "vacant"}, {"status": "deceased"}], ids=str)
def test_a_vacant_seat_and_the_dead_cannot_be_reached_and_that_is_said(line, properties):
    line.write("MATCH (p {id: 'tom'}) SET p += $properties", {"properties": properties})
    assert "There is nobody to be introduced to." in list(reach_lines(reach(line, OWNER, "tom", as_of=TODAY)))
    assert ways(line) == []


def test_one_hop_too_many_is_said(line):
    build(line, [], [tie("tom", "KNOWS", "far", strength=9.0), tie("far", "KNOWS", "farther", strength=9.0)])
    assert ways(line, "far") == [["kai", "ada", "tom", "far"]]
    found = reach(line, OWNER, "farther", as_of=TODAY)
    assert (found.ways.warm, found.ways.cold) == ((), ())
    assert found.nearest.person_ids == ["kai", "ada", "tom", "far", "farther"]
    assert found.nearest.ties > MAX_TIES
    said = "\n".join(reach_lines(found))
    assert "needs 3 go-betweens, one hop too many or more" in said
    assert "A cold call is better" in said


@pytest.mark.parametrize("seed", range(3))
def test_the_nearest_chain_is_the_shortest_of_networkx(database, seed):
    """Of all allowed chains of up to six ties from any of ours, a shortest comes first, whoever is asked for."""
    chance = random.Random(seed)
    people, ours = [f"p{number}" for number in range(60)], [f"e{number}" for number in range(3)]
    pairs = sorted({tuple(sorted(chance.sample(people + ours, 2))) for _ in range(80)})
    ties = [
        tie(one, "KNOWS", other, **chance.choice([{}, {"strength": 4.0}, {"strength": 0.0}, {"use": "do_not_use"}]))
        for one, other in pairs
    ]
    build(
        database,
        [node("own", "Organization OwnFirm"), *(node(one, "Person", name=one) for one in people + ours)],
        [*(tie(one, "WORKS_AT", "own") for one in ours), *ties],
    )
    walked = nx.Graph([(row["start"], row["end"]) for row in ties if row["properties"] in ({}, {"strength": 4.0})])
    walked.add_nodes_from(people + ours)
    far = nx.multi_source_dijkstra_path_length(walked, set(ours), weight=None)
    for person in people:
        rows = introduction_nearest(database, person_id=person, as_of=TODAY)
        assert [row.ties for row in rows] == sorted(row.ties for row in rows)
        assert (rows[0].ties if rows else None) == (far.get(person) if far.get(person, 9) <= 6 else None)
        for row in rows:
            assert row.person_ids[0] in ours
            assert row.person_ids[-1] == person
            assert all(walked.has_edge(*pair) for pair in pairwise(row.person_ids))


def test_nobody_known_is_said(line):
    assert "No chain of acquaintance from us is known." in list(reach_lines(reach(line, OWNER, "eve", as_of=TODAY)))


def test_what_a_viewer_may_not_see_is_not_walked(line):
    change(line, "ada-KNOWS-tom", sensitivity="personal")
    assert ways(line, viewer=ANALYST) == [["kai", "ada", "tom"]]
    assert ways(line, viewer=READER) == []


def test_an_unknown_person_and_a_relative_whom_one_may_not_know_look_the_same(database):
    orion(database)
    errors = []
    for viewer, person_id in ((OWNER, "no-such"), (READER, "p-olga")):
        with pytest.raises(NotFound) as raised:
            reach(database, viewer, person_id, as_of=TODAY)
        errors.append(str(raised.value))
    assert errors[0] == errors[1]


def test_a_circle_that_is_cut_off_says_so(line, monkeypatch):
    monkeypatch.setattr("graphcrm.services.introductions.MOST_TIES", 1)
    found = reach(line, OWNER, "tom", as_of=TODAY)
    assert not found.ways.exact
    assert any("too large to read whole" in said for said in reach_lines(found))


def test_the_ledger_tells_who_is_willing_and_is_kept_by_the_day(line):
    """A refusal weighs more than a friendly mood; before it nothing was known."""
    edit = RowEdit("Introduction", "i", {"status": "refused", "asked_on": date(2026, 10, 1), "introducer_id": "ada",
                                         "person_id": "tom", "employee_id": "kai", "outcome": "Not now"})  # fmt: skip
    save_edits(line, OWNER, [edit], key="i", today=TODAY)
    found = reach(line, OWNER, "tom", as_of=TODAY)
    (chain,) = found.ways.warm
    assert chain.willing[0].code == "will_refused"
    assert [(one.status, one.introducer_name, one.employee_name) for one in found.ledger] == [("refused", "Ada", "Kai")]
    assert "Not now" in "\n".join(reach_lines(found))
    before = reach(line, OWNER, "tom", as_of=date(2026, 9, 1))
    assert before.ledger == ()
    assert before.ways.warm[0].willing[0].code == "will_unknown"


@pytest.fixture
def school(line):
    """Tom and Eve studied together; Kai knows Eve."""
    build(line, [node("uni", "Institution", name="Polytechnic")],
          [tie("tom", "STUDIED_AT", "uni", since="2000", until="2005"),
           tie("eve", "STUDIED_AT", "uni", since="2001", until="2006"),
           tie("far", "STUDIED_AT", "uni", since="1980", until="1985"),
           tie("kai", "KNOWS", "eve", strength=9.0, confidence=1.0, last_verified_at=TODAY),
           tie("ada", "KNOWS", "tom", id="gone", use="do_not_use")])  # fmt: skip
    return line


def test_what_is_reasoned_counts_only_after_a_yes(school):
    assert [(one.other_id, one.code) for one in reasoned(school, OWNER, "tom", as_of=TODAY)] == [
        ("eve", "reasoned_studied_at")
    ]
    assert ways(school) == []
    edit = RowEdit("KNOWS", "", {"person_id": "tom", "other_id": "eve", "last_verified_at": TODAY})
    saved = save_edits(school, OWNER, [edit], key="yes", today=TODAY)
    assert ways(school) == [["kai", "eve", "tom"]]
    assert reasoned(school, OWNER, "tom", as_of=TODAY) == []
    history.undo(school, OWNER, key="undo", change_id=saved.change_id)
    assert ways(school) == []


@pytest.mark.parametrize("ends", [("tom", "eve"), ("eve", "tom")])
def test_a_no_is_remembered_whichever_way_it_is_asked(school, ends):
    edit = RowEdit("NOT_ACQUAINTED", "", {"person_id": ends[0], "other_id": ends[1]})
    save_edits(school, OWNER, [edit], key="no", today=TODAY)
    assert reasoned(school, OWNER, "tom", as_of=TODAY) == []
    assert reasoned(school, OWNER, "eve", as_of=TODAY) == []
    assert ways(school) == []


def test_a_stay_that_one_may_not_see_is_no_reason(school):
    change(school, "eve-STUDIED_AT-uni", sensitivity="personal")
    assert reasoned(school, READER, "tom", as_of=TODAY) == []
    assert len(reasoned(school, OWNER, "tom", as_of=TODAY)) == 1


WALKED = """
MATCH (a:Person)-[t:KNOWS|COVERED_BY|MENTOR_OF|INFLUENCES|REPORTS_TO]-(b:Person)
WHERE coalesce(t.valid_from <= $day, true) AND coalesce(t.valid_to > $day, true) AND coalesce(t.use, 'open') = 'open'
  AND coalesce(t.strength, 1) > 0 AND coalesce(t.basis, '') <> 'family'
  AND NOT coalesce(t.coverage, '') IN ['none', 'unknown'] AND NOT a:FamilyMember AND NOT b:FamilyMember
  AND NOT EXISTS { (a)-[:SPOUSE_OF|PARENT_OF|SIBLING_OF|GUARDIAN_OF]-{1,4}(b) }
  AND NOT EXISTS { (a)-[:CONFLICTS_WITH]-(b) }
  AND NOT EXISTS { (a)-[x]-(b) WHERE x.basis = 'family' OR x.use = 'do_not_use' }
RETURN DISTINCT a.id AS a, b.id AS b
UNION
MATCH (a:Person)<-[:WITH]-(i:Interaction)-[:CONDUCTED_BY]->(b:Person) WHERE i.date <= $day AND NOT a:FamilyMember
  AND NOT EXISTS { (a)-[:SPOUSE_OF|PARENT_OF|SIBLING_OF|GUARDIAN_OF]-{1,4}(b) }
  AND NOT EXISTS { (a)-[:CONFLICTS_WITH]-(b) }
RETURN DISTINCT a.id AS a, b.id AS b
"""


def test_on_the_demo_all_chains_are_those_of_the_whole_graph(demo):
    """Against networkx on the whole clientele: as many chains, none forgotten, none that is not there."""
    graph = nx.Graph([(row["a"], row["b"]) for row in demo.read(WALKED, {"day": TODAY})])
    ours = {row["id"] for row in demo.read("MATCH (p:Person)-[:WORKS_AT]->(:OwnFirm) RETURN p.id AS id", {})}
    rows = demo.read("MATCH (p:Person)-[:STAKEHOLDER_IN]->(:Client) RETURN DISTINCT p.id AS id ORDER BY id", {})
    for person_id in [row["id"] for row in rows][::12]:
        found = reach(demo, OWNER, person_id, as_of=TODAY, most=10_000)
        seen = {chain.people for chain in (*found.ways.warm, *found.ways.cold)}
        outside = graph.subgraph((graph.nodes - ours) | {person_id}) if person_id in graph else nx.Graph()
        enemies = {row["id"] for row in demo.read(
            "MATCH (p:Person)-[s:STAKEHOLDER_IN]->() WHERE s.support = 'enemy' AND s.valid_to IS NULL "
            "RETURN p.id AS id", {})}  # fmt: skip
        wanted = set()
        for first in outside.nodes:
            if not ours & set(graph[first]):
                continue
            paths = [[first]] if first == person_id else nx.all_simple_paths(outside, first, person_id, MAX_TIES - 1)
            for path in paths:
                wanted |= {(one, *path) for one in ours & set(graph[first]) if not enemies & set(path[:-1])}
        assert seen == wanted, person_id


def test_the_way_to_the_deputy_runs_over_the_auditor(demo):
    """docs/stories: Belyakova, Melentyeva (her colleague at the audit firm), Veligzhanin; far warmer than any other."""
    found = reach(demo, OWNER, DEPUTY, as_of=TODAY)
    first, second = found.ways.warm[:2]
    assert first.people == ("person-kolovar-belyakova", "person-versta-melentyeva", DEPUTY)
    assert first.warmth > 2 * second.warmth
    assert found.ways.exact
    for chain in found.ways.warm:
        assert all({one, other} != {"person-zaonezhsky-tyazhlov", DEPUTY} for one, other in pairwise(chain.people))


def test_who_refused_is_asked_last(demo):
    """Story 2: Sieglitz, a mentor of ours, would not introduce us; so his attitude alone does not make a warm way."""
    found = reach(demo, OWNER, "person-hallbach-boernert", as_of=TODAY)
    over = next(chain for chain in found.ways.warm if chain.people[1] == "person-hallbach-sieglitz")
    assert (over.willing[0].code, over.weakest.kind) == ("will_refused", "person")


def test_the_command_line(line, run):
    said = run("reach", "Tom", "--as-of", "2026-11-23")
    assert "Kai —knows→ Ada —knows→ Tom" in said
    assert "Kai asks Ada for an introduction to Tom." in said
    told = json.loads(run("reach", "tom", "--format", "json", "--as-of", "2026-11-23"))
    assert [one["id"] for one in told["ways"][0]["people"]] == ["kai", "ada", "tom"]
    assert told["ways"][0]["warmth"] == pytest.approx(0.8 * 0.5 * 0.8)
    assert "Просит Kai" in run("reach", "tom", "--language", "ru", "--as-of", "2026-11-23")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nobody-at-all"], "Nobody is found by"),
        (["Far"], "finds several people"),
        (["tom", "--as-of", "yesterday"], "wants a day"),
        (["tom", "--language", "xx"], "does not speak xx"),
    ],
)
def test_the_command_line_on_bad_input(line, run, args, said):
    with pytest.raises(GraphcrmError, match=said):
        run("reach", *args)
