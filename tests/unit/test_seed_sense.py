"""The seed data make sense: ages, families, careers, lines of command, stories, what is known and what is not."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import networkx as nx
import pytest

from tests.seed_rows import rows

TODAY = "2026-11-23"
EXCEPTIONS = {"client-traunegg", "client-sierra-alta", "client-norrbacken"}
STORIES = ("client-zaonezhsky", "client-hallbach")


def clients() -> list[str]:
    return [row["id"] for row in rows("organizations") if "client" in row["kinds"].split("|")]


def current_jobs(client_id: str) -> dict[str, dict[str, str]]:
    jobs = [row for row in rows("works_at") if row["organization_id"] == client_id]
    return {row["person_id"]: row for row in jobs if not row["valid_to"] or row["valid_to"] > TODAY}


@cache
def birth_years() -> dict[str, int]:
    """Person -> year of birth, where the file tells it."""
    told = {row["id"]: row["birth_date"].lstrip("~")[:4] for row in rows("people")}
    return {identity: int(year) for identity, year in told.items() if year and not year.startswith("-")}


def test_children_are_younger_than_their_parents() -> None:
    """C2.3: at least 17 and at most 50 years lie between parent and child."""
    pairs = [(row["parent_id"], row["child_id"]) for row in rows("parents")]
    gaps = [birth_years()[c] - birth_years()[p] for p, c in pairs if p in birth_years() and c in birth_years()]
    assert len(gaps) > 20
    assert all(17 <= gap <= 50 for gap in gaps)


def test_wedding_after_both_grew_up() -> None:
    """C2.3: spouses are within eight years of each other and married when both were eighteen."""
    for row in rows("spouses"):
        born = [birth_years()[one] for one in (row["person_id"], row["spouse_id"]) if one in birth_years()]
        if row["since"]:
            assert all(int(row["since"][:4]) - year >= 18 for year in born)
        assert len(born) < 2 or abs(born[0] - born[1]) <= 8


def test_nobody_works_before_growing_up_or_before_the_firm() -> None:
    """C2.2: a job begins after the eighteenth birthday and not before the firm's first year."""
    founded = {row["id"]: int(row["founded"][:4]) for row in rows("organizations") if row["founded"]}
    for row in rows("works_at"):
        if not row["since"]:
            continue
        since = int(row["since"].lstrip("~")[:4])
        assert since >= founded.get(row["organization_id"], 0), row
        assert since - birth_years().get(row["person_id"], 1900) >= 18, row
        assert since <= 2026


def test_studies_fit_the_age() -> None:
    """C2.2: students are 17 to 32."""
    for row in rows("studied_at"):
        if row["person_id"] in birth_years():
            assert 16 <= int(row["since"][:4]) - birth_years()[row["person_id"]] <= 27
            assert int(row["until"][:4]) > int(row["since"][:4])


def test_russian_names_agree_in_gender() -> None:
    """Surnames and patronymics of Russian speakers agree with the gender."""
    for row in rows("people"):
        if row["gender"] == "unknown" or not row["patronymic"]:
            continue
        feminine = row["patronymic"].endswith("на")
        assert feminine == (row["gender"] == "female"), row["name"]
        if row["family_name"].endswith(("ова", "ева", "ёва", "ина")):
            assert row["gender"] == "female", row["name"]
        if row["family_name"].endswith(("ов", "ев", "ёв", "ин")):
            assert row["gender"] == "male", row["name"]


def test_russian_children_bear_the_father_s_name() -> None:
    """C2.3: the patronymic of a child begins as the father's given name does."""
    people = {row["id"]: row for row in rows("people")}
    checked = 0
    for row in rows("parents"):
        parent, child = people[row["parent_id"]], people[row["child_id"]]
        if parent["gender"] == "male" and child["patronymic"]:
            assert child["patronymic"][:3] == parent["given_name"][:3], (parent["name"], child["name"])
            checked += 1
    assert checked > 5


def test_no_two_people_share_a_name() -> None:
    """The demo can be searched by name. Of children only the given name is kept, and that others bear, too."""
    known = (row for row in rows("people") if row["presence"] == "known" and row["name"] != row["given_name"])
    counts = Counter(row["name"] for row in known)
    assert [name for name, count in counts.items() if count > 1] == []


def test_lines_of_command() -> None:
    """Boss above report by level, no circle, one solid boss at most."""
    level = {
        (row["person_id"]): int(row["level"])
        for row in rows("works_at")
        if row["level"] and not row["until"][:4].isdigit()
    }
    graph = nx.DiGraph((row["person_id"], row["boss_id"]) for row in rows("reports_to"))
    assert nx.is_directed_acyclic_graph(graph)
    solid = Counter(row["person_id"] for row in rows("reports_to") if row["line"] == "solid")
    assert max(solid.values()) == 1
    for row in rows("reports_to"):
        if row["line"] == "solid" and row["person_id"] in level and row["boss_id"] in level:
            assert level[row["boss_id"]] < level[row["person_id"]], row


@pytest.mark.parametrize("client_id", [one for one in clients() if one not in EXCEPTIONS])
def test_every_client_has_a_structure(client_id: str) -> None:
    """C1.1-C1.7: 12 to 25 people, one head, who decides, judges, pays, sways, guards; and a first contact."""
    jobs = current_jobs(client_id)
    assert 12 <= len(jobs) <= 25
    assert [row["level"] for row in jobs.values()].count("1") == 1
    roles = {role for row in rows("stakeholders") if row["subject_id"] == client_id for role in row["roles"].split("|")}
    assert {"decision_maker", "economic_buyer", "technical_evaluator", "payment_decider"} <= roles
    assert roles & {"payment_influencer"}
    assert roles & {"gatekeeper"}
    assert any(row["influenced_id"] in jobs for row in rows("influences"))
    assert any(row["client_id"] == client_id for row in rows("first_contacts"))


