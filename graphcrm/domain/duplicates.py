"""One person twice: which records of people are likely one person's, and why (C1.2).

Each field that can be compared is evidence for or against. Evidence for is joined by noisy-or: of two independent
signs with chances a and b at least one holds with 1 - (1 - a)(1 - b). Evidence against multiplies what is left. The
frame is that of Fellegi and Sunter 1969 (agreement and disagreement weighed field by field, pairs blocked first);
the chances are set by judgement, and how well they do is measured on a list labelled by hand
(``tests/unit/duplicates_labelled.py``).

A pair is compared when the two share a key (:func:`person_keys`). The keys are chosen so that every pair that would
be shown shares one, as long as no key is too common; a test compares with all pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, TypeVar

from graphcrm.domain.duplicates_names import Name, NameLikeness, best, near_keys, parse_name, parse_parts
from graphcrm.domain.duplicates_words import SHARED_MAILBOXES
from graphcrm.domain.partial_date import PartialDate
from graphcrm.domain.score import Fact, Reason, Score
from graphcrm.errors import InvalidInput

SHOWN_FROM = 0.6
"""Least score of a pair that is shown."""
MOST_OF_A_KEY = 400
"""A key that more records share says too little: a name so common is no sign of one person. Pairs among them are found
by their other keys."""
EMAIL, BIRTHDAY, DAY_OF_YEAR, PHONE, EMPLOYER = 0.8, 0.8, 0.45, 0.5, 0.4
OTHER_GIVEN, OTHER_SECOND, OTHER_FAMILY, OTHER_FAMILY_OF_WOMAN = 0.85, 0.7, 0.5, 0.25
OTHER_BIRTHDAY, OTHER_SEX, OTHER_GENERATION, TIED, OTHER_EMPLOYER = 0.8, 0.8, 0.9, 0.9, 0.35


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What of a person is compared; only what the viewer may see.

    Attributes:
        names: every name under which the person is recorded, as written.
        family, given, second: the parts of the name, where they are stored apart.
        sex: "male", "female" or None. birth_date: the text of a partial date.
        employers: employer's id -> name. tied: ids of people to whom a tie leads.
        not_same: ids of those of whom somebody has said that they are others.
    """

    id: str
    names: tuple[str, ...] = ()
    family: str = ""
    given: str = ""
    second: str = ""
    sex: str | None = None
    email: str | None = None
    phone: str | None = None
    birth_date: str | None = None
    employers: Mapping[str, str] = field(default_factory=dict)
    tied: frozenset[str] = frozenset()
    not_same: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are likely one's, and how likely. ``one_id`` < ``other_id``."""

    one_id: str
    other_id: str
    score: Score


@dataclass(slots=True)
class Evidence:
    """Collects signs. The contributions of its reasons sum up to the score."""

    value: float = 0.0
    reasons: list[Reason] = field(default_factory=list)

    def speaks_for(self, strength: float, code: str, *facts: Fact, **params: Any) -> None:
        """Noisy-or: takes its share of what is still open."""
        self._add(strength, 1 - self.value, 1, code, facts, params)

    def speaks_against(self, strength: float, code: str, *facts: Fact, **params: Any) -> None:
        """Takes its share of what was reached. Comes after all that speaks for."""
        self._add(strength, self.value, -1, code, facts, params)

    def _add(
        self, strength: float, weight: float, sign: int, code: str, facts: tuple[Fact, ...], params: Mapping[str, Any]
    ) -> None:
        contribution = sign * strength * weight
        self.reasons.append(Reason(code, strength, weight, contribution, facts, params))
        self.value += contribution

    def score(self) -> Score:
        """The score with the reasons so far."""
        return Score(min(1.0, max(0.0, self.value)), tuple(self.reasons))


@dataclass(frozen=True, slots=True)
class _Person:
    """A record with what is made of it once."""

    record: PersonRecord
    readings: tuple[Name, ...]
    email: str
    shared_mailbox: bool
    phone: str
    birth: PartialDate | None
    sex: str | None


