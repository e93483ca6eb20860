"""A file (YAML or JSON) that says what columns are. By the name of the sheet, or of the file without its ending:

Contacts:
  kind: people          # left empty: the whole table is left out
  columns:
    Full name: name
    Our remark:         # left empty: the column is left out
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from graphcrm.errors import InvalidInput
from graphcrm.ingest.codes import nearest
from graphcrm.ingest.contacts import columns_taken
from graphcrm.ingest.limits import MEGABYTE
from graphcrm.ingest.mapping import ColumnMapping, FoundHeader, suggest_columns
from graphcrm.ingest.names import Kind, columns_by_name, kind_named, kind_of, plain_name
from graphcrm.ingest.problems import shown


def read_mapping_file(path: Path) -> dict[str, ColumnMapping]:
    """Plain name of the table -> what it holds.

    Raises:
        InvalidInput: it cannot be read, or names a kind or a column that there is not.
    """
    try:
        if path.stat().st_size > MEGABYTE:
            raise InvalidInput("{file} is too large for a mapping.", file=path)
        given = yaml.safe_load(path.read_text("utf-8-sig"))
    except (OSError, UnicodeError, yaml.YAMLError, RecursionError) as error:
        raise InvalidInput(
            "The mapping {file} cannot be read: {reason}.",
            mend="It is a YAML or JSON file; graphcrm import shows how one looks.",
            file=path,
            reason=shown(error),
        ) from error
    if not isinstance(given, dict):
        raise _wrong(path, "-")
    return {plain_name(str(name)): _mapping(path, str(name), body) for name, body in given.items()}


def _mapping(path: Path, name: str, body: Any) -> ColumnMapping:
    if body is None:
        return ColumnMapping("", {}, path.name)
    columns = body.get("columns") or {} if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(columns, dict):
        raise _wrong(path, name)
    word = str(body.get("kind") or "")
    kind = kind_named(word) if word else kind_named(name)
    if word and kind is None:
        raise InvalidInput(
            "{file}: {kind} is no kind of rows.",
            mend="Name it like one of the documented files, for example people.",
            file=path.name,
            kind=shown(word),
        )
    if kind is None:
        return ColumnMapping("", {}, path.name)
    found = {plain_name(str(header)): _column(path, kind, column) for header, column in columns.items()}
    return ColumnMapping(kind.file or "", found, path.name)


def _column(path: Path, kind: Kind, column: Any) -> str:
    if column in (None, ""):
        return ""
    taken = columns_taken(kind)
    name = str(column).strip()
    known = name if name in taken else columns_by_name(kind.file or "").get(plain_name(name))
    if known is None:
        raise InvalidInput(
            "{file}: {kind} have no column {column}.",
            mend="Did you mean {nearest}?",
            file=path.name,
            kind=kind.file,
            column=shown(name),
            nearest=nearest(name, taken) or ", ".join(taken[:8]) + " …",
        )
    return known


def _wrong(path: Path, name: str) -> InvalidInput:
    return InvalidInput(
        "{file} does not have the form of a mapping (at {name}).",
        mend="It is a YAML or JSON file; graphcrm import shows how one looks.",
        file=path.name,
        name=shown(name),
    )


def mapping_text(headers: Iterable[FoundHeader]) -> str:
    """A mapping of what is not known, with the nearest columns, to be corrected by hand."""
    told: dict[str, Any] = {}
    for header in headers:
        kind = kind_of(header.stem)
        if kind is None:
            told[header.name] = None
            continue
        columns = suggest_columns(kind, header.header)
        unknown = {name: columns.get(name) or None for name in header.unknown if plain_name(name)}
        told[header.name] = {"kind": header.stem, "columns": unknown}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)
