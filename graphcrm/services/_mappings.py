"""Mappings of columns under other names, kept in the graph by the shape of the header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from graphcrm.database.connection import Database
from graphcrm.domain.viewer import Viewer
from graphcrm.errors import Forbidden, InvalidInput
from graphcrm.ingest.contacts import columns_taken
from graphcrm.ingest.mapping import ColumnMapping, FoundHeader
from graphcrm.ingest.names import kind_of, plain_name
from graphcrm.queries import ingest as queries

MOST_KEPT = 5_000
_PREFIX = "import-mapping:"


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """A mapping that is used wherever a header of its shape is found.

    Attributes:
        shape: the key. stem: the file whose rows it makes; "" when such a table is left out.
        columns: column as it was written -> column of ours, "" where it is left out.
    """

    shape: str
    stem: str
    columns: Mapping[str, str]
    changed_at: datetime


def kept_mappings(db: Database, viewer: Viewer) -> list[KeptMapping]:
    """All mappings, the newest first.

    Raises:
        Forbidden: the viewer may not import.
    """
    require_importer(viewer)
    rows = queries.kept_mappings(db, most=MOST_KEPT)
    return [
        KeptMapping(
            row.id.removeprefix(_PREFIX), row.stem, dict(zip(row.names, row.columns, strict=True)), row.changed_at
        )
        for row in rows
    ]


def keep_mapping(db: Database, viewer: Viewer, header: FoundHeader, stem: str, columns: Mapping[str, str]) -> None:
    """Keep what the columns of such a header are: from now on every import uses it.

    Args:
        stem: the file whose rows the table holds; "" to leave such tables out.
        columns: column as it is written in the header -> column of ours; "" to leave it out.

    Raises:
        Forbidden: the viewer may not import.
        InvalidInput: a column that there is not, or one that is given twice.
    """
    require_importer(viewer)
    kind = kind_of(stem)
    taken = {"", *columns_taken(kind)} if kind else {""}
    wanted = [column for column in columns.values() if column]
    twice = sorted({column for column in wanted if wanted.count(column) > 1})
    if twice or not set(columns.values()) <= taken or bool(stem) != bool(kind):
        strange = ", ".join(twice or sorted({*columns.values()} - taken) or [stem])
        raise InvalidInput(
            "The mapping was not kept: {columns} cannot be used, or is given to two columns.",
            mend="Give each column of ours to one column at most.",
            columns=strange,
        )
    names = [name for name in columns if plain_name(name)]
    values = {
        "stem": stem,
        "names": names,
        "columns": [columns[name] for name in names],
        "header": list(header.header),
        "changed_at": datetime.now(UTC),
        "changed_by": viewer.id,
    }
    queries.keep_mapping(db, id=_PREFIX + header.shape, values=values)


def forget_mapping(db: Database, viewer: Viewer, shape: str) -> None:
    """Ask again at the next import of such a header. Raises Forbidden."""
    require_importer(viewer)
    queries.forget_mapping(db, id=_PREFIX + shape)


def mappings_by_shape(db: Database, viewer: Viewer) -> dict[str, ColumnMapping]:
    """As the reader takes them."""
    return {
        one.shape: ColumnMapping(one.stem, {plain_name(name): column for name, column in one.columns.items()})
        for one in kept_mappings(db, viewer)
    }


def require_importer(viewer: Viewer) -> None:
    """Raises Forbidden when the viewer may not import."""
    if not viewer.may_write:
        raise Forbidden("Your role ({role}) may not import.", mend="Ask the owner of the data.", role=viewer.role)