def likely_people(records: Iterable[PersonRecord], *, shown_from: float = SHOWN_FROM) -> list[Pair]:
    """The pairs that are likely one person, the likeliest first."""
    people = [_prepared(record) for record in records]
    return shown(people, blocked(people, person_keys), score_of_people, shown_from)


def all_people(records: Iterable[PersonRecord], *, shown_from: float = SHOWN_FROM) -> list[Pair]:
    """As :func:`likely_people`, but by comparing each with each: what blocking is measured by."""
    people = [_prepared(record) for record in records]
    return shown(people, combinations(range(len(people)), 2), score_of_people, shown_from)


def score_people(one: PersonRecord, other: PersonRecord) -> Score:
    """How likely two records are one person's, whatever their keys."""
    return score_of_people(_prepared(one), _prepared(other))


T = TypeVar("T")


def blocked(things: Sequence[T], keys_of: Callable[[T], Iterable[str]]) -> Iterator[tuple[int, int]]:
    """The pairs of places whose things share a key, each once."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, thing in enumerate(things):
        for one_key in set(keys_of(thing)):
            blocks[one_key].append(place)
    seen: set[tuple[int, int]] = set()
    for places in blocks.values():
        if 1 < len(places) <= MOST_OF_A_KEY:
            for pair in combinations(places, 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def shown(
    things: Sequence[Any], pairs: Iterable[tuple[int, int]], score: Callable[[Any, Any], Score], shown_from: float
) -> list[Pair]:
    """The pairs that reach the score, the likeliest first. Those whom somebody has told apart are left out."""
    found = []
    for one, other in pairs:
        first, second = sorted((things[one], things[other]), key=lambda thing: thing.record.id)
        if second.record.id in first.record.not_same or first.record.id in second.record.not_same:
            continue
        reached = score(first, second)
        if (reached.value or 0.0) >= shown_from:
            found.append(Pair(first.record.id, second.record.id, reached))
    return sorted(found, key=lambda pair: (-(pair.score.value or 0.0), pair.one_id, pair.other_id))


def _prepared(record: PersonRecord) -> _Person:
    readings = [reading for name in record.names for reading in parse_name(name)]
    if record.given:  # a patronymic without a given name is no name
        readings += parse_parts(record.family, record.given, record.second)
    email = (record.email or "").strip().casefold()
    return _Person(
        record,
        tuple(dict.fromkeys(readings)),
        email,
        email.partition("@")[0] in SHARED_MAILBOXES,
        "".join(sign for sign in record.phone or "" if sign.isdecimal()),
        _birth(record.birth_date),
        record.sex if record.sex in ("male", "female") else next((name.sex for name in readings if name.sex), None),
    )


def _birth(text: str | None) -> PartialDate | None:
    try:
        date = PartialDate.parse(text) if text else None
    except InvalidInput:  # written past the importer: no evidence, and no reason to show nothing at all
        return None
    return date if date and not date.about else None


def person_keys(person: _Person) -> Iterator[str]:
    """The keys by which a person meets others. See the module's documentation."""
    record, birth = person.record, person.birth
    day = f"{birth.month}-{birth.day}" if birth and birth.day else ""
    for name in person.readings:
        near_family = near_keys(name.family) if name.family else ()
        near_second = near_keys(name.second) if name.second else ()
        for near in near_family:
            yield from (f"n {letter} {near}" for letter in name.letters)
            yield from (f"f {employer} {near}" for employer in record.employers)
        for near in near_second:
            yield from (f"s {employer} {near}" for employer in record.employers)
            if day:
                yield f"d {day} {near}"
    if person.email and not person.shared_mailbox:
        yield f"e {person.email}"
    if person.phone:
        yield f"t {person.phone}"
    if birth and birth.is_complete:
        yield f"b {birth}"
    if day:
        yield from (f"y {employer} {day}" for employer in record.employers)


