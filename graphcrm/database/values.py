"""From the driver's values to plain Python ones, so that nobody above this package meets the driver's types."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date, DateTime, Duration, Time

_SAME = frozenset({str, int, float, bool, type(None)})
"""Types that most values have and that stay what they are. Large answers hold millions of them."""


def to_python(value: Any) -> Any:
    """The same value with Python's own types.

    Dates, times and date-times become those of :mod:`datetime` (date-times with an offset are turned to UTC, precision
    falls from nanoseconds to microseconds); a duration without months becomes a ``timedelta``, one with months its ISO
    8601 text; nodes and ties become dictionaries of their properties; paths become lists of those.
    """
    kind = type(value)
    if kind in _SAME:
        return value
    if kind is list:
        return [item if type(item) in _SAME else to_python(item) for item in value]
    if kind is dict:
        return {name: held if type(held) in _SAME else to_python(held) for name, held in value.items()}
    match value:
        case DateTime():
            native = value.to_native()
            converted: Any = native if native.tzinfo is None else native.astimezone(UTC)
        case Date() | Time():
            converted = value.to_native()
        case Duration():
            converted = _duration(value)
        case Node() | Relationship():
            converted = {name: to_python(held) for name, held in value.items()}
        case Path():
            converted = [to_python(part) for part in (*value.nodes, *value.relationships)]
        case _:
            converted = value
    return converted


def _duration(value: Duration) -> timedelta | str:
    if value.months:
        return value.iso_format()
    return timedelta(days=value.days, seconds=value.seconds, microseconds=value.nanoseconds // 1000)
