"""The files of the import as a page of the reference: ``python -m graphcrm.ingest.reference > FILE``."""

from __future__ import annotations

from collections.abc import Iterator

from graphcrm.vocabulary import VOCABULARY, NodeKind, Property, Reference, TieKind

_HEAD = """# The files of the import

Made from the vocabulary. One file per kind; the first line names the columns, in any order, and those that
are not needed may be left out. How to prepare, check and mend them: [the guide](../how-to/import.md).

"Needed" columns must be filled for something new. Several values of one cell are separated by `|`. An empty cell of a
column that is there empties the value.
"""
_TABLE = "| Column | Meaning | Type | Needed | Allowed |\n|---|---|---|---|---|\n"


def import_markdown() -> str:
    """Every file with its columns, and every list of values, as Markdown."""
    kinds = [kind for kind in (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values()) if kind.file]
    parts = [_HEAD, *(_file(kind) for kind in kinds), "## Values\n", *_enumerations(kinds)]
    return "\n".join(parts)


def _file(kind: NodeKind | TieKind) -> str:
    rows = _node_rows(kind) if isinstance(kind, NodeKind) else _tie_rows(kind)
    title = kind.plural_en if isinstance(kind, NodeKind) else kind.en
    return f"## {kind.file}.csv\n\n{title}.\n\n{_TABLE}" + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _node_rows(kind: NodeKind) -> Iterator[tuple[str, ...]]:
    yield "`id`", "Unique name of the row", "id", "yes", ""
    yield from map(_property_row, kind.properties.values())
    yield from map(_reference_row, kind.references.values())


def _tie_rows(kind: TieKind) -> Iterator[tuple[str, ...]]:
    yield "`id`", "Unique name of the tie; made up when it is empty", "id", "", ""
    for end in (kind.start, kind.end):
        if end:
            yield f"`{end.column}`", "Who or what it ties", "id", "yes", ", ".join(end.labels)
    yield from map(_property_row, kind.properties.values())


def _property_row(prop: Property) -> tuple[str, ...]:
    form = f"{prop.type}, several" if prop.many else prop.type
    allowed = prop.ref or ""
    if prop.enum:
        allowed = f"[{prop.enum}](#{prop.enum.lower()})"
    elif prop.minimum is not None or prop.maximum is not None:
        allowed = " to ".join("…" if bound is None else f"{bound:g}" for bound in (prop.minimum, prop.maximum))
    return f"`{prop.name}`", prop.en, form, "yes" if prop.required else "", allowed


def _reference_row(reference: Reference) -> tuple[str, ...]:
    form = "id, several" if reference.many else "id"
    return f"`{reference.name}`", reference.en, form, "yes" if reference.required else "", ", ".join(reference.to)


def _enumerations(kinds: list[NodeKind | TieKind]) -> Iterator[str]:
    used = {prop.enum for kind in kinds for prop in kind.properties.values() if prop.enum}
    for name in sorted(used):
        values = VOCABULARY.enumerations[name].values.values()
        rows = "".join(f"| `{value.code}` | {value.en} | {value.ru} |\n" for value in values)
        yield f"### {name}\n\n| Code | English | Russian |\n|---|---|---|\n{rows}"


if __name__ == "__main__":
    print(import_markdown(), end="")
