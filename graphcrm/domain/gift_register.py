"""The register of gifts is only added to (C3.5): each entry is sealed over itself and the one before it.

Whoever changes, takes away or puts in an entry behind the product's back breaks the chain at that place. The seal is no
signature: who can write to the database can seal anew. Keep an export, or its last seal, where they cannot.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

SEALED = (
    "number", "step", "refused", "before", "after", "at", "done_on", "day", "by_id", "by", "account",
    "person_id", "person", "gift", "value", "currency", "occasion", "approvals_due", "why", "note",
)  # fmt: skip
"""What an entry holds, in the order in which it is sealed."""


def seal(previous: str, entry: Mapping[str, Any]) -> str:
    """The seal of an entry after one that is sealed as ``previous`` ("" before the first)."""
    told = json.dumps([previous, *(_plain(entry.get(name)) for name in SEALED)], ensure_ascii=False)
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def broken(entries: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
    """Numbers of the entries at which the chain is broken, of entries in their order."""
    found, previous, expected = [], "", 1
    for entry in entries:
        if entry["number"] != expected or entry["seal"] != seal(previous, entry):
            found.append(int(entry["number"]))
        previous, expected = entry["seal"] or "", int(entry["number"]) + 1
    return tuple(found)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else value
