"""A place that two people share, as queries of several topics return it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """A place that somebody shares with ``other``.

    Attributes:
        kind: type of the ties to it. size: of the place, in people, if known.
        own, theirs: the two ties' ids, dates, levels, bodies, sensitivities.
    """

    other_id: str
    other_name: str
    kind: str
    place_id: str
    place_name: str
    size: int | None
    own: dict[str, Any]
    theirs: dict[str, Any]
