"""Congratulations on real Neo4j (C3.1-C3.4): whom, by whom, in which words; never whom not; just once."""

from dataclasses import replace
from datetime import date
from threading import Thread

import pytest

from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import EditConflict, Forbidden, InvalidInput
from graphcrm.services.congratulations import Outgoing, congratulations, record_congratulation
from tests.small_graph import build, node, tie

TODAY = date(2026, 11, 30)  # a Monday
ANALYST = Viewer("a", "A", "analyst")
READER = Viewer("r", "R", "reader")
RU = {"language": "ru", "email": "x@zavod.example"}
GRACH = {"family_name": "Грач", "gender": "male"}


@pytest.fixture
def clientele(database):
    people = [
        node("olga", "Person", name="Ракитина Ольга Игоревна", given_name="Ольга", patronymic="Игоревна",
             family_name="Ракитина", gender="female", birth_date="1980-12-02", **RU),
        node("ivan", "Person", name="Иван Грач", given_name="Иван", phone="+7", **GRACH, **RU),
        node("dead", "Person", name="Грач Пётр Ильич", given_name="Пётр", patronymic="Ильич", family_name="Грач",
             status="deceased", birth_date="1950-12-01", **RU),
        node("left", "Person", name="Left", status="left", birth_date="1970-12-01"),
        node("no", "Person", name="No", no_congratulations=True, birth_date="1970-12-01"),
        node("mourns", "Person", name="Mourns", mourning_until=date(2027, 1, 1), birth_date="1970-12-01"),
        node("far", "Person", name="Nobody covers", birth_date="1970-12-03", language="fi"),
        node("wife", "Person FamilyMember", name="Анна", given_name="Анна", patronymic="Львовна", gender="female"),
        node("kai", "Person Employee", name="Kai", gender="male"),
        node("zoe", "Person Employee", name="Зоя Линд", gender="female"),
    ]  # fmt: skip
    rest = [
        node("zavod", "Organization Client", name="Завод", country="RU", industry="C28", city="Екатеринбург"),
        node("own", "Organization OwnFirm", name="Ours", country="RS"),
        node("wedding", "UsefulDate", name="Свадьба", kind="wedding", date="2010-12-05", recurs=True, lead_days=20),
        node("founded", "UsefulDate", name="Основание", kind="foundation", date="1951-12-04", recurs=True),
        node("end", "UsefulDate", name="Конец договора", kind="contract", date="2026-12-04", recurs=False),
    ]
    jobs = [tie(row["id"], "WORKS_AT", "zavod") for row in people[:7]]
    jobs += [tie(one, "WORKS_AT", "own") for one in ("kai", "zoe")]
    covered = {"kai": ("olga", "dead", "left", "no", "mourns"), "zoe": ("olga", "ivan")}
    strength = {("kai", "olga"): 3.0, ("zoe", "olga"): 8.0}
    ties = [tie(person, "COVERED_BY", ours, coverage="in_depth", strength=strength.get((ours, person), 5.0),
                level_now="trusted_advisor" if ours == "zoe" else "vendor", last_verified_at=TODAY)
            for ours, people_ in covered.items() for person in people_]  # fmt: skip
    ties += [tie("wedding", "DATE_OF", "ivan"), tie("founded", "DATE_OF", "zavod"), tie("end", "DATE_OF", "zavod"),
             tie("ivan", "SPOUSE_OF", "wife")]  # fmt: skip
    build(database, people + rest, jobs + ties)
    return database


def lines(database, viewer=OWNER, **given):
    return {
        (line.person.id, line.greeting): line for line in congratulations(database, viewer, as_of=TODAY, **given).lines
    }


def outgoing(line, text="Text"):
    return Outgoing("birthday.0.0", "S", text, "email")


