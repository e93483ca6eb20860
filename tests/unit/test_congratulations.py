"""Congratulations (C3.1-C3.4): who must not be, tone, channel, texts that do not repeat, grammar, safe messages."""

import re
from datetime import date, time
from email import message_from_bytes
from email.policy import default
from itertools import pairwise
from string import Formatter
from urllib.parse import parse_qs, urlsplit

import pytest
from holidays import list_supported_countries
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.documents.mail import LONGEST_LINK, mailto, message_file
from graphcrm.domain.congratulations import (
    Known,
    Observed,
    Recipient,
    Sent,
    channel_of,
    counts_as_sent,
    fill,
    is_for,
    order_of_texts,
    refusal,
    tone_of,
)
from graphcrm.domain.local_time import our_time
from graphcrm.russian_names import gender_of, in_case, with_day
from graphcrm.services._time_zones import zone_of
from graphcrm.vocabulary import VOCABULARY
from graphcrm.vocabulary.congratulations import congratulation_texts, greeting_of_holiday
from graphcrm.vocabulary.occasions import occasion_catalogue

DAY = date(2026, 11, 26)
FIELDS = {"name", "given_name", "family_name", "address", "name_genitive", "client", "years", "occasion",
          "with_occasion", "spouse", "glad", "name_accusative"}  # fmt: skip


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ({"status": "deceased"}, "congratulate_deceased"),
        ({"status": "left"}, "congratulate_left"),
        ({"status": "retired"}, "congratulate_retired"),
        ({"unwanted": True}, "congratulate_unwanted"),
        ({"mourning_until": DAY}, "congratulate_mourning"),
        ({"mourning_until": date(2026, 11, 25)}, None),
        ({"status": "active"}, None),
        ({}, None),
        ({"status": "deceased", "unwanted": True}, "congratulate_deceased"),
    ],
)
def test_who_must_not_be_congratulated(person, code):
    assert refusal(Recipient("p", "P", **person), DAY) == code


def test_every_level_has_its_tone():
    levels = list(VOCABULARY.enumerations["relationship_level"].values)
    assert [tone_of(level) for level in [*levels, None]] == ["formal", "friendly", "friendly", "cordial", "formal"]


@pytest.mark.parametrize(
    ("person", "tone", "channel"),
    [
        ({"channel": "messenger", "address": "a@b.example"}, "formal", "messenger"),
        ({"address": "a@b.example", "phone": "+1"}, "cordial", "phone"),
        ({"address": "a@b.example", "phone": "+1"}, "formal", "email"),
        ({"phone": "+1"}, "formal", "phone"),
        ({}, "cordial", "letter"),
    ],
)
def test_the_channel_follows_from_what_is_known(person, tone, channel):
    assert channel_of(Recipient("p", "P", **person), tone)[0] == channel


def test_a_record_counts_for_its_occasion():
    by_key = Sent("a", "p", "congratulation", "done", date(2020, 1, 1), occasion="day-2026")
    assert counts_as_sent(by_key, "day-2026", None, DAY)
    assert not counts_as_sent(by_key, "day-2027", None, DAY)
    by_date = Sent("a", "p", "congratulation", "done", date(2026, 11, 20), date_ids=("day",))
    assert counts_as_sent(by_date, "day-2026", "day", DAY)
    assert not counts_as_sent(by_date, "day-2026", "other", DAY)
    assert not counts_as_sent(by_date, "day-2027", "day", date(2027, 11, 26))


@given(st.integers(2, 4), st.integers(2, 4), st.integers(0, 2**32), st.integers(1, 30))
def test_never_the_same_words_twice_in_a_row(openings, wishes, turn, times):
    """Always taking the first draft: no pair twice in a row, and none again before all came."""
    history, pairs = [], []
    for place in range(times):
        pair = order_of_texts("birthday", openings, wishes, history, turn)[0]
        pairs.append(pair)
        history.append(Sent(str(place), "p", "congratulation", "done", DAY, text_key=f"birthday.{pair[0]}.{pair[1]}"))
    assert all(one != other for one, other in pairwise(pairs))
    assert len(set(pairs[: openings * wishes])) == min(times, openings * wishes)
    everything = order_of_texts("birthday", openings, wishes, history, turn)
    assert sorted(everything) == [(one, two) for one in range(openings) for two in range(wishes)]


def test_a_wish_of_another_occasion_is_not_the_next_one():
    last = [Sent("a", "p", "congratulation", "done", DAY, text_key="new_year.1.0")]
    assert order_of_texts("birthday", 3, 3, last)[0][1] != 0


