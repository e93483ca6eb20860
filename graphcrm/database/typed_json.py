"""Every value that Neo4j can keep as a property, as JSON and back, without loss: what backups are written in.

Texts, whole numbers, finite floats, truth values and lists are JSON's own; the rest is ``{"$": kind, "v": [...]}``:

    date      [year, month, day]
    time      [nanoseconds since midnight, offset in seconds or null]
    datetime  [days since 0001-01-01, nanoseconds since midnight, offset in seconds or null, zone's name or null]
    duration  [months, days, seconds, nanoseconds]
    point     [srid, coordinate, ...]
    bytes     [base64]
    float     ["nan" | "inf" | "-inf"]
    vector    [type, base64 of the big-endian numbers]

A datetime with an offset is kept as the moment in UTC, so that the hour that a clock shows twice is no riddle.
The driver does not tell the offset 0 from the zone that is called UTC: both come back as the offset.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

import pytz
from neo4j.spatial import CartesianPoint, Point, WGS84Point
from neo4j.time import Date, DateTime, Duration, Time
from neo4j.vector import Vector

from graphcrm.errors import InvalidInput

SAME = frozenset({str, int, bool, type(None)})
"""The types that most values have, and that stay what they are."""
_EPOCH = 719_163
"""The day 1970-01-01, counted from 0001-01-01 as 1."""
REMEMBERED = 10_000
"""Moments that are kept ready. All ties of an import were recorded at one."""


def to_line(value: Mapping[str, Any]) -> bytes:
    """One line of JSON, always the same for the same content."""
    return _write(value).encode() + b"\n"


_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def encode(value: Any) -> Any:
    """A property's value as what :mod:`json` can write.

    Raises:
        InvalidInput: a type that this version does not know; it is not dropped in silence.
    """
    if type(value) in SAME or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else _mark("float", str(value))
    if isinstance(value, list):
        return [item if type(item) in SAME else encode(item) for item in value]
    for kind, form in _ENCODERS.items():
        if isinstance(value, kind):
            return form(value)
    raise InvalidInput(
        "The graph holds a value of a type that cannot be kept in a backup ({type}).",
        mend="Install the newest graphcrm.",
        type=type(value).__name__,
    )


@lru_cache(REMEMBERED)
def encoded_moment(milliseconds: int, nanosecond: int, offset: int, zone: str) -> dict[str, Any]:
    """What :func:`encode` makes of a datetime with a zone, from Neo4j's own numbers for it: not to be changed.

    Args:
        milliseconds: since 1970, in UTC. nanosecond: of the second. offset: in seconds. zone: a name, or the offset as
            a text.
    """
    days, second = divmod(milliseconds // 1_000, 86_400)
    name = None if zone in {"Z", "UTC"} or zone[0] in "+-" else zone
    return _mark("datetime", days + _EPOCH, second * 1_000_000_000 + nanosecond, offset, name)


def decode(value: Any) -> Any:
    """The value that :func:`encode` was given, as the driver sends it.

    Raises:
        InvalidInput: not of this form.
    """
    if isinstance(value, list):
        return [item if type(item) in SAME else decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    try:
        return _DECODERS[value["$"]](*value["v"])
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise InvalidInput("The file holds a value of an unknown type.", mend="Install the newest graphcrm.") from error


class _Offset(tzinfo):
    """So many seconds from UTC and no name. Python's own wants its own times, pytz makes a zone of offset 0."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta(seconds=self._seconds)

    def dst(self, _: datetime | None) -> None:
        return None

    def tzname(self, _: datetime | None) -> None:
        return None


def _mark(kind: str, *parts: Any) -> dict[str, Any]:
    return {"$": kind, "v": list(parts)}


def _offset(value: Time | DateTime) -> int | None:
    offset = value.utcoffset()
    return None if offset is None else int(offset.total_seconds())


def _datetime(value: DateTime) -> dict[str, Any]:
    offset = _offset(value)
    zone = getattr(value.tzinfo, "zone", None) or getattr(value.tzinfo, "key", None)
    zone = None if zone == "UTC" else zone  # the driver gives every offset 0 this name
    moment = value.as_timezone(pytz.utc) if offset else value
    return _mark("datetime", moment.date().to_ordinal(), moment.time().ticks, offset, zone)


@lru_cache(REMEMBERED)
def _from_datetime(days: int, ticks: int, offset: int | None, zone: str | None) -> DateTime:
    moment = DateTime.combine(Date.from_ordinal(days), Time.from_ticks(ticks))
    if offset is None:
        return moment
    if zone is None:
        return (moment + timedelta(seconds=offset)).replace(tzinfo=_Offset(offset))
    return moment.replace(tzinfo=pytz.utc).as_timezone(pytz.timezone(zone))


def _from_time(ticks: int, offset: int | None) -> Time:
    return Time.from_ticks(ticks, None if offset is None else _Offset(offset))


def _from_point(srid: int, *coordinates: float) -> Point:
    kinds = {4326: WGS84Point, 4979: WGS84Point, 7203: CartesianPoint, 9157: CartesianPoint}
    return kinds[srid](coordinates)


_ENCODERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    DateTime: _datetime,
    Date: lambda value: _mark("date", value.year, value.month, value.day),
    Time: lambda value: _mark("time", value.ticks, _offset(value)),
    Duration: lambda value: _mark("duration", value.months, value.days, value.seconds, value.nanoseconds),
    Point: lambda value: _mark("point", value.srid, *value),
    bytes: lambda value: _mark("bytes", base64.b64encode(value).decode()),
    bytearray: lambda value: _mark("bytes", base64.b64encode(value).decode()),
    Vector: lambda value: _mark("vector", str(value.dtype), base64.b64encode(value.raw()).decode()),
}
_DECODERS: dict[str, Callable[..., Any]] = {
    "date": Date,
    "time": _from_time,
    "datetime": _from_datetime,
    "duration": lambda months, days, seconds, ns: Duration(months=months, days=days, seconds=seconds, nanoseconds=ns),
    "point": _from_point,
    "bytes": lambda text: base64.b64decode(text, validate=True),
    "float": float,
    "vector": lambda dtype, text: Vector(base64.b64decode(text, validate=True), dtype),
}
