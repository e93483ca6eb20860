"""The ties of a power structure of which its two networks are built: who reports to whom, who sways whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReportingLine:
    """``person_id`` reports to ``boss_id``. ``line`` is "solid" or "dotted"."""

    id: str
    person_id: str
    boss_id: str
    line: str = "solid"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class InfluenceTie:
    """``source_id`` sways ``target_id``.

    Attributes:
        strength: 0-10 as the user stated it; 0 states that there is no influence; None is not known.
        basis: code of ``influence_basis``.
        confidence: 0-1, how sure the source is.
        topic: on what, in words.
        source, last_verified: who said it, and when it was last found true.
    """

    id: str
    source_id: str
    target_id: str
    strength: float | None = None
    basis: str | None = None
    confidence: float | None = None
    topic: str | None = None
    source: str | None = None
    last_verified: date | None = None