def test_whom_on_what_by_whom_and_how(clientele):
    found = lines(clientele)
    line = found["olga", "birthday"]
    assert (line.employee_name, line.level, line.state) == ("Зоя Линд", "trusted_advisor", "due")  # the strongest
    assert (line.channel, line.language, line.hour.hour) == ("email", "ru", 6)
    body = line.drafts[0].body
    assert body.startswith("Дорогая Ольга Игоревна!\n\n")
    assert body.endswith("С самыми тёплыми пожеланиями,\nЗоя Линд")
    assert any("Рада поздравить Вас с днём рождения!" in draft.body for draft in line.drafts)
    assert not any("Рад " in draft.body for draft in line.drafts)
    assert found["ivan", "foundation"].drafts[0].body.startswith("Дорогой Иван Грач!")
    assert ("olga", "foundation") in found
    assert not any(greeting == "contract" for _person, greeting in found), "a contract that ends is no anniversary"


def test_the_wife_is_named_in_the_accusative_and_only_to_who_may_know_of_her(clientele):
    line = lines(clientele)["ivan", "wedding"]
    assert any("Вас и Вашу супругу, Анну Львовну, с годовщиной" in draft.body for draft in line.drafts)
    assert ("ivan", "wedding") not in lines(clientele, ANALYST)
    assert ("olga", "birthday") not in lines(clientele, READER)


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ("left", "congratulate_left"),
        ("no", "congratulate_unwanted"),
        ("mourns", "congratulate_mourning"),
    ],
)
def test_who_must_not_be_has_the_reason_and_no_draft(clientele, person, why):
    found = lines(clientele)
    theirs = [line for (who, _greeting), line in found.items() if who == person]
    assert {(line.state, line.why_not, line.drafts) for line in theirs} == {("refused", why, ())}
    with pytest.raises(EditConflict):
        record_congratulation(clientele, OWNER, found[person, "birthday"], outgoing(None), key="k", today=TODAY)


def test_for_who_died_condolences_are_suggested_once(clientele):
    line = lines(clientele)["dead", "condolence"]
    assert (line.state, line.why_not) == ("refused", "congratulate_deceased")
    assert "о кончине Петра Ильича Грача" in line.drafts[0].body
    record_congratulation(clientele, OWNER, line, outgoing(line), key="k", today=TODAY)
    assert {line.state for (who, _g), line in lines(clientele).items() if who == "dead"} == {"sent"}
    assert clientele.read("MATCH (a:GoodwillAction) RETURN a.kind AS kind, a:Congratulation AS label") == [
        {"kind": "condolence", "label": False}
    ]


def test_a_batch_for_a_holiday_holds_everybody_there_whom_we_cover_and_each_gets_other_words(clientele):
    found = [
        line
        for line in congratulations(clientele, OWNER, as_of=date(2026, 12, 28)).lines
        if line.greeting == "new_year"
    ]
    assert {line.person.id for line in found if line.state == "due"} == {"olga", "ivan"}
    assert {line.entry.when.on for line in found} == {date(2027, 1, 1)}
    women = [line.person.id for line in congratulations(clientele, OWNER, as_of=date(2027, 3, 1), days=14).lines
             if line.greeting == "womens_day" and line.state == "due"]  # fmt: skip
    assert women == ["olga"]


def test_sent_is_recorded_whole_and_is_told(clientele):
    line = lines(clientele)["ivan", "wedding"]
    saved = record_congratulation(clientele, OWNER, line, outgoing(line, "С годовщиной!"), key="k", today=TODAY)
    row = clientele.read("""
        MATCH (a:GoodwillAction:Congratulation)-[:TARGETS]->(p:Person)
        MATCH (a)-[:DONE_BY]->(e) MATCH (a)-[:FOR_OCCASION]->(d) MATCH (change:Change)-[:CHANGED]->(a)
        RETURN p.id AS p, e.id AS e, d.id AS d, a.text AS text, a.channel AS channel, a.status AS status, change.id AS c
    """)
    assert row == [{"p": "ivan", "e": "zoe", "d": "wedding", "text": "С годовщиной!", "channel": "email",
                    "status": "done", "c": saved.change_id}]  # fmt: skip
    assert lines(clientele)["ivan", "wedding"].state == "sent"


