"""What a calendar or a mailbox says of one contact: when, how, between which addresses. Never the text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ContactLimits:
    """What is read of one file, so that none can exhaust the memory.

    Attributes:
        file_bytes: of the whole file. entries: events or mails; the rest is not read, and this is told.
        line_bytes: of one line; a longer one is cut. header_bytes: of the headers of one mail.
        addresses: of one entry; a circular is no contact. subject: characters that are kept.
        occurrences: of one series of events.
    """

    file_bytes: int = 256 * MEGABYTE
    entries: int = 20_000
    line_bytes: int = 65_536
    header_bytes: int = 65_536
    addresses: int = 30
    subject: int = 300
    occurrences: int = 500


LIMITS = ContactLimits()

LeftOut = Literal[
    "", "broken", "no_key", "no_date", "future", "cancelled", "private", "automatic", "circular", "nobody_of_theirs",
    "nobody_of_ours", "shared_address", "known",
]  # fmt: skip
"""Why an entry gives no contact; "" for one that does."""


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """One event or mail.

    Attributes:
        key: the UID of the event (with the day, in a series) or the Message-ID: the same file again gives the same.
        on: the day as written in the file. kind: code of ``interaction_kind``.
        addresses: e-mail addresses of those who took part, lower case, each once.
        line: of the file, for messages.
    """

    key: str
    on: date | None
    kind: str
    subject: str
    addresses: tuple[str, ...]
    line: int
    left_out: LeftOut = ""

    def judged(self, today: date, limits: ContactLimits = LIMITS) -> ContactEntry:
        """The entry with the first reason against it, as far as the file alone can tell."""
        reason: LeftOut = self.left_out
        if not reason:
            reason = (
                "no_key" if not self.key
                else "no_date" if self.on is None
                else "future" if self.on > today
                else "circular" if len(self.addresses) > limits.addresses
                else ""
            )  # fmt: skip
        return replace(self, left_out=reason)


def address_of(text: str) -> str:
    """An e-mail address in the form in which two are compared; "" for what is none."""
    address = text.strip().strip("<>").lower()
    local, at, host = address.rpartition("@")
    return address if at and local and "." in host and not any(sign.isspace() for sign in address) else ""


def one_line(text: str, limit: int) -> str:
    """A subject in one line, without control characters, cut to ``limit`` characters."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"
