"""Reads address cards (.vcf, vCard 2.1, 3.0 and 4.0) into a list of contacts: people with organisation and title.

vobject parses each card for itself, so that one that is broken costs no other. What a card does not say stays as it is
in the graph: cards that say the same kinds of things form one table. Whatever is not taken over is told.
"""

from __future__ import annotations

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import vobject

from graphcrm.ingest.contacts import NOTE, ORGANIZATION, TITLE, made_id
from graphcrm.ingest.encoding import find_encoding
from graphcrm.ingest.limits import LIMITS, Limits
from graphcrm.ingest.problems import Problem, shown
from graphcrm.ingest.sources import Source
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.ingest.vcard_fields import Fields, fields_of
from graphcrm.vocabulary import VOCABULARY

logging.getLogger("vobject.base").setLevel(logging.CRITICAL)  # what it passes over is told by us

COLUMNS = (
    "id", "name", "given_name", "patronymic", "family_name", "other_names", "gender", "language", "email", "phone",
    "birth_date", "home_city", ORGANIZATION, TITLE, NOTE,
)  # fmt: skip
_LINE = re.compile(r"(?:[\w-]+\.)?([\w-]+)(?:[;:])")
_CHARSET = re.compile(r";charset=\"?([\w:.-]+)", re.IGNORECASE)
_TEXTS = frozenset({"FN", "N", "NOTE", "TITLE", "ROLE", "NICKNAME", "ORG", "ADR"})
_BULKY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_cards(source: Source, limits: Limits = LIMITS) -> list[RawTable]:
    """The people of a file of address cards."""
    whole = RawTable(source.name, VOCABULARY.nodes["Person"], COLUMNS, COLUMNS, sheet="people")
    left_out: Counter[str] = Counter()
    try:
        text, whole.encoding = _text_of(source)
    except (OSError, UnicodeError) as error:
        return [
            RawTable(source.name, None, problems=[Problem("unreadable", source.name, fields={"reason": str(error)})])
        ]
    count = 0
    for line, card in _cards(text, whole.encoding, left_out):
        count += 1
        if count > limits.cards:
            return [_no_table(source, "too_many_cards", limit=limits.cards)]
        _add(whole, line, card, left_out)
    if not count:
        return [_no_table(source, "no_cards")]
    if left_out:
        told = ", ".join(f"{shown(name)} ({number})" for name, number in left_out.most_common(30))
        whole.notes.append(Problem("cards_left_out", source.name, fields={"columns": told}))
    return _tables(whole)


def _no_table(source: Source, code: str, **fields: object) -> RawTable:
    return RawTable(source.name, None, problems=[Problem(code, source.name, fields=fields)])


def _text_of(source: Source) -> tuple[str, str]:
    with source.open() as stream:
        encoding = find_encoding(stream)
        stream.seek(0)
        return stream.read().decode(encoding, "surrogateescape"), encoding


def _cards(text: str, encoding: str, left_out: Counter[str]) -> Iterator[tuple[int, list[str]]]:
    """(line of BEGIN, the card's lines but for pictures and the like)."""
    card: list[str] = []
    begun, name, is_quoted = 0, "", False
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        line = raw.lstrip("\ufeff") if number == 1 else raw
        bare = line.strip().upper()
        if bare == "BEGIN:VCARD":
            if begun:  # the one before was never closed, or a card in a card: each counts for itself
                yield begun, [*card, "END:VCARD"]
            begun, card, name, is_quoted = number, [line.strip()], "", False
        elif begun and bare == "END:VCARD":
            yield begun, [*card, "END:VCARD"]
            begun = 0
        elif begun and (line[:1] in (" ", "\t") or (is_quoted and card[-1].endswith("="))):
            if name and name not in _BULKY:
                card.append(_with_commas(line, name))
        elif begun and bare:
            found = _LINE.match(line)
            name = found[1].upper() if found else ""
            is_quoted = "QUOTED-PRINTABLE" in line.split(":", 1)[0].upper()
            if name in _BULKY:
                left_out[name] += 1
            elif name:
                card.append(_with_commas(_recoded(line, encoding), name))
    if begun:
        yield begun, [*card, "END:VCARD"]


def _with_commas(line: str, name: str) -> str:
    """The line with its commas escaped: they belong to the text, and vobject would cut it at the first."""
    if name not in _TEXTS:
        return line
    head, colon, value = ("", "", line) if _LINE.match(line) is None else line.partition(":")
    return head + colon + re.sub(r"(?<!\\)(,|=2C)", r"\\\1", value, flags=re.IGNORECASE)


def _recoded(line: str, encoding: str) -> str:
    """The line in the character set that it names itself, where its bytes stand in it as they are."""
    named = None if line.isascii() else _CHARSET.search(line.split(":", 1)[0])
    if not named:
        return line
    try:
        return line.encode(encoding.removesuffix("-sig"), "surrogateescape").decode(named[1])
    except (LookupError, UnicodeError):
        return line


def _add(whole: RawTable, line: int, card: list[str], left_out: Counter[str]) -> None:
    empty = RawRow(line, ("",) * len(COLUMNS))
    try:
        parsed: Any = next(vobject.readComponents("\r\n".join(card) + "\r\n", allowQP=True, ignoreUnreadable=True))
        fields = fields_of(parsed, left_out)
    except Exception as error:  # vobject meets a broken card with errors of every kind
        whole.refuse(empty, "card_broken", reason=shown(error) or type(error).__name__)
        return
    if not fields.cells.get("name"):
        whole.refuse(empty, "card_without_name")
        return
    row = RawRow(line, tuple(_cells(fields)))
    joined = "".join(row.cells)
    if re.search("[\ud800-\udfff]", joined):
        whole.refuse(row, "bad_encoding", encoding=whole.encoding.removesuffix("-sig"))
    elif _CONTROL.search(joined):
        whole.refuse(row, "control_character")
    else:
        whole.rows.append(row)


def _cells(fields: Fields) -> Iterator[str]:
    person = VOCABULARY.nodes["Person"]
    cells = fields.cells | {"id": made_id(person, "card", fields.uid) if fields.uid else ""}
    yield from (cells.get(column, "") for column in COLUMNS)


def _tables(whole: RawTable) -> list[RawTable]:
    """The rows by the columns that they fill."""
    groups: dict[tuple[int, ...], list[RawRow]] = defaultdict(list)
    for row in whole.rows:
        groups[tuple(place for place, cell in enumerate(row.cells) if cell)].append(row)
    tables = [_part(whole, places, rows) for places, rows in groups.items()] or [_part(whole, (0, 1), ())]
    tables[0].broken, tables[0].problems, tables[0].notes = whole.broken, whole.problems, whole.notes
    return tables


def _part(whole: RawTable, places: tuple[int, ...], rows: Iterable[RawRow]) -> RawTable:
    columns = tuple(COLUMNS[place] for place in places)
    part = RawTable(whole.file, whole.kind, columns, columns, part_of=whole)
    part.rows = [RawRow(row.line, tuple(row.cells[place] for place in places)) for row in rows]
    return part
