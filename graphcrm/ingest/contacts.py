"""Lists of contacts: rows of people that also name their organisation and their position there.

Address cards and most people's own lists are like that. Such a table is split into one of people, one of WORKS_AT and,
where it names who each one's boss is, one of REPORTS_TO (``contact_bosses``); all keep the lines of the original, so
that every problem is told where it stands. Rows without an id get one made of
the name and the organisation: the same list imported again finds the same people.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graphcrm.ingest.codes import folded
from graphcrm.ingest.contact_bosses import Bosses, lines_to_bosses
from graphcrm.ingest.problems import Problem, listed, shown
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.vocabulary import VOCABULARY, NodeKind, TieKind

ORGANIZATION, TITLE, NOTE, BOSS = "organization", "title", "note", "boss"
PROBLEM_COLUMN = "problem"
"""The last column of the files of refused rows. It is for people to read; the importer passes over it."""
CONTACT_COLUMNS = (ORGANIZATION, TITLE, NOTE, BOSS)
"""Columns that a file of people may have beyond its own: they make a WORKS_AT and a REPORTS_TO."""

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
    BOSS: (
        *("Reports to", "Подчиняется", "Boss", "Manager", "Line manager", "Supervisor"),
        *("Руководитель", "Непосредственный руководитель", "Начальник"),
    ),
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
            "Имя и фамилия",
            "Фамилия и имя",
        ),
        "phone": ("Telephone", "Mobile", "Mobile phone", "Phone number", "Тел.", "Мобильный телефон", "Номер телефона"),
        "email": ("Mail", "E-mail address", "Почта", "Эл. почта", "Адрес электронной почты"),
        "birth_date": ("Birthday", "Date of birth", "День рождения", "Дата рождения"),
    },
    "Organization": {
        "name": (
            *("Organisation", "Organization", "Company", "Company name", "Firm", "Организация", "Компания", "Фирма"),
            *("Наименование", "Название организации", "Название компании"),
        ),
        "kinds": ("Type", "Тип", "Тип организации"),
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
    as_written: dict[str, set[str]] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    known_ids: set[str] = field(default_factory=set)

    def add(self, one: str, names: Iterable[str]) -> None:
        """An organisation and all its names."""
        self.known_ids.add(one)
        self.called |= {one: next(iter(names), one)}
        for name in names:
            self.names.setdefault(self.key(name), name)
            self.ids.setdefault(self.key(name), set()).add(one)
            self.as_written.setdefault(folded(name), set()).add(one)

    def near(self, text: str) -> str:
        """The name that looks most like ``text``, "" when none does."""
        return self.names.get(self.nearest(self.key(text), self.names) or "", "")

    def find(self, text: str) -> set[str]:
        """The ids of those that are called so; of an id, itself.

        A name as it is written goes before one like it: ООО «Ромашка» is not Romashka LLC where both are there.
        """
        if text in self.known_ids:
            return {text}
        return self.as_written.get(folded(text)) or self.ids.get(self.key(text), set())


def needs_organizations(tables: Iterable[RawTable]) -> bool:
    """Whether any table names organisations, or lacks their ids."""
    return any(
        ORGANIZATION in table.columns or (_label(table) == "Organization" and "id" not in table.columns)
        for table in tables
    )


def resolve_contacts(
    tables: Iterable[RawTable], organizations: Organizations, new_organizations: str = ""
) -> list[RawTable]:
    """The tables as the check takes them: every row with an id, every list of contacts split in two.

    Args:
        organizations: those of the graph, if they are needed; those of the tables are added.
        new_organizations: as of a :class:`graphcrm.ingest.mapping.Naming`.
    """
    given = list(tables)
    is_needed = needs_organizations(given)
    given = [_with_ids(table, organizations) if _label(table) == "Organization" else table for table in given]
    for table in given:
        if is_needed and _label(table) == "Organization":
            for row in table.rows:
                cells = dict(zip(table.columns, row.cells, strict=True))
                names = [cells.get("name", ""), cells.get("legal_name", ""), *cells.get("other_names", "").split("|")]
                organizations.add(cells.get("id", "").strip(), [name.strip() for name in names if name.strip()])
    if new_organizations:
        made = [_unknown_organizations(table, organizations, new_organizations) for table in given]
        given = [*(table for table in made if table.rows), *given]
    given = [_with_ids(table, organizations) if _label(table) == "Person" else table for table in given]
    return [part for table in given for part in _split(table, organizations)]


def _unknown_organizations(table: RawTable, organizations: Organizations, kind: str) -> RawTable:
    """A row for each organisation that a list of contacts is the first to name; they are known from now on."""
    words = VOCABULARY.nodes["Organization"]
    made = RawTable(table.file, words, part_of=table.origin, delimiter=table.delimiter)
    made.header = made.columns = ("id", "name", "kinds")
    if _label(table) == "Person" and ORGANIZATION in table.columns:
        place = table.columns.index(ORGANIZATION)
        made.written = {"name": _written(table, ORGANIZATION)}
        for row in table.rows:
            name = row.cells[place].strip()
            if name and not organizations.find(name):
                one = made_id(words, name)
                organizations.add(one, [name])
                made.rows.append(RawRow(row.line, (one, name, kind)))
    return made


def _label(table: RawTable) -> str:
    return table.kind.label if isinstance(table.kind, NodeKind) else ""


def _with_ids(table: RawTable, organizations: Organizations) -> RawTable:
    """The table with an id in every row that has a name; of rows that come back mended the empty ones are filled too.

    A person whose organisation is not known waits for it: the id is made of the two, and must not change when the name
    of the organisation is corrected.
    """
    is_mended = any(cell.strip().lower() == PROBLEM_COLUMN for cell in table.header)
    if not table.columns or ("id" in table.columns and not is_mended):
        return table
    assert isinstance(table.kind, NodeKind)
    own = [place for place, column in enumerate(table.columns) if column != "id"]
    made = RawTable(table.file, table.kind, part_of=table, delimiter=table.delimiter)
    made.header = (*(table.header[place] for place in own), "id")
    made.columns = (*(table.columns[place] for place in own), "id")
    _take_over(made, table)
    for row in table.rows:
        cells = dict(zip(table.columns, row.cells, strict=True))
        one = cells.get("id", "").strip() or _id_of(made, row, cells, organizations)
        if one is not None:
            made.rows.append(RawRow(row.line, (*(row.cells[place] for place in own), one)))
    return made


def _id_of(table: RawTable, row: RawRow, cells: dict[str, str], organizations: Organizations) -> str | None:
    """The id of a row that brings none; None when its organisation is not known, which is told."""
    assert isinstance(table.kind, NodeKind)
    name = cells.get("name", "").strip()
    if not name:
        return ""
    if table.kind.label == "Organization":
        found = organizations.find(name)
        return next(iter(found)) if len(found) == 1 else made_id(table.kind, name)
    named = cells.get(ORGANIZATION, "").strip()
    found = organizations.find(named) if named else {""}
    if len(found) == 1:
        return made_id(table.kind, name, next(iter(found)))
    _refuse(table, row, _written(table, ORGANIZATION), named, organizations)
    return None


def _take_over(part: RawTable, table: RawTable) -> None:
    part.problems, part.notes, part.broken, part.written = table.problems, table.notes, table.broken, table.written


def made_id(kind: NodeKind, *words: str) -> str:
    """The id of a row that brings none: the same for the same words, whatever their case and spaces."""
    text = json.dumps([kind.label, *(" ".join(word.casefold().split()) for word in words)], ensure_ascii=False)
    return f"{kind.label.lower()}-{hashlib.blake2b(text.encode(), digest_size=10).hexdigest()}"


def is_made(kind: NodeKind | TieKind, one: str) -> bool:
    """Whether ``one`` looks like an id of :func:`made_id`."""
    return isinstance(kind, NodeKind) and bool(re.fullmatch(rf"{kind.label.lower()}-[0-9a-f]{{20}}", one))


def _split(table: RawTable, organizations: Organizations) -> list[RawTable]:
    if _label(table) != "Person" or not set(CONTACT_COLUMNS) & set(table.columns):
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
        fields = {"count": len(homeless), "names": listed(homeless)}
        jobs.notes.append(Problem("no_organization", jobs.file, fields=fields))
    return [people, jobs, _lines(table, organizations)] if BOSS in table.columns else [people, jobs]


def _lines(table: RawTable, organizations: Organizations) -> RawTable:
    """Who reports to whom, by the column of bosses."""
    kind, origin = VOCABULARY.ties["REPORTS_TO"], table.part_of or table
    lines = RawTable(table.file, kind, part_of=origin, delimiter=table.delimiter)
    lines.written = {"boss_id": _written(table, BOSS)}
    bosses = Bosses()
    for row in table.rows:
        cells = dict(zip(table.columns, row.cells, strict=True))
        firms = organizations.find(cells.get(ORGANIZATION, "").strip())
        bosses.add(row, cells["id"].strip(), cells.get("name", ""), "".join(sorted(firms)), cells[BOSS])
    return lines_to_bosses(lines, bosses)


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
    _refuse(jobs, row, jobs.written["organization_id"], named, organizations)


def _refuse(table: RawTable, row: RawRow, column: str, named: str, organizations: Organizations) -> None:
    """Tell that no organisation, or more than one, is called so."""
    found, near = organizations.find(named), organizations.near(named)
    code = "two_organizations" if found else "unknown_organization" if near else "unknown_organization_far"
    fields = {
        "nearest": near,
        "ids": "; ".join(f"{shown(organizations.called[one])} ({one})" for one in sorted(found)[:5]),
    }
    problem = Problem(code, table.file, row.line, column, shown(named), fields)
    table.broken.append((row, problem))
    table.problems.append(problem)