def test_what_is_known_of_a_client_differs() -> None:
    """One client is known by name only, one by one person, one without who decides, one over one contact."""
    assert current_jobs("client-traunegg") == {}
    assert len(current_jobs("client-sierra-alta")) == 1
    roles = {
        role
        for row in rows("stakeholders")
        if row["subject_id"] == "client-norrbacken"
        for role in row["roles"].split("|")
    }
    assert roles <= {"user", ""}
    covered = {
        row["person_id"]
        for row in rows("covered_by")
        if row["person_id"] in current_jobs("client-zilverhaven") and row["coverage"] not in {"none", "unknown"}
    }
    assert len(covered) == 1


def test_much_is_not_known() -> None:
    """A5: as in a real team, strengths, stances and checks are missing, facts are stale or not sure."""
    strengths = [row["strength"] for row in rows("influences")]
    assert 0.1 < strengths.count("") / len(strengths) < 0.4
    stakes = rows("stakeholders")
    assert 0.1 < sum(row["support"] == "unknown" for row in stakes) / len(stakes) < 0.6
    checked = [row["last_verified_at"] for row in stakes]
    assert checked.count("") > 10
    assert sum("" < day < "2025-11-23" for day in checked) > 10
    assert any(float(row["confidence"] or 1) <= 0.5 for row in stakes)


def test_a_stance_that_changed_has_its_past() -> None:
    """A changed stance closes one edge on the day on which the next one opens."""
    spans = defaultdict(list)
    for row in rows("stakeholders"):
        spans[row["person_id"], row["subject_id"]].append((row["valid_from"], row["valid_to"]))
    changed = [sorted(one) for one in spans.values() if len(one) > 1]
    assert len(changed) >= 5
    assert all(first[1] == second[0] for first, second in changed)


def test_last_contact_is_the_day_of_the_last_talk() -> None:
    """C1.2: coverage and interactions tell the same."""
    latest: dict[tuple[str, str], str] = {}
    for row in rows("interactions"):
        for person in row["participant_ids"].split("|"):
            for employee in row["employee_ids"].split("|"):
                latest[person, employee] = max(row["date"], latest.get((person, employee), ""))
    for row in rows("covered_by"):
        if row["last_contact"]:
            assert row["last_contact"] == latest[row["person_id"], row["employee_id"]], row


def test_nothing_happened_in_the_future() -> None:
    """What is done lies before the day of the demo."""
    for stem in ("interactions", "purchases", "satisfaction_scores"):
        assert max(row["date"] for row in rows(stem)) <= TODAY
    assert all(row["date"] <= TODAY for row in rows("goodwill_actions") if row["status"] == "done")
    assert all(row["paid"] <= TODAY for row in rows("invoices") if row["paid"])


def test_family_facts_are_marked() -> None:
    """C2.3: every family tie is marked as such and is not to be mentioned."""
    for stem in ("spouses", "parents"):
        assert {row["sensitivity"] for row in rows(stem)} == {"family"}
        assert {row["use"] for row in rows(stem)} == {"context_only"}


def test_public_owner_gets_no_gifts() -> None:
    """C3.5: nothing was given at the client whose policy allows nothing."""
    staff = set(current_jobs("client-apele-verzi"))
    assert not [row for row in rows("goodwill_actions") if row["person_id"] in staff and row["kind"] == "gift"]


def test_story_of_the_deputy_without_a_budget() -> None:
    """Story 1: he sways all four who sign, nobody covers him, and the way to him runs over the auditor."""
    deputy, auditor, ours = "person-zaonezhsky-veligzhanin", "person-versta-melentyeva", "person-kolovar-belyakova"
    stakes = [row for row in rows("stakeholders") if row["subject_id"] == STORIES[0] and not row["valid_to"]]
    signing = {"economic_buyer", "decision_maker", "approver", "payment_decider"}
    signers = {row["person_id"] for row in stakes if signing & set(row["roles"].split("|"))}
    swayed = {row["influenced_id"] for row in rows("influences") if row["person_id"] == deputy}
    assert len(signers) == 4
    assert signers <= swayed
    assert current_jobs(STORIES[0])[deputy]["level"] == "3"
    assert {row["coverage"] for row in rows("covered_by") if row["person_id"] == deputy} == {"none"}
    known = {frozenset((row["person_id"], row["other_id"])) for row in rows("knows")}
    assert {frozenset((ours, auditor)), frozenset((auditor, deputy))} <= known
    worked = {(row["person_id"], row["organization_id"]) for row in rows("works_at")}
    assert {(ours, "partner-audit-versta"), (auditor, "partner-audit-versta"), (auditor, STORIES[0])} <= worked


def test_story_of_the_last_day_of_december() -> None:
    """Story 2: one covered person, who leaves; every talk was with him."""
    contact = "person-hallbach-sieglitz"
    staff = current_jobs(STORIES[1])
    covered = {row["person_id"] for row in rows("covered_by") if row["coverage"] in {"in_depth", "multiple", "brief"}}
    assert covered & set(staff) == {contact}
    assert staff[contact]["valid_to"] == "2026-12-31"
    talks = [row for row in rows("interactions") if row["client_id"] == STORIES[1]]
    assert len(talks) >= 12
    assert {row["participant_ids"] for row in talks} == {contact}
