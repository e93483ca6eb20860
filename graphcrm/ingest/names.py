"""What a file, a sheet or a column may be called: its code, or its name in the vocabulary in either language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from graphcrm.ingest.contacts import contact_names
from graphcrm.vocabulary import VOCABULARY, NodeKind, TieKind

Kind = NodeKind | TieKind
_WORDS = re.compile(r"[^\W_]+")
_REMARK = re.compile(r"\s*\([^)]*\)")


def plain_name(text: str) -> str:
    """``text`` as names are compared: no case, no signs, no difference between ё and е.

    >>> plain_name(" Дата_рождения: ")
    'дата рождения'
    """
    return " ".join(_WORDS.findall(text.casefold().replace("ё", "е")))


def kind_named(name: str) -> Kind | None:
    """The kind whose file or sheet is called so (``people``, ``Person``, ``Люди``); None for no kind or several."""
    return _kinds_by_name().get(plain_name(name))


def kind_of_table(name: str, header: Iterable[str]) -> Kind | None:
    """:func:`kind_named`, but where the name is a word that may mean another thing the header must bear it out.

    What we call contacts are talks; who keeps a list of that name most often means people.
    """
    kind = kind_named(name)
    if kind is None or plain_name(name) == plain_name(kind.file or ""):
        return kind
    cells = {plain_name(cell) for cell in header} - {""}
    fitting = len(cells & columns_by_name(kind.file or "").keys())
    return kind if fitting >= 2 or 2 * fitting >= len(cells) else None


@cache
def columns_by_name(file: str) -> Mapping[str, str]:
    """Plain name -> column of the file: its code, else the names that only one column of this file has."""
    kind = kind_of(file)
    assert kind is not None, file
    found: dict[str, set[str]] = defaultdict(set)
    for column, name in _column_names(kind):
        found[plain_name(name)].add(column)
    named = {name: next(iter(columns)) for name, columns in found.items() if name and len(columns) == 1}
    return named | {plain_name(column): column for column in kind.columns}


def kind_of(stem: str) -> Kind | None:
    """What the rows of ``stem``.csv are."""
    return VOCABULARY.node_of_file(stem) or VOCABULARY.tie_of_file(stem)


def column_labels(kind: Kind, language: str) -> dict[str, str]:
    """Column -> its name in ``language``, in the order of the file."""
    place = 1 if language == "ru" else 0
    names: dict[str, list[str]] = defaultdict(list)
    for column, name in _column_names(kind):
        names[column].append(name)
    return {column: names[column][place] for column in names}


@cache
def _kinds_by_name() -> Mapping[str, Kind]:
    kinds = [kind for kind in (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values()) if kind.file]
    found: dict[str, list[Kind]] = defaultdict(list)
    for kind in kinds:
        for name in {plain_name(name) for name in _kind_names(kind)}:
            found[name].append(kind)
    return {name: named[0] for name, named in found.items() if len(named) == 1} | {
        plain_name(kind.file or ""): kind for kind in kinds
    }


def _kind_names(kind: Kind) -> Iterator[str]:
    yield from (kind.en, kind.ru)
    if isinstance(kind, NodeKind):
        yield from (kind.plural_en, kind.plural_ru)


def _column_names(kind: Kind) -> Iterator[tuple[str, str]]:
    """(column, a name of it): the English one first, then the Russian one."""
    yield from (("id", "ID"), ("id", "ID"), ("id", "ИД"))
    if isinstance(kind, TieKind):
        for end in (kind.start, kind.end):
            if end:
                yield from ((end.column, name) for name in _label_names(end.labels))
    for prop in kind.properties.values():
        yield from (
            (prop.name, name) for name in (prop.en, prop.ru, _REMARK.sub("", prop.en), _REMARK.sub("", prop.ru))
        )
    if isinstance(kind, NodeKind):
        for reference in kind.references.values():
            yield from ((reference.name, reference.en), (reference.name, reference.ru))
        yield from contact_names(kind)


def _label_names(labels: Iterable[str]) -> Iterator[str]:
    words = []
    for label in labels:
        primary = VOCABULARY.nodes[VOCABULARY.primary_of[label]]
        words.append(primary.secondary.get(label, primary))
    yield " / ".join(word.en for word in words)
    yield " / ".join(word.ru for word in words)
    if len(words) > 1:
        yield from (name for word in words for name in (word.en, word.ru))
