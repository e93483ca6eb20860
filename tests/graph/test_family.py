"""The family profile on real Neo4j (C2.3): derived kinship, who may see it, conflicts of interest, reviews."""

from datetime import date

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import EditRefused, NotFound
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.services.family import family_profile
from graphcrm.ui.components.edit_family import family_edits
from graphcrm.vocabulary.kinship import kinship_name
from tests.small_graph import build, node, tie

TODAY = date(2026, 11, 25)


@pytest.fixture
def family(database):
    people = {"ivan": "male", "olga": "female", "petr": "male", "vera": "female", "pavel": "male", "zoya": "female"}
    nodes = [node(one, "Person", name=one.title(), gender=gender) for one, gender in people.items()]
    nodes.append(node("child", "Person FamilyMember", name="Misha", family_name="Orlov", birth_date="2015-02-03"))
    nodes += [node("orion", "Organization Client", name="Orion"),
              node("ministry", "Organization Partner", name="Ministry", official_status="public_official")]  # fmt: skip
    ties = [
        tie("ivan", "SPOUSE_OF", "olga", since="2001", last_verified_at=date(2026, 6, 1), kept_for="Anniversary"),
        tie("ivan", "SPOUSE_OF", "zoya", until="1999"),
        tie("olga", "SIBLING_OF", "pavel", review_on=date(2026, 11, 1)),
        tie("vera", "PARENT_OF", "olga"),
        tie("ivan", "PARENT_OF", "petr"),
        tie("petr", "PARENT_OF", "child", confidence=0.7),
        tie("ivan", "PARENT_OF", "pavel", id="wrong", valid_to=date(2020, 1, 1)),
        tie("pavel", "WORKS_AT", "orion", title="Buyer"),
        tie("vera", "WORKS_AT", "ministry"),
        tie("olga", "WORKS_AT", "orion", valid_to=date(2020, 1, 1)),
    ]
    build(database, nodes, ties)
    return database


def named(profile, language="ru"):
    return {
        member.id: kinship_name(member.relative.path, language, half=member.relative.half) for member in profile.members
    }


def test_kinship_is_derived_from_the_stored_ties(family):
    profile = family_profile(family, OWNER, "ivan", as_of=TODAY)
    assert named(profile) == {
        "olga": "жена", "zoya": "бывшая жена", "petr": "сын", "child": "внук или внучка", "pavel": "шурин",
        "vera": "тёща"}  # fmt: skip
    assert named(family_profile(family, OWNER, "vera", as_of=TODAY), "en")["ivan"] == "son-in-law"


def test_who_may_not_know_of_families_gets_none(family):
    for role in ("analyst", "reader"):
        assert family_profile(family, Viewer("x", "X", role), "ivan", as_of=TODAY) is None
    with pytest.raises(NotFound):
        family_profile(family, OWNER, "nobody", as_of=TODAY)


def test_a_tie_more_sensitive_than_the_viewer_may_see_leads_nowhere(family):
    family.write("MATCH ()-[t {id: 'olga-SIBLING_OF-pavel'}]->() SET t.sensitivity = 'restricted'")
    assert "pavel" not in named(family_profile(family, Viewer("m", "M", "manager"), "ivan", as_of=TODAY))
    assert "pavel" in named(family_profile(family, OWNER, "ivan", as_of=TODAY))


def test_relatives_at_clients_partners_and_public_bodies_are_conflicts_of_interest(family):
    found = {member.id: {tie.kind for tie in member.conflicts}
             for member in family_profile(family, OWNER, "ivan", as_of=TODAY).conflicts}  # fmt: skip
    assert found == {"pavel": {"client"}, "vera": {"partner", "public_body"}}


def test_of_a_child_too_much_is_told(family):
    (child,) = [one for one in family_profile(family, OWNER, "ivan", as_of=TODAY).members if one.minor]
    assert child.excess == ("birth_day", "family_name")


def test_facts_tell_source_date_purpose_and_review(family):
    facts = {fact.tie.id: fact for fact in family_profile(family, OWNER, "ivan", as_of=TODAY).facts}
    assert "wrong" not in facts
    assert facts["ivan-SPOUSE_OF-olga"].tie.kept_for == "Anniversary"
    assert not facts["ivan-SPOUSE_OF-olga"].due
    assert facts["olga-SIBLING_OF-pavel"].due  # its day has come
    assert facts["vera-PARENT_OF-olga"].due  # nobody ever verified it
    assert facts["ivan-SPOUSE_OF-zoya"].ended


def test_a_whole_family_is_entered_in_one_step(family):
    members = [{"kind": "w", "name": "Anna", "born": "1985"}, {"kind": "d", "name": "Yana", "born": "2019"}]
    edits = family_edits("pavel", "key", members, {"kept_for": "Birthdays"}, both_parents=True, today=TODAY)
    for _click in range(2):  # a double click saves once
        save_edits(family, OWNER, edits, key="key", today=TODAY)
    profile = family_profile(family, OWNER, "ivan", as_of=TODAY)
    assert {"жена шурина", "племянница супруга или супруги"} <= set(named(profile).values())
    labels = family.read("MATCH (p {name: 'Yana'}) RETURN labels(p) AS l, count(*) AS n")[0]
    assert "FamilyMember" in labels["l"]
    assert labels["n"] == 1


def test_on_the_command_line(database, run):
    build(
        database,
        [node("olga", "Person", name="Olga", gender="female"), node("ivan", "Person", name="Ivan", gender="male"),
         node("vera", "Person", name="Vera", gender="female", birth_date="1950"),
         node("nord", "Organization Client", name="Nord")],
        [tie("olga", "SPOUSE_OF", "ivan"), tie("vera", "PARENT_OF", "ivan"),
         tie("vera", "WORKS_AT", "nord", title="Owner")],
    )  # fmt: skip
    said = run("family", "olga", "--as-of", "2026-11-25")
    assert "husband: Ivan (Born: not known)" in said
    assert "mother-in-law: Vera (Born: 1950)  Ivan (husband) → mother" in said
    assert "! works at a client (Owner, Nord)" in said
    with pytest.raises(NotFound):
        run("family", "nobody")


def test_a_family_circle_and_too_much_of_a_child_are_refused_and_nothing_is_lost(database):
    build(database, [node("a", "Person", name="A"), node("b", "Person", name="B"), node("c", "Person", name="C")],
          [tie("a", "PARENT_OF", "b"), tie("b", "PARENT_OF", "c")])  # fmt: skip
    parent = RowEdit("PARENT_OF", "", {"parent_id": "c", "child_id": "a"})
    with pytest.raises(EditRefused) as circle:
        save_edits(database, OWNER, [parent], key="k", today=TODAY)
    assert [one.code for one in circle.value.problems] == ["cycle"]
    child = RowEdit("Person", "d", {"name": "Ana Berg", "birth_date": f"{TODAY.year - 8}-03-02"})
    with pytest.raises(EditRefused) as much:
        save_edits(database, OWNER, [child], key="l", today=TODAY)
    told = {(one.code, one.column) for one in much.value.problems}
    assert told == {("child_excess", "name"), ("child_excess", "birth_date")}
    assert database.read("MATCH (p:Person) RETURN count(p) AS n") == [{"n": 3}]
