"""Whose day it is (C2.4, C3.1, C3.5): the same for congratulations, for gifts and for the plan of a quarter."""

from datetime import date, timedelta

import pytest

from graphcrm.domain.viewer import OWNER
from graphcrm.services.congratulations import congratulations
from graphcrm.services.gift_choice import gift_choice
from graphcrm.services.goodwill_plan import goodwill_plan
from tests.small_graph import build, node, tie

PEOPLE = {
    "ivan": ("zavod", "male", "Директор"),
    "olga": ("zavod", "female", "Главный бухгалтер"),
    "sasha": ("zavod", None, "Закупщик"),
    "vera": ("zavod", None, "Технолог"),
    "hans": ("werk", "male", "Einkauf"),
    "aliya": ("kombinat", "female", None),
}
PATRONYMICS = {"vera": "Игоревна"}


@pytest.fixture
def people(database):
    build(
        database,
        [
            *(node(one, "Organization Client", name=one.title(), country=country)
              for one, country in (("zavod", "RU"), ("werk", "DE"), ("kombinat", "KZ"))),
            node("own", "Organization OwnFirm", name="Own"),
            node("kai", "Person Employee", name="Kai"),
            *(node(one, "Person", name=one.title(), gender=gender, patronymic=PATRONYMICS.get(one))
              for one, (_at, gender, _title) in PEOPLE.items()),
            node("spring", "UsefulDate", name="Международный женский день", kind="public_holiday", date="--03-25"),
            node("feast", "UsefulDate", name="Курбан-байрам", kind="public_holiday", date="2027-02-25", recurs=False),
        ],
        [
            tie("kai", "WORKS_AT", "own"),
            *(tie(one, "WORKS_AT", at, title=title) for one, (at, _gender, title) in PEOPLE.items()),
            *(tie(one, "STAKEHOLDER_IN", at, roles=["decision_maker"]) for one, (at, *_rest) in PEOPLE.items()),
            *(tie(one, "COVERED_BY", "kai", coverage="multiple", strength=5) for one in PEOPLE),
            tie("spring", "DATE_OF", "zavod"),
            tie("feast", "DATE_OF", "aliya"),
        ],
    )  # fmt: skip
    return database


def days(database, today):
    """Person -> the days of the year on which each of the three services has something for them."""
    greeted = {one: set() for one in PEOPLE}
    for line in congratulations(database, OWNER, as_of=today, days=59).lines:
        greeted[line.person.id].add(line.entry.when.on)
    offered = {
        one: {
            date.fromisoformat(day.on.replace("--", "2027-"))
            for day in gift_choice(database, OWNER, one, today, today=today).occasions
        }
        for one in PEOPLE
    }
    planned: dict[str, set[date]] = {}
    for at in ("zavod", "werk", "kombinat"):
        for one, maker in goodwill_plan(database, OWNER, at, budget=None, as_of=today).makers.items():
            planned[one] = {entry.when.on for entry in maker.occasions}
    within = (today, today + timedelta(days=59))
    return [{one: {day for day in those if within[0] <= day < within[1]} for one, those in found.items()}
            for found in (greeted, offered, planned)]  # fmt: skip


def test_days_of_men_of_women_and_of_faith(people):
    """23 February and 8 March; a feast is theirs who have it among their dates, where several faiths have theirs."""
    defenders, women, stored, feast = date(2027, 2, 23), date(2027, 3, 8), date(2027, 3, 25), date(2027, 2, 25)
    for found in days(people, date(2027, 2, 15)):
        assert found["ivan"] == {defenders}
        assert found["olga"] == {women, stored}
        assert found["vera"] == {women, stored}, "her patronymic tells"
        assert found["sasha"] == set(), "of whom nothing tells"
        assert found["hans"] & {defenders, women} == set(), "no such holiday there"
        assert feast in found["aliya"]
        assert defenders not in found["aliya"]


def test_christmas_by_the_country_and_by_nobodys_faith(people):
    western, orthodox = date(2026, 12, 25), date(2027, 1, 7)
    for found in days(people, date(2026, 12, 14)):
        assert (western in found["hans"], orthodox in found["hans"]) == (True, False)
        assert (western in found["ivan"], orthodox in found["ivan"]) == (False, True)
        assert found["aliya"] & {western, orthodox} == set(), "feasts of two faiths are public holidays there"


def test_the_day_of_the_accountant_is_that_of_accountants(people):
    accountants = date(2026, 11, 21)
    for found in days(people, date(2026, 11, 16)):
        assert [one for one in PEOPLE if accountants in found[one]] == ["olga"]