def test_a_double_click_is_one_and_a_second_manager_is_told(clientele):
    line = lines(clientele)["olga", "birthday"]
    clicks = [Thread(target=record_congratulation, args=(clientele, OWNER, line, outgoing(line)),
                     kwargs={"key": "same", "today": TODAY}) for _ in range(4)]  # fmt: skip
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    with pytest.raises(EditConflict, match="already"):
        record_congratulation(clientele, OWNER, line, outgoing(line), key="other", today=TODAY)
    assert clientele.read("MATCH (a:GoodwillAction) RETURN count(a) AS n") == [{"n": 1}]


def test_a_planned_one_becomes_done(clientele):
    build(clientele, [node("plan", "GoodwillAction Congratulation", kind="congratulation", status="planned",
                           date=date(2026, 12, 4))],
          [tie("plan", "TARGETS", "ivan"), tie("plan", "FOR_OCCASION", "wedding")])  # fmt: skip
    line = lines(clientele)["ivan", "wedding"]
    assert (line.state, line.sent.status) == ("due", "planned")
    record_congratulation(clientele, OWNER, line, outgoing(line), key="k", today=TODAY)
    assert clientele.read("MATCH (a:GoodwillAction) RETURN a.id AS id, a.status AS status") == [
        {"id": "plan", "status": "done"}
    ]


def test_the_next_year_brings_other_words(clientele):
    line = lines(clientele)["olga", "birthday"]
    first = line.drafts[0]
    sent = Outgoing(first.key, first.subject, first.body, "email")
    record_congratulation(clientele, OWNER, line, sent, key="k", today=TODAY)
    later = congratulations(clientele, OWNER, as_of=date(2027, 11, 29)).lines
    again = next(line for line in later if (line.person.id, line.greeting) == ("olga", "birthday"))
    assert again.state == "due"
    assert first.body not in {draft.body for draft in again.drafts}
    assert again.drafts[0].key.split(".")[1:] != first.key.split(".")[1:]


def test_rights_and_an_empty_text(clientele):
    line = lines(clientele)["olga", "birthday"]
    with pytest.raises(Forbidden):
        record_congratulation(clientele, ANALYST, line, outgoing(line), key="k", today=TODAY)
    with pytest.raises(InvalidInput):
        record_congratulation(clientele, OWNER, line, outgoing(line, " \n"), key="k", today=TODAY)
    ghost = replace(line, person=replace(line.person, id="ghost"))
    with pytest.raises(Exception, match="no such person"):
        record_congratulation(clientele, OWNER, ghost, outgoing(line), key="k", today=TODAY)
    assert clientele.read("MATCH (a:GoodwillAction) RETURN count(a) AS n") == [{"n": 0}]


def test_a_language_without_texts_is_told(clientele):
    line = lines(clientele)["far", "birthday"]
    assert (line.language, line.in_own_language, line.employee_name) == ("en", False, None)
    assert lines(clientele, employee_id="zoe").keys() >= {("olga", "birthday")}
    assert ("far", "birthday") not in lines(clientele, employee_id="zoe")


def test_a_seat_that_is_known_by_its_function_alone_is_not_congratulated(clientele):
    clientele.write("MATCH (p:Person {id: 'far'}) SET p.presence = 'function_only'")
    line = lines(clientele)["far", "birthday"]
    assert (line.state, line.why_not, dict(line.why_params)) == (
        "refused",
        "goodwill_rule",
        {"goodwill_rule": "nobody"},
    )
    assert line.drafts == ()


def test_the_card_is_addressed_in_the_dative(clientele):
    clientele.write("MATCH (p:Person {id: 'olga'}) SET p.preferred_channel = 'letter'")
    assert lines(clientele)["olga", "birthday"].card_name == "Ракитиной Ольге Игоревне"


def test_on_the_command_line(clientele, run):
    said = run("congratulations", "--as-of", "2026-11-30", "--drafts")
    assert "2 Dec 2026  Ракитина Ольга Игоревна, Завод: Birthday; Зоя Линд, E-mail" in said
    assert "    Дорогая Ольга Игоревна!" in said
    assert "Has died: no congratulations. Send condolences instead." in said
    assert "Asked not to be congratulated." in said
