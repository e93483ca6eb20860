"""Ties that can be reasoned: two people who were surely at one firm, school, board or club at the same time (A5.4).

To have been at one place is a reason to ask, not a fact: such a tie waits for a yes or a no and counts nowhere until
then. "Surely" means that the spans which both stays certainly cover meet; where a date is not known, less is sure. The
smaller the place, the likelier it is that two of its people met (Feld 1981, foci of activity).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from graphcrm.domain.partial_date import PartialDate
from graphcrm.errors import InvalidInput

RULES = ("WORKS_AT", "STUDIED_AT", "SITS_ON", "MEMBER_OF")
"""The ties to a place from which acquaintance is reasoned; each is a rule by its own."""
LIKELY: Mapping[str, float] = {"SITS_ON": 0.9, "MEMBER_OF": 0.4, "STUDIED_AT": 0.35}
"""How likely two people of one board, club or school know each other: an order of what to ask first, no measurement."""
LIKELY_AT_FIRM = ((50, 0.8), (500, 0.4))
"""The same for a firm, by its number of employees at most; a larger one, and one of unknown size, comes last."""
LIKELY_AT_LARGE_FIRM = 0.2
LIKELY_AT_THE_TOP = 0.8
"""For two who both stand on the first two levels of a firm, however large."""
LEAST_DAYS = 90
"""The shortest time together that is a reason to ask, where the time is known."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's time at a place.

    Attributes:
        tie_id: the tie that says so. kind: one of :data:`RULES`.
        since, until: texts of partial dates; valid_from, valid_to: the days within which the tie holds.
        level: in a firm, 1 is the head. body: of a seat.
    """

    tie_id: str
    kind: str
    since: str | None = None
    until: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    level: int | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """A place at which two people were, each with their stay."""

    other_id: str
    other_name: str
    place_id: str
    place_name: str
    own: Stay
    theirs: Stay
    size: int | None = None

    @property
    def stays(self) -> tuple[Stay, Stay]:
        """Both."""
        return self.own, self.theirs


@dataclass(frozen=True, slots=True)
class ReasonedTie:
    """Two people who may know each other.

    Attributes:
        rule: code of the rule; ``shared`` is its proof. since, until: the first and last day that both were surely
            there; None when only the day itself is sure. lasts: both are still there.
        likely: 0-1, for the order. gain: ``likely`` times the warmth of the best tie from ours to the other.
    """

    other_id: str
    other_name: str
    rule: str
    shared: Shared
    since: date | None
    until: date | None
    lasts: bool
    likely: float
    gain: float

    @property
    def code(self) -> str:
        """The sentence of the rule, filled by :attr:`params`."""
        rule = f"reasoned_{self.rule.lower()}"
        if self.since is None:
            return f"{rule}_now"
        return f"{rule}_since" if self.lasts else rule

    @property
    def params(self) -> dict[str, object]:
        """Place and years."""
        years = {name: str(day.year) for name, day in (("first", self.since), ("last", self.until)) if day}
        return {"place": self.shared.place_name, **years}


def reasoned_ties(places: Iterable[Shared], as_of: date, warmth_of: Mapping[str, float]) -> list[ReasonedTie]:
    """Those with whom a tie can be reasoned, each once by the best rule; what would help us most comes first.

    Args:
        warmth_of: the warmth of the best tie from ours, by person; 1 for one of ours.
    """
    best: dict[str, ReasonedTie] = {}
    for shared in places:
        together = _together(shared, as_of)
        if together is None:
            continue
        since, until = together
        likely = _likely(shared)
        gain = likely * warmth_of.get(shared.other_id, 0.0)
        lasts = all(holds(stay, as_of) for stay in (shared.own, shared.theirs))
        tie = ReasonedTie(
            shared.other_id, shared.other_name, shared.own.kind, shared, since, until, lasts, likely, gain
        )
        known = best.get(shared.other_id)
        if known is None or (likely, shared.place_id) > (known.likely, known.shared.place_id):
            best[shared.other_id] = tie
    return sorted(best.values(), key=lambda tie: (-tie.gain, -tie.likely, tie.other_name, tie.other_id))


def _together(shared: Shared, as_of: date) -> tuple[date | None, date | None] | None:
    """The span that both stays surely cover, (None, None) when only the day itself is sure, None when nothing is."""
    if shared.own.body != shared.theirs.body:
        return None
    spans = [sure_span(stay, as_of) for stay in (shared.own, shared.theirs)]
    known = [span for span in spans if span is not None]
    if len(known) == 2:
        first, last = max(span[0] for span in known), min(span[1] for span in known)
        if (last - first).days >= LEAST_DAYS:
            return first, last
    now = all(holds(stay, as_of) for stay in (shared.own, shared.theirs))
    return (None, None) if now else None


def sure_span(stay: Stay, as_of: date) -> tuple[date, date] | None:
    """The days on which the person was certainly there, first and last; None where no beginning is known."""
    since, until = _parsed(stay.since), _parsed(stay.until)
    first = (since.latest() if since else None) or stay.valid_from
    if first is None:
        return None
    last = (until.earliest() if until else None) or stay.valid_to
    if last is None:
        # A school is left some day even when nobody wrote down when: of an open end only the first year is sure.
        last = min(first + timedelta(days=365), as_of) if stay.kind == "STUDIED_AT" else as_of
    last = min(last, as_of)
    return (first, last) if first <= last else None


def holds(stay: Stay, as_of: date) -> bool:
    """Whether the person is there on the day, as far as is written; a school is never taken to be attended still."""
    if stay.kind == "STUDIED_AT":
        return False
    since, until = _parsed(stay.since), _parsed(stay.until)
    begun = since is None or (since.latest() or as_of) <= as_of
    ended = until is not None and (until.earliest() or as_of) <= as_of
    return begun and not ended and (stay.valid_to is None or stay.valid_to > as_of)


def _likely(shared: Shared) -> float:
    if shared.own.kind != "WORKS_AT":
        return LIKELY[shared.own.kind]
    levels = (shared.own.level, shared.theirs.level)
    if all(level is not None and level <= 2 for level in levels):
        return LIKELY_AT_THE_TOP
    if shared.size is None:
        return LIKELY_AT_LARGE_FIRM
    return next((likely for most, likely in LIKELY_AT_FIRM if shared.size <= most), LIKELY_AT_LARGE_FIRM)


def _parsed(text: str | None) -> PartialDate | None:
    if not text:
        return None
    try:
        return PartialDate.parse(text)
    except InvalidInput:
        return None  # a value written by other tools: nothing is sure then
