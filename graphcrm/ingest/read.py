"""Reads any source into tables, by the kind of its file."""

from __future__ import annotations

from collections.abc import Iterable

from graphcrm.ingest.headers import KINDS
from graphcrm.ingest.limits import LIMITS, Limits
from graphcrm.ingest.mapping import PLAIN, Naming
from graphcrm.ingest.reader import read_table
from graphcrm.ingest.sources import CARDS, WORKBOOKS, Source
from graphcrm.ingest.tables import RawTable
from graphcrm.ingest.vcard import read_cards
from graphcrm.ingest.workbook import read_workbook


def read_source(source: Source, limits: Limits = LIMITS, naming: Naming = PLAIN) -> list[RawTable]:
    """The tables of one source that :func:`graphcrm.ingest.sources.usable_sources` let pass."""
    if source.suffix in WORKBOOKS:
        return read_workbook(source, limits, naming)
    if source.suffix in CARDS:
        return read_cards(source, limits)
    return [read_table(source, limits, naming)]


def in_order(tables: Iterable[RawTable]) -> list[RawTable]:
    """The tables as they are checked and planned: unknown ones, then nodes, then ties, each as in the vocabulary."""
    places = {kind.file: place for place, kind in enumerate(KINDS)}
    return sorted(tables, key=lambda table: places.get(table.stem, -1))
