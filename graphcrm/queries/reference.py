"""The catalogue of named queries as a page of the reference: ``python -m graphcrm.queries.reference > FILE``."""

from __future__ import annotations

import typing
from itertools import groupby

from graphcrm.queries.binder import Query, catalogue


def catalogue_markdown() -> str:
    """Every query with its documentation, parameters and columns, by topic, as Markdown."""
    parts = [
        "# The named queries\n",
        "Made from the `.cypher` files by `make docs`. Run one with `graphcrm query NAME --param name=value`.\n",
    ]
    for topic, queries in groupby(catalogue().values(), key=lambda query: query.topic):
        parts.append(f"## {topic}\n")
        parts.extend(_entry(query) for query in queries)
    return "\n".join(parts)


def _entry(query: Query) -> str:
    given = ", ".join(f"`{name}` ({_type_name(kind)})" for name, kind in query.parameters.items()) or "none"
    columns = ", ".join(f"`{name}`" for name in query.columns) or "none"
    kind = "\n\nWrites to the graph; not for the command line." if query.writes else ""
    return f"### {query.name}\n\n{query.documentation}{kind}\n\nParameters: {given}.\nColumns: {columns}.\n"


def _type_name(kind: object) -> str:
    return kind.__name__ if isinstance(kind, type) and not typing.get_args(kind) else str(kind).replace("typing.", "")


if __name__ == "__main__":
    print(catalogue_markdown(), end="")
