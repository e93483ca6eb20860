"""Lists of contacts: rows of people that also name their organisation and their position there.

Address cards and most people's own lists are like that. Such a table is split into one of people and one of WORKS_AT;
both keep the lines of the original, so that every problem is told where it stands. Rows without an id get one made of
the name and the organisation: the same list imported again finds the same people.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graphcrm.ingest.problems import Problem, shown
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.vocabulary import VOCABULARY, NodeKind, TieKind

ORGANIZATION, TITLE, NOTE = "organization", "title", "note"
MOST_NAMED = 10
CONTACT_COLUMNS = (ORGANIZATION, TITLE, NOTE)
"""Columns that a file of people may have beyond its own: they make a WORKS_AT."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    ORGANIZATION: (
        "Organisation",
        "Организация",
        "Organization",
        "Company",
        "Employer",
        "Firm",
        "Компания",
        "Фирма",
        "Место работы",
    ),
    TITLE: ("Title", "Должность", "Job title", "Position"),
    NOTE: ("Note", "Примечание", "Comment", "Комментарий", "Remark"),
}


_USUAL: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Person": {
        "name": (
            "Full name",
            "ФИО",
            "Ф.И.О.",
            "Фамилия Имя Отчество",
            "Contact",
            "Контакт",
            "Контактное лицо",
            "Сотрудник",
        ),
        "phone": ("Telephone", "Mobile", "Тел.", "Мобильный телефон"),
        "email": ("Mail", "E-mail address", "Почта", "Эл. почта", "Адрес электронной почты"),
        "birth_date": ("Birthday", "Date of birth", "День рождения"),
    },
    "Organization": {
        "name": ("Organisation", "Организация", "Organization", "Company", "Компания", "Firm", "Фирма"),
        "website": ("Web", "Web site", "Веб-сайт"),
    },
}
"""What people call these columns in their own lists, beside the words of the vocabulary."""


def contact_names(kind: NodeKind | TieKind) -> Iterator[tuple[str, str]]:
    """(column, a name of it): the columns that only a list of contacts has, and usual names of others."""
    label = kind.label if isinstance(kind, NodeKind) else ""
    columns = dict(_NAMES) if label == "Person" else {}
    for column, names in (*columns.items(), *_USUAL.get(label, {}).items()):
        yield from ((column, name) for name in names)


def columns_taken(kind: NodeKind | TieKind) -> tuple[str, ...]:
    """All columns that a file of this kind may have."""
    return tuple(dict.fromkeys((*kind.columns, *(column for column, _ in contact_names(kind)))))


def may_lack_id(kind: NodeKind | TieKind) -> bool:
    """Whether ids can be made from the names of the rows."""
    return isinstance(kind, NodeKind) and kind.label in ("Person", "Organization")


@dataclass(slots=True)
class Organizations:
    """Organisations by their names. ``key`` makes names comparable: without legal form, quotes and case."""

    key: Callable[[str], str]
    nearest: Callable[[str, Iterable[str]], str | None]
    ids: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    known_ids: set[str] = field(default_factory=set)

    def add(self, one: str, names: Iterable[str]) -> None:
        """An organisation and all its names."""
        self.known_ids.add(one)
        for name in names:
            self.names.setdefault(self.key(name), name)
            self.ids.setdefault(self.key(name), set()).add(one)

    def near(self, text: str) -> str:
        """The name that looks most like ``text``, "" when none does."""
        return self.names.get(self.nearest(self.key(text), self.names) or "", "")

    def find(self, text: str) -> set[str]:
        """The ids of those that are called so; of an id, itself."""
        return {text} if text in self.known_ids else self.ids.get(self.key(text), set())


def needs_organizations(tables: Iterable[RawTable]) -> bool:
    """Whether any table names organisations, or lacks their ids."""
    return any(ORGANIZATION in table.columns or _lacks_id(table, "Organization") for table in tables)


def resolve_contacts(tables: Iterable[RawTable], organizations: Organizations) -> list[RawTable]:
    """The tables as the check takes them: every row with an id, every list of contacts split in two.

    ``organizations``: those of the graph; those of the tables are added.
    """
    tables = [_with_ids(table, organizations) for table in tables]
    for table in tables:
        if isinstance(table.kind, NodeKind) and table.kind.label == "Organization":
            for row in table.rows:
                cells = dict(zip(table.columns, row.cells, strict=True))
                names = [cells.get("name", ""), cells.get("legal_name", ""), *cells.get("other_names", "").split("|")]
                organizations.add(cells.get("id", "").strip(), [name.strip() for name in names if name.strip()])
    return [part for table in tables for part in _split(table, organizations)]