def score_of_people(one: _Person, other: _Person) -> Score:
    """The evidence of one pair."""
    evidence = Evidence()
    likeness = best(one.readings, other.readings)
    if likeness and likeness.strength > 0:
        evidence.speaks_for(likeness.strength, _name_code(likeness))
    born = _birthdays(one.birth, other.birth)
    _signs_for(evidence, one, other, born)
    if likeness:
        _names_against(evidence, likeness, one, other)
    if born < 0:
        evidence.speaks_against(OTHER_BIRTHDAY, "same_other_birthday")
    if one.sex and other.sex and one.sex != other.sex:
        evidence.speaks_against(OTHER_SEX, "same_other_sex")
    if other.record.id in one.record.tied or one.record.id in other.record.tied:
        evidence.speaks_against(TIED, "same_tied")
    jobs, theirs = one.record.employers, other.record.employers
    if jobs and theirs and not jobs.keys() & theirs.keys():
        evidence.speaks_against(
            OTHER_EMPLOYER, "same_other_employer", one=tuple(jobs.values()), other=tuple(theirs.values())
        )
    return evidence.score()


def _signs_for(evidence: Evidence, one: _Person, other: _Person, born: float) -> None:
    if one.email and one.email == other.email and not one.shared_mailbox:
        evidence.speaks_for(EMAIL, "same_email", email=one.email)
    if born > 0:
        evidence.speaks_for(born, "same_birthday" if born == BIRTHDAY else "same_day_of_year")
    if one.phone and one.phone == other.phone:
        evidence.speaks_for(PHONE, "same_phone", phone=one.record.phone)
    shared = [one_id for one_id in one.record.employers if one_id in other.record.employers]
    if shared:
        facts = tuple(Fact("node", one_id) for one_id in shared)
        names = tuple(one.record.employers[one_id] for one_id in shared)
        evidence.speaks_for(EMPLOYER, "same_employer", *facts, firms=names)


def _names_against(evidence: Evidence, likeness: NameLikeness, one: _Person, other: _Person) -> None:
    if likeness.given == "differs":
        evidence.speaks_against(OTHER_GIVEN, "same_other_given")
    if likeness.second == "differs":
        evidence.speaks_against(OTHER_SECOND, "same_other_second")
    if likeness.family == "differs":
        marries = "female" in (one.sex, other.sex) and likeness.given in ("same", "short")
        strength = OTHER_FAMILY_OF_WOMAN if marries else OTHER_FAMILY
        evidence.speaks_against(strength, "same_other_family_of_woman" if marries else "same_other_family")
    if likeness.generations_differ:
        evidence.speaks_against(OTHER_GENERATION, "same_other_generation")
    if likeness.sexes_differ and not (one.sex and other.sex and one.sex != other.sex):
        evidence.speaks_against(OTHER_SEX, "same_other_sex")


def _name_code(likeness: NameLikeness) -> str:
    parts = (likeness.family, likeness.given, likeness.second)
    if likeness.family not in ("same", "alike"):
        return "same_name_given"
    if "differs" in parts or likeness.given == "unknown":
        return "same_name_family"
    if "initial" in parts:
        return "same_name_initials"
    if "short" in parts or "alike" in parts:
        return "same_name_spelling"
    return "same_name"


def _birthdays(one: PartialDate | None, other: PartialDate | None) -> float:
    """How much two birthdays speak for one person; negative where they cannot be one day."""
    if one is None or other is None:
        return 0.0
    if one.year and other.year and one.year != other.year:
        return -1.0
    if one.month and other.month and one.month != other.month:
        return -1.0
    if not (one.day and other.day):
        return 0.0
    if one.day != other.day:
        return -1.0
    return BIRTHDAY if one.year and other.year else DAY_OF_YEAR
