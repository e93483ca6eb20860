"""The words of a congratulation in the person's language (C3.1-C3.4). Shared; not a service itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from graphcrm.domain.congratulations import Draft, Observed, Recipient, Sent, Tone, drafts, fill
from graphcrm.russian_names import gender_of, in_case, with_day
from graphcrm.services._calendar import CalendarEntry, holiday_name
from graphcrm.vocabulary.congratulations import ByGender, Texts, congratulation_texts, greeting_of_holiday
from graphcrm.vocabulary.occasions import catalogue_day

ANNIVERSARIES = frozenset({"work_anniversary", "appointment", "foundation", "contract", "project"})
"""Kinds that one congratulates on when they come round, not on the day itself: a contract may end on that day."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who of ours signs."""

    name: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """What the words are about.

    Attributes:
        greeting: key of the texts. client: name of the firm. spouse: parts of a name and the gender, or None.
    """

    greeting: str
    entry: CalendarEntry
    client: str
    tone: Tone
    sender: Sender
    spouse: Mapping[str, Any] | None = None


def greeting_of(entry: CalendarEntry) -> str | None:
    """The key of the texts for an occasion; None: nobody congratulates on it."""
    if entry.kind == "public_holiday":
        return greeting_of_holiday(entry.key or entry.name, entry.country)
    if entry.kind == "appointment" and entry.when.years == 0:
        return "new_appointment"
    return None if entry.kind in ANNIVERSARIES and not entry.when.years else entry.kind


def observed(kind: str, name: str, *, country: str | None = None, person_id: str | None = None) -> Observed:
    """Whom a day is for, by its kind and by what it is called in English, or as it was entered."""
    greeting = greeting_of_holiday(name, country) if kind == "public_holiday" else kind
    holiday, trade = congratulation_texts().holidays.get(greeting or ""), catalogue_day(name)
    return Observed(greeting, person_id, holiday.gender if holiday else None, trade.professions if trade else ())


def language_of(person: Recipient, greeting: str) -> str:
    """The language of the text: the person's own where texts are kept in it, else English."""
    kept = congratulation_texts().languages
    return person.language if person.language in kept and kept[person.language].openings(greeting) else "en"


def on_the_card(person: Recipient) -> str:
    """The name as it stands on an envelope or card: in Russian in the dative, the family name first."""
    if person.language != "ru" or not person.given_name:
        return person.name
    given = in_case({"given_name": person.given_name, "patronymic": person.patronymic}, _gender(person), "dative")
    family = in_case({"family_name": person.family_name}, _gender(person), "dative")
    return f"{family} {given}".strip()


def _gender(person: Recipient) -> str | None:
    return gender_of(person.gender, person.patronymic)


def write_drafts(person: Recipient, letter: Letter, history: Sequence[Sent]) -> list[Draft]:
    """Every text that can be written to a person, the freshest first."""
    spoken = language_of(person, letter.greeting)
    texts = congratulation_texts().languages[spoken]
    fields = _fields(person, letter, spoken, texts)
    condolence = letter.greeting == "condolence"
    salutation = "" if condolence else _salutation(texts, letter.tone, person, fields)
    tone: Tone = "formal" if condolence else letter.tone
    ending = "\n".join(part for part in (texts.closing[tone], letter.sender.name) if part)
    subject = fill(texts.subject[letter.greeting], fields) or ""
    words = (texts.openings(letter.greeting), texts.wishes_for(letter.greeting, tone))
    turn = crc32(person.id.encode())
    return drafts(letter.greeting, words, (subject, salutation, ending), fields, history=history, turn=turn)


def _salutation(texts: Texts, tone: Tone, person: Recipient, fields: Mapping[str, str | None]) -> str:
    own = texts.salutation[tone]
    gender = _gender(person) or "any"
    for form in (own.get(gender), own["any"], texts.salutation["formal"]["any"]):
        if form and (said := fill(form, fields)):
            return said
    return ""


def _fields(person: Recipient, letter: Letter, spoken: str, texts: Texts) -> dict[str, str | None]:
    occasion = _occasion(letter.entry, spoken)
    parts = {"given_name": person.given_name, "patronymic": person.patronymic, "family_name": person.family_name}
    return {
        "name": person.name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "address": _address(person),
        "name_genitive": in_case(parts, person.gender, "genitive") or person.name,  # type: ignore[arg-type]
        "client": letter.client,
        "years": str(letter.entry.when.years) if letter.entry.when.years else None,
        "occasion": occasion,
        "with_occasion": with_day(occasion) if spoken == "ru" else None,
        "spouse": _spouse(letter.spouse, texts.spouse),
        "glad": {"male": "Рад", "female": "Рада"}.get(letter.sender.gender or ""),
    }


def _address(person: Recipient) -> str:
    """Given name and patronymic, as Russians address each other; without one, given and family name."""
    if person.given_name and (person.patronymic or person.family_name):
        return f"{person.given_name} {person.patronymic or person.family_name}"
    return person.name


def _occasion(entry: CalendarEntry, spoken: str) -> str:
    """The name of the day in the language of the text; what was entered stays as it was entered."""
    if entry.origin == "catalogue":
        day = catalogue_day(entry.key)
        return day.name_in(spoken) if day else entry.name
    if entry.origin == "holiday" and entry.country:
        return holiday_name(entry.country, entry.when.on, spoken) or entry.key or entry.name
    return entry.name


def _spouse(spouse: Mapping[str, Any] | None, forms: ByGender) -> str | None:
    if spouse is None or spouse["gender"] not in forms:
        return None
    parts = {"given_name": spouse["given_name"], "patronymic": spouse["patronymic"]}
    fields = {
        "name": spouse["given_name"],
        "name_accusative": in_case(parts, spouse["gender"], "accusative") or None,  # type: ignore[arg-type]
    }
    return fill(forms[spouse["gender"]], fields)
