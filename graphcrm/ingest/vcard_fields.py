"""From the properties of one address card to the columns of a list of contacts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from graphcrm.ingest.codes import known_codes
from graphcrm.ingest.contacts import NOTE, ORGANIZATION, TITLE
from graphcrm.ingest.rows import SEPARATOR

_GENDERS = {"M": "male", "F": "female"}
_MACHINERY = frozenset({"VERSION", "PRODID", "REV", "UID", "X-ABLABEL", "BEGIN", "END", "X-ABSHOWAS", "PROFILE"})
_READ = frozenset(
    {"FN", "N", "ORG", "TITLE", "ROLE", "NOTE", "EMAIL", "TEL", "BDAY", "GENDER", "ADR", "NICKNAME", "LANG"}
)
_BIRTHDAY = re.compile(r"([0-9]{4}|-)-?([0-9]{2})(?:-?([0-9]{2}))?(?:[T ].*)?")
_NO_YEAR = "1604"
"""What some address books write for a birthday without a year."""
_PATRONYMIC = re.compile(r"(ович|евич|ич|овна|евна|ична|инична|ovich|evich|ovna|evna|ichna)$", re.IGNORECASE)


@dataclass(slots=True)
class Fields:
    """Column -> text of what the card says; ``uid``: its own id, "" for none."""

    cells: dict[str, str] = field(default_factory=dict)
    uid: str = ""


def fields_of(card: Any, left_out: Counter[str]) -> Fields:
    """What a card (vobject's) says. ``left_out`` counts the properties that are not taken over."""
    contents: dict[str, list[Any]] = {name.upper(): lines for name, lines in card.contents.items()}
    found = Fields(uid=_text(contents, "UID"))
    found.cells = {
        "name": _text(contents, "FN"),
        "other_names": SEPARATOR.join(_listed(_text(contents, "NICKNAME"))),
        "gender": _GENDERS.get(_text(contents, "GENDER")[:1].upper(), ""),
        "email": _preferred(contents, "EMAIL", left_out),
        "phone": _preferred(contents, "TEL", left_out).removeprefix("tel:"),
        "birth_date": birthday(_text(contents, "BDAY")),
        NOTE: _text(contents, "NOTE"),
        TITLE: _text(contents, "TITLE") or _text(contents, "ROLE"),
    }
    _take_name(found, contents, left_out)
    _take_organization(found, contents, left_out)
    _take_address(found, contents, left_out)
    _take_language(found, contents, left_out)
    for name, lines in contents.items():
        if name not in _READ and name not in _MACHINERY:
            left_out[name] += len(lines)
    for name, column in (("GENDER", "gender"), ("ROLE", TITLE)):
        if name in contents and (not found.cells[column] or (name == "ROLE" and "TITLE" in contents)):
            left_out[name] += 1
    found.cells = {column: cell.strip() for column, cell in found.cells.items() if cell.strip()}
    return found


def birthday(text: str) -> str:
    """A birthday as the importer takes it; what is none stays as it is, and is refused there.

    >>> birthday("19680509"), birthday("--0509"), birthday("1604-05-09"), birthday("1968-05-09T00:00:00Z")
    ('1968-05-09', '--05-09', '--05-09', '1968-05-09')
    """
    found = _BIRTHDAY.fullmatch(text)
    if not found:
        return text
    year, month, day = found.groups()
    if year in ("-", _NO_YEAR):
        return f"--{month}-{day}" if day else f"--{month}"
    return f"{year}-{month}-{day}" if day else f"{year}-{month}"


def _text(contents: dict[str, list[Any]], name: str) -> str:
    lines = contents.get(name)
    return _plain(lines[0].value) if lines else ""


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " ".join(_plain(one) for one in value).strip()
    return str(value or "").replace("\r\n", "\n").strip()


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(one.replace(SEPARATOR, " ").strip() for one in text.split(",") if one.strip()))


def _preferred(contents: dict[str, list[Any]], name: str, left_out: Counter[str]) -> str:
    """The one of several that the card prefers; a fax is none."""
    lines = [line for line in contents.get(name, []) if "FAX" not in _types(line) and _plain(line.value)]
    left_out[name] += len(contents.get(name, [])) - min(len(lines), 1)
    if not left_out[name]:
        del left_out[name]
    return _plain(min(lines, key=_rank).value) if lines else ""


def _types(line: Any) -> set[str]:
    given = [*line.params.get("TYPE", []), *line.singletonparams]
    return {part.strip().upper() for one in given for part in one.split(",")}


def _rank(line: Any) -> int:
    number = (line.params.get("PREF") or ["100"])[0]
    return 0 if "PREF" in _types(line) else int(number) if number.isdecimal() else 100


def _take_name(found: Fields, contents: dict[str, list[Any]], left_out: Counter[str]) -> None:
    if "N" not in contents:
        return
    value = contents["N"][0].value
    parts = {name: _plain(getattr(value, name, "")) for name in ("family", "given", "additional", "prefix", "suffix")}
    found.cells["family_name"], found.cells["given_name"] = parts["family"], parts["given"]
    second = parts["additional"]
    if _PATRONYMIC.search(second):
        found.cells["patronymic"] = second
    words = [parts[name] for name in ("prefix", "given", "additional", "family", "suffix") if parts[name]]
    if not found.cells["name"]:
        found.cells["name"] = " ".join(words)
    elif any(word not in found.cells["name"] for word in (parts["prefix"], parts["suffix"])):
        left_out["N"] += 1


def _take_organization(found: Fields, contents: dict[str, list[Any]], left_out: Counter[str]) -> None:
    if "ORG" not in contents:
        return
    value = contents["ORG"][0].value
    parts = [_plain(one) for one in (value if isinstance(value, list | tuple) else [value])]
    # Some telephones quote the whole name; quotes within it are its own: ООО "Верфь".
    found.cells[ORGANIZATION] = re.sub(r'^"([^"]*)"$', r"\1", parts[0]) if parts else ""
    left_out["ORG"] += any(parts[1:]) + len(contents["ORG"]) - 1
    if not left_out["ORG"]:
        del left_out["ORG"]


def _take_address(found: Fields, contents: dict[str, list[Any]], left_out: Counter[str]) -> None:
    for line in contents.get("ADR", []):
        city = _plain(getattr(line.value, "city", ""))
        if "HOME" in _types(line) and city and "home_city" not in found.cells:
            found.cells["home_city"] = city
        left_out["ADR"] += 1  # street and house are not kept of anybody


def _take_language(found: Fields, contents: dict[str, list[Any]], left_out: Counter[str]) -> None:
    for line in contents.get("LANG", []):
        code = _plain(line.value).lower()[:2]
        if code in known_codes("language") and "language" not in found.cells:
            found.cells["language"] = code
        else:
            left_out["LANG"] += 1
