"""Reads the headers of the mails in a mailbox file (mbox, RFC 4155): who wrote to whom and when. Never the text.

The file is read line by line: of a mail only its headers are kept, bounded in size; its text is passed over unread.
The ``mailbox`` of the standard library wants a file on disk and reads whole mails; an upload shall leave neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from graphcrm.ingest.contact_entries import LIMITS, ContactEntry, ContactLimits, LeftOut, address_of, one_line

_PEOPLE = ("From", "To", "Cc")
# Bounded, so that a header made to be slow is not.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,200}"')
_ADDRESS = re.compile(r"[^\s<>(),;:\"\[\]]{1,64}@[^\s<>(),;:\"\[\]]{1,255}")
_MACHINES = ("List-Id", "List-Unsubscribe", "Feedback-ID")


def read_mail_headers(stream: BinaryIO, today: date, limits: ContactLimits = LIMITS) -> Iterator[ContactEntry]:
    """One entry for each mail up to ``today``, and those that are left out."""
    for number, (line, head) in enumerate(_heads(stream, limits)):
        if number >= limits.entries:
            return
        yield _entry(line, BytesHeaderParser().parsebytes(head), limits).judged(today, limits)


def _heads(stream: BinaryIO, limits: ContactLimits) -> Iterator[tuple[int, bytes]]:
    """(line of its beginning, headers) of every mail. A mail begins at ``From `` after an empty line or at the top."""
    head: list[bytes] | None = None
    size, begun, number, blank = 0, 0, 0, True
    fresh = True  # whether what is read next begins a line
    while line := stream.readline(limits.line_bytes):
        number += fresh
        if fresh and blank and line.startswith(b"From "):
            if head is not None:
                yield begun, b"".join(head)
            head, size, begun = [], 0, number
        elif head is not None:
            if fresh and not line.strip():
                yield begun, b"".join(head)
                head = None
            elif size < limits.header_bytes:
                head.append(line)
                size += len(line)
        blank = fresh and not line.strip()
        fresh = line.endswith(b"\n")
    if head is not None:
        yield begun, b"".join(head)


def _entry(line: int, mail: Message, limits: ContactLimits) -> ContactEntry:
    addresses: dict[str, None] = {}
    for name in _PEOPLE:
        for value in mail.get_all(name, []):
            # Not email.utils.getaddresses: brackets that are never closed exhaust the stack there.
            for text in _ADDRESS.findall(_QUOTED.sub(" ", str(value))):
                address = address_of(text)
                if address and len(addresses) <= limits.addresses:
                    addresses[address] = None
    key = str(mail.get("Message-ID", "")).strip()[:1000]
    subject = one_line(_decoded(str(mail.get("Subject", ""))[:2000]), limits.subject)
    return ContactEntry(key, _day(mail), "email", subject, tuple(addresses), line, _against(mail))


def _against(mail: Message) -> LeftOut:
    """Circulars and answers of machines are no contacts."""
    told = str(mail.get("Auto-Submitted", "no")).strip().lower()
    bulk = str(mail.get("Precedence", "")).strip().lower() in ("bulk", "list", "junk")
    return "automatic" if bulk or not told.startswith("no") or any(name in mail for name in _MACHINES) else ""


def _day(mail: Message) -> date | None:
    try:
        return parsedate_to_datetime(str(mail.get("Date", ""))).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, ValueError, UnicodeError):
        return text
