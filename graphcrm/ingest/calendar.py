"""Reads an iCalendar file (RFC 5545): who met when. Descriptions, attachments and alarms are passed over.

Lines are read one by one and cut to a bounded length; an event that cannot be read is left out with its line, and the
next one is read. Only the day of an event matters here, so it is taken as written, whatever its time zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import BinaryIO

from graphcrm.ingest.calendar_series import occurrences
from graphcrm.ingest.contact_entries import LIMITS, ContactEntry, ContactLimits, address_of, one_line

_WANTED = frozenset(
    {"UID", "DTSTART", "SUMMARY", "STATUS", "CLASS", "ATTENDEE", "ORGANIZER", "RRULE", "EXDATE", "RECURRENCE-ID"}
)
_ESCAPES = {"n": " ", "N": " ", ",": ",", ";": ";", "\\": "\\"}
_NO_PEOPLE = frozenset({"ROOM", "RESOURCE"})


@dataclass(slots=True)
class _Event:
    line: int
    found: dict[str, str] = field(default_factory=dict)
    excluded: set[date] = field(default_factory=set)
    addresses: dict[str, None] = field(default_factory=dict)


def read_calendar(stream: BinaryIO, today: date, limits: ContactLimits = LIMITS) -> Iterator[ContactEntry]:
    """The events of a file up to ``today``, each occurrence of a series by itself, and those that are left out."""
    events = list(_events(stream, limits))
    moved: dict[str, set[date]] = defaultdict(set)
    for event in events:
        original = day_of(event.found.get("RECURRENCE-ID", ""))
        if original:
            moved[event.found.get("UID", "")].add(original)
    for event in events:
        yield from _entries(event, moved, today, limits)


def _entries(event: _Event, moved: dict[str, set[date]], today: date, limits: ContactLimits) -> Iterator[ContactEntry]:
    uid, start = event.found.get("UID", ""), day_of(event.found.get("DTSTART", ""))
    subject = one_line(_unescaped(event.found.get("SUMMARY", "")), limits.subject)
    entry = ContactEntry(uid, start, "meeting", subject, tuple(event.addresses), event.line)
    if event.found.get("STATUS", "").upper() == "CANCELLED":
        entry = replace(entry, left_out="cancelled")
    elif event.found.get("CLASS", "").upper() in ("PRIVATE", "CONFIDENTIAL"):
        entry = replace(entry, left_out="private", subject="")
    original = day_of(event.found.get("RECURRENCE-ID", ""))
    rule = event.found.get("RRULE", "")
    if original is not None and uid:
        yield replace(entry, key=f"{uid}/{original.isoformat()}").judged(today, limits)
    elif rule and uid and start is not None and not entry.left_out and start <= today:
        for on in occurrences(start, rule, today, limits.occurrences):
            if on not in event.excluded and on not in moved[uid]:
                yield replace(entry, key=f"{uid}/{on.isoformat()}", on=on).judged(today, limits)
    else:
        yield entry.judged(today, limits)


def _events(stream: BinaryIO, limits: ContactLimits) -> Iterator[_Event]:
    """Every VEVENT that ends, at most as many as the limits allow."""
    event: _Event | None = None
    inner, count = 0, 0
    for number, line in _logical_lines(stream, limits):
        name, parameters, value = _content(line)
        if name == "BEGIN" and value.upper() == "VEVENT":
            event, inner = _Event(number), 0
        elif name == "BEGIN":
            inner += 1
        elif name == "END" and value.upper() == "VEVENT":
            if event is not None:
                yield event
                count += 1
            event = None
            if count >= limits.entries:
                return
        elif name == "END":
            inner -= 1
        elif event is not None and inner <= 0 and name in _WANTED:
            _take(event, name, parameters, value, limits)


def _take(event: _Event, name: str, parameters: dict[str, str], value: str, limits: ContactLimits) -> None:
    if name in ("ATTENDEE", "ORGANIZER"):
        declined = parameters.get("PARTSTAT", "").upper() == "DECLINED"
        if not declined and parameters.get("CUTYPE", "").upper() not in _NO_PEOPLE:
            address = address_of(value[7:] if value[:7].lower() == "mailto:" else parameters.get("EMAIL", ""))
            if address and len(event.addresses) <= limits.addresses:
                event.addresses[address] = None
    elif name == "EXDATE":
        event.excluded |= {day for one in value.split(",")[: limits.occurrences] if (day := day_of(one))}
    else:
        event.found.setdefault(name, value.strip()[:1000])


def _logical_lines(stream: BinaryIO, limits: ContactLimits) -> Iterator[tuple[int, str]]:
    """(number of the first, text) of each line with its continuations, which begin with a blank."""
    held, begun = b"", 0
    for number, raw in enumerate(_raw_lines(stream, limits), 1):
        line = raw.rstrip(b"\r\n")
        if line[:1] in (b" ", b"\t"):
            if len(held) < limits.line_bytes:
                held += line[1:]
            continue
        if held:
            yield begun, held.decode("utf-8", "replace")
        held, begun = line.removeprefix(b"\xef\xbb\xbf"), number
    if held:
        yield begun, held.decode("utf-8", "replace")


def _raw_lines(stream: BinaryIO, limits: ContactLimits) -> Iterable[bytes]:
    """Lines of bounded length: the rest of a longer one is read and dropped."""
    while line := stream.readline(limits.line_bytes):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(limits.line_bytes)
        yield line


def _content(line: str) -> tuple[str, dict[str, str], str]:
    """Name, parameters and value of ``NAME;PARAM="a;b":value``; a line that is none has an empty name."""
    parts, begin, quoted = [], 0, False
    for place, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in ";:":
            parts.append(line[begin:place])
            begin = place + 1
            if sign == ":":
                break
    else:
        return "", {}, ""
    pairs = (part.partition("=") for part in parts[1:])
    return parts[0].upper(), {key.upper(): value.strip('"') for key, _, value in pairs}, line[begin:]


def _unescaped(text: str) -> str:
    found, signs = [], iter(text)
    for sign in signs:
        found.append(_ESCAPES.get(next(signs, ""), "") if sign == "\\" else sign)
    return "".join(found)


def day_of(text: str) -> date | None:
    """The day of ``20261124`` or ``20261124T090000Z``; None for what is no day."""
    digits = text.strip()[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) if digits.isascii() else None
    except ValueError:
        return None