def _lacks_id(table: RawTable, label: str) -> bool:
    kind = table.kind
    return isinstance(kind, NodeKind) and kind.label == label and bool(table.columns) and "id" not in table.columns


def _with_ids(table: RawTable, organizations: Organizations) -> RawTable:
    if table.kind is None or not may_lack_id(table.kind) or "id" in table.columns or not table.columns:
        return table
    assert isinstance(table.kind, NodeKind)
    made = RawTable(table.file, table.kind, part_of=table, delimiter=table.delimiter)
    made.header, made.columns = (*table.header, "id"), (*table.columns, "id")
    _take_over(made, table)
    for row in table.rows:
        cells = dict(zip(table.columns, row.cells, strict=True))
        name = cells.get("name", "").strip()
        found = organizations.find(name) if table.kind.label == "Organization" and name else set()
        one = next(iter(found)) if len(found) == 1 else made_id(table.kind, name, cells.get(ORGANIZATION, ""))
        made.rows.append(RawRow(row.line, (*row.cells, one if name else "")))
    return made


def _take_over(part: RawTable, table: RawTable) -> None:
    part.problems, part.notes, part.broken, part.written = table.problems, table.notes, table.broken, table.written


def made_id(kind: NodeKind, *words: str) -> str:
    """The id of a row that brings none: the same for the same words, whatever their case and spaces."""
    text = json.dumps([kind.label, *(" ".join(word.casefold().split()) for word in words)], ensure_ascii=False)
    return f"{kind.label.lower()}-{hashlib.blake2b(text.encode(), digest_size=10).hexdigest()}"


def _split(table: RawTable, organizations: Organizations) -> list[RawTable]:
    if not set(CONTACT_COLUMNS) & set(table.columns):
        return [table]
    own = [place for place, column in enumerate(table.columns) if column not in CONTACT_COLUMNS]
    origin = table.part_of or table
    people = RawTable(table.file, table.kind, part_of=origin, delimiter=table.delimiter)
    people.header = tuple(table.header[place] for place in own)
    people.columns = tuple(table.columns[place] for place in own)
    _take_over(people, table)
    jobs = RawTable(table.file, VOCABULARY.ties["WORKS_AT"], part_of=origin, delimiter=table.delimiter)
    about = [column for column in (TITLE, NOTE) if column in table.columns]
    jobs.header = jobs.columns = ("person_id", "organization_id", *about)
    jobs.written = {"organization_id": _written(table, ORGANIZATION)} | {one: _written(table, one) for one in about}
    homeless: list[str] = []
    for row in table.rows:
        cells = dict(zip(table.columns, row.cells, strict=True))
        people.rows.append(RawRow(row.line, tuple(row.cells[place] for place in own)))
        _add_job(jobs, row, cells, organizations, homeless)
    if homeless:
        names = ", ".join(homeless[:MOST_NAMED]) + (" …" if len(homeless) > MOST_NAMED else "")
        jobs.notes.append(Problem("no_organization", jobs.file, fields={"count": len(homeless), "names": names}))
    return [people, jobs]


def _written(table: RawTable, column: str) -> str:
    return table.header[table.columns.index(column)] if column in table.columns else column


def _add_job(
    jobs: RawTable, row: RawRow, cells: dict[str, str], organizations: Organizations, homeless: list[str]
) -> None:
    named = cells.get(ORGANIZATION, "").strip()
    if not named or not cells["id"].strip():
        if cells.get(NOTE, "").strip() or cells.get(TITLE, "").strip():
            homeless.append(shown(cells.get("name", "")) or str(row.line))
        return
    found = organizations.find(named)
    if len(found) == 1:
        about = (cells[column] for column in jobs.columns[2:])
        jobs.rows.append(RawRow(row.line, (cells["id"], next(iter(found)), *about)))
        return
    near = organizations.near(named)
    code = "two_organizations" if found else "unknown_organization" if near else "unknown_organization_far"
    fields = {"nearest": near, "ids": ", ".join(sorted(found)[:5])}
    problem = Problem(code, jobs.file, row.line, jobs.written["organization_id"], shown(named), fields)
    jobs.broken.append((row, problem))
    jobs.problems.append(problem)
