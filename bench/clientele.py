"""An invented clientele of any size, the same for the same seed: CSV files for the importer, or for Neo4j's own tool.

A client has 25 people with a chain of command; ours are half a per cent. For each person there are three ties.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

FIRST = ("Anna", "Boris", "Clara", "Dmitri", "Elena", "Fyodor", "Greta", "Henrik", "Irina", "Jana", "Ольга", "Пётр")
LAST = ("Adler", "Bergmann", "Chernov", "Dahl", "Ehlers", "Frolov", "Gromova", "Holm", "Ivanov", "Jansen", "Зимина")
TITLES = ("Managing director", "Head of purchasing", "Head of production", "Engineer", "Buyer", "Accountant")
ROLES = ("economic_buyer", "decision_maker", "influencer", "technical_evaluator", "payment_decider", "user")
SUPPORT = ("mentor", "supporter", "neutral", "non_supporter", "enemy", "unknown")
BASES = ("authority", "expertise", "budget", "information", "friendship")
PER_CLIENT = 25

HEADERS = {
    "organizations": ("id", "name", "kinds", "country", "city", "employees"),
    "people": ("id", "name", "presence", "status", "email", "phone", "birth_date", "expertise"),
    "deals": ("id", "name", "stage", "value", "currency", "due", "client_id"),
    "interactions": ("id", "kind", "date", "summary", "mood", "participant_ids", "employee_ids", "client_id"),
    "useful_dates": ("id", "name", "kind", "date", "recurs", "subject_id"),
    "works_at": ("person_id", "organization_id", "title", "level", "since", "confidence"),
    "reports_to": ("person_id", "boss_id", "line", "valid_from", "confidence"),
    "stakeholders": ("person_id", "subject_id", "roles", "political_status", "support", "interest", "confidence"),
    "influences": ("person_id", "influenced_id", "strength", "basis", "confidence"),
    "knows": ("person_id", "other_id", "strength", "context"),
    "covered_by": ("person_id", "employee_id", "coverage", "strength", "last_contact"),
}
Row = tuple[str, tuple[object, ...]]


def rows(people: int, seed: int = 1) -> Iterator[Row]:
    """(stem of the file, cells) of everything, in no particular order of files."""
    chance = random.Random(seed)
    ours = [f"e{number}" for number in range(max(2, people // 200))]
    yield "organizations", ("own", "Meridian Drives", "own_firm", "DE", "Kiel", "640")
    for number, one in enumerate(ours):
        yield "people", _person(chance, one, number)
        yield "works_at", (one, "own", "Sales", 2 + number % 5, "2015", "1")
    theirs = people - len(ours)
    for client in range((theirs + PER_CLIENT - 1) // PER_CLIENT):
        first = client * PER_CLIENT
        ids = [f"p{number}" for number in range(first, min(first + PER_CLIENT, theirs))]
        yield from _client(chance, client, ids, ours, theirs)


def _client(chance: random.Random, client: int, ids: list[str], ours: list[str], theirs: int) -> Iterator[Row]:
    one = f"c{client}"
    kinds = "client|partner" if client % 10 == 0 else "client"
    name = f"{LAST[client % len(LAST)]} Works {client}"
    yield "organizations", (one, name, kinds, "DE", "Kiel", str(50 + client % 900))
    if client % 2 == 0:
        due = f"2027-{1 + client % 12:02d}-15"
        yield "deals", (f"d{client}", f"Drives {client}", "negotiation", 1000 + client % 900, "EUR", due, one)
    if len(ids) > 1:
        who = chance.sample(ids, 2)
        day = f"2026-{1 + client % 10:02d}-{1 + client % 28:02d}"
        cells = (f"i{client}", "meeting", day, f"Talk {client}", "warm", "|".join(who), chance.choice(ours), one)
        yield "interactions", cells
    yield "useful_dates", (f"u{client}", "Birthday", "birthday", f"--{1 + client % 12:02d}-11", "true", ids[-1])
    for place, person in enumerate(ids):
        yield from _of_person(chance, one, ids, place)
        if chance.random() < 0.15:
            day = f"2026-{chance.randint(1, 11):02d}-12"
            yield "covered_by", (person, chance.choice(ours), "brief", chance.randint(0, 10), day)
        if chance.random() < 0.2 and theirs > PER_CLIENT:
            other = f"p{chance.randrange(theirs)}"
            if other != person and other not in ids:
                yield "knows", (*sorted((person, other)), chance.randint(0, 10), "trade fair")


def _of_person(chance: random.Random, client: str, ids: list[str], place: int) -> Iterator[Row]:
    person = ids[place]
    yield "people", _person(chance, person, int(person[1:]))
    level = 1 + (place > 0) + (place > 4) + (place > 14)
    since = str(chance.randint(1990, 2025))
    yield "works_at", (person, client, TITLES[min(place, len(TITLES) - 1)], level, since, _share(chance))
    if place:
        boss = ids[(place - 1) // 4]
        yield "reports_to", (person, boss, "solid", f"20{chance.randint(10, 25)}-01-01", _share(chance))
    if chance.random() < 0.3:
        roles = "|".join(chance.sample(ROLES, chance.randint(1, 2)))
        stance = (roles, "inner_circle", chance.choice(SUPPORT), chance.randint(0, 10), _share(chance))
        yield "stakeholders", (person, client, *stance)
    if chance.random() < 0.25 and len(ids) > 1:
        other = chance.choice([one for one in ids if one != person])
        yield "influences", (person, other, chance.randint(0, 10), chance.choice(BASES), _share(chance))


def _person(chance: random.Random, one: str, number: int) -> tuple[object, ...]:
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    phone = f"+49 431 {100000 + number % 900000}"
    born = f"{chance.randint(1950, 2000)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    skills = "|".join(chance.sample(("pumps", "drives", "steel", "law", "finance"), 2))
    return (one, name, "known", "active", f"{one}@firm{number % 97}.example", phone, born, skills)


def _share(chance: random.Random) -> str:
    return f"{chance.randint(50, 100) / 100:g}"


def write_folder(folder: Path, people: int, seed: int = 1) -> Path:
    """The clientele as CSV files that ``graphcrm import`` takes."""
    folder.mkdir(parents=True)
    opened = {stem: (folder / f"{stem}.csv").open("w", newline="", encoding="utf-8") for stem in HEADERS}
    try:
        writers = {stem: csv.writer(file, lineterminator="\n") for stem, file in opened.items()}
        for stem, header in HEADERS.items():
            writers[stem].writerow(header)
        for stem, cells in rows(people, seed):
            writers[stem].writerow(cells)
    finally:
        for file in opened.values():
            file.close()
    return folder


def changed_folder(source: Path, target: Path, share: float = 0.01, seed: int = 2) -> tuple[Path, int]:
    """The same files with another value in ``share`` of the rows of people, jobs and influences; how many that are."""
    chance = random.Random(seed)
    target.mkdir(parents=True)
    columns = {
        "people": ("phone", "+49 30 {n}"),
        "works_at": ("confidence", "0.42"),  # not the title: it tells two jobs at one firm apart
        "influences": ("strength", "{d}"),
    }
    changed = 0
    for path in sorted(source.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as read:
            header, *lines = csv.reader(read)
        if path.stem in columns:
            name, form = columns[path.stem]
            place = header.index(name)
            for number in chance.sample(range(len(lines)), round(len(lines) * share)):
                digit = (int(lines[number][place]) + 1) % 11 if name == "strength" else 0
                lines[number][place] = form.format(n=100000 + number, d=digit)
                changed += 1
        with (target / path.name).open("w", newline="", encoding="utf-8") as written:
            csv.writer(written, lineterminator="\n").writerows([header, *lines])
    return target, changed


def read_rows(folder: Path, stem: str) -> Iterable[dict[str, str]]:
    """The rows of one file as the csv module gives them."""
    with (folder / f"{stem}.csv").open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)