def test_a_text_that_needs_what_is_not_known_is_not_written():
    assert fill("You and {spouse}", {"spouse": None}) is None
    assert fill("You and {spouse}", {"spouse": "{name}"}) == "You and {name}"


def test_the_texts_hold_together():
    """Every kind of date and every holiday has three texts and a subject in English and Russian; fields are known."""
    kept = congratulation_texts()
    greetings = {*VOCABULARY.enumerations["date_kind"].values, *kept.holidays, "new_appointment"} - {"public_holiday"}
    for language, texts in kept.languages.items():
        if language in ("en", "ru"):
            assert {name for name, openings in texts.texts.items() if len(set(openings)) >= 3} >= greetings
        assert {*texts.texts} <= {*texts.subject}
        said = [*(one for openings in texts.texts.values() for one in openings), *texts.subject.values(),
                *(one for tone in texts.salutation.values() for one in tone.values()), *texts.spouse.values(),
                *(one for tones in texts.wishes.values() for tone in tones.values() for one in tone)]  # fmt: skip
        assert {name for one in said for _t, name, _f, _c in Formatter().parse(one) if name} <= FIELDS
        assert {*texts.salutation} == {*texts.closing} == {"formal", "friendly", "cordial"}


def test_russian_texts_never_show_a_gap_in_gender():
    said = str(congratulation_texts().languages["ru"])
    assert not re.search(r"\((а|ая|ый|ла)\)", said)


DEFENDERS, WOMEN = Observed("defenders_day", gender="male"), Observed("womens_day", gender="female")
ACCOUNTANTS = Observed("professional_day", professions=("accountant", "бухгалтер"))


@pytest.mark.parametrize(
    ("day", "person", "congratulated"),
    [
        (DEFENDERS, Known("a", "male"), True),
        (DEFENDERS, Known("a", "female"), False),
        (DEFENDERS, Known("a"), False),
        (WOMEN, Known("a", "female"), True),
        (WOMEN, Known("a", "male"), False),
        (WOMEN, Known("a"), False),
        (Observed("new_year"), Known("a"), True),
        (Observed(None), Known("a"), False),
        (Observed("birthday", "a"), Known("a"), True),
        (Observed("birthday", "a"), Known("b"), False),
        (Observed(None, "a"), Known("a"), True),  # entered as a day of theirs, whatever it is
        (ACCOUNTANTS, Known("a", titles=("Chief accountant",)), True),
        (ACCOUNTANTS, Known("a", titles=("Заместитель главного бухгалтера",)), True),
        (ACCOUNTANTS, Known("a", titles=("Buyer", "Board member")), False),
        (ACCOUNTANTS, Known("a"), False),
    ],
)
def test_whose_day_it_is(day, person, congratulated):
    assert is_for(day, person) is congratulated


def test_countries_of_several_faiths_have_feasts_of_several_as_public_holidays():
    """By the library: BY keeps two Christmases, KZ Orthodox Christmas and Eid; RU and DE those of one faith."""
    several = congratulation_texts().several_faiths
    assert {"BY", "KZ", "LB"} <= several <= set(list_supported_countries())
    assert several.isdisjoint({"RU", "DE", "PL", "RS", "TR", "IT", "FI"})


@pytest.mark.parametrize(
    ("name", "country", "greeting"),
    [
        ("New Year Holidays", "RU", "new_year"),
        ("Eid al-Fitr (estimated)", "TR", "eid"),
        ("Eid al-Fitr (estimated)", "KZ", None),  # feasts of two faiths are public holidays there
        ("Orthodox Christmas Day", "BY", None),
        ("Orthodox Christmas Day", "RS", "christmas"),
        ("Orthodox Christmas Day", None, "christmas"),
        ("Eid al-Fitr; Spring Festival", "AZ", "eid"),
        ("Victory Day", "RU", "victory_day"),
        ("Victory Day", "TR", None),
        ("Good Friday", "DE", None),
        ("Martyrs' Day", "AZ", None),
        ("International Women's Day (observed)", "RU", None),
        ("Новый год", None, "new_year"),
    ],
)
def test_which_holidays_one_congratulates_on(name, country, greeting):
    assert greeting_of_holiday(name, country) == greeting


CASES = [  # name, gender; the same in the genitive, dative and accusative by the grammar
    ("Ольга Игоревна Белых", None, "Ольги Игоревны Белых", "Ольге Игоревне Белых", "Ольгу Игоревну Белых"),
    ("Пётр Ильич Ковальчук", None, "Петра Ильича Ковальчука", "Петру Ильичу Ковальчуку", "Петра Ильича Ковальчука"),
    ("Мария Львовна Грач", None, "Марии Львовны Грач", "Марии Львовне Грач", "Марию Львовну Грач"),
    ("Любовь Павловна Ким", None, "Любови Павловны Ким", "Любови Павловне Ким", "Любовь Павловну Ким"),
    ("Павел - Толстой", "male", "Павла Толстого", "Павлу Толстому", "Павла Толстого"),
    ("Anna - Holm", "female", "Anna Holm", "Anna Holm", "Anna Holm"),
    ("Саша - Грач", None, "Саша Грач", "Саша Грач", "Саша Грач"),
]


@pytest.mark.parametrize(("name", "gender", "genitive", "dative", "accusative"), CASES)
def test_russian_names_in_their_cases(name, gender, genitive, dative, accusative):
    words = [None if word == "-" else word for word in name.split()]
    parts = dict(zip(("given_name", "patronymic", "family_name"), words, strict=True))
    found = [in_case(parts, gender, case) for case in ("genitive", "dative", "accusative")]
    assert found == [genitive, dative, accusative]


def test_the_patronymic_tells_the_gender():
    told = [gender_of(None, one) for one in ("Игоревна", "Кузьмич", "Ильинична", None)]
    assert told == ["female", "male", "female", None]
    assert gender_of("male", "Игоревна") == "male"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("День химика", "с Днём химика"),
        ("Всемирный день книги", "со Всемирным днём книги"),
        ("Международный женский день", "с Международным женским днём"),
        ("Праздник Весны и Труда", "с Праздником Весны и Труда"),
        ("Пасха", None),
        ("Пуск КДМ-2", None),
    ],
)
def test_with_the_day(name, said):
    assert with_day(name) == said


def test_every_russian_day_of_the_catalogue_but_those_without_a_head_can_be_congratulated_with():
    without = {day.ru for day in occasion_catalogue() if with_day(day.ru) is None}
    assert without == {"Барбурка (день шахтёра)", "Пасха (западная)", "Пасха (православная)"}


HOSTILE = st.text(st.characters(codec="utf-8"), max_size=200) | st.sampled_from(
    [
        "x\r\nBcc: thief@evil.example",
        "a@b.example\r\nX: y",
        "a@b.example?bcc=thief@evil.example",
        "\x00",
        "😀@b.example",
    ]
)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_no_text_adds_a_header_or_a_recipient(address, name, subject, body):
    raw = message_file(address, name, subject, body)
    message = message_from_bytes(raw, policy=default)
    assert set(message.keys()) <= {
        "To",
        "Subject",
        "X-Unsent",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert len(message["To"].addresses if message["To"] else ()) <= 1
    link = mailto(address, subject, body)
    if link is not None:
        found = parse_qs(urlsplit(link).query, keep_blank_values=True)
        assert set(found) == {"subject", "body"}
        assert re.fullmatch(r"mailto:[A-Za-z0-9._~%@+-]*", link.partition("?")[0])


def test_a_message_says_what_was_written():
    body = "Уважаемая Ольга Игоревна!\n\nПоздравляю.\n"
    message = message_from_bytes(
        message_file("o@z.example", "Ольга Ракитина", "С днём рождения!", body), policy=default
    )
    assert message["To"].addresses[0].addr_spec == "o@z.example"
    assert message["Subject"] == "С днём рождения!"
    assert message.get_content().replace("\r\n", "\n") == body
    link = mailto("o@z.example", "С днём рождения!", body)
    assert link is not None
    assert link.startswith("mailto:o@z.example?subject=")
    assert parse_qs(urlsplit(link).query)["body"] == [body.replace("\n", "\r\n")]
    assert mailto("o@z.example", "", "я" * LONGEST_LINK) is None


@pytest.mark.parametrize(
    ("recorded", "city", "country", "zone"),
    [
        ("Asia/Omsk", "Berlin", "DE", "Asia/Omsk"),
        (None, "Екатеринбург", "RU", "Asia/Yekaterinburg"),
        (None, "Nowhere", "RU", None),
        (None, None, "RS", "Europe/Belgrade"),
        (None, None, "DE", "Europe/Berlin"),
        (None, None, None, None),
    ],
)
def test_the_zone_of_a_place(recorded, city, country, zone):
    assert zone_of(recorded, city, country) == zone


def test_a_call_at_their_ten():
    assert our_time(date(2026, 7, 1), "Asia/Yekaterinburg", "Europe/Belgrade") == time(7)
    assert our_time(date(2026, 1, 14), "Asia/Yekaterinburg", "Europe/Belgrade") == time(6)
    assert our_time(DAY, "Europe/Berlin", "Europe/Belgrade") is None
    assert our_time(DAY, "No/Where", "Europe/Belgrade") is None
